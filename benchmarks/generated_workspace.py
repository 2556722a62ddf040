"""A workspace with generated records (生成的工作区), and the graph made from it in either store.

It is what a build leaves, but for the files that were read: nobody can open a source in it.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.progress import track

from app.build_report import BuildReport
from app.build_run import Build
from app.builder import graph_place
from app.workspace import open_workspace
from benchmarks.generated_graph import INDICATORS, TARGETS, disclosures
from graph.store import open_store
from ontology.ids import disclosure_id, stable_id
from ontology.model import Disclosure, PerformanceTarget

REPEATED = 4
"""One target in so many repeats what it said the year before."""


def make_workspace(folder: Path, indicators: int) -> None:
    """Keep the records of so many generated indicators, as if they had been read."""
    made = track(disclosures(indicators), "生成", total=indicators // (TARGETS * INDICATORS), transient=True)
    with open_workspace(folder) as workspace:
        for item in _revised(made):
            workspace.save_records(item)
        workspace.save_manifest()


def fill(folder: Path, address: str | None, say: Console) -> None:
    """Make the graph of a workspace, its own or that at an address, from the records alone."""

    def shown(names: Iterable[str]) -> Iterable[str]:
        return track(list(names), "载入", transient=True, console=say)

    with open_workspace(folder) as workspace, open_store(address or workspace.graph_file) as store:
        report = BuildReport(folder)
        place = graph_place(address)
        Build(workspace, store, report, shown, must_publish=True, place=place).restore()


def _revised(made: Iterable[Disclosure]) -> Iterator[Disclosure]:
    """Disclosures as if read: hashed, and some targets say what the same project said the year before."""
    before: Disclosure | None = None
    for item in made:
        targets = item.targets
        if before is not None and before.budget_unit == item.budget_unit:
            targets = tuple(
                _copied(target, other) if number % REPEATED == 0 else target
                for number, (target, other) in enumerate(zip(item.targets, before.targets, strict=True))
            )
        sha256 = hashlib.sha256(item.id.encode()).hexdigest()
        before = replace(item, id=disclosure_id(sha256), sha256=sha256, targets=targets)
        yield before


def _copied(target: PerformanceTarget, other: PerformanceTarget) -> PerformanceTarget:
    copies = (
        replace(item, id=stable_id("indicator", target.id, row)) for row, item in enumerate(other.indicators)
    )
    return replace(target, indicators=tuple(copies))
