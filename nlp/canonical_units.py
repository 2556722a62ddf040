"""Canonical units (标准单位): by which factor a printed unit becomes the one it is compared in.

3万元 is 30000 元, 1.2公里 is 1200 m. Of composite units the numerator is made canonical and the rest is
kept, with one name for each thing: 万元/公里 becomes 元/公里, 次/年 stays. Units are named in QUDT where
it has them (http://qudt.org/vocab/unit/).
"""

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from nlp.measure_units import SCALES, UNIT_KINDS
from ontology.errors import VocabularyError

FILE = Path(__file__).with_name("canonical_units.toml")


@dataclass(frozen=True, slots=True)
class CanonicalUnit:
    """A unit to compare in: its name, the factor to it, its IRI in QUDT where there is one."""

    name: str
    factor: Decimal
    iri: str | None = None


def _read() -> tuple[dict[str, CanonicalUnit], dict[str, Decimal]]:
    declared: dict[str, Any] = tomllib.loads(FILE.read_text("utf-8"))
    units: dict[str, CanonicalUnit] = {}
    for item in declared["units"]:
        for printed, factor in item["is"].items():
            if printed in units:
                raise VocabularyError(f"度量单位 {printed} 在 {FILE.name} 里出现两次")
            if printed not in UNIT_KINDS:
                raise VocabularyError(f"{FILE.name} 里的度量单位 {printed} 不在 measure_units.toml 里")
            units[printed] = CanonicalUnit(item["name"], Decimal(factor), item.get("iri"))
    scales = {scale: Decimal(factor) for scale, factor in declared["scales"].items()}
    missing = SCALES - scales.keys()
    if missing:
        raise VocabularyError(f"{FILE.name} 的 [scales] 缺少 {'、'.join(sorted(missing))}")
    return units, scales


_UNITS, _SCALES = _read()
_BY_LENGTH = sorted(_SCALES, key=len, reverse=True)


@lru_cache(maxsize=4096)
def canonical_unit(measure_unit: str | None) -> CanonicalUnit | None:
    """Given a printed measure unit, return the one it is compared in; None where no number has a unit.

    A unit nobody listed is its own canonical unit.

    >>> canonical_unit("万元")
    CanonicalUnit(name='元', factor=Decimal('10000'), iri='http://qudt.org/vocab/unit/CCY_CNY')
    >>> canonical_unit("万元/公里").name
    '元/公里'
    """
    if not measure_unit:
        return None
    if measure_unit in _UNITS or "/" not in measure_unit:
        return _whole(measure_unit)
    numerator, _, rest = measure_unit.partition("/")
    unit = _whole(numerator)
    return CanonicalUnit(f"{unit.name}/{rest}", unit.factor)


def _whole(printed: str) -> CanonicalUnit:
    known = _UNITS.get(printed)
    if known is not None:
        return known
    for scale in _BY_LENGTH:
        base = printed.removeprefix(scale)
        if base != printed and (not base or base in _UNITS or base in UNIT_KINDS):
            unit = _UNITS.get(base) or CanonicalUnit(base, Decimal(1))
            return CanonicalUnit(unit.name, unit.factor * _SCALES[scale], unit.iri)
    return CanonicalUnit(printed, Decimal(1))
