"""A writer or a server killed in the middle of a write: nothing is lost, nothing stands twice."""

import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rich.console import Console

from benchmarks.generated_graph import disclosures
from graph import neo4j_connection
from graph.build import build_graph
from graph.neo4j_server import Neo4jServer
from graph.store import GraphStore, open_store
from ontology.errors import StoreError, WorkspaceBusy
from ontology.model import Disclosure
from tests.samples import is_writing_rows, wait_for

if TYPE_CHECKING:
    from tests.graph.conftest import Graphs

ROOT = Path(__file__).parents[2]
QUIET = Console(quiet=True)
SENT = 2
"""How many disclosures are sent, and shown to readers, before the transaction that is cut."""

# What is asked of a writer sends what waits.
LOADER = f"""
import pickle, sys
from graph.store import open_store
batches = pickle.load(open(sys.argv[2], "rb"))
with open_store(sys.argv[1]) as store:
    for number, (batch, own_id) in enumerate(batches):
        store.write(batch, run_id="loader")
        store.delete_stale(own_id, run_id="loader")
        if number == {SENT} - 1:
            store.run("RETURN 1 AS one")
            print("x", flush=True)
            sys.stdin.readline()
    store.publish()
"""


@pytest.fixture(scope="module")
def generated() -> list[Disclosure]:
    """Enough for a transaction of some seconds."""
    return list(disclosures(2000))


@pytest.fixture(scope="module")
def undisturbed(generated: list[Disclosure], graphs: "Graphs") -> frozenset[tuple[object, ...]]:
    return graphs.fresh(generated)


@pytest.fixture
def own_server(
    tmp_path: Path, neo4j_server: Neo4jServer, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Neo4jServer]:
    """A server that may be killed."""
    del neo4j_server  # asked for only so that this test skips where it does
    server = Neo4jServer(tmp_path / "server")
    server.start(QUIET)
    for name, value in server.environment().items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(neo4j_connection, "RETRY_S", 1)
    yield server
    server.stop(QUIET)


def check_what_was_cut(
    address: str,
    generated: list[Disclosure],
    undisturbed: frozenset[tuple[object, ...]],
    graphs: "Graphs",
) -> None:
    """The files sent before are there whole, of the others nothing; and loading goes on from there."""
    with open_store(address) as store:
        assert _files(store) == {item.id: 200 for item in generated[:SENT]}
        assert store.is_unfinished()
        graphs.put(store, *generated, run_id="again")
        assert not store.is_unfinished()
        assert graphs.everything(store) == undisturbed


def test_a_killed_loader(
    empty_neo4j: str,
    tmp_path: Path,
    generated: list[Disclosure],
    undisturbed: frozenset[tuple[object, ...]],
    graphs: "Graphs",
) -> None:
    file = tmp_path / "batches"
    file.write_bytes(pickle.dumps([(build_graph(item), item.id) for item in generated]))
    command = [sys.executable, "-c", LOADER, empty_neo4j, str(file)]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=environment) as loader:
        assert loader.stdout is not None and loader.stdin is not None
        assert loader.stdout.readline() == "x\n"
        with pytest.raises(WorkspaceBusy, match="正由另一个进程写入，请等它结束后再试"):
            open_store(empty_neo4j)
        loader.stdin.write("\n")
        loader.stdin.flush()
        wait_for(is_writing_rows)
        loader.send_signal(signal.SIGKILL)
    check_what_was_cut(empty_neo4j, generated, undisturbed, graphs)


def test_a_killed_server(
    own_server: Neo4jServer,
    generated: list[Disclosure],
    undisturbed: frozenset[tuple[object, ...]],
    graphs: "Graphs",
) -> None:
    address = own_server.environment()["NEO4J_URI"]
    told: list[StoreError] = []

    def publish(store: GraphStore) -> None:
        try:
            store.publish()
        except StoreError as error:
            told.append(error)

    with open_store(address) as store:
        for item in generated[:SENT]:
            store.write(build_graph(item), run_id="1")
            store.delete_stale(item.id, run_id="1")
        assert store.run("RETURN 1 AS one") == [{"one": 1}]
        for item in generated[SENT:]:
            store.write(build_graph(item), run_id="1")
            store.delete_stale(item.id, run_id="1")
        writing = threading.Thread(target=publish, args=(store,))
        writing.start()
        wait_for(is_writing_rows)
        own_server.kill()
        writing.join()
    assert len(told) == 1 and "连不上 Neo4j" in str(told[0])
    assert str(told[0]).endswith("再运行同一条命令（没做完的构建会接着做）")
    own_server.start(QUIET)
    check_what_was_cut(address, generated, undisturbed, graphs)


def _files(store: GraphStore) -> dict[str, int]:
    """How many indicators each disclosure has."""
    text = "MATCH (d:Disclosure)<-[:STATED_IN]-(t)-[:HAS_INDICATOR]->(i) RETURN d.id AS id, count(i) AS n"
    return {row["id"]: row["n"] for row in store.run(text)}
