"""The store on a Neo4j server: wrong doors, other people's graphs, one writer at a time, lost locks."""

import threading
import time
from collections.abc import Iterator
from queue import Queue
from typing import TYPE_CHECKING, Any

import neo4j
import pytest

from graph import neo4j_answers, neo4j_connection, neo4j_queries
from graph.build import build_graph
from graph.schema import LABELS, SCHEMA_VERSION
from graph.store import GraphStore, discard_store, open_store
from ontology.errors import JixiaoError, QueryError, StoreDamaged, StoreError, WorkspaceBusy
from tests.samples import is_marked_unfinished, raw_driver

if TYPE_CHECKING:
    from tests.graph.conftest import Graphs, Samples


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


class TestBrokenLoads:
    def test_a_graph_under_a_writer_is_not_emptied(self, empty_neo4j: str) -> None:
        with open_store(empty_neo4j), pytest.raises(WorkspaceBusy, match="正由另一个进程写入"):
            discard_store(empty_neo4j)

    def test_a_writer_whose_lock_was_taken_stops(self, empty_neo4j: str, samples: "Samples") -> None:
        with open_store(empty_neo4j) as store:
            store.write(build_graph(samples.disclosure()), run_id="1")
            with raw_driver() as driver:
                _end_writers(driver)
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


