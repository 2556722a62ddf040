"""Measure units (度量单位) as printed and the kind of value they make, read from measure_units.toml."""

import tomllib
from enum import StrEnum
from pathlib import Path
from typing import Any

from ontology.errors import VocabularyError

FILE = Path(__file__).with_name("measure_units.toml")


class UnitKind(StrEnum):
    """What a measure unit counts or measures."""

    RATE = "rate"
    MONEY = "money"
    DURATION = "duration"
    COUNT = "count"
    PHYSICAL = "physical"


def _read_kinds(declared: dict[str, list[str]]) -> dict[str, UnitKind]:
    kinds: dict[str, UnitKind] = {}
    for kind in UnitKind:
        for printed in declared[kind]:
            if printed in kinds:
                raise VocabularyError(
                    f"度量单位 {printed} 在 {FILE.name} 里出现两次：{kinds[printed]} 和 {kind}"
                )
            kinds[printed] = kind
    return kinds


_DECLARED: dict[str, Any] = tomllib.loads(FILE.read_text("utf-8"))

UNIT_KINDS: dict[str, UnitKind] = _read_kinds(_DECLARED)
"""Kind of each printed unit, without 万 or 亿 before it."""

SCALES: frozenset[str] = frozenset(_DECLARED["scales"])
"""万, 亿 and the like: part of the printed unit (万元 stays 万元)."""

PERIODS: frozenset[str] = frozenset(_DECLARED["periods"])
"""Units after 每 or / that make a count a frequency: 4次/年."""

BARE_PERIODS = frozenset(_DECLARED["bare_periods"])
"""Periods that are parts of a date: 月：5 may be May."""

NOT_AFTER_CHINESE: frozenset[str] = frozenset(_DECLARED["not_after_chinese_numerals"])
"""Units that make an ordinary word of a Chinese numeral: 一级, 一路."""

CLASSIFIERS: frozenset[str] = frozenset(_DECLARED["classifiers"])
"""Units that say nothing more before any noun: 名 in 每名学生."""

CLASSIFIED: dict[str, frozenset[str]] = {
    unit: frozenset(nouns) for unit, nouns in _DECLARED["classified"].items()
}
"""Other units and the nouns before which they say nothing more: 所 and 学校."""

OTHER_NOUNS: tuple[str, ...] = tuple(sorted(_DECLARED["other_nouns"], key=lambda noun: (-len(noun), noun)))
"""Nouns that only begin with the letters of a unit, 场馆, the longest first."""

CLOCK: frozenset[str] = frozenset(_DECLARED["clock"])
"""每天8点, 1小时30分 say when or how long, not how often."""

OF_STATES: frozenset[str] = frozenset(_DECLARED["of_states"])
"""Units of a state, which does not add up over a period: 90分 a month."""

RATIOS: dict[str, str] = {word: sign for sign, words in _DECLARED["ratios"].items() for word in words}
"""Ratios in words, with the sign that they stand for: 千分之 is ‰."""
