"""What a value becomes in the JSON of records."""

import pytest

from app.records_json import printed_rule, steps_to_json, value_to_json
from nlp.interpret import interpret_indicator
from nlp.target_value import parse_target_value
from ontology.model import PrintedIndicator


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


DONE, NOT_DONE = {"condition": "完成", "points": 10}, {"condition": "未完成", "points": 0}


@pytest.mark.parametrize(
    ("printed_value", "scoring_rule", "steps"),
    [
        ("完成得10分，未完成不得分", None, [DONE, NOT_DONE]),
        ("≥95%", "完成得10分，未完成不得分", [DONE, NOT_DONE]),
        ("", "完成得10分", [DONE]),
        ("完成得10分", "未完成得0分，部分完成得5分", [DONE]),
        ("按完成比例得分", "完成得10分", []),
        ("≥95%", "见附件", []),
        ("≥95%", None, []),
    ],
)
def test_the_steps_are_those_of_the_value_or_else_of_the_rule_beside_it(
    printed_value: str, scoring_rule: str | None, steps: list[dict[str, object]]
) -> None:
    printed = PrintedIndicator(name="验收合格率", printed_value=printed_value, scoring_rule=scoring_rule)
    indicator = interpret_indicator(printed, [], indicator_id="1", fiscal_year=2023)
    assert steps_to_json(printed_rule(indicator)) == steps