class TestOneWriter:
    @pytest.mark.parametrize("is_new", [True, False], ids=["a database without schema", "our graph"])
    def test_of_three_begun_at_once_one_writes(self, foreign: str, is_new: bool) -> None:
        if not is_new:
            open_store(foreign).close()
        told: Queue[GraphStore | Exception] = Queue()
        together, begun = threading.Barrier(3), time.monotonic()

        def begin() -> None:
            together.wait()
            try:
                told.put(open_store(foreign))
            except JixiaoError as error:
                told.put(error)

        threads = [threading.Thread(target=begin, daemon=True) for _ in range(3)]
        for thread in threads:
            thread.start()
        # None of them waits for another one to close.
        found = [told.get(timeout=60) for _ in threads]
        took = time.monotonic() - begun
        writers = [item for item in found if not isinstance(item, Exception)]
        for writer in writers:
            writer.publish()
            writer.close()
        assert len(writers) == 1 and took < 30
        refused = [item for item in found if isinstance(item, Exception)]
        assert [type(item) for item in refused] == [WorkspaceBusy, WorkspaceBusy]
        assert all("正由另一个进程写入，请等它结束后再试" in str(item) for item in refused)
        open_store(foreign).close()

    def test_who_is_told_leaves_no_transaction(self, empty_neo4j: str) -> None:
        with open_store(empty_neo4j):
            with pytest.raises(WorkspaceBusy):
                open_store(empty_neo4j)
            with raw_driver() as driver:
                rows = driver.execute_query("SHOW TRANSACTIONS YIELD metaData").records
            assert len([row for row in rows if row["metaData"].get("jixiao") == "writer"]) == 1

    def test_the_servers_own_limit_does_not_end_the_lease(
        self, empty_neo4j: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        given: list[dict[str, Any]] = []
        original = neo4j.Session.begin_transaction

        def begin(session: neo4j.Session, **options: Any) -> neo4j.Transaction:
            given.append(options)
            return original(session, **options)

        monkeypatch.setattr(neo4j.Session, "begin_transaction", begin)
        open_store(empty_neo4j).close()
        # To the server none is its own limit, and 0 is no limit.
        assert [options["timeout"] for options in given] == [0]


class TestAsking:
    @pytest.fixture
    def asked(self, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        """What is sent to the server."""
        sent: list[str] = []
        original = neo4j.Session.run

        def run(session: neo4j.Session, query: Any, *given: Any, **more: Any) -> neo4j.Result:
            sent.append(query.text if isinstance(query, neo4j.Query) else query)
            return original(session, query, *given, **more)

        monkeypatch.setattr(neo4j.Session, "run", run)
        return sent

    def test_what_a_text_would_do_is_asked_once(self, empty_neo4j: str, asked: list[str]) -> None:
        text = "MATCH (n) WHERE n.id = $id RETURN n"
        with open_store(empty_neo4j) as store:
            asked.clear()
            for own in ("甲", "乙", "丙"):
                assert store.run(text, {"id": own}) == []
        assert asked == [f"EXPLAIN {text}", text, text, text]

    def test_what_writes_is_asked_about_each_time_and_never_run(
        self, empty_neo4j: str, asked: list[str]
    ) -> None:
        text = "MATCH (n) SET n.x = 1"
        with open_store(empty_neo4j) as store:
            asked.clear()
            for _ in range(2):
                with pytest.raises(QueryError, match="只能查询"):
                    store.run(text)
            assert asked == [f"EXPLAIN {text}"] * 2
            assert store.run("MATCH (n) WHERE n.x = 1 RETURN n.id AS id") == []

    def test_a_place_is_told_in_what_the_person_wrote_the_second_time_too(self, empty_neo4j: str) -> None:
        told = []
        with open_store(empty_neo4j) as store:
            for given in ({"a": 1}, {"a": {"b": 1}}, {"a": {"b": 1}}):
                try:
                    store.run("RETURN 1 + $a AS one", given)
                except QueryError as error:
                    told.append(str(error))
        assert len(told) == 2 and told[0] == told[1] and "第 12 列" in told[0]

    def test_only_so_many_texts_are_remembered(
        self, empty_neo4j: str, asked: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(neo4j_answers, "_MOST_KNOWN", 2)
        with open_store(empty_neo4j) as store:
            texts = [f"RETURN {number} AS one" for number in range(3)]
            for text in texts:
                assert store.run(text) == [{"one": texts.index(text)}]
            asked.clear()
            store.run(texts[2])
            store.run(texts[0])
        assert asked == [texts[2], f"EXPLAIN {texts[0]}", texts[0]]


class TestUnfinished:
    def test_readers_are_told_from_the_first_file_to_the_publication(
        self, empty_neo4j: str, samples: "Samples"
    ) -> None:
        with open_store(empty_neo4j) as store, open_store(empty_neo4j, read_only=True) as reader:
            assert not reader.is_unfinished()
            store.write(build_graph(samples.disclosure()), run_id="1")
            assert reader.is_unfinished() and store.is_unfinished()
            # People who count nodes count no mark.
            assert {label for row in reader.run("MATCH (n) RETURN labels(n) AS l") for label in row["l"]} <= {
                *LABELS
            }
            store.publish()
            assert not reader.is_unfinished()
            store.delete_disclosure(samples.disclosure().id)
            assert reader.is_unfinished()
        with open_store(empty_neo4j) as store:
            assert store.is_unfinished()
            store.publish()
            assert not store.is_unfinished()

    def test_who_lost_the_lock_takes_no_mark_away(self, empty_neo4j: str, samples: "Samples") -> None:
        with open_store(empty_neo4j) as store, raw_driver() as driver:
            store.write(build_graph(samples.disclosure()), run_id="1")
            _end_writers(driver)
            with pytest.raises(StoreError, match="收回了写入的锁"):
                store.publish()
            assert is_marked_unfinished(driver)


def test_sessions_of_a_store_see_what_they_wrote_on_a_cluster_too(
    empty_neo4j: str, samples: "Samples", monkeypatch: pytest.MonkeyPatch
) -> None:
    managers: list[object] = []
    original = neo4j.Driver.session

    def session(driver: neo4j.Driver, **options: Any) -> neo4j.Session:
        managers.append(options.get("bookmark_manager"))
        return original(driver, **options)

    with monkeypatch.context() as patch:
        patch.setattr(neo4j.Driver, "session", session)
        with open_store(empty_neo4j) as store:
            store.write(build_graph(samples.disclosure()), run_id="1")
            store.publish()
            store.run("RETURN 1 AS one")
    assert len(managers) >= 4 and None not in managers and len({id(item) for item in managers}) == 1


def _end_writers(driver: neo4j.Driver) -> None:
    text = "SHOW TRANSACTIONS YIELD transactionId AS id, metaData AS m WHERE m.jixiao = 'writer' RETURN id"
    for row in driver.execute_query(text).records:
        driver.execute_query("TERMINATE TRANSACTIONS $id", {"id": row["id"]})


def _fail(*_: object, **__: object) -> None:
    raise ValueError("a value that cannot be packed")
