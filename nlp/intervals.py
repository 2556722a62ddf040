"""Intervals (区间): what one or two amounts say, ≥95%, 80%-90%, 90%≤X≤95%, 每季度1次, 3人*6月=18.

interval := per? amount | range | chain | joined | formula
range    := amount ('-' | '~' | 至) amount
chain    := amount sign name sign amount
joined   := amount (且 | ',')? amount          of opposite directions: 80%以上90%以下
formula  := factor (('*' | '+') factor)+ ('=' amount)?
"""

import re
from dataclasses import replace

from nlp.amounts import Amount, read_amount, read_scaled_unit, resolve_marks
from nlp.bounds import UPWARD, between, exact_or_one_sided, make_value
from nlp.interval_notation import read_bracketed
from nlp.measure_units import UnitKind
from nlp.per_what import read_per
from nlp.unit_phrases import Unit, kind_of
from nlp.value_tokens import JOINS_ENDS, OTHER, SEPARATORS, WORD, Cursor
from nlp.value_words import (
    AT_LEAST,
    AT_MOST,
    DATES,
    EQUAL,
    EXCLUDED,
    NEUTRAL,
    SPREAD,
    SYMBOLS,
)
from ontology.model import TargetValue

LONGEST_NAME = 16
"""Letters between the two signs of 90%≤X≤95%."""
_JOINS = frozenset({",", ";", "、", "且", "并", "和"})
_ZERO_FIRST = re.compile(r"0[0-9]")
_TIMES = frozenset({"*", "x", "X"})
_OPERATORS = _TIMES | {"+", "-", "/", "÷"}
_WITHIN = frozenset({"之间", "期间", "以内", "之内", "内"})


def read_interval(cursor: Cursor) -> TargetValue | None:
    """Read the longest interval that starts here."""
    for production in (read_per, _read_formula, _read_moved, read_bracketed, _read_one_or_two):
        start = cursor.index
        value = production(cursor)
        if value is not None:
            return value
        cursor.index = start
    return None


def _read_moved(cursor: Cursor) -> TargetValue | None:
    """由15天缩短至10天 aims at the second."""
    if cursor.accept(DATES["moved_from"]) is None:
        return None
    first = read_amount(cursor)
    word = cursor.token.text
    if first is None or not first.is_plain or not ((word in NEUTRAL and len(word) > 1) or word in SEPARATORS):
        return None
    while cursor.accept(NEUTRAL) is not None:
        pass
    if cursor.tokens[cursor.index - 1].text[-1:] not in ("至", "到"):
        return None
    second = read_amount(cursor)
    if second is None or (first.unit is not None and second.unit not in (None, first.unit)):
        return None
    return exact_or_one_sided(replace(second, unit=second.unit or first.unit))


def _read_one_or_two(cursor: Cursor) -> TargetValue | None:
    if cursor.accept(SPREAD):
        spread = read_amount(cursor)
        return between(replace(spread, number=-spread.number), spread) if spread else None
    first = read_amount(cursor)
    if first is None:
        return None
    word, start = cursor.token.text, cursor.index
    if word in SEPARATORS or word in JOINS_ENDS:
        # 到 in 2小时内到达 separates nothing.
        value = _read_range(cursor, first)
        if value is not None:
            return value
        cursor.index = start
    if word in SPREAD:
        return _read_tolerance(cursor, first)
    if word in SYMBOLS and first.is_plain:
        return _read_chain(cursor, first)
    return _read_joined(cursor, first) or exact_or_one_sided(first)


def _read_range(cursor: Cursor, first: Amount) -> TargetValue | None:
    if first.number < 0 and cursor.token.text == "--":
        # -5--3 may end at 3 or at -3.
        return None
    if first.unit is None and _ZERO_FIRST.fullmatch(cursor.tokens[cursor.index - 1].text):
        # 02-30 was meant as a date.
        return None
    joined = cursor.token.text in JOINS_ENDS
    cursor.index += 1
    second = read_amount(cursor)
    if second is None:
        return None
    inside = cursor.accept(_WITHIN)
    if joined and inside != "之间":
        return None
    if any(not _may_stand_in_range(word) for word in (*first.marks, *second.marks)):
        return None
    return between(
        first, second, low_closed=EXCLUDED not in first.marks, high_closed=EXCLUDED not in second.marks
    )


