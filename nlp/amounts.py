"""Amounts (数量): a number with its measure unit and the words that bind it.

amount := before* number after* scale? after* unit? after*
number := '-'? NUMBER | 百分之 NUMBER | 百分百
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from nlp.measure_units import NOT_AFTER_CHINESE, PERIODS, SCALES, UNIT_KINDS, UnitKind
from nlp.second_parts import read_per_many, read_second_part
from nlp.unit_phrases import YEARS, Unit, read_counted_time, read_open_unit, read_unit
from nlp.value_tokens import END, NUMBER, OTHER, WORD, Cursor, Numerals, Token
from nlp.value_words import (
    AFTER,
    APPROXIMATE,
    AT_LEAST,
    AT_MOST,
    AVERAGED,
    BEFORE,
    CURRENCIES,
    EQUAL,
    EXCLUDED,
    HALVES,
    IN_PARENTHESES,
    INCLUDED,
    LESS_THAN,
    MORE_THAN,
    NEGATIVE,
    NEUTRAL,
    SYMBOLS,
    WEAK,
)
from ontology.model import Comparator

_BEFORE_NUMBER = frozenset().union(BEFORE, WEAK, NEUTRAL, APPROXIMATE, AVERAGED)
_AFTER_NUMBER = frozenset(AFTER) | APPROXIMATE
_BINDING = _AFTER_NUMBER | frozenset(BEFORE)
_GRADES = frozenset({"级", "等", "类"})
_HALF = Decimal("0.5")
_RATIO = Decimal("0.0001")
_NOUN = re.compile(r"[\u4e00-\u9fff]{1,8}")
_NAMED_BY_YEAR = frozenset({"版", "级", "届", "期", "班"})
_HUNDREDTHS = {"百分之": "%", "千分之": "‰", "万分之": "‱"}
_WHOLE = frozenset({"百分百", "百分之百"})
_CLOSED = {MORE_THAN: AT_LEAST, LESS_THAN: AT_MOST}
_OPEN = {AT_LEAST: MORE_THAN, AT_MOST: LESS_THAN}


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit; `marks` are the binding words in printed order."""

    number: Decimal
    unit: Unit | None
    marks: tuple[str, ...]
    numerals: Numerals = Numerals.ARABIC

    @property
    def is_plain(self) -> bool:
        """Whether no word binds it."""
        return not self.marks


def resolve_marks(marks: tuple[str, ...]) -> Comparator | None:
    """Given the binding words, return their comparator, None where they contradict each other.

    The first of two that agree decides (≥90%以上), （含） and （不含） overrule it, 控制在 and = give way.
    """
    strong = [c for word in marks if (c := BEFORE.get(word) or AFTER.get(word)) is not None]
    if not strong:
        return next((WEAK[word] for word in marks if word in WEAK and WEAK[word] is not EQUAL), EQUAL)
    if len({c in (AT_LEAST, MORE_THAN) for c in strong}) > 1:
        return None
    if INCLUDED in marks:
        return _CLOSED.get(strong[0], strong[0])
    return _OPEN.get(strong[0], strong[0]) if EXCLUDED in marks else strong[0]


def is_approximate(marks: tuple[str, ...]) -> bool:
    """Whether the number is printed as inexact (约, 左右)."""
    return any(word in APPROXIMATE for word in marks)


def read_before(cursor: Cursor) -> list[str]:
    """Read the words that bind the number after them."""
    marks: list[str] = []
    while (word := cursor.accept(_BEFORE_NUMBER)) is not None:
        marks.append(word)
        note = cursor.look(1).text if cursor.token.text == "(" and cursor.look(2).text == ")" else ""
        if word in BEFORE and note in IN_PARENTHESES:
            cursor.index += 3
            marks.append(IN_PARENTHESES[note])
    return marks


def read_after(cursor: Cursor, marks: list[str], number: Decimal | None = None) -> None:
    """Read the words that bind the number before them, （含） and （以上） among them, into `marks`."""
    while True:
        word = cursor.accept(_AFTER_NUMBER) or _read_in_parentheses(cursor, number)
        if word is None:
            return
        marks.append(word)


