"""Score rules (评分标准) printed where a value should stand: 完成10分，未完成0分.

rule   := (condition points)+ | formula
points := verb? NUMBER 分      of 90分以上 and 80-90分得8分 a condition, of 最多扣20分 and 10分封顶 an end
        | 不得分 | 得满分      no points; points whose number is not told
formula := 得分=完成率×分值 | 按完成比例得分
"""

import re
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from nlp.normalize import compact
from nlp.numerals import CHINESE
from nlp.value_tokens import TRAILING
from nlp.value_words import BEFORE, NEUTRAL, POINTS, UNREACHED, labels

LONGEST_CONDITION = 200


class PointsRole(Enum):
    """What a number of points does in a rule."""

    STEP = "step"
    END = "end"
    CONDITION = "condition"
    RANGE = "range"
    OPEN = "open"


class Points(NamedTuple):
    """One number of points, the verb right before it, and the condition before both."""

    condition: str
    verb: str
    number: Decimal
    role: PointsRole


class ScoreStep(NamedTuple):
    """A step of a score rule: under which condition how many points are given, or taken where negative."""

    condition: str
    points: Decimal


def _any(*keys: str) -> str:
    words = sorted({word for key in keys for word in POINTS[key]}, key=lambda word: (-len(word), word))
    return "|".join(map(re.escape, words))


_TAKING = frozenset(POINTS["deductions"] + POINTS["weak_deductions"])
_GIVING = frozenset(POINTS["additions"] + POINTS["awards"])
_STRONG = frozenset(POINTS["deductions"])
_WEAK = frozenset(POINTS["weak_deductions"] + POINTS["additions"])
_VERB = _any("deductions", "weak_deductions", "additions", "awards")
_NUMBER = r"[0-9]{1,9}(?:\.[0-9]{1,9})?"
_UNIT = rf"分(?!{_any('not_behind')})"
_BOUND = r"(?P<bound>(?:\(?不?含\)?)?(?:及?以[上下内]|左右|之间))"
_NOTHING = rf"(?:{_any('nothing')}){_UNIT}"
_OPEN = (
    rf"不?(?:{_VERB})(?:{_any('open')}){_UNIT}(?!(?:值|为)?[(:]?[0-9])"
    rf"|(?:{_VERB})[0-9]{{1,3}}(?:\.[0-9]+)?%的?(?:权重|分值|分)|酌情扣{_UNIT}"
)
_POINTS = re.compile(
    rf"(?P<nothing>{_NOTHING})|(?P<open>{_OPEN})"
    rf"|(?:(?P<verb>{_VERB})(?:满分为?\(?|(?P<to>{_any('ends_behind_verb')})|其|为)?)?"
    rf"(?<![0-9.])(?:(?P<low>{_NUMBER})分?(?:\(不?含\))?[-~—至到])?(?P<number>{_NUMBER})"
    rf"(?:{_UNIT}(?:{_BOUND}|(?P<end>{_any('ends_after')})|(?P<then>(?=(?:{_VERB})(?![完光])))|)|$)"
)
_VERDICT = re.compile(
    rf"(?:{_any('verdicts')}){_UNIT}|{_NOTHING}|扣完为止|得分="
    rf"|(?:按|依|根据|视)(?!{_any('not_by')})[^,;。0-9]{{0,12}}(?:{_any('shares')})[^,;。]{{0,6}}[得扣计给赋]{_UNIT}"
    rf"|\*(?:{_any('of_worths')}){{0,3}}(?:{_any('worths')})|(?:{_any('worths')})\*"
    rf"|(?:{_any('factors')})\)?\*{_NUMBER}{_UNIT}|{_NUMBER}{_UNIT}\*\(?[一-鿿]"
    r"|(?:扣|得)[0-9]+(?:\.[0-9]+)?%的?(?:分|权重)"
    rf"|每[^,;。]{{1,12}}扣(?:[减除]?[0-9]|[减除]?(?:{CHINESE.pattern}){_UNIT}|{_UNIT}|完|光|相应)"
)
_LAST_VERDICT = re.compile(r"\A.*(?:[得扣计给满零一半]分|为止)[,;。]")
_LIST_MARK = re.compile(
    r"\A(?:.*[:;。,])?[①-⑳㈠-㈩]|\A(?:(?:[1-9]|1[0-9])[.、)](?![0-9])|[A-Za-z][.)]"
    r"|[一二三四五六七八九十]{1,2}[、)](?![一二三四五六七八九十]))"
)
_SUBJECT = re.compile(rf"[,:](?:{_any('subjects')})+$|(?<!否)则$")
_EDGES = ' ,;:。、()[]-~.·"“”'
_BINDING = frozenset(BEFORE) - frozenset(UNREACHED)
_NO_CONDITION = _BINDING | (NEUTRAL - frozenset(POINTS["conditions"]))
_ENDS_BEFORE = (*POINTS["ends_before"], *POINTS["full_marks"], *(word for word in _BINDING if word[0] > "一"))


