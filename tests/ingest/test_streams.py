"""Forms without a grid (无表格线的绩效目标表): cells that ran together, lines that were lost."""

from decimal import Decimal

import pytest

from ingest.document import Cell, Row
from ingest.read_text import bytes_to_document
from ingest.reading import read_targets
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


LAYOUTS = {"one line": (" ", " "), "cell a line": ("\n", "\n"), "row a line": (" ", "\n"), "glued": ("", "")}
ROWS = (
    ("产出指标", "数量指标", "更新路灯数量", "≥100盏"),
    ("质量指标", "验收合格率", "≥90%"),
    ("效益指标", "社会效益指标", "受益人口", "≥5000人"),
    ("满意度指标", "服务对象满意度指标", "居民满意度", "≥92%"),
)
Stated = tuple[str | None, Decimal | None, str | None, list[tuple[str, str]]]
HEADINGS = ("一级指标", "二级指标", "三级指标", "指标值")


def head(project: str, goal: str = "更新路灯，方便夜间出行。") -> list[tuple[str, ...]]:
    return [("项目名称", project), ("预算金额（万元）", "86.5"), ("年度总体目标", goal)]


def targets(rows: list[tuple[str, ...]], layout: str = "one line") -> list[Stated]:
    cell, line = LAYOUTS[layout]
    text = line.join(cell.join(row) for row in rows)
    reading = read_targets(bytes_to_document(text.encode(), file="form.txt"))
    return [
        (t.project, t.budget, t.objective, [(i.name, i.printed_value) for i in t.indicators])
        for t in reading.targets
    ]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("place", [2, 4], ids=["in between", "last"])
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("巡检反馈存在问题整改完成率", "100%"),
        ("存在问题整改率", "≥95%"),
        ("公共场所二维码标识牌安装数量", "≥50块"),
        ("政务大厅自助打印终端设备更新数量", "≥5台"),
        ("征求成员单位意见次数", "≥3次"),
        ("附件下载次数", "≥300次"),
        ("完成率", "100%"),
        ("开展重点项目绩效评价", "≥2次"),
    ],
)
def test_words_inside_a_name_end_no_table(name: str, value: str, place: int, layout: str) -> None:
    rows = [*ROWS[:place], (name, value), *ROWS[place:]]
    ((project, _, _, found),) = targets([*head("路灯更新"), HEADINGS, *rows], layout)
    assert project == "路灯更新"
    assert (name, value) in found and len(found) == 5


@pytest.mark.parametrize(
    "below", ["填报人：王某某", "附件下载系统说明", "说明 无", "总分 100", "主管部门意见：同意"]
)
def test_words_below_a_table_end_it(below: str) -> None:
    ((_, _, _, found),) = targets([*head("路灯更新"), HEADINGS, *ROWS, (below,)])
    assert len(found) == 4 and found[-1] == ("居民满意度", "≥92%")


@pytest.mark.parametrize(
    "goal",
    [
        "完成巡察反馈存在问题整改，更新路灯100盏，方便出行。",
        "在路口设置二维码报修牌，更新路灯100盏。",
        "征求主管部门意见，完成单位意见反馈。",
    ],
)
def test_words_inside_a_goal_do_not_cut_it(goal: str) -> None:
    ((_, _, found, _),) = targets([*head("路灯更新", goal), HEADINGS, *ROWS])
    assert found == goal


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("heads", [(HEADINGS,), ()], ids=["headed anew", "headed once"])
def test_a_second_form_below_the_first_is_read(heads: tuple[tuple[str, ...], ...], layout: str) -> None:
    second = [("产出指标", "数量指标", "疏浚沟渠长度", "≥8公里"), *ROWS[1:]]
    rows = [*head("路灯更新"), HEADINGS, *ROWS, *head("沟渠疏浚"), *heads, *second]
    found = targets(rows, layout)
    assert [(project, budget, len(stated)) for project, budget, _, stated in found] == [
        ("路灯更新", Decimal(865_000), 4),
        ("沟渠疏浚", Decimal(865_000), 4),
    ]
    assert found[1][3][0] == ("疏浚沟渠长度", "≥8公里")


def test_rows_below_the_end_of_a_table_are_told_of() -> None:
    text = " ".join(" ".join(row) for row in [*head("路灯更新"), HEADINGS, *ROWS, ("总分", "100"), ROWS[0]])
    issues = read_targets(bytes_to_document(text.encode(), file="form.txt")).issues
    assert [(issue.code, issue.source.printed) for issue in issues if issue.source] == [
        ("row-unread", "产出指标数量指标更新路灯数量≥100盏")
    ]


@pytest.mark.parametrize(
    ("lines", "project", "long_term"),
    [
        (("项目名称", "甲县", "2023", "年农村公路养护项目"), "甲县2023年农村公路养护项目", None),
        (
            ("项目名称 村道养护", "中期目标 完成一期。 完成二期路面。 完成三期桥梁。"),
            "村道养护",
            "完成一期。 完成二期路面。 完成三期桥梁。",
        ),
    ],
)
def test_an_entry_of_several_pieces_is_kept_whole(
    lines: tuple[str, ...], project: str, long_term: str | None
) -> None:
    text = "\n".join([*lines, "年度目标 修补路面。", *(" ".join(row) for row in (HEADINGS, *ROWS))])
    (target,) = read_targets(bytes_to_document(text.encode(), file="form.txt")).targets
    assert (target.project, target.long_term_objective) == (project, long_term)


@pytest.mark.parametrize("layout", ["one line", "cell a line", "row a line"])
def test_a_last_row_without_class_and_value_is_told_of(layout: str) -> None:
    cell, line = LAYOUTS[layout]
    rows = [*head("路灯更新"), HEADINGS, *ROWS, ("促进社会和谐",)]
    reading = read_targets(
        bytes_to_document(line.join(cell.join(row) for row in rows).encode(), file="f.txt")
    )
    assert [len(target.indicators) for target in reading.targets] == [4]
    assert [(i.code, i.source.printed) for i in reading.issues if i.source] == [
        ("row-unread", "促进社会和谐")
    ]
