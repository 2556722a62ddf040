"""Copied targets (雷同目标): targets that share their indicators, and indicators repeated within one.

A pair of targets is compared when they may share half of the smaller one's indicators; then every two
indicators of the pair are compared, and each counts once.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from graph.corpus import IndicatorItem, TargetItem
from graph.judgements import Judgement, Verdict
from nlp.normal_form import concept_of
from nlp.relate import IndicatorText, RelationReading, relate
from nlp.relation_values import value_key
from nlp.templates import general_frame, template_key
from ontology.model import Relation

LEAST_SHARE = 0.5
"""Share of the smaller target's indicators that makes a pair partly copied."""
COPIED_SHARE = 0.8
FEWEST_SHARED = 2
"""Shared indicators below which nothing is said: a single 服务对象满意度 is no copy."""
_PAIR = 2
_LOOKED_UP = 3
"""Of a target's rarest rows so many must be found in another to look at the rest."""
_COPIED = frozenset({Relation.IDENTICAL, Relation.SAME_TEMPLATE})


@dataclass(frozen=True, slots=True)
class SharedIndicator:
    """Two indicators that two targets share, how, and why it is said."""

    one: IndicatorItem
    other: IndicatorItem
    reading: RelationReading

    @property
    def turned(self) -> "SharedIndicator":
        """The same with the two targets in the other order."""
        # A reason quotes its two sides in their order.
        return SharedIndicator(self.other, self.one, _related(self.other.text, self.one.text))


@dataclass(frozen=True, slots=True)
class TargetPair:
    """Two targets and what they share; `share` is the part of the smaller one's indicators."""

    one: TargetItem
    other: TargetItem
    shared: tuple[SharedIndicator, ...]
    share: float
    judged: Judgement | None = None

    @property
    def label(self) -> str:
        """copied from 80 % of the smaller one's indicators on, or as judged; partly_copied below."""
        is_judged_same = self.judged is not None and self.judged.verdict is Verdict.SAME
        return "copied" if is_judged_same or self.share >= COPIED_SHARE else "partly_copied"

    @property
    def in_order(self) -> tuple[TargetItem, TargetItem]:
        """The two targets, that of the earlier year first; of one year, or none, by their ids."""
        one, other = sorted((self.one, self.other), key=lambda item: (item.fiscal_year or 0, item.id))
        return one, other

    @property
    def earlier_word(self) -> str | None:
        """Where it stands first, where the years tell: said without blame."""
        one, other = self.in_order
        if one.fiscal_year is None or other.fiscal_year is None or one.fiscal_year == other.fiscal_year:
            return None
        return f"先见于 {one.fiscal_year} 年“{one.name}”"


@dataclass(frozen=True, slots=True)
class Repeat:
    """Indicators of one target that say the same, and how."""

    target: TargetItem
    indicators: tuple[IndicatorItem, ...]
    reading: RelationReading
    judged: Judgement | None = None

    @property
    def reason(self) -> str:
        """Why it is said, with the classes that it stands under where they are several."""
        classes = list(dict.fromkeys(item.class_name for item in self.indicators if item.class_name))
        several = f"；分别列在{'、'.join(classes)}之下" if len(classes) > 1 else ""
        return self.reading.reason + several


def target_pairs(targets: Sequence[TargetItem]) -> Iterator[TargetPair]:
    """Given targets, return every pair that shares at least half of the smaller one's indicators."""
    for one, other in _candidates(targets):
        pair = compare_targets(one, other)
        if pair.share >= LEAST_SHARE and len(pair.shared) >= FEWEST_SHARED:
            yield pair


def compare_targets(one: TargetItem, other: TargetItem) -> TargetPair:
    """What two targets share: each indicator at most once, equal ones first.

    Only indicators that have a key in common are compared (see `_keys`).
    """
    found: list[SharedIndicator] = []
    mine, theirs = list(one.indicators), list(other.indicators)
    for is_shared in (_is_identical, _is_copied, _is_twin):
        for item in tuple(mine):
            keys = _keys(item.text)
            near = (each for each in theirs if not keys.isdisjoint(_keys(each.text)))
            match = next((each for each in near if is_shared(item, each)), None)
            if match is not None:
                mine.remove(item)
                theirs.remove(match)
                found.append(SharedIndicator(item, match, _related(item.text, match.text)))
    smaller = min(len(one.indicators), len(other.indicators))
    return TargetPair(one, other, tuple(found), round(len(found) / smaller, 4) if smaller else 0.0)


def _is_identical(one: IndicatorItem, other: IndicatorItem) -> bool:
    return _related(one.text, other.text).relation is Relation.IDENTICAL


def _is_copied(one: IndicatorItem, other: IndicatorItem) -> bool:
    return _related(one.text, other.text).relation in _COPIED


def _is_twin(one: IndicatorItem, other: IndicatorItem) -> bool:
    """Whether two indicators are equal, value and all, but for each project's own object."""
    key = _twin_key(one.text)
    return key is not None and key == _twin_key(other.text)


