"""The console's answers as a graph: what an answer names, and what holds it together."""

from pathlib import Path

import pytest

from app.views import console
from app.views.answer_graph import ids_in
from graph.judgements import concept_id
from graph.questions import QUESTIONS
from graph.reuse_map import MOST_NODES
from graph.store import open_store
from ontology.ids import stable_id
from tests.pages import open_page, table, words_on

UNIT = stable_id("unit", "砚清县水务局")
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
    # What was asked for before as a graph is shown as a table, and the page says why.
    assert "只能看成表" in words_on(page) and len(page.dataframe) == 1


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


class TestForms:
    """Ready-made questions ask for names; the address says ids."""

    def test_an_indicator_is_chosen_by_its_name(
        self, examples_workspace: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        page = open_page(examples_workspace, monkeypatch, "query", ask="value_distribution")
        assert "请填写“指标”" in words_on(page) and not page.dataframe
        chosen = next(box for box in page.selectbox if box.label == "指标")
        assert any(words.startswith("群众满意度　") for words in chosen.options)
        page = chosen.set_value(concept_id("群众满意度")).run()
        assert table(page, "读成的值")
        assert page.query_params["p-concept_id"] == concept_id("群众满意度")

    @pytest.mark.parametrize(
        ("asked", "params", "label", "shown"),
        [
            ("new_this_year", {"p-unit_id": UNIT, "p-fiscal_year": "2024"}, "单位", "砚清县水务局"),
            ("without_class", {"p-class_id": "cost"}, "指标分类", "成本指标"),
            ("unread_values", {"p-kind": "deadline"}, "值的种类", "完成期限"),
        ],
    )
    def test_what_an_address_names_is_chosen(
        self,
        examples_workspace: Path,
        monkeypatch: pytest.MonkeyPatch,
        asked: str,
        params: dict[str, str],
        label: str,
        shown: str,
    ) -> None:
        page = open_page(examples_workspace, monkeypatch, "query", ask=asked, **params)
        (box,) = [own for own in page.selectbox if own.label == label]
        assert shown in box.format_func(box.value)
        assert len(page.dataframe) == 1 and "没有用上" not in words_on(page)

    def test_a_long_list_is_narrowed_by_a_word_and_keeps_what_is_chosen(
        self, examples_workspace: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(console, "SHOWN", 5)
        own = concept_id("群众满意度")
        page = open_page(
            examples_workspace, monkeypatch, "query", ask="value_distribution", **{"p-concept_id": own}
        )
        word = next(box for box in page.text_input if box.label == "指标：名称里的词")
        page = word.input("完成率").run()
        (box,) = [box for box in page.selectbox if box.label == "指标"]
        assert len(box.options) == 5 and box.value == own
        assert all("完成率" in words or "群众满意度" in words for words in box.options)

    def test_a_graph_is_offered_where_there_is_one_to_draw(
        self, examples_workspace: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        drawable = {}
        for name, question in QUESTIONS.items():
            if not question.needs:
                page = open_page(examples_workspace, monkeypatch, "query", ask=name)
                drawable[name] = "看成" in [getattr(own, "label", "") for own in page.get("button_group")]
        assert not any(drawable[name] for name in ("nodes", "classes", "years", "terms"))
        for name in ("reuse_over_years", "reuse_inside_units", "reuse_across_units", "reuse_across_regions",
                     "same_value", "similar_concepts"):  # fmt: skip
            assert drawable[name], name
