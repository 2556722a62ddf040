"""Pages that list a part say so, and say of how much."""

from pathlib import Path

import pytest

from app.views import boilerplate, indicator, project
from app.views.data import version
from app.views.search import read_facets
from tests.pages import open_page, table, words_on
from tests.samples import Command


@pytest.fixture
def workspace(tmp_path: Path, jixiao: Command, examples: list[Path]) -> Path:
    folder = tmp_path / "工作区"
    jixiao("build", *examples, "--workspace", folder)
    return folder


def test_a_card_lists_some_uses_and_some_projects(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indicator, "_SHOWN", 2)
    monkeypatch.setattr(indicator, "_LINKS", 1)
    monkeypatch.setenv("JIXIAO_WORKSPACE", str(workspace))
    most_used = read_facets(version())[0].concept_id
    card = open_page(workspace, monkeypatch, "indicator", id=most_used)
    assert len(table(card, "单位", "年度")) == 2
    assert "只列出前 2 行，共" in words_on(card) and "只列出前 1 个，共" in words_on(card)


def test_the_ranking_of_boilerplate_is_cut(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boilerplate, "_SHOWN", 3)
    page = open_page(workspace, monkeypatch, "boilerplate")
    assert len(table(page, "程度")) == 3 and len(table(page, "名称", "指标")) == 3
    assert words_on(page).count("只列出前 3 行，共") == 2


def test_the_list_of_projects_is_cut(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(project, "_SHOWN", 2)
    page = open_page(workspace, monkeypatch, "project")
    assert len(table(page, "项目", "单位")) == 2
    assert "只列出前 2 个，共" in words_on(page)
