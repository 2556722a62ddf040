"""The store on a Neo4j server: wrong doors, other people's graphs, broken connections, killed writers."""

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rich.console import Console

from graph import neo4j_connection, neo4j_queries
from graph.build import build_graph
from graph.neo4j_server import Neo4jServer
from graph.schema import SCHEMA_VERSION
from graph.store import discard_store, open_store
from ontology.errors import StoreDamaged, StoreError, WorkspaceBusy
from ontology.model import Disclosure
from tests.samples import raw_driver

if TYPE_CHECKING:
    from tests.graph.conftest import Graphs, Samples

ROOT = Path(__file__).parents[2]
QUIET = Console(quiet=True)


class TestOpening:
    def test_a_wrong_password_is_told(self, empty_neo4j: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("NEO4J_PASSWORD", "wrong-password")
        with pytest.raises(StoreError, match="不接受用户名和密码，请检查环境变量") as caught:
            open_store(empty_neo4j)
        assert "wrong-password" not in str(caught.value)

    def test_no_password_is_told(self, empty_neo4j: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("NEO4J_PASSWORD")
        with pytest.raises(StoreError, match="请设环境变量 NEO4J_PASSWORD"):
            open_store(empty_neo4j)

    def test_a_server_that_is_not_there(self, empty_neo4j: str) -> None:
        with pytest.raises(StoreError, match=r"连不上 Neo4j bolt://127\.0\.0\.1:1，或连接断了"):
            open_store("bolt://127.0.0.1:1")

    def test_a_database_that_is_not_there(self, empty_neo4j: str) -> None:
        with pytest.raises(StoreError, match="上没有数据库 nosuch"):
            open_store(f"{empty_neo4j}/nosuch")

    def test_an_address_holds_no_password(self, empty_neo4j: str) -> None:
        with pytest.raises(StoreError, match="地址里不能写用户名和密码") as caught:
            open_store("neo4j://neo4j:secret@127.0.0.1:7687")
        assert "secret" not in str(caught.value)

    def test_an_old_server_is_told(self, empty_neo4j: str) -> None:
        address = neo4j_connection.Neo4jAddress(empty_neo4j)
        with pytest.raises(StoreError, match=r"是 Neo4j 4\.4\.40，应为 5\.13 或更新的版本"):
            neo4j_connection.check_version(address, "Neo4j/4.4.40")
        for agent in ("Neo4j/5.26.18", "Neo4j/2025.10.1"):
            neo4j_connection.check_version(address, agent)

    @pytest.mark.parametrize(
        ("words", "told"),
        [
            ("The database is in read-only mode on this Neo4j instance.", "是只读的，不能写入"),
            ("Could not apply the transaction: Transaction #142 {started 2026} to the store", "磁盘满了"),
            ("The database has encountered a critical error, and needs to be restarted.", "腾出空间、重启"),
            ("Something else.", "数据库的原话：Something else."),
        ],
    )
    def test_a_server_that_cannot_write(self, empty_neo4j: str, words: str, told: str) -> None:
        """The words are those that a server of ours said, set read-only and on a full disk."""
        address = neo4j_connection.Neo4jAddress(empty_neo4j)
        assert told in neo4j_connection.refusal(address, "Neo.DatabaseError.Transaction", words)

    def test_the_routing_scheme_works_too(self, empty_neo4j: str) -> None:
        with open_store(empty_neo4j.replace("bolt://", "neo4j://")) as store:
            assert store.run("RETURN 1 AS one") == [{"one": 1}]


@pytest.fixture
def foreign(neo4j_address: str) -> Iterator[str]:
    """A server without a graph of ours and its schema."""
    _drop_everything()
    yield neo4j_address
    _drop_everything()


def _drop_everything() -> None:
    with raw_driver() as driver:
        driver.execute_query("MATCH (n) DETACH DELETE n")
        for row in driver.execute_query("SHOW CONSTRAINTS YIELD name").records:
            driver.execute_query(f"DROP CONSTRAINT {row['name']}")
        for row in driver.execute_query("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP'").records:
            driver.execute_query(f"DROP INDEX {row['name']}")


class TestWhoseGraph:
    def test_other_peoples_data_are_left_alone(self, foreign: str) -> None:
        with raw_driver() as driver:
            driver.execute_query("CREATE (:Customer {name: 'x'})")
        for read_only in (True, False):
            with pytest.raises(StoreError, match="里有别的内容，不是绩效图谱；请另建一个空的数据库"):
                open_store(foreign, read_only=read_only)
        with raw_driver() as driver:
            assert len(driver.execute_query("MATCH (c:Customer) RETURN c").records) == 1

    def test_a_reader_of_an_empty_database_is_told(self, foreign: str) -> None:
        with pytest.raises(StoreDamaged, match="还是空的，应先运行 jixiao build --store"):
            open_store(foreign, read_only=True)

    def test_a_graph_of_an_older_vocabulary_is_made_anew(
        self, foreign: str, samples: "Samples", graphs: "Graphs"
    ) -> None:
        older = neo4j_queries.marker(SCHEMA_VERSION - 1)
        with raw_driver() as driver:
            driver.execute_query(f"CREATE INDEX {older} FOR (n:Disclosure) ON (n.run_id)")
            driver.execute_query("CREATE (:Disclosure {id: 'o', run_id: '1'})-[:GONE]->(:Old {run_id: '1'})")
        for read_only in (True, False):
            with pytest.raises(StoreDamaged, match="由其他版本的词汇表写成，应由记录重建：jixiao build"):
                open_store(foreign, read_only=read_only)
        discard_store(foreign)
        with open_store(foreign) as store:
            graphs.put(store, samples.disclosure(), run_id="1")
            assert graphs.everything(store) == graphs.fresh([samples.disclosure()])

    def test_other_peoples_nodes_beside_an_older_graph_are_left_alone(self, foreign: str) -> None:
        older = neo4j_queries.marker(SCHEMA_VERSION - 1)
        with raw_driver() as driver:
            driver.execute_query(f"CREATE INDEX {older} FOR (n:Disclosure) ON (n.run_id)")
            driver.execute_query("CREATE (:Disclosure {id: 'o', run_id: '1'}), (:Customer {name: 'x'})")
        with pytest.raises(StoreError, match="还有别的内容，没有动它"):
            discard_store(foreign)
        with raw_driver() as driver:
            assert driver.execute_query("MATCH (n) RETURN count(n) AS n").records[0]["n"] == 2

    def test_the_schema_is_derived_from_the_vocabulary(self, foreign: str) -> None:
        with open_store(foreign) as store:
            rows = store.run("SHOW INDEXES")
        found = {row["name"]: row for row in rows}
        assert found[neo4j_queries.FULLTEXT_INDEX]["type"] == "FULLTEXT"
        assert found["project_name"]["properties"] == ["name"]
        assert found["project_id"]["owningConstraint"] == "project_id"
        assert found["indicator_disclosure_id"]["state"] == "ONLINE"

    def test_chinese_words_are_found(self, empty_neo4j: str, samples: "Samples", graphs: "Graphs") -> None:
        target = samples.target(indicators=[samples.indicator("受益群众满意度")])
        with open_store(empty_neo4j) as store:
            graphs.put(store, samples.disclosure(targets=[target]), run_id="1")
            text = (
                "CALL db.index.fulltext.queryNodes('jixiao_text', $words) YIELD node "
                "WHERE 'Indicator' IN labels(node) RETURN node.name AS name"
            )
            assert store.run(text, {"words": "满意"}) == [{"name": "受益群众满意度"}]


LOADER = """
import pickle, sys
from graph.store import open_store
batches = pickle.load(open(sys.argv[2], "rb"))
with open_store(sys.argv[1]) as store:
    for batch, own_id in batches:
        store.write(batch, run_id="loader")
        store.delete_stale(own_id, run_id="loader")
        store.run("RETURN 1 AS one")
        print("x", flush=True)
    sys.stdin.read()
"""


class TestBrokenLoads:
    def test_a_graph_under_a_writer_is_not_emptied(self, empty_neo4j: str) -> None:
        with open_store(empty_neo4j), pytest.raises(WorkspaceBusy, match="正由另一个进程写入"):
            discard_store(empty_neo4j)

    def test_a_writer_whose_lock_was_taken_stops(self, empty_neo4j: str, samples: "Samples") -> None:
        with open_store(empty_neo4j) as store:
            store.write(build_graph(samples.disclosure()), run_id="1")
            with raw_driver() as driver:
                rows = driver.execute_query("SHOW TRANSACTIONS YIELD transactionId, currentQuery").records
                for row in rows:
                    if "SHOW TRANSACTIONS" not in (row["currentQuery"] or ""):
                        driver.execute_query("TERMINATE TRANSACTIONS $id", {"id": row["transactionId"]})
            with pytest.raises(StoreError, match="收回了写入的锁"):
                store.publish()

    def test_what_could_not_be_sent_goes_on_waiting(
        self, empty_neo4j: str, samples: "Samples", monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with open_store(empty_neo4j) as store:
            store.write(build_graph(samples.disclosure("a.txt")), run_id="1")
            with monkeypatch.context() as patch:
                patch.setattr("graph.upkeep.write_batches", _fail)
                with pytest.raises(StoreError, match="存不下"):
                    store.publish()
            store.publish()
            assert store.run("MATCH (d:Disclosure) RETURN d.file AS file") == [{"file": "a.txt"}]

    def test_a_killed_loader_leaves_whole_files_and_no_lock(
        self, empty_neo4j: str, tmp_path: Path, samples: "Samples", graphs: "Graphs"
    ) -> None:
        disclosures = [_disclosure(samples, number) for number in range(6)]
        file = tmp_path / "batches"
        file.write_bytes(pickle.dumps([(build_graph(item), item.id) for item in disclosures]))
        command = [sys.executable, "-c", LOADER, empty_neo4j, str(file)]
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        pipe = subprocess.PIPE
        with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=environment) as loader:
            assert loader.stdout is not None
            for _ in range(3):
                assert loader.stdout.readline() == "x\n"
            with pytest.raises(WorkspaceBusy, match="正由另一个进程写入，请等它结束后再试"):
                open_store(empty_neo4j)
            loader.send_signal(signal.SIGKILL)
        with open_store(empty_neo4j) as store:
            rows = store.run(
                "MATCH (d:Disclosure)<-[:STATED_IN]-(t)-[:HAS_INDICATOR]->(i) "
                "RETURN d.id AS id, count(i) AS n"
            )
            assert len(rows) >= 3 and {row["n"] for row in rows} == {40}
            graphs.put(store, *disclosures, run_id="again")
            assert graphs.everything(store) == graphs.fresh(disclosures)

    def test_a_killed_server_loses_and_doubles_nothing(
        self,
        tmp_path: Path,
        samples: "Samples",
        graphs: "Graphs",
        monkeypatch: pytest.MonkeyPatch,
        neo4j_server: Neo4jServer,
    ) -> None:
        del neo4j_server  # asked for only so that this test skips where it does
        server = Neo4jServer(tmp_path / "server")
        server.start(QUIET)
        try:
            for name, value in server.environment().items():
                monkeypatch.setenv(name, value)
            monkeypatch.setattr(neo4j_connection, "RETRY_S", 1)
            address = server.environment()["NEO4J_URI"]
            disclosures = [_disclosure(samples, number) for number in range(6)]
            with open_store(address) as store:
                graphs.put(store, *disclosures[:3], run_id="1")
                store.write(build_graph(disclosures[3]), run_id="2")
                server.kill()
                with pytest.raises(StoreError, match=r"连不上 Neo4j .*再运行同一条命令，会接着做完"):
                    store.publish()
            server.start(QUIET)
            with open_store(address) as store:
                assert store.run("MATCH (d:Disclosure) RETURN count(d) AS n") == [{"n": 3}]
                graphs.put(store, *disclosures, run_id="3")
                assert graphs.everything(store) == graphs.fresh(disclosures)
        finally:
            server.stop(QUIET)


def _fail(*_: object, **__: object) -> None:
    raise ValueError("a value that cannot be packed")


def _disclosure(samples: "Samples", number: int) -> Disclosure:
    indicators = [samples.indicator(f"指标{number % 2}-{n}", row=n + 1) for n in range(40)]
    return samples.disclosure(f"{number}.txt", [samples.target(f"项目{number}", indicators)])
