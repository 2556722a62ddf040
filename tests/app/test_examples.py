"""The example disclosures against the extraction made by hand from reading them, every field."""

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from app.pipeline import read_disclosure
from app.records_json import disclosure_to_json

EXAMPLES = Path(__file__).parents[2] / "examples"
EXPECTED = sorted((EXAMPLES / "expected").glob("*.json"))
GRADED = "graded_values"


def example_of(expected: Path) -> Path:
    return next(path for path in EXAMPLES.iterdir() if path.stem == expected.stem)


def folded(value: object) -> object:
    """Texts without white space and differences of width; everything else as it is."""
    if isinstance(value, str):
        return "".join(unicodedata.normalize("NFKC", value).split())
    if isinstance(value, dict):
        return {key: folded(item) for key, item in value.items()}
    return value


def only_stated(found: dict[str, Any], stated: dict[str, Any]) -> dict[str, Any]:
    """What was read, of the fields that the expectation states."""
    kept = {key: found[key] for key in stated if key not in ("indicators", GRADED)}
    if "target_value" in stated:
        kept["target_value"] = {key: found["target_value"][key] for key in stated["target_value"]}
    if GRADED in stated:
        others = {item["field"]: item["printed"].strip() for item in found["others"]}
        kept[GRADED] = {"优": found["printed_value"], **{grade: others[grade] for grade in "良中差"}}
    return kept


def flat(document: dict[str, Any], like: dict[str, Any]) -> list[object]:
    """The document's own fields, then its targets, each followed by its indicators."""
    lines: list[object] = [folded(only_stated(document, {k: v for k, v in like.items() if k != "targets"}))]
    for target, stated in zip(document["targets"], like["targets"], strict=True):
        lines.append(folded(only_stated(target, stated)))
        pairs = zip(target["indicators"], stated["indicators"], strict=True)
        lines.extend(folded(only_stated(indicator, wanted)) for indicator, wanted in pairs)
    return lines


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda path: path.stem)
def test_every_field_is_read_as_by_hand(expected: Path) -> None:
    stated = json.loads(expected.read_text("utf-8"))
    found = disclosure_to_json(read_disclosure(example_of(expected)))
    names = [(t["scope"], folded(t["project"]), len(t["indicators"])) for t in stated["targets"]]
    assert [(t["scope"], folded(t["project"]), len(t["indicators"])) for t in found["targets"]] == names
    wanted = [
        folded({k: v for k, v in part.items() if k != "indicators"})
        for target in stated["targets"]
        for part in (target, *target["indicators"])
    ]
    assert flat(found, stated)[1:] == wanted
    assert folded(found["budget_unit"]) == folded(stated["budget_unit"])
    assert found["fiscal_year"] == stated["fiscal_year"]


def test_every_example_has_an_expectation(examples: list[Path]) -> None:
    assert [path.stem for path in examples] == [path.stem for path in EXPECTED]


def test_examples_say_that_they_are_invented(examples: list[Path]) -> None:
    for path in examples:
        assert "虚构" in path.read_text("utf-8").splitlines()[0], path.name