def read_points(text: str) -> list[Points]:
    """Given a compact text, return its points with the words before each."""
    found: list[Points] = []
    position = 0
    for match in _POINTS.finditer(text):
        before = text[position : match.start()]
        role = _role(match, before.rstrip(_EDGES))
        condition = _condition(before)
        verb = match["verb"] or ""
        if role is PointsRole.END and found and not verb and not condition.endswith(POINTS["full_marks"]):
            # 每次扣1分，上限10分: what ends is what was told before.
            verb = found[-1].verb
        found.append(Points(condition, verb, Decimal(match["number"] or 0), role))
        if role is not PointsRole.CONDITION or match.end() - position > LONGEST_CONDITION:
            position = match.end()
    return found


def _condition(before: str) -> str:
    """The words before points without what was told before them, a list mark and what the points are of."""
    condition = _LAST_VERDICT.sub("", before).strip(_EDGES)
    condition = _LIST_MARK.sub("", condition)
    return _SUBJECT.sub("", condition).strip(_EDGES)


def _role(match: re.Match[str], before: str) -> PointsRole:
    if match["number"] is None:
        return PointsRole.OPEN if match["open"] else PointsRole.STEP
    ranged = match["low"] is not None
    if before.endswith("*") or match.string.startswith("*", match.end()):
        return PointsRole.OPEN
    if match["bound"] or match["then"] is not None or (ranged and not match["verb"]):
        return PointsRole.CONDITION
    if match["to"] or match["end"] or before.endswith(_ENDS_BEFORE):
        return PointsRole.END
    return PointsRole.RANGE if ranged else PointsRole.STEP


def read_steps(printed: str) -> tuple[ScoreStep, ...]:
    """Given a printed score rule, return its steps in order; nothing for a text that is no rule.

    What ends the scale (最多扣20分) is no step, nor is a range of points (扣0.5-1分).

    >>> [(step.condition, step.points) for step in read_steps("全面完成20分，完成70%以上10分")]
    [('全面完成', Decimal('20')), ('完成70%以上', Decimal('10'))]
    """
    text = compact(printed).strip(TRAILING)
    if not is_score_rule(text):
        return ()
    return tuple(
        ScoreStep(points.condition, -points.number if points.verb in _TAKING else points.number)
        for points in read_points(text)
        if points.role is PointsRole.STEP and points.condition
    )


def is_score_rule(text: str) -> bool:
    """Whether a compact text says what points are given for: two conditions with points, or one with 得."""
    if not any(word in text for word in ("分", "扣", "权重")):
        return False
    if _VERDICT.search(text):
        return True
    found = read_points(text.strip(TRAILING))
    if any(points.role is PointsRole.END and points.verb in _STRONG for points in found):
        return True
    stated = [points for points in found if _is_under_condition(points)]
    return len(stated) >= 2 or any(_makes_rule(points) for points in stated)


def _is_under_condition(points: Points) -> bool:
    if points.role not in (PointsRole.STEP, PointsRole.RANGE):
        return False
    words = points.condition
    if any("一" <= letter <= "鿿" for letter in words):
        return words not in _NO_CONDITION
    # ≥95%得10分, A得10分
    return bool(words) and points.verb in _TAKING | _GIVING


def _makes_rule(points: Points) -> bool:
    """Whether one step alone is a rule: 完成得10分 is, 满意度得90分 and 时间减少5分 are not."""
    if points.verb in _WEAK:
        return any(word in points.condition for word in POINTS["condition_words"])
    if points.verb in _GIVING:
        return not points.condition.endswith((*POINTS["achieving"], *labels("of_rates", "of_amounts")))
    return points.verb in _TAKING


def rule_max_score(printed: str) -> Decimal | None:
    """Given a printed score rule, return the most points (分值) it gives: 完成15分，未完成0分 → 15.

    None for a text that is no rule, for a rule that only takes points away, and where points are added
    without an end.
    """
    text = compact(printed).strip(TRAILING)
    if not is_score_rule(text):
        return None
    given = [points for points in read_points(text) if points.verb not in _TAKING]
    ends = [points.number for points in given if points.role is PointsRole.END]
    steps = [points for points in given if points.role in (PointsRole.STEP, PointsRole.RANGE)]
    if not ends and any("每" in points.condition for points in steps):
        return None
    # 未完成不得分 says what is not given, and nothing of the most.
    return max((*ends, *(points.number for points in steps)), default=None) or None
