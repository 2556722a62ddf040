"""Canonical units: what is exactly the same compares equal, what only looks alike does not."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.canonical_units import CanonicalUnit, canonical_unit
from nlp.measure_units import SCALES, UNIT_KINDS
from nlp.target_value import parse_target_value

FACTORS = {
    "百": 10**2,
    "佰": 10**2,
    "千": 10**3,
    "仟": 10**3,
    "万": 10**4,
    "萬": 10**4,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "億": 10**8,
    "百亿": 10**10,
    "千亿": 10**11,
    "万亿": 10**12,
}
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
        ("3万亩次", "30000亩次"),
        ("2万/月", "20000元/月"),
        ("35微克/立方米", "35μg/m³"),
        ("10kV", "10千伏"),
        ("100元/㎡", "100元/平方米"),
        ("1次/季", "1次/季度"),
        ("每季度1次", "1次/季"),
        ("60元/天", "60元/日"),
        ("每人每月60元", "60元/人·月"),
        ("5人/10万人", "50人/百万人"),
        ("6张/千人", "0.006张/人"),
        ("每两年1次", "1次/2年"),
        ("0.5吨/万元", "0.05公斤/元"),
        ("30千米/小时", "30公里/小时"),
        ("3噸", "3吨"),
        ("每個項目5萬元", "每个项目5万元"),
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
        ("10元/人", "10元/次"),
        ("1次/季度", "3次/年"),
        ("100元/13人", "100元/人"),
        ("100M/s", "100米/秒"),
    ],
)
def test_what_only_looks_alike(one: str, other: str) -> None:
    assert amount(one)[1] != amount(other)[1]


def test_units_are_named_in_qudt_where_they_can_be() -> None:
    assert canonical_unit("万元") == CanonicalUnit("元", Decimal(10_000), f"{QUDT}CCY_CNY")
    assert canonical_unit("%") == CanonicalUnit("%", Decimal(1), f"{QUDT}PERCENT")
    assert canonical_unit("万人次") == CanonicalUnit("人次", Decimal(10_000))
    assert canonical_unit("元/人·月") == canonical_unit("元/人/月") == CanonicalUnit("元/人·月", Decimal(1))
    assert canonical_unit(None) is None


UNITS = st.sampled_from(
    [*UNIT_KINDS, "步", "亩次", "个(套)", "元/人", "次/年", "/次", "人/10万人", "元/个(套)"]
)
SYNONYMS = [
    ("㎡", "平方米"),
    ("天", "日"),
    ("季", "季度"),
    ("个季度", "季度"),
    ("个月", "月"),
    ("名", "人"),
    ("千瓦·时", "kWh"),
    ("两年", "2年"),
    ("立方米", "m³"),
    ("百户", "100户"),
]


@given(UNITS, st.sampled_from(sorted(SCALES)))
def test_a_scale_before_any_unit_multiplies_it(unit: str, scale: str) -> None:
    one, scaled = canonical_unit(unit), canonical_unit(scale + unit)
    assert one is not None and scaled is not None
    assert (scaled.name, scaled.factor, scaled.iri) == (one.name, one.factor * FACTORS[scale], one.iri)


@given(UNITS, st.sampled_from(SYNONYMS))
def test_what_a_unit_is_per_has_one_name(unit: str, synonyms: tuple[str, str]) -> None:
    one, other = synonyms
    assert canonical_unit(f"{unit}/{one}") == canonical_unit(f"{unit}/{other}")


@given(
    UNITS, st.lists(st.sampled_from(["人", "月", "户", "天", "公里"]), min_size=2, max_size=3, unique=True)
)
def test_what_a_unit_is_per_has_no_order(unit: str, counted: list[str]) -> None:
    printed = {f"{unit}/{sign.join(counted)}" for sign in "/·*、"} | {f"{unit}/{'/'.join(counted[::-1])}"}
    assert len({canonical_unit(one) for one in printed}) == 1


def test_money_without_its_name() -> None:
    assert canonical_unit("万/月") == canonical_unit("万元/月") == CanonicalUnit("元/月", Decimal(10_000))
    assert canonical_unit("万/次") == CanonicalUnit("/次", Decimal(10_000))
    assert canonical_unit("/10万") != canonical_unit("/万")


@pytest.mark.parametrize("printed", ["1/10万", "1/十万", "1/100000", "10万分之", "十万分之一", "10万分之1"])
def test_a_part_of_so_many_is_told_in_many_ways(printed: str) -> None:
    canonical = canonical_unit(printed)
    assert canonical is not None
    assert canonical == canonical_unit("/10万")
