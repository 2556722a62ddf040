"""Which targets share their indicators (找雷同的目标), among any number of them.

Targets with the same indicators are one class, and each two classes are compared once. Two classes are
candidates when enough rows of the smaller one have a key in common with the other; what they share is
counted exactly, kin by kin, and what was counted once is remembered.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from heapq import heappush, heapreplace
from typing import NamedTuple

from graph.comparable import compared_text, keys_of, kinship
from graph.corpus import TargetItem
from graph.matching import most_pairs
from graph.row_index import FEWEST_SHARED, enough_in_common, rows_needed
from nlp.relate import IndicatorText

COPIED = "copied"
COPIED_SHARE = 0.8
LARGEST_CLASS = 10
"""Targets with the same indicators of which every pair is listed; of more the earliest stands for all."""
MOST_PARTNERS = 50
"""Targets with other indicators that are listed with one: those most alike."""
_REMEMBERED = 200_000


@dataclass(frozen=True, slots=True)
class Sharing:
    """Two targets that share indicators, and for how many pairs of targets they stand.

    `unlisted` counts pairs that share no more than this one, and that are listed nowhere.
    """

    one: TargetItem
    other: TargetItem
    shared: int
    share: float
    pairs: int = 1
    unlisted: int = 0
    is_judged_same: bool = False

    @property
    def label(self) -> str:
        """copied from 80 % of the smaller one's indicators on, or as judged; partly_copied below."""
        return COPIED if self.is_judged_same else label_of(self.share)


def label_of(share: float) -> str:
    """What a share makes two targets."""
    return COPIED if share >= COPIED_SHARE else "partly_copied"


@dataclass(slots=True)
class _Class:
    """Targets with the same indicators, the earliest first; `rows` numbers their texts."""

    rows: tuple[int, ...]
    members: list[TargetItem] = field(default_factory=list)

    @property
    def is_large(self) -> bool:
        return len(self.members) > LARGEST_CLASS

    @property
    def listed(self) -> list[TargetItem]:
        """Those that are listed in pairs with other targets."""
        return self.members[:1] if self.is_large else self.members


class _Alike(NamedTuple):
    """Two classes by their numbers; the most alike come first."""

    unshared: float
    fewer: int
    one: int
    other: int


@dataclass(frozen=True, slots=True)
class _Turned:
    """A pair in a heap whose first is the least alike."""

    pair: _Alike

    def __lt__(self, other: "_Turned") -> bool:
        return self.pair > other.pair


def sharing_targets(
    targets: Sequence[TargetItem], *, alone: frozenset[str] = frozenset()
) -> Iterator[Sharing]:
    """Given targets, return those pairs that share at least half of the smaller one's indicators.

    All pairs, but for two cases that would fill a graph: of more than LARGEST_CLASS targets with the
    same indicators each is paired with the earliest, which stands for all of them in other pairs; and
    a target with very many partners has those MOST_PARTNERS that are most alike. `pairs` and `unlisted`
    add up to the number of all pairs. No other target stands for one whose id is in `alone`.
    """
    texts = _Texts()
    classes = _classes(targets, texts, alone)
    for each in classes:
        yield from _within(each)
    yield from _listed(classes, _alike_classes(classes, texts))


def equal_groups(
    targets: Sequence[TargetItem], *, alone: frozenset[str] = frozenset()
) -> list[list[TargetItem]]:
    """Targets with the same indicators that are too many to list all their pairs, the earliest first."""
    return [each.members for each in _classes(targets, _Texts(), alone) if each.is_large]


class _Texts:
    """Texts by numbers, the keys that they are found by, and which of them are kin."""

    def __init__(self) -> None:
        self.texts: list[IndicatorText] = []
        self._numbers: dict[IndicatorText, int] = {}
        self._kin: dict[tuple[int, int], bool] = {}
        self._counted: dict[tuple[tuple[int, ...], tuple[int, ...]], int] = {}

    def number(self, text: IndicatorText) -> int:
        """The number of a text; equal texts have one."""
        known = self._numbers.get(text)
        if known is None:
            known = self._numbers[text] = len(self.texts)
            self.texts.append(text)
        return known

    def families(self) -> tuple[list[int], list[tuple[str, ...]]]:
        """For each text the number of its keys, and the keys: texts with the same keys are found alike.

        A key that only one text has finds none but that text, which its first key finds.
        """
        every = [sorted(keys_of(text)) for text in self.texts]
        texts_of = Counter(key for keys in every for key in keys)
        numbers: dict[tuple[str, ...], int] = {}
        found = []
        for keys in every:
            useful = tuple(key for key in keys if texts_of[key] > 1) or (keys[0],)
            found.append(numbers.setdefault(useful, len(numbers)))
        return found, list(numbers)

    def shared(self, one: tuple[int, ...], other: tuple[int, ...]) -> int:
        """How many of some texts and of others can be paired, each once."""
        if len(self._counted) > _REMEMBERED:
            self._counted.clear()
        known = self._counted.get((one, other))
        if known is None:
            choices = {
                at: [to for to, other_text in enumerate(other) if self._are_kin(text, other_text)]
                for at, text in enumerate(one)
            }
            known = self._counted[one, other] = len(most_pairs([choices]))
        return known

    def _are_kin(self, one: int, other: int) -> bool:
        pair = (one, other) if one < other else (other, one)
        known = self._kin.get(pair)
        if known is None:
            known = self._kin[pair] = kinship(self.texts[one], self.texts[other]) is not None
        return known


