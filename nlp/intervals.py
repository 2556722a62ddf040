"""Intervals (区间): what one or two amounts say, ≥95%, 80%-90%, 90%≤X≤95%, 每季度1次, 3人*6月=18.

interval := per? amount | range | chain | joined | formula
range    := amount ('-' | '~' | 至) amount
chain    := amount sign name sign amount
joined   := amount (且 | ',')? amount          of opposite directions: 80%以上90%以下
formula  := factor (('*' | '+') factor)+ ('=' amount)?
"""

from dataclasses import replace
from decimal import Decimal

from nlp.amounts import (
    YEARS,
    Amount,
    Unit,
    is_approximate,
    is_ordinary_word,
    kind_of,
    read_amount,
    read_printed_number,
    read_scaled_unit,
    resolve_marks,
)
from nlp.measure_units import PERIODS, SCALES, UNIT_KINDS, UnitKind
from nlp.value_tokens import NUMBER, OTHER, SEPARATORS, WORD, Cursor
from nlp.value_words import AT_LEAST, AT_MOST, EQUAL, EVERY, EXCLUDED, MORE_THAN, SYMBOLS
from ontology.model import Comparator, TargetValue, ValueKind

LONGEST_NAME = 16
"""Letters between the two signs of 90%≤X≤95%."""
_JOINS = frozenset({",", ";", "、", "且", "并", "和"})
_TIMES = frozenset({"*", "x", "X"})
_OPERATORS = _TIMES | {"+", "-", "/", "÷"}
_WITHIN = frozenset({"之间", "期间", "以内", "之内", "内"})
_BARE_PERIODS = frozenset({"季度", "季", "月度", "月", "周"})
_UP = (AT_LEAST, MORE_THAN)


def exact_or_one_sided(amount: Amount) -> TargetValue | None:
    """Given one amount, return its value, None where its words contradict each other."""
    comparator = resolve_marks(amount.marks)
    kind = kind_of(amount.unit)
    if comparator is None or is_ordinary_word(amount):
        return None
    if kind is ValueKind.DURATION and amount.number in YEARS:
        return None
    number = amount.number
    exact = comparator is EQUAL
    if exact and is_approximate(amount.marks):
        return _value(kind, comparator, number, amount.unit, None, None)
    low = (number, comparator is not MORE_THAN) if exact or comparator in _UP else None
    high = (number, comparator in (AT_MOST, EQUAL)) if exact or comparator not in _UP else None
    return _value(kind, comparator, number, amount.unit, low, high)


