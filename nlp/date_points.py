"""Printed dates (日期) of deadlines: year, quarter, month, third of a month, day.

    point := 年 (季度 | 半年 | 月 (旬 | 日)?)? | 2021.12 | 2021-12-31 | 20211231 | 年底 | 每月15日 …

Of a span (1-12月, 2021-2023年) the end is the date.
"""

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date

from nlp.value_tokens import DATE, END, NUMBER, OTHER, SEPARATORS, WORD, Cursor, Numerals, Token
from nlp.value_words import DATES, DONE

_YEARS = range(1990, 2101)
_LEAP_YEAR = 2000
_YEAR_MONTH = re.compile(r"((?:19|20)[0-9]{2})\.(0?[1-9]|1[0-2])")
_MONTH_DAY = re.compile(r"(0?[1-9]|1[0-2])\.(0?[1-9]|[12][0-9]|3[01])")
_TWO_FIGURES = re.compile(r"(?:0?[1-9]|1[0-2])-[0-3]?[0-9]")
_EIGHT_DIGITS = re.compile(r"((?:19|20)[0-9]{2})(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])")
_SIX_DIGITS = re.compile(r"((?:19|20)[0-9]{2})(0[1-9]|1[0-2])")
_HALF_ENDS = {"上半年": 6, "下半年": 12}
_THIRD_ENDS = {"上旬": 10, "中旬": 20}
_BOUNDS = DATES["by"] | DATES["within"]
_STARTS = frozenset().union(
    *(DATES[key] for key in ("this_year", "next_year", "every_year", "undated", "year", "halves")),
    {"第", "Q"},
)


