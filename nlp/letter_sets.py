"""Texts as sets of letter pairs (二字组集合), which are numbered from the rarest to the commonest."""

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

_Ints: TypeAlias = npt.NDArray[np.int64]

LETTER_BITS = 21
"""A letter is a number below 2 to this; a letter pair takes twice as many bits."""
_NO_LETTER = 0x110000
"""Stands for the second letter of a text of one letter: above every letter, for texts may hold NUL."""

_SPREAD = np.uint64(0x9E3779B97F4A7C15)


class LetterSets(NamedTuple):
    """Each text's set: `ranks` from `starts[i]` to `starts[i + 1]`, the rarest letter pair first."""

    ranks: _Ints
    starts: _Ints
    sizes: _Ints

    def rows(self, texts: _Ints, width: int, filler: int) -> _Ints:
        """The sets of some texts as rows of equal width."""
        columns = np.arange(width)
        inside = columns < self.sizes[texts][:, None]
        places = np.where(inside, self.starts[texts][:, None] + columns, 0)
        return np.where(inside, self.ranks[places], filler)

    def marks(self) -> npt.NDArray[np.uint64]:
        """64 bits for each set; no more of them differ between two sets than letter pairs do."""
        bits = np.uint64(1) << ((self.ranks.astype(np.uint64) * _SPREAD) >> np.uint64(58))
        until = np.append(np.uint64(0), np.bitwise_xor.accumulate(bits))
        marks: npt.NDArray[np.uint64] = until[self.starts[1:]] ^ until[self.starts[:-1]]
        return marks

    def of(self, text: int) -> _Ints:
        """The set of one text."""
        return self.ranks[self.starts[text] : self.starts[text + 1]]


def read_sets(texts: Sequence[str]) -> LetterSets:
    """Given texts, return their sets; a text of one letter has that letter, an empty one nothing."""
    owner, pairs = _letter_pairs(texts)
    numbers, kinds = _numbered(pairs)
    return _ranked(owner, numbers, kinds, len(texts))


def read_pairs(texts: Sequence[str]) -> tuple[_Ints, _Ints]:
    """The sets' sizes, and their letter pairs in a row as numbers that mean the same in every call."""
    owner, pairs = _letter_pairs(texts)
    order = np.lexsort((pairs, owner))
    owner, pairs = owner[order], pairs[order]
    is_new = np.ones(len(pairs), dtype=bool)
    is_new[1:] = (owner[1:] != owner[:-1]) | (pairs[1:] != pairs[:-1])
    return np.bincount(owner[is_new], minlength=len(texts)).astype(np.int64), pairs[is_new]


def sets_of_values(sizes: _Ints, values: _Ints) -> LetterSets:
    """Sets whose letter pairs are given as numbers in the order of their rarity, each set from its rarest."""
    ranks, _ = _numbered(values)
    return LetterSets(ranks, np.concatenate(([0], np.cumsum(sizes))), sizes)


def within(counts: _Ints) -> _Ints:
    """Given how many things each owner has, return each thing's place with its owner, from 0."""
    return np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)


def _letter_pairs(texts: Sequence[str]) -> tuple[_Ints, _Ints]:
    """Every two neighbouring letters with the number of their text; repeated ones too."""
    letters = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.int64)
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    following = np.append(letters[1:], _NO_LETTER)[: len(letters)]
    last = np.zeros(len(letters), dtype=bool)
    last[np.cumsum(lengths)[lengths > 0] - 1] = True
    following[last] = _NO_LETTER
    kept = ~last | np.repeat(lengths == 1, lengths)
    owner = np.repeat(np.arange(len(texts)), lengths)
    return owner[kept], ((letters << LETTER_BITS) | following)[kept]


def _numbered(pairs: _Ints) -> tuple[_Ints, int]:
    """Equal letter pairs get one number, from 0 up in their order; returns the numbers, how many there are.

    By sorting: twice as fast here as np.unique, which hashes.
    """
    order = np.argsort(pairs, kind="stable")
    ordered = pairs[order]
    steps = np.append(np.zeros(min(1, len(pairs)), dtype=np.int64), ordered[1:] != ordered[:-1])
    numbers = np.empty(len(pairs), dtype=np.int64)
    numbers[order] = np.cumsum(steps)
    return numbers, int(steps.sum()) + (len(pairs) > 0)


def _ranked(owner: _Ints, numbers: _Ints, kinds: int, texts: int) -> LetterSets:
    """The sets, with each letter pair numbered by how rare it is."""
    span = max(kinds, 1)
    keys = np.sort(owner * span + numbers)
    keys = keys[np.append(np.ones(min(1, len(keys)), dtype=bool), keys[1:] != keys[:-1])]
    owner, numbers = keys // span, keys % span
    counts = np.bincount(numbers, minlength=kinds)
    rank = np.empty(kinds, dtype=np.int64)
    rank[np.lexsort((np.arange(kinds), counts))] = np.arange(kinds)
    keys = np.sort(owner * span + rank[numbers])
    sizes = np.bincount(owner, minlength=texts).astype(np.int64)
    return LetterSets(keys % span, np.concatenate(([0], np.cumsum(sizes))), sizes)
