"""Under which rare letter pairs a text is looked up (前缀过滤的键): by three together, or by fewer."""

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from math import comb
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

_Ints: TypeAlias = npt.NDArray[np.int64]
Codes: TypeAlias = npt.NDArray[np.uint64]
"""Letter pairs or keys as numbers that look random, the same for the same ones everywhere."""

LONGEST = 48
"""Letter pairs up to which texts are looked up by key; of longer texts there are too many keys."""
SLACK = 1e-9
_AT_ONCE = 1 << 16
"""Keys that are made together: what stays near the processor."""
MOST_WIDE = 3
"""Letter pairs of the widest key: with four, texts have more keys than there are false candidates."""
_WIDE_FROM = 0.7
"""Threshold from which keys of three pay; below it texts have too many of them."""
_ODD = tuple(map(np.uint64, (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)))


class Keys(NamedTuple):
    """Texts, each as often as it has keys, with the codes of the keys."""

    text: _Ints
    code: Codes


def no_keys() -> Keys:
    """No text with no key."""
    return Keys(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.uint64))


def least_shared(sizes: _Ints, threshold: float) -> _Ints:
    """Given how many letter pairs two texts have together, how many they share if they are alike."""
    shared: _Ints = np.ceil(threshold / (1 + threshold) * sizes - SLACK).astype(np.int64)
    return shared


def width_of(shared: _Ints, threshold: float) -> _Ints:
    """Of how many letter pairs the key is under which two texts meet that share at least so many."""
    widths: _Ints = np.minimum(shared, _widest(threshold))
    return widths


def _widest(threshold: float) -> int:
    return MOST_WIDE if threshold >= _WIDE_FROM else MOST_WIDE - 1


def prefixes(sizes: _Ints, threshold: float) -> _Ints:
    """How many of a text's rarest letter pairs must hold one that any text like it has too."""
    return np.where(sizes > 0, sizes - np.ceil(threshold * sizes - SLACK).astype(np.int64) + 1, 0)


def count_keys(size: int, threshold: float) -> int:
    """How many keys a text that is not long has."""
    sizes = np.array([size])
    widths = range(1, _widest(threshold) + 1)
    return sum(comb(int(_prefix(sizes, threshold, width)[0]), width) for width in widths)


class ShortKeys(NamedTuple):
    """The keys of the texts that are not long: every so many of their rarest letter pairs.

    Two alike texts that share o letter pairs at least have the rarest w of them among their first
    size - o + w ones. Each pair meets under keys of one width; a text has those that its pairs need.
    """

    sizes: _Ints
    starts: _Ints
    """Where the letter pairs of each text begin, the rarest first."""
    codes: Callable[[_Ints], Codes]
    """The codes of the letter pairs at some places."""
    threshold: float

    def number(self) -> int:
        """How many keys there are."""
        sizes = np.bincount(self.sizes[self.sizes <= LONGEST]).tolist()
        return sum(texts * count_keys(size, self.threshold) for size, texts in enumerate(sizes))

    def blocks(self) -> Iterator[Keys]:
        """The keys of some texts after those of others: fresh memory for all takes longer than the work."""
        for width in range(1, _widest(self.threshold) + 1):
            prefix = _prefix(self.sizes, self.threshold, width)
            for length in np.unique(prefix[prefix >= width]).tolist():
                chosen = np.flatnonzero(prefix == length)
                places = np.array(list(combinations(range(length), width)))
                step = max(1, _AT_ONCE // len(places))
                for begin in range(0, len(chosen), step):
                    texts = chosen[begin : begin + step]
                    letters = self.codes(self.starts[texts] + np.arange(length)[:, None])
                    codes = key_codes([letters[column] for column in places.T])
                    yield Keys(np.tile(texts, len(places)), codes.ravel())

    def together(self) -> Keys:
        """All of them at once."""
        found, at = Keys(np.empty(self.number(), dtype=np.int64), np.empty(self.number(), dtype=np.uint64)), 0
        for block in self.blocks():
            until = at + len(block.text)
            found.text[at:until], found.code[at:until] = block
            at = until
        return found


def _prefix(sizes: _Ints, threshold: float, width: int) -> _Ints:
    """Of how many of their rarest letter pairs texts have keys of a width; 0 where they have none."""
    smallest = np.ceil(threshold * sizes - SLACK).astype(np.int64)
    largest = np.floor(sizes / threshold + SLACK).astype(np.int64)
    fewest, most = (
        width_of(least_shared(sizes + other, threshold), threshold) for other in (smallest, largest)
    )
    chosen = (sizes > 0) & (sizes <= LONGEST) & (fewest <= width) & (width <= most)
    return np.where(chosen, np.minimum(sizes - smallest + width, sizes), 0)


def codes_of(values: _Ints) -> Codes:
    """Letter pairs, numbered the same everywhere, as codes."""
    codes = (values.astype(np.uint64) + np.uint64(1)) * _ODD[0]
    codes ^= codes >> np.uint64(29)
    codes *= _ODD[1]
    return codes ^ (codes >> np.uint64(32))


def key_codes(columns: Sequence[Codes]) -> Codes:
    """The codes of keys, given those of their letter pairs from the rarest on."""
    found = columns[0]
    for column in columns[1:]:
        found = found * _ODD[2] + column
        found = found ^ (found >> np.uint64(31))
    return found


def part_of(keys: Codes, parts: int) -> _Ints:
    """Into which of so many parts keys fall."""
    part: _Ints = ((keys & np.uint64(0xFFFFFF)) % np.uint64(parts)).astype(np.int64)
    return part
