"""All pairs of texts that are alike (全部相似对), none left out: a set-similarity join with prefix filter.

Two texts are alike when the sets of their letter pairs have a Jaccard similarity of at least a
threshold. If they are, the rarest few letter pairs of each have one in common, and one more of each
give two (Bayardo, Ma, Srikant 2007; Xiao et al. 2008; Wang, Li, Feng 2012): only texts that share such
a key are compared, and each of those exactly. Every step is a sort, a grouping or a join on a key, as
distributed engines have them.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from nlp.letter_sets import LetterSets, read_sets

_Ints: TypeAlias = npt.NDArray[np.int64]

PAIRS_AT_ONCE = 1 << 18
"""Candidates that are compared at a time: what memory the join needs beside the texts."""
_KEYED_BY_TWO = 48
"""Letter pairs up to which texts are looked up by two rare ones; of longer texts there are too many twos."""
_WIDEST = 64
"""Letter pairs of texts that are compared as rows of a matrix; longer ones are compared one by one."""
_SLACK = 1e-9


class AlikePairs(NamedTuple):
    """Pairs of alike texts by their numbers (`one` < `other`), with their similarity."""

    one: _Ints
    other: _Ints
    similarity: npt.NDArray[np.float64]


class _Entries(NamedTuple):
    """The index: a text, a key of `width` of its rarest letter pairs, and the place of the last of them.

    Sorted by key and then by the size of the text; `first` is the first entry of the same key whose
    text may be large enough.
    """

    width: int
    text: _Ints
    key: _Ints
    place: _Ints
    first: _Ints


def alike_pairs(texts: Sequence[str], threshold: float) -> Iterator[AlikePairs]:
    """Given different texts, return in blocks every pair whose similarity is at least `threshold`.

    The threshold is above 0 and at most 1. A text of one letter has that letter as its set, an empty one
    has none and is like nothing. Memory beside the texts is some 200 bytes a letter, whatever is found.
    """
    if not 0 < threshold <= 1:
        raise ValueError(f"threshold must be above 0 and at most 1, not {threshold}")
    yield from join_sets(read_sets(texts), threshold)


def join_sets(sets: LetterSets, threshold: float) -> Iterator[AlikePairs]:
    """The same for sets of letter pairs."""
    # Two texts that need not share two letter pairs are looked up by one, and so are long ones.
    few = sets.sizes < (1 + threshold) / threshold
    long = sets.sizes * 1.0 >= _KEYED_BY_TWO * threshold
    by_one = _by_one(sets, threshold, few | long)
    by_two = _by_two(sets, threshold, sets.sizes <= _KEYED_BY_TWO)
    for entries in (by_one, by_two):
        for one, other, key in _candidates(sets, threshold, entries):
            yield from _compared(sets, threshold, entries.width, one, other, key)


def _prefixes(sets: LetterSets, threshold: float) -> _Ints:
    """How many of a text's rarest letter pairs must hold one that any text like it has too."""
    return np.where(
        sets.sizes > 0, sets.sizes - np.ceil(threshold * sets.sizes - _SLACK).astype(np.int64) + 1, 0
    )


def _by_one(sets: LetterSets, threshold: float, chosen: npt.NDArray[np.bool_]) -> _Entries:
    prefix = np.where(chosen, _prefixes(sets, threshold), 0)
    text = np.repeat(np.arange(len(sets.sizes)), prefix)
    place = np.arange(len(text)) - np.repeat(np.cumsum(prefix) - prefix, prefix)
    return _sorted(sets, threshold, 1, text, sets.ranks[sets.starts[text] + place], place)


def _by_two(sets: LetterSets, threshold: float, chosen: npt.NDArray[np.bool_]) -> _Entries:
    prefix = np.minimum(_prefixes(sets, threshold) + 1, sets.sizes)
    kinds = int(sets.ranks.max(initial=0)) + 1
    texts, keys, places = [], [], []
    for length in np.unique(prefix[chosen & (prefix > 1)]).tolist():
        group = np.flatnonzero(chosen & (prefix == length))
        ranks = sets.ranks[sets.starts[group][:, None] + np.arange(length)]
        earlier, later = np.triu_indices(length, 1)
        texts.append(np.repeat(group, len(later)))
        keys.append((ranks[:, earlier] * kinds + ranks[:, later]).ravel())
        places.append(np.tile(later, len(group)))
    empty = [np.zeros(0, dtype=np.int64)]
    return _sorted(sets, threshold, 2, *(np.concatenate(part or empty) for part in (texts, keys, places)))


def _sorted(
    sets: LetterSets, threshold: float, width: int, text: _Ints, key: _Ints, place: _Ints
) -> _Entries:
    size = sets.sizes[text]
    order = np.lexsort((text, size, key))
    text, key, place, size = text[order], key[order], place[order], size[order]
    # Keys are numbered anew: with a size behind them they must fit into a number.
    number = np.cumsum(np.append(False, key[1:] != key[:-1])) if len(key) else key
    widest = int(size.max(initial=0)) + 1
    least = np.ceil(threshold * size - _SLACK).astype(np.int64)
    first = np.searchsorted(number * widest + size, number * widest + least)
    return _Entries(width, text, key, place, first)


