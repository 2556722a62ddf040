"""Amounts (数量): a number with its measure unit and the words that bind it.

amount := before* number after* scale? after* unit? after*
number := '-'? NUMBER | 百分之 NUMBER | 百分百
unit   := base ('(' base ')')? (('/' | 每) NUMBER? scale? base)* | '(' unit ')'
"""

from dataclasses import dataclass, replace
from decimal import Decimal

from nlp.measure_units import NOT_AFTER_CHINESE, PERIODS, SCALES, UNIT_KINDS, UnitKind
from nlp.value_tokens import END, NUMBER, OTHER, WORD, Cursor, Numerals, Token
from nlp.value_words import (
    AFTER,
    APPROXIMATE,
    AT_LEAST,
    AT_MOST,
    AVERAGED,
    BEFORE,
    EQUAL,
    EVERY,
    EXCLUDED,
    IN_PARENTHESES,
    INCLUDED,
    LESS_THAN,
    MORE_THAN,
    NEUTRAL,
    WEAK,
)
from ontology.model import Comparator, ValueKind

LONGEST_OPEN_UNIT = 4
YEARS = range(1900, 2101)
_BEFORE_NUMBER = frozenset().union(BEFORE, WEAK, NEUTRAL, APPROXIMATE, AVERAGED)
_AFTER_NUMBER = frozenset(AFTER) | APPROXIMATE
_NAMED_BY_YEAR = frozenset({"版", "级", "届", "期", "班"})
_PER = frozenset({"/", "每", "·"}) | frozenset(EVERY)
_HUNDREDTHS = {"百分之": "%", "千分之": "‰", "万分之": "‱"}
_WHOLE = frozenset({"百分百", "百分之百"})
_CLOSED = {MORE_THAN: AT_LEAST, LESS_THAN: AT_MOST}
_OPEN = {AT_LEAST: MORE_THAN, AT_MOST: LESS_THAN}


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
    return marks


def read_after(cursor: Cursor, marks: list[str]) -> None:
    """Read the words that bind the number before them, （含） among them, into `marks`."""
    while True:
        word = cursor.accept(_AFTER_NUMBER)
        if word is None and cursor.token.text == "(" and cursor.look(2).text == ")":
            word = IN_PARENTHESES.get(cursor.look(1).text)
            cursor.index += 3 if word else 0
        if word is None:
            return
        marks.append(word)


def read_amount(cursor: Cursor) -> Amount | None:
    """Read an amount with the words around it: 不少于90次, 3万元以内, ≥95%."""
    start = cursor.index
    marks = read_before(cursor)
    amount = _read_bare_amount(cursor, [word for word in marks if word not in NEUTRAL])
    if amount is None:
        cursor.index = start
    return amount


def _read_bare_amount(cursor: Cursor, marks: list[str]) -> Amount | None:
    if cursor.accept(_WHOLE):
        read_after(cursor, marks)
        return Amount(Decimal(100), Unit("%", UnitKind.RATE), tuple(marks))
    part = cursor.accept(_HUNDREDTHS)
    negative = part is None and cursor.token.text == "-" and cursor.look(1).kind is NUMBER
    if negative:
        cursor.index += 1
    token = cursor.token
    number = cursor.accept_number()
    if number is None:
        return None
    if negative:
        number = -number
    read_after(cursor, marks)
    unit = Unit(_HUNDREDTHS[part], UnitKind.RATE) if part else read_scaled_unit(cursor, marks, token)
    read_after(cursor, marks)
    return _average(Amount(number, unit, tuple(marks), token.numerals))


def _average(amount: Amount) -> Amount:
    """年均3次 states a count per year; 年均增长5% stays a percentage."""
    period = next((AVERAGED[word] for word in amount.marks if word in AVERAGED), None)
    if period is None:
        return amount
    marks = tuple(word for word in amount.marks if word not in AVERAGED)
    unit = amount.unit
    if unit is not None and unit.kind is not UnitKind.RATE:
        unit = unit.per(period, period=True)
    return replace(amount, unit=unit, marks=marks)


def read_scaled_unit(cursor: Cursor, marks: list[str], number: Token) -> Unit | None:
    """Read the unit of a number with 万 or 亿 before it, and words between them (3万余人), into `marks`."""
    scale = cursor.accept(SCALES)
    if scale is not None:
        read_after(cursor, marks)
    unit = read_unit(cursor) or _read_open_unit(cursor, number, bound=bool(marks))
    if scale is None:
        return unit
    if unit is None:
        return Unit(scale, UnitKind.COUNT)
    return replace(unit, text=scale + unit.text)


def read_unit(cursor: Cursor) -> Unit | None:
    """Read a unit as printed: 万元/4次, 个(套), (%)."""
    start = cursor.index
    if cursor.accept("("):
        unit = read_unit(cursor)
        if unit is not None and cursor.accept(")"):
            return unit
        cursor.index = start
        return None
    base = _read_base(cursor)
    if base is None:
        return _read_denominators(cursor, Unit("", UnitKind.COUNT)) if cursor.token.text == "/" else None
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
    while (sign := cursor.accept(_PER)) is not None:
        if sign in EVERY:
            unit = unit.per(EVERY[sign], period=True)
            continue
        printed, period = _read_denominator(cursor)
        if printed is None:
            cursor.index -= 1
            break
        if sign == "·":
            unit = replace(unit, text=f"{unit.text}·{printed}", per_period=unit.per_period or period)
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


def _read_open_unit(cursor: Cursor, number: Token, *, bound: bool) -> Unit | None:
    """A classifier nobody listed, ≥3榀: only where nothing else can follow the number."""
    token = cursor.token
    following = cursor.look(1)
    if not _is_open_unit(token) or (following.kind is not END and following.text not in AFTER):
        return None
    if number.numerals is Numerals.CHINESE:
        return None
    if not bound and (len(token.text) > 2 or number.number in YEARS):
        return None
    cursor.index += 1
    return Unit(token.text, UnitKind.COUNT)


def is_ordinary_word(amount: Amount) -> bool:
    """Whether a bare number and its unit are a word of the language, no value: 一级, 一路, 2021版."""
    if amount.unit is None or not amount.is_plain:
        return False
    if amount.numerals is Numerals.CHINESE:
        return amount.unit.text in NOT_AFTER_CHINESE
    return amount.number in YEARS and amount.unit.text in _NAMED_BY_YEAR
