"""The commands on a Neo4j server: load, change, forget, ask; and the workspace's own graph beside it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from app.builder import build_workspace
from tests.samples import Command, is_marked_unfinished, raw_driver, wait_for, write_form

ROOT = Path(__file__).parents[2]
COUNT = "MATCH (p:Project) RETURN p.name AS name, p.budget AS budget ORDER BY name"


def projects(jixiao: Command, *where: str | Path) -> list[str]:
    answer = jixiao("query", COUNT, "--json", *where)
    assert answer.status == 0, answer.err
    return [row["name"] for row in json.loads(answer.out)]


def test_a_server_follows_the_files(jixiao: Command, folder: Path, workspace: Path, empty_neo4j: str) -> None:
    write_form(folder / "a.txt", project="项目甲")
    write_form(folder / "b.txt", project="项目乙", year=2023)
    where = ("--workspace", workspace, "--store", empty_neo4j)
    assert jixiao("build", folder, *where).status == 0
    assert projects(jixiao, "--store", empty_neo4j) == ["项目乙", "项目甲"]
    write_form(folder / "a.txt", project="项目丙")
    (folder / "b.txt").unlink()
    answer = jixiao("build", folder, *where)
    assert answer.status == 0, answer.err
    assert projects(jixiao, "--store", empty_neo4j) == ["项目丙"]
    assert jixiao("build", "--forget", folder, *where).status == 0
    with raw_driver() as driver:
        assert driver.execute_query("MATCH (n) RETURN count(n) AS n").records[0]["n"] == 0


def test_another_workspace_takes_nothing_away(
    jixiao: Command, folder: Path, workspace: Path, tmp_path: Path, empty_neo4j: str
) -> None:
    write_form(folder / "a.txt", project="项目甲")
    assert jixiao("build", folder, "--workspace", workspace, "--store", empty_neo4j).status == 0
    other = write_form(tmp_path / "b.txt", project="项目乙")
    answer = jixiao("build", other, "--workspace", tmp_path / "另一个", "--store", empty_neo4j)
    assert answer.status == 2 and "有 1 份文件是由别的工作区载入的" in answer.err
    assert projects(jixiao, "--store", empty_neo4j) == ["项目甲"]


def test_counts_are_mended_after_a_build_that_was_cut(
    jixiao: Command, folder: Path, workspace: Path, empty_neo4j: str
) -> None:
    def stops(names: Sequence[str]) -> Iterator[str]:
        yield names[0]
        raise KeyboardInterrupt

    write_form(folder / "a.txt")
    where = ("--workspace", workspace, "--store", empty_neo4j)
    assert jixiao("build", folder, *where).status == 0
    write_form(folder / "a.txt", books=4000)
    write_form(folder / "b.txt")
    with pytest.raises(KeyboardInterrupt):
        build_workspace([folder], workspace, track=stops, address=empty_neo4j)
    with raw_driver() as driver:
        driver.execute_query("MATCH (c:IndicatorConcept) REMOVE c.projects")
    assert jixiao("build", folder, "--workspace", workspace).status == 0
    answer = jixiao("query", COUNT, "--store", empty_neo4j)
    assert "有一次构建没有完成（被中断，或正在进行），图谱里的可能不全" in answer.err
    assert f"jixiao build 路径… --workspace 工作区 --store {empty_neo4j}，会接着做完" in answer.err
    assert jixiao("build", folder, *where).status == 0
    assert "没有完成" not in jixiao("query", COUNT, "--store", empty_neo4j).err
    with raw_driver() as driver:
        text = "MATCH (c:IndicatorConcept) WHERE c.projects IS NULL RETURN count(c) AS n"
        assert driver.execute_query(text).records[0]["n"] == 0


def test_who_asks_a_server_is_told_of_a_killed_build(
    jixiao: Command, folder: Path, workspace: Path, empty_neo4j: str
) -> None:
    for number in range(200):
        write_form(folder / f"{number:03}.txt", project=f"项目{number:03}", books=number + 1)
    program = [sys.executable, "-c", "from app.cli import main; main()", "build", str(folder)]
    command = [*program, "--workspace", str(workspace), "--store", empty_neo4j]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as running:
        wait_for(is_marked_unfinished)
        for asked in (["query", COUNT], ["reuse"]):
            answer = jixiao(*asked, "--store", empty_neo4j)
            assert answer.status == 0 and "构建没有完成（被中断，或正在进行）" in answer.err
        running.kill()
    assert "构建没有完成（被中断，或正在进行）" in jixiao("query", COUNT, "--store", empty_neo4j).err
    assert jixiao("build", folder, *command[-4:]).status == 0
    assert "没有完成" not in jixiao("query", COUNT, "--store", empty_neo4j).err
    assert projects(jixiao, "--store", empty_neo4j) == [f"项目{number:03}" for number in range(200)]


def test_a_build_that_changes_nothing_publishes_nothing(
    jixiao: Command, folder: Path, workspace: Path, empty_neo4j: str
) -> None:
    write_form(folder / "a.txt")
    where = ("--workspace", workspace, "--store", empty_neo4j)
    assert jixiao("build", folder, *where).status == 0
    with raw_driver() as driver:
        driver.execute_query("MATCH (c:IndicatorConcept) SET c.projects = 99")
        assert jixiao("build", folder, *where).status == 0
        text = "MATCH (c:IndicatorConcept) RETURN DISTINCT c.projects AS n"
        assert [row["n"] for row in driver.execute_query(text).records] == [99]


def test_records_are_loaded_without_reading_files_again(
    jixiao: Command, folder: Path, workspace: Path, empty_neo4j: str
) -> None:
    write_form(folder / "a.txt", project="项目甲")
    assert jixiao("build", folder, "--workspace", workspace).status == 0
    (folder / "a.txt").rename(folder / "a.txt.gone")
    answer = jixiao("build", "--workspace", workspace, "--store", empty_neo4j)
    assert answer.status == 0, answer.err
    assert projects(jixiao, "--store", empty_neo4j) == ["项目甲"]
    with raw_driver() as driver:
        run = driver.execute_query("MATCH (n:Project) RETURN n.run_id AS run").records[0]["run"]
    assert jixiao("build", "--workspace", workspace, "--store", empty_neo4j).status == 0
    with raw_driver() as driver:
        # What is up to date is not written again.
        assert driver.execute_query("MATCH (n:Project) RETURN n.run_id AS run").records[0]["run"] == run


def test_the_workspaces_own_graph_catches_up(
    jixiao: Command, folder: Path, workspace: Path, empty_neo4j: str
) -> None:
    write_form(folder / "a.txt", project="项目甲")
    assert jixiao("build", folder, "--workspace", workspace).status == 0
    write_form(folder / "a.txt", project="项目丙")
    assert jixiao("build", folder, "--workspace", workspace, "--store", empty_neo4j).status == 0
    answer = jixiao("query", COUNT, "--workspace", workspace)
    assert "与记录不符，已由记录重建" in answer.err and "项目丙" in answer.out
    assert "已由记录重建" not in jixiao("query", COUNT, "--workspace", workspace).err


def test_reuse_reads_a_server(jixiao: Command, folder: Path, workspace: Path, empty_neo4j: str) -> None:
    for number in range(3):
        write_form(folder / f"{number}.txt", project=f"项目{number}", books=number + 1)
    assert jixiao("build", folder, "--workspace", workspace).status == 0
    assert jixiao("build", "--workspace", workspace, "--store", empty_neo4j).status == 0
    own = jixiao("reuse", "--csv", "-", "--workspace", workspace)
    assert own.out and jixiao("reuse", "--csv", "-", "--store", empty_neo4j).out == own.out


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("postgres://localhost", "不认识的图谱地址 postgres://"),
        ("bolt://127.0.0.1:1", "连不上 Neo4j bolt://127.0.0.1:1"),
        ("bolt://[::1", "图谱地址不对"),
        ("bolt://127.0.0.1:abc", "不对，或找不到这台主机"),
        ("bolt://no.such.host.invalid", "不对，或找不到这台主机"),
    ],
)
def test_a_wrong_address_is_one_sentence(
    jixiao: Command, neo4j_address: str, address: str, told: str
) -> None:
    answer = jixiao("query", COUNT, "--store", address)
    assert answer.status == 2 and told in answer.err and len(answer.err.splitlines()) == 1
