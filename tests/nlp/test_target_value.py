"""Printed target values (指标值) and what they say."""

from decimal import Decimal

import pytest

from nlp.target_value import parse_target_value
from ontology.model import Comparator, TargetValue, ValueKind
from tests.nlp.describe import describe


def check(printed: str, expected: str) -> None:
    assert describe(parse_target_value(printed, fiscal_year=2021)) == expected


RATES = {
    "≥95%": "rate >= 95 %",
    "≧95％": "rate >= 95 %",
    "⩾95﹪": "rate >= 95 %",
    ">=95": "quantity >= 95",
    "＞=3": "quantity >= 3",
    "＝100.00(%)": "rate = 100 %",
    "≥90.00（％）": "rate >= 90 %",
    "100%以上": "rate >= 100 %",
    "95%及以上": "rate >= 95 %",
    "90%（含）以上": "rate >= 90 %",
    "90%（不含）以上": "rate > 90 %",
    "超过90%（含）": "rate >= 90 %",
    "大于等于90%（含90%）": "rate >= 90 %",
    "≥90%以上": "rate >= 90 %",
    "＞95%以上": "rate > 95 %",
    "≥≥95%": "rate >= 95 %",
    "=≥95%%": "rate >= 95 %",
    "达到95%": "rate = 95 %",
    "达到95%以上": "rate >= 95 %",
    "控制在5%以内": "rate <= 5 %",
    "控制在5%": "rate <= 5 %",
    "控制在80%以上": "rate >= 80 %",
    "不高于5%": "rate <= 5 %",
    "高于90%": "rate > 90 %",
    "低于5%": "rate < 5 %",
    "小于等于5%": "rate <= 5 %",
    "等于100%": "rate = 100 %",
    "0.1%以下": "rate <= 0.1 %",
    ".5%": "rate = 0.5 %",
    "-5%": "rate = -5 %",
    "≥-5%": "rate >= -5 %",
    "100百分比": "rate = 100 百分比",
    "≥100百分比": "rate >= 100 百分比",
    "百分百": "rate = 100 %",
    "百分之九十五以上": "rate >= 95 %",
    "千分之三以下": "rate <= 3 ‰",
    "八成以上": "rate >= 8 成",
    "降低2个百分点以上": "rate >= 2 个百分点",
    "较上年增长5%": "rate = 5 %",
    "比2020年增长5%": "rate = 5 %",
    "同比增长≥8%": "rate >= 8 %",
    "年均增长5%": "rate = 5 %",
    "100%完成": "rate = 100 %",
    "100%全覆盖": "rate = 100 %",
    "95%满意": "rate = 95 %",
    "约80%": "rate = 80 %",
    "（≥95%）": "rate >= 95 %",
    "★≥95%。": "rate >= 95 %",
}

QUANTITIES = {
    "100": "quantity = 100",
    "2021": "quantity = 2021",
    "100.00": "quantity = 100",
    "44,561": "quantity = 44561",
    "0": "quantity = 0",
    "≥50个": "quantity >= 50 个",
    "=1 项": "quantity = 1 项",
    "=1.00(个)": "quantity = 1 个",
    "不少于90次": "quantity >= 90 次",
    "至少3次": "quantity >= 3 次",
    "最多5次": "quantity <= 5 次",
    "不足3次": "quantity < 3 次",
    "180余次": "quantity > 180 次",
    "2万余件": "quantity > 2 万件",
    "1.5万人次": "quantity = 1.5 万人次",
    "1，200人": "quantity = 1200 人",
    "约200人": "quantity = 200 人",
    "200左右": "quantity = 200",
    "365天/3人": "quantity = 365 天/3人",
    "24人/次": "quantity = 24 人/次",
    "≤28.40/株": "quantity <= 28.4 /株",
    "50个（套）": "quantity = 50 个(套)",
    "≥80M": "quantity >= 80 M",
    "≥10000㎡": "quantity >= 10000 ㎡",
    "30吨/日": "quantity = 30 吨/日",
    "≥90分": "quantity >= 90 分",
    "100亩次": "quantity = 100 亩次",
    "250万": "quantity = 250 万",
    "≥3榀": "quantity >= 3 榀",
    "≥50个个": "quantity >= 50 个",
    "三次": "quantity = 3 次",
    "一百二十人": "quantity = 120 人",
    "200名学生": "quantity = 200 名",
    "5支队伍": "quantity = 5 支",
    "完成3个项目": "quantity = 3 个",
    "0起": "quantity = 0 起",
    "零事故": "quantity = 0",
    "无": "quantity = 0",
    "12次（每季度3次）": "quantity = 12 次",
    "5*1200*12个月": "quantity",
    "7×24小时": "qualitative",
}

MONEY = {
    "≤90万元": "money <= 90 万元",
    "3万元以内": "money <= 3 万元",
    "在4.3万元以内": "money <= 4.3 万元",
    "控制在5.66万元": "money <= 5.66 万元",
    "667. 54 万元": "money = 667.54 万元",
    "五万元": "money = 5 万元",
    "两万五千元": "money = 25000 元",
    "一亿五千万元": "money = 150000000 元",
    "90元/册": "money = 90 元/册",
    "5000元/月": "money = 5000 元/月",
    "3万元/4次": "money = 3 万元/4次",
    "300元/13人": "money = 300 元/13人",
    "60元/人·月": "money = 60 元/人·月",
    "100元/人每年": "money = 100 元/人/年",
    "2.5元/m³": "money = 2.5 元/m³",
    "每人每天60元": "money = 60 元/人/天",
    "每亩补助100元": "money = 100 元/亩",
    "2500元*3人*6月=45000元": "money = 45000 元",
    "2500元×12=30000": "money = 30000 元",
    "3000元*12月": "money 元",
    "2万元x3": "money 万元",
    "100万元（含税）": "money = 100 万元",
}

