"""Texts' sets of letter pairs in files of a temporary folder (临时文件), read back a block at a time.

A letter pair is a number of 42 bits there, and has above them how many texts hold it: the order of such
numbers is the order of rarity, the same in every part of the texts, and no list of all letter pairs is
needed.
"""

from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

from nlp.letter_sets import LETTER_BITS, read_pairs
from ontology.errors import OutputError, os_reason

_Ints: TypeAlias = npt.NDArray[np.int64]
_Kind = TypeVar("_Kind", bound=np.generic)

_COUNT_LIMIT = (1 << (63 - 2 * LETTER_BITS)) - 1
_SPREAD = np.uint64(0x9E3779B97F4A7C15)


class Block(NamedTuple):
    """Texts that are read back together: which they are, and where their letter pairs stand."""

    first: int
    texts: int
    at: int
    letters: int


class SpilledTexts:
    """The sets of all texts in files, and which of the texts are to be compared."""

    def __init__(self, folder: Path) -> None:
        """Nothing is there yet; the folder is the caller's, who removes it."""
        self.folder = folder
        self.blocks: list[Block] = []
        self.count = 0
        self.is_left_out = np.zeros(0, dtype=bool)

    def spill(self, texts: Iterable[str], letters_at_once: int) -> Iterator[int]:
        """Write the sets of all texts; yield after each block how many texts there are."""
        at = 0
        for some in _blocks(texts, letters_at_once):
            sizes, pairs = read_pairs(some)
            append(self.folder / "sizes", sizes.astype(np.int32))
            append(self.folder / "pairs", pairs)
            digests = b"".join(blake2b(_encoded(text), digest_size=16).digest() for text in some)
            append(self.folder / "digests", np.frombuffer(digests, dtype=np.uint64))
            self.blocks.append(Block(self.count, len(some), at, len(pairs)))
            at += len(pairs)
            self.count += len(some)
            yield self.count
        self.is_left_out = np.zeros(self.count, dtype=bool)

    def repeats(self, texts_at_once: int) -> Iterator[tuple[_Ints, _Ints]]:
        """The first of each equal texts and the others, which are left out from now on.

        Equal are texts of equal digests of 128 bits. An empty text is left out and repeats nothing.
        """
        parts = -(-self.count // texts_at_once)
        for part in range(parts):
            numbers, digests = self._digests(part, parts)
            order = np.lexsort((numbers, digests[:, 1], digests[:, 0]))
            numbers, digests = numbers[order], digests[order]
            is_again = np.zeros(len(numbers), dtype=bool)
            is_again[1:] = (digests[1:] == digests[:-1]).all(axis=1)
            first = np.maximum.accumulate(np.where(is_again, 0, np.arange(len(numbers))))
            self.is_left_out[numbers[is_again]] = True
            if is_again.any():
                yield numbers[first][is_again], numbers[is_again]

    def _digests(self, part: int, parts: int) -> tuple[_Ints, npt.NDArray[np.uint64]]:
        """The texts with letters of one part of all digests."""
        numbers, digests = [], []
        for block in self.blocks:
            some = read(self.folder / "digests", np.uint64, 2 * block.first, 2 * block.texts).reshape(-1, 2)
            is_empty = self.sizes(block) == 0
            self.is_left_out[block.first : block.first + block.texts] |= is_empty
            chosen = np.flatnonzero((some[:, 0] % np.uint64(parts) == part) & ~is_empty)
            numbers.append(chosen + block.first)
            digests.append(some[chosen])
        return np.concatenate(numbers), np.concatenate(digests)

    def sizes(self, block: Block) -> _Ints:
        """How many letter pairs each text of a block has."""
        return read(self.folder / "sizes", np.int32, block.first, block.texts).astype(np.int64)

    def kept(self, block: Block) -> tuple[_Ints, _Ints, _Ints]:
        """The texts of a block that are not left out: their numbers, their sizes, their letter pairs."""
        sizes = self.sizes(block)
        pairs = read(self.folder / "pairs", np.int64, block.at, block.letters)
        is_kept = ~self.is_left_out[block.first : block.first + block.texts]
        return np.flatnonzero(is_kept) + block.first, sizes[is_kept], pairs[np.repeat(is_kept, sizes)]


class Rarity:
    """How often letter pairs stand in the texts, counted in a table of fixed size.

    Letter pairs that fall into one place of the table are counted together: they are taken for commoner
    than they are, which costs time and nothing else.
    """

    def __init__(self, bits: int) -> None:
        """Nothing is counted yet; the table has 2 to the `bits` places."""
        self._shift = np.uint64(64 - bits)
        self._counts = np.zeros(1 << bits, dtype=np.int64)

    def count(self, pairs: _Ints) -> None:
        """Count the letter pairs of some texts."""
        self._counts += np.bincount(self._places(pairs), minlength=len(self._counts))

    def ordered(self, sizes: _Ints, pairs: _Ints) -> _Ints:
        """Sets of letter pairs with their counts, each set from its rarest."""
        counts = np.minimum(self._counts[self._places(pairs)], _COUNT_LIMIT)
        values = (counts << (2 * LETTER_BITS)) | pairs
        starts = np.cumsum(sizes) - sizes
        for size in np.unique(sizes).tolist():
            places = starts[sizes == size][:, None] + np.arange(size)
            values[places] = np.sort(values[places], axis=1)
        return values

    def _places(self, pairs: _Ints) -> _Ints:
        return ((pairs.astype(np.uint64) * _SPREAD) >> self._shift).astype(np.int64)


def append(path: Path, numbers: npt.NDArray[np.generic]) -> None:
    """Write numbers behind what a file holds."""
    try:
        # Not as a memory map: where the disk is full, writing into one kills the process.
        with path.open("ab") as file:
            file.write(numbers.tobytes())
    except OSError as error:
        raise OutputError(
            f"临时文件写不进 {path.parent}（{os_reason(error)}）；请清理磁盘，或者换一个有空间的文件夹"
        ) from error


def read(path: Path, kind: type[_Kind], at: int, count: int) -> npt.NDArray[_Kind]:
    """Read so many numbers from a place on; a file that was never written has none."""
    if count == 0:
        return np.zeros(0, dtype=kind)
    return np.fromfile(path, dtype=kind, count=count, offset=at * np.dtype(kind).itemsize)


def _blocks(texts: Iterable[str], letters: int) -> Iterator[list[str]]:
    """Texts in lists of some letters each; a text longer than that is alone or the last of its list."""
    some: list[str] = []
    total = 0
    for text in texts:
        some.append(text)
        total += len(text) + 1
        if total >= letters:
            yield some
            some, total = [], 0
    if some:
        yield some


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
