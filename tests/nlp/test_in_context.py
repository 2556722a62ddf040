"""What a value means beside its name."""

import pytest

from nlp.in_context import read_in_context
from nlp.target_value import parse_target_value
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
    ("村组干部230人", "", "quantity = 230 人"),
    ("资金到位率达到100%", "", "rate = 100 %"),
    ("信息化水平", "", None),
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
