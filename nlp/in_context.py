"""What a value means beside its indicator's name (结合名称解读指标值), where it does not say so itself.

A bare 95 under 合格率 is 95 %, under 培训人次 it is 95 人次; 参保率（%） carries its unit; 村组干部230人 its
whole value; and sometimes the two stand in each other's place. What is printed stays as it is: this is a
reading beside it, with its reason.
"""

import re
from dataclasses import replace
from datetime import date, timedelta

from nlp.claims import read_claim
from nlp.measure_units import SCALES, UnitKind
from nlp.normalize import compact
from nlp.qualitative import is_empty, is_worded_value
from nlp.target_value import looks_like_value, parse_target_value
from nlp.unit_phrases import YEARS, Unit, kind_of, read_unit
from nlp.value_tokens import Cursor, split_tokens
from nlp.value_words import AT_MOST
from ontology.model import ContextReading, TargetValue, ValueKind

_BRACKETED_UNIT = re.compile(r"[(\[]([^()\[\]]{1,8})[)\]]$")
_RATE = re.compile(r"(?:率|满意度|知晓度|认可度|参与度|完成度|完整度|达标度|占比|比例|百分比|比重)$")
_COUNTED = re.compile(r"([\u4e00-\u9fff])数$")
_MONEY = re.compile(r"(?:成本|费|费用|经费|资金|金额|总额|单价|造价|投资|投入|支出|补助|补贴|工资)$")
_TIME = re.compile(r"(?:时间|日期|时限|期限|节点)$")
_DAY_ZERO = date(1899, 12, 30)
_SERIALS = range(36_526, 73_051)
"""The days from 2000 to 2099 as spreadsheets number them."""
_NO_PART = 100
"""A share of a whole is no more than this."""


def read_in_context(
    name: str, printed_value: str, value: TargetValue, *, fiscal_year: int | None
) -> ContextReading | None:
    """Given an indicator's name and value, return what the value means beside the name and why.

    None where the value says it all by itself, or nothing more can be known.
    """
    name = compact(name)
    if value.kind is ValueKind.EMPTY:
        return _from_name(name, fiscal_year)
    if value.kind is ValueKind.QUANTITY and value.measure_unit is None and _is_plain_number(value):
        return _as_serial_date(name, value) or _with_unit_of_name(name, value)
    if value.kind is ValueKind.QUANTITY and value.measure_unit in SCALES and _MONEY.search(name):
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


def _as_serial_date(name: str, value: TargetValue) -> ContextReading | None:
    """45291 under 完成时间: a spreadsheet's number of the day, counted from the end of 1899."""
    if value.number is None or value.number not in _SERIALS or not _TIME.search(name):
        return None
    day = _DAY_ZERO + timedelta(days=int(value.number))
    deadline = TargetValue(kind=ValueKind.DEADLINE, comparator=AT_MOST, day=day)
    return ContextReading(value=deadline, reason="名称是时间，指标值是电子表格里日期的序号")


def _is_plain_number(value: TargetValue) -> bool:
    bounds = [bound for bound in (value.number, value.low, value.high) if bound is not None]
    return bool(bounds) and not any(bound in YEARS for bound in bounds)


def _from_name(name: str, fiscal_year: int | None) -> ContextReading | None:
    """村组干部230人 with no value beside it."""
    stated = read_claim(name)
    if not stated.name or is_empty(stated.value) or not any(letter.isdecimal() for letter in stated.value):
        return None
    value = parse_target_value(stated.value, fiscal_year=fiscal_year)
    if value.kind in (ValueKind.QUALITATIVE, ValueKind.UNKNOWN, ValueKind.EMPTY):
        return None
    return ContextReading(value=value, reason=f"指标值印在名称里：“{stated.value}”")


def _with_unit_of_name(name: str, value: TargetValue) -> ContextReading | None:
    bracketed = _BRACKETED_UNIT.search(name)
    unit = _unit(bracketed.group(1)) if bracketed else None
    if unit is not None:
        return _reading(value, unit, f"度量单位印在名称里：“{unit.text}”")
    if bracketed:
        name = name[: bracketed.start()]
    if _RATE.search(name):
        return _as_rate(value)
    counted = _COUNTED.search(name) or re.search(r"((?:人|户|批|场|车|班|件|家|台)次)$", name)
    unit = _unit(counted.group(1)) if counted else None
    if unit is not None and unit.kind in (UnitKind.COUNT, UnitKind.DURATION):
        return _reading(value, unit, f"名称说数的是“{unit.text}”")
    return None


def _as_rate(value: TargetValue) -> ContextReading | None:
    """A share printed without its %; 0.95 may be 95 % or less than one."""
    bounds = [bound for bound in (value.number, value.low, value.high) if bound is not None]
    if not all(bound == 0 or 1 < bound <= _NO_PART for bound in bounds):
        return None
    return _reading(value, Unit("%", UnitKind.RATE), "名称是比率，指标值省略了“%”")


def _reading(value: TargetValue, unit: Unit, reason: str) -> ContextReading:
    return ContextReading(value=replace(value, kind=kind_of(unit), measure_unit=unit.text), reason=reason)


def _unit(printed: str) -> Unit | None:
    """The unit that a text is (万亩, 元/人); None where it is something else."""
    cursor = Cursor(split_tokens(printed.removeprefix("单位:")))
    scale = cursor.accept(SCALES) or ""
    unit = read_unit(cursor)
    return replace(unit, text=scale + unit.text) if unit is not None and cursor.ended else None
