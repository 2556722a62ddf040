"""The page of comparison: what two units, or two years, have in common, and what only one has."""

from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from graph.corpus import IndicatorItem, TargetItem
from graph.side_by_side import ValueChange, side_by_side
from nlp.relate import IndicatorText
from ontology.ids import stable_id
from tests.samples import Command, write_form

PAGE = """
from app.views import SECTIONS
from app.views.parts import remember_pages
import streamlit as st
pages = {v.path: st.Page(v.show, url_path=v.path) for views in SECTIONS.values() for v in views}
remember_pages(pages)
from app.views import compare
compare.VIEW.show()
"""


def target(*indicators: tuple[str, str], year: int = 2023, name: str = "图书购置") -> TargetItem:
    items = tuple(
        IndicatorItem(
            id=f"{year} {said} {value}", class_id=None, concept_id=f"concept-{said}",
            text=IndicatorText(name=said, printed_value=value),
        )
        for said, value in indicators
    )  # fmt: skip
    return TargetItem(
        id=f"target-{year}-{name}", name=name, scope="项目", file="a.txt", objective=None, fiscal_year=year,
        budget=None, project_id="project-1", project=name, unit_id="unit-1", unit="图书馆", region=None,
        indicators=items,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "change"),
    [
        ("≥95%", "≥95%", ValueChange.SAME),
        ("100%", "=100%", ValueChange.SAME),
        ("≥90%", "不低于 90%", ValueChange.SAME),
        ("≥5万人次", "不少于50000人次", ValueChange.SAME),
        ("2023年12月底前", "12月底前", ValueChange.SAME),
        ("≥95%", "≥90%", ValueChange.CHANGED),
        ("≥95%", "≤95%", ValueChange.CHANGED),
        ("", "≥95%", ValueChange.CHANGED),
        ("", "", ValueChange.SAME),
    ],
)
def test_values_are_compared_by_what_they_say(one: str, other: str, change: ValueChange) -> None:
    found = side_by_side([target(("读者满意度", one))], [target(("读者满意度", other))])
    assert [item.change for item in found.both] == [change]


@pytest.mark.parametrize(
    ("one", "other", "change"),
    [
        ("12月底前", "12月底前", ValueChange.SAME),
        ("年底前完成", "年底前完成", ValueChange.SAME),
        ("2023年12月底前", "2024年12月31日前", ValueChange.SAME),
        ("2月底前", "2024年2月29日前", ValueChange.SAME),
        ("2025年12月底前", "2025年12月底前", ValueChange.SAME),
        ("2023年12月底前", "2025年12月底前", ValueChange.CHANGED),
        ("12月底前", "6月底前", ValueChange.CHANGED),
    ],
)
def test_a_deadline_recurs_in_each_years_own_target(one: str, other: str, change: ValueChange) -> None:
    found = side_by_side([target(("完成时间", one))], [target(("完成时间", other), year=2024)])
    assert [item.change for item in found.both] == [change]


def test_a_value_of_two_years_stands_once_on_a_side() -> None:
    one = [target(("完成时间", "12月底前")), target(("完成时间", "12月底前"), year=2024)]
    found = side_by_side(one, [target(("完成时间", "2025年12月底前"), year=2025)])
    assert [(item.change, item.one.values) for item in found.both] == [(ValueChange.SAME, ("12月底前",))]


def test_indicators_without_a_name_are_counted_and_not_shared() -> None:
    def with_nameless(*values: str) -> TargetItem:
        whole = target(("读者满意度", "≥95%"), *(("", value) for value in values))
        items = (
            replace(item, concept_id=item.concept_id if item.text.name else None) for item in whole.indicators
        )
        return replace(whole, indicators=tuple(items))

    found = side_by_side([with_nameless("一")], [with_nameless("一", "二")])
    assert [item.one.name for item in found.both] == ["读者满意度"]
    assert (found.only_one, found.only_other, found.nameless) == ((), (), (1, 2))


def test_one_of_several_values_may_stay() -> None:
    one = [target(("读者满意度", "≥95%")), target(("读者满意度", "≥90%"), name="书展")]
    (item,) = side_by_side(one, [target(("读者满意度", "≥90%"))]).both
    assert (item.change, item.one.values) == (ValueChange.PARTLY, ("≥90%", "≥95%"))
    assert set(item.one.targets) == {"图书购置", "书展"}


def test_every_indicator_stands_in_one_list_and_changed_ones_come_first() -> None:
    one = [target(("a", "1"), ("b", "1"), ("c", "1"))]
    other = [target(("b", "1"), ("c", "2"), ("d", "1"))]
    found = side_by_side(one, other)
    assert [item.one.name for item in found.both] == ["c", "b"]
    assert [item.name for item in found.only_one] == ["a"]
    assert [item.name for item in found.only_other] == ["d"]


