"""Texts as sets of letter pairs (二字组集合), which are numbered from the rarest to the commonest."""

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

_Ints: TypeAlias = npt.NDArray[np.int64]


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

    def of(self, text: int) -> _Ints:
        """The set of one text."""
        return self.ranks[self.starts[text] : self.starts[text + 1]]


def read_sets(texts: Sequence[str]) -> LetterSets:
    """Given texts, return their sets; a text of one letter has that letter, an empty one nothing."""
    letters = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    owner = np.repeat(np.arange(len(texts)), lengths)
    following = np.append(letters[1:], np.uint32(0)).astype(np.uint64)
    last = np.zeros(len(letters), dtype=bool)
    last[np.cumsum(lengths)[lengths > 0] - 1] = True
    following[last] = 0
    pairs = (letters.astype(np.uint64) << np.uint64(32)) | following
    kept = ~last | np.repeat(lengths == 1, lengths)
    numbers, kinds = _numbered(pairs[kept])
    return _ranked(owner[kept], numbers, kinds, len(texts))


def _numbered(pairs: npt.NDArray[np.uint64]) -> tuple[_Ints, int]:
    """Equal letter pairs get one number, from 0; returns the numbers and how many there are.

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
