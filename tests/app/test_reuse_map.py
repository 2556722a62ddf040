"""The reuse map: how it grows, where its nodes stand, what its address says, what the page shows."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import cast

import pytest
from streamlit.testing.v1 import AppTest

from app.views.legend import edge_sign, node_sign
from app.views.placing import HEIGHT, WIDTH, place
from app.views.reuse_map import read_steps, steps_said
from graph.map_ties import EdgeKind, MapEdge, MapKind, MapNode, Tie, kind_of, ties_of
from graph.reuse_map import (
    MOST_NODES,
    STEP,
    Neighbours,
    Step,
    edges_among,
    every_text,
    grow,
    map_nodes,
    neighbour_counts,
    neighbours_by,
    not_drawn,
    plan_ahead,
)
from graph.store import GraphStore, open_store
from ontology.errors import MissingExtra
from tests.samples import Command, write_form

PAGE = """
from app.views import SECTIONS
from app.views.parts import remember_pages
import streamlit as st
pages = {v.path: st.Page(v.show, url_path=v.path) for views in SECTIONS.values() for v in views}
remember_pages(pages)
from app.views import reuse_map
reuse_map.VIEW.show()
"""
UNIT = MapNode("unit-1", "图书馆")


def many(count: int) -> Callable[[str, Tie, int], Sequence[MapNode]]:
    """A unit with so many projects, each with one indicator of its own and one that all share."""
    projects = [MapNode(f"project-{n}", f"项目{n}") for n in range(count)]

    def neighbours(own: str, tie: Tie, start: int) -> Sequence[MapNode]:
        if (own, tie.name) == ("unit-1", "projects"):
            return projects[start : start + STEP]
        if tie.start is MapKind.PROJECT and tie.name == "indicators":
            number = own.partition("-")[2]
            return [MapNode("concept-all", "满意度"), MapNode(f"concept-{number}", number)][start:]
        return []

    return neighbours


def ids(nodes: Sequence[MapNode]) -> list[str]:
    return [node.id for node in nodes]


def test_every_text_of_the_map_is_planned_ahead(examples_workspace: Path) -> None:
    with open_store(examples_workspace / "graph.kgl", read_only=True) as store:
        asked: list[tuple[str, int]] = []

        class Asked:
            def run(
                self, text: str, params: dict[str, list[str]], timeout_s: float
            ) -> list[dict[str, object]]:
                asked.append((text, len(params.get("ids", ()))))
                return store.run(text, params, timeout_s=timeout_s)

        plan_ahead(cast(GraphStore, Asked()))
    assert {text for text, _ in asked} == {*every_text().values()}
    of_lists = {text for text in every_text().values() if "$ids" in text}
    assert all({count for own, count in asked if own == text} == {1, 10, MOST_NODES} for text in of_lists)


def test_a_map_starts_with_its_start() -> None:
    assert ids(grow(UNIT, (), many(3)).nodes) == ["unit-1"]


def test_opening_again_brings_the_next_ones() -> None:
    once = grow(UNIT, [Step("unit-1")], many(15))
    twice = grow(UNIT, [Step("unit-1"), Step("unit-1", "projects")], many(15))
    assert len(once.nodes) == 1 + STEP
    assert len(twice.nodes) == 16
    assert twice.nodes[: len(once.nodes)] == once.nodes, "nodes keep their places"
    assert set(twice.parents.values()) == {"unit-1"}


def test_opening_brings_something_new_where_other_steps_brought_the_next_few() -> None:
    known = [MapNode(f"concept-{n}", str(n)) for n in range(STEP)]
    found = [*known, MapNode("concept-new", "新")]

    def neighbours(own: str, tie: Tie, start: int) -> Sequence[MapNode]:
        if (own, tie.name) == ("unit-1", "projects") and start == 0:
            return [MapNode("project-1", "项目")]
        members = {"unit-1": known, "project-1": found}.get(own, [])
        return members[start : start + STEP] if tie.name == "indicators" else []

    steps = [Step("unit-1"), Step("project-1")]
    assert "concept-new" in ids(grow(UNIT, steps, neighbours).nodes)


def test_a_step_opens_only_its_tie() -> None:
    assert len(grow(UNIT, [Step("unit-1", "copies")], many(3)).nodes) == 1


def test_a_shared_neighbour_stands_once() -> None:
    steps = [Step("unit-1"), Step("project-0"), Step("project-1")]
    found = ids(grow(UNIT, steps, many(3)).nodes)
    assert found[-3:] == ["concept-all", "concept-0", "concept-1"]


def test_what_has_no_room_is_told_by_what_was_opened() -> None:
    found = grow(UNIT, [Step("unit-1"), Step("project-0", "indicators"), Step("project-1")], many(3), most=5)
    assert (len(found.nodes), found.without_room[0]) == (5, ("project-0", "indicators"))
    assert {own for own, _ in found.without_room[1:]} == {"project-1"}
    assert grow(UNIT, [Step("unit-1", "projects")], many(4), most=5).without_room == ()


def noted(neighbours: Neighbours, asked: list[tuple[str, str, int]]) -> Neighbours:
    """The same neighbours, and a note of each question."""

    def ask(own: str, tie: Tie, start: int) -> Sequence[MapNode]:
        asked.append((own, tie.name, start))
        return neighbours(own, tie, start)

    return ask


def test_a_full_map_asks_for_nothing_more() -> None:
    asked: list[tuple[str, str, int]] = []
    steps = [Step("unit-1", "projects"), *(Step(f"project-{n}") for n in range(4))] * 40
    grow(UNIT, steps, noted(many(1_000), asked), most=5)
    assert asked == [("unit-1", "projects", 0)]


def test_a_tie_that_brought_its_last_is_not_asked_again() -> None:
    asked: list[tuple[str, str, int]] = []
    found = grow(UNIT, [Step("unit-1", "projects")] * 200, noted(many(15), asked))
    assert len(found.nodes) == 16
    assert asked == [("unit-1", "projects", 0), ("unit-1", "projects", STEP)]


def test_steps_from_elsewhere_are_passed_over() -> None:
    assert len(grow(UNIT, [Step("project-7"), Step("concept-x", "similar")], many(3)).nodes) == 1


def test_what_is_not_drawn_is_told_by_tie() -> None:
    edges = [
        MapEdge("unit-1", "project-1", EdgeKind.HOLDS),
        MapEdge("project-1", "unit-1", EdgeKind.COPIES),
        MapEdge("project-1", "concept-1", EdgeKind.USES),
    ]
    counts = {"unit-1": {"projects": 3, "copies": 1}, "project-1": {"units": 1, "indicators": 1}}
    assert not_drawn(counts, edges) == {
        "unit-1": {"projects": 2, "copies": 0},
        "project-1": {"units": 0, "indicators": 0},
    }


@pytest.mark.parametrize(
    ("said", "steps"),
    [
        ("", ()),
        ("unit-1,project-2.indicators", (Step("unit-1"), Step("project-2", "indicators"))),
        ("unit-1.similar", ()),
        ("<b>x</b>,target-1,../..,unit", (Step("unit"),)),
        (",".join(["unit-1"] * 1000), (Step("unit-1"),) * MOST_NODES),
    ],
)
def test_steps_are_read_from_addresses(said: str, steps: tuple[Step, ...]) -> None:
    assert read_steps(said) == steps
    assert read_steps(steps_said(steps)) == steps


def test_nodes_have_room_and_keep_it() -> None:
    own = [f"n{number}" for number in range(60)]
    parents = {name: own[number // 10] for number, name in enumerate(own) if number}
    places = place(own, parents)
    assert places == {**places, **place(own[:30], parents)}, "a later node moves no earlier one"
    spots = list(places.values())
    for at, (x, y) in enumerate(spots):
        assert all(abs(x - a) > WIDTH or abs(y - b) > HEIGHT for a, b in spots[:at])
    assert places["n0"] == (0, 0)


def test_signs_are_told_by_shape_and_line_too() -> None:
    from app.views.graph_view import EDGE_LOOKS, NODE_LOOKS

    assert len({shape for _, shape in NODE_LOOKS.values()}) == len(MapKind)
    assert all("<svg" in node_sign(*looks) for looks in NODE_LOOKS.values())
    lines = {line for kind, (_, line, _) in EDGE_LOOKS.items() if kind is not EdgeKind.HOLDS}
    assert len(lines) == len(EdgeKind) - 1
    assert "dasharray" in edge_sign(*EDGE_LOOKS[EdgeKind.SIMILAR])


def test_another_page_of_the_component_is_refused() -> None:
    from app.views.graph_view import translated

    with pytest.raises(MissingExtra, match="streamlit-cytoscape 的页面变了"):
        translated("<html></html>", "zh")


@pytest.fixture
def built(workspace: Path, folder: Path, jixiao: Command, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_form(folder / "a.txt", project="图书购置")
    write_form(folder / "b.txt", project="[图书](http://x) *更新*")
    assert jixiao("build", folder, "--workspace", workspace).status == 0
    monkeypatch.setenv("JIXIAO_WORKSPACE", str(workspace))
    return workspace


def one_of(store: GraphStore, label: str, name: str) -> str:
    rows = store.run(f"MATCH (n:{label}) WHERE n.name = $name RETURN n.id AS id", {"name": name})
    return str(rows[0]["id"])


USES_COUNTED = """
MATCH (c:IndicatorConcept)<-[:EXPRESSES]-(:Indicator)<-[:HAS_INDICATOR]-(:PerformanceTarget)
      <-[:HAS_TARGET]-(p:Project)
