"""Statements (指标值的表述): an interval, a deadline or a zero that accounts for a whole text.

statement := (deadline | zero | deadline? interval) tail? note?
labelled  := name statement            群众满意度达95%以上, 合同签订后30日内
clauses   := clause ((',' | ';' | 。 | 、) clause)*    one of which states a value
"""

import re
from dataclasses import replace
from decimal import Decimal

from nlp.date_points import starts_like_date
from nlp.dates import read_deadline
from nlp.intervals import read_interval
from nlp.measure_units import BARE_PERIODS, CLOCK, SCALES, UNIT_KINDS
from nlp.named_numbers import skip_named_number
from nlp.unit_phrases import YEARS, Unit, kind_of, read_unit
from nlp.value_tails import finishes, is_number, is_tens
from nlp.value_tokens import END, OTHER, Cursor, Token, text_of
from nlp.value_words import (
    AFTER,
    AVERAGED,
    BEFORE,
    CURRENCIES,
    DATES,
    DONE,
    EQUAL,
    HALVES,
    LABELS,
    NEGATIVE,
    NEUTRAL,
    NOT_REQUIRED,
    POINTS,
    SPREAD,
    SYMBOLS,
    UNWANTED,
    WEAK,
    ZERO_NOUNS,
    is_step,
    labels,
)
from ontology.model import TargetValue, ValueKind

LONGEST_LABEL = 30
MOST_TOKENS = 120
"""Longer texts are prose: a value in them is not the value of the text."""

_POINT = "分"
_SINGLE_LETTER = re.compile(r"(?:^|[^A-Za-z])[A-Za-z]$|-$")
"""A letter before a number is a code or a misprint (l00%), a dash a sign or a part of the name."""
_CLAUSE_ENDS = frozenset({",", ";", "。", "、"})
_TIMES = labels("of_dates", "of_times", "of_anything")
_AMOUNTS = labels("of_rates", "of_costs", "of_money", "of_amounts", "of_anything")


def read_statement(cursor: Cursor, fiscal_year: int | None) -> TargetValue | None:
    """Read a statement up to the end of the text, None where something is left over."""
    start = cursor.index
    dated = (
        lambda c: read_deadline(c, fiscal_year),
        _read_zero,
        _read_unit_first,
        read_interval,
        _read_dated,
    )
    for production in dated:
        value = production(cursor)
        if value is not None and finishes(cursor, value):
            return _with_second_unit(value, cursor.rest())
        cursor.index = start
    return None


def _read_unit_first(cursor: Cursor) -> TargetValue | None:
    """万元：12 and 次/年≥4 are 12万元 and ≥4次/年."""
    if cursor.index:
        return None
    scale = cursor.accept(SCALES) or ""
    unit = read_unit(cursor)
    if unit is None or unit.text in BARE_PERIODS or unit.text.startswith("/"):
        return None
    if cursor.accept((":",)) is None and cursor.token.text not in SYMBOLS:
        return None
    value = read_interval(cursor)
    if value is None or value.measure_unit is not None or value.kind is not ValueKind.QUANTITY:
        return None
    return replace(value, kind=kind_of(unit), measure_unit=scale + unit.text)


def _read_dated(cursor: Cursor) -> TargetValue | None:
    """11月底前不低于90%: what is to be reached by a date is the value."""
    for cut in range(cursor.index + 1, len(cursor.tokens) - 1):
        if cursor.tokens[cut].text in BEFORE:
            date = Cursor([*cursor.tokens[cursor.index : cut], cursor.tokens[-1]])
            if read_deadline(date, None) is None:
                return None
            cursor.index = cut
            return read_interval(cursor)
    return None


def _with_second_unit(value: TargetValue, rest: list[Token]) -> TargetValue:
    """2元/卷(册): a note that is a unit too belongs to the unit."""
    if value.measure_unit is None or [token.text for token in (*rest[:1], *rest[2:3])] != ["(", ")"]:
        return value
    second = rest[1].text
    return replace(value, measure_unit=f"{value.measure_unit}({second})") if second in UNIT_KINDS else value


def _read_zero(cursor: Cursor) -> TargetValue | None:
    """零事故: the number is printed, as a numeral."""
    token = cursor.token
    if token.text not in ("零", "0") or text_of(cursor.rest()[1:]) not in ZERO_NOUNS:
        return None
    cursor.index = len(cursor.tokens) - 1
    return exactly(Decimal(0))


def exactly(number: Decimal) -> TargetValue:
    """The value that is a number without a unit."""
    return TargetValue(
        kind=ValueKind.QUANTITY,
        comparator=EQUAL,
        number=number,
        low=number,
        high=number,
        low_closed=True,
        high_closed=True,
    )


def read_labelled(tokens: list[Token], fiscal_year: int | None) -> TargetValue | None:
    """Given the tokens of a text that starts with a name, return the value stated of it."""
    if len(tokens) > MOST_TOKENS:
        return None
    named = 0
    for index, token in enumerate(tokens[:-1]):
        if token.start > LONGEST_LABEL or (token.text in SYMBOLS and index == 0):
            return None
        if index < named:
            continue
        if index and _may_start(token):
            value = read_statement(Cursor(tokens, index), fiscal_year)
            if value is not None and _may_label(tokens, index, value):
                return _with_label(tokens, index, value)
        if is_number(token) and not _is_year(token, tokens[index + 1]):
            named = skip_named_number(tokens, index) or 0
            if not named:
                return None
    return None


def _may_start(token: Token) -> bool:
    text = token.text
    return (
        starts_like_date(token)
        or text in BEFORE
        or text in WEAK
        or text in AVERAGED
        or text in SPREAD
        or text in HALVES
        or text in CURRENCIES
        or text in NEGATIVE
        or text.startswith("每")
    )


