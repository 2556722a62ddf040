"""Building a workspace where files, records or the workspace itself are damaged or not ours."""

import json
from pathlib import Path

import pytest

from app import pipeline
from app.builder import build_workspace
from app.files import hash_file
from app.manifest import MANIFEST
from app.workspace import read_workspace
from graph.store import open_store
from ingest.reading import read_document
from ontology.errors import WorkspaceError
from ontology.ids import disclosure_id
from tests.samples import Command, build, graph_of, names_in, write_form

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("damage", ["missing", "cut", "foreign"])
def test_a_graph_that_cannot_be_opened_is_built_from_the_records(
    folder: Path, workspace: Path, jixiao: Command, damage: str
) -> None:
    write_form(folder / "a.txt")
    build(workspace, folder)
    before = graph_of(workspace)
    graph = workspace / "graph.kgl"
    if damage == "missing":
        graph.unlink()
    else:
        graph.write_bytes(graph.read_bytes()[:-40] if damage == "cut" else b"no graph at all")
    (folder / "a.txt").rename(folder / "gone")
    answer = jixiao("query", "MATCH (n:Indicator) RETURN count(n) AS n", "--json", "--workspace", workspace)
    assert (answer.status, json.loads(answer.out)) == (0, [{"n": 4}])
    assert answer.err.count("注意：") == 1 and "重建" in answer.err
    assert graph_of(workspace) == before


def test_damaged_records_are_read_again(folder: Path, workspace: Path) -> None:
    write_form(folder / "a.txt")
    build(workspace, folder)
    before = graph_of(workspace)
    record = next((workspace / "records").iterdir())
    damages = (
        record.read_bytes()[:100],
        record.read_bytes().replace("图书购置".encode(), "图书变卖".encode()),
    )
    for damage in damages:
        record.write_bytes(damage)
        report = build_workspace([folder], workspace, track=iter)
        assert report.read == [str(folder / "a.txt")] and not report.failures
        assert any("已损坏" in remark for remark in report.remarks)
        assert graph_of(workspace) == before
    record.unlink()
    report = build_workspace([folder], workspace, track=iter)
    assert report.read == [str(folder / "a.txt")]
    assert graph_of(workspace) == before


def test_damaged_records_are_told_of_without_building_the_graph_again_and_again(
    folder: Path, workspace: Path, jixiao: Command
) -> None:
    write_form(folder / "a.txt", project="项目甲")
    write_form(folder / "b.txt", project="项目乙")
    build(workspace, folder)
    question = ["query", "MATCH (p:Project) RETURN p.name AS name", "--csv", "--workspace", workspace]
    records = read_workspace(workspace).manifest.records
    damaged = workspace / "records" / f"{next(key for key in records if records[key].file == 'a.txt')}.json"
    damaged.write_bytes(damaged.read_bytes()[:100])
    # The graph was made before the damage, and holds the file.
    answer = jixiao(*question)
    assert "项目甲" in answer.out and "注意" not in answer.err
    graph = workspace / "graph.kgl"
    graph.unlink()
    written = 0
    for already_built in (False, True, True):
        answer = jixiao(*question)
        assert answer.status == 0 and "项目乙" in answer.out and "项目甲" not in answer.out
        assert answer.err.count("已损坏，图谱中没有文件 a.txt；请用原来的路径再运行 jixiao build") == 1
        assert ("重建" in answer.err) is not already_built
        assert (graph.stat().st_mtime_ns == written) is already_built
        written = graph.stat().st_mtime_ns
    build(workspace, folder)
    answer = jixiao(*question)
    assert "项目甲" in answer.out and "注意" not in answer.err


def test_what_the_graph_holds_of_damaged_records_stays(
    folder: Path, workspace: Path, jixiao: Command
) -> None:
    write_form(folder / "a.txt", project="项目甲")
    other = write_form(folder / "b.txt", project="项目乙")
    build(workspace, folder)
    records = read_workspace(workspace).manifest.records
    (workspace / "records" / f"{next(key for key in records if records[key].file == 'a.txt')}.json").unlink()
    with open_store(workspace / "graph.kgl") as store:
        store.delete_disclosure(disclosure_id(hash_file(other)))
        store.publish()
    answer = jixiao("query", "MATCH (p:Project) RETURN p.name AS name", "--csv", "--workspace", workspace)
    assert "与记录不符，已由记录重建" in answer.err and "a.txt" not in answer.err
    assert "项目甲" in answer.out and "项目乙" in answer.out


def test_damaged_records_of_a_vanished_file_are_told_of(folder: Path, workspace: Path) -> None:
    path = write_form(folder / "a.txt")
    build(workspace, path)
    next((workspace / "records").iterdir()).unlink()
    path.unlink()
    report = build_workspace([write_form(folder / "b.txt", project="书架更新")], workspace, track=iter)
    assert "不在原处" in report.failures[str(path)] and "记录也已损坏" in report.failures[str(path)]
    assert names_in(workspace, "Project") == {"书架更新"}


