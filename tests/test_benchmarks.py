"""The benchmarks: what they time is what they say."""

from typing import NoReturn

import pytest

from benchmarks import stores
from benchmarks.generated_graph import disclosures
from graph.build import build_graph
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
