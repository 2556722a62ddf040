"""Forms in which a number, its sign, its bound or its unit may be printed, and those nobody can read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.numerals import read_chinese
from nlp.target_value import parse_target_value
from nlp.traditional import simplify
from ontology.model import ValueKind
from tests.nlp.describe import describe

SPOKEN = {
    "两千五": "quantity = 2500",
    "三百五": "quantity = 350",
    "一万五": "quantity = 15000",
    "一亿五": "quantity = 150000000",
    "一万二千三": "quantity = 12300",
    "一千零五": "quantity = 1005",
    "两万五亩": "quantity = 25000 亩",
    "三千六元": "money = 3600 元",
    "三百五万": "unknown",
    "3万5千元": "money = 35000 元",
    "1亿2千万元": "money = 120000000 元",
    "2千5百万元": "money = 2500 万元",
}

DECIMALS = {
    "百分之九十五点五": "rate = 95.5 %",
    "千分之一点五": "rate = 1.5 ‰",
    "百分之零点五以下": "rate <= 0.5 %",
    "七成五": "rate = 7.5 成",
    "八成五以上": "rate >= 8.5 成",
    "三点五公里": "quantity = 3.5 公里",
    "九点五个百分点": "rate = 9.5 个百分点",
    "一百五十三点二万元": "money = 153.2 万元",
}

SIGNS = {
    "大於等於95%": "rate >= 95 %",
    "不低於90%": "rate >= 90 %",
    "不超過3萬元": "money <= 3 萬元",
    "至少兩次": "quantity >= 2 次",
    "約300人": "quantity = 300 人",
    "不止5次": "quantity > 5 次",
    "不下10次": "quantity >= 10 次",
    "没有达到95%": "rate < 95 %",
    "没有达到95%以上": "unknown",
    "不必达到100%": "unknown",
    "负5%": "rate = -5 %",
    "增长率负5%": "rate = -5 %",
    "自负5%": "rate = 5 %",
    "减负5项": "quantity = 5 项",
    "正负5%": "rate [-5,5] %",
    "几乎100%": "rate = 100 %",
    "不低于95%以下": "unknown",
    "≥约30人": "unknown",
    "≥30人左右": "unknown",
    "不低于（含）80%": "rate >= 80 %",
    "超过（含）80%": "rate >= 80 %",
}

NAMED = {
    "30户以上自然村通硬化路": "unknown",
    "1000人以上行政村通公交": "unknown",
    "65岁以上老人免费体检": "unknown",
    "10万元以上设备完好": "unknown",
    "200人以上规模学校全覆盖": "unknown",
    "10家以上企业": "quantity >= 10 家",
    "100人以上参加": "quantity >= 100 人",
    "≥310天面向观众": "duration >= 310 天",
    "60周岁以上老年人体检率≥70%": "rate >= 70 %",
    "0-6岁儿童健康管理率≥90%": "rate >= 90 %",
    "65岁以上老人200人": "quantity = 200 人",
    "5G基站20座": "quantity = 20 座",
    "12345热线办结率≥99%": "rate >= 99 %",
    "PM2.5≤35微克/立方米": "quantity <= 35 微克/立方米",
    "5公里范围内覆盖率95%": "rate = 95 %",
    "A4纸200包": "quantity = 200 包",
    "2000元以上设备10台": "quantity = 10 台",
    "培训3次100人": "unknown",
    "培训100人以上满意度95%": "unknown",
    "5000元以上项目3个，5000元以下项目2个": "unknown",
    "95%以上的群众满意": "rate >= 95 %",
    "90%的学校达标": "rate = 90 %",
}

FIGURES = {
    "3 5": "unknown",
    "95 5%": "unknown",
    "1 2 3": "unknown",
    "3（5）": "unknown",
    "l00%": "unknown",
    "1 000人": "quantity = 1000 人",
    "1 234 567元": "money = 1234567 元",
    "667. 54 万元": "money = 667.54 万元",
    "1 0 0 %": "rate = 100 %",
    "365×24": "unknown",
    "12+8": "unknown",
    "3+2天": "unknown",
    "0x10": "unknown",
    "300元×20人×2天": "money 元",
    "08-31": "deadline <= 2021-08-31",
    "8-31前": "deadline <= 2021-08-31",
    "02-30": "unknown",
}

UNITS = {
    "500人·天": "quantity = 500 人·天",
    "年度2次": "frequency = 2 次/年度",
    "次/年≥4": "frequency >= 4 次/年",
    "万元：12": "money = 12 万元",
    "RMB50万": "money = 50 万元",
    "￥500.00": "money = 500 元",
    "¥120万": "money = 120 万元",
    "一半以上": "rate >= 0.5",
    "半数以上": "rate >= 0.5",
    "过半": "rate > 0.5",
    "超过半数": "rate > 0.5",
    "≤18/10万": "rate <= 18 /10万",
    "15元5角": "money = 15.5 元",
    "2年6个月": "duration = 2.5 年",
    "2024年6月起": "unknown",
    "不早于2024年6月": "unknown",
    "2000元5角": "money = 2000.5 元",
    "1小时20分钟": "duration = 80 分钟",
    "5000元至1万元": "money [5000,10000] 元",
    "千元以下": "money <= 1 千元",
    "万人以上": "quantity >= 1 万人",
    "百余人": "quantity > 1 百人",
    "25ppm": "quantity = 25 ppm",
}

INTERVALS = {
    "[80,90)": "quantity [80,90)",
    "[100,200)": "quantity [100,200)",
    "(0,5]天": "duration (0,5] 天",
    "[60%,70%)": "rate [60,70) %",
    "【1,200】元": "unknown",
    "介于5%和10%之间": "rate [5,10] %",
    "由15天缩短至10天": "duration = 10 天",
    "从80%提高到90%以上": "rate >= 90 %",
    "接警后5分钟内到场": "duration <= 5 分钟",
    "①≥95%": "rate >= 95 %",
    "1、不少于3次": "quantity >= 3 次",
    "1.≥95%": "rate >= 95 %",
}

PER_WHAT = {
    "年度≥4次": "frequency >= 4 次/年度",
    "每人每天¥60": "money = 60 元/人/天",
    "每户¥5万": "money = 5 万元/户",
    "每户补助人民币5万元": "money = 5 万元/户",
    "人均¥500": "money = 500 元/人",
    "人均两千五百元": "money = 2500 元/人",
    "每人每年15元5角": "money = 15.5 元/人/年",
    "每次1小时20分钟": "quantity = 80 分钟/次",
    "每天三点五小时": "frequency = 3.5 小时/天",
    "每人负5元": "money = -5 元/人",
    "每人负担5元": "money = 5 元/人",
    "每人减负500元": "money = 500 元/人",
    "每年±5%": "rate [-5,5] %",
    "每人千元以下": "money <= 1 千元/人",
    "每人补助千元以上": "money >= 1 千元/人",
    "人均千元以上": "money >= 1 千元/人",
    "每人百余元": "money > 1 百元/人",
    "每户5000元至1万元": "money [5000,10000] 元/户",
    "每户1元至5万元": "money [1,50000] 元/户",
    "人均5000元至1万元": "money [5000,10000] 元/人",
    "每平方米500和600元之间": "money [500,600] 元/平方米",
    "65岁以上老人每人每月100元": "money = 100 元/人/月",
    "65岁以上老人人均补助500元": "money = 500 元/人",
    "30户以上自然村每村10万元": "money = 10 万元/村",
    "每個小時1萬元": "money = 1 萬元/個小時",
    "每個項目5萬元": "money = 5 萬元/項目",
    "不必每月5次": "unknown",
    "不必人均500元": "unknown",
    "每月几十次": "unknown",
    "每年培训数十人": "unknown",
    "未达到0分": "unknown",
    "综合得分未达到85分": "quantity < 85 分",
    "12345热线得分85分": "quantity = 85 分",
}

VAGUE = [
    "提前15天",
    "四期",
    "八九成",
    "三五次",
    "七八个",
    "几百人",
    "每村几百人",
    "人均几百元",
    "户均千元左右",
    "每人两千五",
    "数十人次",
    "十几个",
    "≥九八%",
    "详见附件",
]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        (printed, expected)
        for cases in (SPOKEN, DECIMALS, SIGNS, NAMED, FIGURES, UNITS, INTERVALS, PER_WHAT)
        for printed, expected in cases.items()
    ],
)
def test_a_form_is_read(printed: str, expected: str) -> None:
    assert describe(parse_target_value(printed, fiscal_year=2021)) == expected


@pytest.mark.parametrize("printed", VAGUE)
def test_numerals_that_are_not_exact_are_no_words(printed: str) -> None:
    assert parse_target_value(printed, fiscal_year=2021).kind is ValueKind.UNKNOWN


@pytest.mark.parametrize(
    "printed", ["7×24小时", "三级", "一级", "二级以上", "多次", "一次性", "大半年", "明顯提高"]
)
def test_words_with_a_numeral_stay_words(printed: str) -> None:
    assert parse_target_value(printed).kind is ValueKind.QUALITATIVE


@given(st.integers(1, 9), st.sampled_from("百千万亿"), st.integers(1, 9))
def test_a_last_digit_counts_the_next_lower_place(first: int, place: str, last: int) -> None:
    digits = "零一二三四五六七八九"
    size = {"百": 100, "千": 1000, "万": 10**4, "亿": 10**8}[place]
    assert read_chinese(f"{digits[first]}{place}{digits[last]}") == first * size + last * size // 10
    assert read_chinese(f"{digits[first]}{place}零{digits[last]}") == first * size + last


@given(st.integers(1, 999), st.integers(1, 99), st.sampled_from(["", "%", "次"]))
def test_figures_that_a_blank_separates_are_not_one_number(first: int, second: int, unit: str) -> None:
    assert parse_target_value(f"{first} {second}{unit}").number is None


@given(st.text())
def test_simplified_text_is_as_long(text: str) -> None:
    assert len(simplify(text)) == len(text)
    assert simplify(simplify(text)) == simplify(text)
