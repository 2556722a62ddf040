"""Building a workspace: again, after changes, by another version of the program."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from app import pipeline
from app.builder import build_workspace
from app.fingerprints import graph_fingerprint, reader_fingerprint
from ingest.reading import read_document
from tests.samples import Command, build, graph_of, names_in, write_form

ROOT = Path(__file__).parents[2]


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


def test_a_new_maker_of_graphs_writes_all_of_it_anew(
    folder: Path, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_form(folder / "a.txt")
    build(workspace, folder)
    written = (workspace / "graph.kgl").stat().st_mtime_ns
    monkeypatch.setattr("app.workspace.graph_fingerprint", lambda: "another maker")
    assert build_workspace([folder], workspace, track=iter).unchanged == [str(folder / "a.txt")]
    assert (workspace / "graph.kgl").stat().st_mtime_ns != written


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
