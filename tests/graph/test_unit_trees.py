"""The targets that a unit itself holds, and its projects: the same in every store."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from graph import queries
from graph.batch import BatchBuilder
from graph.build import build_graph
from graph.questions import QUESTIONS
from graph.store import GraphStore, open_store
from ontology.ids import stable_id
from ontology.model import TargetScope

if TYPE_CHECKING:
    from tests.graph.conftest import Samples

UNIT = {"unit_id": stable_id("unit", "甲县交通局")}


@pytest.fixture(params=["embedded", "neo4j"])
def filled(request: pytest.FixtureRequest, tmp_path: Path, samples: "Samples") -> Iterator[GraphStore]:
    """A unit with two projects and two targets of its own, the later without indicators; and one of none."""
    is_server = request.param == "neo4j"
    address = request.getfixturevalue("empty_neo4j") if is_server else tmp_path / "graph.kgl"
    whole = TargetScope.DEPARTMENT
    own = [
        samples.target("道路养护", [samples.indicator("养护里程")], fiscal_year=2022),
        samples.target("桥梁养护", fiscal_year=2023, tables=(2,)),
        samples.target(None, [samples.indicator(row=9), samples.indicator("总成本", row=2)], scope=whole),
        samples.target(None, fiscal_year=2024, scope=whole, tables=(3,), objective="畅通"),
    ]
    with open_store(address) as store:
        store.write(build_graph(samples.disclosure("甲.txt", own)), run_id="1")
        store.write(build_graph(samples.disclosure("乙.txt", unit="乙县林业局")), run_id="1")
        store.publish()
        yield store


def test_a_units_own_targets_have_the_columns_of_a_projects(filled: GraphStore) -> None:
    found = filled.run(queries.UNIT_TREE, UNIT)
    assert [(row["fiscal_year"], row["name"], row["objective"]) for row in found] == [
        (2023, "总成本", None),
        (2023, "群众满意度", None),
        (2024, None, "畅通"),
    ]
    assert {(row["project"], row["unit"], row["scope"]) for row in found} == {
        (None, "甲县交通局", "部门整体")
    }
    project = {"project_id": stable_id("project", "甲县交通局", "道路养护")}
    assert list(found[0]) == list(filled.run(queries.PROJECT_TREE, project)[0])


def test_a_units_projects_are_listed(filled: GraphStore) -> None:
    found = filled.run(queries.UNIT_PROJECTS, UNIT)
    assert {(row["unit"], row["project"], row["targets"]) for row in found} == {
        ("甲县交通局", "道路养护", 1),
        ("甲县交通局", "桥梁养护", 1),
    }
    (bare,) = filled.run(queries.UNIT_PROJECTS, {"unit_id": stable_id("unit", "乙县林业局")})
    assert bare == {"unit": "乙县林业局", "project_id": None, "project": None, "targets": 0}
    assert filled.run(queries.UNIT_PROJECTS, {"unit_id": "unit-unknown"}) == []


def test_a_project_without_a_name_is_listed_and_holds_no_word(filled: GraphStore) -> None:
    batch = BatchBuilder("丙.txt")
    batch.add("Project", "project-nameless")
    filled.write(batch.finish(), run_id="2")
    filled.publish()

    def found(word: str) -> set[str | None]:
        params = {"word": word, "row_limit": 10}
        return {row["project"] for row in filled.run(QUESTIONS["projects"].text, params)}

    assert found("") == {"道路养护", "桥梁养护", None}
    assert found("桥梁") == {"桥梁养护"}
