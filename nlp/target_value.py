"""Target values (指标值): what a printed value says, as an interval, a date, a rule or words.

    value     := empty | score rule | statement | labelled statement | clauses | words | unknown

A statement counts only when it accounts for the whole text; what no production reads is qualitative
where it is plainly words, and unknown where it is not. The productions stand in nlp/statements.py,
nlp/intervals.py, nlp/amounts.py and nlp/dates.py, the words that bind a number in nlp/value_words.py.
"""

import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from nlp.dates import states_impossible_date
from nlp.normalize import compact
from nlp.qualitative import is_empty, is_worded_value, speaks_in_words
from nlp.score_rules import is_score_rule
from nlp.statements import exactly, read_clauses, read_labelled, read_statement, split_clauses
from nlp.traditional import simplify
from nlp.value_tokens import LEADING, TRAILING, Cursor, split_tokens, text_of
from ontology.model import TargetValue, ValueKind

LONGEST_CACHED = 64
LONGEST_VALUE = 400
"""Longer texts are prose; only a score rule among them is more than words."""

_NO_QUOTES = str.maketrans("", "", '“”"「」')
_UNIT_SIGNS = re.compile(r"([/·*、()])")
_NUMBERING = re.compile(r"^(?:[①-⑳]|[0-9]{1,2}[、.)]|\([0-9]{1,2}\))(?=[^0-9]{2}|[≥≤<>=])")
_EMPTY = TargetValue(kind=ValueKind.EMPTY)
_SCORE_RULE = TargetValue(kind=ValueKind.SCORE_RULE)
_QUALITATIVE = TargetValue(kind=ValueKind.QUALITATIVE)
_UNKNOWN = TargetValue(kind=ValueKind.UNKNOWN)
_ZERO = exactly(Decimal(0))


def parse_target_value(printed: str, *, fiscal_year: int | None = None) -> TargetValue:
    """Given a printed target value (指标值), return what it says; `fiscal_year` dates a 6月底前.

    Units stay as printed (万元). Bounds follow the Civil Code (民法典第一千二百五十九条): 以上, 以下, 以内
    include the number, 超过 does not. UNKNOWN is an answer: no number is taken from a text that the
    grammar does not account for.
    """
    if len(printed) <= LONGEST_CACHED:
        return _parse_cached(printed, fiscal_year)
    return _parse(printed, fiscal_year)


@lru_cache(maxsize=16_384)
def _parse_cached(printed: str, fiscal_year: int | None) -> TargetValue:
    return _parse(printed, fiscal_year)


def _clean(printed: str) -> str:
    """The text without white space, punctuation at its ends, and a pair of parentheses around it."""
    text = compact(printed).translate(_NO_QUOTES)
    text = text if text.startswith("!=") else text.lstrip(LEADING)
    text = _NUMBERING.sub("", text.rstrip(TRAILING))
    if len(text) > 1 and text[0] == "(" and text.find(")") == len(text) - 1:
        text = text[1:-1]
    return text


def _parse(printed: str, fiscal_year: int | None) -> TargetValue:
    text = _clean(printed)
    simple = simplify(text)
    value = _parse_clean(simple, fiscal_year)
    if value.measure_unit is None or simple == text:
        return value
    return replace(value, measure_unit=_as_printed(value.measure_unit, text, simple))


def _as_printed(unit: str, text: str, simple: str) -> str:
    """Each part of a unit in the letters it is printed in: 分鐘 of 30分鐘, 元/個 of 每個5元."""
    parts = _UNIT_SIGNS.split(unit)
    starts = [simple.find(part) for part in parts]
    pairs = zip(parts, starts, strict=True)
    return "".join(text[at : at + len(part)] if at >= 0 else part for part, at in pairs)


def _parse_clean(text: str, fiscal_year: int | None) -> TargetValue:
    if "\N{REPLACEMENT CHARACTER}" in text:
        # The lost letter may have been a comparator.
        return _UNKNOWN
    if is_empty(text):
        return _EMPTY
    if is_score_rule(text):
        return _SCORE_RULE
    if any(letter.isdecimal() for letter in text) and is_worded_value(text):
        return _QUALITATIVE
    if text == "无":
        return _ZERO
    tokens = split_tokens(text[:LONGEST_VALUE])
    value = None
    if len(text) <= LONGEST_VALUE:
        value = (
            read_statement(Cursor(tokens), fiscal_year)
            or read_labelled(tokens, fiscal_year)
            or read_clauses(tokens, fiscal_year)
        )
    if value is not None:
        return value
    if states_impossible_date(tokens):
        return _UNKNOWN
    return _QUALITATIVE if speaks_in_words(text[:LONGEST_VALUE], tokens) else _UNKNOWN


@lru_cache(maxsize=32_768)
def looks_like_value(text: str) -> bool:
    """Whether a cell holds a value (≥95%, 50个, 2023年12月底完成, 优, 显著提升) and not an indicator's name.

    A name with its value in the same cell (群众满意度≥95%) is no value cell.
    """
    if len(text) > LONGEST_VALUE:
        return False
    clean = simplify(_clean(text))
    if is_empty(clean):
        return False
    if is_worded_value(clean) or is_score_rule(clean):
        return True
    tokens = split_tokens(clean)
    if states_impossible_date(tokens):
        return True
    return read_statement(Cursor(tokens), None) is not None or all(
        read_statement(Cursor(clause), None) is not None or is_worded_value(text_of(clause))
        for clause in split_clauses(tokens)
    )
