"""Measure units in text (度量单位的写法): 万元, 元/人·月, 个(套), 5个多月.

unit := base ('(' base ')')? (('/' | 每) NUMBER? scale? base | '*' base)* | '(' unit ')'
"""

from dataclasses import dataclass, replace

from nlp.measure_units import PERIODS, SCALES, UNIT_KINDS, UnitKind
from nlp.value_tokens import END, NUMBER, OTHER, WORD, Cursor, Numerals, Token
from nlp.value_words import AFTER, EVERY
from ontology.model import ValueKind

LONGEST_OPEN_UNIT = 4
YEARS = range(1900, 2101)
_PER = frozenset({"/", "每", "·", "*"}) | frozenset(EVERY)
_TIMES = frozenset({"·", "*", "、"})
_NO_UNIT = frozenset({"整", "正", "以", "起"})
COUNTED_TIMES = frozenset({"月", "小时", "学期", "季度", "学年", "年度", "星期", "工作日"})
"""Times with 个 before them: 1个半月, 5个多月."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A measure unit as printed, 元/人·月; `kind` is that of its first part, `per_period` says 次/年."""

    text: str
    kind: UnitKind
    composite: bool = False
    per_period: bool = False

    def per(self, text: str, *, period: bool) -> "Unit":
        """The same unit per something: 次 per 年 is 次/年."""
        return replace(self, text=f"{self.text}/{text}", composite=True, per_period=self.per_period or period)


def kind_of(unit: Unit | None) -> ValueKind:
    """Given a unit, return the kind of value it makes: 次 quantity, 次/年 frequency, 天 duration."""
    if unit is None or unit.kind is UnitKind.PHYSICAL:
        return ValueKind.QUANTITY
    if unit.kind is UnitKind.MONEY:
        return ValueKind.MONEY
    if unit.kind is UnitKind.RATE:
        return ValueKind.RATE
    if unit.per_period:
        return ValueKind.FREQUENCY
    return ValueKind.DURATION if unit.kind is UnitKind.DURATION and not unit.composite else ValueKind.QUANTITY


def read_counted_time(cursor: Cursor) -> tuple[Unit, str] | None:
    """Read 个多月: the unit 个月 and the word between the two."""
    between, time = cursor.look(1).text, cursor.look(2).text
    if cursor.token.text != "个" or between not in AFTER or time not in COUNTED_TIMES:
        return None
    cursor.index += 3
    return Unit(f"个{time}", UnitKind.DURATION), between


def read_unit(cursor: Cursor) -> Unit | None:
    """Read a unit as printed: 万元/4次, 个(套), (%)."""
    start = cursor.index
    if cursor.accept("("):
        scale = cursor.accept(SCALES) or ""
        unit = read_unit(cursor)
        if unit is not None and cursor.accept(")"):
            return replace(unit, text=scale + unit.text)
        cursor.index = start
        return None
    base = _read_base(cursor)
    if base is None:
        bare = cursor.token.text == "/" and cursor.look(1).kind is not NUMBER
        return _read_denominators(cursor, Unit("", UnitKind.COUNT)) if bare else None
    return _read_denominators(cursor, _read_alternative(cursor, base))


def _read_base(cursor: Cursor) -> Unit | None:
    token = cursor.token
    if token.kind is not WORD or token.text not in UNIT_KINDS:
        return None
    # A unit column joined to a value that has its unit already: 95%%, 50个个.
    while cursor.token.text == token.text:
        cursor.index += 1
    # A visit to each of what is counted: 亩次, 户次.
    times = "次" if cursor.accept(("次",)) else ""
    return Unit(token.text + times, UnitKind.COUNT if times else UNIT_KINDS[token.text])


def _read_alternative(cursor: Cursor, unit: Unit) -> Unit:
    """Two classifiers for one count: 50个（套）."""
    inner = cursor.look(1)
    if cursor.token.text == "(" and inner.text in UNIT_KINDS and cursor.look(2).text == ")":
        cursor.index += 3
        return unit if inner.text == unit.text else replace(unit, text=f"{unit.text}({inner.text})")
    return unit


def _read_denominators(cursor: Cursor, unit: Unit) -> Unit | None:
    while True:
        at = cursor.index
        sign = cursor.accept(_PER if unit.composite else _PER - {"*"})
        if sign is None and unit.composite and cursor.look(1).text in PERIODS:
            # 350元/人、天
            sign = cursor.accept(("、",))
        if sign is None:
            break
        if sign in EVERY:
            unit = unit.per(EVERY[sign], period=True)
            continue
        if sign in _TIMES and cursor.token.kind is NUMBER:
            # 100元/人*50人 is a product, 5元/人*月 a unit.
            cursor.index = at
            break
        printed, period = _read_denominator(cursor)
        if printed is None or printed.lstrip("0123456789.,") == unit.text or printed.endswith("%"):
            # 95%/98%: two values.
            cursor.index = at
            break
        if sign in _TIMES:
            # 500人·天 are so many days of work, 60元/人·月 is so much a month.
            per_period = unit.per_period or (period and unit.composite)
            unit = replace(unit, text=f"{unit.text}{sign}{printed}", composite=True, per_period=per_period)
        else:
            unit = unit.per(printed, period=period)
    return unit if unit.text else None


def _read_denominator(cursor: Cursor) -> tuple[str | None, bool]:
    start = cursor.index
    number = read_printed_number(cursor)
    scale = cursor.accept(SCALES) or ""
    token = cursor.token
    known = token.kind is WORD and (token.text in UNIT_KINDS or token.text in PERIODS)
    if known or (not number and _is_open_unit(token)):
        cursor.index += 1
        return number + scale + token.text, token.text in PERIODS
    if scale:
        return number + scale, False
    cursor.index = start
    return None, False


def read_printed_number(cursor: Cursor) -> str:
    """Read a number as it is printed, empty where none stands."""
    token = cursor.token
    return token.text if cursor.accept_number() is not None else ""


def _is_open_unit(token: Token) -> bool:
    return (
        token.kind is OTHER
        and len(token.text) <= LONGEST_OPEN_UNIT
        and all("一" <= letter <= "鿿" for letter in token.text)
    )


def read_open_unit(cursor: Cursor, number: Token, *, bound: bool) -> Unit | None:
    """A classifier nobody listed, ≥3榀: only where nothing else can follow the number."""
    token = cursor.token
    following = cursor.look(1)
    if (
        not _is_open_unit(token)
        or token.text in _NO_UNIT
        or (following.kind is not END and following.text not in AFTER)
    ):
        return None
    if number.numerals is Numerals.CHINESE:
        return None
    if not bound and (len(token.text) > 2 or number.number in YEARS):
        return None
    cursor.index += 1
    return Unit(token.text, UnitKind.COUNT)
