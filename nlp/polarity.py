"""Which way is better (指标方向性): more (正向), less (反向), or neither (中性), and why it is taken so.

What is printed decides before the sign of the value (≥, ≤, a range), that before the steps of a score
rule, those before words of movement in the value, and the name comes last. Where two of the last three
contradict each other nothing is said; a sign that contradicts the name decides, and the reason tells so.
"""

from decimal import Decimal
from typing import NamedTuple

from nlp.normalize import compact
from nlp.polarity_words import (
    ENDINGS,
    PRINTED,
    Movement,
    find_movement,
    is_event,
    is_late,
    measured_change,
    measures_help,
    negation_before,
    rule_direction,
    without_note,
)
from nlp.value_words import AT_LEAST, AT_MOST, EQUAL, LESS_THAN, MORE_THAN
from ontology.model import Polarity, TargetValue, ValueKind

_LONGEST_FIRST = sorted(ENDINGS, key=len, reverse=True)
_OPPOSITE = {Polarity.POSITIVE: Polarity.NEGATIVE, Polarity.NEGATIVE: Polarity.POSITIVE}
_WHOLE = Decimal(100)


class PolarityReading(NamedTuple):
    """A polarity and what says so: printed, the value's sign, a score rule, a word of movement, the name."""

    polarity: Polarity
    reason: str


def read_polarity(
    name: str, value: TargetValue, *, printed_value: str = "", printed_polarity: str | None = None
) -> PolarityReading | None:
    """Given an indicator, return which way is better and why; None where nothing says so.

    A score rule decides by what each step costs (每超1天扣1分); words like 100% say nothing by themselves:
    then the name decides.
    """
    printed = PRINTED.get(compact(printed_polarity or ""))
    if printed is not None:
        return PolarityReading(printed, f"表中印的是“{compact(printed_polarity or '')}”")
    name, said = without_note(compact(name)), compact(printed_value)
    signed = _by_sign(value, said)
    if signed is not None:
        return _beside_name(signed, name, value, said)
    if value.kind is ValueKind.SCORE_RULE:
        return _by_rule(said, name, value)
    movement = find_movement(said)
    if movement is None:
        return _by_name(name, value)
    return _by_movement(movement, name, value)


def _by_sign(value: TargetValue, said: str) -> PolarityReading | None:
    if value.kind is ValueKind.DEADLINE:
        bounded = value.comparator in (AT_MOST, LESS_THAN)
        return PolarityReading(Polarity.NEGATIVE, "指标值是期限") if bounded else None
    if value.comparator in (AT_LEAST, MORE_THAN):
        return PolarityReading(Polarity.POSITIVE, "指标值有下限")
    if value.comparator in (AT_MOST, LESS_THAN):
        return PolarityReading(Polarity.NEGATIVE, "指标值有上限")
    if value.low is not None and value.high is not None and value.low != value.high:
        return PolarityReading(Polarity.NEUTRAL, "指标值是区间")
    return None


def _beside_name(signed: PolarityReading, name: str, value: TargetValue, said: str) -> PolarityReading:
    """What the sign says, with a word where the name says the opposite of the same number."""
    if value.kind is ValueKind.DEADLINE or find_movement(said) is not None:
        return signed
    named, movement = _by_ending(name), find_movement(name)
    counts_change = movement is not None and measured_change(name) is None
    if counts_change or named is None or named.polarity is not _OPPOSITE.get(signed.polarity):
        return signed
    return PolarityReading(signed.polarity, f"{signed.reason}（但{named.reason}，方向相反，请核对）")


def _by_rule(said: str, name: str, value: TargetValue) -> PolarityReading | None:
    direction = rule_direction(said, name)
    named = _by_name(name, value)
    if direction is None:
        return named
    if named is not None and named.polarity is not direction[1]:
        return None
    return PolarityReading(direction[1], f"评分规则说“{direction[0]}”")


def _by_movement(movement: Movement, name: str, value: TargetValue) -> PolarityReading | None:
    """提升 or 明显下降 as a value; a number beside a fall counts the fall: more of it may be better."""
    if movement.polarity is None:
        return None
    if _is_number(value) and (movement.negated or movement.polarity is Polarity.NEGATIVE):
        return None
    named = _by_ending(name)
    if named is not None and named.polarity is not movement.polarity:
        return None
    return PolarityReading(movement.polarity, f"指标值说“{movement.words}”")


def _by_name(name: str, value: TargetValue) -> PolarityReading | None:
    """The way that a name points; None where the aim makes no sense with it (投诉率 100%, 增长率 0)."""
    reading = _by_ending(name)
    if reading is None and not _has_ending(name):
        reading = _by_moving(name)
    if reading is None:
        return None
    zero = value.comparator is EQUAL and value.number == 0
    if reading.polarity is Polarity.POSITIVE and zero:
        return None
    if reading.polarity is Polarity.NEGATIVE and value.kind is ValueKind.RATE and value.number == _WHOLE:
        return None
    movement = find_movement(name)
    if movement is None or zero or not _is_number(value) or measured_change(name) is not None:
        return reading
    counts_change = movement.negated or movement.falls or movement.polarity is Polarity.NEGATIVE
    ending_is_good = _has_ending(name) and reading.polarity is Polarity.POSITIVE
    return _by_saving(movement) if counts_change and not ending_is_good else reading


def _by_moving(name: str) -> PolarityReading | None:
    movement = find_movement(name)
    if movement is None or movement.polarity is None:
        return None
    if movement.polarity is Polarity.NEGATIVE and measures_help(name):
        return None
    return PolarityReading(movement.polarity, f"指标说“{movement.words}”")


def _by_saving(movement: Movement) -> PolarityReading | None:
    """节约用水45万立方米: the number counts what is saved; 降低成本1500元 may count either."""
    if movement.negated or not movement.saves:
        return None
    return PolarityReading(Polarity.POSITIVE, f"指标数的是“{movement.words}”多少")


def _has_ending(name: str) -> bool:
    return measured_change(name) is not None or name.endswith(tuple(ENDINGS))


def _by_ending(name: str) -> PolarityReading | None:
    """What the last words of a name say: 合格率, 不合格率, 能耗下降率; None where that is unclear."""
    change = measured_change(name)
    if change is not None:
        return PolarityReading(change.polarity, f"指标数的是“{change.words}”") if change.polarity else None
    word = next((word for word in _LONGEST_FIRST if name.endswith(word)), None)
    if word is None:
        return None
    head = name.removesuffix(word)
    polarity = ENDINGS[word]
    negation = negation_before(head)
    if negation is not None:
        # 不合格率 is what 合格率 leaves; what 无成本 or 非投诉率 count is not clear.
        turns = word.endswith(("率", "度")) and not negation.startswith(("非", "欠"))
        return PolarityReading(_OPPOSITE[polarity], f"指标是“{negation}{word}”") if turns else None
    if polarity is Polarity.POSITIVE and is_late(head):
        return None
    if polarity is Polarity.NEGATIVE and is_event(word) and negation_before(head, anywhere=True) is not None:
        # 无安全事故发生率 may be 0 or 100%.
        return None
    return PolarityReading(polarity, f"指标是“{word}”")


def _is_number(value: TargetValue) -> bool:
    return value.number is not None or value.low is not None or value.high is not None
