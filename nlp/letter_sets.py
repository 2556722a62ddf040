"""Texts as sets of letter pairs (二字组集合), which are numbered from the rarest to the commonest."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

_Ints: TypeAlias = npt.NDArray[np.int64]
_Ranks: TypeAlias = npt.NDArray[np.int32]
"""Of half the width: most of the time of a join is that of memory."""
_Letters: TypeAlias = npt.NDArray[np.uint32]
_Numbered: TypeAlias = Callable[[_Letters, _Letters], _Ints]

LETTER_BITS = 21
"""A letter is a number below 2 to this; a letter pair takes twice as many bits."""
_NO_LETTER = 0x110000
"""Stands for the second letter of a text of one letter: above every letter, for texts may hold NUL."""

_AT_ONCE = 1 << 16
"""Texts that are read together."""
_LEAST_KINDS, _MOST_KINDS = 1 << 16, 1 << 25
"""Possible letter pairs that are always, and at most, held in a table."""
_SPREAD = np.uint64(0x9E3779B97F4A7C15)


class LetterSets(NamedTuple):
    """Each text's set: `ranks` from `starts[i]` to `starts[i + 1]`, the rarest letter pair first."""

    ranks: _Ranks
    starts: _Ints
    sizes: _Ints

    def rows(self, texts: _Ints, width: int, below: int) -> _Ranks:
        """The sets of some texts as rows of equal width, filled up with numbers from `below` downwards."""
        columns = np.arange(width)
        inside = columns < self.sizes[texts][:, None]
        places = np.where(inside, self.starts[texts][:, None] + columns, 0)
        return np.where(inside, self.ranks[places], (below - columns).astype(np.int32))

    def marks(self) -> npt.NDArray[np.uint64]:
        """64 bits for each set; no more of them differ between two sets than letter pairs do."""
        marks = np.zeros(len(self.sizes), dtype=np.uint64)
        for begin in range(0, len(marks), _AT_ONCE):
            starts = self.starts[begin : begin + _AT_ONCE + 1]
            ranks = self.ranks[starts[0] : starts[-1]].astype(np.uint64)
            bits = np.uint64(1) << ((ranks * _SPREAD) >> np.uint64(58))
            until = np.append(np.uint64(0), np.bitwise_xor.accumulate(bits))[starts - starts[0]]
            marks[begin : begin + _AT_ONCE] = until[1:] ^ until[:-1]
        return marks

    def of(self, text: int) -> _Ranks:
        """The set of one text."""
        return self.ranks[self.starts[text] : self.starts[text + 1]]


def read_sets(texts: Sequence[str]) -> LetterSets:
    """Given texts, return their sets; a text of one letter has that letter, an empty one nothing.

    Twice some texts after others: fresh memory for all of them takes longer than the work.
    """
    numbered, kinds = _numbering(texts)
    often = np.zeros(kinds, dtype=np.int64)
    for _, pairs in _pairs_of(texts, numbered):
        numbers, counts = np.unique(pairs, return_counts=True)
        often[numbers] += counts
    there = np.flatnonzero(often)
    span = max(len(there), 1)
    rank = np.zeros(kinds, dtype=np.int32)
    rank[there[np.argsort(often[there], kind="stable")]] = np.arange(len(there), dtype=np.int32)
    ranks, sizes = [np.zeros(0, dtype=np.int32)], [np.zeros(0, dtype=np.int64)]
    for (owner, pairs), some in zip(_pairs_of(texts, numbered), _blocks(texts), strict=True):
        keys = owner * span + rank[pairs]
        keys.sort()
        owner, found = np.divmod(keys[is_new(keys)], span)
        ranks.append(found.astype(np.int32))
        sizes.append(np.bincount(owner, minlength=len(some)))
    all_sizes = np.concatenate(sizes)
    return LetterSets(np.concatenate(ranks), np.concatenate(([0], np.cumsum(all_sizes))), all_sizes)


