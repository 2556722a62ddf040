"""How fast each store is loaded and answers (图谱库): embedded and Neo4j, on one generated graph.

    python benchmarks/stores.py [--indicators 200000]

A server of its own is started (make neo4j fetches it). Rows are nodes and relationships. The baseline of
loading is the bare driver creating the same rows in the same server, without looking whether they are
there: what a load can cost at least.
"""

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import neo4j
from rich.console import Console
from rich.progress import track
from rich.table import Table

from benchmarks.generated_graph import disclosures
from benchmarks.own_server import own_server
from graph.batch import GraphBatch
from graph.build import build_graph
from graph.derived import derive
from graph.judgements import Judgements
from graph.neo4j_import import write_import_files
from graph.questions import QUESTIONS
from graph.schema import CONNECTIONS, LABELS
from graph.store import GraphStore, open_store

ROWS = 5000
RUNS = 20
MOST_MS = 300
"""More than this is shown in red."""
CONSOLE = Console()


def main() -> None:
    """Generate, load into every store, and print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--indicators", type=int, default=200_000, metavar="N")
    count = parser.parse_args().indicators
    made = track(disclosures(count), "生成", total=count // 200, transient=True)
    batches = [(item.id, build_graph(item)) for item in made]
    rows = sum(_size(batch) for _, batch in batches)
    CONSOLE.print(f"{count:,} 条指标，{rows:,} 行（节点和关系）")
    with tempfile.TemporaryDirectory() as folder, own_server(Path(folder) / "neo4j", CONSOLE) as address:
        embedded = Path(folder) / "graph.kgl"
        _load(embedded, address, batches, rows)
        _ask(embedded, address)
        _export(embedded, Path(folder) / "import")


def _load(path: Path, address: str, batches: Sequence[tuple[str, GraphBatch]], rows: int) -> None:
    table = Table("", "秒", "行/秒", "相对基线", title="载入")
    warm = batches[: max(1, len(batches) // 20)]
    with open_store(address):
        pass  # the schema, without which nothing is found again; emptying the server keeps it
    bare(warm)
    _empty()
    baseline = _timed(lambda: bare(batches))
    _empty()
    seconds = {"驱动直接 CREATE（基线）": baseline}
    for name, place in (("Neo4j", address), ("嵌入式", path)):
        seconds[f"{name} 第一次"] = _timed(lambda place=place: _fill(place, batches, "1"))  # type: ignore[misc]
        seconds[f"{name} 再写一遍"] = _timed(lambda place=place: _fill(place, batches, "2"))  # type: ignore[misc]
    for name, found in seconds.items():
        table.add_row(name, f"{found:.1f}", f"{rows / found:,.0f}", f"{baseline / found:.2f}")
    CONSOLE.print(table)
    for name, place in (("Neo4j", address), ("嵌入式", path)):
        with open_store(place) as store:
            found = _timed(lambda store=store: derive(store, Judgements(), run_id="2"))  # type: ignore[misc]
            CONSOLE.print(f"{name}：读出全图，推导模板、相近的概念、雷同的目标，写回：{found:.1f} 秒")
            store.publish()


def _ask(embedded: Path, address: str) -> None:
    """How long each question takes that every store answers, after one that warms it up."""
    table = Table("问题", "嵌入式", "Neo4j", title=f"提问 {RUNS} 次，p95，毫秒")
    with open_store(embedded, read_only=True) as one, open_store(address, read_only=True) as other:
        found = parameters(one)
        for name, question in track(QUESTIONS.items(), "提问", transient=True):
            params = {**question.defaults, **{need: found[need] for need in question.needs}}
            times = [_p95(store, question.text, params) for store in (one, other)]
            table.add_row(name, *(f"{'[red]' if ms > MOST_MS else ''}{ms:,.0f}" for ms in times))
    CONSOLE.print(table)


def parameters(store: GraphStore) -> dict[str, object]:
    """What questions ask about: the most used concept, two projects, a unit, an indicator, a year."""

    def first(label: str, order: str = "n.id") -> list[object]:
        rows = store.run(f"MATCH (n:{label}) RETURN n.id AS id, {order} AS place ORDER BY place DESC LIMIT 2")
        return [row["id"] for row in rows]

    project, other = first("Project")
    return {
        "concept_id": first("IndicatorConcept", "n.projects")[0],
        "project_id": project,
        "other_id": other,
        "unit_id": first("BudgetUnit")[0],
        "target_id": first("PerformanceTarget")[0],
        "indicator_id": first("Indicator")[0],
        "fiscal_year": 2024,
    }


def _p95(store: GraphStore, text: str, params: dict[str, object]) -> float:
    store.run(text, params)
    times = [_timed(lambda: store.run(text, params)) for _ in range(RUNS)]
    return 1000 * statistics.quantiles(times, n=20)[-1]


def _export(embedded: Path, folder: Path) -> None:
    with open_store(embedded, read_only=True) as store:
        start = time.perf_counter()
        rows = sum(write_import_files(store, folder).values())
        seconds = time.perf_counter() - start
    CONSOLE.print(f"批量导入的文件：{rows:,} 行，{seconds:.1f} 秒，每秒 {rows / seconds:,.0f} 行")


def _fill(place: str | Path, batches: Sequence[tuple[str, GraphBatch]], run_id: str) -> None:
    with open_store(place) as store:
        for own_id, batch in batches:
            store.write(batch, run_id=run_id)
            store.delete_stale(own_id, run_id=run_id)
        store.publish()


def bare(batches: Sequence[tuple[str, GraphBatch]]) -> None:
    """Create every row once, shared nodes too, with the driver alone; the schema must be there."""
    with _driver() as driver, driver.session() as session:
        for label in LABELS:
            nodes = {row.id: row for _, batch in batches for row in batch.nodes.get(label, ())}
            text = f"UNWIND $rows AS row CREATE (n:{label} {{id: row.id}}) SET n += row.properties"
            _send(session, text, [{"id": row.id, "properties": row.properties} for row in nodes.values()])
        for item in CONNECTIONS:
            text = (
                f"UNWIND $rows AS row MATCH (a:{item.start} {{id: row.a}}) "
                f"MATCH (b:{item.end} {{id: row.b}}) CREATE (a)-[r:{item.type}]->(b) SET r += row.properties"
            )
            found = {
                (row.start_id, row.end_id, *(row.properties[name] for name in item.told_apart_by)): row
                for _, batch in batches
                for row in batch.relationships.get(item, ())
            }
            rows: list[dict[str, object]] = [
                {"a": row.start_id, "b": row.end_id, "properties": row.properties} for row in found.values()
            ]
            _send(session, text, rows)


def _send(session: neo4j.Session, text: str, rows: Sequence[dict[str, object]]) -> None:
    for first in range(0, len(rows), ROWS):
        part = rows[first : first + ROWS]
        session.execute_write(lambda transaction, part=part: transaction.run(text, rows=part).consume())  # type: ignore[misc]


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _size(batch: GraphBatch) -> int:
    return sum(map(len, batch.nodes.values())) + sum(map(len, batch.relationships.values()))


def _driver() -> neo4j.Driver:
    names = ("NEO4J_URI", "NEO4J_USERNAME", "NEO4J_PASSWORD")
    uri, user, password = (os.environ[name] for name in names)
    return neo4j.GraphDatabase.driver(uri, auth=(user, password), notifications_min_severity="OFF")


def _empty() -> None:
    with _driver() as driver, driver.session() as session:
        # The relationships first: those of a few shared nodes are too many for one transaction with them.
        for pattern in ("()-[x]->()", "(x)"):
            text = f"MATCH {pattern} CALL (x) {{ DELETE x }} IN TRANSACTIONS OF 10000 ROWS"
            session.run(text).consume()


if __name__ == "__main__":
    main()
