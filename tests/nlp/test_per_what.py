"""Amounts per something: the unit says per what, or the value is unknown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.measure_units import (
    CLASSIFIED,
    CLASSIFIERS,
    OF_STATES,
    OTHER_NOUNS,
    PERIODS,
    UNIT_KINDS,
    UnitKind,
)
from nlp.target_value import parse_target_value
from ontology.model import ValueKind
from tests.nlp.describe import describe

CASES = {
    # the name of the amount stands between what is counted and the number
    "每户资金1万元": "money = 1 万元/户",
    "每公里投资不超过50万元": "money <= 50 万元/公里",
    "每平方米造价3000元": "money = 3000 元/平方米",
    "每人伙食费不超过50元": "money <= 50 元/人",
    "每人每天伙食费60元": "money = 60 元/人/天",
    "每生经费≥1000元": "money >= 1000 元/生",
    "每吨成本≤300元": "money <= 300 元/吨",
    "每吨成本：300元": "money = 300 元/吨",
    "每亩产量500公斤": "quantity = 500 公斤/亩",
    "每村放映12场": "quantity = 12 场/村",
    "每班学生50人": "quantity = 50 人/班",
    "每次活动经费5万元": "money = 5 万元/次",
    "每场活动参加人数100人": "quantity = 100 人/场",
    "每例手术费用5000元": "money = 5000 元/例",
    "每户生活补贴500元": "money = 500 元/户",
    "每年体检1次": "frequency = 1 次/年",
    "每天扫描总量2500页": "frequency = 2500 页/天",
    "补助标准每人500元": "money = 500 元/人",
    # numbers and scales before what is counted
    "每万元产值能耗≤0.5吨": "quantity <= 0.5 吨/万元",
    "每万人口拥有公厕3座": "quantity = 3 座/万人",
    "每千人床位数6张": "quantity = 6 张/千人",
    "每10万人口死亡5人": "quantity = 5 人/10万人",
    "每百亩产量50吨": "quantity = 50 吨/百亩",
    "每5户1个": "quantity = 1 个/5户",
    "每一户1000元": "money = 1000 元/户",
    # several denominators
    "每名学生每年1000元": "money = 1000 元/学生/年",
    "每家企业每年10万元": "money = 10 万元/企业/年",
    "每位老人每年体检1次": "frequency = 1 次/位/年",
    "每辆车每年维修费1万元": "money = 1 万元/车/年",
    "每月每村放映电影1场": "frequency = 1 场/月/村",
    "每床日费用100元": "money = 100 元/床/日",
    "每户月补助300元": "money = 300 元/户/月",
    "每人/天60元": "money = 60 元/人/天",
    # a classifier is dropped before a known noun that it counts
    "每所学校5万元": "money = 5 万元/学校",
    "每所学生500人": "quantity = 500 人/所",
    "每个学生宿舍维修费5万元": "money = 5 万元/个",
    "每户贫困户2000元": "money = 2000 元/户",
    "每头牛500元": "money = 500 元/牛",
    "每期培训班50人": "quantity = 50 人/期",
    "每期学生50人": "quantity = 50 人/期",
    # nouns that only begin with a unit, and nouns nobody listed
    "每场馆维护费10万元": "money = 10 万元/场馆",
    "每家庭1000元": "money = 1000 元/家庭",
    "每生产线投资100万元": "money = 100 万元/生产线",
    "每院士100万元": "money = 100 万元/院士",
    "每年级10人": "quantity = 10 人/年级",
    "每人日常费用50元": "money = 50 元/人",
    "每公里日常维护费5万元": "money = 5 万元/公里",
    "每公益岗位补贴500元": "money = 500 元/公益岗位",
    "每贫困户补助2000元": "money = 2000 元/贫困户",
    "每高校5万元": "money = 5 万元/高校",
    "每校工500元": "unknown",
    "每题5分": "quantity = 5 分/题",
    # steps and what the text does not decide
    "每增加1个": "unknown",
    "每提高1个": "unknown",
    "每出现1次": "unknown",
    "每逾期1天": "unknown",
    "每完成1项": "unknown",
    "每隔1年1次": "unknown",
    "每隔3天1次": "unknown",
    "每隔半年1次": "unknown",
    "每隔一年一次": "unknown",
    "每隔三天检查一次": "unknown",
    "每户未发生1起": "unknown",
    "每月考核得分≥90分": "unknown",
    "每人最低工资标准2000元": "unknown",
    "每季度一次，共4次": "unknown",
    "每天8点": "unknown",
    # every second one
    "隔年1次": "frequency = 1 次/2年",
    "隔日1次": "frequency = 1 次/2日",
    "隔周一次": "frequency = 1 次/2周",
    # averages
    "人均500元": "money = 500 元/人",
    "户均增收1000元": "money = 1000 元/户",
    "人均住房面积30平方米": "quantity = 30 平方米/人",
    "生均经费≥1000元": "money >= 1000 元/生",
    "人均增长5%": "rate = 5 %",
    "人均预期寿命79岁": "quantity = 79 岁",
    "年均3次": "frequency = 3 次/年",
    # periods
    "每周五1次": "frequency = 1 次/周",
    "每天30分钟": "frequency = 30 分钟/天",
    "一年培训两次": "frequency = 2 次/年",
    "每年增长5%": "rate = 5 %",
}


@pytest.mark.parametrize(("printed", "expected"), CASES.items())
def test_the_unit_says_per_what(printed: str, expected: str) -> None:
    assert describe(parse_target_value(printed, fiscal_year=2021)) == expected


def test_other_nouns_begin_with_a_unit_and_are_none() -> None:
    for noun in OTHER_NOUNS:
        assert noun not in UNIT_KINDS and any(noun.startswith(unit) for unit in UNIT_KINDS), noun


COUNTED = sorted(
    {unit for unit, kind in UNIT_KINDS.items() if kind is not UnitKind.RATE and "/" not in unit} | PERIODS
)
NAMES = ["", "资金", "伙食费", "产值能耗", "补助标准", "平均造价", "检查", "用水量", "新增床位数", "常规经费"]
AMOUNTS = ["1万元", "不超过50元", "≥3次", "0.5吨", "10-20人"]


@given(
    st.sampled_from(["", "5", "百", "10万"]),
    st.lists(st.sampled_from(COUNTED), min_size=1, max_size=2, unique=True),
    st.sampled_from(NAMES),
    st.sampled_from(AMOUNTS),
)
def test_what_stands_behind_every_stands_in_the_unit(
    number: str, counted: list[str], name: str, amount: str
) -> None:
    value = parse_target_value("".join(f"每{number}{what}" for what in counted) + name + amount)
    if value.kind in (ValueKind.UNKNOWN, ValueKind.QUALITATIVE, ValueKind.DEADLINE):
        return
    unit = value.measure_unit or ""
    for what in counted:
        if what not in CLASSIFIERS and what not in CLASSIFIED:
            # 人 of 每人日常规经费
            assert f"/{number}{what}" in unit or f"/{number}{what[:-1]}" in unit, unit
    assert unit.count("/") >= len(counted)


@given(
    st.sampled_from(sorted(CLASSIFIERS | CLASSIFIED.keys())),
    st.sampled_from(COUNTED),
    st.sampled_from(AMOUNTS),
)
def test_a_classifier_gives_way_only_to_its_noun(classifier: str, noun: str, amount: str) -> None:
    value = parse_target_value(f"每{classifier}{noun}{amount}")
    if value.kind in (ValueKind.UNKNOWN, ValueKind.QUALITATIVE, ValueKind.DEADLINE):
        return
    assert any(f"/{what}" in (value.measure_unit or "") for what in (classifier, noun))


@pytest.mark.parametrize("unit", sorted(OF_STATES))
def test_a_state_does_not_add_up_over_a_period(unit: str) -> None:
    assert parse_target_value(f"每月平均5{unit}").kind is ValueKind.UNKNOWN
