"""What a value means beside its name."""

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.in_context import read_in_context
from nlp.target_value import parse_target_value
from nlp.value_words import LABELS, NO_SHARES
from ontology.model import ContextReading, ValueKind
from tests.nlp.describe import describe

CASES = [
    ("验收合格率", "95", "rate = 95 %"),
    ("验收合格率", "≥95", "rate >= 95 %"),
    ("群众满意度", "90-95", "rate [90,95] %"),
    ("事故发生率", "0", "rate = 0 %"),
    ("验收合格率", "0.95", None),
    ("验收合格率", "950", None),
    ("验收合格率", "2021", None),
    ("验收合格率", "95%", None),
    ("参保率（%）", "≥95", "rate >= 95 %"),
    ("管护面积（万亩）", "≥3286", "quantity >= 3286 万亩"),
    ("单位成本(元/人)", "120", "money = 120 元/人"),
    ("培训人次", "1200", "quantity = 1200 人次"),
    ("资助户数", "≥80", "quantity >= 80 户"),
    ("编发期数", "24", "quantity = 24 期"),
    ("室内温度", "20", None),
    ("项目完成时间", "45291", "deadline <= 2023-12-31"),
    ("项目完成时间", "2023", None),
    ("受益人口", "45291", None),
    ("项目总成本", "≤86万", "money <= 86 万元"),
    ("受益人口", "86万", None),
    # a number of a day: only under a name that says when, exact, near the fiscal year
    ("资金拨付时限", "45291", "deadline <= 2023-12-31"),
    ("竣工日期", "45291", "deadline <= 2023-12-31"),
    ("完成截止时间", "45291.0", "deadline <= 2023-12-31"),
    ("志愿服务时间", "≥45000", None),
    ("志愿服务时间", "45000", None),
    ("响应时间", "40000", None),
    ("累计时间", "≥50000", None),
    ("设备运行时间", "45000", None),
    ("完成时间", "≥45000", None),
    ("完成时间", "≤45291", None),
    ("完成时间", "约45000", None),
    ("完成时间", "45291-45300", None),
    ("完成时间", "45291.5", None),
    ("完成时间", "43000", None),
    ("完成时间（月）", "9", None),
    ("完成时间（天）", "30", "duration = 30 天"),
    ("完成时限（月）", "9", "duration = 9 月"),
    # a share, whether its % stands in the name or nowhere
    ("满意度（%）", "0.95", None),
    ("满意度（%）", "950", None),
    ("满意度（%）", "1", None),
    ("满意度（%）", "95", "rate = 95 %"),
    ("满意度（%）", "0.5-0.9", None),
    ("满意度（百分比）", "0.95", None),
    ("死亡率（‰）", "≤0.95", "rate <= 0.95 ‰"),
    # a number like a year under a name that says what is counted
    ("培训人次", "2000", "quantity = 2000 人次"),
    ("受益户数", "2000", "quantity = 2000 户"),
    ("面积(㎡)", "2000", "quantity = 2000 ㎡"),
    ("培训人次", "≥2023", "quantity >= 2023 人次"),
    ("培训人次", "2023", None),
    ("面积(㎡)", "2022", None),
    ("使用年限（年）", "2018", None),
    # nouns that end like a unit
    ("学生食堂数", "30", "quantity = 30 个"),
    ("受益人口数", "2000", "quantity = 2000 人"),
    ("参会专家数", "5", "quantity = 5 人"),
    ("覆盖单位数", "30", "quantity = 30 单位"),
    ("收入中位数", "20000", None),
    ("种植亩数", "500", "quantity = 500 亩"),
    ("管理层次", "3", None),
    ("培训场次", "3", "quantity = 3 场次"),
    # the whole name is read, and what it says before the number
    ("村组干部230人", "", "quantity = 230 人"),
    ("每月扫描总量6.5万页", "", "frequency = 6.5 万页/月"),
    ("年均培训3次", "", "frequency = 3 次/年"),
    ("每亩补助60元", "", "money = 60 元/亩"),
    ("每个学校每月走访家庭次数不少于2次", "", "frequency >= 2 次/学校/月"),
    ("每月验收合格率95%", "", "rate = 95 %"),
    ("未发生安全事故1起", "", None),
    ("不必达到5人", "", None),
    ("整改未达标企业5家", "", "quantity = 5 家"),
    ("不超过预算的5%", "", None),
    ("培训第3期", "", None),
    ("资金到位率达到100%", "", "rate = 100 %"),
    ("信息化水平", "", None),
    # rates that are no shares of a hundred, and marks
    ("孕产妇死亡率", "≤10", None),
    ("婴儿死亡率", "≤5", None),
    ("万车死亡率", "≤2.5", None),
    ("十万人口刑事案件发案率", "≤80", None),
    ("每万人口犯罪率", "≤80", None),
    ("万人投诉率", "≤5", None),
    ("投诉率", "≤5", "rate <= 5 %"),
    ("人口自然增长率", "5", None),
    ("产值增长率", "5", "rate = 5 %"),
    ("网络传输速率", "≥100", None),
    ("设备运行功率", "≥50", None),
    ("检查频率", "4", None),
    ("工作效率", "95", None),
    ("病床周转率", "≥30", None),
    ("地块容积率", "≤2", None),
    ("生师比率", "18", None),
    ("师生比例", "18", None),
    ("优良天数比率", "80", "rate = 80 %"),
    ("优良天数比例", "80", "rate = 80 %"),
    ("千人计划完成率", "95", "rate = 95 %"),
    ("容积率（%）", "50", "rate = 50 %"),
    ("服务对象满意度", "≥4.5", None),
    ("服务对象满意度", "4-5", None),
    ("服务对象满意度", "≥9.5", None),
    ("服务对象满意度（%）", "≥4.5", "rate >= 4.5 %"),
    ("群众不满意度", "≤5", "rate <= 5 %"),
    # a bracket that says what the number is told per
    ("孕产妇死亡率（1/10万）", "≤10", "rate <= 10 1/10万"),
    ("孕产妇死亡率(1/10万)：", "≤10", "rate <= 10 1/10万"),
    ("孕产妇死亡率（/10万）", "≤10", "rate <= 10 /10万"),
    ("孕产妇死亡率（10万分之）", "≤10", "rate <= 10 10万分之"),
    ("孕产妇死亡率（十万分之一）", "≤10", "rate <= 10 十万分之一"),
    ("孕产妇死亡率（1/100000）", "≤10", "rate <= 10 1/100000"),
    ("孕产妇死亡率（每10万人）", "≤10", "rate <= 10 /10万人"),
    ("孕产妇死亡率（人/10万）", "≤10", "quantity <= 10 人/10万"),
    ("孕产妇死亡率（1/10万）（省级）", "≤10", "rate <= 10 1/10万"),
    ("流感发病率（1/10万）", "≤10", "rate <= 10 1/10万"),
    ("5岁以下儿童死亡率（千分之）", "≤5", "rate <= 5 ‰"),
    ("出生率（千分率）", "9", "rate = 9 ‰"),
    ("出生缺陷发生率（万分之）", "≤50", "rate <= 50 ‱"),
    ("合格率（百分之）", "95", "rate = 95 %"),
    # one that cannot be read blocks any guess, a note does not
    ("孕产妇死亡率（十万分率）", "≤10", None),
    ("合格率（折合每万件计）", "95", None),
    ("满意度（≥）", "95", None),
    ("培训人次（线上线下合计折算）", "95", None),
    ("合格率（省级）", "95", "rate = 95 %"),
    ("培训人次（定量）", "95", "quantity = 95 人次"),
    ("建设项目个数（含续建）", "2", "quantity = 2 个"),
    ("参训率（不含新入职人员）", "95", "rate = 95 %"),
    ("死亡率（含1/10万）", "5", None),
    # a period in the bracket is no unit of a count
    ("检查次数（季度）", "1", "frequency = 1 次/季度"),
    ("检查次数（每季度）", "1", "frequency = 1 次/季度"),
    ("检查频次（月）", "1", "frequency = 1 次/月"),
    ("检查（季度）", "1", None),
    ("合格率（季度）", "95", "rate = 95 %"),
    ("培训天数（年）", "5", None),
    ("处理天数（工作日）", "5", "duration = 5 工作日"),
    ("月数（个月）", "3", "duration = 3 个月"),
    ("质保期（年）", "3", "duration = 3 年"),
    ("培训（天）", "3", "duration = 3 天"),
    # what the name counts per
    ("每千人口床位数", "≥6", "quantity >= 6 床位/千人"),
    ("每千人口床位数（张）", "≥6", "quantity >= 6 张/千人"),
    ("床位数（每千人）", "≥6", "quantity >= 6 床位/千人"),
    ("全科医生数（/万人）", "≥3", "quantity >= 3 人/万人"),
    ("每万人口全科医生数", "≥3", "quantity >= 3 人/万人"),
    ("每千人口执业（助理）医师数（人）", "≥3", "quantity >= 3 人/千人"),
    ("每千人口拥有3岁以下婴幼儿托位数", "≥4", None),
    ("千人床位数", "≥6", None),
    ("万人拥有公交车辆数", "≥8", None),
    ("每亩补助标准（元）", "60", "money = 60 元/亩"),
    ("每月培训次数", "3", "frequency = 3 次/月"),
    ("隔月检查次数", "1", "frequency = 1 次/2个月"),
    ("每村每年开展活动场次", "4", "frequency = 4 场次/村/年"),
    ("年均培训次数", "3", "frequency = 3 次/年"),
    ("人均图书册数", "30", "quantity = 30 册/人"),
    ("人均可支配收入（元）", "50000", "money = 50000 元/人"),
    ("年均水位（米）", "5", "quantity = 5 米"),
    ("日均工作时长（小时）", "8", "duration = 8 小时"),
    # a lost letter may have been a comparator
    ("满意度�95%", "", None),
    ("≥95%", "群众满意度", "rate >= 95 %"),
    ("100%", "优", None),
    ("群众满意度", "较高", None),
]


