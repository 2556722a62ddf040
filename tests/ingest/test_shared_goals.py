"""Goals under headings side by side (并列的目标)."""

import pytest

from ingest.document import Cell, Row
from ingest.form_fields import entry_field
from ingest.labels import read_heading
from ingest.shared_goals import drop_repetition, share_text
from ingest.stream_tokens import rows_to_tokens


def shared(headings: list[str], *lines: str) -> dict[str, str]:
    rows = [Row((Cell(text, number, 1),), line=number) for number, text in enumerate(lines, start=1)]
    labels = [(label, text) for text in headings if (label := read_heading(text))]
    assert len(labels) == len(headings)
    return {
        entry_field(label): "".join(token.text for token in tokens)
        for (label, _), tokens in share_text(labels, rows_to_tokens(rows))
    }


SET_AND_ACHIEVED = ["预期目标", "实际完成情况"]


def test_the_achieved_tells_the_goal_again() -> None:
    assert shared(
        SET_AND_ACHIEVED,
        "申请资金18万元。其中12万元用于苗木，6万元用于水电。支付资金17万元。其中11万元用于苗木，6万元用于水电。",
    ) == {
        "objective": "申请资金18万元。其中12万元用于苗木，6万元用于水电。",
        "actual_objective": "支付资金17万元。其中11万元用于苗木，6万元用于水电。",
    }


def test_goal_and_achieved_in_turn() -> None:
    lines = ["20", "目标1：排查隐患。", "目标1：排查隐患。", "目标2：救助灾民。", "目标2：救助灾民。"]
    assert shared(SET_AND_ACHIEVED, *lines) == dict.fromkeys(
        ("objective", "actual_objective"), "目标1：排查隐患。目标2：救助灾民。"
    )


def test_the_achieved_says_so() -> None:
    assert shared(SET_AND_ACHIEVED, "新建公墓一处，设墓位200个。主体工程已完工，年底投入使用。") == {
        "objective": "新建公墓一处，设墓位200个。",
        "actual_objective": "主体工程已完工，年底投入使用。",
    }


def test_sentences_of_one_goal_stay_together() -> None:
    goal = "按计划治理山洪沟。治理河道7.4公里，保障两岸安全。"
    assert shared(SET_AND_ACHIEVED, goal) == {"objective": goal}


def test_long_term_and_annual_share_evenly() -> None:
    assert shared(["中期目标", "年度目标"], "三年内改造泵站12座。", "今年改造泵站4座。") == {
        "long_term_objective": "三年内改造泵站12座。",
        "objective": "今年改造泵站4座。",
    }


def test_of_two_headings_of_a_kind_the_last_has_the_text() -> None:
    assert shared(["总体目标", "中期目标", "年度目标"], "三年内改造泵站12座。", "今年改造泵站4座。") == {
        "long_term_objective": "三年内改造泵站12座。",
        "objective": "今年改造泵站4座。",
    }


@pytest.mark.parametrize(
    ("text", "once"),
    [
        ("更新路灯，方便夜间出行安全。更新路灯，方便夜间出行安全。", "更新路灯，方便夜间出行安全。"),
        ("更新路灯，方便夜间出行安全，方便夜间出行安全，", "更新路灯，方便夜间出行安全"),
        ("看一看，看一看", "看一看，看一看"),
        ("更新路灯，方便夜间出行", "更新路灯，方便夜间出行"),
    ],
)
def test_a_goal_printed_twice_is_read_once(text: str, once: str) -> None:
    assert drop_repetition(text) == once
