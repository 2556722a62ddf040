"""Forms without a grid (无表格线的绩效目标表): cells that ran together, lines that were lost."""

import pytest

from ingest.document import Cell, Row
from ingest.stream import stream_to_forms


def rows_of(*lines: str) -> list[Row]:
    return [Row((Cell(text, number, 0),), line=number) for number, text in enumerate(lines, start=1)]


def read(*lines: str) -> list[list[tuple[str, str]]]:
    """The rows of the forms in lines of text: fields and texts, class columns left out."""
    return [
        [
            (cell.column.field, cell.cell.text)
            for cell in row.cells
            if cell.column and cell.column.field not in ("category", "subcategory")
        ]
        for form in stream_to_forms(rows_of(*lines))
        for row in form.rows
    ]


def classes(*lines: str) -> list[list[str]]:
    return [
        [
            cell.cell.text
            for cell in row.cells
            if cell.column and cell.column.field in ("category", "subcategory")
        ]
        for form in stream_to_forms(rows_of(*lines))
        for row in form.rows
    ]


HEADER = "绩效指标一级指标二级指标三级指标指标值"
SCORED = "绩效指标一级指标二级指标三级指标分值指标值得分"


def test_labels_with_remarks_part_rows_that_ran_together() -> None:
    line = (
        "产出指标(40分)数量指标(必填硬性指标)翻新地面面积20≥2400平方米20"
        "时效指标(必填)完工时间102023年10月底前10"
    )
    assert read(SCORED + line) == [
        [("name", "翻新地面面积"), ("max_score", "20"), ("value", "≥2400平方米"), ("score", "20")],
        [("name", "完工时间"), ("max_score", "10"), ("value", "2023年10月底前"), ("score", "10")],
    ]
    assert classes(SCORED + line) == [["产出指标(40分)", "数量指标(必填硬性指标)"], ["时效指标(必填)"]]


def test_a_class_begins_a_row_also_where_its_name_begins_with_a_task() -> None:
    line = "产出指标数量指标抚育面积≥7200亩时效指标任务完成时间2023年12月底前"
    assert [row[0] for row in read(HEADER + line)] == [("name", "抚育面积"), ("name", "任务完成时间")]


def test_a_date_in_a_name_is_no_value() -> None:
    line = "产出指标质量指标验收合格率100%时效指标截至2021年底投资完成率≥90%"
    assert read(HEADER + line)[1] == [("name", "截至2021年底投资完成率"), ("value", "≥90%")]


def test_a_unit_ran_together_with_the_next_name() -> None:
    text = (
        "指标 指标内容 指标值产出指标 简报期数 36 期预警信息发布 不少于 8 次自动站数量 124 座墒情到报率 95%"
    )
    assert read(text) == [
        [("name", "简报期数"), ("value", "36期")],
        [("name", "预警信息发布"), ("value", "不少于8次")],
        [("name", "自动站数量"), ("value", "124座")],
        [("name", "墒情到报率"), ("value", "95%")],
    ]


def test_a_value_in_words_ran_together_with_the_next_name() -> None:
    text = "指标 指标内容 指标值效益指标 受旱减产损失 有效减少对农业生产的指导作用 明显增强"
    assert read(text) == [
        [("name", "受旱减产损失"), ("value", "有效减少")],
        [("name", "对农业生产的指导作用"), ("value", "明显增强")],
    ]


def test_a_label_torn_over_two_lines_behind_another() -> None:
    lines = (
        "一级指标 二级指标 三级指标 指标值",
        "产出指标 数量指标 护栏里程 ≧5公里",
        "满意度指标 服务对象",
        "满意度指标",
        "村民满意度 ≧90%",
    )
    assert classes(*lines)[:2] == [["产出指标", "数量指标"], ["满意度指标", "服务对象满意度指标"]]
    assert read(*lines)[-1] == [("name", "村民满意度"), ("value", "≧90%")]


def test_two_blocks_of_one_form_are_one_form() -> None:
    block = "{}绩效指标一级指标二级指标指标内容指标值备注产出指标数量指标{}{}公里质量指标合格率98%"
    text = "项目名称管网改造" + block.format("长期", "管网总长", 9) + block.format("年度", "改造管网", 6)
    forms = stream_to_forms(rows_of(text))
    assert len(forms) == 1
    assert [row[0][1] for row in read(text)] == ["管网总长", "合格率", "改造管网", "合格率"]


def test_pages_of_a_preview_may_end_inside_a_word() -> None:
    first = f"1、{'此处为文库预览页面的说明文字' * 6}{HEADER}产出指标数量指标抚育面积7200亩质量指标抚育作业验"
    second = (
        "2、收合格率≥90%时效指标完成及时率100%满意度指标服务对象满意度指标林农满意度≥85%。"
        + "以下为页面其他文字" * 8
    )
    assert ("name", "抚育作业验收合格率") in [cell for row in read(first, second) for cell in row]


@pytest.mark.parametrize("word", ["合计", "总计"])
def test_a_total_goes_before_its_number_not_before_words(word: str) -> None:
    goal_text = f"项目{word}申报资金60万元。"
    text = f"项目名称外包服务年度总体目标预期目标{goal_text}{HEADER}产出指标数量指标点位≥36个{word}100"
    (form,) = stream_to_forms(rows_of(text))
    goal = form.entry("objective")
    assert goal and goal.text == goal_text
    assert read(text) == [[("name", "点位"), ("value", "≥36个")]]
