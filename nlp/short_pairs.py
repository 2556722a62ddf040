"""Pairs of alike texts that are not long (短文本的相似对): looked up by key and compared exactly."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from nlp.letter_sets import LetterSets, is_new
from nlp.pair_index import LONGEST, SLACK, Codes, Keys, codes_of, key_codes, least_shared, part_of, width_of

_Ints: TypeAlias = npt.NDArray[np.int64]
_Found: TypeAlias = tuple[_Ints, _Ints, npt.NDArray[np.float64]]

PAIRS_AT_ONCE = 1 << 18
"""Candidates that are compared at a time: what memory the join needs beside the texts and their keys."""
_MARKS_AT_ONCE = 1 << 16
"""Candidates whose marks are compared in one step: what stays near the processor."""
_ENTRIES_AT_ONCE = 1 << 20
"""Texts under keys that are looked at together."""
_CELLS = 1 << 17
"""Letter pairs of texts that are compared in one step: what stays near the processor."""


class Share(NamedTuple):
    """Which pairs are wanted: those whose rarest common key falls into one of several parts.

    With a split, only pairs of a text before it and one from there on.
    """

    part: int = 0
    parts: int = 1
    split: int = 0


ALL = Share()


class _Entries(NamedTuple):
    """Texts under keys: `bucket` is the upper bits of the key's code, of which no text stands twice in one.

    Sorted by bucket and then by size; `first` is the first entry of a bucket whose text may be large enough.
    """

    text: _Ints
    bucket: Codes
    first: _Ints


def short_pairs(
    sets: LetterSets,
    names: _Ints,
    threshold: float,
    keys: Iterable[Keys],
    count: int,
    share: Share = ALL,
    *,
    at_once: int | None = None,
) -> Iterator[_Found]:
    """Given sets and so many keys in blocks, return the pairs of which no text is long.

    `names` says for each rank which letter pair it is, by numbers that are the same in every part. A
    pair comes out under the rarest key that its texts have in common. `at_once`: how many candidates are
    gathered before they are compared, each pair of them once (PAIRS_AT_ONCE).
    """
    codes = codes_of(names)
    for one, other, bucket in _gathered(_candidates(sets, threshold, keys, count), at_once or PAIRS_AT_ONCE):
        if share.split:
            across = (one < share.split) != (other < share.split)
            one, other, bucket = one[across], other[across], bucket[across]
        # Two alike texts meet under many of their keys, and are compared once.
        pairs, at = np.unique(one * len(sets.sizes) + other, return_inverse=True)
        similarity, key = _compared(sets, codes, threshold, *np.divmod(pairs, len(sets.sizes)))
        is_here = (similarity[at] > 0) & (key[at] >> _bits(sets) == bucket)
        is_here &= part_of(key, share.parts)[at] == share.part
        if is_here.any():
            left, right = one[is_here], other[is_here]
            yield np.minimum(left, right), np.maximum(left, right), similarity[at[is_here]]


def _bits(sets: LetterSets) -> np.uint64:
    """How many bits the number of a text takes; the rest of a packed number is its bucket."""
    return np.uint64(max(1, len(sets.sizes)).bit_length())


def _candidates(
    sets: LetterSets, threshold: float, keys: Iterable[Keys], count: int
) -> Iterator[tuple[_Ints, _Ints, Codes]]:
    """Pairs of texts of one bucket that may be alike, in blocks.

    Key and text are packed into one number, which sorts many times faster than two. Some buckets are
    looked at after others: fresh memory for all of them takes longer than the work.
    """
    bits, marks = _bits(sets), sets.marks()
    by_size = np.argsort(sets.sizes, kind="stable")
    sizes = sets.sizes[by_size]
    order = np.empty(len(by_size), dtype=np.uint64)
    order[by_size] = np.arange(len(by_size), dtype=np.uint64)
    least = np.searchsorted(sizes, np.ceil(threshold * sizes - SLACK).astype(np.int64)).astype(np.uint64)
    packed = np.empty(count, dtype=np.uint64)
    at = 0
    for block in keys:
        until = at + len(block.text)
        packed[at:until] = (block.code >> bits << bits) | order[block.text]
        at = until
    packed.sort()
    at = 0
    while at < len(packed):
        last = packed[min(at + _ENTRIES_AT_ONCE, len(packed)) - 1]
        until = int(np.searchsorted(packed, last | ((np.uint64(1) << bits) - np.uint64(1)), side="right"))
        entries = _entries(packed[at:until], by_size, least, bits)
        yield from _alike_marks(sets, marks[entries.text], threshold, entries)
        at = until


def _entries(packed: Codes, by_size: _Ints, least: Codes, bits: np.uint64) -> _Entries:
    """The texts of some buckets, without buckets that only one text has; `least` is by size."""
    # Two keys of one text may fall into one bucket.
    packed = packed[is_new(packed)]
    begins = is_new(packed >> bits)
    packed = packed[~(begins & np.append(begins[1:], True))]
    bucket = packed >> bits
    place = (packed & ((np.uint64(1) << bits) - np.uint64(1))).astype(np.int64)
    return _Entries(by_size[place], bucket, np.searchsorted(packed, (bucket << bits) | least[place]))


def _alike_marks(
    sets: LetterSets, marks: Codes, threshold: float, entries: _Entries
) -> Iterator[tuple[_Ints, _Ints, Codes]]:
    """Pairs of entries of one bucket whose texts may be alike, in blocks; marks are of entries."""
    sizes = sets.sizes[entries.text]
    totals = np.arange(2 * int(sizes.max(initial=0)) + 1)
    # So many letter pairs may differ, by how many both have; no more of the marks do.
    most = totals - 2 * least_shared(totals, threshold)
    # By the size of the larger one alone it is nearly as sharp, and said once for all its partners.
    limit = np.maximum.accumulate(most)[2 * sizes].astype(np.uint8)
    for mine, theirs, differing in _partners(entries.first, marks, limit):
        kept = differing <= most[sizes[mine] + sizes[theirs]]
        mine, theirs = mine[kept], theirs[kept]
        yield entries.text[theirs], entries.text[mine], entries.bucket[mine]


def _partners(
    first: _Ints, marks: Codes, limit: npt.NDArray[np.uint8]
) -> Iterator[tuple[_Ints, _Ints, npt.NDArray[np.uint8]]]:
    """Each entry with those from its first one on of whose marks no more differ than its limit."""
    counts = np.arange(len(first)) - first
    total = np.cumsum(counts)
    at = 0
    while at < len(first):
        begin = int(total[at] - counts[at])
        until = max(at + 1, int(np.searchsorted(total, begin + _MARKS_AT_ONCE, side="right")))
        # An entry that has more partners than fit into a step is taken apart.
        for low in range(begin, int(total[until - 1]), _MARKS_AT_ONCE):
            high = min(low + _MARKS_AT_ONCE, int(total[until - 1]))
            each = counts[at:until] if until - at > 1 else np.array([high - low])
            shift = first[at:until] - total[at:until] + counts[at:until]
            theirs = np.arange(low, high) + np.repeat(shift, each)
            differing = np.bitwise_count(np.repeat(marks[at:until], each) ^ marks[theirs])
            kept = np.flatnonzero(differing <= np.repeat(limit[at:until], each))
            yield np.searchsorted(total, low + kept, side="right"), theirs[kept], differing[kept]
        at = until


def _gathered(
    blocks: Iterator[tuple[_Ints, _Ints, Codes]], at_once: int
) -> Iterator[tuple[_Ints, _Ints, Codes]]:
    """The same in larger blocks: most candidates of a block are found not to be alike at once."""
    waiting: list[tuple[_Ints, _Ints, Codes]] = []
    for block in blocks:
        waiting.append(block)
        if sum(len(one) for one, _, _ in waiting) >= at_once:
            yield _joined(waiting)
            waiting.clear()
    if waiting:
        yield _joined(waiting)


def _joined(blocks: list[tuple[_Ints, _Ints, Codes]]) -> tuple[_Ints, _Ints, Codes]:
    one, other, bucket = (np.concatenate(column) for column in zip(*blocks, strict=True))
    return one, other, bucket


def _compared(
    sets: LetterSets, codes: Codes, threshold: float, one: _Ints, other: _Ints
) -> tuple[npt.NDArray[np.float64], Codes]:
    """Candidates compared exactly: how alike they are (0: not enough), and by which key they meet."""
    alike, keys = np.zeros(len(one)), np.zeros(len(one), dtype=np.uint64)
    wide = np.maximum(sets.sizes[one], sets.sizes[other])
    for low, high in ((0, 8), (8, 16), (16, 32), (32, LONGEST)):
        chosen = np.flatnonzero((wide > low) & (wide <= high))
        step = max(1, _CELLS // high)
        for begin in range(0, len(chosen), step):
            part = chosen[begin : begin + step]
            sizes = sets.sizes[one[part]] + sets.sizes[other[part]]
            left, right = sets.rows(one[part], high, -1), sets.rows(other[part], high, -1 - high)
            # Sorted together, what both have stands twice: faster than to compare each with each.
            together = np.sort(np.concatenate((left, right), axis=1), axis=1)
            shared = (together[:, 1:] == together[:, :-1]).sum(axis=1)
            similarity = shared / (sizes - shared)
            kept = similarity >= threshold - SLACK
            alike[part[kept]] = similarity[kept]
            widths = width_of(least_shared(sizes[kept], threshold), threshold)
            left, right = left[kept], right[kept]
            found = (left[:, :, None] == right[:, None, :]).any(axis=2)
            keys[part[kept]] = _rarest(codes, left, found, widths)
    return alike, keys


def _rarest(
    codes: Codes, ranks: npt.NDArray[np.int32], is_shared: npt.NDArray[np.bool_], widths: _Ints
) -> Codes:
    """The code of each row's rarest key: as many of the shared letter pairs as it is wide."""
    rows = np.arange(len(ranks))
    columns: list[Codes] = []
    key = np.zeros(len(ranks), dtype=np.uint64)
    for width in range(1, int(widths.max(initial=0)) + 1):
        place = is_shared.argmax(axis=1)
        columns.append(codes[ranks[rows, place]])
        is_shared[rows, place] = False
        key = np.where(widths == width, key_codes(columns), key)
    return key