def _may_stand_in_range(word: str) -> bool:
    """2-3天内 is a range; ≥2-3天 and 2-3天以上 leave open which end is meant."""
    return word in _WITHIN or resolve_marks((word,)) is EQUAL or word.startswith("控制")


def _read_tolerance(cursor: Cursor, first: Amount) -> TargetValue | None:
    cursor.index += 1
    second = read_amount(cursor)
    if second is None or not first.is_plain or not second.is_plain:
        return None
    low = replace(second, number=first.number - second.number, unit=first.unit or second.unit)
    return between(low, replace(low, number=first.number + second.number))


def _read_chain(cursor: Cursor, first: Amount) -> TargetValue | None:
    """90%≤X≤95%; with one sign only, 90%≤X, the sign is turned round."""
    left = SYMBOLS[cursor.token.text]
    cursor.index += 1
    length = 0
    while cursor.token.kind in (OTHER, WORD) and cursor.token.text not in SYMBOLS:
        length += len(cursor.token.text)
        cursor.index += 1
    if not 0 < length <= LONGEST_NAME:
        return None
    ascending = left not in UPWARD
    closed = left in (AT_LEAST, AT_MOST)
    if cursor.ended:
        sign = next(
            word
            for word, c in SYMBOLS.items()
            if (c in UPWARD) is ascending and (c in (AT_LEAST, AT_MOST)) is closed
        )
        return exact_or_one_sided(replace(first, marks=(sign,)))
    second = read_amount(cursor)
    right = resolve_marks(second.marks) if second else None
    if second is None or right is None or right is EQUAL or (right not in UPWARD) is not ascending:
        return None
    right_closed = right in (AT_LEAST, AT_MOST)
    if ascending:
        return between(first, second, low_closed=closed, high_closed=right_closed)
    return between(second, first, low_closed=right_closed, high_closed=closed)


def _read_joined(cursor: Cursor, first: Amount) -> TargetValue | None:
    start = cursor.index
    cursor.accept(_JOINS)
    second = read_amount(cursor)
    left = resolve_marks(first.marks)
    right = resolve_marks(second.marks) if second else None
    if second is None or left is None or right is None or EQUAL in (left, right):
        cursor.index = start
        return None
    if left not in UPWARD:
        first, second, left, right = second, first, right, left
    value = None
    if left in UPWARD and right not in UPWARD:
        value = between(first, second, low_closed=left is AT_LEAST, high_closed=right is AT_MOST)
    if value is None:
        cursor.index = start
    return value


def _read_formula(cursor: Cursor) -> TargetValue | None:
    """2500元*3人*6月=45000元 is its printed result; without one the number is not ours to work out."""
    money: Unit | None = None
    operators = sums = 0
    while True:
        while cursor.accept("("):
            pass
        number = cursor.token
        if cursor.accept_number() is None:
            return None
        unit = read_scaled_unit(cursor, [], number)
        if money is None and unit is not None and unit.kind is UnitKind.MONEY:
            money = Unit(unit.text.split("/")[0], UnitKind.MONEY)
        while cursor.accept(")"):
            pass
        if cursor.accept(_OPERATORS) is None:
            break
        sums += cursor.tokens[cursor.index - 1].text == "+"
        operators += cursor.tokens[cursor.index - 1].text not in ("-", "/")
    if not operators:
        return None
    if cursor.accept(("=", "==")) is not None:
        result = read_amount(cursor)
        return exact_or_one_sided(replace(result, unit=result.unit or money)) if result else None
    # 365*24, 12+8 and 3+2天 do not even say what comes out.
    told = money is not None or (unit is not None and not sums)
    return make_value(kind_of(money), None, None, money, None, None) if told and cursor.ended else None
