"""The hand-made target values of the seed disclosures, every field."""

import json
from pathlib import Path
from typing import Any

import pytest

from nlp.target_value import looks_like_value, parse_target_value

GOLD = Path(__file__).parents[3] / "shared" / "gold" / "targets"
FILES = sorted(GOLD.glob("*.json"))

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not FILES, reason="needs ../shared/gold/targets"),
]


def stated(gold: dict[str, Any]) -> tuple[object, ...]:
    number = None if gold["number"] is None else float(gold["number"])
    return gold["kind"], gold["comparator"], number, gold["measure_unit"], gold["date"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_gold_value(path: Path) -> None:
    document = json.loads(path.read_text("utf-8"))
    wrong = []
    for target in document["targets"]:
        for indicator in target["indicators"]:
            printed = indicator["printed_value"]
            value = parse_target_value(printed, fiscal_year=document["fiscal_year"])
            read = (
                value.kind,
                value.comparator,
                None if value.number is None else float(value.number),
                value.measure_unit,
                None if value.day is None else value.day.isoformat(),
            )
            if read != stated(indicator["target_value"]):
                wrong.append((printed, read, stated(indicator["target_value"])))
    assert wrong == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_gold_values_that_are_numbers_look_like_values(path: Path) -> None:
    document = json.loads(path.read_text("utf-8"))
    printed = {
        indicator["printed_value"]
        for target in document["targets"]
        for indicator in target["indicators"]
        if indicator["target_value"]["kind"] not in ("qualitative", "empty")
    }
    assert [text for text in sorted(printed) if not looks_like_value(text)] == []