@pytest.fixture
def page(workspace: Path, folder: Path, jixiao: Command, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    for year, books in ((2023, 3000), (2024, 3500)):
        write_form(folder / f"{year}.txt", year=year, books=books)
    other = write_form(folder / "b.txt", year=2024)
    other.write_text(other.read_text("utf-8").replace("青泉县图书馆", "松_湖_馆"), "utf-8")
    assert jixiao("build", folder, "--workspace", workspace).status == 0
    monkeypatch.setenv("JIXIAO_WORKSPACE", str(workspace))
    return AppTest.from_string(PAGE, default_timeout=30)


def metrics(page: AppTest) -> list[tuple[str, str]]:
    return [(item.label, item.value) for item in page.metric]


def test_two_units_are_compared(page: AppTest) -> None:
    page.run()
    assert not page.exception
    counts = metrics(page)
    assert counts[:2] == [("都有", "4"), ("其中指标值不同", "1")]
    assert [label for label, _ in counts[2:]] == ["只有甲有", "只有乙有"]
    # What is meant by the two stands above, letter by letter.
    assert page.text[0].value in ("甲：青泉县图书馆　乙：松_湖_馆", "甲：松_湖_馆　乙：青泉县图书馆")
    assert page.dataframe[0].value["指标值比较"].tolist() == ["值部分相同", *["值相同"] * 3]


def test_two_years_of_a_unit_are_compared_and_stand_in_the_address(page: AppTest) -> None:
    page.query_params["by"] = "years"
    page.run()
    assert not page.exception
    assert metrics(page)[:2] == [("都有", "4"), ("其中指标值不同", "1")]
    table = page.dataframe[0].value
    assert table.iloc[0][["指标", "指标值比较", "指标值甲", "指标值乙"]].tolist() == [
        "新增图书册数", "值不同", "≥3000册", "≥3500册",
    ]  # fmt: skip
    page.selectbox(key="year1-chosen").select("2024").run()
    assert page.query_params["year1"] == "2024"
    assert "同一个年度" in page.info[0].value


@pytest.mark.parametrize(
    "asked",
    [
        {"one": "unit-gone"},
        {"other": "unit-gone"},
        {"year": "1900"},
        {"by": "gone"},
        {"by": "years", "unit": "unit-gone"},
        {"by": "years", "project": "project-gone"},
        {"by": "years", "year1": "1900"},
        {"by": "years", "year2": "1900"},
    ],
)
def test_nothing_is_compared_in_the_place_of_what_has_left(page: AppTest, asked: dict[str, str]) -> None:
    for key, value in asked.items():
        page.query_params[key] = value
    page.run()
    assert not page.exception
    assert metrics(page) == [] and len(page.dataframe) == 0
    assert [list(asked.values())[-1] in plain_again(item.value) for item in page.warning] == [True]
    assert "没有比较" in page.info[0].value


def plain_again(text: str) -> str:
    return text.replace("\\", "")


def test_choices_go_with_the_unit_that_they_hang_on(
    workspace: Path, folder: Path, jixiao: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    for unit, years in {"青泉县图书馆": (2022, 2023), "松湖馆": (2024, 2025)}.items():
        for year in years:
            path = write_form(folder / f"{unit}{year}.txt", year=year)
            path.write_text(path.read_text("utf-8").replace("青泉县图书馆", unit), "utf-8")
    jixiao("build", folder, "--workspace", workspace)
    monkeypatch.setenv("JIXIAO_WORKSPACE", str(workspace))
    page = AppTest.from_string(PAGE, default_timeout=30)
    own = {name: stable_id("unit", name) for name in ("青泉县图书馆", "松湖馆")}
    page.query_params.update({"by": "years", "unit": own["青泉县图书馆"], "year1": "2022", "year2": "2023"})
    page.run()
    assert metrics(page)[0] == ("都有", "4")
    page.selectbox(key="unit-chosen").select("松湖馆").run()
    assert not page.exception and len(page.warning) == 0
    assert metrics(page)[0] == ("都有", "4")
    assert page.selectbox(key="year1-chosen").value == "2024"


def test_a_graph_without_units_says_what_to_do(
    workspace: Path, folder: Path, jixiao: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "a.txt").write_text("没有绩效目标的文件", "utf-8")
    jixiao("build", folder, "--workspace", workspace)
    monkeypatch.setenv("JIXIAO_WORKSPACE", str(workspace))
    page = AppTest.from_string(PAGE, default_timeout=30).run()
    assert not page.exception
    assert "请到“导入”页载入文件" in page.info[0].value