@dataclass(frozen=True, slots=True)
class Point:
    """A printed date: parts that are not printed are None; `vague` where the last day cannot be known."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    vague: bool = False
    needs_bound: bool = False
    """Whether it is a date only before 前 or 底: 年 in 年底, 12.31 in 12.31前."""

    @property
    def is_impossible(self) -> bool:
        """Whether the calendar has no such day or month: 2月30日."""
        if self.month is not None and not 1 <= self.month <= 12:
            return True
        year = self.year if self.year is not None and self.year in _YEARS else _LEAP_YEAR
        length = monthrange(year, self.month)[1] if self.month else 31
        return self.day is not None and not 1 <= self.day <= length

    @property
    def last_day(self) -> date | None:
        """The last day it names, None where that cannot be known or does not exist."""
        if self.year is None or self.vague or not date.min.year <= self.year <= date.max.year:
            return None
        if self.is_impossible:
            return None
        month = self.month or 12
        length = monthrange(self.year, month)[1]
        return date(self.year, month, self.day or length)


def read_point(cursor: Cursor, fiscal_year: int | None) -> Point | None:
    """Read one printed date; a missing year is the fiscal year."""
    token = cursor.token
    if token.kind is DATE:
        return _read_dotted(cursor)
    if token.kind is NUMBER or token.text in ("第", "Q"):
        return _read_numeric(cursor, fiscal_year)
    if token.kind is not WORD:
        return None
    if cursor.accept(DATES["this_year"]):
        return _read_inside_year(cursor, fiscal_year)
    if cursor.accept(DATES["next_year"]):
        return _read_inside_year(cursor, fiscal_year + 1 if fiscal_year else None)
    if cursor.accept(DATES["every_year"]):
        point = _read_inside_year(cursor, fiscal_year)
        return replace(point, needs_bound=point.month is None)
    if token.text in _HALF_ENDS:
        return _read_inside_year(cursor, fiscal_year)
    if cursor.accept(DATES["year"]):
        followed = cursor.token.text in _BOUNDS or cursor.token.text in DONE
        return _read_inside_year(cursor, fiscal_year) if followed else None
    if cursor.accept(DATES["undated"]):
        return _read_undated(cursor)
    return None


def _read_dotted(cursor: Cursor) -> Point:
    parts = [int(part) for part in re.split(r"[./—-]", cursor.token.text)]
    cursor.index += 1
    cursor.accept(DATES["day"])
    return Point(parts[0], parts[1], parts[2])


def _read_numeric(cursor: Cursor, fiscal_year: int | None) -> Point | None:
    start = cursor.index
    for production in (_read_printed_year, _read_packed, _read_part_of_year, _read_day_only):
        point = production(cursor, fiscal_year)
        if point is not None:
            return point
        cursor.index = start
    return None


def _read_printed_year(cursor: Cursor, fiscal_year: int | None) -> Point | None:
    """2023年…, 2021-2023年, 23年12月, 2021-12, 2021/12."""
    year = _read_whole(cursor)
    if year is None:
        return None
    if cursor.accept(DATES["year"]):
        following = cursor.token
        if year not in _YEARS:
            dated = following.kind is NUMBER and cursor.look(1).text in DATES["month"]
            if not 10 <= year <= 99 or not (dated or following.text in ("底", "末", "年底")):
                return None
            year += 2000
        cursor.accept(("年", "全年"))
        return _read_inside_year(cursor, year)
    if year not in _YEARS:
        return _read_month_day(cursor, fiscal_year)
    if cursor.accept(SEPARATORS | {"/", "."}) is None:
        return None
    second = _read_whole(cursor)
    if second in _YEARS:
        named = cursor.accept(DATES["year"]) is not None
        return _read_inside_year(cursor, second) if named or cursor.ended else None
    if second is None or not 1 <= second <= 12:
        return None
    cursor.accept(DATES["month"])
    return Point(year, second)


def _read_month_day(cursor: Cursor, fiscal_year: int | None) -> Point | None:
    """08-31 has no year; 8-31 may be a range, and is a date before 前 only."""
    month, sign, day = (cursor.look(ahead) for ahead in (-1, 0, 1))
    if sign.text != "-" or not _TWO_FIGURES.fullmatch(f"{month.text}-{day.text}"):
        return None
    following = cursor.look(2)
    if following.kind is not END and following.text not in _BOUNDS | DONE:
        return None
    cursor.index += 2
    zero = month.text.startswith("0") or day.text.startswith("0")
    return Point(fiscal_year, int(month.text), int(day.text), needs_bound=not zero)


def _read_inside_year(cursor: Cursor, year: int | None) -> Point:
    start = cursor.index
    point = _read_part_of_year(cursor, year)
    if point is not None:
        return point
    cursor.index = start
    return Point(year)


def _read_part_of_year(cursor: Cursor, year: int | None) -> Point | None:
    """The month with its day, the quarter or the half inside a year; of a span (1-12月) its end."""
    start = cursor.index
    half = cursor.accept(_HALF_ENDS)
    if half is not None:
        return Point(year, _HALF_ENDS[half])
    for names, read in ((DATES["month"], _read_inside_month), (DATES["quarter"], _read_quarter)):
        number = _read_counted(cursor, names)
        if number is not None:
            return read(cursor, year, number)
        cursor.index = start
    return None


def _read_counted(cursor: Cursor, names: frozenset[str]) -> int | None:
    """12 of 12月, 1-12月 or 1月至12月 (its 1月 is a point of its own), 4 of 第四季度 or Q4."""
    letter = cursor.accept(("Q", "第"))
    number = _read_whole(cursor)
    if number is not None and letter == "Q" and names is DATES["quarter"]:
        return number
    if number is not None and cursor.token.text in SEPARATORS:
        cursor.index += 1
        cursor.accept(("第",))
        second = _read_whole(cursor)
        number = second if second is not None and number < second else None
    return number if number is not None and cursor.accept(names) else None


def _read_quarter(cursor: Cursor, year: int | None, quarter: int) -> Point:
    return Point(year, quarter * 3)


def _read_inside_month(cursor: Cursor, year: int | None, month: int) -> Point | None:
    if not 1 <= month <= 12:
        return None
    third = cursor.accept(DATES["thirds"])
    if third is not None:
        return Point(year, month, _THIRD_ENDS.get(third))
    start = cursor.index
    day = _read_whole(cursor)
    if day is not None and (cursor.accept(DATES["day"]) or cursor.token.text in DATES["by"] or cursor.ended):
        return Point(year, month, day)
    cursor.index = start
    return Point(year, month)


def _read_packed(cursor: Cursor, fiscal_year: int | None) -> Point | None:
    """2021.12, 20211231, and 12.31 where 前 follows."""
    token = cursor.token
    if token.kind is not NUMBER or token.numerals is Numerals.CHINESE:
        return None
    cursor.index += 1
    if match := _EIGHT_DIGITS.fullmatch(token.text):
        return Point(int(match[1]), int(match[2]), int(match[3]))
    if match := _YEAR_MONTH.fullmatch(token.text):
        return _end_of_packed(cursor, Point(int(match[1]), int(match[2])))
    if (match := _SIX_DIGITS.fullmatch(token.text)) and _joins_six_digits(cursor):
        return Point(int(match[1]), int(match[2]))
    if match := _MONTH_DAY.fullmatch(token.text):
        cursor.accept(DATES["day"])
        return Point(fiscal_year, int(match[1]), int(match[2]), needs_bound=True)
    return None


def _joins_six_digits(cursor: Cursor) -> bool:
    """202301-202312: one alone may be any number."""
    around = [(cursor.token, cursor.look(1))]
    if cursor.index >= 3:
        around.append((cursor.tokens[cursor.index - 2], cursor.tokens[cursor.index - 3]))
    return any(join.text in SEPARATORS and _SIX_DIGITS.fullmatch(other.text) for join, other in around)


def _end_of_packed(cursor: Cursor, point: Point) -> Point:
    """2021.1-12 ends in December; 2021.12月 is 2021.12."""
    start = cursor.index
    if cursor.accept(SEPARATORS):
        month = _read_whole(cursor)
        if month is not None and month <= 12 and cursor.token.text not in ("年", "."):
            cursor.accept(DATES["month"])
            return replace(point, month=month)
        cursor.index = start
    cursor.accept(DATES["month"])
    return point


def _read_day_only(cursor: Cursor, fiscal_year: int | None) -> Point | None:
    """15日前 without a month."""
    day = _read_whole(cursor)
    if day is None or not 1 <= day <= 31 or not cursor.accept(DATES["day"]):
        return None
    return Point(day=day, vague=True, needs_bound=True) if cursor.token.text in DATES["by"] else None


def _read_undated(cursor: Cursor) -> Point | None:
    """每月15日前, 每季度末, 次月10日前: a deadline, but no single day."""
    start = cursor.index
    day = _read_whole(cursor)
    if day is not None and not cursor.accept(DATES["day"]):
        cursor.index = start
        return None
    return Point(vague=True, needs_bound=day is None)


def _read_whole(cursor: Cursor) -> int | None:
    """A whole number of at most four digits."""
    token = cursor.token
    if token.kind is not NUMBER or token.number is None or len(token.text) > 4 or "." in token.text:
        return None
    if token.number != int(token.number):
        return None
    cursor.index += 1
    return int(token.number)


def starts_like_date(token: Token) -> bool:
    """Whether a deadline may start at this token."""
    return token.kind in (DATE, NUMBER) or (token.kind is not OTHER and token.text in _STARTS)