def _read_in_parentheses(cursor: Cursor, number: Decimal | None) -> str | None:
    """（含）, （不含）, （以上）, （≥）; （含90%） only where it repeats the number."""
    if cursor.token.text != "(":
        return None
    start = cursor.index
    word = cursor.look(1).text
    mark = IN_PARENTHESES.get(word) or (word if word in _BINDING else None)
    cursor.index += 2
    if mark is not None and word in IN_PARENTHESES and cursor.token.kind is NUMBER:
        mark = mark if cursor.accept_number() == number else None
        if mark is not None:
            cursor.accept(SCALES)
            read_unit(cursor)
    if mark is not None and cursor.accept(")"):
        return mark
    cursor.index = start
    return None


def read_amount(cursor: Cursor) -> Amount | None:
    """Read an amount with the words around it: 不少于90次, 3万元以内, ≥95%."""
    start = cursor.index
    marks = read_before(cursor)
    amount = _read_bare_amount(cursor, [word for word in marks if word not in NEUTRAL])
    if amount is None:
        cursor.index = start
    return amount


def _read_bare_amount(cursor: Cursor, marks: list[str]) -> Amount | None:
    whole = _read_whole_or_half(cursor, marks)
    if whole is not None:
        return whole
    part = cursor.accept(_HUNDREDTHS)
    currency = None if part else cursor.accept(CURRENCIES)
    negative = part is None and cursor.token.text in NEGATIVE and cursor.look(1).kind is NUMBER
    if negative:
        cursor.index += 1
    token = cursor.token
    number = cursor.accept_number()
    if number is None and _is_bare_scale(cursor, marks):
        number = Decimal(1)
    if number is None:
        return None
    if negative:
        number = -number
    ratio = _read_ratio(cursor, number, bound=bool(marks))
    if ratio is not None:
        read_after(cursor, marks)
        return Amount(ratio, Unit("", UnitKind.RATE), tuple(marks))
    read_after(cursor, marks, number)
    unit = Unit(_HUNDREDTHS[part], UnitKind.RATE) if part else read_scaled_unit(cursor, marks, token)
    if currency is not None:
        unit = _in_currency(unit, CURRENCIES[currency])
        if unit is None:
            return None
    unit, number = read_second_part(cursor, unit, number)
    if unit is not None:
        _read_ending(cursor, marks, unit)
    read_after(cursor, marks, number)
    return _average(Amount(number, unit, tuple(marks), token.numerals))


def _read_whole_or_half(cursor: Cursor, marks: list[str]) -> Amount | None:
    """百分百, 一半以上, 过半."""
    if cursor.accept(_WHOLE):
        read_after(cursor, marks)
        return Amount(Decimal(100), Unit("%", UnitKind.RATE), tuple(marks))
    half = cursor.accept(HALVES)
    if half is None:
        return None
    if HALVES[half] is MORE_THAN:
        marks.append("超过")
    read_after(cursor, marks)
    return Amount(_HALF, Unit("", UnitKind.RATE), tuple(marks))


def _is_bare_scale(cursor: Cursor, marks: list[str]) -> bool:
    """Whether a scale stands for one of it: 千元以下, 万人以上, 百余人, 超万人."""
    if cursor.token.text not in SCALES or cursor.token.kind is not WORD:
        return False
    unit, behind = cursor.look(1).text, cursor.look(2).text
    bound = unit in AFTER or behind in AFTER or any(word in BEFORE and word not in SYMBOLS for word in marks)
    return bound and (unit in UNIT_KINDS or (unit in AFTER and behind in UNIT_KINDS))


def _in_currency(unit: Unit | None, money: str) -> Unit | None:
    """The unit of ¥500, ¥5万 and ¥500/人; None for one of something else."""
    if unit is None or unit.text in SCALES or unit.text.startswith("/"):
        scale, _, per = (unit.text if unit else "").partition("/")
        text = f"{scale}{money}/{per}" if per else scale + money
        return Unit(text, UnitKind.MONEY) if unit is None else replace(unit, text=text, kind=UnitKind.MONEY)
    return unit if unit.kind is UnitKind.MONEY else None


