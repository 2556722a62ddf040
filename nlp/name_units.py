"""Measure units in an indicator's name (名称里的度量单位): 参保率（%）, 死亡率（1/10万）, 培训人次.

What a bracket prints goes before what the name counts; a bracket that cannot be read blocks any guess.
"""

import re
from typing import NamedTuple

from nlp.canonical_units import canonical_unit
from nlp.measure_units import OF_STATES, PERIODS, RATIOS, SCALES, UNIT_KINDS, UnitKind
from nlp.polarity_words import negation_before
from nlp.target_value import parse_target_value
from nlp.unit_phrases import Unit, read_unit
from nlp.value_tokens import Cursor, split_tokens
from nlp.value_words import AVERAGED, COUNTED, DATES, EVERY, IN_TIMES, LABELS, NO_SHARES, is_note, labels
from ontology.model import ValueKind

PERCENT = frozenset({"%", "百分比", "百分百"})
_BRACKETED = re.compile(r"[(\[]([^()\[\]]{1,40})[)\]]$")
_INNER_BRACKETS = re.compile(r"[(\[][^()\[\]]{1,40}[)\]]")
_SCALE = "|".join(sorted((*SCALES, "十万", "十"), key=lambda scale: (-len(scale), scale)))
_MANY = rf"(?:[0-9]{{1,9}}|[一二三四五六七八九])?(?:{_SCALE})|1(?:0|,000|00|000){{1,3}}"
_FRACTION = re.compile(
    rf"(?:1?/|每)(?P<per>(?:{_MANY})(?:{'|'.join(sorted(UNIT_KINDS, key=len, reverse=True))})?(?:口|口数)?)"
    rf"|(?:{_MANY})分之[1一]?"
)
_PER_MANY = re.compile(rf"每(?:[0-9]|{_SCALE})")
_EVERY = re.compile("|".join(["每", *(word for word in EVERY if not word.startswith("每"))]))
_EDGES = " ,;:。、."
_COUNTS = frozenset({UnitKind.COUNT, UnitKind.DURATION, UnitKind.PHYSICAL})
_ADD_UP = frozenset({UnitKind.COUNT, UnitKind.MONEY})
_LONGEST_COUNTED = max(map(len, [*UNIT_KINDS, *COUNTED]))
_CALENDAR = DATES["year"] | DATES["quarter"] | {"月", "月度", "周", "学期", "学年"}
_LASTS = labels("of_dates", "of_times")
_AVERAGED = sorted(AVERAGED, key=len, reverse=True)
_PERCENT_SIGN = Unit("%", UnitKind.RATE)


class NamedUnit(NamedTuple):
    """A unit that a name gives the number beside it, the name without it, and whether the unit is printed."""

    unit: Unit
    name: str
    printed: bool


def unit_of_name(name: str) -> NamedUnit | None:
    """Given a compact name, return the unit of the number beside it; None where the name does not decide."""
    name = name.rstrip(_EDGES)
    while (bracketed := _BRACKETED.search(name)) and is_note(bracketed.group(1)):
        name = name[: bracketed.start()]
    if bracketed is None:
        unit = _PERCENT_SIGN if is_share(name) else _guessed(name)
        return NamedUnit(unit, name, printed=False) if unit is not None else None
    bare = name[: bracketed.start()]
    unit = _in_bracket(bare, bracketed.group(1))
    return NamedUnit(unit, bare, printed=True) if unit is not None else None


def is_share(name: str) -> bool:
    """Whether a name is that of a share of a hundred: 合格率, but not 容积率, 死亡率 or 万人投诉率."""
    if not name.endswith(LABELS["of_rates"]) or _PER_MANY.search(name):
        return False
    if name.endswith(NO_SHARES["names"]) and not name.endswith(NO_SHARES["but_shares"]):
        return False
    many = (*NO_SHARES["people"], *NO_SHARES["many"])
    return not (name.endswith(NO_SHARES["happenings"]) and any(word in name for word in many))


def is_degree(name: str) -> bool:
    """Whether a name asks how content people are, where a low number is a mark: not 不满意度."""
    degree = next((word for word in NO_SHARES["degrees"] if name.endswith(word)), None)
    return degree is not None and negation_before(name.removesuffix(degree)) is None