@lru_cache(maxsize=200_000)
def _twin_key(text: IndicatorText) -> str | None:
    """A name with slots for the project's own object, before a bare measure too, and its value."""
    frame = template_key(text.name, text.context, bare=True)
    value = value_key(text.printed_value)
    return f"{frame} {value}" if frame and value and "{" in frame else None


def _related(one: IndicatorText, other: IndicatorText) -> RelationReading:
    """How two indicators stand to each other; most need no look at what their projects are called."""
    plain = _plainly_related(one.name, one.printed_value, other.name, other.printed_value)
    if plain.relation in _COPIED or not (_has_own_object(one) or _has_own_object(other)):
        return plain
    return relate(one, other)


@lru_cache(maxsize=500_000)
def _plainly_related(name: str, value: str, other_name: str, other_value: str) -> RelationReading:
    one, other = (
        IndicatorText(name=text, printed_value=printed)
        for text, printed in ((name, value), (other_name, other_value))
    )
    return relate(one, other)


@lru_cache(maxsize=200_000)
def _has_own_object(text: IndicatorText) -> bool:
    name = text.name or text.printed_value
    return template_key(name, text.context, bare=True) != template_key(name, bare=True)


@lru_cache(maxsize=200_000)
def _keys(text: IndicatorText) -> frozenset[str]:
    """What two indicators must have in common to be shared: the name, a template, or a general frame."""
    name = text.name or text.printed_value
    found = (
        concept_of(name),
        template_key(name),
        template_key(name, text.context),
        _twin_key(text),
        general_frame(name),
    )
    return frozenset(key for key in found if key)


def _candidates(targets: Sequence[TargetItem]) -> Iterator[tuple[TargetItem, TargetItem]]:
    """Pairs that may share half of the smaller one's indicators, each once.

    If so many of the smaller one's rows have a key in common with the other, then a few of its rarest
    rows have: only those are looked up, and only where enough of them are found are all of them counted.
    """
    rows = [[_keys(item.text) for item in target.indicators] for target in targets]
    every = [frozenset(key for row in own for key in row) for own in rows]
    places: dict[str, list[int]] = defaultdict(list)
    for number, keys in enumerate(every):
        for key in keys:
            places[key].append(number)
    for number, own in enumerate(rows):
        needed = max(FEWEST_SHARED, -(-len(own) // 2))
        few = min(needed, _LOOKED_UP)
        spread = sorted(own, key=lambda row: sum(len(places[key]) for key in row))
        found: Counter[int] = Counter()
        for row in spread[: max(0, len(own) - needed + few)]:
            found.update({other for key in row for other in places[key]})
        for other in sorted(other for other, count in found.items() if count >= few):
            # Of two of one size the first looks the second up.
            if (len(own), number) < (len(rows[other]), other) and _reaches(own, every[other], needed):
                yield targets[number], targets[other]


def _reaches(rows: Sequence[frozenset[str]], keys: frozenset[str], needed: int) -> bool:
    return sum(not row.isdisjoint(keys) for row in rows) >= needed


def repeats_within(targets: Iterable[TargetItem]) -> Iterator[Repeat]:
    """Indicators that stand twice in one target: with equal names, or saying the same in other words."""
    for target in targets:
        named = [item for item in target.indicators if concept_of(item.text.name)]
        groups: dict[str | None, list[IndicatorItem]] = defaultdict(list)
        for item in named:
            groups[concept_of(item.text.name)].append(item)
        for group in groups.values():
            if len(group) > 1:
                yield Repeat(target, tuple(group), _related(group[0].text, group[1].text))
        heads = [group[0] for group in groups.values()]
        for one, other in combinations(heads, 2):
            reading = _related(one.text, other.text)
            if reading.relation is Relation.PARAPHRASE or _contains(one.text.name, other.text.name):
                yield Repeat(target, (one, other), reading)


def _contains(one: str, other: str) -> bool:
    """Whether one name stands whole in the other, and is long enough to be no accident."""
    shorter, longer = sorted((concept_of(one) or "", concept_of(other) or ""), key=len)
    return len(shorter) >= 8 and shorter in longer


def target_groups(pairs: Iterable[TargetPair]) -> list[tuple[TargetItem, ...]]:
    """Groups of three and more targets in which every two are a pair: none is in by way of another only.

    The most connected targets come first; each target is in one group.
    """
    near: dict[str, set[str]] = defaultdict(set)
    targets: dict[str, TargetItem] = {}
    for pair in pairs:
        near[pair.one.id].add(pair.other.id)
        near[pair.other.id].add(pair.one.id)
        targets |= {pair.one.id: pair.one, pair.other.id: pair.other}
    left = sorted(near, key=lambda target: (-len(near[target]), target))
    groups = []
    while left:
        group = [left[0]]
        for target in left[1:]:
            if all(target in near[member] for member in group):
                group.append(target)
        if len(group) > _PAIR:
            groups.append(tuple(targets[member] for member in group))
        left = [target for target in left if target not in group]
    return groups
