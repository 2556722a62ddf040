"""What amounts are counted per (单位标准的分母): 户 in 每户资金1万元, 学校 in 每所学校经费5万元.

Behind 每 stand what is counted and the name of the amount, without a mark between them. Where a known
noun does not end the one and begin the other, the unit right behind 每 is what is counted.
"""

from typing import NamedTuple

from nlp.measure_units import CLASSIFIED, CLASSIFIERS, OTHER_NOUNS, PERIODS, UNIT_KINDS, UnitKind
from nlp.unit_phrases import LONGEST_OPEN_UNIT
from nlp.value_tokens import OTHER, Token, text_of
from nlp.value_words import AFTER, EVERY, LABELS, NEGATIONS, NEUTRAL, UNWANTED, is_step, labels

LONGEST_NAME = 16
_NO_NAME_END = (*LABELS["not_before_number"], *UNWANTED)
_NO_NAME_START = (*NEGATIONS, "无")
_WITHIN = frozenset({"内", "之内", "以内"})
_AMOUNTS = labels("of_rates", "of_costs", "of_money", "of_funds", "of_amounts", "of_shares", "of_anything")
_AMOUNT_ENDS = tuple(name for name in _AMOUNTS if len(name) == 1)
_NAMES = tuple(
    sorted({name for name in (*_AMOUNTS, *NEUTRAL) if len(name) > 1}, key=lambda name: (-len(name), name))
)


class Counted(NamedTuple):
    """What something is counted per, and whether that is a period of time."""

    text: str
    period: bool


def is_name(tokens: list[Token]) -> bool:
    """Whether words right before an amount can be the name of what it is an amount of, or are none."""
    text = text_of(tokens)
    return (
        len(text) <= LONGEST_NAME
        and not text.endswith(_NO_NAME_END)
        and not text.startswith(_NO_NAME_START)
        and not any(letter.isdecimal() for letter in text)
        and not any(token.text in AFTER and token.text not in _WITHIN for token in tokens)
    )


def counted_in_period(every: str, tokens: list[Token]) -> list[Counted]:
    """Given 每年 and the words between it and an amount, return 年, the 年级 that they make, or nothing."""
    if not is_name(tokens):
        return []
    other = _other_noun(every.removeprefix("每") + text_of(tokens)) if tokens else None
    return [Counted(other, False) if other else Counted(EVERY[every], True)]


def counted_behind_every(tokens: list[Token]) -> list[Counted]:
    """Given the words between 每 and an amount, return what the amount is counted per, nothing if unsure."""
    text = text_of(tokens)
    if not tokens or not is_name(tokens) or is_step(text):
        return []
    other = _other_noun(text)
    if other is not None:
        return [Counted(other, False)]
    first, rest = tokens[0].text, tokens[1:]
    if first not in UNIT_KINDS and first not in PERIODS:
        return _open_noun(text)
    if first not in CLASSIFIERS and first not in CLASSIFIED:
        if _is_half_a_word(first, rest):
            return []
        first = _without_period(first, rest)
    noun, rest = _classified(first, rest)
    if rest and rest[0].text in PERIODS and noun not in PERIODS and _may_begin_name(rest[1:]):
        return [Counted(noun, False), Counted(rest[0].text, True)]
    return [Counted(noun, noun in PERIODS)]


def _classified(unit: str, rest: list[Token]) -> tuple[str, list[Token]]:
    """村 of 个 and 村, 学校 of 所 and 学校; the unit itself where it is not known where the noun ends."""
    if unit not in CLASSIFIERS and unit not in CLASSIFIED:
        return unit, rest
    for end in range(len(rest), 0, -1):
        noun = text_of(rest[:end])
        counts = all(UNIT_KINDS.get(token.text) is UnitKind.COUNT for token in rest[:end])
        classified = counts if unit in CLASSIFIERS else noun in CLASSIFIED[unit]
        if classified and _may_begin_name(rest[end:]):
            return noun, rest[end:]
    other = _other_noun(text_of(rest)) if unit in CLASSIFIERS else None
    return (other, []) if other else (unit, rest)


def _other_noun(text: str) -> str | None:
    return next((noun for noun in OTHER_NOUNS if text.startswith(noun)), None)


def _without_period(unit: str, rest: list[Token]) -> str:
    """人 of the 人日 in 每人日常费用."""
    shorter, period = unit[:-1], unit[-1]
    torn = shorter in UNIT_KINDS and period in PERIODS and not _may_begin_name(rest)
    return shorter if torn else unit


def _is_half_a_word(unit: str, rest: list[Token]) -> bool:
    """Whether one letter stands between a count and the amount: what the two mean together is not known."""
    alone = len(rest) == 1 and rest[0].kind is OTHER and len(rest[0].text) == 1
    return alone and UNIT_KINDS.get(unit) is UnitKind.COUNT and rest[0].text not in _AMOUNT_ENDS


def _may_begin_name(tokens: list[Token]) -> bool:
    """Whether nothing follows, or words that are known to name or to introduce an amount."""
    return not tokens or tokens[0].text in NEUTRAL or text_of(tokens).startswith(_NAMES)


def _open_noun(text: str) -> list[Counted]:
    """A noun nobody listed, without the name of the amount behind it: 公益岗位 of 公益岗位补贴."""
    noun = text
    while (name := next((name for name in _NAMES if noun.endswith(name)), None)) is not None:
        noun = noun.removesuffix(name)
    unsure = noun.endswith(_AMOUNT_ENDS) or not noun.isalpha() or len(noun) > LONGEST_OPEN_UNIT
    return [] if unsure else [Counted(noun, False)]
