"""Building a workspace: again, after changes, after damage, after a killed build."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from app import pipeline
from app.builder import build_workspace
from app.files import hash_file
from app.fingerprints import graph_fingerprint, reader_fingerprint
from app.manifest import MANIFEST
from app.workspace import open_workspace, read_workspace, write_safely
from graph.store import open_store
from ingest.reading import read_document
from ontology.errors import WorkspaceBusy, WorkspaceError
from ontology.ids import disclosure_id
from tests.samples import Command, graph_of, names_in, write_form

ROOT = Path(__file__).parents[2]


def build(workspace: Path, *paths: Path) -> object:
    return build_workspace(paths, workspace, track=iter)


def test_building_again_reads_nothing_and_changes_nothing(folder: Path, workspace: Path) -> None:
    write_form(folder / "a.txt")
    first = build_workspace([folder], workspace, track=iter)
    before, written = graph_of(workspace), (workspace / "graph.kgl").stat().st_mtime_ns
    second = build_workspace([folder], workspace, track=iter)
    assert (len(first.read), len(second.read), len(second.unchanged)) == (1, 0, 1)
    assert graph_of(workspace) == before
    assert (workspace / "graph.kgl").stat().st_mtime_ns == written


def test_a_changed_file_leaves_nothing_stale(folder: Path, workspace: Path, tmp_path: Path) -> None:
    write_form(folder / "a.txt", project="图书购置")
    write_form(folder / "b.txt", project="书架更新", books=40)
    build(workspace, folder)
    write_form(folder / "a.txt", project="期刊订阅", books=200)
    build(workspace, folder)
    afresh = tmp_path / "另一个"
    build(afresh, folder)
    assert graph_of(workspace) == graph_of(afresh)
    assert names_in(workspace, "Project") == {"期刊订阅", "书架更新"}
    assert len(list((workspace / "records").iterdir())) == 2


def test_a_folder_is_mirrored_and_single_files_are_kept(
    folder: Path, workspace: Path, tmp_path: Path
) -> None:
    single = write_form(tmp_path / "c.txt", project="数字资源")
    write_form(folder / "a.txt", project="图书购置")
    write_form(folder / "b.txt", project="书架更新")
    build(workspace, folder, single)
    (folder / "b.txt").unlink()
    report = build_workspace([folder], workspace, track=iter)
    assert report.removed == [str(folder / "b.txt")]
    assert names_in(workspace, "Project") == {"图书购置", "数字资源"}


def test_order_and_portions_of_a_build_do_not_matter(folder: Path, tmp_path: Path) -> None:
    paths = [write_form(folder / f"{n}.txt", project=f"项目{n}号", year=2022 + n) for n in range(3)]
    together, apart = tmp_path / "一起", tmp_path / "分开"
    build(together, *paths)
    for path in reversed(paths):
        build(apart, path)
    assert graph_of(together) == graph_of(apart)


def test_the_same_content_under_two_names_is_read_once(folder: Path, workspace: Path) -> None:
    write_form(folder / "b.txt")
    write_form(folder / "a.txt")
    report = build_workspace([folder], workspace, track=iter)
    assert report.read == [str(folder / "a.txt")]
    assert report.repeated == [(str(folder / "b.txt"), str(folder / "a.txt"))]
    (folder / "a.txt").unlink()
    build(workspace, folder)
    assert names_in(workspace, "PerformanceTarget") == {"图书购置"}
    assert any("b.txt 第" in name for name in names_in(workspace, "SourceTable"))


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


def test_a_moved_folder_leaves_no_ghosts(folder: Path, workspace: Path) -> None:
    write_form(folder / "甲" / "a.txt")
    build(workspace, folder / "甲")
    (folder / "甲").rename(folder / "乙")
    report = build_workspace([folder / "乙"], workspace, track=iter)
    assert report.removed == [str(folder / "甲" / "a.txt")] and report.repeated == []
    write_form(folder / "乙" / "a.txt", project="期刊订阅")
    build(workspace, folder / "乙")
    assert names_in(workspace, "Project") == {"期刊订阅"}


def test_a_path_is_forgotten_on_demand(folder: Path, workspace: Path, jixiao: Command) -> None:
    write_form(folder / "甲" / "a.txt")
    write_form(folder / "乙" / "b.txt", project="书架更新")
    build(workspace, folder)
    answer = jixiao("build", "--forget", folder / "甲", "--workspace", workspace)
    assert answer.status == 0 and "随之移除" in answer.out
    assert names_in(workspace, "Project") == {"书架更新"}
    answer = jixiao("build", "--forget", folder / "甲", "--workspace", workspace)
    assert (answer.status, answer.out) == (2, "") and "无可移除" in answer.err
    answer = jixiao("build", folder / "甲", "--forget", folder / "没有", "--workspace", workspace)
    assert (answer.status, answer.out) == (2, "") and names_in(workspace, "Project") == {"书架更新"}


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


def test_a_new_maker_of_graphs_writes_all_of_it_anew(
    folder: Path, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_form(folder / "a.txt")
    build(workspace, folder)
    written = (workspace / "graph.kgl").stat().st_mtime_ns
    monkeypatch.setattr("app.workspace.graph_fingerprint", lambda: "another maker")
    assert build_workspace([folder], workspace, track=iter).unchanged == [str(folder / "a.txt")]
    assert (workspace / "graph.kgl").stat().st_mtime_ns != written


def test_what_a_killed_build_left_is_swept_up(folder: Path, workspace: Path) -> None:
    workspace.mkdir()
    (workspace / ".lock").touch()
    (workspace / f"{MANIFEST}.4242.tmp").touch()
    write_form(folder / "a.txt")
    build(workspace, folder)
    orphan = workspace / "records" / f"{'0' * 64}.json"
    orphan.write_bytes(b"{}")
    build(workspace, folder)
    assert not orphan.exists() and not list(workspace.glob("*.tmp"))
    assert len(list((workspace / "records").iterdir())) == 1


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


def test_hidden_and_temporary_files_are_not_read(folder: Path, workspace: Path) -> None:
    write_form(folder / "a.txt")
    for name in (".隐藏.txt", "~$a.txt", ".隐藏/b.txt"):
        write_form(folder / name, project="不该读")
    report = build_workspace([folder], workspace, track=iter)
    assert report.read == [str(folder / "a.txt")] and not report.ignored


def test_a_file_that_changes_while_it_is_read_is_taken_as_read(
    folder: Path, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_form(folder / "a.txt")

    def changes(file: Path, name: str) -> object:
        write_form(path, project="期刊订阅")
        return read_document(file, name)

    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "read_document", changes)
        build(workspace, folder)
    assert names_in(workspace, "Project") == {"期刊订阅"}
    report = build_workspace([folder], workspace, track=iter)
    assert report.unchanged == [str(path)] and not report.removed


def test_every_file_is_saved_as_soon_as_it_is_read(folder: Path, workspace: Path) -> None:
    for number in range(3):
        write_form(folder / f"{number}.txt", project=f"项目{number}", books=number + 1)
    known: list[int] = []

    def track(names: Sequence[str]) -> Iterator[str]:
        for name in names:
            known.append(len(read_workspace(workspace).manifest.records))
            yield name

    build_workspace([folder], workspace, track=track)
    assert known == [0, 1, 2]


def test_progress_goes_by_the_names_of_files(folder: Path, workspace: Path) -> None:
    write_form(folder / "2024" / "a.txt")
    seen: list[str] = []

    def track(names: Sequence[str]) -> Iterator[str]:
        seen.extend(names)
        return iter(names)

    build_workspace([folder], workspace, track=track)
    assert seen == ["2024/a.txt"]


def test_fingerprints_cover_code_and_vocabulary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "ontology/a.ttl",
        "nlp/a.toml",
        "ingest/a.py",
        "app/pipeline.py",
        "app/mentions.py",
        "graph/a.py",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("1")
    monkeypatch.setattr("app.fingerprints._ROOT", tmp_path)

    def prints() -> tuple[str, str]:
        reader_fingerprint.cache_clear()
        graph_fingerprint.cache_clear()
        return reader_fingerprint(), graph_fingerprint()

    before = prints()
    changed = {}
    for path in sorted(tmp_path.rglob("*.*")):
        path.write_text("2")
        now = prints()
        changed[path.relative_to(tmp_path).as_posix()] = (now[0] != before[0], now[1] != before[1])
        before = now
    reader_fingerprint.cache_clear()
    graph_fingerprint.cache_clear()
    assert changed == {
        "app/mentions.py": (True, False),
        "app/pipeline.py": (True, False),
        "graph/a.py": (False, True),
        "ingest/a.py": (True, False),
        "nlp/a.toml": (True, True),
        "ontology/a.ttl": (True, True),
    }


def test_files_of_one_name_are_told_apart(folder: Path, workspace: Path, jixiao: Command) -> None:
    for year in ("2023", "2024"):
        write_form(folder / year / "预算.txt", year=int(year))
        (folder / year / "空.txt").write_bytes(b"")
    answer = jixiao("build", folder, "--workspace", workspace)
    assert [line for line in answer.err.splitlines() if "是空的" in line] == [
        "错误：文件 2023/空.txt 是空的，应为含有绩效目标的文本",
        "错误：文件 2024/空.txt 是空的，应为含有绩效目标的文本",
    ]
    answer = jixiao(
        "query", "MATCH (d:Disclosure) RETURN d.file AS f ORDER BY f", "--json", "--workspace", workspace
    )
    assert [row["f"] for row in json.loads(answer.out)] == ["2023/预算.txt", "2024/预算.txt"]


def test_records_of_a_vanished_file_survive_another_reader(
    folder: Path, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_form(folder / "a.txt")
    build(workspace, path)
    monkeypatch.setattr("app.workspace.reader_fingerprint", lambda: "another reader")
    path.unlink()
    report = build_workspace([write_form(folder / "b.txt", project="书架更新")], workspace, track=iter)
    assert any("不能重新读取" in remark for remark in report.remarks)
    assert names_in(workspace, "Project") == {"图书购置", "书架更新"}


def test_another_reader_reads_every_file_again(
    folder: Path, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_form(folder / "a.txt")
    build(workspace, folder)
    monkeypatch.setattr("app.workspace.reader_fingerprint", lambda: "another reader")
    assert build_workspace([folder], workspace, track=iter).read == [str(folder / "a.txt")]
    assert build_workspace([folder], workspace, track=iter).read == []


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


def start_build(workspace: Path, folder: Path) -> subprocess.Popen[bytes]:
    command = [
        sys.executable,
        "-c",
        "from app.cli import main; main()",
        "build",
        str(folder),
        "--workspace",
        str(workspace),
    ]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def wait_for_records(workspace: Path, process: subprocess.Popen[bytes], count: int) -> None:
    until = time.monotonic() + 60
    while len(list(workspace.glob("records/*.json"))) < count:
        assert process.poll() is None and time.monotonic() < until, "the build ended before it was stopped"
        time.sleep(0.002)


@pytest.fixture
def many(folder: Path) -> Path:
    """A folder that takes long enough to read that a build can be stopped in the middle."""
    for number in range(400):
        write_form(folder / f"{number:03}.txt", project=f"分馆建设第{number}号", books=number + 1)
    return folder


@pytest.mark.parametrize(("signal_number", "status"), [(signal.SIGKILL, -9), (signal.SIGINT, 130)])
def test_a_stopped_build_is_completed_by_the_next(
    many: Path, workspace: Path, tmp_path: Path, signal_number: int, status: int
) -> None:
    process = start_build(workspace, many)
    wait_for_records(workspace, process, 20)
    process.send_signal(signal_number)
    _, err = process.communicate(timeout=60)
    assert process.returncode == status
    assert b"Traceback" not in err
    assert not (workspace / "graph.kgl").exists()
    report = build_workspace([many], workspace, track=iter)
    assert report.failures == {} and report.counts is not None
    assert report.counts.nodes["Project"] == 400
    afresh = tmp_path / "另一个"
    build(afresh, many)
    assert graph_of(workspace) == graph_of(afresh)
    assert not list(workspace.rglob("*.tmp"))


def test_an_interrupted_build_keeps_what_it_read(many: Path, workspace: Path) -> None:
    process = start_build(workspace, many)
    wait_for_records(workspace, process, 20)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert "已中断" in err.decode()
    report = build_workspace([many], workspace, track=iter)
    assert len(report.unchanged) >= 20 and len(report.read) + len(report.unchanged) == 400


def test_a_build_killed_again_and_again_loses_nothing(many: Path, workspace: Path) -> None:
    for wanted in (20, 40):
        process = start_build(workspace, many)
        wait_for_records(workspace, process, wanted)
        process.kill()
        process.communicate(timeout=60)
        kept = len(read_workspace(workspace).manifest.records)
        # The last one may have been killed between the file and the note of it.
        assert kept >= wanted - 1
    with open_workspace(workspace) as opened:
        assert len(opened.manifest.records) == kept
    assert len(list(workspace.glob("records/*.json"))) == kept
    with (workspace / "records.jsonl").open("ab") as journal:
        journal.write(b'{"torn')
    assert len(build_workspace([many], workspace, track=iter).unchanged) == kept
    assert not (workspace / "records.jsonl").exists()


def test_whoever_asks_an_unfinished_graph_is_told(folder: Path, workspace: Path, jixiao: Command) -> None:
    def stops(names: Sequence[str]) -> Iterator[str]:
        yield names[0]
        raise KeyboardInterrupt

    for number in range(3):
        write_form(folder / f"{number}.txt", project=f"分馆建设第{number}号", books=number + 1)
    with pytest.raises(KeyboardInterrupt):
        build_workspace([folder], workspace, track=stops)
    question = ["query", "MATCH (p:Project) RETURN p.name AS name", "--csv", "--workspace", workspace]
    for command in (question, ["reuse", "--min-projects", "1", "--workspace", workspace], question):
        answer = jixiao(*command)
        assert answer.status == 0 and ("第0号" in answer.out or "第1号" in answer.out)
        assert "构建没有完成" in answer.err and "3 份文件中有 2 份还没有读" in answer.err
        assert f"jixiao build 路径… --workspace {workspace}" in answer.err
    build(workspace, folder)
    assert "没有完成" not in jixiao(*question).err


def test_one_process_writes_a_workspace_at_a_time(folder: Path, workspace: Path, jixiao: Command) -> None:
    write_form(folder / "a.txt")
    build(workspace, folder)
    before = graph_of(workspace)
    with open_workspace(workspace):
        with pytest.raises(WorkspaceBusy, match="正由另一个进程写入"), open_workspace(workspace):
            pass
        answer = jixiao("build", folder, "--workspace", workspace)
        assert (answer.status, answer.out) == (2, "")
        assert "正由另一个进程写入" in answer.err
        assert jixiao("query", "MATCH (n) RETURN count(n) AS n", "--workspace", workspace).status == 0
    assert graph_of(workspace) == before


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


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    write_safely(path, b"before")
    with pytest.raises(WorkspaceError, match="无法写入"):
        write_safely(path / "below", b"after")
    assert path.read_bytes() == b"before"
