"""Pairs of alike texts that are not long (短文本的相似对): looked up by key and compared exactly."""

from collections.abc import Iterator
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from nlp.letter_sets import LetterSets
from nlp.pair_index import KEYED_BY_TWO, SLACK, Entries, Places, index_of

_Ints: TypeAlias = npt.NDArray[np.int64]
_Found: TypeAlias = tuple[_Ints, _Ints, npt.NDArray[np.float64]]

_Marks: TypeAlias = npt.NDArray[np.uint64]

PAIRS_AT_ONCE = 1 << 18
"""Candidates that are compared at a time: what memory the join needs beside the texts."""


def short_pairs(sets: LetterSets, threshold: float, places: Places, split: int = 0) -> Iterator[_Found]:
    """Given sets and what they are looked up by, return the pairs of which no text is long.

    A pair belongs to the rarest key its texts have in common, and is returned if that is among the
    places. With a split, only pairs of a text before it and one from there on.
    """
    marks = sets.marks()
    for width in (1, 2):
        entries = index_of(sets, threshold, places, width)
        for one, other, key in _candidates(marks[entries.text], threshold, entries):
            if split:
                across = (one < split) != (other < split)
                one, other, key = one[across], other[across], key[across]
            yield from _compared(sets, threshold, width, one, other, key)


def _candidates(marks: _Marks, threshold: float, entries: Entries) -> Iterator[tuple[_Ints, _Ints, _Ints]]:
    """Pairs of entries of one key whose texts may be alike, in blocks, with the key; marks are of entries."""
    partners = np.arange(len(entries.text)) - entries.first
    total = np.cumsum(partners)
    at = 0
    while at < len(partners):
        before = int(total[at - 1]) if at else 0
        until = max(at + 1, int(np.searchsorted(total, before + PAIRS_AT_ONCE, side="right")))
        for mine, theirs in _blocks(entries.first, partners, at, until):
            yield _promising(marks, threshold, entries, mine, theirs)
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
    marks: _Marks, threshold: float, entries: Entries, mine: _Ints, theirs: _Ints
) -> tuple[_Ints, _Ints, _Ints]:
    """Of some pairs those that have enough letter pairs left to be alike.

    The marks tell it first, far faster than the sets. Before the last letter pair of the key the two
    share nothing but the key, or they are found by another key.
    """
    both = entries.size[mine] + entries.size[theirs]
    totals = np.arange(int(both.max(initial=0)) + 1)
    needed = np.ceil(threshold / (1 + threshold) * totals - SLACK).astype(np.int64)
    differing = np.bitwise_count(marks[mine] ^ marks[theirs])
    enough = np.flatnonzero(differing <= (totals - 2 * needed)[both])
    mine, theirs, both = mine[enough], theirs[enough], both[enough]
    left = np.minimum(entries.size[theirs] - entries.place[theirs], entries.size[mine] - entries.place[mine])
    kept = entries.width + left - 1 >= needed[both]
    mine, theirs = mine[kept], theirs[kept]
    return entries.text[theirs], entries.text[mine], entries.key[mine]


def _compared(
    sets: LetterSets, threshold: float, width: int, one: _Ints, other: _Ints, key: _Ints
) -> Iterator[_Found]:
    """Candidates compared exactly; a pair that has several keys counts at that of its rarest."""
    kinds = int(sets.ranks.max(initial=0)) + 1
    wide = np.maximum(sets.sizes[one], sets.sizes[other])
    for low, high in ((0, 8), (8, 16), (16, 32), (32, KEYED_BY_TWO)):
        chosen = np.flatnonzero((wide > low) & (wide <= high))
        step = max(1, (1 << 22) // (high * high))
        for begin in range(0, len(chosen), step):
            part = chosen[begin : begin + step]
            shared, rarest = _shared(sets, one[part], other[part], high, width, kinds)
            yield from _kept(sets, threshold, width, one[part], other[part], shared, rarest == key[part])


def _kept(
    sets: LetterSets,
    threshold: float,
    width: int,
    one: _Ints,
    other: _Ints,
    shared: _Ints,
    is_rarest: npt.NDArray[np.bool_],
) -> Iterator[_Found]:
    sizes = sets.sizes[one] + sets.sizes[other]
    similarity = shared / (sizes - shared)
    needed = np.ceil(threshold / (1 + threshold) * sizes - SLACK)
    # Each pair belongs to one of the two ways of looking up.
    kept = is_rarest & (similarity >= threshold - SLACK) & ((needed > 1) == (width > 1))
    if kept.any():
        yield np.minimum(one, other)[kept], np.maximum(one, other)[kept], similarity[kept]


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