@pytest.mark.parametrize(("name", "printed_value", "expected"), CASES)
def test_in_context(name: str, printed_value: str, expected: str | None) -> None:
    value = parse_target_value(printed_value, fiscal_year=2023)
    reading = read_in_context(name, printed_value, value, fiscal_year=2023)
    assert (describe(reading.value) if reading else None) == expected
    assert reading is None or reading.reason


@pytest.mark.parametrize(
    ("name", "printed_value", "fiscal_year", "expected"),
    [
        ("完成时间", "45291", None, "deadline <= 2023-12-31"),
        ("完成时间", "45291", 2018, None),
        ("培训人次", "2000", None, "quantity = 2000 人次"),
        ("培训人次", "2020", None, None),
        ("培训人次", "2020", 2023, "quantity = 2020 人次"),
        ("培训人次", "2023", 2023, None),
    ],
)
def test_the_fiscal_year_tells_years_from_counts(
    name: str, printed_value: str, fiscal_year: int | None, expected: str | None
) -> None:
    reading = read(name, printed_value, fiscal_year)
    assert (describe(reading.value) if reading else None) == expected


def read(name: str, printed_value: str, fiscal_year: int | None = 2023) -> ContextReading | None:
    value = parse_target_value(printed_value, fiscal_year=fiscal_year)
    return read_in_context(name, printed_value, value, fiscal_year=fiscal_year)


