"""Amounts per something (频次、单位标准): 每季度1次, 每人每天60元, 一年两次; the unit says per what."""

from dataclasses import replace

from nlp.amounts import read_amount
from nlp.bounds import between, exact_or_one_sided
from nlp.measure_units import PERIODS, SCALES, UNIT_KINDS, UnitKind
from nlp.unit_phrases import LONGEST_OPEN_UNIT, YEARS, read_printed_number
from nlp.value_tokens import NUMBER, OTHER, SEPARATORS, WORD, Cursor, Token
from nlp.value_words import BEFORE, EVERY, NEUTRAL, SYMBOLS, WEAK
from ontology.model import TargetValue

_BARE_PERIODS = frozenset({"年", "年度", "季度", "季", "月度", "月", "周"})
CLOCK = frozenset({"点", "时", "分", "分钟"})
"""每天8点, 1小时30分 say when or how long, not how often."""
_BINDING = frozenset(BEFORE) | frozenset(WEAK) | NEUTRAL
_NO_DENOMINATOR = tuple("少多增减超扣降加")


def read_per(cursor: Cursor) -> TargetValue | None:
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
    if unit.text in CLOCK or (unit.kind is UnitKind.DURATION and not spoken):
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
    number += cursor.accept(SCALES) or ""
    token = cursor.token
    if token.kind in (WORD, OTHER) and _may_count(token):
        cursor.index += 1
        noun = cursor.token
        if token.text in UNIT_KINDS and token.text not in PERIODS and _is_counted_noun(cursor):
            # 每个村, 每名学生: the classifier says nothing more.
            cursor.index += 1
            return number + noun.text, False
        return number + token.text, token.text in PERIODS
    cursor.index = start
    return None


def _may_count(token: Token) -> bool:
    """Whether 每 and this word say per what."""
    known = token.text in UNIT_KINDS or token.text in PERIODS
    return known or (len(token.text) <= LONGEST_OPEN_UNIT and not token.text.startswith(_NO_DENOMINATOR))


def _is_counted_noun(cursor: Cursor) -> bool:
    """Whether a noun stands here, right before an amount."""
    token, following = cursor.token, cursor.look(1)
    if token.kind not in (OTHER, WORD) or len(token.text) > LONGEST_OPEN_UNIT:
        return False
    binds = following.kind is NUMBER or following.text in BEFORE or following.text in NEUTRAL
    return binds and token.text not in _BINDING and not token.text.startswith("每")


def _read_numbered_period(cursor: Cursor) -> tuple[str, bool] | None:
    """一年 in 一年两次, 季度 in 季度1次; only where an amount follows. 5月 is May."""
    following = cursor.look(1)
    if cursor.token.text in _BARE_PERIODS and (following.kind is NUMBER or following.text in SYMBOLS):
        cursor.index += 1
        return cursor.tokens[cursor.index - 1].text, True
    number, period, follower = cursor.token, cursor.look(1).text, cursor.look(2)
    if number.kind is not NUMBER or period not in PERIODS or number.number in YEARS:
        return None
    if follower.kind is not NUMBER and follower.text not in BEFORE:
        return None
    if period == "月" and number.number != 1:
        return None
    cursor.index += 2
    return (period if number.number == 1 else number.text + period), True