def test_rebuilding_for_a_question_reads_no_file_and_loses_no_record(
    folder: Path, workspace: Path, jixiao: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_form(folder / "a.txt")
    write_form(folder / "b.txt", project="书架更新")
    build(workspace, folder)
    before = graph_of(workspace)
    kept = {path.name: path.read_bytes() for path in (workspace / "records").iterdir()}
    (workspace / "graph.kgl").write_bytes(b"junk")
    (folder / "a.txt").write_bytes(b"")
    # As after an upgrade: what was read, was read by another reader.
    monkeypatch.setattr("app.workspace.reader_fingerprint", lambda: "another reader")
    answer = jixiao(
        "query", "MATCH (p:Project) RETURN p.name AS p ORDER BY p", "--json", "--workspace", workspace
    )
    assert [row["p"] for row in json.loads(answer.out)] == ["书架更新", "图书购置"]
    assert {path.name: path.read_bytes() for path in (workspace / "records").iterdir()} == kept
    assert graph_of(workspace) == before


def test_a_file_that_cannot_be_opened_keeps_what_it_held(
    folder: Path, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_form(folder / "a.txt")
    build(workspace, folder)

    def refuse(path: Path) -> str:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr("app.build_run.hash_file", refuse)
        report = build_workspace([folder], workspace, track=iter)
    assert "无法读取（没有权限" in report.failures[str(folder / "a.txt")]
    assert names_in(workspace, "Project") == {"图书购置"}
    assert build_workspace([folder], workspace, track=iter).unchanged == [str(folder / "a.txt")]


def test_a_good_twin_does_not_fall_with_a_bad_one(
    folder: Path, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = write_form(folder / "a.txt")
    write_form(folder / "b.txt")
    build(workspace, folder)
    first.write_bytes(b"")
    monkeypatch.setattr("app.workspace.reader_fingerprint", lambda: "another reader")
    # Only another file is asked for: that a.txt changed is met on the way.
    report = build_workspace([write_form(folder / "c.txt", project="书架更新")], workspace, track=iter)
    assert list(report.failures) == [str(first)] and "是空的" in report.failures[str(first)]
    assert names_in(workspace, "Project") == {"图书购置", "书架更新"}


@pytest.mark.parametrize("content", ["{", '{"format": 1, "files": []}', '{"format": 1, "records": {"a": 1}}'])
def test_a_damaged_workspace_is_told_of(folder: Path, workspace: Path, jixiao: Command, content: str) -> None:
    write_form(folder / "a.txt")
    build(workspace, folder)
    (workspace / MANIFEST).write_text(content)
    for command in (["build", str(folder)], ["reuse"]):
        answer = jixiao(*command, "--workspace", workspace)
        assert answer.status == 2 and "已损坏" in answer.err and "移走" in answer.err
    # As told: moved away, the rest is taken over.
    (workspace / MANIFEST).rename(folder / "moved")
    assert build_workspace([folder], workspace, track=iter).read == [str(folder / "a.txt")]


def test_a_failing_file_takes_its_old_content_out_of_the_graph(folder: Path, workspace: Path) -> None:
    path = write_form(folder / "a.txt")
    write_form(folder / "b.txt", project="书架更新")
    build(workspace, folder)
    path.write_bytes(b"%PDF-1.7 ...")
    report = build_workspace([folder], workspace, track=iter)
    assert list(report.failures) == [str(path)]
    assert names_in(workspace, "Project") == {"书架更新"}
    write_form(path)
    assert build_workspace([folder], workspace, track=iter).failures == {}
    assert names_in(workspace, "Project") == {"图书购置", "书架更新"}


def test_a_fault_of_the_program_stops_only_its_file(
    folder: Path, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def falls_over(path: Path, name: str) -> object:
        if path.name == "a.txt":
            raise IndexError("list index out of range")
        return read_document(path, name)

    monkeypatch.setattr(pipeline, "read_document", falls_over)
    write_form(folder / "a.txt")
    write_form(folder / "b.txt", project="书架更新")
    report = build_workspace([folder], workspace, track=iter)
    assert "程序出错（IndexError）" in report.failures[str(folder / "a.txt")]
    assert names_in(workspace, "Project") == {"书架更新"}
    logged = [json.loads(line) for line in (workspace / "issues.jsonl").read_text("utf-8").splitlines()]
    assert any("list index out of range" in entry.get("detail", "") for entry in logged)


def test_a_workspace_of_a_newer_version_is_left_alone(folder: Path, workspace: Path, jixiao: Command) -> None:
    write_form(folder / "a.txt")
    build(workspace, folder)
    manifest = workspace / MANIFEST
    newer = json.dumps(json.loads(manifest.read_text("utf-8")) | {"format": 99, "unheard": "of"}).encode()
    manifest.write_bytes(newer)
    for command in (["build", str(folder)], ["reuse"], ["query", "RETURN 1 AS n"]):
        answer = jixiao(*command, "--workspace", workspace)
        assert answer.status == 2
        assert "格式是 99" in answer.err and "请升级" in answer.err
    assert manifest.read_bytes() == newer


def test_a_folder_with_other_things_is_no_workspace(folder: Path, jixiao: Command) -> None:
    path = write_form(folder / "a.txt")
    answer = jixiao("build", path, "--workspace", folder)
    assert answer.status == 2 and "不是工作区" in answer.err
    assert [entry.name for entry in folder.iterdir()] == ["a.txt"]


def test_a_damaged_manifest_says_what_to_do(folder: Path, workspace: Path) -> None:
    write_form(folder / "a.txt")
    build(workspace, folder)
    (workspace / MANIFEST).write_text("{", "utf-8")
    with pytest.raises(WorkspaceError, match="已损坏"):
        read_workspace(workspace)
