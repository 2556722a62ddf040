"""Two sides of a comparison (对比): which indicators both use, which only one, and whether values differ.

A side is any set of targets: those of a unit, of a project, of one of their years. Indicators are the
same where they express one concept; values are the same where they are printed alike or say the same:
100% and =100%, ≥5万人次 and 不少于50000人次, and the end of December in each target's own year.
"""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from graph.corpus import IndicatorItem, TargetItem
from graph.value_names import value_id
from nlp.canonical_units import canonical_unit
from nlp.relation_values import value_key
from nlp.target_value import parse_target_value


class ValueChange(StrEnum):
    """How the values of an indicator on two sides stand to each other."""

    SAME = "same"
    PARTLY = "partly"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class SideValue:
    """A value as first printed on a side, and what it is compared by: its printed texts and meanings."""

    printed: str
    says: frozenset[str]


@dataclass(frozen=True, slots=True)
class SideIndicator:
    """An indicator as one side uses it: its values, and the targets that hold it."""

    concept_id: str
    name: str
    class_name: str | None
    found: tuple[SideValue, ...]
    targets: tuple[str, ...]

    @property
    def values(self) -> tuple[str, ...]:
        """Its values as printed."""
        return tuple(value.printed for value in self.found)


@dataclass(frozen=True, slots=True)
class BothSides:
    """An indicator that both sides use."""

    one: SideIndicator
    other: SideIndicator

    @property
    def change(self) -> ValueChange:
        """Whether its values are the same on both sides, some of them, or none."""
        alone = [*_not_among(self.one, self.other), *_not_among(self.other, self.one)]
        if not alone:
            return ValueChange.SAME
        every = len(self.one.found) + len(self.other.found)
        return ValueChange.PARTLY if len(alone) < every else ValueChange.CHANGED


def _not_among(own: SideIndicator, others: SideIndicator) -> list[SideValue]:
    said = frozenset().union(*(value.says for value in others.found))
    return [value for value in own.found if value.says.isdisjoint(said)]


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Everything that two sides use: both of them, or only one."""

    both: tuple[BothSides, ...]
    only_one: tuple[SideIndicator, ...]
    only_other: tuple[SideIndicator, ...]
    nameless: tuple[int, int]
    """How many indicators of each side name nothing, and are compared with none."""


def side_by_side(one: Sequence[TargetItem], other: Sequence[TargetItem]) -> SideBySide:
    """Compare the targets of two sides; changed values come first, then by name."""
    left, right = _indicators(one), _indicators(other)
    both = [BothSides(left[key], right[key]) for key in left.keys() & right.keys()]
    order = list(reversed(ValueChange))
    return SideBySide(
        tuple(sorted(both, key=lambda item: (order.index(item.change), item.one.name, item.one.values))),
        _listed(left[key] for key in left.keys() - right.keys()),
        _listed(right[key] for key in right.keys() - left.keys()),
        (_nameless(one), _nameless(other)),
    )


def _listed(found: Iterable[SideIndicator]) -> tuple[SideIndicator, ...]:
    return tuple(sorted(found, key=lambda item: (item.name, item.values)))


def _nameless(targets: Iterable[TargetItem]) -> int:
    return sum(item.concept_id is None for target in targets for item in target.indicators)


def _indicators(targets: Iterable[TargetItem]) -> dict[str, SideIndicator]:
    groups: dict[str, list[tuple[IndicatorItem, TargetItem]]] = {}
    for target in sorted(targets, key=lambda item: (item.fiscal_year or 0, item.id)):
        for item in target.indicators:
            if item.concept_id is not None:
                groups.setdefault(item.concept_id, []).append((item, target))
    return {concept_id: _side(concept_id, group) for concept_id, group in groups.items()}


def _side(concept_id: str, group: Sequence[tuple[IndicatorItem, TargetItem]]) -> SideIndicator:
    first = group[0][0]
    return SideIndicator(
        concept_id,
        first.text.name,
        first.class_name,
        _values(group),
        tuple(dict.fromkeys(target.name for _, target in group)),
    )


def _values(group: Iterable[tuple[IndicatorItem, TargetItem]]) -> tuple[SideValue, ...]:
    """The values of an indicator, those that say the same as one."""
    found: list[SideValue] = []
    for item, target in group:
        printed = item.text.printed_value
        if printed:
            value = SideValue(printed, frozenset((printed, _meaning(printed, target.fiscal_year))))
            same = [own for own in found if not own.says.isdisjoint(value.says)]
            for own in same:
                found.remove(own)
            first = same[0].printed if same else printed
            found.append(SideValue(first, value.says.union(*(own.says for own in same))))
    return tuple(found)


def _meaning(printed: str, fiscal_year: int | None) -> str:
    value = parse_target_value(printed, fiscal_year=fiscal_year)
    if value.day is not None:
        return f"{value.kind} {value.comparator} {_recurring(value.day, fiscal_year or 0)}"
    unit = canonical_unit(value.measure_unit)
    if unit:
        number, low, high = (
            None if part is None else part * unit.factor for part in (value.number, value.low, value.high)
        )
        value = replace(value, number=number, low=low, high=high, measure_unit=unit.name)
    return value_id(value, value_key(printed))


def _recurring(day: date, fiscal_year: int) -> str:
    """A day by how many years it lies after its target's: the same one recurs each year."""
    is_last = day.day == monthrange(day.year, day.month)[1]
    return f"{day.year - fiscal_year} {day.month} {'end' if is_last else day.day}"