def _is_year(token: Token, following: Token) -> bool:
    return token.number in YEARS and following.text in ("年", "年度")


def _may_label(tokens: list[Token], index: int, value: TargetValue) -> bool:
    """Whether words before a statement are the name of what it states, and not a sentence around it."""
    label = text_of(tokens[:index])
    if tokens[index - 1].text in BEFORE or _is_not_required(tokens[:index]) or _SINGLE_LETTER.search(label):
        return False
    if tokens[index].text == "-" and not label.endswith(_AMOUNTS):
        return False
    if _says_per_what(label, value) or _may_be_clock(tokens[:index], value):
        return False
    if not any(letter.isalpha() for letter in label):
        return False
    if label.endswith((*LABELS["not_before_number"], *UNWANTED)) or is_tens(label, tokens[index]):
        return False
    statement = tokens[index:-1]
    if value.comparator is EQUAL and any(token.text in BEFORE for token in tokens[:index]):
        # 不超过预算的5% is no 5%.
        return False
    if value.kind is ValueKind.DEADLINE:
        return label.endswith((*_TIMES, *_CLAUSE_ENDS)) or any(
            token.text in DATES["by"] for token in statement
        )
    if any(token.text in BEFORE or token.text in WEAK or token.text in AFTER for token in statement):
        return True
    if not any(is_number(token) for token in statement):
        return label.endswith(_AMOUNTS + _TIMES)
    if value.kind is ValueKind.DURATION:
        return label.endswith(_TIMES)
    return value.measure_unit is not None or label.endswith((*_AMOUNTS, ")"))


def _may_be_clock(label: list[Token], value: TargetValue) -> bool:
    """Whether a value may be a time of the clock or the rest of one: 上午9时, 1小时30分."""
    at_a_time = value.comparator is EQUAL or any(is_number(token) for token in label)
    return value.measure_unit in CLOCK and at_a_time and not _is_of_points(text_of(label), value)


def _is_of_points(label: str, value: TargetValue) -> bool:
    """Whether 分 behind a name are points and no minutes: 综合得分85分, 满意度得90分."""
    verb = next((verb for verb in POINTS["awards"] if label.endswith(verb)), "")
    return value.measure_unit == _POINT and label.rstrip(":").removesuffix(verb).endswith(POINTS["achieving"])


def _says_per_what(label: str, value: TargetValue) -> bool:
    """Whether a label says what an amount is counted per, or by what steps, and is no mere name."""
    _, *counted = label.split("每")
    if value.kind not in (ValueKind.RATE, ValueKind.DEADLINE):
        return bool(counted)
    return any(is_step(word) for word in counted)


def _is_not_required(label: list[Token]) -> bool:
    """Whether the words before a number say that it need not be: 不必达到100%."""
    while label and (label[-1].text in NEUTRAL or label[-1].text in AVERAGED):
        label = label[:-1]
    return text_of(label).endswith(NOT_REQUIRED)


def _with_label(tokens: list[Token], index: int, value: TargetValue) -> TargetValue:
    """The unit that stands in the name: 合格率(%)≥95."""
    if value.kind is not ValueKind.QUANTITY or value.measure_unit is not None or index < 3:
        return value
    opening, unit, closing = (token.text for token in tokens[index - 3 : index])
    if (opening, closing) != ("(", ")") or unit not in UNIT_KINDS:
        return value
    return replace(value, measure_unit=unit, kind=kind_of(Unit(unit, UNIT_KINDS[unit])))


def read_clauses(tokens: list[Token], fiscal_year: int | None) -> TargetValue | None:
    """Given the tokens of several clauses, return the one value they state, None for two that differ.

    Of several deadlines the last is the one by which all is done; 6月底、12月底 are two.
    """
    clauses = split_clauses(tokens)
    if len(clauses) < 2 or len(tokens) > MOST_TOKENS:
        return None
    values: list[TargetValue] = []
    dates_alone = False
    for clause in clauses:
        value = read_statement(Cursor(clause), fiscal_year) or read_labelled(clause, fiscal_year)
        if value is not None:
            if _is_weak(value) or (dates_alone and value.kind is ValueKind.DEADLINE):
                return None
            dates_alone = dates_alone or (value.kind is ValueKind.DEADLINE and not _says_what(clause))
            values.append(value)
        elif any(is_number(token) or token.text in SYMBOLS for token in clause):
            return None
    return _agree(values)


def _says_what(clause: list[Token]) -> bool:
    """Whether a clause with a deadline says what is done by then."""
    return any(token.kind is OTHER or token.text in DONE for token in clause)


def split_clauses(tokens: list[Token]) -> list[list[Token]]:
    """Given tokens, return those of each clause, each with an END."""
    clauses: list[list[Token]] = []
    clause: list[Token] = []
    for token in tokens:
        if token.kind is not END and token.text not in _CLAUSE_ENDS:
            clause.append(token)
        elif clause:
            clauses.append([*clause, tokens[-1]])
            clause = []
    return clauses


def _is_weak(value: TargetValue) -> bool:
    """Whether a number among other clauses may be anything: 2021, 24小时."""
    plain = value.comparator is EQUAL
    return plain and (value.measure_unit is None or value.kind is ValueKind.DURATION)


def _agree(values: list[TargetValue]) -> TargetValue | None:
    if values and all(value.kind is ValueKind.DEADLINE for value in values):
        days = [value.day for value in values if value.day is not None]
        return replace(values[-1], day=max(days) if len(days) == len(values) else None)
    return values[0] if len(values) == 1 else None
