"""The seed disclosures against the gold made by hand, by the measures and floors of the project's aims."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from app.pipeline import read_disclosure
from app.records_json import disclosure_to_json

SHARED = Path(__file__).parents[3] / "shared"
SEEDS = sorted((SHARED / "seeds").glob("*.txt"))

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SEEDS, reason="needs the seed disclosures in ../shared/seeds"),
]


@pytest.fixture(scope="module")
def score() -> ModuleType:
    spec = importlib.util.spec_from_file_location("gold_score", SHARED / "gold" / "score.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def counts(score: ModuleType) -> dict[str, dict[str, Any]]:
    found = {score.stem(path.name): disclosure_to_json(read_disclosure(path)) for path in SEEDS}
    golds = [json.loads(p.read_text("utf-8")) for p in sorted((SHARED / "gold" / "targets").glob("*.json"))]
    return {
        score.stem(gold["file"]): score.score_document(gold, found[score.stem(gold["file"])], [])
        for gold in golds
    }


def total(counts: dict[str, dict[str, Any]], key: str) -> int:
    return sum(count[key] for count in counts.values())


def test_indicators_are_read_with_class_name_and_value(
    score: ModuleType, counts: dict[str, dict[str, Any]]
) -> None:
    for name, count in counts.items():
        assert score.prf(count["strict"], count["found"], count["gold"])["f1"] >= 0.96, name
    overall = score.prf(total(counts, "strict"), total(counts, "found"), total(counts, "gold"))
    assert overall["f1"] >= 0.98


def test_every_target_is_found_and_no_other(counts: dict[str, dict[str, Any]]) -> None:
    assert total(counts, "targets_found") == total(counts, "targets") == 63
    assert total(counts, "targets_extra") == 0


def test_amounts_and_objectives(counts: dict[str, dict[str, Any]]) -> None:
    assert total(counts, "amount") >= 62
    assert total(counts, "goal") >= 60


def test_values_and_fields(counts: dict[str, dict[str, Any]]) -> None:
    right = total(counts, "strict")
    assert total(counts, "parsed") >= 0.97 * right
    for key in ("score", "description", "basis"):
        assert total(counts, key) >= 0.98 * right, key


def test_unit_and_year_of_each_document(counts: dict[str, dict[str, Any]]) -> None:
    found = {name: (count["unit"], count["year"]) for name, count in counts.items()}
    assert found == dict.fromkeys(counts, (1, 1))
