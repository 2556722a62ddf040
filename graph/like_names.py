"""Names that may say one thing in other words (可能意思相同的名称): found by the words that they share.

Beyond what is alike letter by letter: 培训人数 and 参加学习人员数量 share few letters. Names that end with a
measure are looked up by it and a word; other names by a word. A word that stands in very many names
finds none by itself: two such words together do, if they stand in few.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from nlp.name_alignment import content_of, core_parts
from nlp.name_measures import level_of_name, measure_of_name
from nlp.parts import SLOTS, Part, PartKind

MOST_NAMES = 100
"""Names of one key from which it is no key: general words would bring together whatever there is."""
_Key = tuple[str, ...]
_COUNTED = "数"


@dataclass(frozen=True, slots=True)
class _Name:
    """What of a name decides whether it is compared with another."""

    parts: tuple[Part, ...]
    meanings: frozenset[str]
    measure: str | None
    asks: bool
    """Whether it ends with a measure that asks for a number."""

    @property
    def words(self) -> list[str]:
        """What it says, but for what stands in slots."""
        return sorted({part.meaning for part in self.parts if part.kind not in SLOTS})


def names_sharing_words(names: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Given names, return by their numbers the pairs that share words and may say one thing, each once."""
    read = [_read(name) for name in names]
    seen: set[tuple[int, int]] = set()
    for places in _index(read):
        for pair in combinations(places, 2):
            if pair not in seen:
                seen.add(pair)
                if _may_say_one_thing(read[pair[0]], read[pair[1]]):
                    yield pair


def _read(name: str) -> _Name:
    parts = core_parts(name)
    measure = measure_of_name(name)
    meanings = frozenset(part.meaning for part in parts)
    return _Name(parts, meanings, measure or level_of_name(name) or None, measure is not None)


def _index(read: Sequence[_Name]) -> Iterator[list[int]]:
    """The names of each key that few enough have; rare words first."""
    places = _grouped((number, _keys(name)) for number, name in enumerate(read))
    frequent: dict[int, list[_Key]] = defaultdict(list)
    for key, found in places.items():
        if len(found) > MOST_NAMES:
            for number in found:
                frequent[number].append(key)
    together = _grouped((number, _together(keys)) for number, keys in frequent.items())
    for group in (places, together):
        yield from sorted((found for found in group.values() if 1 < len(found) <= MOST_NAMES), key=len)


def _grouped(keyed: Iterable[tuple[int, Iterable[_Key]]]) -> Mapping[_Key, list[int]]:
    found: dict[_Key, list[int]] = defaultdict(list)
    for number, keys in keyed:
        for key in keys:
            found[key].append(number)
    return {key: sorted(numbers) for key, numbers in found.items()}


def _keys(name: _Name) -> list[_Key]:
    """A name's words, each with the measure that it ends with."""
    kind = (_class_of(name.measure),) if name.asks else ()
    return [(*kind, meaning) for meaning in name.words]


def _together(keys: Sequence[_Key]) -> list[_Key]:
    return [(*one, *other) for one, other in combinations(sorted(keys), 2)]


def _class_of(measure: str | None) -> str:
    """A measure, with all that count as one: a bare 数 may count anything."""
    return _COUNTED if measure is not None and measure.endswith(_COUNTED) else measure or ""


def _may_say_one_thing(one: _Name, other: _Name) -> bool:
    """Whether two names do not plainly name two measures, or measures of two things."""
    if not (one.asks or other.asks):
        return True
    if one.measure is None or other.measure is None or _class_of(one.measure) != _class_of(other.measure):
        return False
    return not _names_two_things(one, other)


def _names_two_things(one: _Name, other: _Name) -> bool:
    """Whether two names say two things at one place, between the same words that both have."""
    anchors = [
        [part.meaning for part in name.parts if part.meaning in against.meanings]
        for name, against in ((one, other), (other, one))
    ]
    if anchors[0] != anchors[1] or len(set(anchors[0])) < len(anchors[0]):
        return False
    theirs = _left(other, one.meanings)
    return any(
        at == place and _are_apart(part, against)
        for at, part in _left(one, other.meanings)
        for place, against in theirs
    )


def _left(name: _Name, meanings: frozenset[str]) -> list[tuple[int, Part]]:
    """The words of a name that another has not, each with how many before it the other has."""
    found, before = [], 0
    for part in name.parts:
        if part.meaning in meanings:
            before += 1
        elif part.kind is PartKind.MANNER or content_of([part]):
            found.append((before, part))
    return found


def _are_apart(one: Part, other: Part) -> bool:
    """Whether no word of two is a part of the other or short for it, and they do not end alike."""
    inside = one.text in other.text or other.text in one.text
    return not inside and one.text[0] != other.text[0] and one.text[-1] != other.text[-1]
