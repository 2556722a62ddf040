"""The embedded store: files that are missing or damaged, killed builds, and people's own queries."""

import os
import pickle
import signal
import struct
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import kglite
import pytest

from graph import embedded_store
from graph.batch import BatchBuilder
from graph.build import build_graph
from graph.embedded_store import EmbeddedReader, EmbeddedWriter
from graph.schema import LABELS, SCHEMA_VERSION
from graph.store import GraphStore, discard_store, open_store
from ontology.errors import StoreDamaged, StoreError, WorkspaceBusy

if TYPE_CHECKING:
    from tests.graph.conftest import Graphs, Samples

ROOT = Path(__file__).parents[2]


def _files(store: GraphStore) -> list[object]:
    return [row["file"] for row in store.run("MATCH (d:Disclosure) RETURN d.file AS file ORDER BY file")]


class TestOpening:
    def test_a_reader_needs_a_published_file(self, store_path: Path) -> None:
        with pytest.raises(StoreDamaged, match=r"没有图谱文件 .*graph\.kgl，应先运行 jixiao build"):
            open_store(store_path, read_only=True)

    def test_a_writer_makes_the_folders_it_needs(self, tmp_path: Path) -> None:
        path = tmp_path / "工作区" / "库" / "graph.kgl"
        with open_store(str(path)) as store:
            store.publish()
        assert path.exists()

    @pytest.mark.parametrize("read_only", [True, False])
    def test_a_folder_is_no_store(self, tmp_path: Path, read_only: bool) -> None:
        with pytest.raises(StoreError, match=r"是文件夹，应为图谱文件$"):
            open_store(tmp_path, read_only=read_only)

    def test_an_unknown_address_names_the_alternatives(self) -> None:
        with pytest.raises(
            StoreError, match=r"不认识的图谱地址 postgres://，应为文件路径或 neo4j、"
        ) as caught:
            open_store("postgres://user:secret@example.org/db")
        assert "secret" not in str(caught.value)

    @pytest.mark.parametrize("address", ["127.0.0.1:7687", "localhost:7687", "db.example.org:7687"])
    def test_an_address_without_its_scheme_is_no_file(self, address: str) -> None:
        with pytest.raises(StoreError, match=f"^{address} 像是服务器的地址，应写成 neo4j://{address} 或"):
            open_store(address)
        assert not Path(address).exists()

    def test_an_empty_address_is_no_folder(self) -> None:
        with pytest.raises(StoreError, match=r"^图谱地址是空的"):
            open_store("")

    def test_ids_are_unique_for_every_label(self, store: GraphStore) -> None:
        rows = store.run("SHOW CONSTRAINTS")
        found = {(label, *row["properties"], row["type"]) for row in rows for label in row["labelsOrTypes"]}
        assert found == {(label, "id", "UNIQUENESS") for label in LABELS}


