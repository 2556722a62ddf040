"""Laws of reading target values: no crash, no matter of width or blanks, what is printed comes back, fast."""

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.measure_units import PERIODS, UNIT_KINDS, UnitKind
from nlp.score_rules import rule_max_score
from nlp.target_value import LONGEST_VALUE, looks_like_value, parse_target_value
from ontology.model import Comparator, TargetValue, ValueKind

LETTERS = (
    "0123456789０５％%.,，、。~-—至≥≤><=＝()（）*×/·年月日天次个万亿元人分钟季度"
    "底前内以上下不少于超过每约余完成达到零无一二十百优提高X 　\n"
)
VALUES = [
    "≥95%",
    "90%(含)以上",
    "80%-90%",
    "90%≤X≤95%",
    "不少于2次/年",
    "每季度1次",
    "2023年12月底前完成",
    "2020.12.25",
    "3万元以内",
    "1.5万人次",
    "2500元*3人*6月=45000元",
    "完成10分,未完成0分",
    "零事故",
    "显著提升",
    "保障24小时值班",
    "省级5个,市级10个",
    "60元/人·月",
    "百分之九十五",
    "≥XX%",
]
COUNTED = sorted(unit for unit, kind in UNIT_KINDS.items() if kind is not UnitKind.RATE and "/" not in unit)
NUMBERS = st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False, allow_infinity=False)
SIGNS = {"≥": ">=", "≤": "<=", ">": ">", "<": "<", "=": "=", "": "="}


def in_full_width(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


@given(st.one_of(st.text(), st.text(alphabet=LETTERS)), st.one_of(st.none(), st.integers(-10, 20_000)))
def test_every_text_has_a_consistent_value(text: str, fiscal_year: int | None) -> None:
    value = parse_target_value(text, fiscal_year=fiscal_year)
    looks_like_value(text)
    rule_max_score(text)
    wordless = (ValueKind.QUALITATIVE, ValueKind.UNKNOWN, ValueKind.EMPTY, ValueKind.SCORE_RULE)
    if value.kind in wordless:
        assert value == TargetValue(kind=value.kind)
    if value.number is not None:
        assert value.comparator is not None
    if value.low is not None and value.high is not None:
        assert value.low <= value.high
    assert (value.low is None) == (value.low_closed is None)
    assert (value.high is None) == (value.high_closed is None)
    assert value.day is None or value.kind is ValueKind.DEADLINE


@given(st.sampled_from(VALUES), st.data())
def test_width_and_blanks_make_no_difference(printed: str, data: st.DataObject) -> None:
    wide = in_full_width(printed)
    gaps = [n for n in range(1, len(wide)) if not (wide[n - 1].isdecimal() and wide[n].isdecimal())]
    for gap in sorted(data.draw(st.sets(st.sampled_from(gaps or [0]))), reverse=True):
        wide = wide[:gap] + data.draw(st.sampled_from([" ", "　", "\n", "\u00a0"])) + wide[gap:]
    assert parse_target_value(wide, fiscal_year=2021) == parse_target_value(printed, fiscal_year=2021)


@given(st.sampled_from(sorted(SIGNS)), NUMBERS, st.sampled_from(["", "万", "亿"]), st.sampled_from(COUNTED))
def test_what_is_printed_comes_back(sign: str, number: Decimal, scale: str, unit: str) -> None:
    printed = f"{sign}{number}{scale}{unit}"
    if unit in ("年", "月", "日", "季", "季度", "年度") and not scale:
        return  # may be a date
    value = parse_target_value(printed)
    assert (value.comparator, value.number, value.measure_unit) == (
        Comparator(SIGNS[sign]),
        number,
        scale + unit,
    )


@pytest.mark.parametrize("printed", ["2000小时", "2000天", "≥2000分钟", "2000.00刻钟"])
def test_a_length_of_time_like_a_year_is_a_length_of_time(printed: str) -> None:
    assert parse_target_value(printed).kind is ValueKind.DURATION


@given(NUMBERS, NUMBERS, st.sampled_from(["%", "次", "万元", "个工作日"]))
def test_a_printed_range_comes_back(first: Decimal, second: Decimal, unit: str) -> None:
    low, high = sorted((first, second))
    value = parse_target_value(f"{low}{unit}-{high}{unit}")
    assert (value.low, value.high, value.measure_unit, value.number) == (low, high, unit, None)


@given(NUMBERS, st.sampled_from(["次", "场", "期", "人次"]), st.sampled_from(sorted(PERIODS)))
def test_a_count_per_period_is_a_frequency(number: Decimal, unit: str, period: str) -> None:
    value = parse_target_value(f"≥{number}{unit}/{period}")
    assert (value.kind, value.number, value.measure_unit) == (ValueKind.FREQUENCY, number, f"{unit}/{period}")


@given(st.sampled_from(VALUES))
def test_the_fiscal_year_matters_to_deadlines_only(printed: str) -> None:
    one, other = (parse_target_value(printed, fiscal_year=year) for year in (2020, 2024))
    assert one == other or one.kind is ValueKind.DEADLINE


LONG = [
    "9",
    "9,",
    "1,000",
    "≥",
    "一",
    "一千",
    "(",
    "95%，",
    "完成10分，",
    "按比例",
    "每",
    "每少1次扣1分",
    "1.",
    "12 ",
    "-",
    "1/",
    "X",
    "未完成,",
    "1分",
    "扣",
    "2023年12月",
    "每人",
    "万",
    "≥95%且",
    " ",
    "\n",
    "a",
    "显著提升",
    "元/",
    "百分之",
    "1分以上",
    "1分得",
    "不得分",
    "每1户",
    "每人每",
]


@pytest.mark.parametrize("piece", LONG)
@pytest.mark.parametrize("end", ["", "x", "分", "≥95%"])
def test_a_hundred_thousand_characters_take_no_time(piece: str, end: str) -> None:
    text = piece * (100_000 // len(piece)) + end
    start = time.process_time()
    parse_target_value(text, fiscal_year=2021)
    looks_like_value(text)
    rule_max_score(text)
    assert time.process_time() - start < 20


@pytest.mark.parametrize("piece", LONG)
@pytest.mark.parametrize("end", ["", "x", "分", "≥95%"])
def test_the_longest_text_that_is_parsed_takes_no_time(piece: str, end: str) -> None:
    text = (piece * LONGEST_VALUE)[: LONGEST_VALUE - len(end)] + end
    start = time.process_time()
    for fiscal_year in range(2000, 2010):
        parse_target_value(text, fiscal_year=fiscal_year)
    assert time.process_time() - start < 20