def _read_ratio(cursor: Cursor, number: Decimal, *, bound: bool) -> Decimal | None:
    """三分之二, and 2/3 where words bind it; alone that may be a date."""
    sign, other, following = cursor.token.text, cursor.look(1), cursor.look(2)
    if other.kind is not NUMBER or other.number is None or sign not in ("分之", "/"):
        return None
    part, whole = (other.number, number) if sign == "分之" else (number, other.number)
    told = following.text in AFTER or (bound and following.kind is END)
    if not 0 < part < whole or (sign == "/" and not told):
        return None
    cursor.index += 2
    return (part / whole).quantize(_RATIO).normalize()


def _read_ending(cursor: Cursor, marks: list[str], unit: Unit) -> None:
    """100元起, 5万元整, and the bound behind what is counted: 10家企业以上."""
    if cursor.token.text == "起" and cursor.look(1).kind is END:
        cursor.index += 1
        marks.append("至少")
    elif unit.kind is UnitKind.MONEY and cursor.token.text in ("整", "正"):
        cursor.index += 1
    elif unit.kind in (UnitKind.COUNT, UnitKind.MONEY):
        cursor.index += _count_noun(cursor)


def _count_noun(cursor: Cursor) -> int:
    """How many tokens the noun has that stands between a unit and a bound; 0 where none does."""
    count, noun = 0, ""
    while (token := cursor.look(count)).text not in _BINDING:
        noun += token.text
        if token.kind not in (OTHER, WORD) or not _NOUN.fullmatch(noun):
            return 0
        count += 1
    return count if cursor.look(count).text in _AFTER_NUMBER else 0


def _average(amount: Amount) -> Amount:
    """年均3次 states a count per year, 人均500元 money per head; 年均增长5% stays a percentage."""
    counted = next((AVERAGED[word] for word in amount.marks if word in AVERAGED), None)
    if counted is None:
        return amount
    marks = tuple(word for word in amount.marks if word not in AVERAGED)
    unit = amount.unit
    if unit is not None and unit.kind is not UnitKind.RATE:
        unit = unit.per(counted, period=counted in PERIODS)
    return replace(amount, unit=unit, marks=marks)


def read_scaled_unit(cursor: Cursor, marks: list[str], number: Token) -> Unit | None:
    """Read the unit of a number with 万 or 亿 before it, and words between them (3万余人), into `marks`."""
    scale = cursor.accept(SCALES)
    if scale is not None:
        read_after(cursor, marks)
    counted = read_counted_time(cursor) if scale is None else None
    if counted is not None:
        marks.append(counted[1])
        return counted[0]
    unit = read_unit(cursor) or read_per_many(cursor) or read_open_unit(cursor, number, bound=bool(marks))
    if scale is None:
        return unit
    if unit is None:
        return Unit(scale, UnitKind.COUNT)
    if unit.text.startswith("/") and unit.per_period:
        # 152万/月 is so much money a month: what else is counted has its name there.
        unit = replace(unit, kind=UnitKind.MONEY)
    return replace(unit, text=scale + unit.text)


def is_ordinary_word(amount: Amount) -> bool:
    """Whether a bare number and its unit are a word of the language, no value: 一级, 一路, 2021版."""
    if amount.unit is None:
        return False
    bound_behind = any(word in AFTER for word in amount.marks)
    if amount.unit.text in _GRADES and (amount.numerals is Numerals.CHINESE or bound_behind):
        # 二级以上 names grades, of which the first is the best.
        return True
    if not amount.is_plain:
        return False
    if amount.numerals is Numerals.CHINESE:
        return amount.unit.text in NOT_AFTER_CHINESE
    return amount.number in YEARS and amount.unit.text in _NAMED_BY_YEAR
