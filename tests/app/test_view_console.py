"""The console's answers as a graph: what an answer names, and what holds it together."""

from pathlib import Path

import pytest

from app.views.answer_graph import ids_in
from graph.reuse_map import MOST_NODES
from graph.store import open_store
from tests.pages import open_page, table

UNITS_AND_PROJECTS = """
MATCH (u:BudgetUnit)-[:HAS_PROJECT]->(p:Project)
WHERE u.name = '砚清县水务局'
RETURN u.id AS unit_id, p.id AS project_id, p.name AS name
"""


def test_an_answer_is_drawn_with_what_holds_it_together(
    examples_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = {"ask": "cypher", "text": UNITS_AND_PROJECTS, "as": "graph"}
    page = open_page(examples_workspace, monkeypatch, "query", **asked)
    with open_store(examples_workspace / "graph.kgl", read_only=True) as store:
        answer = store.run(UNITS_AND_PROJECTS)
    shown = table(page, "类别", "名称")
    assert [row["类别"] for row in shown].count("单位") == 1
    assert {row["名称"] for row in shown if row["类别"] == "项目"} == {row["name"] for row in answer}
    project_id = answer[0]["project_id"]
    chosen = open_page(examples_workspace, monkeypatch, "query", **asked, at=project_id)
    (link,) = chosen.get("page_link")
    assert link.proto.query_string == f"id={project_id}"


def test_an_answer_without_ids_says_what_to_do(
    examples_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "MATCH (u:BudgetUnit) RETURN u.name AS name"
    page = open_page(examples_workspace, monkeypatch, "query", ask="cypher", text=text, **{"as": "graph"})
    assert "画不成图" in page.info[0].value


def test_a_large_answer_is_cut_and_counted(examples_workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "MATCH (c:IndicatorConcept) RETURN c.id AS id LIMIT 100"
    page = open_page(examples_workspace, monkeypatch, "query", ask="cypher", text=text, **{"as": "graph"})
    assert str(100 - MOST_NODES) in page.warning[0].value
    assert len(table(page, "类别", "名称")) == MOST_NODES


def test_ids_are_found_in_lists_and_maps_too() -> None:
    unit, project = f"unit-{'0' * 20}", f"project-{'1' * 20}"
    rows: list[dict[str, object]] = [
        {"a": [unit, {"b": project}], "c": 3, "d": None},
        {"a": unit, "c": "indicator-12"},
    ]
    assert ids_in(rows) == [unit, project]
