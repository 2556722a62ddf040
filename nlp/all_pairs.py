"""All pairs of texts that are alike (全部相似对), none left out: a set-similarity join with prefix filter.

Two texts are alike when the sets of their letter pairs have a Jaccard similarity of at least a
threshold. If they are, the rarest few letter pairs of each have one in common, and two more of each
give three (Bayardo, Ma, Srikant 2007; Xiao et al. 2008; Wang, Li, Feng 2012): only texts that share
such a key are compared, and each of those exactly. Every step is a sort, a grouping or a join on a key, as
distributed engines have them. Texts that do not fit into memory: `nlp/pairs_on_disk.py`.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from nlp.letter_sets import LetterSets, read_sets
from nlp.long_pairs import long_pairs
from nlp.pair_index import ShortKeys, codes_of
from nlp.short_pairs import PAIRS_AT_ONCE as PAIRS_AT_ONCE
from nlp.short_pairs import short_pairs

_Ints: TypeAlias = npt.NDArray[np.int64]


class AlikePairs(NamedTuple):
    """Pairs of alike texts by their numbers (`one` < `other`), with their similarity."""

    one: _Ints
    other: _Ints
    similarity: npt.NDArray[np.float64]

    def renumbered(self, numbers: _Ints) -> "AlikePairs":
        """The same pairs, with each text's number looked up in ascending ones."""
        return AlikePairs(numbers[self.one], numbers[self.other], self.similarity)


def alike_pairs(texts: Sequence[str], threshold: float) -> Iterator[AlikePairs]:
    """Given texts, return in blocks every pair whose similarity is at least `threshold`.

    The threshold is above 0 and at most 1. A text of one letter has that letter as its set, an empty one
    has none and is like nothing. Equal texts count once: each is paired with the first of them, and only
    that one with others, so that a text that stands 100,000 times makes as many pairs and not their
    square. Memory beside the texts is at most some 200 bytes a letter (20 at 0.8), whatever is found.
    """
    check_threshold(threshold)
    if len(set(texts)) == len(texts):
        yield from join_sets(read_sets(texts), threshold)
        return
    first: dict[str, int] = {}
    firsts = np.fromiter((first.setdefault(text, at) for at, text in enumerate(texts)), np.int64, len(texts))
    numbers = np.fromiter(first.values(), np.int64, len(first))
    for block in join_sets(read_sets(list(first)), threshold):
        yield block.renumbered(numbers)
    again = np.flatnonzero(firsts != np.arange(len(texts)))
    if "" in first:
        again = again[firsts[again] != first[""]]
    if len(again):
        yield AlikePairs(firsts[again], again, np.ones(len(again)))


def check_threshold(threshold: float) -> None:
    """Refuse a threshold that means nothing."""
    if not 0 < threshold <= 1:
        raise ValueError(f"threshold must be above 0 and at most 1, not {threshold}")


def join_sets(sets: LetterSets, threshold: float) -> Iterator[AlikePairs]:
    """The same for sets of letter pairs, all of which are compared, equal ones too."""
    names = np.arange(int(sets.ranks.max(initial=-1)) + 1)
    codes = codes_of(names)
    keys = ShortKeys(sets.sizes, sets.starts, lambda places: codes[sets.ranks[places]], threshold)
    at_once = max(PAIRS_AT_ONCE, len(sets.sizes))
    for found in short_pairs(sets, names, threshold, keys.blocks(), keys.number(), at_once=at_once):
        yield AlikePairs(*found)
    for found in long_pairs(sets, threshold):
        yield AlikePairs(*found)
