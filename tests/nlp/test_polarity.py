"""Which way is better, from what is printed, the value's sign, or the words."""

import pytest

from nlp.polarity import read_polarity
from nlp.target_value import parse_target_value
from ontology.model import Polarity

CASES = [
    ("培训人次", "≥100人次", None, Polarity.POSITIVE),
    ("单位成本", "≤3万元", None, Polarity.NEGATIVE),
    ("单位成本", "≥3万元", "反向指标", Polarity.NEGATIVE),
    ("温度", "18℃-22℃", None, Polarity.NEUTRAL),
    ("投诉率", "0", None, Polarity.NEGATIVE),
    ("安全事故发生次数", "0次", None, Polarity.NEGATIVE),
    ("资金拨付及时率", "100%", None, Polarity.POSITIVE),
    ("服务对象满意度", "95%", None, Polarity.POSITIVE),
    ("公共服务水平", "持续提升", None, Polarity.POSITIVE),
    ("水质污染", "明显下降", None, Polarity.NEGATIVE),
    ("降低行政成本", "有效", None, Polarity.NEGATIVE),
    ("完成时间", "2023年12月底前", None, Polarity.NEGATIVE),
    ("信息化水平", "较好", None, None),
    ("提升质量、降低成本", "有效", None, Polarity.NEGATIVE),
    ("收支变化", "有增加也有减少", None, None),
]


@pytest.mark.parametrize(("name", "printed_value", "printed_polarity", "expected"), CASES)
def test_polarity(
    name: str, printed_value: str, printed_polarity: str | None, expected: Polarity | None
) -> None:
    value = parse_target_value(printed_value, fiscal_year=2023)
    reading = read_polarity(name, value, printed_value=printed_value, printed_polarity=printed_polarity)
    assert (reading.polarity if reading else None) == expected
    assert reading is None or reading.reason
