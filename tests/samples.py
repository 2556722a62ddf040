"""Small disclosures to build from, and graphs read back as sets."""

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import neo4j

from app.build_report import BuildReport
from app.builder import build_workspace
from graph.copies import TargetPair
from graph.copy_search import sharing_targets
from graph.corpus import TargetItem
from graph.judged import judged_pairs
from graph.judgements import Judgements
from graph.store import open_store
from ontology.vocabulary import VOCABULARY

FORM = """{year}年项目支出绩效目标表
项目名称\t{project}\t\t
主管部门\t青泉县图书馆\t预算金额（万元）\t{budget}
年度总体目标\t{objective}\t\t
一级指标\t二级指标\t三级指标\t指标值
产出指标\t数量指标\t新增图书册数\t≥{books}册
\t质量指标\t图书编目差错率\t≤1%
效益指标\t社会效益指标\t到馆读者人次\t≥5万人次
满意度指标\t服务对象满意度指标\t读者满意度\t≥95%
"""


@dataclass(frozen=True)
class Answer:
    """What a command printed and its exit status."""

    status: int
    out: str
    err: str


Command = Callable[..., Answer]


def write_form(path: Path, *, project: str = "图书购置", year: int = 2024, books: int = 3000) -> Path:
    """Write a small disclosure of one project with four indicators."""
    text = FORM.format(
        project=project, year=year, books=books, budget="12.00", objective="丰富馆藏，服务读者。"
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"青泉县图书馆{year}年预算公开\n\n{text}", "utf-8")
    return path


def graph_of(workspace: Path) -> set[tuple[object, ...]]:
    """Every node with its public properties and every relationship with its own of a workspace's graph.

    A node is (label, id, name, …), without the run that wrote it.
    """
    found: set[tuple[object, ...]] = set()
    with open_store(workspace / "graph.kgl", read_only=True) as store:
        for node in VOCABULARY.classes:
            names = ["id", "name", *sorted(set(node.public_names) - {"id", "name"})]
            columns = ", ".join(f"n.{name} AS {name}" for name in names)
            rows = store.run(f"MATCH (n:{node.name}) RETURN {columns}")
            found |= {(node.name, *(row[name] for name in names)) for row in rows}
        for item in VOCABULARY.relationships:
            columns = "".join(f", r.{name} AS {name}" for name in item.properties)
            rows = store.run(f"MATCH (a)-[r:{item.name}]->(b) RETURN a.id AS start, b.id AS end{columns}")
            found |= {(item.name, *row.values()) for row in rows}
    return found


def names_in(workspace: Path, label: str) -> set[str]:
    """The names of all nodes of a label in a workspace's graph."""
    return {str(row[2]) for row in graph_of(workspace) if row[0] == label}


def empty_server() -> None:
    """Take everything out of the server that the environment names."""
    with raw_driver() as driver:
        driver.execute_query("MATCH (n) DETACH DELETE n")
        driver.execute_query("DROP INDEX jixiao_unfinished IF EXISTS")


def raw_driver() -> neo4j.Driver:
    """The plain driver, to look at a server past the store."""
    names = ("NEO4J_URI", "NEO4J_USERNAME", "NEO4J_PASSWORD")
    uri, user, password = (os.environ[name] for name in names)
    return neo4j.GraphDatabase.driver(uri, auth=(user, password), notifications_min_severity="OFF")


def wait_for(condition: Callable[[neo4j.Driver], bool], *, seconds: float = 60) -> None:
    """Look at the server until something is so."""
    end = time.monotonic() + seconds
    with raw_driver() as driver:
        while not condition(driver):
            assert time.monotonic() < end, "what was waited for did not come"
            time.sleep(0.005)


def is_writing_rows(driver: neo4j.Driver) -> bool:
    """Whether a transaction is writing rows at this moment."""
    rows = driver.execute_query("SHOW TRANSACTIONS YIELD currentQuery").records
    return any("UNWIND $rows" in (row["currentQuery"] or "") for row in rows)


def is_marked_unfinished(driver: neo4j.Driver) -> bool:
    """Whether the server says that a build has not ended."""
    rows = driver.execute_query("SHOW INDEXES YIELD name").records
    return any(row["name"] == "jixiao_unfinished" for row in rows)


def target_pairs(targets: Sequence[TargetItem]) -> list[TargetPair]:
    """Which targets share their indicators, and what, where nobody has judged anything."""
    found = ((pair.one, pair.other) for pair in sharing_targets(targets))
    return list(judged_pairs(found, targets, Judgements()))


def build(workspace: Path, *paths: Path) -> BuildReport:
    """Build a workspace from files and folders, without showing progress."""
    return build_workspace(paths, workspace, track=iter)
