"""What a value means beside its indicator's name (结合名称解读指标值), where it does not say so itself.

A bare 95 under 合格率 is 95 %, under 培训人次 it is 95 人次; 参保率（%） carries its unit; 村组干部230人 its
whole value; and sometimes the two stand in each other's place. What is printed stays as it is: this is a
reading beside it, with its reason.
"""

import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from nlp.claims import read_claim
from nlp.measure_units import SCALES, UnitKind
from nlp.name_units import PERCENT, is_degree, unit_of_name
from nlp.normalize import compact
from nlp.qualitative import is_empty, is_worded_value
from nlp.target_value import looks_like_value, parse_target_value
from nlp.unit_phrases import YEARS, Unit, kind_of
from nlp.value_words import (
    AT_MOST,
    BEFORE,
    COMPARED,
    DATES,
    EQUAL,
    LABELS,
    NEGATIONS,
    NOT_REQUIRED,
    SYMBOLS,
    UNREACHED,
    UNWANTED,
    labels,
)
from ontology.model import ContextReading, TargetValue, ValueKind

_MONEY = labels("of_costs", "of_money", "of_funds")
_EVENTS = re.compile(
    rf"(?:{'|'.join(LABELS['of_events'])})的?(?:截止|最[迟晚])?(?:{'|'.join(LABELS['of_dates'])})$"
)
"""How a name ends that asks when: 完成时间, and not 服务时间."""
_OF_DATES = DATES["year"] | DATES["quarter"] | DATES["month"] | DATES["day"]
"""9 under 完成时间（月） may be September or nine months."""
_NEVER = tuple(word for word in UNWANTED if word not in NEGATIONS)
_BOUND_BY_NEGATION = tuple(
    word for word in BEFORE if word not in COMPARED and word not in SYMBOLS and word not in UNREACHED
)
_NO_AIM = (*LABELS["not_before_number"], *UNWANTED, *NOT_REQUIRED)
_BEST_MARK = 10
"""Marks are given of five or of ten."""
_NO_PART = 100
"""A share of a whole is no more than this."""
_DAY_ZERO = date(1899, 12, 30)
_SERIALS = range(40_179, 51_136)
"""The days from 2010 to 2039 as spreadsheets number them."""
_NEAR_YEARS = 3
"""So far from the fiscal year a deadline may be."""
_RECENT = range(2010, 2036)
"""Numbers that may be a year where the fiscal year is not known."""
_WORDLESS = (ValueKind.QUALITATIVE, ValueKind.UNKNOWN, ValueKind.EMPTY, ValueKind.SCORE_RULE)


def read_in_context(
    name: str, printed_value: str, value: TargetValue, *, fiscal_year: int | None
) -> ContextReading | None:
    """Given an indicator's name and value, return what the value means beside the name and why.

    None where the value says it all by itself, or nothing more can be known. Number, bounds and comparator
    of the value stay as they are; only a spreadsheet's number of a day becomes a deadline.
    """
    name = compact(name)
    if value.kind is ValueKind.EMPTY:
        return _from_name(name, fiscal_year)
    if value.kind is ValueKind.QUANTITY and value.measure_unit is None and _bounds(value):
        return _as_serial_date(name, value, fiscal_year) or _with_unit_of_name(name, value, fiscal_year)
    if value.kind is ValueKind.QUANTITY and value.measure_unit in SCALES and name.endswith(_MONEY):
        unit = Unit(f"{value.measure_unit}元", UnitKind.MONEY)
        return _reading(value, unit, f"名称是金额，“{value.measure_unit}”后省略了“元”")
    exchanged = (
        value.kind in (ValueKind.QUALITATIVE, ValueKind.UNKNOWN)
        and looks_like_value(name)
        and not is_worded_value(compact(printed_value))
    )
    if exchanged:
        stated = parse_target_value(name, fiscal_year=fiscal_year)
        return ContextReading(value=stated, reason="名称和指标值印反了")
    return None


def _bounds(value: TargetValue) -> list[Decimal]:
    return [bound for bound in (value.number, value.low, value.high) if bound is not None]