def _classes(targets: Sequence[TargetItem], texts: _Texts, alone: frozenset[str]) -> list[_Class]:
    """Targets by the indicators they have, in the order of the earliest; what is too small is left out."""
    found: dict[tuple[tuple[int, ...], str | None], _Class] = {}
    for target in sorted(targets, key=lambda item: item.order):
        compared = (compared_text(item.text) for item in target.indicators)
        rows = tuple(sorted(texts.number(text) for text in compared if text is not None))
        if len(rows) >= FEWEST_SHARED:
            key = rows, target.id if target.id in alone else None
            found.setdefault(key, _Class(rows)).members.append(target)
    return list(found.values())


def _within(each: _Class) -> Iterator[Sharing]:
    """The pairs of one class: all of them, or each with the earliest for its pairs with all before it."""
    for at, other in enumerate(each.members):
        if each.is_large and at:
            yield Sharing(each.members[0], other, len(each.rows), 1.0, pairs=at)
        elif not each.is_large:
            for one in each.members[:at]:
                yield Sharing(one, other, len(each.rows), 1.0)


def _alike_classes(classes: Sequence[_Class], texts: _Texts) -> Iterator[_Alike]:
    """Every two classes that share half of the smaller one's indicators."""
    families, keys = texts.families()
    kin = _kin_of(keys)
    parts = [_by_kin(each.rows, [kin[families[row]] for row in each.rows]) for each in classes]
    for one, others in enough_in_common([[families[row] for row in each.rows] for each in classes], keys):
        mine, size = parts[one], len(classes[one].rows)
        needed = rows_needed(size)
        for other in others:
            theirs = parts[other]
            both = mine.keys() & theirs.keys()
            if sum(min(len(mine[key]), len(theirs[key])) for key in both) < needed:
                continue
            shared = sum(
                len(mine[key]) if mine[key] == theirs[key] else texts.shared(mine[key], theirs[key])
                for key in both
            )
            if shared >= needed:
                yield _Alike(-shared / size, -shared, *sorted((one, other)))


def _kin_of(families: Sequence[Sequence[str]]) -> list[int]:
    """For each family of keys the number of its kin: two that have a key in common are of one."""
    kin = list(range(len(families)))

    def root(family: int) -> int:
        while kin[family] != family:
            kin[family] = kin[kin[family]]
            family = kin[family]
        return family

    first: dict[str, int] = {}
    for family, keys in enumerate(families):
        for key in keys:
            kin[root(family)] = root(first.setdefault(key, family))
    return [root(family) for family in range(len(kin))]


def _by_kin(rows: Sequence[int], kin: Sequence[int]) -> dict[int, tuple[int, ...]]:
    found: dict[int, list[int]] = defaultdict(list)
    for row, key in zip(rows, kin, strict=True):
        found[key].append(row)
    return {key: tuple(value) for key, value in found.items()}


def _listed(classes: Sequence[_Class], alike: Iterable[_Alike]) -> Iterator[Sharing]:
    """Pairs of classes as pairs of targets: of each class those most alike, with the number of the rest.

    Of the pairs of a class only so many are held at a time as may be listed.
    """
    best: list[list[_Turned]] = [[] for _ in classes]
    all_pairs = Counter[int]()
    for pair in alike:
        all_pairs[pair.one] += _pairs_of(classes, pair)
        for at in (pair.one, pair.other):
            if len(best[at]) < MOST_PARTNERS:
                heappush(best[at], _Turned(pair))
            elif best[at][0].pair > pair:
                heapreplace(best[at], _Turned(pair))
    chosen = [_most_alike(classes, at, [item.pair for item in heap]) for at, heap in enumerate(best)]
    kept = sorted({pair for own in chosen for pair in own})
    for pair in kept:
        all_pairs[pair.one] -= _pairs_of(classes, pair)
    rest = Counter[_Alike]()
    for at, count in all_pairs.items():
        rest[chosen[at][-1]] += count
    for pair in kept:
        yield from _between(classes[pair.one], classes[pair.other], pair, rest[pair])


def _pairs_of(classes: Sequence[_Class], pair: _Alike) -> int:
    return len(classes[pair.one].members) * len(classes[pair.other].members)


def _most_alike(classes: Sequence[_Class], own: int, pairs: list[_Alike]) -> list[_Alike]:
    """The most alike of a class's pairs, until their partners are as many targets as may be listed."""
    chosen: list[_Alike] = []
    partners = 0
    for pair in sorted(pairs):
        if partners >= MOST_PARTNERS:
            break
        chosen.append(pair)
        partners += len(classes[pair.one if pair.other == own else pair.other].listed)
    return chosen


def _between(one: _Class, other: _Class, pair: _Alike, unlisted: int) -> Iterator[Sharing]:
    share = round(-pair.unshared, 4)
    for mine in one.listed:
        for theirs in other.listed:
            pairs = (len(one.members) if one.is_large else 1) * (len(other.members) if other.is_large else 1)
            yield Sharing(mine, theirs, -pair.fewer, share, pairs, unlisted)
            unlisted = 0
