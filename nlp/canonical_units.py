"""Canonical units (标准单位): by which factor a printed unit becomes the one it is compared in.

3万元 is 30000 元, 1.2公里 is 1200 m, 2万亩次 is 20000 亩次. What a composite unit is per is made canonical
too: 0.5万元/公里 is 5 元/m, 次/季 is 次/季度, 元/人/月 is 元/人·月. Only what is exactly so is turned: a 季度
is no decimal part of anything, so it stays. Units are named in QUDT where it has them
(http://qudt.org/vocab/unit/).
"""

import re
import tomllib
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

from nlp.measure_units import PERIODS, SCALES, UNIT_KINDS
from nlp.numerals import ARABIC, CHINESE, read_arabic, read_chinese
from nlp.traditional import simplify
from ontology.errors import VocabularyError

FILE = Path(__file__).with_name("canonical_units.toml")
MONEY = "元"
_TIMES = re.compile(r"[·*、]")
_FRACTION = re.compile(r"1/(.+)|(.+)分之[1一]?")
"""1/10万 and 10万分之 are /10万."""


@dataclass(frozen=True, slots=True)
class CanonicalUnit:
    """A unit to compare in: its name, the factor to it, its IRI in QUDT where there is one."""

    name: str
    factor: Decimal
    iri: str | None = None

    def times(self, factor: Decimal) -> "CanonicalUnit":
        """The same unit for numbers that count so many of what is printed: 万人 for 人."""
        return replace(self, factor=_plain_decimal(self.factor * factor))


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
_FIRST_NAMES: dict[tuple[str, Decimal], str] = {}
for _printed, _unit in _UNITS.items():
    _FIRST_NAMES.setdefault((_unit.name, _unit.factor), _printed)
_PERIOD_NAMES = PERIODS | {unit.name for printed, unit in _UNITS.items() if printed in PERIODS}


@lru_cache(maxsize=4096)
def canonical_unit(measure_unit: str | None) -> CanonicalUnit | None:
    """Given a printed measure unit, return the one it is compared in; None where no number has a unit.

    A unit nobody listed is its own canonical unit, but for 万 and the like before it.

    >>> canonical_unit("万元")
    CanonicalUnit(name='元', factor=Decimal('10000'), iri='http://qudt.org/vocab/unit/CCY_CNY')
    >>> canonical_unit("万元/公里").name, canonical_unit("万元/公里").factor
    ('元/m', Decimal('10'))
    """
    if not measure_unit:
        return None
    measure_unit = simplify(measure_unit)
    known = _UNITS.get(measure_unit)
    if known is not None:
        return known
    fraction = _FRACTION.fullmatch(measure_unit)
    if fraction is not None:
        return _per(CanonicalUnit("", Decimal(1)), fraction[1] or fraction[2])
    scale, base = _split_scale(measure_unit)
    if scale and base:
        if base.startswith("/") and any(part in PERIODS for part in _parts(base)):
            # 2万/月 is money, its 元 left out.
            base = MONEY + base
        canonical = canonical_unit(base)
        return canonical.times(_SCALES[scale]) if canonical else None
    numerator, per, rest = measure_unit.partition("/")
    if per:
        return _per(canonical_unit(numerator) or CanonicalUnit("", Decimal(1)), rest)
    return CanonicalUnit("", _SCALES[scale]) if scale else CanonicalUnit(measure_unit, Decimal(1))


def _split_scale(printed: str) -> tuple[str, str]:
    """万 and 亩次 of 万亩次; nothing and the unit where it only begins with such a letter, 千伏."""
    if printed in UNIT_KINDS:
        return "", printed
    for scale in _BY_LENGTH:
        base = printed.removeprefix(scale)
        if base != printed:
            return scale, base
    return "", printed


def _per(numerator: CanonicalUnit, rest: str) -> CanonicalUnit:
    """What a unit is per, each thing by one name, periods last."""
    factor, names = numerator.factor, []
    for printed in _parts(rest):
        counted = _counted(printed)
        factor /= counted.factor
        names.append((counted.name in _PERIOD_NAMES, counted.name))
    per = "·".join(name for _, name in sorted(names))
    return CanonicalUnit(f"{numerator.name}/{per}", _plain_decimal(factor))


def _parts(per: str) -> list[str]:
    """人 and 月 of 人·月; a 千瓦·时 is one thing."""
    parts: list[str] = []
    for printed in per.split("/"):
        parts.extend([printed] if printed in _UNITS else _TIMES.split(printed))
    return parts


def _counted(printed: str) -> CanonicalUnit:
    """What something is counted per: 公里 is 1000 m and 10万人 are 100000 人, but 2年 and 季度 stay."""
    number, unit = _split_number(printed)
    canonical = canonical_unit(unit) or CanonicalUnit("", Decimal(1))
    if not canonical.name:
        # ≤18/10万
        return CanonicalUnit(_plain(number * canonical.factor), Decimal(1))
    if not _divides_exactly(canonical.factor):
        canonical = CanonicalUnit(_FIRST_NAMES.get((canonical.name, canonical.factor), unit), Decimal(1))
    if number.normalize().as_tuple().digits == (1,):
        return canonical.times(number)
    return CanonicalUnit(_plain(number) + canonical.name, canonical.factor)


def _split_number(printed: str) -> tuple[Decimal, str]:
    if printed not in UNIT_KINDS:
        arabic = ARABIC.match(printed)
        if arabic:
            return read_arabic(arabic[0]), printed[arabic.end() :]
        chinese = CHINESE.match(printed)
        number = read_chinese(chinese[0]) if chinese else None
        if chinese and number and printed[chinese.end() :] in UNIT_KINDS:
            return number, printed[chinese.end() :]
    return Decimal(1), printed


def _divides_exactly(factor: Decimal) -> bool:
    """Whether one divided by a factor is a decimal number."""
    whole = Fraction(factor).numerator
    for prime in (2, 5):
        while whole % prime == 0:
            whole //= prime
    return whole == 1


def _plain_decimal(number: Decimal) -> Decimal:
    return Decimal(_plain(number))


def _plain(number: Decimal) -> str:
    """A number as it is written, without an exponent."""
    return format(number.normalize(), "f")