def _candidates(
    sets: LetterSets, threshold: float, entries: _Entries
) -> Iterator[tuple[_Ints, _Ints, _Ints]]:
    """Pairs of entries of one key whose texts may be alike, in blocks, with the key."""
    partners = np.arange(len(entries.text)) - entries.first
    total = np.cumsum(partners)
    at = 0
    while at < len(partners):
        before = int(total[at - 1]) if at else 0
        until = max(at + 1, int(np.searchsorted(total, before + PAIRS_AT_ONCE, side="right")))
        for mine, theirs in _blocks(entries.first, partners, at, until):
            yield _promising(sets, threshold, entries, mine, theirs)
        at = until


def _blocks(first: _Ints, partners: _Ints, at: int, until: int) -> Iterator[tuple[_Ints, _Ints]]:
    """Entries with their partners; one that has more than a block holds is taken apart."""
    if until - at == 1:
        for low in range(int(first[at]), at, PAIRS_AT_ONCE):
            theirs = np.arange(low, min(low + PAIRS_AT_ONCE, at))
            yield np.full(len(theirs), at), theirs
        return
    counts = partners[at:until]
    mine = np.repeat(np.arange(at, until), counts)
    offset = np.repeat(np.cumsum(counts) - counts, counts)
    yield mine, np.arange(len(mine)) - offset + first[mine]


def _promising(
    sets: LetterSets, threshold: float, entries: _Entries, mine: _Ints, theirs: _Ints
) -> tuple[_Ints, _Ints, _Ints]:
    """Of some pairs those that have enough letter pairs left to be alike.

    Before the last letter pair of the key the two share nothing but the key, or they are found by
    another key.
    """
    one, other = entries.text[theirs], entries.text[mine]
    sizes = sets.sizes[one], sets.sizes[other]
    needed = np.ceil(threshold / (1 + threshold) * (sizes[0] + sizes[1]) - _SLACK)
    left = np.minimum(sizes[0] - entries.place[theirs], sizes[1] - entries.place[mine]) - 1
    enough = entries.width + left >= needed
    return one[enough], other[enough], entries.key[mine][enough]


def _compared(
    sets: LetterSets, threshold: float, width: int, one: _Ints, other: _Ints, key: _Ints
) -> Iterator[AlikePairs]:
    """Candidates compared exactly; a pair that has several keys counts at that of its rarest."""
    kinds = int(sets.ranks.max(initial=0)) + 1
    wide = np.maximum(sets.sizes[one], sets.sizes[other])
    for low, high in ((0, 8), (8, 16), (16, 32), (32, _WIDEST)):
        chosen = np.flatnonzero((wide > low) & (wide <= high))
        step = max(1, (1 << 22) // (high * high))
        for begin in range(0, len(chosen), step):
            part = chosen[begin : begin + step]
            shared, rarest = _shared(sets, one[part], other[part], high, width, kinds)
            yield from _kept(sets, threshold, width, one[part], other[part], shared, rarest == key[part])
    for at in np.flatnonzero(wide > _WIDEST).tolist():
        common = np.intersect1d(sets.of(one[at]), sets.of(other[at]), assume_unique=True)
        single = slice(at, at + 1)
        is_rarest = np.array([len(common) > 0 and common[0] == key[at]])
        count = np.array([len(common)])
        yield from _kept(sets, threshold, width, one[single], other[single], count, is_rarest)


def _kept(
    sets: LetterSets,
    threshold: float,
    width: int,
    one: _Ints,
    other: _Ints,
    shared: _Ints,
    is_rarest: npt.NDArray[np.bool_],
) -> Iterator[AlikePairs]:
    sizes = sets.sizes[one] + sets.sizes[other]
    similarity = shared / (sizes - shared)
    needed = np.ceil(threshold / (1 + threshold) * sizes - _SLACK)
    larger = np.maximum(sets.sizes[one], sets.sizes[other])
    # Each pair belongs to one of the two ways of looking up.
    by_two = (needed > 1) & (larger <= _KEYED_BY_TWO)
    kept = is_rarest & (similarity >= threshold - _SLACK) & (by_two == (width > 1))
    if kept.any():
        pair = np.minimum(one, other)[kept], np.maximum(one, other)[kept]
        yield AlikePairs(*pair, similarity[kept])


def _shared(
    sets: LetterSets, one: _Ints, other: _Ints, wide: int, width: int, kinds: int
) -> tuple[_Ints, _Ints]:
    """How many letter pairs each two texts share, and the key of the rarest of them."""
    left, right = sets.rows(one, wide, -1), sets.rows(other, wide, -2)
    found = (left[:, :, None] == right[:, None, :]).any(axis=2)
    count = found.sum(axis=1)
    rows = np.arange(len(left))
    place = found.argmax(axis=1)
    key = left[rows, place]
    if width > 1:
        found[rows, place] = False
        second = left[rows, found.argmax(axis=1)]
        key = np.where(count > 1, key * kinds + second, -1)
    return count, np.where(count > 0, key, -1)
