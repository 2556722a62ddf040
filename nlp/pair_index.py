"""Under which rare letter pairs a text is looked up (前缀过滤的倒排索引)."""

from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from nlp.letter_sets import LetterSets, within

_Ints: TypeAlias = npt.NDArray[np.int64]

KEYED_BY_TWO = 48
"""Letter pairs up to which texts are looked up by two rare ones; of longer texts there are too many twos."""
SLACK = 1e-9


class Places(NamedTuple):
    """Texts with the places of the letter pairs they are looked up by; of one alone `earlier` is -1."""

    text: _Ints
    earlier: _Ints
    later: _Ints


class Entries(NamedTuple):
    """The index: a text, a key of `width` of its rarest letter pairs, and the place of the last of them.

    Sorted by key and then by the `size` of the text; `first` is the first entry of the same key whose
    text may be large enough.
    """

    width: int
    text: _Ints
    key: _Ints
    place: _Ints
    size: _Ints
    first: _Ints


def prefixes(sizes: _Ints, threshold: float) -> _Ints:
    """How many of a text's rarest letter pairs must hold one that any text like it has too."""
    return np.where(sizes > 0, sizes - np.ceil(threshold * sizes - SLACK).astype(np.int64) + 1, 0)


def keys_of(size: int, threshold: float) -> int:
    """How often a text that is not long stands in the index."""
    return len(short_places(np.array([size]), threshold).text)


def short_places(sizes: _Ints, threshold: float) -> Places:
    """What the texts are looked up by that are not long: two of the rarest letter pairs, or one.

    Two texts that need not share two letter pairs are looked up by one.
    """
    few = places_of_one(sizes, threshold, sizes < (1 + threshold) / threshold)
    prefix = np.where(sizes <= KEYED_BY_TWO, np.minimum(prefixes(sizes, threshold) + 1, sizes), 0)
    parts = [few]
    for length in np.unique(prefix[prefix > 1]).tolist():
        group = np.flatnonzero(prefix == length)
        earlier, later = np.triu_indices(length, 1)
        parts.append(
            Places(np.repeat(group, len(later)), np.tile(earlier, len(group)), np.tile(later, len(group)))
        )
    return Places(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def places_of_one(sizes: _Ints, threshold: float, chosen: npt.NDArray[np.bool_]) -> Places:
    """The chosen texts, each with every one of its rarest letter pairs that the prefix filter needs."""
    prefix = np.where(chosen, prefixes(sizes, threshold), 0)
    text = np.repeat(np.arange(len(sizes)), prefix)
    return Places(text, np.full(len(text), -1), within(prefix))


def index_of(sets: LetterSets, threshold: float, places: Places, width: int) -> Entries:
    """The index of those places that make a key of this width."""
    chosen = (places.earlier < 0) if width == 1 else (places.earlier >= 0)
    text, place = places.text[chosen], places.later[chosen]
    key = sets.ranks[sets.starts[text] + place]
    if width > 1:
        kinds = int(sets.ranks.max(initial=0)) + 1
        key += sets.ranks[sets.starts[text] + places.earlier[chosen]] * kinds
    return _sorted(sets, threshold, width, text, key, place)


def _sorted(sets: LetterSets, threshold: float, width: int, text: _Ints, key: _Ints, place: _Ints) -> Entries:
    size = sets.sizes[text]
    order = np.lexsort((text, size, key))
    text, key, place, size = text[order], key[order], place[order], size[order]
    # Keys are numbered anew: with a size behind them they must fit into a number.
    number = np.cumsum(np.append(False, key[1:] != key[:-1])) if len(key) else key
    widest = int(size.max(initial=0)) + 1
    least = np.ceil(threshold * size - SLACK).astype(np.int64)
    first = np.searchsorted(number * widest + size, number * widest + least)
    return Entries(width, text, key, place, size, first)
