"""Targets stated in sentences (段落中的绩效目标)."""

from decimal import Decimal

import pytest

from ingest.document import Cell, Row
from ingest.draft import DraftTarget
from ingest.joined_lines import LineCounts
from ingest.sentence_targets import read_sentences


def read(*lines: str) -> tuple[list[DraftTarget], LineCounts]:
    rows = [Row((Cell(text, number, 1),), line=number) for number, text in enumerate(lines, start=1)]
    return read_sentences(rows)


def stated(targets: list[DraftTarget]) -> list[tuple[str | None, str | None, list[tuple[str, str]]]]:
    return [(t.project, t.objective, [(i.name, i.printed_value) for i in t.indicators]) for t in targets]


WRAPPED = (
    "苗圃管护项目绩效目标为按时浇水除草，保持苗木长势，共设置3",
    "条绩效指标：设1条数量指标：管护面积≥42亩；设1条质量指标：",
    "- 7 -",
    "苗木成活率≥93%；设1条满意度指标：职工满意度≥88%。",
    "（三）名词解释。绩效目标是预算资金要达到的产出。",
)


def test_a_wrapped_paragraph_states_one_target() -> None:
    assert stated(read(*WRAPPED)[0]) == [
        (
            "苗圃管护项目",
            "按时浇水除草，保持苗木长势",
            [("管护面积", "≥42亩"), ("苗木成活率", "≥93%"), ("职工满意度", "≥88%")],
        )
    ]


def test_an_indicator_stands_on_the_line_where_it_begins() -> None:
    indicators = read(*WRAPPED)[0][0].indicators
    assert [indicator.sources[0].line for indicator in indicators] == [2, 4, 4]


def test_every_line_of_the_paragraph_is_told_with_its_indicators() -> None:
    assert read(*WRAPPED)[1].by_line == {1: 0, 2: 1, 4: 2}


def test_two_projects_in_a_paragraph_are_two_targets() -> None:
    line = (
        "一是甲路养护项目绩效目标为路面平整，设1条数量指标：里程≥5公里；设1条质量指标：完好率≥90%；"
        "设1条时效指标：完成率=100%。二是乙桥检测项目绩效目标是桥梁安全，设1条数量指标：座数≥2座；"
        "设1条质量指标：检测合格率≥95%；设1条成本指标：费用≤3万元。"
    )
    assert [(t.project, len(t.indicators)) for t in read(line)[0]] == [
        ("甲路养护项目", 3),
        ("乙桥检测项目", 3),
    ]


def test_a_paragraph_that_only_speaks_of_targets_states_none() -> None:
    line = "本单位项目绩效目标为规范使用资金，绩效指标包括数量指标、质量指标，详见附表。"
    assert not read(line)[0]


def test_a_heading_with_a_colon_does_not_join_the_line_below() -> None:
    lines = (
        "本单位各项目绩效目标为全面完成年初任务，具体情况如下：",
        "数量指标：3个",
        "质量指标：4个",
        "时效指标：5个",
    )
    assert not read(*lines)[0]


MEDIATION = "数量指标：调解案件≥500件；质量指标：调解成功率≥95%；满意度指标：群众满意度≥90%。"
AID = "产出指标：援助案件≥100件。效益指标：援助覆盖率≥85%。满意度指标：受援人满意度≥92%。"


@pytest.mark.parametrize(
    "lines",
    [
        (
            "乙局项目绩效目标情况说明",
            f"（一）人民调解经费30万元，绩效目标为化解矛盾纠纷。绩效指标：{MEDIATION}",
            f"（二）法律援助经费（20万元）。绩效目标：保障困难群众权益。{AID}",
        ),
        (
            f"1.人民调解经费30万元，绩效目标为化解矛盾纠纷。{MEDIATION}"
            f"2.法律援助经费20万元。绩效目标：保障困难群众权益。{AID}",
        ),
    ],
)
def test_the_amount_may_stand_between_the_name_and_the_goal(lines: tuple[str, ...]) -> None:
    targets, _ = read(*lines)
    assert [(t.project, t.budget, t.objective, len(t.indicators)) for t in targets] == [
        ("人民调解经费", Decimal(300_000), "化解矛盾纠纷。", 3),
        ("法律援助经费", Decimal(200_000), "保障困难群众权益。", 3),
    ]


def test_the_goal_stands_on_its_own_line() -> None:
    (target,), _ = read("苗圃管护项目的绩效目标为", *WRAPPED[1:4])
    assert [(source.field, source.line) for source in target.sources] == [("objective", 2)]


def test_a_project_that_is_not_read_beside_another_is_told_of() -> None:
    line = f"人民调解项目绩效目标为化解纠纷。{MEDIATION}援助项目绩效目标为援助群众。质量指标：办结率≥98%。"
    _, counts = read(line)
    assert [text for _, text in counts.unread] == ["援助群众。质量指标：办结率≥98%。"]
