"""Keeping a store right (图谱维护): writing batches and clearing what no file states any more.

The same for every store: each only says how it executes a text. A node with `disclosure_id` is part of
one disclosure and goes with it; the others are shared, and go when nothing that keeps them is left.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from graph import upkeep_queries as texts
from graph.batch import GraphBatch
from graph.schema import (
    CONNECTIONS,
    DERIVED_CONNECTIONS,
    DERIVED_LABELS,
    INDEXED_PROPERTIES,
    LABELS,
    OWNED_LABELS,
    UNIQUE_PROPERTIES,
    Connection,
)

Execute = Callable[[str, Mapping[str, object]], list[dict[str, Any]]]

ROWS_PER_STATEMENT = 5000


def create_schema(execute: Execute) -> None:
    """Make every id unique and index what clean-up looks up; harmless where it is done already."""
    for label, name in UNIQUE_PROPERTIES:
        execute(texts.create_constraint(label, name), {})
    for label, name in INDEXED_PROPERTIES:
        execute(texts.create_index(label, name), {})


def write_batches(execute: Execute, batches: Sequence[GraphBatch], *, run_id: str) -> None:
    """Write batches, nodes before relationships; writing them again changes nothing."""
    check_run_id(run_id)
    for label in LABELS:
        nodes = {row.id: row for batch in batches for row in batch.nodes.get(label, ())}
        rows = [{"id": row.id, "properties": row.properties} for row in nodes.values()]
        _execute_rows(execute, texts.merge_nodes(label), rows, run_id)
    for item in CONNECTIONS:
        rows = [
            {"start_id": row.start_id, "end_id": row.end_id, "properties": row.properties}
            for batch in batches
            for row in batch.relationships.get(item, ())
        ]
        _execute_rows(execute, texts.merge_relationships(item), rows, run_id)


def check_run_id(run_id: str) -> None:
    """Raise ValueError for a run without a name."""
    if not run_id:
        raise ValueError("run_id must name the run: the empty one marks a deletion")


def delete_stale(execute: Execute, disclosure_ids: Sequence[str], *, run_id: str) -> None:
    """Delete what disclosures stated before this run and do not state now; again changes nothing."""
    params = {"disclosure_ids": list(disclosure_ids), "run_id": run_id}
    released: dict[str, set[str]] = {}
    for item in CONNECTIONS:
        if item.owned_end and item.kept and item.kept not in OWNED_LABELS:
            released.setdefault(item.kept, set()).update(_ids(execute(texts.find_released(item), params)))
    for item in CONNECTIONS:
        if item.owned_end:
            execute(texts.delete_stale_relationships(item), params)
    for label in OWNED_LABELS:
        execute(texts.delete_stale_nodes(label), params)
    _delete_unkept(execute, released)


def delete_disclosure(execute: Execute, disclosure_id: str) -> None:
    """Delete a disclosure with all it stated: to a run that wrote nothing, all of it is stale."""
    delete_stale(execute, [disclosure_id], run_id="")


def replace_derived(execute: Execute, batch: GraphBatch, *, run_id: str) -> None:
    """Write what was derived from the whole graph, in the place of what other runs derived."""
    write_batches(execute, [batch], run_id=run_id)
    for item in DERIVED_CONNECTIONS:
        execute(texts.delete_other_relationships(item), {"run_id": run_id})
    for label in DERIVED_LABELS:
        execute(texts.delete_other_nodes(label), {"run_id": run_id})


def refresh_derived(execute: Execute) -> None:
    """Compute what depends on the whole graph: how often a concept is used, a project's budget."""
    for text in texts.REFRESH_DERIVED:
        execute(text, {})


def _delete_unkept(execute: Execute, released: dict[str, set[str]]) -> None:
    """Delete those of the released shared nodes that nothing keeps, and then what only they kept."""
    pending = {label: ids for label, ids in released.items() if ids}
    while pending:
        label, candidates = pending.popitem()
        unkept = _ids(execute(texts.find_unkept(label), {"ids": sorted(candidates)}))
        if not unkept:
            continue
        params = {"ids": sorted(unkept)}
        for item in _kept_by(label):
            found = _ids(execute(texts.find_kept_by(item), params))
            if item.kept and found:
                pending.setdefault(item.kept, set()).update(found)
        execute(texts.delete_nodes(label), params)


def _kept_by(label: str) -> Iterable[Connection]:
    return (item for item in CONNECTIONS if item.keeper == label)


def _ids(rows: list[dict[str, Any]]) -> set[str]:
    return {row["id"] for row in rows}


def _execute_rows(execute: Execute, text: str, rows: list[dict[str, Any]], run_id: str) -> None:
    for first in range(0, len(rows), ROWS_PER_STATEMENT):
        execute(text, {"rows": rows[first : first + ROWS_PER_STATEMENT], "run_id": run_id})
