"""Pairs of indicators whose relation people labelled (标注的指标对): own ones, and rows of the gold."""

import csv
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nlp.relate import IndicatorText
from ontology.model import Relation

_OWN = Path(__file__).with_name("marked_pairs")
KINDS = {
    "gold": (1.0, "金标准"),
    "chosen": (1.0, "金标准目标里另挑的"),
    "hard": (0.3, "自有的，为难写的"),
    "met": (0.1, "碰上的，规则说不同"),
    "found": (0.3, "碰上的，规则说有关系"),
}
"""What a pair of a kind counts in training, and what it is.

Chosen and hard pairs are chosen to be hard: in more of them than usual there is a relation that rules do
not find. Those met and found are what a search for alike indicators meets.
"""
_ROWS = _OWN / "gold_rows.tsv"


@dataclass(frozen=True, slots=True)
class MarkedPair:
    """Two indicators and how they stand to each other, as people see it."""

    one: IndicatorText
    other: IndicatorText
    relation: Relation
    kind: str

    @property
    def counts(self) -> float:
        """What it counts in training."""
        return KINDS[self.kind][0]

    @property
    def key(self) -> tuple[str, ...]:
        """What is printed: pairs of the same texts are on one side of a cross-validation."""
        return tuple(sorted(f"{item.name}|{item.printed_value}" for item in (self.one, self.other)))


def own_pairs() -> list[MarkedPair]:
    """The project's own pairs, written and labelled for it."""
    return [
        pair for file in sorted(_OWN.glob("*.jsonl")) for pair in _read(file, file.stem.partition("_")[0])
    ]


def gold_pairs(folder: Path) -> list[MarkedPair]:
    """The pairs of the gold; none where it is not there."""
    file = folder / "relations.jsonl"
    return _read(file, "gold") if file.exists() else []


def _read(file: Path, kind: str) -> list[MarkedPair]:
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
    return [MarkedPair(_side(row["a"]), _side(row["b"]), Relation(row["relation"]), kind) for row in rows]


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
            _row(targets, row, ""),
            _row(targets, row, "other_"),
            Relation(row["relation"]),
            row["kind"],
        )
        for row in rows
        if row["file"] in targets and row["other_file"] in targets
    ]


def _row(targets: dict[str, list[dict[str, Any]]], row: dict[str, str], side: str) -> IndicatorText:
    """One side of a pair; of those found only the names were looked at."""
    file, target = row[f"{side}file"], int(row[f"{side}target"])
    found = targets[file][target]
    indicator = found["indicators"][int(row[f"{side}row"])]
    if row["kind"] == "found":
        return IndicatorText(name=indicator["name"])
    return _side({"file": f"{file} {target}", "project": found["project"], **indicator})
