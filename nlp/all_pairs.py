"""All pairs of texts that are alike (全部相似对), none left out: a set-similarity join with prefix filter.

Two texts are alike when the sets of their letter pairs have a Jaccard similarity of at least a
threshold. If they are, the rarest few letter pairs of each have one in common (Bayardo, Ma, Srikant
2007; Xiao et al. 2008, PPJoin): so only texts that share a rare pair are compared, and each of those is
compared exactly. Every step is a sort, a grouping or a join on a key, as distributed engines have them.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

_Ints: TypeAlias = npt.NDArray[np.int64]

PAIRS_AT_ONCE = 1 << 18
"""Candidates that are compared at a time: what memory the join needs beside the texts."""
_WIDEST = 64
"""Letter pairs of texts that are compared as rows of a matrix; longer ones are compared one by one."""
_SLACK = 1e-9


class AlikePairs(NamedTuple):
    """Pairs of alike texts by their numbers (`one` < `other`), with their similarity."""

    one: _Ints
    other: _Ints
    similarity: npt.NDArray[np.float64]


class _Sets(NamedTuple):
    """Each text's set of letter pairs: `ranks` from `starts[i]` to `starts[i + 1]`, rarest first."""

    ranks: _Ints
    starts: _Ints
    sizes: _Ints


def alike_pairs(texts: Sequence[str], threshold: float) -> Iterator[AlikePairs]:
    """Given different texts, return in blocks every pair whose similarity is at least `threshold`.

    The threshold is above 0 and at most 1. A text of one letter has that letter as its set, an empty one
    has none and is like nothing. Memory beside the texts is about 100 bytes a letter, whatever is found.
    """
    if not 0 < threshold <= 1:
        raise ValueError(f"threshold must be above 0 and at most 1, not {threshold}")
    sets = _read_sets(texts)
    for one, other, token in _candidates(sets, threshold):
        yield from _compared(sets, one, other, token, threshold)


def _read_sets(texts: Sequence[str]) -> _Sets:
    letters = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    owner = np.repeat(np.arange(len(texts)), lengths)
    ends = np.cumsum(lengths)
    following = np.append(letters[1:], np.uint32(0)).astype(np.uint64)
    last = np.zeros(len(letters), dtype=bool)
    last[ends[lengths > 0] - 1] = True
    single = np.repeat(lengths == 1, lengths)
    following[last] = 0
    pairs = (letters.astype(np.uint64) << np.uint64(32)) | following
    kept = ~last | single
    values, numbers = np.unique(pairs[kept], return_inverse=True)
    return _ranked(owner[kept], numbers.astype(np.int64), len(values), len(texts))


def _ranked(owner: _Ints, numbers: _Ints, kinds: int, texts: int) -> _Sets:
    """The sets, with each letter pair numbered by how rare it is."""
    keys = np.unique(owner * max(kinds, 1) + numbers)
    owner, numbers = keys // max(kinds, 1), keys % max(kinds, 1)
    counts = np.bincount(numbers, minlength=kinds)
    rank = np.empty(kinds, dtype=np.int64)
    rank[np.lexsort((np.arange(kinds), counts))] = np.arange(kinds)
    ranks = rank[numbers]
    order = np.argsort(owner * max(kinds, 1) + ranks, kind="stable")
    sizes = np.bincount(owner, minlength=texts).astype(np.int64)
    return _Sets(ranks[order], np.concatenate(([0], np.cumsum(sizes))), sizes)


def _candidates(sets: _Sets, threshold: float) -> Iterator[tuple[_Ints, _Ints, _Ints]]:
    """Pairs that share one of their rarest letter pairs and may be long enough, with that letter pair."""
    prefix = sets.sizes - np.ceil(threshold * sets.sizes - _SLACK).astype(np.int64) + 1
    prefix = np.where(sets.sizes > 0, prefix, 0)
    text = np.repeat(np.arange(len(sets.sizes)), prefix)
    place = np.arange(len(text)) - np.repeat(np.cumsum(prefix) - prefix, prefix)
    token = sets.ranks[sets.starts[text] + place]
    size = sets.sizes[text]
    order = np.lexsort((text, size, token))
    text, place, token, size = text[order], place[order], token[order], size[order]
    widest = int(size.max(initial=0)) + 1
    key = token * widest + size
    first = np.searchsorted(key, token * widest + np.ceil(threshold * size - _SLACK).astype(np.int64))
    partners = np.arange(len(text)) - first
    total = np.cumsum(partners)
    at = 0
    while at < len(text):
        before = int(total[at - 1]) if at else 0
        until = max(at + 1, int(np.searchsorted(total, before + PAIRS_AT_ONCE, side="right")))
        yield from _expanded(sets, threshold, (text, place, token, first, partners), at, until)
        at = until


