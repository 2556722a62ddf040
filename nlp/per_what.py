"""Amounts per something (频次、单位标准): 每季度1次, 每人每天伙食费60元, 一年两次; the unit says per what.

per         := 按? (denominator name? ':'?)+ amount
denominator := 每季度 | 每 NUMBER? scale? what | period
"""

from dataclasses import replace
from typing import NamedTuple

from nlp.amounts import Amount, read_amount
from nlp.bounds import between, exact_or_one_sided
from nlp.counted_nouns import Counted, counted_behind_every, counted_in_period, is_name
from nlp.measure_units import CLOCK, OF_STATES, PERIODS, SCALES, UNIT_KINDS, UnitKind
from nlp.unit_phrases import YEARS, Unit
from nlp.value_tails import is_tens
from nlp.value_tokens import JOINS_ENDS, NUMBER, OTHER, PUNCTUATION, SEPARATORS, WORD, Cursor, Numerals, Token
from nlp.value_words import (
    AFTER,
    APPROXIMATE,
    AVERAGED,
    BEFORE,
    CURRENCIES,
    EVERY,
    HALVES,
    NEGATIVE,
    NEUTRAL,
    SPREAD,
    SYMBOLS,
    WEAK,
)
from ontology.model import TargetValue

_BARE_PERIODS = frozenset({"年", "年度", "季度", "季", "月度", "月", "周"})
_WEEKS = frozenset({"周", "星期"})
_WEEKDAYS = range(1, 7)
_ENDS_NAME = frozenset().union(
    BEFORE, WEAK, APPROXIMATE, AVERAGED, EVERY, CURRENCIES, HALVES, SPREAD, PUNCTUATION, {"每"}
)
_AND_PER = ("/", "·")


class _Per(NamedTuple):
    """What amounts are counted per, as far as it has been read; `spoken` tells 每天 from a bare 年."""

    counted: list[Counted]
    spoken: bool


def read_per(cursor: Cursor) -> TargetValue | None:
    """每季度1次, 每人每天60元, 一年两次: the unit says per what."""
    cursor.accept(("按", "按照"))
    per = _read_every(cursor)
    if per is None or is_tens(cursor.look(-1).text, cursor.token):
        # 每月几十次 states no number.
        return None
    first = read_amount(cursor)
    joined = first is not None and cursor.accept(JOINS_ENDS) is not None
    second = read_amount(cursor) if joined or (first and cursor.accept(SEPARATORS)) else None
    if joined and cursor.accept(("之间",)) is None:
        return None
    amount = _amount_per(second or first, per)
    if amount is None or amount.unit is None:
        return None
    if second is None:
        return exact_or_one_sided(amount)
    low = _amount_per(first, per)
    return between(low, amount) if low is not None else None


def _amount_per(amount: Amount | None, per: _Per) -> Amount | None:
    """The amount with its unit per all that is counted; 80 in 每人80-90元 has its unit from the other."""
    if amount is None or amount.unit is None:
        return amount
    unit = _per_all(amount.unit, per)
    return replace(amount, unit=unit) if unit is not None else None


def _per_all(unit: Unit, per: _Per) -> Unit | None:
    """The unit per all that is counted, None where an amount of it is not counted so; a share stays one."""
    over_time = not per.spoken or any(counted.period for counted in per.counted)
    if unit.kind is UnitKind.DURATION:
        # 每天8小时 is so much per day; 1小时30分钟 is one stretch of time.
        if not per.spoken:
            return None
    elif over_time and (unit.text in CLOCK or unit.text in OF_STATES):
        return None
    if unit.kind is UnitKind.RATE:
        return unit
    for text, period in per.counted:
        unit = unit.per(text, period=period)
    return unit


def _read_every(cursor: Cursor) -> _Per | None:
    counted: list[Counted] = []
    while (read := _read_spoken(cursor)) is not None:
        counted.extend(read)
        cursor.accept((":",))
        while cursor.token.text in _AND_PER and cursor.look(1).text in UNIT_KINDS:
            # 每人/天60元
            counted.append(Counted(cursor.look(1).text, cursor.look(1).text in PERIODS))
            cursor.index += 2
    if counted:
        return _Per(counted, spoken=True)
    other = _read_averaged(cursor) or _read_numbered_period(cursor)
    return None if other is None else _Per([other], spoken=False)


def _read_averaged(cursor: Cursor) -> Counted | None:
    """人均 in 人均增收1000元; what is averaged over time need not add up."""
    start = cursor.index
    word = cursor.accept(AVERAGED)
    if word is not None and AVERAGED[word] not in PERIODS and is_name(_read_words(cursor)):
        return Counted(AVERAGED[word], False)
    cursor.index = start
    return None


def _read_spoken(cursor: Cursor) -> list[Counted] | None:
    """每季度, 每5户, 每名学生, each with the name of what is counted per it, 每吨成本."""
    start = cursor.index
    every = cursor.accept(EVERY)
    if every is not None:
        if every.endswith(tuple(_WEEKS)):
            _skip_weekday(cursor)
        counted = counted_in_period(every, _read_words(cursor))
        if counted:
            return counted
    elif cursor.accept(("每",)):
        number = _read_number(cursor)
        counted = counted_behind_every(_read_words(cursor))
        if counted:
            return [counted[0]._replace(text=number + counted[0].text), *counted[1:]]
    cursor.index = start
    return None


def _read_number(cursor: Cursor) -> str:
    """5 in 每5户, 10万 in 每10万人; 每一户 is 每户."""
    token = cursor.token
    number = "" if cursor.accept_number() in (None, 1) else token.text
    return number + (cursor.accept(SCALES) or "")


def _skip_weekday(cursor: Cursor) -> None:
    """五 in 每周五1次."""
    token = cursor.token
    if token.numerals is Numerals.CHINESE and token.number in _WEEKDAYS and cursor.look(1).kind is NUMBER:
        cursor.index += 1


def _read_words(cursor: Cursor) -> list[Token]:
    """The words up to the next amount or denominator."""
    start = cursor.index
    while cursor.token.kind in (OTHER, WORD) and not _begins_amount(cursor, at_start=cursor.index == start):
        cursor.index += 1
    return cursor.tokens[start : cursor.index]


def _begins_amount(cursor: Cursor, *, at_start: bool) -> bool:
    word, following = cursor.token.text, cursor.look(1)
    if word in NEGATIVE:
        # 每人负5元, not 每人负担5元.
        return following.kind is NUMBER
    if word in SCALES:
        # 每人千元以下
        return not at_start and (following.text in UNIT_KINDS or following.text in AFTER)
    return word in _ENDS_NAME


def _read_numbered_period(cursor: Cursor) -> Counted | None:
    """一年 in 一年两次, 季度 in 季度1次; only where an amount follows. 5月 is May."""
    following = cursor.look(1)
    if cursor.token.text in _BARE_PERIODS and (following.kind is NUMBER or following.text in SYMBOLS):
        cursor.index += 1
        return Counted(cursor.tokens[cursor.index - 1].text, True)
    number, period, follower = cursor.token, cursor.look(1).text, cursor.look(2)
    if number.number == 1 and follower.text in NEUTRAL:
        # 一年培训两次
        follower = cursor.look(3)
    if number.kind is not NUMBER or period not in PERIODS or number.number in YEARS:
        return None
    if follower.kind is not NUMBER and follower.text not in BEFORE:
        return None
    if period == "月" and number.number != 1:
        return None
    cursor.index += 2
    return Counted(period if number.number == 1 else number.text + period, True)
