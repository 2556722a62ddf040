"""Score rules (评分标准) in the place of a value."""

from decimal import Decimal

import pytest

from nlp.score_rules import read_steps
from nlp.target_value import parse_target_value, rule_max_score
from ontology.model import TargetValue, ValueKind

RULES = {
    "完成工作任务15分，未完成工作任务0分": "15",
    "完成工作任务15分，未完成工作任务0": "15",
    "达到10分，未达到0": "10",
    "完成10分，未完成0分。": "10",
    "按照完成情况，全面完成20分，完成70%以上10分，完成70%以下0分。": "20",
    "12月31日前完成为10分，年内未完成为0分": "10",
    "网站普查全面达标5分，超过3次通报0分": "5",
    "完成得10分，未完成不得分": "10",
    "按时完成得5分": "5",
    "优秀10分，良好8.5分，合格6分": "10",
    "每少1次扣1分": None,
    "每降低1%扣2分，扣完为止": None,
    "全部完成得满分": None,
    "按比例得分": None,
}


@pytest.mark.parametrize(("printed", "most"), RULES.items())
def test_a_score_rule_and_the_most_it_gives(printed: str, most: str | None) -> None:
    assert parse_target_value(printed) == TargetValue(kind=ValueKind.SCORE_RULE)
    assert rule_max_score(printed) == (None if most is None else Decimal(most))


@pytest.mark.parametrize(
    "printed",
    [
        "≥90分",
        "90分以上",
        "80-90分",
        "考核得分90分以上",
        "100分",
        "5分钟内",
        "完成20分",
        "3个百分点",
        "≥95%",
        "",
        "优",
    ],
)
def test_points_to_be_reached_are_no_rule(printed: str) -> None:
    assert parse_target_value(printed).kind is not ValueKind.SCORE_RULE
    assert rule_max_score(printed) is None


STEPS = {
    "全面完成20分，完成70%以上10分，完成70%以下0分": [
        ("全面完成", 20),
        ("完成70%以上", 10),
        ("完成70%以下", 0),
    ],
    "完成得15分，未完成不得分": [("完成", 15)],
    "每少1次扣2分": [("每少1次", -2)],
    "≥95%": [],
    "85分以上": [],
}


@pytest.mark.parametrize(("printed", "steps"), STEPS.items())
def test_steps_of_a_rule(printed: str, steps: list[tuple[str, int]]) -> None:
    assert [(step.condition, int(step.points)) for step in read_steps(printed)] == steps