def _expanded(
    sets: _Sets, threshold: float, entries: tuple[_Ints, ...], at: int, until: int
) -> Iterator[tuple[_Ints, _Ints, _Ints]]:
    """The pairs of some entries of the index, in blocks, without those that cannot share enough."""
    text, place, token, first, partners = entries
    for begin in range(at, until):
        # One entry may have more partners than a block holds: a letter pair that stands everywhere.
        if until - at > 1:
            mine = np.repeat(np.arange(at, until), partners[at:until])
            offset = np.cumsum(partners[at:until]) - partners[at:until]
            theirs = np.arange(len(mine)) - np.repeat(offset, partners[at:until]) + first[mine]
            blocks = [(mine, theirs)]
        else:
            span = range(int(first[begin]), begin, PAIRS_AT_ONCE)
            parts = [np.arange(low, min(low + PAIRS_AT_ONCE, begin)) for low in span]
            blocks = [(np.full(len(part), begin), part) for part in parts]
        for mine, theirs in blocks:
            one, other = text[theirs], text[mine]
            sizes = sets.sizes[one], sets.sizes[other]
            needed = np.ceil(threshold / (1 + threshold) * (sizes[0] + sizes[1]) - _SLACK)
            left = 1 + np.minimum(sizes[0] - place[theirs], sizes[1] - place[mine]) - 1
            enough = left >= needed
            yield one[enough], other[enough], token[mine][enough]
        if until - at > 1:
            return


def _compared(sets: _Sets, one: _Ints, other: _Ints, token: _Ints, threshold: float) -> Iterator[AlikePairs]:
    """Candidates compared exactly; a pair that shares several rare letter pairs counts at the rarest."""
    wide = np.maximum(sets.sizes[one], sets.sizes[other])
    for low, high in ((0, 8), (8, 16), (16, 32), (32, _WIDEST)):
        chosen = np.flatnonzero((wide > low) & (wide <= high))
        step = max(1, (1 << 22) // (high * high))
        for begin in range(0, len(chosen), step):
            part = chosen[begin : begin + step]
            shared, rarest = _shared(sets, one[part], other[part], high)
            yield from _kept(sets, one[part], other[part], shared, rarest == token[part], threshold)
    for at in np.flatnonzero(wide > _WIDEST).tolist():
        common = np.intersect1d(_set(sets, one[at]), _set(sets, other[at]), assume_unique=True)
        single = slice(at, at + 1)
        is_rarest = np.array([len(common) > 0 and common[0] == token[at]])
        yield from _kept(sets, one[single], other[single], np.array([len(common)]), is_rarest, threshold)


def _kept(
    sets: _Sets,
    one: _Ints,
    other: _Ints,
    shared: _Ints,
    is_rarest: npt.NDArray[np.bool_],
    threshold: float,
) -> Iterator[AlikePairs]:
    similarity = shared / (sets.sizes[one] + sets.sizes[other] - shared)
    kept = is_rarest & (similarity >= threshold - _SLACK)
    if kept.any():
        pair = np.minimum(one, other)[kept], np.maximum(one, other)[kept]
        yield AlikePairs(*pair, similarity[kept])


def _shared(sets: _Sets, one: _Ints, other: _Ints, width: int) -> tuple[_Ints, _Ints]:
    """How many letter pairs each two texts share, and the rarest of them."""
    left, right = _rows(sets, one, width, -1), _rows(sets, other, width, -2)
    found = (left[:, :, None] == right[:, None, :]).any(axis=2)
    rarest = np.where(found, left, np.iinfo(np.int64).max).min(axis=1)
    return found.sum(axis=1), rarest


def _rows(sets: _Sets, texts: _Ints, width: int, filler: int) -> _Ints:
    """The sets of some texts as rows of equal width."""
    columns = np.arange(width)
    inside = columns < sets.sizes[texts][:, None]
    places = np.where(inside, sets.starts[texts][:, None] + columns, 0)
    return np.where(inside, sets.ranks[places], filler)


def _set(sets: _Sets, text: int) -> _Ints:
    return sets.ranks[sets.starts[text] : sets.starts[text + 1]]
