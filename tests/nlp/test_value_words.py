"""Words that bind a number, wherever they stand: negations, notes in parentheses, behind what is counted."""

from decimal import Decimal

import pytest

from nlp.target_value import parse_target_value
from nlp.value_words import BEFORE
from tests.nlp.describe import describe

CASES = {
    # a negation turns a comparison round
    "不能高于5%": "rate <= 5 %",
    "不宜超过5天": "duration <= 5 天",
    "不得突破100万元": "money <= 100 万元",
    "没有超过3起": "quantity <= 3 起",
    "严禁超过5%": "rate <= 5 %",
    "不可低于95%": "rate >= 95 %",
    "不短于3年": "duration >= 3 年",
    "不迟于6月30日": "deadline <= 2021-06-30",
    "上限10万元": "money <= 10 万元",
    "下限5万元": "money >= 5 万元",
    "100元起": "money >= 100 元",
    "3起": "quantity = 3 起",
    # what must not happen is no aim
    "未发生1起": "unknown",
    "没有1起": "unknown",
    "杜绝发生1起": "unknown",
    "未发生3起以上": "unknown",
    "每少1个": "unknown",
    # behind what is counted
    "10家企业以上": "quantity >= 10 家",
    "5名专家以上": "quantity >= 5 名",
    "100户农户以内": "quantity <= 100 户",
    "5万元经费以内": "money <= 5 万元",
    "200名学生": "quantity = 200 名",
    # in parentheses
    "95%（以上）": "rate >= 95 %",
    "95%（≥）": "rate >= 95 %",
    "100万元（以内）": "money <= 100 万元",
    "90%以上（不含90%）": "rate > 90 %",
    "10万元以下（不含10万元）": "money < 10 万元",
    "小于5%（含5%）": "rate <= 5 %",
    "100（万元）": "money = 100 万元",
    "100（万元以内）": "unknown",
    "95%（抽查）": "rate = 95 %",
    # two that do not go together
    "≥90%且≤3次": "unknown",
    "≥95%且≤90%": "unknown",
    "不少于3次，不超过50万元": "unknown",
    "95%/98%": "unknown",
    "3次/3次": "unknown",
    "5/7天": "unknown",
    # parts of a whole
    "三分之二以上": "rate >= 0.6667",
    "四分之三": "rate = 0.75",
    "不低于3/4": "rate >= 0.75",
    # times of two units
    "1个半月": "duration = 1.5 个月",
    "2个半小时内": "duration <= 2.5 个小时",
    "1年半": "duration = 1.5 年",
    "5个多月": "duration > 5 个月",
    "1小时30分": "duration = 1.5 小时",
    "1小时30分钟内": "duration <= 1.5 小时",
    "10天至2个月": "unknown",
    "每天8点前": "unknown",
    # grades, signs, numbers nobody states
    "二级以上": "qualitative",
    "不低于二级": "qualitative",
    "误差±5%": "rate [-5,5] %",
    "零下18℃": "quantity = -18 ℃",
    "-5--3": "unknown",
    "!=0": "unknown",
    "数十万元": "unknown",
    # per what
    "每个村10万元": "money = 10 万元/村",
    "每名学生1000元": "money = 1000 元/学生",
    "每家企业≤10万元": "money <= 10 万元/企业",
    "每千人5张": "quantity = 5 张/千人",
    "一年不少于4次": "frequency >= 4 次/年",
    "年≥2次": "frequency >= 2 次/年",
    "5元/人*月": "money = 5 元/人*月",
    "3000元*12月": "money 元",
    "350元/人、天": "money = 350 元/人、天",
    "≤152万/月": "money <= 152 万/月",
    "≥600块": "quantity >= 600 块",
    "5块钱": "money = 5 块钱",
    "30分鐘": "duration = 30 分鐘",
    # sums and dates
    "伍万元整": "money = 5 万元",
    "100%配备": "rate = 100 %",
    "2000-2050份发放": "quantity [2000,2050] 份",
    "202301-202312": "deadline <= 2023-12-31",
    "202312": "quantity = 202312",
    "11月底到账": "deadline <= 2021-11-30",
    "2023年12月底未完成": "qualitative",
    "12月20日左右": "deadline <=",
    "30整": "unknown",
}


@pytest.mark.parametrize(("printed", "expected"), CASES.items())
def test_bound_in_words(printed: str, expected: str) -> None:
    assert describe(parse_target_value(printed, fiscal_year=2021)) == expected


def test_every_word_before_a_number_binds_it_as_declared() -> None:
    for word, comparator in BEFORE.items():
        value = parse_target_value(f"{word}5%")
        assert (value.comparator, value.number, value.measure_unit) == (comparator, Decimal(5), "%"), word
