"""Occurrences of a concept page by page: one order in every store, whatever is not printed."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from graph import reuse
from graph.build import build_graph
from graph.reuse import Occurrence, concept_occurrences, concept_values
from graph.store import GraphStore, open_store
from ontology.ids import stable_id
from ontology.model import TargetScope

if TYPE_CHECKING:
    from tests.graph.conftest import Samples

CONCEPT = stable_id("concept", "群众满意度")


@pytest.fixture(params=["embedded", "neo4j"])
def filled(request: pytest.FixtureRequest, tmp_path: Path, samples: "Samples") -> Iterator[GraphStore]:
    """Units, years and projects that stand there or do not, in an order of writing that is not the wanted."""
    is_server = request.param == "neo4j"
    address = request.getfixturevalue("empty_neo4j") if is_server else tmp_path / "graph.kgl"
    printed = iter(["≥95%", "≥95%", "≥90%", "≥80%", "≥95%", "", "≥90%", "≥85%", "≥95%"])
    with open_store(address) as store:
        for unit in (None, "乙县林业局", "甲县交通局"):
            targets = [
                samples.target(
                    project,
                    [samples.indicator(printed_value=next(printed))],
                    fiscal_year=year,
                    scope=TargetScope.PROJECT if project else TargetScope.DEPARTMENT,
                )
                for project, year in ((None, 2024), ("绿化", None), ("道路", 2023))
            ]
            disclosure = samples.disclosure(f"{unit}.txt", targets, unit=unit)
            store.write(build_graph(disclosure), run_id="1")
        store.publish()
        yield store


def place(item: Occurrence) -> tuple[str | None, int | None, str | None]:
    return item.unit, item.fiscal_year, item.project


def test_what_is_not_printed_comes_last_in_every_store(filled: GraphStore) -> None:
    each = [(2023, "道路"), (2024, None), (None, "绿化")]
    wanted = [(unit, year, name) for unit in ("乙县林业局", "甲县交通局", None) for year, name in each]
    assert [place(item) for item in concept_occurrences(filled, CONCEPT)] == wanted


@pytest.mark.parametrize("size", [1, 2, 4, 9, 10])
def test_pages_are_the_whole_cut_up(filled: GraphStore, size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    every = concept_occurrences(filled, CONCEPT)
    assert len(every) == 9 and all(len(item.places) == 2 or not item.printed_value for item in every)
    pages = [concept_occurrences(filled, CONCEPT, limit=size, start=n) for n in range(0, 9, size)]
    assert [len(page) for page in pages[:-1]] == [size] * (len(pages) - 1)
    assert sum(pages, ()) == every
    assert (
        concept_occurrences(filled, CONCEPT, start=9) == concept_occurrences(filled, CONCEPT, limit=0) == ()
    )
    monkeypatch.setattr(reuse, "_PAGE", size)
    assert concept_occurrences(filled, CONCEPT) == every
    assert concept_occurrences(filled, CONCEPT, limit=7, start=1) == every[1:8]


def test_values_are_counted_most_frequent_first(filled: GraphStore) -> None:
    assert list(concept_values(filled, CONCEPT).items()) == [
        ("≥95%", 4), ("≥90%", 2), ("≥80%", 1), ("≥85%", 1), (None, 1),
    ]  # fmt: skip
