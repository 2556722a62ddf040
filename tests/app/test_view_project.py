"""The page of a project or a unit: its targets year by year, and the way to them by an address."""

from pathlib import Path

import pytest

from app.cli import run
from graph.batch import BatchBuilder
from graph.store import open_store
from ontology.ids import stable_id
from tests.pages import choose_row, open_page, table, words_on
from tests.samples import write_form

UNIT = stable_id("unit", "青泉县图书馆")
PROJECT = stable_id("project", "青泉县图书馆", "图书购置")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of two years, and in the later one the unit's own target."""
    folder = tmp_path_factory.mktemp("project")
    for year, books in ((2023, 3000), (2024, 3500)):
        write_form(folder / f"{year}.txt", year=year, books=books)
    own = write_form(folder / "整体.txt", books=9000)
    text = own.read_text("utf-8").replace("项目支出绩效目标表", "部门整体支出绩效目标表")
    own.write_text(text.replace("项目名称\t图书购置", "部门名称\t青泉县图书馆"), "utf-8")
    assert run(["build", str(folder), "--workspace", str(folder / "工作区")]) == 0
    return folder / "工作区"


def books_on(values: list[dict[str, object]]) -> list[object]:
    return [row["指标值"] for row in values if row["三级指标"] == "新增图书册数"]


def test_the_year_stands_in_the_address(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = open_page(built, monkeypatch, "project", id=PROJECT)
    assert books_on(table(page, "一级指标")) == ["≥3500册"], "the newest"
    (years,) = (own for own in page.button_group if own.key == "year-chosen")
    years.set_value("2023").run()
    assert page.query_params["year"] == "2023"
    again = open_page(built, monkeypatch, "project", id=PROJECT, year="2023")
    assert books_on(table(again, "一级指标")) == ["≥3000册"]


def test_a_year_that_is_not_there_is_said(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = open_page(built, monkeypatch, "project", id=PROJECT, year="1066")
    assert ["1066" in item.value for item in page.warning] == [True]


def test_a_unit_shows_its_own_targets_and_its_projects(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = open_page(built, monkeypatch)
    page = choose_row(page, "units", 0)
    assert page.header[0].value == "青泉县图书馆" and page.query_params["id"] == UNIT
    assert books_on(table(page, "一级指标")) == ["≥9000册"]
    assert table(page, "项目", "绩效目标") == [{"项目": "图书购置", "绩效目标": 2}]
    page = choose_row(page, "unit-projects", 0)
    assert page.header[0].value == "图书购置"


def test_a_unit_that_has_left_is_said_to_have_left(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = open_page(built, monkeypatch, "project", id="unit-gone")
    assert "图谱里没有这个单位" in words_on(page)


def test_a_unit_of_an_answer_opens_its_page(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "MATCH (u:BudgetUnit) RETURN u.id AS unit_id"
    asked = {"ask": "cypher", "text": text, "as": "graph", "at": UNIT}
    page = open_page(built, monkeypatch, "query", **asked)
    assert ["project" in item.proto.page for item in page.get("page_link")][-1:] == [True]


def test_a_project_without_a_name_is_not_called_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "工作区"
    path = write_form(tmp_path / "书展.txt", project="书展")
    assert run(["build", str(path), "--workspace", str(own)]) == 0
    batch = BatchBuilder("没有名称.txt")
    batch.add("Project", "project-nameless")
    with open_store(own / "graph.kgl") as store:
        store.write(batch.finish(), run_id="2")
        store.publish()
    page = open_page(own, monkeypatch, "project")
    assert {row["项目"] for row in table(page, "项目", "单位")} == {"书展", "名称不详"}
    assert "没有这样的项目" in words_on(open_page(own, monkeypatch, "project", word="None"))


def test_targets_of_one_year_are_numbered(examples_workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    unit = stable_id("unit", "砚清县水务局")
    page = open_page(examples_workspace, monkeypatch, "project", id=unit)
    (years,) = (own for own in page.button_group if own.key == "year-chosen")
    assert list(years.options) == [*(f"2023 部门整体 {number}" for number in range(1, 5)), "2024 部门整体"]
    # The newest of those of which indicators were read.
    assert years.value == "2024" and table(page, "一级指标")


def test_a_row_is_followed_once(examples_workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A table in the same place of the next project does not go on by itself."""
    page = open_page(examples_workspace, monkeypatch, "search", q="群众满意度")
    page = choose_row(choose_row(page, "found", 0), "projects", 0)
    first = page.query_params["id"]
    page = choose_row(page, "shared", 0)
    second = page.query_params["id"]
    assert second != first and page.title[0].value == "项目"
    for _ in range(3):
        page.run()
        assert page.query_params["id"] == second