def _truncate(data: bytes) -> bytes:
    return data[: len(data) // 2]


def _flip_a_bit_near_the_end(data: bytes) -> bytes:
    place = len(data) - len(data) // 8
    return data[:place] + bytes([data[place] ^ 0x10]) + data[place + 1 :]


DAMAGES = {
    "empty": lambda data: b"",
    "garbage": lambda data: b"no graph at all" * 100,
    "truncated": _truncate,
    "flipped": _flip_a_bit_near_the_end,
}


class TestDamage:
    @pytest.mark.parametrize("damage", DAMAGES)
    @pytest.mark.parametrize("read_only", [True, False])
    def test_a_damaged_file_is_told_and_can_be_rebuilt(
        self, published: Path, samples: "Samples", damage: str, read_only: bool
    ) -> None:
        published.write_bytes(DAMAGES[damage](published.read_bytes()))
        with pytest.raises(StoreDamaged, match=r"图谱文件 .* 已损坏或由其他版本写成，应由记录重建$"):
            open_store(published, read_only=read_only)
        discard_store(published)
        with open_store(published) as store:
            assert _files(store) == []
            store.write(build_graph(samples.disclosure("b.txt")), run_id="2")
            store.publish()
        with open_store(published, read_only=True) as reader:
            assert _files(reader) == ["b.txt"]

    @pytest.mark.parametrize("read_only", [True, False])
    def test_a_file_of_another_vocabulary_is_rebuilt(self, store_path: Path, read_only: bool) -> None:
        graph = kglite.KnowledgeGraph()
        graph.cypher("CREATE (:Project {id: 'p'})")
        graph.set_schema_version(SCHEMA_VERSION - 1)
        graph.save(str(store_path))
        sentence = r"由其他版本的词汇表写成，应由记录重建$"
        with pytest.raises(StoreDamaged, match=sentence) as first:
            open_store(store_path, read_only=read_only)
        with pytest.raises(StoreDamaged, match=sentence):
            open_store(store_path, read_only=read_only)
        assert first.value, "kept until here: a refusal must not keep the writer's lease either"

    @pytest.mark.parametrize("read_only", [True, False])
    def test_a_flipped_bit_in_a_large_column_is_noticed(self, store_path: Path, read_only: bool) -> None:
        """Large columns stand uncompressed in the file; unchecked, the damage would read as data."""
        batch = BatchBuilder("large.txt")
        for n in range(40_000):
            batch.add("TargetValue", f"value-{n}", number=n + 0.625)
        with open_store(store_path) as store:
            store.write(batch.finish(), run_id="1")
            assert store.run("MATCH (v:TargetValue) RETURN count(v) AS n") == [{"n": 40_000}]
            store.publish()
        data = store_path.read_bytes()
        place = data.index(struct.pack("<d", 23_456.625))
        store_path.write_bytes(data[:place] + bytes([data[place] ^ 0x01]) + data[place + 1 :])
        with pytest.raises(StoreDamaged):
            open_store(store_path, read_only=read_only)

    def test_discarding_nothing_is_no_error(self, store_path: Path) -> None:
        discard_store(store_path)

    def test_a_reader_survives_a_rebuild(self, published: Path, samples: "Samples") -> None:
        with open_store(published, read_only=True) as reader:
            discard_store(published)
            assert _files(reader) == ["a.txt"]
            with open_store(published) as store:
                store.write(build_graph(samples.disclosure("b.txt")), run_id="2")
                assert _files(reader) == ["a.txt"]
                store.publish()
            assert _files(reader) == ["b.txt"]

    def test_a_file_replaced_while_it_is_loaded_is_loaded_once_more(
        self, published: Path, samples: "Samples", monkeypatch: pytest.MonkeyPatch
    ) -> None:
        load = embedded_store._load_snapshot
        with open_store(published, read_only=True) as reader:
            with open_store(published) as writer:
                writer.write(build_graph(samples.disclosure("b.txt")), run_id="2")
                writer.publish()

            def load_and_replace(path: Path) -> object:
                snapshot = load(path)
                monkeypatch.setattr(embedded_store, "_load_snapshot", load)
                with open_store(path) as writer:
                    writer.write(build_graph(samples.disclosure("c.txt")), run_id="3")
                    writer.publish()
                return snapshot

            monkeypatch.setattr(embedded_store, "_load_snapshot", load_and_replace)
            question = "MATCH (d:Disclosure) WHERE d.file IN ['b.txt', 'c.txt'] RETURN count(d) AS n"
            assert reader.run(question) == [{"n": 1}]
            assert reader.run(question) == [{"n": 2}]

    def test_a_reader_tells_each_time_that_the_new_file_is_damaged(self, published: Path) -> None:
        with open_store(published, read_only=True) as reader:
            published.write_bytes(b"no graph at all" * 100)
            for _ in range(2):
                with pytest.raises(StoreDamaged):
                    reader.run("RETURN 1 AS one")

    def test_a_failed_publication_leaves_the_last_one(self, published: Path, samples: "Samples") -> None:
        with open_store(published) as store:
            store.write(build_graph(samples.disclosure("b.txt")), run_id="2")
            before = published.read_bytes()
            published.unlink()
            published.mkdir()
            with pytest.raises(StoreError, match="无法保存图谱文件"):
                store.publish()
            published.rmdir()
            published.write_bytes(before)
        with open_store(published, read_only=True) as reader:
            assert _files(reader) == ["a.txt"]


class TestPublication:
    def test_readers_follow_publications_only(
        self, store_path: Path, samples: "Samples", graphs: "Graphs"
    ) -> None:
        def files(store: GraphStore) -> list[object]:
            return [
                row["file"] for row in store.run("MATCH (d:Disclosure) RETURN d.file AS file ORDER BY file")
            ]

        with open_store(store_path) as store:
            graphs.put(store, samples.disclosure("a.txt"), run_id="1")
            with open_store(store_path, read_only=True) as reader:
                store.write(build_graph(samples.disclosure("b.txt")), run_id="2")
                assert files(store) == ["a.txt", "b.txt"]
                assert files(reader) == ["a.txt"]
                store.publish()
                assert files(reader) == ["a.txt", "b.txt"]

    def test_what_was_not_published_is_forgotten(self, store_path: Path, samples: "Samples") -> None:
        with open_store(store_path) as store:
            store.publish()
        with open_store(store_path) as store:
            store.write(build_graph(samples.disclosure()), run_id="1")
        with open_store(store_path) as store:
            assert store.run("MATCH (n) RETURN count(n) AS nodes") == [{"nodes": 0}]


KILLED_WHILE = {
    "writing": "store.write(batch, run_id=run_id)\n    print('x', flush=True)",
    "publishing": ("store.write(batch, run_id=run_id)\n    print('x', flush=True)\n    store.publish()"),
}
ENDLESS_BUILD = """
import itertools, pickle, sys
from graph.store import open_store
store = open_store(sys.argv[1])
batch = pickle.load(open(sys.argv[2], "rb"))
for number in itertools.count():
    run_id = f"killed-{number}"
    """


def _start(program: str, *args: Path) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", program, *map(str, args)]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, cwd=ROOT, env=environment)


class TestOtherProcesses:
    @pytest.mark.parametrize("moment", KILLED_WHILE)
    def test_a_killed_build_leaves_a_whole_graph(
        self, published: Path, tmp_path: Path, samples: "Samples", graphs: "Graphs", moment: str
    ) -> None:
        indicators = [samples.indicator(f"指标{n}", row=n) for n in range(300)]
        disclosure = samples.disclosure("killed.txt", [samples.target(indicators=indicators)])
        batch_file = tmp_path / "batch"
        batch_file.write_bytes(pickle.dumps(build_graph(disclosure)))
        with _start(ENDLESS_BUILD + KILLED_WHILE[moment], published, batch_file) as build:
            assert build.stdout is not None
            for _ in range(4):
                assert build.stdout.readline() == "x\n"
            build.send_signal(signal.SIGKILL)
        assert build.returncode == -signal.SIGKILL
        with open_store(published, read_only=True) as reader:
            whole = ["a.txt", "killed.txt"] if moment == "publishing" else ["a.txt"]
            assert _files(reader) == whole
            assert reader.run("MATCH (i:Indicator) RETURN count(i) AS n") == [{"n": 300 * (len(whole) - 1)}]
        with open_store(published) as store:
            store.write(build_graph(disclosure), run_id="next")
            store.delete_stale(disclosure.id, run_id="next")
            store.publish()
            assert _files(store) == ["a.txt", "killed.txt"]
            assert graphs.everything(store)

    def test_a_writer_in_another_process_is_named(self, published: Path) -> None:
        program = (
            "import sys; from graph.store import open_store\n"
            "with open_store(sys.argv[1]): print('x', flush=True); sys.stdin.read()"
        )
        with _start(program, published) as other:
            assert other.stdout is not None
            assert other.stdout.readline() == "x\n"
            with pytest.raises(WorkspaceBusy, match=rf"正由进程 {other.pid} 写入，请等它结束后再试$"):
                open_store(published)
            with open_store(published, read_only=True) as reader:
                assert _files(reader) == ["a.txt"]
            other.kill()
        with open_store(published) as store:
            assert _files(store) == ["a.txt"]


def test_reader_and_writer_are_stores(published: Path) -> None:
    """Checked by mypy: both fulfil the contract."""
    stores: list[GraphStore] = [EmbeddedReader(published), EmbeddedWriter(published)]
    for store in stores:
        store.close()
