"""Pages that list a part say so, and say of how much."""

from pathlib import Path

import pytest

from app.cli import run
from app.views import indicator, parts, project
from app.views.data import version
from app.views.search import read_facets
from ontology.ids import stable_id
from tests.pages import open_page, table, words_on
from tests.samples import Command, write_form


@pytest.fixture
def workspace(tmp_path: Path, jixiao: Command, examples: list[Path]) -> Path:
    folder = tmp_path / "工作区"
    jixiao("build", *examples, "--workspace", folder)
    return folder


def test_a_card_lists_some_uses_and_some_projects(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indicator, "_SHOWN", 2)
    monkeypatch.setenv("JIXIAO_WORKSPACE", str(workspace))
    most_used = read_facets(version())[0].concept_id
    card = open_page(workspace, monkeypatch, "indicator", id=most_used)
    assert len(table(card, "单位", "年度")) == len(table(card, "项目", "单位")) == 2
    assert words_on(card).count("只列出前 2 行，共") == 2


def test_the_ranking_of_boilerplate_is_cut(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "MOST_ROWS", 3)
    page = open_page(workspace, monkeypatch, "boilerplate")
    assert len(table(page, "程度")) == 3 and len(table(page, "名称", "指标")) == 3
    assert words_on(page).count("只列出前 3 行，共") == 2


def test_the_list_of_projects_is_cut(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(project, "_SHOWN", 2)
    page = open_page(workspace, monkeypatch, "project")
    assert len(table(page, "项目", "单位")) == 2
    assert "只列出前 2 个，共" in words_on(page)


def _letter(number: int) -> str:
    return chr(ord("峨") + number)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """More units, and more projects that share an indicator, than a question lists unless it is told."""
    folder = tmp_path_factory.mktemp("many")
    for number in range(104):
        path = write_form(folder / f"{number}.txt", project=f"购置{number}")
        path.write_text(
            path.read_text("utf-8").replace("青泉县图书馆", f"青泉县{_letter(number)}山图书馆"), "utf-8"
        )
    assert run(["build", str(folder), "--workspace", str(folder / "工作区")]) == 0
    return folder / "工作区"


def test_every_unit_is_listed_or_the_rest_is_counted(many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(table(open_page(many, monkeypatch), "单位", "地区")) == 104
    monkeypatch.setattr(parts, "MOST_ROWS", 3)
    page = open_page(many, monkeypatch)
    assert len(table(page, "单位", "地区")) == 3 and "只列出前 3 行，共 104 行" in words_on(page)


def test_the_projects_that_share_indicators_are_listed_or_said_to_be_cut(
    many: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = stable_id("project", f"青泉县{_letter(7)}山图书馆", "购置7")
    page = open_page(many, monkeypatch, "project", id=own)
    assert len(table(page, "项目", "单位", "共用的指标")) == 103 and "没有列出" not in words_on(page)
    monkeypatch.setattr(project, "_SHOWN", 2)
    page = open_page(many, monkeypatch, "project", id=own)
    assert len(table(page, "项目", "单位", "共用的指标")) == 2
    assert "只列出共用最多的 2 个，还有别的没有列出" in words_on(page)
