"""Building a workspace that is stopped, killed, or wanted by two at once: nothing is lost."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from app.builder import build_workspace
from app.manifest import MANIFEST
from app.workspace import open_workspace, read_workspace, write_safely
from ontology.errors import WorkspaceBusy, WorkspaceError
from tests.samples import Command, build, graph_of, write_form

ROOT = Path(__file__).parents[2]


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


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    write_safely(path, b"before")
    with pytest.raises(WorkspaceError, match="无法写入"):
        write_safely(path / "below", b"after")
    assert path.read_bytes() == b"before"
