"""Measure units (度量单位) as printed and the kind of value they make, read from measure_units.toml."""

import tomllib
from enum import StrEnum
from pathlib import Path

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


_DECLARED: dict[str, list[str]] = tomllib.loads(FILE.read_text("utf-8"))

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
