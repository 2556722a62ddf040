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


def test_a_paragraph_a_project_with_its_amount_and_claims_without_class_labels() -> None:
    lines = (
        "（一）苗圃管护专项，安排资金35万元，主要用于浇水除草。年度绩效目标：保持苗木长势。绩效指标：管护苗圃",
        "数量≥8处；苗木成活率≥98%；完成时间2024年11月底前。",
        "（二）古树复壮经费12.5万元。年度绩效目标：古树长势稳定。绩效指标：复壮古树40株；诊断及时率100%。",
    )
    targets, counts = read(*lines)
    assert [(t.project, t.budget) for t in targets] == [
        ("苗圃管护专项", Decimal(350_000)),
        ("古树复壮经费", Decimal(125_000)),
    ]
    assert stated(targets)[0][2] == [
        ("管护苗圃数量", "≥8处"),
        ("苗木成活率", "≥98%"),
        ("完成时间", "2024年11月底前"),
    ]
    assert [i.sources[0].line for target in targets for i in target.indicators] == [1, 2, 2, 3, 3]
    assert counts.by_line == {1: 1, 2: 2, 3: 2}


def test_a_sign_and_a_number_are_a_value_whatever_the_unit() -> None:
    lines = (
        "全年项目2个，其中：",
        "善本修复经费，预算20万元。项目绩效目标：改善善本保存条件。主要绩效指标为：修复善本≥600叶、修复合格率≥98%。",
    )
    target = read(*lines)[0][0]
    assert (target.project, target.budget) == ("善本修复经费", Decimal(200_000))
    assert stated([target])[0][2] == [("修复善本", "≥600叶"), ("修复合格率", "≥98%")]


def test_a_goal_may_speak_of_indicators() -> None:
    line = (
        "苗圃管护项目绩效目标为完成绩效指标体系编制，共设置3条绩效指标：设1条数量指标：管护面积≥42亩；"
        "设1条质量指标：苗木成活率≥93%；设1条满意度指标：职工满意度≥88%。"
    )
    assert read(line)[0][0].objective == "完成绩效指标体系编制"


def test_two_class_labels_are_enough_where_the_project_and_its_goal_are_stated() -> None:
    line = (
        "2.轮椅适配补贴项目。预算安排45万元，绩效目标：为有需求的人适配轮椅。产出指标：适配轮椅500台，"
        "适配及时率100%；满意度指标：使用人满意度90%以上。"
    )
    target = read(line)[0][0]
    assert (target.project, target.budget, target.objective) == (
        "轮椅适配补贴项目",
        Decimal(450_000),
        "为有需求的人适配轮椅。",
    )
    assert [(i.printed_category, i.name, i.printed_value) for i in target.indicators] == [
        ("产出指标", "适配轮椅", "500台"),
        ("产出指标", "适配及时率", "100%"),
        ("满意度指标", "使用人满意度", "90%以上"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        # how targets are set, and no target
        "苗圃管护项目，绩效目标：按要求从产出指标、效益指标两方面设置，绩效指标：均已量化。",
        # two amounts: which one is the project's, nobody knows
        "苗圃管护专项，预算35万元，上年30万元。绩效目标：保持长势。绩效指标：苗木成活率≥98%；管护处数≥8处。",
    ],
)
def test_what_is_not_stated_is_not_guessed(line: str) -> None:
    assert [target.budget for target in read(line)[0]] in ([], [None])
