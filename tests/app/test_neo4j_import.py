"""Bulk import: the real tool takes the files, and the graph is the one that was exported."""

from pathlib import Path

import pytest
from rich.console import Console

from app.builder import build_workspace
from graph import queries
from graph.neo4j_server import Neo4jServer
from graph.schema import CONNECTIONS, DERIVED_CONNECTIONS, DERIVED_LABELS
from graph.store import GraphStore, open_store
from ontology.errors import StoreError
from ontology.vocabulary import VOCABULARY
from tests.samples import Command, write_form

QUIET = Console(quiet=True)


def everything(store: GraphStore) -> dict[str, list[str]]:
    """Every node and relationship of a store with all its properties, bookkeeping included."""
    texts = {
        item.name: queries.all_nodes(item.name, [prop.name for prop in item.properties if prop.name != "id"])
        for item in VOCABULARY.classes
    }
    for item in CONNECTIONS:
        names = [*item.properties, "run_id"]
        texts[f"{item.start}-{item.type}-{item.end}"] = queries.all_relationships(item, names)
    return {name: sorted(repr(row) for row in store.run(text)) for name, text in texts.items()}


def without_derived(found: dict[str, list[str]]) -> dict[str, list[str]]:
    """What stands for itself: what is derived from the whole graph is made anew by each build."""
    derived = {f"{item.start}-{item.type}-{item.end}" for item in DERIVED_CONNECTIONS} | set(DERIVED_LABELS)
    return {name: rows for name, rows in found.items() if name not in derived}


def test_the_real_tool_imports_what_was_exported(
    jixiao: Command, examples: list[Path], tmp_path: Path, neo4j_server: Neo4jServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    del neo4j_server  # asked for only so that this test skips where it does
    workspace, files = tmp_path / "w", tmp_path / "import"
    odd = write_form(tmp_path / "odd.txt", project='“引号”"逗号",换行, \\ 斜杠')
    build_workspace([*examples, odd], workspace, track=iter)
    answer = jixiao("export", "neo4j-import", "--workspace", workspace, "--output", files)
    assert answer.status == 0, answer.err
    server = Neo4jServer(tmp_path / "server")
    server.start(QUIET)
    server.stop(QUIET)
    server.import_files(files, QUIET)
    server.start(QUIET)
    with pytest.raises(StoreError, match=r"^Neo4j 在运行，批量导入前应先停止"):
        server.import_files(files, QUIET)
    try:
        for name, value in server.environment().items():
            monkeypatch.setenv(name, value)
        address = server.environment()["NEO4J_URI"]
        with open_store(workspace / "graph.kgl", read_only=True) as store:
            exported = everything(store)
        with open_store(address, read_only=True) as store:
            assert everything(store) == exported
        answer = jixiao("build", "--store", address, "--workspace", workspace)
        assert answer.status == 0, answer.err
        with open_store(address, read_only=True) as store:
            # No file was written again, and the node that named the import is gone.
            assert without_derived(everything(store)) == without_derived(exported)
            assert store.run("MATCH (n:JixiaoImport) RETURN n.id AS id") == []
            assert {"project_id", "jixiao_text"} <= {row["name"] for row in store.run("SHOW INDEXES")}
    finally:
        server.stop(QUIET)


def test_a_folder_with_other_files_is_left_alone(jixiao: Command, tmp_path: Path) -> None:
    build_workspace([write_form(tmp_path / "a.txt")], tmp_path / "w", track=iter)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "论文.docx").write_text("x")
    answer = jixiao("export", "neo4j-import", "--workspace", tmp_path / "w", "--output", tmp_path / "out")
    assert answer.status == 2 and "里有别的文件（论文.docx 等），请另选一个空的文件夹" in answer.err


def test_only_exported_files_are_imported(tmp_path: Path) -> None:
    with pytest.raises(
        StoreError, match=r"里没有 import\.args，应为 jixiao export neo4j-import 写出的文件夹$"
    ):
        Neo4jServer(tmp_path / "server").import_files(tmp_path, QUIET)
