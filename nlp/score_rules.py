"""Score rules (评分标准) printed where a value should stand: 完成10分，未完成0分."""

import re
from decimal import Decimal
from typing import NamedTuple

from nlp.normalize import compact
from nlp.value_words import BEFORE, NEUTRAL, UNREACHED

_DEDUCTIONS = frozenset({"扣减", "扣除", "扣", "减", "减少", "加", "加计"})
_ADDITIONS = frozenset({"加", "加计"})
_AWARDS = frozenset({"得", "计", "记", "获", "赋", "给"})
_POINTS = re.compile(
    r"(?:(扣减|扣除|扣|减少|减|加计|加|得|计|记|获|赋|给|为)(?:其|至|到|最高|最多)?)?"
    r"(?<![0-9.])([0-9]{1,9}(?:\.[0-9]{1,9})?)(?:分(?![钟之贝析别类期年支])(以上|以下|及以上|及以下|左右|以内)?|$)"
)
_WORDED = re.compile(
    r"(?:不得|得满|得一半|酌情扣|不再得|得零|扣完|扣光)分|扣完为止|(?:按|依)(?:照)?(?:比例|程度|实际)[^,;。]{0,6}[得扣计]分"
    r"|(?:扣|得)[0-9]+(?:\.[0-9]+)?%的?(?:分|权重)|每[^,;。]{1,12}扣"
)
_EDGES = ' ,;:。、()[]-~.·"“”'
_NO_CONDITION = (frozenset(BEFORE) - frozenset(UNREACHED)) | (
    NEUTRAL - {"完成", "达到", "实现", "建成", "新建成", "达成", "整改", "验收"}
)
LEADING = " ,;:。、!?—★☆●■◆"
TRAILING = LEADING + "."
"""Punctuation at the ends of a value; a point before a number is part of it."""


class Points(NamedTuple):
    """One condition of a rule and the points it gives or takes."""

    condition: str
    number: Decimal
    verb: str
    compared: bool


class ScoreStep(NamedTuple):
    """A step of a score rule: under which condition how many points are given, or taken where negative."""

    condition: str
    points: Decimal


def read_points(text: str) -> list[Points]:
    """Given a compact text, return its points with the words before each."""
    found: list[Points] = []
    position = 0
    for match in _POINTS.finditer(text):
        condition = text[position : match.start()].strip(_EDGES)
        found.append(Points(condition, Decimal(match[2]), match[1] or "", match[3] is not None))
        position = match.end()
    return found


def read_steps(printed: str) -> tuple[ScoreStep, ...]:
    """Given a printed score rule, return its steps in order; nothing for a text that is no rule.

    >>> [(step.condition, step.points) for step in read_steps("全面完成20分，完成70%以上10分")]
    [('全面完成', Decimal('20')), ('完成70%以上', Decimal('10'))]
    """
    text = compact(printed).strip(TRAILING)
    if not is_score_rule(text):
        return ()
    return tuple(
        ScoreStep(
            points.condition, -points.number if points.verb in _DEDUCTIONS - _ADDITIONS else points.number
        )
        for points in read_points(text)
        if not points.compared
    )


def _is_condition(points: Points) -> bool:
    words = points.condition
    chinese = any("一" <= letter <= "鿿" for letter in words)
    return chinese and not points.compared and words not in _NO_CONDITION


def is_score_rule(text: str) -> bool:
    """Whether a compact text says what points are given for: two conditions with points, or one with 得."""
    if "分" not in text and "扣" not in text:
        return False
    if _WORDED.search(text):
        return True
    stated = [points for points in read_points(text.strip(TRAILING)) if _is_condition(points)]
    return len(stated) >= 2 or any(points.verb in _DEDUCTIONS | _AWARDS for points in stated)


def rule_max_score(printed: str) -> Decimal | None:
    """Given a printed score rule, return the most points (分值) it gives: 完成15分，未完成0分 → 15.

    None for a text that is no rule, and for a rule that only takes points away.
    """
    text = compact(printed).strip(TRAILING)
    if not is_score_rule(text):
        return None
    given = [p.number for p in read_points(text) if p.verb not in _DEDUCTIONS and not p.compared]
    return max(given, default=None)