def _value(
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
        measure_unit=unit.text if unit else None,
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
    if units is None or low.number > high.number:
        return None
    unit = units[0]
    return _value(kind_of(unit), None, None, unit, (low.number, low_closed), (high.number, high_closed))


def common_unit(first: Unit | None, second: Unit | None) -> tuple[Unit | None] | None:
    """Given the units of both ends, return the one meant (80-90% → %), None where they differ."""
    if first is None or second is None or first == second:
        return (first or second,)
    if first.text in SCALES and second.text.startswith(first.text):
        return (second,)
    return (second,) if second.text.startswith(f"{first.text}/") else None


def read_interval(cursor: Cursor) -> TargetValue | None:
    """Read the longest interval that starts here."""
    for production in (_read_per, _read_formula, _read_one_or_two):
        start = cursor.index
        value = production(cursor)
        if value is not None:
            return value
        cursor.index = start
    return None


def _read_one_or_two(cursor: Cursor) -> TargetValue | None:
    if cursor.accept(("±",)):
        spread = read_amount(cursor)
        return between(replace(spread, number=-spread.number), spread) if spread else None
    first = read_amount(cursor)
    if first is None:
        return None
    word, start = cursor.token.text, cursor.index
    if word in SEPARATORS:
        # 到 in 2小时内到达 separates nothing.
        value = _read_range(cursor, first)
        if value is not None:
            return value
        cursor.index = start
    if word == "±":
        return _read_tolerance(cursor, first)
    if word in SYMBOLS and first.is_plain:
        return _read_chain(cursor, first)
    return _read_joined(cursor, first) or exact_or_one_sided(first)


def _read_range(cursor: Cursor, first: Amount) -> TargetValue | None:
    cursor.index += 1
    second = read_amount(cursor)
    if second is None:
        return None
    cursor.accept(_WITHIN)
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
    ascending = left not in _UP
    closed = left in (AT_LEAST, AT_MOST)
    if cursor.ended:
        sign = next(
            word
            for word, c in SYMBOLS.items()
            if (c in _UP) is ascending and (c in (AT_LEAST, AT_MOST)) is closed
        )
        return exact_or_one_sided(replace(first, marks=(sign,)))
    second = read_amount(cursor)
    right = resolve_marks(second.marks) if second else None
    if second is None or right is None or right is EQUAL or (right not in _UP) is not ascending:
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
    if left not in _UP:
        first, second, left, right = second, first, right, left
    if left not in _UP or right in _UP:
        cursor.index = start
        return None
    return between(first, second, low_closed=left is AT_LEAST, high_closed=right is AT_MOST)


def _read_per(cursor: Cursor) -> TargetValue | None:
    """每季度1次, 每人每天60元, 一年两次: the unit says per what."""
    every: list[tuple[str, bool]] = []
    cursor.accept(("按",))
    while (read := _read_every(cursor)) is not None:
        every.append(read)
    # 每天8小时 is so much per day; 1小时30分钟 is one stretch of time.
    spoken = bool(every)
    if not every and (read := _read_numbered_period(cursor)) is not None:
        every.append(read)
    if not every:
        return None
    first = read_amount(cursor)
    second = read_amount(cursor) if first and cursor.accept(SEPARATORS) else None
    amount = second or first
    if amount is None or amount.unit is None:
        return None
    unit = amount.unit
    if unit.kind is UnitKind.DURATION and not spoken:
        return None
    for text, period in every if unit.kind is not UnitKind.RATE else ():
        unit = unit.per(text, period=period)
    if first is not None and second is not None:
        return between(replace(first, unit=unit), replace(second, unit=unit))
    return exact_or_one_sided(replace(amount, unit=unit))


def _read_every(cursor: Cursor) -> tuple[str, bool] | None:
    word = cursor.accept(EVERY)
    if word is not None:
        return EVERY[word], True
    start = cursor.index
    if cursor.accept(("每",)) is None:
        return None
    number = read_printed_number(cursor)
    token = cursor.token
    if token.kind in (WORD, OTHER) and (
        token.text in UNIT_KINDS or token.text in PERIODS or len(token.text) <= 4
    ):
        cursor.index += 1
        return number + token.text, token.text in PERIODS
    cursor.index = start
    return None


def _read_numbered_period(cursor: Cursor) -> tuple[str, bool] | None:
    """一年 in 一年两次, 季度 in 季度1次; only where an amount follows. 5月 is May."""
    if cursor.token.text in _BARE_PERIODS and cursor.look(1).kind is NUMBER:
        cursor.index += 1
        return cursor.tokens[cursor.index - 1].text, True
    number, period, follower = cursor.token, cursor.look(1).text, cursor.look(2)
    if number.kind is not NUMBER or period not in PERIODS or number.number in YEARS:
        return None
    if (period == "月" and number.number != 1) or (
        follower.kind is not NUMBER and follower.text not in SYMBOLS
    ):
        return None
    cursor.index += 2
    return (period if number.number == 1 else number.text + period), True


def _read_formula(cursor: Cursor) -> TargetValue | None:
    """2500元*3人*6月=45000元 is its printed result; without one the number is not ours to work out."""
    money: Unit | None = None
    operators = 0
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
        operators += cursor.tokens[cursor.index - 1].text not in ("-", "/")
    if not operators:
        return None
    if cursor.accept(("=", "==")) is not None:
        result = read_amount(cursor)
        return exact_or_one_sided(replace(result, unit=result.unit or money)) if result else None
    return _value(kind_of(money), None, None, money, None, None) if cursor.ended else None
