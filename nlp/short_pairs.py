"""Pairs of alike texts that are not long (短文本的相似对): looked up by key and compared exactly."""

from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from nlp.letter_sets import LetterSets
from nlp.pair_index import LONGEST, SLACK, Codes, Keys, codes_of, key_codes, least_shared, part_of, width_of

_Ints: TypeAlias = npt.NDArray[np.int64]
_Found: TypeAlias = tuple[_Ints, _Ints, npt.NDArray[np.float64]]

PAIRS_AT_ONCE = 1 << 18
"""Candidates that are compared at a time: what memory the join needs beside the texts."""


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
    sets: LetterSets, names: _Ints, threshold: float, keys: Keys, share: Share = ALL
) -> Iterator[_Found]:
    """Given sets and what they are looked up by, return the pairs of which no text is long.

    `names` says for each rank which letter pair it is, by numbers that are the same in every part. A
    pair comes out under the rarest key that its texts have in common.
    """
    bits = np.uint64(max(1, len(sets.sizes)).bit_length())
    codes, marks = codes_of(names), sets.marks()
    entries = _entries(sets, threshold, keys, bits)
    for one, other, bucket in _candidates(sets, marks[entries.text], threshold, entries):
        if share.split:
            across = (one < share.split) != (other < share.split)
            one, other, bucket = one[across], other[across], bucket[across]
        for place, similarity, key in _compared(sets, codes, threshold, one, other):
            is_here = (key >> bits == bucket[place]) & (part_of(key, share.parts) == share.part)
            if is_here.any():
                left, right = one[place[is_here]], other[place[is_here]]
                yield np.minimum(left, right), np.maximum(left, right), similarity[is_here]


def _entries(sets: LetterSets, threshold: float, keys: Keys, bits: np.uint64) -> _Entries:
    """The texts under their keys, without keys that only one text has.

    Key and text are packed into one number, which sorts many times faster than two.
    """
    by_size = np.argsort(sets.sizes, kind="stable")
    sizes = sets.sizes[by_size]
    order = np.empty(len(by_size), dtype=np.uint64)
    order[by_size] = np.arange(len(by_size), dtype=np.uint64)
    packed = (keys.code >> bits << bits) | order[keys.text]
    packed.sort()
    # Two keys of one text may fall into one bucket.
    packed = packed[np.append(np.ones(min(1, len(packed)), dtype=bool), packed[1:] != packed[:-1])]
    bucket = packed >> bits
    follows = bucket[1:] == bucket[:-1]
    none = np.zeros(min(1, len(bucket)), dtype=bool)
    packed = packed[np.append(follows, none) | np.append(none, follows)]
    bucket = packed >> bits
    place = (packed & ((np.uint64(1) << bits) - np.uint64(1))).astype(np.int64)
    least = np.searchsorted(sizes, np.ceil(threshold * sizes - SLACK).astype(np.int64)).astype(np.uint64)
    return _Entries(by_size[place], bucket, np.searchsorted(packed, (bucket << bits) | least[place]))


def _candidates(
    sets: LetterSets, marks: Codes, threshold: float, entries: _Entries
) -> Iterator[tuple[_Ints, _Ints, Codes]]:
    """Pairs of entries of one bucket whose texts may be alike, in blocks; marks are of entries."""
    sizes = sets.sizes[entries.text]
    partners = np.arange(len(entries.text)) - entries.first
    total = np.cumsum(partners)
    at = 0
    while at < len(partners):
        before = int(total[at - 1]) if at else 0
        until = max(at + 1, int(np.searchsorted(total, before + PAIRS_AT_ONCE, side="right")))
        for mine, theirs in _blocks(entries.first, partners, at, until):
            both = sizes[mine] + sizes[theirs]
            totals = np.arange(int(both.max(initial=0)) + 1)
            # So many letter pairs may differ; no more of the marks do.
            most = totals - 2 * least_shared(totals, threshold)
            kept = np.bitwise_count(marks[mine] ^ marks[theirs]) <= most[both]
            mine, theirs = mine[kept], theirs[kept]
            yield entries.text[theirs], entries.text[mine], entries.bucket[mine]
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


def _compared(
    sets: LetterSets, codes: Codes, threshold: float, one: _Ints, other: _Ints
) -> Iterator[tuple[_Ints, npt.NDArray[np.float64], Codes]]:
    """Candidates compared exactly: where the alike ones stand, how alike, and by which key they met."""
    wide = np.maximum(sets.sizes[one], sets.sizes[other])
    for low, high in ((0, 8), (8, 16), (16, 32), (32, LONGEST)):
        chosen = np.flatnonzero((wide > low) & (wide <= high))
        step = max(1, (1 << 22) // (high * high))
        for begin in range(0, len(chosen), step):
            part = chosen[begin : begin + step]
            sizes = sets.sizes[one[part]] + sets.sizes[other[part]]
            left, right = sets.rows(one[part], high, -1), sets.rows(other[part], high, -2)
            found = (left[:, :, None] == right[:, None, :]).any(axis=2)
            shared = found.sum(axis=1)
            similarity = shared / (sizes - shared)
            kept = similarity >= threshold - SLACK
            if kept.any():
                widths = width_of(least_shared(sizes[kept], threshold), threshold)
                yield part[kept], similarity[kept], _rarest(codes, left[kept], found[kept], widths)


def _rarest(codes: Codes, ranks: _Ints, is_shared: npt.NDArray[np.bool_], widths: _Ints) -> Codes:
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
