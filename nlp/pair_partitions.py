"""The parts into which a join that does not fit into memory is taken apart (分区), and the join of one.

A part is a pure value: texts with their sets, and the keys that fall into it. What is joined of it
depends on nothing else, so parts can be joined in any order and anywhere. On a distributed engine
the input is a table `key, text, size, letter pairs from the rarest` grouped by a hash of the key, and
the output a table `one, other, similarity`: `join_part` is what runs on each group (a `mapPartitions`,
`applyInPandas` or `map_groups`). A pair comes out of the one part that holds its rarest common key, so
the outputs are put together as they are, with nothing to remove.
"""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from nlp.all_pairs import AlikePairs
from nlp.letter_sets import sets_of_values, within
from nlp.long_pairs import long_pairs
from nlp.pair_index import Keys, part_of
from nlp.short_pairs import ALL, Share, short_pairs
from nlp.spilled_texts import append, read

_Ints: TypeAlias = npt.NDArray[np.int64]

BYTES_A_LETTER = 60
"""What a letter pair of a part needs in memory while the part is joined."""
BYTES_A_KEY = 170
"""What a key needs; both measured."""


class Part(NamedTuple):
    """Texts by ascending numbers, their sets as numbers in the order of rarity, and their keys.

    `keys` name a text by where it stands here; `share` says which pairs are wanted. Texts of the long
    part have no keys.
    """

    numbers: _Ints
    sizes: _Ints
    values: _Ints
    keys: Keys
    share: Share = ALL


def join_part(part: Part, threshold: float, *, is_long: bool = False) -> Iterator[AlikePairs]:
    """Given a part, return the alike pairs that belong to it (see above); of the long one, all long pairs."""
    sets = sets_of_values(part.sizes, part.values)
    if is_long:
        found = long_pairs(sets, threshold, part.share.split)
    else:
        found = short_pairs(
            sets, np.unique(part.values), threshold, (part.keys,), len(part.keys.text), part.share
        )
    for pairs in found:
        yield AlikePairs(*pairs).renumbered(part.numbers)


class PartFiles:
    """One part in files: what is written behind one another, and read back whole or in pieces."""

    def __init__(self, folder: Path, name: str, share: Share = ALL) -> None:
        """Nothing is written yet."""
        self._heads, self._values, self._keys = (folder / f"{name}-{kind}" for kind in "hvk")
        self._share = share
        self.texts = self.letters = self.keys = 0

    def write(self, numbers: _Ints, sizes: _Ints, values: _Ints, keys: Keys) -> None:
        """Write texts behind those written, with their keys in the order of the texts."""
        append(self._heads, np.stack((numbers, sizes), axis=1))
        append(self._values, values)
        append(self._keys, np.stack(((keys.text + self.texts), keys.code.view(np.int64)), axis=1))
        self.texts += len(numbers)
        self.letters += len(values)
        self.keys += len(keys.text)

    def parts(self, memory: int, bytes_a_letter: int = BYTES_A_LETTER) -> Iterator[Part]:
        """The part whole if it fits into so much memory, otherwise every two pieces of it together."""
        heads = read(self._heads, np.int64, 0, 2 * self.texts).reshape(-1, 2)
        numbers, sizes = heads[:, 0], heads[:, 1]
        keys = self._keys_each()
        cost = np.cumsum(sizes * bytes_a_letter + keys * BYTES_A_KEY)
        if self.texts == 0 or cost[-1] <= memory:
            yield self._piece(numbers, sizes, keys, 0, self.texts)
            return
        piece = (cost - 1) // max(1, memory // 2)
        bounds = [0, *(np.flatnonzero(np.diff(piece)) + 1).tolist(), self.texts]
        spans = list(pairwise(bounds))
        for at, span in enumerate(spans):
            one = self._piece(numbers, sizes, keys, *span)
            yield one
            for later in spans[at + 1 :]:
                yield _together(one, self._piece(numbers, sizes, keys, *later))

    def remove(self) -> None:
        """Give the disk back."""
        for path in (self._heads, self._values, self._keys):
            path.unlink(missing_ok=True)

    def _keys_each(self) -> _Ints:
        counts = np.zeros(self.texts, dtype=np.int64)
        for at in range(0, self.keys, 1 << 20):
            text = self._keys_read(at, min(1 << 20, self.keys - at)).text
            low = int(text[0])
            found = np.bincount(text - low)
            counts[low : low + len(found)] += found
        return counts

    def _piece(self, numbers: _Ints, sizes: _Ints, keys: _Ints, low: int, high: int) -> Part:
        values = read(self._values, np.int64, int(sizes[:low].sum()), int(sizes[low:high].sum()))
        found = self._keys_read(int(keys[:low].sum()), int(keys[low:high].sum()))
        found = found._replace(text=found.text - low)
        return Part(numbers[low:high], sizes[low:high], values, found, self._share)

    def _keys_read(self, at: int, count: int) -> Keys:
        columns = read(self._keys, np.int64, 2 * at, 2 * count).reshape(-1, 2)
        return Keys(columns[:, 0], columns[:, 1].copy().view(np.uint64))


def _together(one: Part, other: Part) -> Part:
    """Two pieces of which only the pairs from one to the other are wanted."""
    split = len(one.numbers)
    keys = Keys(
        np.concatenate((one.keys.text, other.keys.text + split)),
        np.concatenate((one.keys.code, other.keys.code)),
    )
    return Part(
        np.concatenate((one.numbers, other.numbers)),
        np.concatenate((one.sizes, other.sizes)),
        np.concatenate((one.values, other.values)),
        keys,
        one.share._replace(split=split),
    )


def distribute(files: list[PartFiles], numbers: _Ints, sizes: _Ints, values: _Ints, keys: Keys) -> None:
    """Write some texts into every part that one of their keys falls into, with those keys."""
    starts = np.cumsum(sizes) - sizes
    part = part_of(keys.code, len(files))
    order = np.argsort(part * len(sizes) + keys.text, kind="stable")
    part, keys = part[order], Keys(keys.text[order], keys.code[order])
    bounds = np.searchsorted(part, np.arange(len(files) + 1))
    for file, low, high in zip(files, bounds, bounds[1:], strict=False):
        here = Keys(keys.text[low:high], keys.code[low:high])
        if not len(here.text):
            continue
        is_new = np.append(True, here.text[1:] != here.text[:-1])
        texts = here.text[is_new]
        letters = np.repeat(starts[texts], sizes[texts]) + within(sizes[texts])
        file.write(numbers[texts], sizes[texts], values[letters], here._replace(text=np.cumsum(is_new) - 1))
