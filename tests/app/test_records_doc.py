"""docs/records.md tells of every field of a target value, every kind, label and direction."""

from pathlib import Path

import pytest

from app.records_json import value_to_json
from nlp.entity_texts import LABELS
from nlp.target_value import parse_target_value
from ontology.model import Comparator, Polarity, ValueKind

DOC = (Path(__file__).parents[2] / "docs" / "records.md").read_text("utf-8")
NAMES = [
    *value_to_json(parse_target_value("≥95%")),
    *LABELS,
    *(member.value for names in (ValueKind, Comparator, Polarity) for member in names),
]


@pytest.mark.parametrize("name", NAMES)
def test_each_name_is_explained(name: str) -> None:
    assert f"`{name}`" in DOC
