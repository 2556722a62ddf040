"""Deadlines (完成时限) and their last allowed day, in a document of 2021."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.target_value import looks_like_value, parse_target_value
from ontology.model import Comparator, ValueKind

DAYS = {
    "2023年12月底完成": "2023-12-31",
    "2023年12月底前完成": "2023-12-31",
    "2023年支付完成": "2023-12-31",
    "2022年12月完成支付": "2022-12-31",
    "2023年完成": "2023-12-31",
    "2023年": "2023-12-31",
    "2023年3月": "2023-03-31",
    "2024年2月底": "2024-02-29",
    "2020. 12. 25.": "2020-12-25",
    "2020. 12. 1.": "2020-12-01",
    "2023-12-31": "2023-12-31",
    "2021-12-31 00:00:00": "2021-12-31",
    "2021/12/31": "2021-12-31",
    "20231231": "2023-12-31",
    "2021.12": "2021-12-31",
    "2022年6月30日前": "2022-06-30",
    "2023年12月31日24时前": "2023-12-31",
    "二〇二三年十二月底前": "2023-12-31",
    "23年12月底": "2023-12-31",
    "≤2023年12月31日": "2023-12-31",
    "不晚于6月30日": "2021-06-30",
    "截至2023年12月31日": "2023-12-31",
    "6月底前": "2021-06-30",
    "6月底前完成编纂印刷任务": "2021-06-30",
    "6月30": "2021-06-30",
    "12.31前": "2021-12-31",
    "12月": "2021-12-31",
    "≤12月": "2021-12-31",
    "12月前": "2021-12-31",
    "12月31日前": "2021-12-31",
    "年底前完成": "2021-12-31",
    "年度完成": "2021-12-31",
    "年内": "2021-12-31",
    "年中": "2021-06-30",
    "当年完成": "2021-12-31",
    "次年3月底前": "2022-03-31",
    "每年12月底前": "2021-12-31",
    "第四季度前": "2021-12-31",
    "三季度末": "2021-09-30",
    "1季度": "2021-03-31",
    "Q3": "2021-09-30",
    "上半年": "2021-06-30",
    "6月上旬": "2021-06-10",
    "6月中旬前": "2021-06-20",
    "2019.1-2019.12": "2019-12-31",
    "2019. 01——2020. 03前": "2020-03-31",
    "2023.07-2024.01": "2024-01-31",
    "2021年1月-12月": "2021-12-31",
    "1-12月": "2021-12-31",
    "2021-2023年": "2023-12-31",
    "2023年1月1日至12月31日": "2023-12-31",
    "2021-12": "2021-12-31",
    "工程于2023年12月底前竣工": "2023-12-31",
    "按照业务开展情况，及时拨付，2023年12月底完成": "2023-12-31",
    "3月底前启动，12月底前完成": "2021-12-31",
    "在规定的时间内完成（2021 年 12 月 25 日前）": "2021-12-25",
}


@pytest.mark.parametrize(("printed", "day"), DAYS.items())
def test_the_last_allowed_day(printed: str, day: str) -> None:
    value = parse_target_value(printed, fiscal_year=2021)
    assert (value.kind, value.comparator, value.day) == (
        ValueKind.DEADLINE,
        Comparator.AT_MOST,
        date.fromisoformat(day),
    )


@pytest.mark.parametrize("printed", ["每月15日前", "每月25日", "每季度末", "次月10日前", "15日前", "6月初"])
def test_a_deadline_without_one_day(printed: str) -> None:
    value = parse_target_value(printed, fiscal_year=2021)
    assert (value.kind, value.day) == (ValueKind.DEADLINE, None)


@pytest.mark.parametrize(
    "printed",
    [
        "2月30日前",
        "4月31日前",
        "6月31日",
        "2023年2月29日",
        "2024年12月32日",
        "2024-06-31",
        "2024.2.30",
        "2.30前",
        "20240631",
        "2024年13月底前",
        "第五季度末",
        "32日前",
        "2024年2月30日前全部拨付到位",
    ],
)
def test_a_day_that_does_not_exist_is_unknown(printed: str) -> None:
    assert parse_target_value(printed, fiscal_year=2021).kind is ValueKind.UNKNOWN


@pytest.mark.parametrize("printed", ["2月30日前", "2023年2月29日", "2024-06-31", "第五季度末"])
def test_a_day_that_does_not_exist_still_looks_like_a_value(printed: str) -> None:
    assert looks_like_value(printed)


@given(st.integers(1990, 2099), st.integers(1, 12), st.integers(1, 31), st.sampled_from("-./年"))
def test_a_printed_day_is_read_where_the_calendar_has_it(year: int, month: int, day: int, sign: str) -> None:
    printed = f"{year}年{month}月{day}日" if sign == "年" else f"{year}{sign}{month}{sign}{day}"
    value = parse_target_value(printed)
    try:
        assert (value.kind, value.day) == (ValueKind.DEADLINE, date(year, month, day))
    except ValueError:
        assert value.kind is ValueKind.UNKNOWN


@pytest.mark.parametrize(
    "printed",
    [
        "每年6月、12月",
        "6月底、12月底前",
        "6月和12月",
        "2023年3月、9月",
        "6月底，12月底",
        "2024年12月至2024年6月",
        "2023-2024学年",
    ],
)
def test_of_two_dates_none_is_taken(printed: str) -> None:
    assert parse_target_value(printed, fiscal_year=2021).kind is ValueKind.UNKNOWN


@pytest.mark.parametrize("printed", ["6月底前", "年底前", "第四季度前", "1-12月", "次年3月底前"])
def test_without_a_fiscal_year_the_day_is_not_known(printed: str) -> None:
    value = parse_target_value(printed)
    assert (value.kind, value.day) == (ValueKind.DEADLINE, None)


@pytest.mark.parametrize(
    "printed", ["2021", "12个月", "2021.5万元", "2年", "30日", "2021年水电费", "年度", "当月", "≥2021年"]
)
def test_what_is_no_deadline(printed: str) -> None:
    assert parse_target_value(printed, fiscal_year=2021).kind is not ValueKind.DEADLINE
