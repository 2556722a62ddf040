"""The normal form of a name: what is the same name, and what only looks so without its marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.normal_form import concept_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("（一）图书 上架率。", "(一)图书上架率"),
        ("新购图书1，000册", "新购图书1000册"),
        ("1—3月开放天数", "1~3月开放天数"),
        ("1--3月开放天数", "1－3月开放天数"),
        ("9：00前开馆", "9:00前开馆"),
        ("2023. 6. 30前上架", "2023.6.30前上架"),
        ("A-1展厅", "A1展厅"),
        ("保障中心-2022年书架更新", "保障中心2022年书架更新"),
        ("1\u20113月开放天数", "1-3月开放天数"),
        ("1\u20153月开放天数", "1～3月开放天数"),
        ("读者与座位1∶3", "读者与座位1：3"),
        ("——5月盘点", "5月盘点"),
        ("3.图书", "3图书"),
    ],
)
def test_the_same_name_printed_twice(one: str, other: str) -> None:
    assert concept_of(one) == concept_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("服务半径1.5公里", "服务半径15公里"),
        ("1-3月开放天数", "13月开放天数"),
        ("9:00前开馆", "900前开馆"),
        ("增长5%", "增长5‰"),
        ("1/3书架更新", "13书架更新"),
        ("1\u20113月开放天数", "13月开放天数"),
        ("读者与座位1∶3", "读者与座位13"),
        ("借阅增长-5%", "借阅增长5%"),
        ("书库温度-5℃", "书库温度5℃"),
        ("-5℃书库", "5℃书库"),
    ],
)
def test_a_mark_in_a_number_makes_another_name(one: str, other: str) -> None:
    assert concept_of(one) != concept_of(other)


@pytest.mark.parametrize("blank", ["", " \u3000", "。", "——", "-", "%", "（）", "\x00"])
def test_marks_alone_are_no_name(blank: str) -> None:
    assert concept_of(blank) is None


@pytest.mark.parametrize("mark", "-.%/:—，")
def test_a_hundred_thousand_marks_take_no_longer_than_they_are(mark: str) -> None:
    assert concept_of(mark * 100_000) is None
    assert concept_of("图" + mark * 100_000 + "书") == "图书"


@given(st.text(alphabet="图书 12.-/:%（）—，‑∶~℃a\u0301\u200b"))
def test_the_normal_form_of_a_normal_form_is_itself(text: str) -> None:
    once = concept_of(text)
    assert once is None or concept_of(once) == once
