"""Canonical units: what is exactly the same compares equal, what only looks alike does not."""

from decimal import Decimal

import pytest

from nlp.canonical_units import CanonicalUnit, canonical_unit
from nlp.measure_units import SCALES, UNIT_KINDS
from nlp.target_value import parse_target_value

QUDT = "http://qudt.org/vocab/unit/"


def amount(printed: str) -> tuple[Decimal, str]:
    value = parse_target_value(printed)
    unit = canonical_unit(value.measure_unit)
    assert value.number is not None and unit is not None
    return value.number * unit.factor, unit.name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("3万元", "30000元"),
        ("八成以上", "80%"),
        ("5‰", "0.5%"),
        ("1.5亿元", "15000万元"),
        ("1.2公里", "1200米"),
        ("2吨", "2000公斤"),
        ("1公顷", "10000平方米"),
        ("1.5万人次", "15000人次"),
        ("1个季度", "3个月"),
        ("0.5万元/公里", "5000元/公里"),
        ("20名", "20人"),
        ("30分钱", "0.3元"),
    ],
)
def test_equal_amounts(one: str, other: str) -> None:
    assert amount(one) == amount(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("5个百分点", "5%"),
        ("100人", "100人次"),
        ("90分", "90元"),
        ("30分", "30分钟"),
        ("5个工作日", "5天"),
        ("1个月", "30天"),
        ("12个月", "1年"),
        ("1学年", "1年"),
        ("100美元", "100元"),
        ("10元/人", "10元"),
    ],
)
def test_what_only_looks_alike(one: str, other: str) -> None:
    assert amount(one)[1] != amount(other)[1]


def test_units_are_named_in_qudt_where_they_can_be() -> None:
    assert canonical_unit("万元") == CanonicalUnit("元", Decimal(10_000), f"{QUDT}CCY_CNY")
    assert canonical_unit("%") == CanonicalUnit("%", Decimal(1), f"{QUDT}PERCENT")
    assert canonical_unit("万人次") == CanonicalUnit("人次", Decimal(10_000))
    assert canonical_unit("元/人·月") == CanonicalUnit("元/人·月", Decimal(1))
    assert canonical_unit(None) is None


def test_every_unit_has_a_canonical_one() -> None:
    for unit in UNIT_KINDS:
        for scale in ("", *SCALES):
            canonical = canonical_unit(scale + unit)
            assert canonical is not None and canonical.factor > 0
