"""Score rules (评分标准) in the place of a value."""

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.score_rules import read_steps, rule_max_score
from nlp.target_value import parse_target_value
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
    "每次扣0.5-1分": None,
    "未完成扣0.5-1分": None,
    "最多扣20分": None,
    "每次扣1分，上限10分": None,
    "每次扣1分，10分封顶": None,
    "每次扣1分，满分10分": "10",
    "每增加1次加2分，最高10分": "10",
    "每增加1次加2分，最高加10分": "10",
    "每增加1次加2分，10分封顶": "10",
    "每完成1项得2分": None,
    "满分10分，每少1次扣1分": "10",
    "10分，每降1%扣1分": "10",
    "≥95%得10分，90%-95%得8分": "10",
    "90分以上得10分，80-90分得8分": "10",
    "得分不低于90分得10分，否则不得分": "10",
    "优秀得8-10分，良好得6-8分": "10",
    "A得10分，B得8分": "10",
    "100%计10分，每减少1%减1分，减完为止": "10",
    "每少一次扣两分": None,
    "完成10分，未达到0分": "10",
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
        "群众满意度得90分",
        "考核得90分",
        "获得80分",
        "综合得分85分",
        "群众满意度90分",
        "办理时间减少5分",
        "缩短时间减少5分钟",
        "年度考核加5分",
        "不得分包转包",
        "归零分析",
        "零分率",
        "5人×10分钟",
        "3天×8小时",
        "按时完成率得分",
        "按期完成情况得分",
        "完成情况得分",
        "每月扣缴社保",
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
    "完成得15分，未完成不得分": [("完成", 15), ("未完成", 0)],
    "每少1次扣2分": [("每少1次", -2)],
    "≥95%": [],
    "85分以上": [],
    # a number before 得 and 扣 is their condition
    "≥95%得10分，90%-95%得8分": [("≥95%", 10), ("90%-95%", 8)],
    "90分以上得10分，80-90分得8分": [("90分以上", 10), ("80-90分", 8)],
    "90分（含）以上得10分，80分（含）-90分得8分": [("90分(含)以上", 10), ("80分(含)-90分", 8)],
    "得分不低于90分得10分，否则不得分": [("得分不低于90分", 10), ("否则", 0)],
    "未完成不得分，完成得15分": [("未完成", 0), ("完成", 15)],
    # that nothing is given is a step
    "≥90%得10分；80%-90%得6分；<80%不得分": [("≥90%", 10), ("80%-90%", 6), ("<80%", 0)],
    "发现1起扣3分，发现2起及以上不得分": [("发现1起", -3), ("发现2起及以上", 0)],
    "完成得10分，未完成不给分": [("完成", 10), ("未完成", 0)],
    "完成得10分，未完成不计分": [("完成", 10), ("未完成", 0)],
    "完成得10分，未完成不予得分": [("完成", 10), ("未完成", 0)],
    "完成得10分，未完成得零分": [("完成", 10), ("未完成", 0)],
    "未完成则不得分，完成则得10分": [("未完成", 0), ("完成", 10)],
    "发生事故，该项不得分": [("发生事故", 0)],
    "不足95%的不得分": [("不足95%的", 0)],
    # points without a number are no step, and no part of the next condition
    "达到95%得满分，每降低1%扣1分": [("每降低1%", -1)],
    "达到95%得满分每降低1%扣1分": [("每降低1%", -1)],
    "按期完成得满分，每延迟1天扣1分": [("每延迟1天", -1)],
    "达标得满分，不达标不得分": [("不达标", 0)],
    "完成得满分10分，每少1次扣1分": [("完成", 10), ("每少1次", -1)],
    "完成得5分，部分完成得一半分，未完成得0分": [("完成", 5), ("未完成", 0)],
    "完成得满分，部分完成得50%的分值，其余得0分": [("其余", 0)],
    "部分完成酌情扣分，每少1次扣1分": [("每少1次", -1)],
    # the mark of a list is no part of the condition
    "①95%以上得8分": [("95%以上", 8)],
    "评分标准：①95%以上得8分；②90%以上得5分": [("95%以上", 8), ("90%以上", 5)],
    "1.完成得5分；2.未完成得0分": [("完成", 5), ("未完成", 0)],
    "（1）完成得5分；（2）未完成得0分": [("完成", 5), ("未完成", 0)],
    "一、完成得5分；二、未完成得0分": [("完成", 5), ("未完成", 0)],
    "1.5倍以上得8分，1倍得5分": [("1.5倍以上", 8), ("1倍", 5)],
    "一级得10分，二级得8分": [("一级", 10), ("二级", 8)],
    "A、B级得10分，C级得5分": [("A、B级", 10), ("C级", 5)],
    # what ends a scale is no step, nor is a range
    "每次扣1分，最多扣20分": [("每次", -1)],
    "每次扣1分，扣至0分": [("每次", -1)],
    "每次扣1分，扣满10分为止": [("每次", -1)],
    "最多扣20分": [],
    "满分10分，每少1次扣1分": [("每少1次", -1)],
    "每次扣0.5-1分": [],
    "优秀得8-10分，良好得6-8分": [],
    "每增加1次加2分，最高10分": [("每增加1次", 2)],
    "每延迟1天减1分": [("每延迟1天", -1)],
    "完成得10分，每少1项扣2分，扣完为止": [("完成", 10), ("每少1项", -2)],
    "未发生事故得10分，发生一次扣5分，最多扣10分": [("未发生事故", 10), ("发生一次", -5)],
}


