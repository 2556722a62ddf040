"""Units of several parts, and products, which are none."""

import pytest

from nlp.target_value import parse_target_value
from nlp.value_spans import value_spans
from tests.nlp.describe import describe

CASES = {
    "5元/人*月": "money = 5 元/人*月",
    "60元/人·月": "money = 60 元/人·月",
    "350元/人、天": "money = 350 元/人、天",
    "3万元/4次": "money = 3 万元/4次",
    # a product is not part of the unit; its printed result is the value
    "100元/人*50人": "money 元",
    "100元/人×50人": "money 元",
    "50人/期*2期": "quantity",
    "20元/人*100人=2000元": "money = 2000 元",
    "100元/人*50人*3天=15000元": "money = 15000 元",
    "150元/人/天*40人*3天=18000元": "money = 18000 元",
    "2元/人*天*30天=1800元": "money = 1800 元",
    "3次/年*5年=15次": "quantity = 15 次",
    "60元/人·30天": "unknown",
    "350元/人、3天": "unknown",
    "100元/人*50人以上": "unknown",
}


@pytest.mark.parametrize(("printed", "expected"), CASES.items())
def test_units_of_several_parts(printed: str, expected: str) -> None:
    assert describe(parse_target_value(printed)) == expected


@pytest.mark.parametrize(
    "printed", ["5月中旬完成", "2023年5月上旬完成", "5月中完成", "5月中下旬完成", "6月底前", "9月末完成"]
)
def test_a_third_of_a_month_stays_whole(printed: str) -> None:
    assert value_spans(printed) == [(0, len(printed))]
