"""The road of one document, from file to graph: START READING HERE.

Every step is one call, and `jixiao trace FILE` shows what each made of a file.
"""

import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from app.mentions import add_mentions
from app.workspace import Workspace
from graph.build import build_graph
from graph.store import GraphStore
from ingest.reading import DocumentReading, read_document, read_targets
from nlp.interpret import interpret_targets
from ontology.check import check_target
from ontology.errors import DocumentError, JixiaoError
from ontology.ids import disclosure_id
from ontology.model import Disclosure, Issue

Result = TypeVar("Result")


def load_document(
    path: Path, workspace: Workspace, store: GraphStore, *, run_id: str, name: str
) -> Disclosure:
    """Read one file, to be called `name`, keep its records, and bring its part of the graph up to date.

    Raises DocumentError in one plain sentence where the file cannot be read.
    """
    disclosure = read_disclosure(path, name)
    workspace.save_records(disclosure)
    load_disclosure(disclosure, store, run_id=run_id, loaded_from=workspace.stamp(disclosure.sha256))
    return disclosure


def read_disclosure(path: Path, name: str | None = None) -> Disclosure:
    """Read one file into records: bytes → tables and lines → printed targets → performance targets."""
    document = read_document(path, name)
    reading = read_targets(document)
    return interpret_reading(reading)


def interpret_reading(reading: DocumentReading) -> Disclosure:
    """What was printed becomes what is meant; what is unexpected becomes an issue."""
    issues: list[Issue] = list(reading.issues)
    header = reading.header
    own_id = disclosure_id(reading.document.sha256)
    targets = interpret_targets(reading.targets, issues, disclosure_id=own_id, fiscal_year=header.fiscal_year)
    targets = add_mentions(targets)
    for target in targets:
        check_target(target, issues)
    return Disclosure(
        id=own_id,
        file=reading.document.file,
        sha256=reading.document.sha256,
        name=header.name,
        budget_unit=header.budget_unit,
        region=header.region,
        fiscal_year=header.fiscal_year,
        targets=targets,
        issues=tuple(issues),
        rows=reading.rows,
    )


def load_disclosure(disclosure: Disclosure, store: GraphStore, *, run_id: str, loaded_from: str) -> None:
    """Bring one disclosure's part of the graph up to date; nothing of an earlier run of it is left."""
    batch = build_graph(disclosure, loaded_from=loaded_from)
    store.write(batch, run_id=run_id)
    store.delete_stale(disclosure.id, run_id=run_id)


@dataclass(frozen=True, slots=True)
class ReadFailure:
    """Why a file gave nothing: a sentence for people, and where the program failed if it was its fault."""

    message: str
    detail: str | None = None


def guard(name: str, step: Callable[[], Result]) -> Result | ReadFailure:
    """Do a step for one file, so that a bad file, or a fault of ours in it, does not stop the others."""
    try:
        return step()
    except DocumentError as error:
        return ReadFailure(str(error))
    except (JixiaoError, BrokenPipeError):
        raise
    except Exception as error:  # noqa: BLE001 - the one place where a fault in one file is kept to that file
        told = f"读取文件 {name} 时程序出错（{type(error).__name__}），请把详情告诉维护者"
        return ReadFailure(told, traceback.format_exc())
