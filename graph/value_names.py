"""Names and identities of target values (指标值): equal values are one node with one readable name."""

from decimal import Decimal

from ontology.ids import stable_id
from ontology.model import Comparator, TargetValue, ValueKind

KIND_WORDS = {
    ValueKind.RATE: "比率",
    ValueKind.QUANTITY: "数量",
    ValueKind.MONEY: "金额",
    ValueKind.DURATION: "时长",
    ValueKind.FREQUENCY: "频次",
    ValueKind.DEADLINE: "完成期限",
    ValueKind.QUALITATIVE: "定性描述",
    ValueKind.SCORE_RULE: "评分规则",
    ValueKind.EMPTY: "未填写",
    ValueKind.UNKNOWN: "未能读懂",
}
"""What people call the kinds of values."""

_TOLD_BY_TEXT = frozenset([ValueKind.QUALITATIVE, ValueKind.SCORE_RULE, ValueKind.UNKNOWN])
"""Kinds whose values are told apart by what is printed."""

COMPARATOR_SIGNS = {
    Comparator.AT_LEAST: "≥",
    Comparator.AT_MOST: "≤",
    Comparator.MORE_THAN: ">",
    Comparator.LESS_THAN: "<",
    Comparator.EQUAL: "=",
}


def plain_number(number: Decimal) -> str:
    """Write a number without exponent and without trailing zeros: 95.0 and 9.5E+1 are both 95."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def value_name(value: TargetValue, printed: str) -> str:
    """Readable name of a value: ≥95%, 约200人, 5~10个, 2023-12-31前, the printed words, its kind's word."""
    if _is_told_by_text(value) and printed:
        return printed
    if value.day is not None:
        return f"{value.day.isoformat()}前"
    if value.number is not None:
        sign = COMPARATOR_SIGNS[value.comparator] if value.comparator else ""
        if value.approximate:
            sign = "约"
        return f"{sign}{plain_number(value.number)}{value.measure_unit or ''}"
    if value.low is not None or value.high is not None:
        return _interval_name(value) + (value.measure_unit or "")
    return KIND_WORDS[value.kind]


def value_id(value: TargetValue, printed: str) -> str:
    """Identity of a value: everything it states, by its text where it states neither number nor day."""
    return stable_id(
        "value",
        value.kind,
        value.comparator,
        _number_text(value.number),
        _number_text(value.low),
        _number_text(value.high),
        value.low_closed,
        value.high_closed,
        value.measure_unit,
        value.day.isoformat() if value.day else None,
        printed if _is_told_by_text(value) else None,
    )


def _is_told_by_text(value: TargetValue) -> bool:
    """Whether nothing but its text tells a value apart, as of a deadline that recurs: 每月15日前."""
    stated = (value.number, value.low, value.high, value.day)
    unsaid = value.kind is not ValueKind.EMPTY and all(part is None for part in stated)
    return value.kind in _TOLD_BY_TEXT or unsaid


def _interval_name(value: TargetValue) -> str:
    """5~10 where both ends belong to the interval, otherwise each end with its sign: >5且≤10."""
    low, high = value.low, value.high
    if low is not None and high is not None and value.low_closed and value.high_closed:
        return f"{plain_number(low)}~{plain_number(high)}"
    ends = []
    if low is not None:
        ends.append(f"{'≥' if value.low_closed else '>'}{plain_number(low)}")
    if high is not None:
        ends.append(f"{'≤' if value.high_closed else '<'}{plain_number(high)}")
    return "且".join(ends)


def _number_text(number: Decimal | None) -> str | None:
    return None if number is None else plain_number(number)
