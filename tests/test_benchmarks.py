"""The benchmarks: what they time is what they say."""

from pathlib import Path
from typing import NoReturn

import pytest

from benchmarks import stores
from benchmarks.generated_graph import disclosures
from graph.build import build_graph
from graph.questions import QUESTIONS
from graph.store import open_store
from tests.samples import raw_driver


def test_the_bare_driver_is_timed_alone(empty_neo4j: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The baseline of loading makes no schema and opens no store; it creates every row."""
    with open_store(empty_neo4j):
        pass

    def refuse(*_: object, **__: object) -> NoReturn:
        raise AssertionError("the baseline opened a store")

    monkeypatch.setattr(stores, "open_store", refuse)
    batches = [(item.id, build_graph(item)) for item in disclosures(200)]
    stores.bare(batches)
    ((_, batch),) = batches
    wanted = {label: len(rows) for label, rows in batch.nodes.items()}
    with raw_driver() as driver:
        text = "MATCH (n) WHERE labels(n)[0] IN $labels RETURN labels(n)[0] AS label, count(n) AS n"
        found = driver.execute_query(text, labels=list(wanted)).records
    assert {record["label"]: record["n"] for record in found} == wanted


def test_every_question_that_needs_something_is_asked(tmp_path: Path) -> None:
    path = tmp_path / "graph.kgl"
    with open_store(path) as store:
        for item in disclosures(400):
            store.write(build_graph(item), run_id="1")
        store.publish()
    with open_store(path, read_only=True) as store:
        found = stores.parameters(store)
        assert set(found) >= {need for question in QUESTIONS.values() for need in question.needs}
        assert store.run(QUESTIONS["project"].text, {**QUESTIONS["project"].defaults, **found})