PERIODS = {
    "12个月": "duration = 12 个月",
    "365天": "duration = 365 天",
    "≥10年": "duration >= 10 年",
    "≤2小时": "duration <= 2 小时",
    "24小时内": "duration <= 24 小时",
    "3个工作日内": "duration <= 3 个工作日",
    "30日内办结": "duration <= 30 日",
    "2小时内到达现场": "duration <= 2 小时",
    "半年内": "duration <= 0.5 年",
    "一年": "duration = 1 年",
    "≥12月": "duration >= 12 月",
    "合同签订后30日内": "duration <= 30 日",
    "质保期3年": "duration = 3 年",
    "4次/年": "frequency = 4 次/年",
    "1次/季度": "frequency = 1 次/季度",
    "3次/3年": "frequency = 3 次/3年",
    "每季度1次": "frequency = 1 次/季度",
    "每年不少于2次": "frequency >= 2 次/年",
    "不少于2次/年": "frequency >= 2 次/年",
    "2次每年": "frequency = 2 次/年",
    "每半年一次": "frequency = 1 次/半年",
    "一年两次": "frequency = 2 次/年",
    "季度1次": "frequency = 1 次/季度",
    "年均3次": "frequency = 3 次/年",
    "8小时/天": "frequency = 8 小时/天",
}

RANGES = {
    "80%-90%": "rate [80,90] %",
    "80-90%": "rate [80,90] %",
    "80%—90": "rate [80,90] %",
    "80%~90%": "rate [80,90] %",
    "80%到90%之间": "rate [80,90] %",
    "60%-80%（不含）": "rate [60,80) %",
    "2-3次": "quantity [2,3] 次",
    "2万-3万元": "money [2,3] 万元",
    "1000元-2000元/人": "money [1000,2000] 元/人",
    "3-5个工作日": "duration [3,5] 个工作日",
    "每年1-2次": "frequency [1,2] 次/年",
    "90%≤X≤95%": "rate [90,95] %",
    "90%<合格率≤100%": "rate (90,100] %",
    "95%≥X≥90%": "rate [90,95] %",
    "≥80%且≤90%": "rate [80,90] %",
    "≥85%≤95%": "rate [85,95] %",
    "80%以上90%以下": "rate [80,90] %",
    "高于90%低于95%": "rate (90,95) %",
    "不超过5次不少于3次": "quantity [3,5] 次",
    "90±2%": "rate [88,92] %",
    "±5%": "rate [-5,5] %",
    "95%≤X": "rate >= 95 %",
}

LABELLED = {
    "群众满意度达95%以上": "rate >= 95 %",
    "合格率100%": "rate = 100 %",
    "合格率(%)≥95": "rate >= 95 %",
    "培训人数≥100人": "quantity >= 100 人",
    "每天扫描总量 2500 页": "frequency = 2500 页/天",
    "≥95%，及时": "rate >= 95 %",
    "合格率100%，及时完成": "rate = 100 %",
    "≥90%；≤100%": "rate [90,100] %",
}


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        *RATES.items(),
        *QUANTITIES.items(),
        *MONEY.items(),
        *PERIODS.items(),
        *RANGES.items(),
        *LABELLED.items(),
    ],
)
def test_a_printed_value_is_read(printed: str, expected: str) -> None:
    check(printed, expected)


@pytest.mark.parametrize(
    ("printed", "low", "high", "low_closed", "high_closed"),
    [
        ("95%以上", 95, None, True, None),
        ("超过95%", 95, None, False, None),
        ("180余次", 180, None, False, None),
        ("3万元以内", None, 3, None, True),
        ("低于5%", None, 5, None, False),
        ("不满1年", None, 1, None, False),
        ("100%", 100, 100, True, True),
        ("约200人", None, None, None, None),
    ],
)
def test_bounds_follow_the_civil_code(
    printed: str, low: int | None, high: int | None, low_closed: bool | None, high_closed: bool | None
) -> None:
    value = parse_target_value(printed)
    assert (value.low, value.high) == (low, high)
    assert (value.low_closed, value.high_closed) == (low_closed, high_closed)


def test_a_range_has_bounds_and_no_number() -> None:
    assert parse_target_value("80%-90%") == TargetValue(
        kind=ValueKind.RATE,
        measure_unit="%",
        low=Decimal(80),
        high=Decimal(90),
        low_closed=True,
        high_closed=True,
    )


def test_equal_values_print_alike() -> None:
    assert str(parse_target_value("100.00%").number) == str(parse_target_value("100%").number) == "100"
    assert parse_target_value("≥0.50%").comparator is Comparator.AT_LEAST


@pytest.mark.parametrize("printed", ["满意度�95%", "�95%", "95�", "2023年�月底前", "�提升", "完成�得10分"])
def test_a_lost_letter_leaves_nothing_known(printed: str) -> None:
    assert parse_target_value(printed).kind is ValueKind.UNKNOWN
