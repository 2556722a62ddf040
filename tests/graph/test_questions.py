"""The competency questions: the same answers from every store, on examples, seeds and a generated graph."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from app.builder import build_workspace
from benchmarks.generated_graph import disclosures
from graph.build import build_graph
from graph.derived import derive
from graph.judgements import Judgements
from graph.questions import QUESTIONS
from graph.store import GraphStore, open_store
from tests.conftest import SHARED
from tests.samples import empty_server

INDICATORS = 20_000
Stores = tuple[GraphStore, GraphStore]


@pytest.fixture(scope="module", params=["examples", "seeds", "generated"])
def stores(
    request: pytest.FixtureRequest,
    examples: list[Path],
    neo4j_address: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Stores]:
    """An embedded store and a server with the same graph."""
    folder = tmp_path_factory.mktemp("stores")
    empty_server()
    if request.param == "generated":
        path = folder / "graph.kgl"
        _generate(path, neo4j_address)
    else:
        files = examples if request.param == "examples" else _seeds()
        build_workspace(files, folder / "w", track=iter)
        build_workspace([], folder / "w", track=iter, address=neo4j_address)
        path = folder / "w" / "graph.kgl"
    with open_store(path, read_only=True) as one, open_store(neo4j_address, read_only=True) as other:
        yield one, other


def _seeds() -> Sequence[Path]:
    found = sorted((SHARED / "seeds").glob("*.txt"))
    if not found:
        pytest.skip(f"没有 {SHARED / 'seeds'}，不测种子文件")
    return found


def _generate(*places: str | Path) -> None:
    for place in places:
        with open_store(place) as store:
            for disclosure in disclosures(INDICATORS):
                store.write(build_graph(disclosure), run_id="1")
            derive(store, Judgements(), run_id="1")
            store.publish()


def given(store: GraphStore, needs: Sequence[str]) -> dict[str, object]:
    """Something of this graph for each parameter that a question needs."""

    def first(label: str, property_name: str = "id", position: int = 0) -> object:
        order = "n.projects DESC, n.id" if label == "IndicatorConcept" else "n.id"
        text = f"MATCH (n:{label}) RETURN n.{property_name} AS found ORDER BY {order} LIMIT 10"
        return store.run(text)[position]["found"]

    found = {
        "concept_id": lambda: first("IndicatorConcept"),
        "project_id": lambda: first("Project"),
        "other_id": lambda: first("Project", position=3),
        "unit_id": lambda: first("BudgetUnit"),
        "indicator_id": lambda: first("Indicator"),
        "target_id": lambda: _most_shared(store) or first("PerformanceTarget"),
        "fiscal_year": lambda: first("PerformanceTarget", "fiscal_year"),
    }
    return {name: found[name]() for name in needs}


def _most_shared(store: GraphStore) -> object:
    rows = store.run("MATCH (t:PerformanceTarget)-[:SHARES_INDICATORS_WITH]->() RETURN min(t.id) AS found")
    return rows[0]["found"]


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_store_gives_the_same_answer(stores: Stores, name: str) -> None:
    question = QUESTIONS[name]
    params = {**question.defaults, **given(stores[0], question.needs)}
    one, other = (_comparable(store.run(question.text, params)) for store in stores)
    assert one == other
    if name not in MAY_BE_EMPTY:
        assert one


MAY_BE_EMPTY = {
    "reuse",
    "reuse_over_years",
    "reuse_inside_units",
    "reuse_across_units",
    "reuse_across_regions",
    "related_concepts",
    "path_between_projects",
    "shared_with_project",
    "new_this_year",
    "gone_this_year",
    "same_value",
    "without_value",
    "unread_values",
    "early_deadlines",
    "measured_of",
    "without_class",
    "scores",
    "files_without_targets",
    "targets_without_indicators",
    "similar_concepts",
    "copied_targets",
    "copies_of_target",
}
"""What a graph need not have; the examples have some of each (below)."""


def _comparable(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows in their order; what is collected in no order is sorted, sums are rounded."""

    def plain(value: Any) -> Any:
        if isinstance(value, list):
            return sorted(map(repr, map(plain, value)))
        if isinstance(value, dict):
            return sorted((name, plain(part)) for name, part in value.items())
        return round(value, 6) if isinstance(value, float) else value

    return [{name: plain(value) for name, value in row.items()} for row in rows]


def test_the_examples_answer_nearly_every_question(examples: list[Path], tmp_path: Path) -> None:
    build_workspace(examples, tmp_path / "w", track=iter)
    with open_store(tmp_path / "w" / "graph.kgl", read_only=True) as store:
        empty = {
            name
            for name, question in QUESTIONS.items()
            if not store.run(question.text, {**question.defaults, **given(store, question.needs)})
        }
    assert len(empty) <= 6 and empty <= MAY_BE_EMPTY


def test_there_are_enough_and_each_is_whole() -> None:
    assert len(QUESTIONS) >= 25
    assert len({question.title for question in QUESTIONS.values()}) == len(QUESTIONS)
    for question in QUESTIONS.values():
        asked = set(re.findall(r"\$(\w+)", question.text))
        assert asked == {*question.needs, *question.defaults}