NAMES = st.sampled_from(
    [
        "合格率",
        "满意度（%）",
        "培训人次",
        "受益户数",
        "面积(㎡)",
        "完成时间",
        "服务时间",
        "总成本",
        "成本(万元)",
        "水平",
    ]
)
NUMBERS = st.decimals(min_value=0, max_value=60_000, places=1, allow_nan=False, allow_infinity=False)
FORMS = st.sampled_from(
    ["{}", "≥{}", "≤{}", ">{}", "<{}", "={}", "约{}", "不少于{}", "{}以内", "{}万", "{}-70000"]
)
YEARS = st.none() | st.integers(2000, 2040)


@given(NAMES, NUMBERS | st.integers(0, 60_000), FORMS, YEARS)
def test_a_reading_keeps_the_bounds_of_the_value(
    name: str, number: Decimal | int, form: str, fiscal_year: int | None
) -> None:
    printed = form.format(number)
    value = parse_target_value(printed, fiscal_year=fiscal_year)
    reading = read(name, printed, fiscal_year)
    if reading is None:
        return
    found = reading.value
    if found.kind is ValueKind.DEADLINE:
        assert form in ("{}", "={}")
        assert found.day is not None
        assert fiscal_year is None or abs(found.day.year - fiscal_year) <= 3
        return
    assert (found.comparator, found.number, found.low, found.high) == (
        value.comparator,
        value.number,
        value.low,
        value.high,
    )
    assert (found.low_closed, found.high_closed, found.approximate) == (
        value.low_closed,
        value.high_closed,
        value.approximate,
    )


@given(st.sampled_from(CASES), st.sampled_from([" ", "　", "\n"]))
def test_width_and_blanks_make_no_difference(case: tuple[str, str, str | None], blank: str) -> None:
    name, printed_value, _ = case
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in name)
    spaced = f"{blank}{wide[:2]}{blank}{wide[2:]}{blank}"
    if not any(letter.isdecimal() for letter in name):
        assert read(spaced, f"{blank}{printed_value}{blank}") == read(name, printed_value)
    assert read(name, printed_value) == read(name, printed_value)


@pytest.mark.parametrize("word", [*NO_SHARES["names"], *NO_SHARES["but_shares"], *NO_SHARES["degrees"]])
def test_words_of_rates_say_what_a_bare_number_is(word: str) -> None:
    assert word.endswith(LABELS["of_rates"])
    for number in ("2", "50"):
        reading = read(word, number)
        share = word in NO_SHARES["but_shares"] or (word in NO_SHARES["degrees"] and number == "50")
        assert (reading is not None) == share


@pytest.mark.parametrize("piece", ["每", "每千", "(", "(1/10万)", "(省级)", "人均", "率", "1/", "十万分之"])
def test_long_names_take_no_time(piece: str) -> None:
    name = piece * (20_000 // len(piece))
    start = time.perf_counter()
    for bracket in ("", "（1/10万）", "（季度）"):
        read(name + "次数" + bracket, "5")
    assert time.perf_counter() - start < 2
