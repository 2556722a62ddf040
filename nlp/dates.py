"""Deadlines (完成时限): the last allowed day.

    deadline := lead* point (separator point)* clock? bound* tail
    tail     := words without a number; without a bound (前, 底) they must say what is done by then

年底前, 12月31日前, 12月前 all include the period they name: 12月31日前完成 allows December 31st, and a
wider period is read the same way. 初 names no day, and a deadline that recurs (每月15日前) has no single one.
"""

from dataclasses import replace

from nlp.date_points import Point, read_point
from nlp.value_tokens import DATE, GAP, NUMBER, SEPARATORS, WORD, Cursor, Numerals, Token
from nlp.value_words import (
    APPROXIMATE,
    AT_MOST,
    DATES,
    DONE,
    EQUAL,
    LESS_THAN,
    NEGATIONS,
    NEUTRAL,
    SYMBOLS,
    WEAK,
)
from ontology.model import TargetValue, ValueKind

LONGEST_TAIL = 40
_LEADS = (
    frozenset(word for word, c in SYMBOLS.items() if c in (AT_MOST, LESS_THAN))
    | frozenset(word for word, c in WEAK.items() if c is EQUAL)
    | DATES["until"]
    | NEUTRAL
) - (DATES["this_year"] | DATES["year"] | DATES["reference"])


def read_deadline(cursor: Cursor, fiscal_year: int | None) -> TargetValue | None:
    """Read a deadline up to the end of the text: 2023年12月底前完成, 6月底前, 2019.1-2019.12."""
    start = cursor.index
    while cursor.accept(_LEADS):
        pass
    value = _read_points(cursor, fiscal_year)
    if value is None:
        cursor.index = start
    return value


def _read_points(cursor: Cursor, fiscal_year: int | None) -> TargetValue | None:
    point = read_point(cursor, fiscal_year)
    if point is None or point.is_impossible:
        return None
    point, by, within = _read_bounds(cursor, point)
    while cursor.token.text in SEPARATORS:
        at = cursor.index
        cursor.index += 1
        following = read_point(cursor, point.year or fiscal_year)
        if following is None:
            # 11月底到账: 到 joins nothing.
            cursor.index = at
            if cursor.token.text != "到":
                return None
            break
        if following.is_impossible or _is_before(following, point):
            return None
        point, by, within = _read_bounds(cursor, following)
    if cursor.token.text in APPROXIMATE:
        cursor.index += 1
        point = replace(point, vague=True)
    if (point.needs_bound and not by and not within) or not _is_tail(
        cursor, by, within, point.day is not None
    ):
        return None
    cursor.index = len(cursor.tokens) - 1
    return TargetValue(kind=ValueKind.DEADLINE, comparator=AT_MOST, day=point.last_day)


def _is_before(point: Point, other: Point) -> bool:
    day, start = point.last_day, other.last_day
    return day is not None and start is not None and day < start


def states_impossible_date(tokens: list[Token]) -> bool:
    """Whether a day or month is printed that the calendar does not have: 2月30日."""
    for start, token in enumerate(tokens):
        if token.kind in (NUMBER, DATE) or token.text == "第":
            cursor = Cursor(tokens, start)
            point = read_point(cursor, None)
            bound = cursor.token.text in DATES["by"]
            if point is not None and point.is_impossible and (bound or not point.needs_bound):
                return True
    return False


def _read_bounds(cursor: Cursor, point: Point) -> tuple[Point, bool, bool]:
    """Read 底前, 内, 24时前 after a date; says whether one of them makes it a deadline by itself."""
    by = within = False
    _skip_clock(cursor)
    while (word := cursor.token.text) in DATES["by"] or word in DATES["within"]:
        if word == "中" and point.month is None:
            point = replace(point, month=6)
        elif word in ("初", "中") and point.day is None:
            point = replace(point, vague=True)
        by = by or word in DATES["by"]
        within = within or word in DATES["within"]
        cursor.index += 1
    return point, by, within


def _skip_clock(cursor: Cursor) -> None:
    """The time of day, 24时, 18:00 or a spreadsheet's 00:00:00, does not change the day."""
    ahead = 1 if cursor.token.kind is GAP else 0
    if cursor.look(ahead).kind is not NUMBER or cursor.look(ahead + 1).text not in DATES["clock"]:
        return
    cursor.index += ahead
    while cursor.accept_number() is not None and cursor.accept(DATES["clock"]):
        pass


def _is_tail(cursor: Cursor, by: bool, within: bool, has_day: bool) -> bool:
    """Whether what follows only says what is to be done by then."""
    rest = cursor.rest()
    if not rest:
        return True
    if (
        rest[0].text in DATES["from"]
        or rest[0].text.startswith(NEGATIONS)
        or sum(len(token.text) for token in rest) > LONGEST_TAIL
    ):
        return False
    if any(_has_number(token) or token.text in SYMBOLS or token.text == "%" for token in rest):
        return False
    return by or has_day or _says_done(rest[0]) or _says_done(rest[-1])


def _has_number(token: Token) -> bool:
    return token.kind is DATE or (token.kind is NUMBER and token.numerals is Numerals.ARABIC)


def _says_done(token: Token) -> bool:
    # The longest known word is one token: 完成支付.
    return token.kind is WORD and (token.text[:2] in DONE or token.text[-2:] in DONE or token.text in DONE)