@pytest.mark.parametrize(("printed", "steps"), STEPS.items())
def test_steps_of_a_rule(printed: str, steps: list[tuple[str, int]]) -> None:
    assert [(step.condition, int(step.points)) for step in read_steps(printed)] == steps


FORMULAS = [
    "得分=实际完成率×分值",
    "得分=（实际/计划）×100%×权重",
    "按完成比例得分",
    "按照考核情况计分",
    "按实际完成比例计分",
    "满意度×10分",
    "10分×完成率",
    "（实际完成数/计划数）×10分",
    "完成率×权重",
    "该指标分值×完成率",
]


@pytest.mark.parametrize("printed", FORMULAS)
def test_a_formula_is_a_rule_without_steps(printed: str) -> None:
    assert parse_target_value(printed) == TargetValue(kind=ValueKind.SCORE_RULE)
    assert read_steps(printed) == ()
    assert rule_max_score(printed) is None


POINTS_REACHED = {
    "综合得分85分": (85, 85),
    "群众满意度得90分": (90, 90),
    "考核得分90分以上": (90, None),
    "获得80分": (80, 80),
    "满意度评分≥4.5分": (Decimal("4.5"), None),
}


@pytest.mark.parametrize(("printed", "bounds"), POINTS_REACHED.items())
def test_points_to_be_reached_are_a_quantity(printed: str, bounds: tuple[object, object]) -> None:
    value = parse_target_value(printed)
    assert (value.kind, value.measure_unit) == (ValueKind.QUANTITY, "分")
    assert (value.low, value.high) == bounds


DEDUCTIONS = st.builds(
    "{}{}{}".format,
    st.sampled_from(["每少1次", "未完成", "每降低1%", "超过3天", "每次", "得分低于90分"]),
    st.sampled_from(["扣", "扣减", "扣除"]),
    st.sampled_from(["1分", "0.5分", "2-3分", "至0分", "最多5分", "10分封顶"]),
)


@given(
    st.lists(DEDUCTIONS, min_size=1, max_size=3),
    st.sampled_from(["", "，扣完为止", "，最多扣20分", "，上限10分"]),
)
def test_a_rule_that_only_takes_gives_nothing(clauses: list[str], end: str) -> None:
    steps = read_steps("，".join(clauses) + end)
    assert all(step.points < 0 for step in steps)
    assert rule_max_score("，".join(clauses) + end) is None


@pytest.mark.parametrize(
    "piece", ["得满分", "①", "按", "按完成比例", "不得分", "分值", "完成率*", "1、", "得1", "该项"]
)
def test_long_rules_take_no_time(piece: str) -> None:
    text = piece * (20_000 // len(piece))
    start = time.process_time()
    read_steps(text)
    read_steps(text + "得5分，完成得5分")
    assert time.process_time() - start < 20
