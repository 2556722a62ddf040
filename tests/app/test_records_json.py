"""What a value becomes in the JSON of records."""

import pytest

from app.records_json import value_to_json
from nlp.target_value import parse_target_value


@pytest.mark.parametrize(
    ("printed", "approximate"),
    [
        ("约200人", True),
        ("200人左右", True),
        ("200人", False),
        ("≥200人", False),
        ("2-3次", None),
        ("优", None),
    ],
)
def test_an_inexact_number_is_told_of(printed: str, approximate: bool | None) -> None:
    assert value_to_json(parse_target_value(printed))["approximate"] is approximate


def test_the_factor_leads_to_the_canonical_unit() -> None:
    value = value_to_json(parse_target_value("≤0.5万元/公里"))
    assert (value["number"], value["measure_unit"]) == (0.5, "万元/公里")
    assert (value["canonical_unit"], value["canonical_factor"]) == ("元/m", 10)