def _is_exact(value: TargetValue) -> bool:
    return value.comparator is EQUAL and value.number == value.low == value.high


def _as_serial_date(name: str, value: TargetValue, fiscal_year: int | None) -> ContextReading | None:
    """45291 under 完成时间: a spreadsheet's number of the day, counted from the end of 1899."""
    if not _is_exact(value) or not _EVENTS.search(name):
        return None
    if value.number is None or value.number not in _SERIALS:
        return None
    day = _DAY_ZERO + timedelta(days=int(value.number))
    if fiscal_year is not None and abs(day.year - fiscal_year) > _NEAR_YEARS:
        return None
    deadline = TargetValue(kind=ValueKind.DEADLINE, comparator=AT_MOST, day=day)
    return ContextReading(value=deadline, reason="名称是时间，指标值是电子表格里日期的序号")


def _from_name(name: str, fiscal_year: int | None) -> ContextReading | None:
    """村组干部230人 with no value beside it; the words before the number may say per what (每月扫描6万页)."""
    if "\N{REPLACEMENT CHARACTER}" in name:
        return None
    stated = read_claim(name)
    if not stated.name or is_empty(stated.value) or not any(letter.isdecimal() for letter in stated.value):
        return None
    value = parse_target_value(name, fiscal_year=fiscal_year)
    if value.kind in _WORDLESS or value.kind is ValueKind.DEADLINE:
        value = parse_target_value(stated.value, fiscal_year=fiscal_year)
    if value.kind in _WORDLESS or _changes(stated.name, value):
        return None
    return ContextReading(value=value, reason=f"指标值印在名称里：“{stated.value}”")


def _changes(name: str, value: TargetValue) -> bool:
    """Whether the words before a value make something else of it: 未发生事故1起, 不超过预算的5%."""
    if name.endswith((*LABELS["not_before_number"], *UNWANTED, *NOT_REQUIRED)) or any(
        word in name for word in _NEVER
    ):
        return True
    if value.comparator is EQUAL and any(word in name for word in _BOUND_BY_NEGATION):
        return True
    return value.kind is not ValueKind.RATE and name.count("每") > (value.measure_unit or "").count("/")


def _with_unit_of_name(name: str, value: TargetValue, fiscal_year: int | None) -> ContextReading | None:
    named = unit_of_name(name)
    if named is None:
        return None
    unit = named.unit
    reason = f"度量单位印在名称里：“{unit.text}”" if named.printed else f"名称说数的是“{unit.text}”"
    if unit.text in PERCENT:
        if named.printed:
            return _as_rate(value, unit, reason)
        is_mark = is_degree(named.name) and any(0 < bound <= _BEST_MARK for bound in _bounds(value))
        return None if is_mark else _as_rate(value, unit, "名称是比率，指标值省略了“%”")
    dated = unit.text in _OF_DATES and _EVENTS.search(named.name) and not named.name.endswith("限")
    if dated or _may_be_year(value, unit, fiscal_year):
        return None
    return _reading(value, unit, reason)


def _may_be_year(value: TargetValue, unit: Unit, fiscal_year: int | None) -> bool:
    """Whether a bare number may be the year that a target is for, put in the value's place.

    A number with a sign (≥2023) is none; one far from the fiscal year is none either, but for 2018 of 年.
    """
    if value.comparator not in (EQUAL, None):
        return False
    near = _RECENT if fiscal_year is None else range(fiscal_year - 1, fiscal_year + 2)
    years = YEARS if unit.text in DATES["year"] else near
    return any(bound in years for bound in _bounds(value))


def _as_rate(value: TargetValue, unit: Unit, reason: str) -> ContextReading | None:
    """A share printed without its %; 0.95 may be 95 % or less than one."""
    if not all(bound == 0 or 1 < bound <= _NO_PART for bound in _bounds(value)):
        return None
    return _reading(value, unit, reason)


def _reading(value: TargetValue, unit: Unit, reason: str) -> ContextReading:
    return ContextReading(value=replace(value, kind=kind_of(unit), measure_unit=unit.text), reason=reason)
