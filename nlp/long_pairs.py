"""Pairs of alike texts of which one at least is long (长文本的相似对): found text by text, not key by key.

Two long texts share hundreds of rare letter pairs; looked up by each of them, they would be compared
hundreds of times. So each long text counts how many it shares with which, and only where that can be
enough the two are compared.
"""

from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from nlp.letter_sets import LetterSets, within
from nlp.pair_index import LONGEST, SLACK, prefixes

_Ints: TypeAlias = npt.NDArray[np.int64]


class _Entries(NamedTuple):
    """Texts under each of their rarest letter pairs, by letter pair and then by size.

    `first` is the first entry of the same letter pair whose text may be large enough.
    """

    text: _Ints
    first: _Ints


_AT_ONCE = 1 << 20
"""Entries of the index, or letter pairs, that are looked at together."""


def may_be_long(sizes: _Ints, threshold: float) -> npt.NDArray[np.bool_]:
    """Which texts are long, or can be like a long one."""
    return sizes >= LONGEST * threshold


def long_pairs(
    sets: LetterSets, threshold: float, split: int = 0
) -> Iterator[tuple[_Ints, _Ints, npt.NDArray[np.float64]]]:
    """Given sets, return every alike pair of which one at least is long, with the similarity.

    With a split, only pairs of a text before it and one from there on.
    """
    if int(sets.sizes.max(initial=0)) <= LONGEST:
        return
    chosen = may_be_long(sets.sizes, threshold)
    entries = _index(sets, threshold, chosen)
    order = np.argsort(entries.text, kind="stable")
    bounds = np.searchsorted(entries.text[order], np.arange(len(sets.sizes) + 1))
    prefix = prefixes(sets.sizes, threshold)
    last = sets.ranks[np.maximum(sets.starts[:-1] + prefix - 1, 0)]
    behind = sets.sizes - prefix
    is_mine = np.zeros(int(sets.ranks.max(initial=0)) + 1, dtype=bool)
    for text in np.flatnonzero(sets.sizes > LONGEST).tolist():
        others, found = _met(entries, order[bounds[text] : bounds[text + 1]], len(sets.sizes))
        needed = np.ceil(threshold / (1 + threshold) * (sets.sizes[text] + sets.sizes[others]) - SLACK)
        # Letter pairs shared beyond those that were counted stand behind the prefix that ends first.
        rest = np.where(last[text] <= last[others], behind[text], behind[others])
        promising = found + rest >= needed
        if split:
            promising &= (others < split) != (text < split)
        others = others[promising]
        is_mine[sets.of(text)] = True
        shared = _shared(sets, is_mine, others)
        is_mine[sets.of(text)] = False
        similarity = shared / (sets.sizes[text] + sets.sizes[others] - shared)
        kept = similarity >= threshold - SLACK
        if kept.any():
            others = others[kept]
            yield np.minimum(others, text), np.maximum(others, text), similarity[kept]


def _index(sets: LetterSets, threshold: float, chosen: npt.NDArray[np.bool_]) -> _Entries:
    """The index of the chosen texts by each of the letter pairs that the prefix filter needs."""
    prefix = np.where(chosen, prefixes(sets.sizes, threshold), 0)
    text = np.repeat(np.arange(len(prefix)), prefix)
    key, size = sets.ranks[sets.starts[text] + within(prefix)], sets.sizes[text]
    order = np.lexsort((text, size, key))
    text, key, size = text[order], key[order], size[order]
    # Letter pairs are numbered anew: with a size behind them they must fit into a number.
    number = np.cumsum(np.append(False, key[1:] != key[:-1])) if len(key) else key
    widest = int(size.max(initial=0)) + 1
    least = np.ceil(threshold * size - SLACK).astype(np.int64)
    return _Entries(text, np.searchsorted(number * widest + size, number * widest + least))


def _met(entries: _Entries, mine: _Ints, texts: int) -> tuple[_Ints, _Ints]:
    """The texts that stand under the same keys before these entries, and under how many of them."""
    low = entries.first[mine]
    counts = mine - low
    if int(counts.sum()) <= _AT_ONCE:
        met = entries.text[np.repeat(low, counts) + within(counts)]
        return np.unique(met, return_counts=True)
    found = np.zeros(texts, dtype=np.int64)
    for begin, end in zip(low.tolist(), mine.tolist(), strict=True):
        # Under one key no text stands twice.
        found[entries.text[begin:end]] += 1
    others = np.flatnonzero(found)
    return others, found[others]


def _shared(sets: LetterSets, is_mine: npt.NDArray[np.bool_], others: _Ints) -> _Ints:
    """How many of each text's letter pairs are marked."""
    sizes = sets.sizes[others]
    block = (np.cumsum(sizes) - sizes) // _AT_ONCE
    parts = [np.zeros(0, dtype=np.int64)]
    for part in np.split(others, np.flatnonzero(np.diff(block)) + 1):
        sizes = sets.sizes[part]
        ranks = sets.ranks[np.repeat(sets.starts[part], sizes) + within(sizes)]
        owner = np.repeat(np.arange(len(part)), sizes)
        parts.append(np.bincount(owner[is_mine[ranks]], minlength=len(part)))
    return np.concatenate(parts)