def counted_unit(name: str) -> Unit | None:
    """The unit that a name counts by: 人次 of 培训人次, 户 of 受益户数."""
    stem = name.removesuffix("数")
    for start in range(max(0, len(stem) - _LONGEST_COUNTED), len(stem)):
        word = stem[start:]
        if stem != name and word in COUNTED:
            return _unit(COUNTED[word])
        counted = stem != name or (word.endswith("次") and len(word) > 1)
        if counted and UNIT_KINDS.get(word) in _COUNTS:
            return _unit(word)
    return None


def _guessed(name: str) -> Unit | None:
    """What a name counts; 万人拥有床位数 counts them per so many, or counts for a plan of that name."""
    return None if name.startswith(NO_SHARES["people"]) else _per(name, counted_unit(name))


def _in_bracket(name: str, printed: str) -> Unit | None:
    printed = printed.removeprefix("单位:")
    sign = RATIOS.get(printed)
    if sign is not None:
        return Unit(sign, UnitKind.RATE)
    counted = counted_unit(name) or (_unit("次") if name.endswith(IN_TIMES) else None)
    fraction = _FRACTION.fullmatch(printed)
    per = _counted_per(printed) or (fraction["per"] if fraction is not None else None)
    if per is not None and counted is not None and counted.kind is not UnitKind.DURATION:
        # 检查次数（季度）
        return counted.per(per, period=per in PERIODS)
    if fraction is None and per is not None and is_share(name):
        return _PERCENT_SIGN
    if fraction is not None:
        return Unit(f"/{fraction['per']}" if printed.startswith("每") else printed, UnitKind.RATE)
    unit = _unit(printed)
    if unit is None or (per in _CALENDAR and not name.endswith(_LASTS) and counted is None):
        return None
    if unit.kind is UnitKind.DURATION and counted is not None and not _is_like(unit, counted):
        return None
    return unit if unit.kind is UnitKind.RATE else _per(name, unit)


def _counted_per(printed: str) -> str | None:
    """What a bracket says is counted over: 季度, 每季度, 每千人."""
    if printed in EVERY:
        return EVERY[printed]
    per = printed.removeprefix("每")
    if per in PERIODS or (per != printed and _unit(per) is not None):
        return per
    return None


def _is_like(unit: Unit, counted: Unit) -> bool:
    """Whether a time in a bracket measures what the name counts: 处理天数（工作日）, 月数（个月）."""
    mine, other = canonical_unit(unit.text), canonical_unit(counted.text)
    same = mine is not None and other is not None and mine.name == other.name
    return same or (unit.text.endswith(("日", "天")) and counted.text in ("日", "天"))


def _per(name: str, unit: Unit | None) -> Unit | None:
    """The unit per what the name counts by: 床位/千人 under 每千人口床位数; None where that is unclear."""
    if unit is None or unit.composite or unit.kind is UnitKind.RATE:
        return unit
    starts = [match.start() for match in _EVERY.finditer(name)]
    if starts:
        return _per_every(name, starts, unit)
    averaged = next((word for word in _AVERAGED if word in name), None)
    if averaged is None:
        return unit
    per = AVERAGED[averaged]
    # What is averaged over time need not add up: 年均水位 stays so many 米.
    adds_up = per not in PERIODS or (unit.kind in _ADD_UP and unit.text not in OF_STATES)
    return unit.per(per, period=per in PERIODS) if adds_up and per != unit.text else unit


def _per_every(name: str, starts: list[int], unit: Unit) -> Unit | None:
    value = parse_target_value(f"{_INNER_BRACKETS.sub('', name[starts[0] :])}1{unit.text}")
    counted = value.measure_unit or ""
    if value.number != 1 or not counted.startswith(f"{unit.text}/") or counted.count("/") != len(starts):
        return None
    return Unit(counted, unit.kind, composite=True, per_period=value.kind is ValueKind.FREQUENCY)


def _unit(printed: str) -> Unit | None:
    """The unit that a text is (万亩, 元/人); None where it is something else."""
    cursor = Cursor(split_tokens(printed))
    scale = cursor.accept(SCALES) or ""
    unit = read_unit(cursor)
    if unit is None or not cursor.ended:
        return None
    text = scale + unit.text
    return Unit(text, unit.kind, composite=unit.composite or "/" in text, per_period=unit.per_period)
