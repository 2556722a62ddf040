"""How two target values stand to each other (指标值的关系), as part of the relation of two indicators."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from nlp.canonical_units import canonical_unit
from nlp.measure_units import SCALES
from nlp.name_alignment import core_parts
from nlp.normal_form import concept_of
from nlp.normalize import compact
from nlp.relation_words import are_opposite, measure_class
from nlp.target_value import parse_target_value
from nlp.value_words import AT_LEAST, AT_MOST, LESS_THAN, MORE_THAN
from ontology.model import Comparator, TargetValue, ValueKind

_NUMERIC = {
    ValueKind.RATE: "比例",
    ValueKind.MONEY: "金额",
    ValueKind.QUANTITY: "数量",
    ValueKind.FREQUENCY: "数量",
    ValueKind.DURATION: "时长",
}
_WORDS = frozenset({ValueKind.QUALITATIVE, ValueKind.UNKNOWN})
_NO_MONEY = frozenset({ValueKind.QUANTITY, ValueKind.FREQUENCY, ValueKind.DEADLINE})
UNIT_PRICE = "一处的指标值是单价，另一处是总额"
_WORDS_OF_VALUE = re.compile(r"[\u4e00-\u9fff]{2}")
_NEGATIVE = re.compile(r"[-−]\d")
_NOT_DATED = frozenset({ValueKind.MONEY, ValueKind.QUANTITY, ValueKind.FREQUENCY, ValueKind.DURATION})
_FLOORS = frozenset({AT_LEAST, MORE_THAN})
_BARE = frozenset({"", *SCALES})
"""Units that say nothing of what is counted: 500万 may be of money."""
_DENIED = "一处的指标值是肯定的，另一处是否定的"
_DENYING = ("没有", "不", "未", "无", "零", "否")
_STATING = ("有", "是")
_TURNED = "一处的指标值是下限，另一处是上限"
_CEILINGS = frozenset({AT_MOST, LESS_THAN})
_BEYOND = ("以外", "之外", "外", "以后", "之后", "后")
_WITHIN = ("前", "内", "底")


@dataclass(frozen=True, slots=True)
class ValueRelation:
    """What two values have in common: equal as printed, equal in meaning, or at odds, and in what words.

    `both_words` where both say something that is no number; then the words have to be compared.
    """

    is_equal: bool
    same_meaning: bool
    conflict: bool
    both_words: bool
    reason: str
    both_money: bool = False
    are_printed: bool = True
    """Whether both are there to be compared."""
    is_strict: bool = False
    """Whether they cannot be of one indicator at all: a floor and a ceiling, money and a count."""


def value_key(printed: str) -> str:
    """A printed value in the normal form of names: without white space, width and punctuation.

    A minus at its beginning stays, whatever follows: values begin with their number.
    """
    key = concept_of(printed) or ""
    is_negative = _NEGATIVE.match(compact(printed)) and not key.startswith("-")
    return f"-{key}" if is_negative else key


@lru_cache(maxsize=100_000)
def _read(printed: str) -> tuple[str, TargetValue]:
    return value_key(printed), parse_target_value(printed)


def relate_values(one: str, other: str) -> ValueRelation:
    """Given two printed values, return how they stand to each other."""
    (key, value), (other_key, other_value) = _read(one), _read(other)
    kinds = value.kind, other_value.kind
    if key == other_key:
        said = "指标值相同" if key else "都没有印指标值"
        money = value.kind is ValueKind.MONEY
        return ValueRelation(True, True, False, False, said, both_money=money)
    if not key or not other_key:
        return ValueRelation(False, False, False, False, "一处没有印指标值", are_printed=False)
    if _denied(key) != _denied(other_key) and _denied(key)[1] == _denied(other_key)[1]:
        return ValueRelation(False, False, True, False, _DENIED, is_strict=True)
    if ValueKind.SCORE_RULE in kinds:
        return ValueRelation(False, False, False, False, "评分办法不同")
    turned = _turned_words(one, other)
    if turned:
        return ValueRelation(False, False, True, False, turned, is_strict=True)
    if _is_as_much(value, other_value):
        return ValueRelation(False, True, False, False, "指标值意思相同、写法不同")
    if all(kind in _WORDS for kind in kinds):
        return ValueRelation(False, False, False, True, "指标值的文字不同")
    return _numbers(value, other_value)


@lru_cache(maxsize=65_536)
def _turned_words(one: str, other: str) -> str | None:
    """What two values say in opposite words: 增长5% and 下降5%."""
    if not (_WORDS_OF_VALUE.search(one) and _WORDS_OF_VALUE.search(other)):
        return None
    for x in core_parts(one):
        for y in core_parts(other):
            if are_opposite(x.meaning, y.meaning):
                return f"指标值的“{x.text}”和“{y.text}”相反"
    return None


def _is_as_much(value: TargetValue, other: TargetValue) -> bool:
    """Whether two values are one number in one unit, however written: 500万元 and 5000000元."""
    if value.kind in {*_WORDS, ValueKind.DEADLINE} or value.kind is not other.kind:
        return False
    amounts = _amount(value), _amount(other)
    return value == other or (amounts[0] is not None and amounts[0] == amounts[1])


def _amount(value: TargetValue) -> tuple[str, Decimal, Comparator | None] | None:
    """A number in its canonical unit, with its comparator; None where there is no number or no unit."""
    unit = canonical_unit(value.measure_unit)
    if unit is None or value.number is None:
        return None
    return unit.name, value.number * unit.factor, value.comparator


def _denied(key: str) -> tuple[bool, str]:
    """Whether a value in words denies, and what: 不合格 and 合格, 无 and 有, 零投诉 and 有投诉."""
    for denied, words in ((True, _DENYING), (False, _STATING)):
        word = next((word for word in words if key.startswith(word)), None)
        if word is not None:
            return denied, key[len(word) :]
    return False, key


def _numbers(value: TargetValue, other: TargetValue) -> ValueRelation:
    conflict = _conflict(value, other)
    if conflict:
        kinds = {value.kind, other.kind}
        strict = conflict == _TURNED or (ValueKind.MONEY in kinds and bool(kinds & _NO_MONEY))
        return ValueRelation(False, False, True, False, conflict, is_strict=strict)
    if ValueKind.DEADLINE in (value.kind, other.kind):
        return ValueRelation(False, False, False, False, "期限不同")
    money = value.kind is other.kind is ValueKind.MONEY
    is_unit = value.number is not None and value.number == other.number
    is_unit = is_unit and value.measure_unit != other.measure_unit and value.comparator is other.comparator
    unlike = "指标值的单位不同" if is_unit else "指标值的数不同"
    return ValueRelation(False, False, False, False, unlike, both_money=money)


def _conflict(value: TargetValue, other: TargetValue) -> str | None:
    """Why two values cannot be those of one indicator; None where nothing speaks against it."""
    kinds = {_NUMERIC.get(item.kind) for item in (value, other)}
    if (value.kind in _WORDS) != (other.kind in _WORDS):
        return "一处的指标值是数或期限，另一处是文字"
    bare = any(item.number is not None and (item.measure_unit or "") in _BARE for item in (value, other))
    if None not in kinds and len(kinds) > 1 and not bare and not any(map(_is_whole, (value, other))):
        return f"一处的指标值是{_NUMERIC[value.kind]}，另一处是{_NUMERIC[other.kind]}"
    counted = next((_NUMERIC[item.kind] for item in (value, other) if item.kind in _NOT_DATED), None)
    if ValueKind.DEADLINE in (value.kind, other.kind) and counted:
        return f"一处的指标值是{counted}，另一处是期限"
    if value.kind is other.kind is ValueKind.MONEY and _is_per(value) != _is_per(other):
        return UNIT_PRICE
    signs = {value.comparator, other.comparator}
    if signs & _FLOORS and signs & _CEILINGS and ValueKind.DEADLINE not in (value.kind, other.kind):
        return _TURNED
    return None


def _is_per(value: TargetValue) -> bool:
    """Whether an amount is one per head, piece or year."""
    return "/" in (value.measure_unit or "")


def _is_whole(value: TargetValue) -> bool:
    """Whether it is 100 %, which forms print beside anything."""
    return value.kind is ValueKind.RATE and value.number == 100


def is_whole(printed: str) -> bool:
    """Whether a printed value is 100 %."""
    return _is_whole(_read(printed)[1])


def measure_of(printed: str) -> str:
    """The measure that a value implies, as a class: 率 of ≥95%, 次数 of ≥12次; nothing for words."""
    value = _read(printed)[1]
    if value.kind is ValueKind.QUANTITY or value.kind is ValueKind.FREQUENCY:
        unit = (value.measure_unit or "").partition("/")[0]
        return "" if unit in SCALES else measure_class(unit + "数")
    return _IMPLIED.get(value.kind, "")


_IMPLIED = {
    ValueKind.RATE: "率",
    ValueKind.MONEY: "费",
    ValueKind.DURATION: "时间",
    ValueKind.DEADLINE: "时间",
}


def are_opposite_bounds(one: str, other: str) -> bool:
    """Whether one printed number or time is a floor and the other a ceiling: 不低于90% and 不高于90%."""
    return bound_side(one) * bound_side(other) < 0


def bound_side(printed: str) -> int:
    """1 for a floor or 6月30日后, -1 for a ceiling or 6月30日前, 0 for what is neither."""
    said = printed.rstrip("）) ")
    if said.endswith(_BEYOND):
        return 1
    value = _read(printed)[1]
    if value.kind is ValueKind.DEADLINE:
        return -1 if said.endswith(_WITHIN) else 0
    return (value.comparator in _FLOORS) - (value.comparator in _CEILINGS)


def implies_date(printed: str) -> bool:
    """Whether a value is a deadline."""
    return _read(printed)[1].kind is ValueKind.DEADLINE


def is_score_rule(printed: str) -> bool:
    """Whether a value is a scoring rule: how points are given, and no aim."""
    return _read(printed)[1].kind is ValueKind.SCORE_RULE


def counts_something(printed: str) -> bool:
    """Whether a value is a count, an amount or a length of time: what grows with a project."""
    kinds = (ValueKind.QUANTITY, ValueKind.FREQUENCY, ValueKind.MONEY, ValueKind.DURATION)
    return _read(printed)[1].kind in kinds


def is_worded(printed: str) -> bool:
    """Whether a value says something in words that are no number and no rule of points."""
    return bool(value_key(printed)) and _read(printed)[1].kind in _WORDS


def is_none(printed: str) -> bool:
    """Whether a value says that there is none: 0%, 0起, ≤0."""
    value = _read(printed)[1]
    return value.number == 0 and value.comparator not in _FLOORS


def is_money(printed: str) -> bool:
    """Whether a value is an amount of money."""
    return _read(printed)[1].kind is ValueKind.MONEY