def read_pairs(texts: Sequence[str]) -> tuple[_Ints, _Ints]:
    """The sets' sizes, and their letter pairs in a row as numbers that mean the same in every call."""
    owner, one, other = _letter_pairs(texts)
    pairs = (one.astype(np.int64) << LETTER_BITS) | other
    order = np.lexsort((pairs, owner))
    owner, pairs = owner[order], pairs[order]
    kept = is_new(owner) | is_new(pairs)
    return np.bincount(owner[kept], minlength=len(texts)).astype(np.int64), pairs[kept]


def sets_of_values(sizes: _Ints, values: _Ints) -> LetterSets:
    """Sets whose letter pairs are given as numbers in the order of their rarity, each set from its rarest."""
    ranks, _ = _numbered(values)
    return LetterSets(ranks.astype(np.int32), np.concatenate(([0], np.cumsum(sizes))), sizes)


def is_new(values: npt.NDArray[np.integer[Any]]) -> npt.NDArray[np.bool_]:
    """Which of some values differ from the one before."""
    found = np.ones(len(values), dtype=bool)
    found[1:] = values[1:] != values[:-1]
    return found


def within(counts: _Ints) -> _Ints:
    """Given how many things each owner has, return each thing's place with its owner, from 0."""
    return np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)


def _blocks(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    """Some texts at a time."""
    for begin in range(0, len(texts), _AT_ONCE):
        yield texts[begin : begin + _AT_ONCE]


def _numbering(texts: Sequence[str]) -> tuple[_Numbered, int]:
    """A way to number the letter pairs of texts by their two letters, and how many numbers there are.

    A table of all possible ones, where that is no larger than the texts; else of those that there are.
    """
    known = np.zeros(_NO_LETTER + 1, dtype=bool)
    length = 0
    for _, one, other in map(_letter_pairs, _blocks(texts)):
        known[one] = known[other] = True
        length += len(one)
    number = np.cumsum(known) - 1
    letters = int(number[-1]) + 1

    def by_table(one: _Letters, other: _Letters) -> _Ints:
        numbers: _Ints = number[one] * letters + number[other]
        return numbers

    if letters * letters <= min(_MOST_KINDS, _LEAST_KINDS + length):
        return by_table, letters * letters
    there = [np.unique(by_table(one, other)) for _, one, other in map(_letter_pairs, _blocks(texts))]
    codes = np.unique(np.concatenate(there))
    return lambda one, other: np.searchsorted(codes, by_table(one, other)), len(codes)


def _pairs_of(texts: Sequence[str], numbered: _Numbered) -> Iterator[tuple[_Ints, _Ints]]:
    """The letter pairs of some texts at a time, numbered, each with the number of its text among these."""
    for owner, one, other in map(_letter_pairs, _blocks(texts)):
        yield owner, numbered(one, other)


def _letter_pairs(texts: Sequence[str]) -> tuple[_Ints, _Letters, _Letters]:
    """The number of a text for each two of its neighbouring letters, and these; repeated ones too."""
    letters = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype="<u4")
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    ends = np.cumsum(lengths)
    following = np.append(letters[1:], np.uint32(_NO_LETTER))[: len(letters)]
    following[ends[lengths == 1] - 1] = _NO_LETTER
    begins = np.ones(len(letters), dtype=bool)
    begins[ends[lengths > 1] - 1] = False
    owner = np.repeat(np.arange(len(texts)), np.where(lengths > 1, lengths - 1, lengths))
    return owner, letters[begins], following[begins]


def _numbered(pairs: _Ints) -> tuple[_Ints, int]:
    """Equal letter pairs get one number, from 0 up in their order; returns the numbers, how many there are.

    By sorting: twice as fast here as np.unique, which hashes.
    """
    order = np.argsort(pairs, kind="stable")
    numbers = np.empty(len(pairs), dtype=np.int64)
    steps = np.cumsum(is_new(pairs[order]))
    numbers[order] = steps - 1
    return numbers, int(steps[-1]) if len(steps) else 0
