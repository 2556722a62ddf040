"""Pairs of indicators whose relation people labelled (标注的指标对): own ones, and rows of the gold."""

import csv
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nlp.relate import IndicatorText
from ontology.model import Relation

_OWN = Path(__file__).with_name("marked_pairs")
_COUNTS = {"chosen": 1.0, "hard": 0.3, "met": 0.1}
"""What a pair counts in training beside one of the gold, by its kind (the first word of its file).

Hard pairs are chosen to be hard, so that in more of them than usual there is a relation that rules do not
find; those met are what a search for alike indicators meets, and nearly all different.
"""
_ROWS = _OWN / "gold_rows.tsv"


@dataclass(frozen=True, slots=True)
class MarkedPair:
    """Two indicators and how they stand to each other, as people see it."""

    one: IndicatorText
    other: IndicatorText
    relation: Relation
    counts: float = 1.0
    """Beside others, in training."""

    @property
    def key(self) -> tuple[str, ...]:
        """What is printed: pairs of the same texts are on one side of a cross-validation."""
        return tuple(sorted(f"{item.name}|{item.printed_value}" for item in (self.one, self.other)))


def own_pairs() -> list[MarkedPair]:
    """The project's own pairs, written and labelled for it."""
    return [
        pair
        for file in sorted(_OWN.glob("*.jsonl"))
        for pair in _read(file, counts=_COUNTS[file.stem.partition("_")[0]])
    ]


def gold_pairs(folder: Path) -> list[MarkedPair]:
    """The pairs of the gold; none where it is not there."""
    file = folder / "relations.jsonl"
    return _read(file) if file.exists() else []


def _read(file: Path, *, counts: float = 1.0) -> list[MarkedPair]:
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
    return [MarkedPair(_side(row["a"]), _side(row["b"]), Relation(row["relation"]), counts) for row in rows]


def _side(row: dict[str, Any]) -> IndicatorText:
    file, unit, project = (row.get(key) or "" for key in ("file", "unit", "project"))
    return IndicatorText(
        name=row["name"],
        printed_value=row["printed_value"],
        context=f"{project} {unit}".strip(),
        target=f"{file} {unit} {project}".strip(),
    )


def gold_row_pairs(folder: Path) -> list[MarkedPair]:
    """Further pairs of the gold's indicators, labelled by their places; none where it is not there."""
    targets = {
        file.stem: json.loads(file.read_text("utf-8"))["targets"]
        for file in sorted((folder / "targets").glob("*.json"))
    }
    lines = _ROWS.read_text("utf-8").splitlines()
    rows = csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t")
    return [
        MarkedPair(
            _row(targets, row["file"], int(row["target"]), int(row["row"])),
            _row(targets, row["other_file"], int(row["other_target"]), int(row["other_row"])),
            Relation(row["relation"]),
            _COUNTS[row["kind"]],
        )
        for row in rows
        if row["file"] in targets and row["other_file"] in targets
    ]


def _row(targets: dict[str, list[dict[str, Any]]], file: str, target: int, row: int) -> IndicatorText:
    found = targets[file][target]
    return _side({"file": f"{file} {target}", "project": found["project"], **found["indicators"][row]})