WITH c, count(DISTINCT p) AS projects
RETURN c.id AS id, projects
"""


def read_map(store: GraphStore) -> None:
    """The sizes and edges of the map of two projects with the same four indicators."""
    project, unit = one_of(store, "Project", "图书购置"), one_of(store, "BudgetUnit", "青泉县图书馆")
    start = map_nodes(store, [project, "project-unknown"])[project]
    assert neighbour_counts(store, [project, unit]) == {
        project: {"units": 1, "indicators": 4, "copies": 1},
        unit: {"projects": 2},
    }
    # What is kept with an indicator is what counting its uses gives.
    uses = store.run(USES_COUNTED)
    assert {row["id"]: {"projects": row["projects"]} for row in uses} == {
        own: {"projects": by_tie["projects"]}
        for own, by_tie in neighbour_counts(store, [row["id"] for row in uses]).items()
    }
    found = grow(start, [Step(project)], lambda own, tie, before: neighbours_by(store, own, tie, before))
    assert [kind_of(own) for own in ids(found.nodes)] == ["project", "unit", *["concept"] * 4, "project"]
    edges = edges_among(store, ids(found.nodes))
    kinds = [edge.kind for edge in edges]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {"holds": 2, "uses": 8, "copies": 1}
    (copied,) = (edge for edge in edges if edge.kind is EdgeKind.COPIES)
    assert copied.share == 1
    assert copied.target_ids is not None
    assert len(set(copied.target_ids)) == 2


def test_nothing_is_asked_without_a_limit(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    limits: list[object] = []
    with open_store(built / "graph.kgl", read_only=True) as store:
        project = one_of(store, "Project", "图书购置")
        run = type(store).run

        def noted_run(self: GraphStore, text: str, *given: object, **options: object) -> object:
            limits.append(options.get("timeout_s"))
            return run(self, text, *given, **options)  # type: ignore[arg-type]

        monkeypatch.setattr(type(store), "run", noted_run)
        map_nodes(store, [project])
        neighbour_counts(store, [project])
        neighbours_by(store, project, ties_of(MapKind.PROJECT)[0], 0)
        edges_among(store, [project])
    assert len(limits) > 4
    assert set(limits) == {20.0}


def test_a_full_map_says_how_many_had_no_room(
    workspace: Path, folder: Path, jixiao: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(MOST_NODES + 5):
        write_form(folder / f"{number}.txt", project=f"图书购置{number}号")
    assert jixiao("build", folder, "--workspace", workspace).status == 0
    monkeypatch.setenv("JIXIAO_WORKSPACE", str(workspace))
    with open_store(workspace / "graph.kgl", read_only=True) as store:
        unit = one_of(store, "BudgetUnit", "青泉县图书馆")
        (row,) = store.run("MATCH (:BudgetUnit)-[:HAS_PROJECT]->(p:Project) RETURN count(p) AS projects")
    page = open_page(workspace, "BudgetUnit", "青泉县图书馆", open=",".join([f"{unit}.projects"] * 8))
    assert not page.exception
    assert len(page.dataframe[0].value) == MOST_NODES
    assert f"还有 {row['projects'] - MOST_NODES + 1} 个没有画" in page.warning[0].value


def test_the_map_is_read_from_an_embedded_graph(built: Path) -> None:
    with open_store(built / "graph.kgl", read_only=True) as store:
        read_map(store)


def test_the_map_is_read_from_a_server(built: Path, empty_neo4j: str, folder: Path, jixiao: Command) -> None:
    assert jixiao("build", folder, "--workspace", built, "--store", empty_neo4j).status == 0
    with open_store(empty_neo4j, read_only=True) as store:
        read_map(store)


def test_similar_indicators_say_why(tmp_path: Path, jixiao: Command, examples: list[Path]) -> None:
    workspace = tmp_path / "w"
    assert jixiao("build", *examples, "--workspace", workspace).status == 0
    with open_store(workspace / "graph.kgl", read_only=True) as store:
        own = one_of(store, "IndicatorConcept", "服务对象满意度")
        tie = next(tie for tie in ties_of(MapKind.INDICATOR) if tie.name == "similar")
        found = [own, *ids(neighbours_by(store, own, tie, 0))]
        edges = [edge for edge in edges_among(store, found) if own in (edge.start_id, edge.end_id)]
    assert len(found) > 1
    assert all(edge.kind is EdgeKind.SIMILAR and edge.reason for edge in edges)
    assert len(edges) == len(found) - 1


def open_page(built: Path, label: str, name: str, **params: str) -> AppTest:
    with open_store(built / "graph.kgl", read_only=True) as store:
        own = one_of(store, label, name)
    page = AppTest.from_string(PAGE, default_timeout=30)
    page.query_params["id"] = own
    for key, value in params.items():
        page.query_params[key] = value
    return page.run()


def test_the_page_lists_what_the_map_draws(built: Path) -> None:
    page = open_page(built, "Project", "图书购置")
    assert not page.exception
    nodes, edges = page.dataframe[0].value, page.dataframe[1].value
    assert nodes["类别"].tolist() == ["项目", "单位", "指标", "指标", "指标", "指标", "项目"]
    assert "[图书](http://x) *更新*" in nodes["名称"].tolist()
    assert edges["关系"].tolist() == ["目标雷同", *["设立项目"] * 2, *["使用指标"] * 8]
    assert edges["说明"].tolist()[0] == "100%"


def test_a_relation_is_opened_by_a_button_and_stands_in_the_address(built: Path) -> None:
    page = open_page(built, "Project", "图书购置", open="")
    assert len(page.dataframe[0].value) == 1
    (button,) = (item for item in page.button if item.label == "使用的指标 +4")
    button.click().run()
    assert not page.exception
    assert page.query_params["open"] == f"{page.query_params['id']}.indicators"
    assert len(page.dataframe[0].value) == 5
    (undo,) = (item for item in page.button if item.label == "退一步")
    undo.click().run()
    assert len(page.dataframe[0].value) == 1


def test_another_node_is_chosen_from_the_list(built: Path) -> None:
    page = open_page(built, "Project", "图书购置")
    unit = next(own for own in page.selectbox(key="at-chosen").options if own.startswith("单位"))
    page.selectbox(key="at-chosen").select_index(page.selectbox(key="at-chosen").options.index(unit)).run()
    assert not page.exception
    assert page.query_params["at"].startswith("unit-")
    assert any(item.label == "它的项目" and item.disabled for item in page.button), "both are drawn"


@pytest.mark.parametrize("own", ["project-unknown", "target-1", "<img src=x>", "project-1' OR 1=1"])
def test_an_unknown_start_says_what_to_do(built: Path, own: str) -> None:
    page = AppTest.from_string(PAGE, default_timeout=30)
    page.query_params["id"] = own
    page.run()
    assert not page.exception
    assert "另选一个" in page.info[0].value
    assert page.dataframe[0].value["指标"].tolist(), "what to choose from is listed"


@pytest.mark.parametrize(("kind", "column", "count"), [("project", "项目", 2), ("unit", "单位", 1)])
def test_a_start_is_chosen_from_a_list(built: Path, kind: str, column: str, count: int) -> None:
    page = AppTest.from_string(PAGE, default_timeout=30)
    page.query_params["kind"] = kind
    page.run()
    assert not page.exception
    assert len(page.dataframe[0].value[column]) == count
    page.text_input(key="word").input("没有这个").run()
    assert "换一个词" in page.info[0].value
