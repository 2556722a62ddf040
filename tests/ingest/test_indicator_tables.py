"""Tables of one project: which class, name and value a row has, and that no cell of it is lost."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.reading import DocumentReading, read_document, read_targets

HEAD = "一级指标|二级指标|三级指标|指标值"
Read = Callable[..., DocumentReading]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read_table(*rows: str, head: str = HEAD) -> DocumentReading:
        form = ("甲县2024年项目支出绩效目标表", "项目名称|渠道维修", "年度总体目标|修好渠道")
        path = tmp_path / "a.txt"
        path.write_text("\n".join((*form, head, *rows)).replace("|", "\t") + "\n", "utf-8")
        return read_targets(read_document(path))

    return read_table


@pytest.mark.parametrize("printed", ["on each row", "once"])
def test_short_class_labels_stay_in_their_cells(read: Read, printed: str) -> None:
    first, second = ("产出", "数量") if printed == "on each row" else ("", "")
    (target,) = read(
        "产出|数量|采样监测点|26个",
        f"{first}|{second}|培训人次|≥40人次",
        f"{first}|质量|合格率|≥98%",
        f"{first}|时效|上报时间|≤2小时",
        "效益|社会|群众出行|改善",
        "效益|经济|节约水费|≥2万元",
    ).targets
    assert [(i.printed_category, i.printed_subcategory, i.name) for i in target.indicators[:4]] == [
        ("产出", "数量", "采样监测点"),
        ("产出", "数量", "培训人次"),
        ("产出", "质量", "合格率"),
        ("产出", "时效", "上报时间"),
    ]
    assert {i.printed_category for i in target.indicators[4:]} == {"效益"}


@pytest.mark.parametrize(
    ("head", "cells", "value"),
    [
        ("符号|指标值|单位", "≥|3|公里", "≥3公里"),
        ("指标值|单位", "3|公里", "3公里"),
        ("单位|符号|指标值", "公里|≥|3", "≥3公里"),
    ],
)
def test_behind_the_name_a_unit_is_that_of_the_value(read: Read, head: str, cells: str, value: str) -> None:
    (target,) = read(f"产出指标|数量指标|渠道长度|{cells}", head=f"一级指标|二级指标|三级指标|{head}").targets
    (indicator,) = target.indicators
    assert indicator.printed_value == value
    assert [(s.printed, s.column) for s in indicator.sources if s.field == "measure_unit"] == [
        ("公里", 4 + cells.split("|").index("公里"))
    ]


def test_behind_the_value_what_was_done_is_the_actual_value(read: Read) -> None:
    (target,) = read("产出指标|数量指标|渠道长度|≥3公里|2公里", head=f"{HEAD}|完成情况").targets
    assert target.indicators[0].actual_value == "2公里"


@pytest.mark.parametrize(
    "more",
    [
        {"一季度": "1", "二季度": "2", "三季度": "3", "四季度": "3"},
        {"责任人": "张某", "完成时间": "12月", "督办领导": "李某", "进展": "未动工", "经办": "王某"},
        {"": "没有栏目的话"},
    ],
    ids=["quarters", "whose task it is", "no heading"],
)
def test_unknown_columns_are_kept_apart(read: Read, more: dict[str, str]) -> None:
    (target,) = read(
        f"产出指标|数量指标|渠道长度|≥3公里|{'|'.join(more.values())}",
        f"|质量指标|合格率|≥95%|{'|'.join(more.values())}",
        head=f"{HEAD}|{'|'.join(more)}",
    ).targets
    assert [(i.name, i.printed_value) for i in target.indicators] == [
        ("渠道长度", "≥3公里"),
        ("合格率", "≥95%"),
    ]
    for indicator in target.indicators:
        found = {o.field: o.printed for o in indicator.others}
        assert found == {heading or "无栏目": text for heading, text in more.items()}


@pytest.mark.parametrize(
    ("head", "cells", "read_as", "others"),
    [
        ("三级指标|四级指标|指标值", "渠道|渠道长度|3公里", {"name": "渠道长度"}, {"三级指标": "渠道"}),
        ("三级指标|四级指标|指标值", "渠道||3公里", {"name": "渠道"}, {}),
        (
            "三级指标|四级指标|年初目标值|本年目标值",
            "渠道|渠道长度|3公里|4公里",
            {"name": "渠道长度", "printed_value": "3公里", "subcategory": "quantity"},
            {"三级指标": "渠道", "本年目标值": "4公里"},
        ),
        ("三级指标|指标值|完成率|偏差原因", "渠道|3公里|80%|多雨", {"note": "多雨"}, {"完成率": "80%"}),
        (
            "三级指标|指标值|评分标准|评价方法",
            "渠道|3公里|每少1公里扣1分|查资料",
            {"scoring_rule": "每少1公里扣1分"},
            {"评价方法": "查资料"},
        ),
        (
            "三级指标|指标值|指标值确定依据|数据来源",
            "渠道|3公里|年度计划|统计表",
            {"basis": "年度计划"},
            {"数据来源": "统计表"},
        ),
    ],
)
def test_of_two_columns_of_one_kind_both_are_kept(
    read: Read, head: str, cells: str, read_as: dict[str, str], others: dict[str, str]
) -> None:
    (target,) = read(f"产出指标|数量指标|{cells}", head=f"一级指标|二级指标|{head}").targets
    (indicator,) = target.indicators
    assert {field: getattr(indicator, field) for field in read_as} == read_as
    assert {o.field: o.printed for o in indicator.others} == others


def test_a_row_of_remarks_is_not_told_to_be_a_label(read: Read) -> None:
    reading = read("产出指标|数量指标|渠道长度|≥3公里||", "||||张某|李某", head=f"{HEAD}|备注|责任人")
    assert [account.fate for account in reading.rows][-1] == "unread"
    assert "row-unread" in {issue.code for issue in reading.issues}


@pytest.mark.parametrize(
    ("cells", "points", "rules", "others"),
    [
        ("10<br>5|1.缺1公里扣1分<br>2.缺1座扣2分", ["10", "5"], ["1.缺1公里扣1分", "2.缺1座扣2分"], {}),
        ("20|未完成<br>不得分", [None, None], ["未完成不得分", "未完成不得分"], {"分值": "20"}),
    ],
    ids=["a line each", "once for both"],
)
def test_cells_that_list_things_side_by_side(
    read: Read, cells: str, points: list[str | None], rules: list[str], others: dict[str, str]
) -> None:
    (target,) = read(
        f"产出指标|数量指标|1.维修渠道<br>2.维修闸门|≥3公里<br>≥2座|{cells}", head=f"{HEAD}|分值|评分标准"
    ).targets
    assert [(i.name, i.printed_value) for i in target.indicators] == [
        ("维修渠道", "≥3公里"),
        ("维修闸门", "≥2座"),
    ]
    assert [i.max_score and str(i.max_score) for i in target.indicators] == points
    assert [i.scoring_rule for i in target.indicators] == rules
    for indicator in target.indicators:
        assert {o.field: o.printed for o in indicator.others} == others
        assert {source.line for source in indicator.sources} == {5}


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        (("年度计划", "", ""), ["年度计划"] * 3),
        (("年度计划", "", "行业标准"), ["年度计划", None, "行业标准"]),
        (("年度计划", "", "年度计划"), ["年度计划", None, "年度计划"]),
    ],
    ids=["once for all", "two", "the same twice"],
)
def test_a_basis_printed_once_holds_for_all_and_says_where(
    read: Read, printed: tuple[str, str, str], expected: list[str | None]
) -> None:
    (target,) = read(
        f"产出指标|数量指标|渠道长度|≥3公里|{printed[0]}",
        f"|质量指标|合格率|≥95%|{printed[1]}",
        f"|时效指标|完工时间|10月底前|{printed[2]}",
        head=f"{HEAD}|指标值确定依据",
    ).targets
    assert [i.basis for i in target.indicators] == expected
    for indicator in target.indicators:
        places = [(s.printed, s.column) for s in indicator.sources if s.field == "basis"]
        assert places == ([(indicator.basis, 5)] if indicator.basis else [])


@pytest.mark.parametrize("nothing", ["无|无", "不涉及|不涉及", "不涉及|", "无|/"])
def test_a_class_said_to_have_nothing_has_no_indicator(read: Read, nothing: str) -> None:
    reading = read("产出指标|数量指标|渠道长度|≥3公里", f"|成本指标|{nothing}")
    assert [i.name for i in reading.targets[0].indicators] == ["渠道长度"]
    assert [account.fate for account in reading.rows][-1] == "placeholder"


@pytest.mark.parametrize(
    ("classes", "expected"),
    [
        ("管理效率|", (None, None)),
        ("管理指标|资金管理", (None, None)),
        ("满意度指标|", ("satisfaction", "beneficiarySatisfaction")),
    ],
)
def test_classes_outside_the_framework_are_none_on_both_levels(
    read: Read, classes: str, expected: tuple[str | None, str | None]
) -> None:
    (target,) = read("产出指标|数量指标|渠道长度|≥3公里", f"{classes}|拨付率|≥95%").targets
    assert (target.indicators[1].category, target.indicators[1].subcategory) == expected


def test_rows_of_the_only_block_filled_in_are_indicator_rows(read: Read) -> None:
    head = "一级指标|二级指标|指标名称|中期指标值|指标名称|年度指标值"
    reading = read("产出指标|数量指标|渠道长度|≥9公里||", "|质量指标|合格率|≥95%||", head=head)
    assert [i.name for i in reading.targets[0].indicators] == ["渠道长度", "合格率"]
    assert [(a.fate, a.records) for a in reading.rows][-2:] == [("indicator", 1)] * 2
