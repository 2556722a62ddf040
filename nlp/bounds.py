"""Bounds (区间的两端): what one amount or two amounts say of how low and how high a value may be."""

from dataclasses import replace
from decimal import Decimal

from nlp.amounts import Amount, is_approximate, is_ordinary_word, resolve_marks
from nlp.measure_units import SCALES
from nlp.numerals import read_chinese
from nlp.unit_phrases import YEARS, Unit, kind_of
from nlp.value_words import AT_LEAST, AT_MOST, BEFORE, EQUAL, MORE_THAN, UNREACHED
from ontology.model import Comparator, TargetValue, ValueKind

_LONGEST_FIRST = sorted(SCALES, key=lambda scale: (-len(scale), scale))
_FIRST_PACKED, _LAST_PACKED = 1990_01_01, 2100_12_31
"""A bare number between these may be meant as a date: 20240631."""
_OF_DATES = frozenset({"年", "年度", "学年", "学年度", "学期", "月", "日", "季", "季度"})
UPWARD = (AT_LEAST, MORE_THAN)
"""Comparators of a value that may be as high as it likes."""


def _may_be_a_year(number: Decimal, unit: Unit | None) -> bool:
    """Whether a number with 年 or 月 names a year rather than counts them: 2023年; 2000小时 does not."""
    return number in YEARS and unit is not None and unit.text in _OF_DATES


def exact_or_one_sided(amount: Amount) -> TargetValue | None:
    """Given one amount, return its value, None where its words contradict each other."""
    comparator = resolve_marks(amount.marks)
    kind = kind_of(amount.unit)
    if comparator is None or is_ordinary_word(amount):
        return None
    if _may_be_a_year(amount.number, amount.unit):
        return None
    if amount.unit is None and amount.is_plain and _FIRST_PACKED <= amount.number <= _LAST_PACKED:
        return None
    number = amount.number
    if number == 0 and any(word in UNREACHED for word in amount.marks):
        # 未达到0分 is a step of a score rule: nothing lies below.
        return None
    exact = comparator is EQUAL
    if is_approximate(amount.marks) and any(word in BEFORE for word in amount.marks):
        # ≥约30人 says that a bound is not known.
        return None
    if exact and is_approximate(amount.marks):
        return make_value(kind, comparator, number, amount.unit, None, None)
    low = (number, comparator is not MORE_THAN) if exact or comparator in UPWARD else None
    high = (number, comparator in (AT_MOST, EQUAL)) if exact or comparator not in UPWARD else None
    return make_value(kind, comparator, number, amount.unit, low, high)


def make_value(
    kind: ValueKind,
    comparator: Comparator | None,
    number: Decimal | None,
    unit: Unit | None,
    low: tuple[Decimal, bool] | None,
    high: tuple[Decimal, bool] | None,
) -> TargetValue:
    return TargetValue(
        kind=kind,
        comparator=comparator,
        number=number,
        measure_unit=(unit.text or None) if unit else None,
        low=low[0] if low else None,
        high=high[0] if high else None,
        low_closed=low[1] if low else None,
        high_closed=high[1] if high else None,
    )


def between(
    low: Amount, high: Amount, *, low_closed: bool = True, high_closed: bool = True
) -> TargetValue | None:
    """Given both ends, return the two-sided range, None where units or order do not fit."""
    units = common_unit(low.unit, high.unit)
    if units is None:
        return _between_scales(low, high, low_closed=low_closed, high_closed=high_closed)
    unit = units[0]
    if low.number > high.number or _may_be_a_year(low.number, unit):
        return None
    return make_value(kind_of(unit), None, None, unit, (low.number, low_closed), (high.number, high_closed))


def _between_scales(low: Amount, high: Amount, *, low_closed: bool, high_closed: bool) -> TargetValue | None:
    """5000元至1万元 is counted in 元."""
    lows, highs = without_scale(low), without_scale(high)
    if lows.unit != highs.unit or lows.number > highs.number:
        return None
    return between(lows, highs, low_closed=low_closed, high_closed=high_closed)


def without_scale(amount: Amount) -> Amount:
    """The same amount in the unit without 万 or 亿: 3万元 is 30000元."""
    unit = amount.unit
    scale = next((s for s in _LONGEST_FIRST if unit is not None and unit.text.startswith(s)), None)
    factor = read_chinese(f"一{scale}") if scale else None
    if unit is None or scale is None or factor is None:
        return amount
    text = unit.text.removeprefix(scale)
    bare = replace(unit, text=text) if text else None
    return replace(amount, number=amount.number * factor, unit=bare)


def common_unit(first: Unit | None, second: Unit | None) -> tuple[Unit | None] | None:
    """Given the units of both ends, return the one meant (80-90% → %), None where they differ."""
    if first is None or second is None or first == second:
        return (first or second,)
    if first.text in SCALES and second.text.startswith(first.text):
        return (second,)
    return (second,) if second.text.startswith(f"{first.text}/") else None
