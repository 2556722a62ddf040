"""The road of one document, from file to graph: START READING HERE.

Every step is one call, and `jixiao trace FILE` shows what each made of a file.
"""

from pathlib import Path

from graph.build import build_graph
from graph.store import GraphStore
from ingest.reading import DocumentReading, read_document, read_targets
from nlp.interpret import interpret_targets
from ontology.check import check_target
from ontology.ids import stable_id
from ontology.model import Disclosure, Issue


def load_document(path: Path, store: GraphStore, *, run_id: str) -> Disclosure:
    """Read one file and bring its part of the graph up to date; returns its records.

    Raises DocumentError in one plain sentence where the file cannot be read.
    """
    disclosure = read_disclosure(path)
    load_disclosure(disclosure, store, run_id=run_id)
    return disclosure


def read_disclosure(path: Path) -> Disclosure:
    """Read one file into records: bytes → tables and lines → printed targets → performance targets."""
    document = read_document(path)
    return interpret_reading(read_targets(document))


def interpret_reading(reading: DocumentReading) -> Disclosure:
    """What was printed becomes what is meant; what is unexpected becomes an issue."""
    issues: list[Issue] = list(reading.issues)
    disclosure_id = stable_id("disclosure", reading.document.sha256)
    targets = interpret_targets(
        reading.targets, issues, disclosure_id=disclosure_id, fiscal_year=reading.header.fiscal_year
    )
    for target in targets:
        check_target(target, issues)
    return Disclosure(
        id=disclosure_id,
        file=reading.document.file,
        sha256=reading.document.sha256,
        name=reading.header.name,
        budget_unit=reading.header.budget_unit,
        region=reading.header.region,
        fiscal_year=reading.header.fiscal_year,
        targets=targets,
        issues=tuple(issues),
        rows=reading.rows,
    )


def load_disclosure(disclosure: Disclosure, store: GraphStore, *, run_id: str) -> None:
    """Bring one disclosure's part of the graph up to date; nothing of an earlier run of it is left."""
    store.write(build_graph(disclosure), run_id=run_id)
    store.delete_stale(disclosure.id, run_id=run_id)
