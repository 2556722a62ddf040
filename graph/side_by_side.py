"""Two sides of a comparison (对比): which indicators both use, which only one, and whether values differ.

A side is any set of targets: those of a unit, of a project, of one of their years. Indicators are the
same where they express one concept; values are the same where they say the same, however it is
printed: 100% and =100%, ≥5万人次 and 不少于50000人次.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
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
class SideIndicator:
    """An indicator as one side uses it: its values as printed, and the targets that hold it."""

    concept_id: str | None
    name: str
    class_name: str | None
    values: tuple[str, ...]
    targets: tuple[str, ...]
    value_ids: frozenset[str]
    """What its values are compared by."""


@dataclass(frozen=True, slots=True)
class BothSides:
    """An indicator that both sides use."""

    one: SideIndicator
    other: SideIndicator

    @property
    def change(self) -> ValueChange:
        """Whether its values are the same on both sides, some of them, or none."""
        if self.one.value_ids == self.other.value_ids:
            return ValueChange.SAME
        shared = self.one.value_ids & self.other.value_ids
        return ValueChange.PARTLY if shared else ValueChange.CHANGED


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Everything that two sides use: both of them, or only one."""

    both: tuple[BothSides, ...]
    only_one: tuple[SideIndicator, ...]
    only_other: tuple[SideIndicator, ...]


def side_by_side(one: Iterable[TargetItem], other: Iterable[TargetItem]) -> SideBySide:
    """Compare the targets of two sides; changed values come first, then by name."""
    left, right = _indicators(one), _indicators(other)
    both = [BothSides(left[key], right[key]) for key in left.keys() & right.keys()]
    order = list(reversed(ValueChange))
    return SideBySide(
        tuple(sorted(both, key=lambda item: (order.index(item.change), item.one.name, item.one.values))),
        _listed(left[key] for key in left.keys() - right.keys()),
        _listed(right[key] for key in right.keys() - left.keys()),
    )


def _listed(found: Iterable[SideIndicator]) -> tuple[SideIndicator, ...]:
    return tuple(sorted(found, key=lambda item: (item.name, item.values)))


def _indicators(targets: Iterable[TargetItem]) -> dict[str, SideIndicator]:
    groups: dict[str, list[tuple[IndicatorItem, TargetItem]]] = {}
    for target in sorted(targets, key=lambda item: (item.fiscal_year or 0, item.id)):
        for item in target.indicators:
            groups.setdefault(item.concept_id or item.text.name, []).append((item, target))
    return {key: _side(group) for key, group in groups.items()}


def _side(group: list[tuple[IndicatorItem, TargetItem]]) -> SideIndicator:
    first = group[0][0]
    values: dict[str, str] = {}
    for item, target in group:
        printed = item.text.printed_value
        if printed:
            values.setdefault(_meaning(printed, target.fiscal_year), printed)
    return SideIndicator(
        first.concept_id,
        first.text.name,
        first.class_name,
        tuple(values.values()),
        tuple(dict.fromkeys(target.name for _, target in group)),
        frozenset(values),
    )


def _meaning(printed: str, fiscal_year: int | None) -> str:
    value = parse_target_value(printed, fiscal_year=fiscal_year)
    unit = canonical_unit(value.measure_unit)
    if unit:
        number, low, high = (
            None if part is None else part * unit.factor for part in (value.number, value.low, value.high)
        )
        value = replace(value, number=number, low=low, high=high, measure_unit=unit.name)
    return value_id(value, value_key(printed))
