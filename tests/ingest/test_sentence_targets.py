"""Targets stated in sentences (段落中的绩效目标)."""

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
