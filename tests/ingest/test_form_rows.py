"""Forms one behind another and their tables: where one ends, and whose an entry is."""

from decimal import Decimal
from pathlib import Path

import pytest

from ingest.reading import DocumentReading, read_document, read_targets

TITLE = "项目支出绩效目标表\n"
HEADER = "一级指标\t二级指标\t三级指标\t指标值\n"
ROWS = "产出指标\t数量指标\t检修水泵台数\t≥8台\n\t质量指标\t检修合格率\t≥96%\n"
TABLE = HEADER + ROWS


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "forms.txt"


def read(path: Path, text: str) -> DocumentReading:
    path.write_text(text, "utf-8")
    return read_targets(read_document(path))


def names(reading: DocumentReading) -> list[list[str]]:
    return [[indicator.name for indicator in target.indicators] for target in reading.targets]


def test_each_form_has_the_unit_that_it_prints(path: Path) -> None:
    forms = [
        f"{TITLE}项目名称\t水泵检修{n}\n{f'预算单位{chr(9)}甲县{n}泵站{chr(10)}' if n != '四' else ''}{TABLE}"
        for n in "一二三四"
    ]
    units = [target.unit for target in read(path, "".join(forms)).targets]
    # The last prints none: the unit before holds.
    assert units == ["甲县一泵站", "甲县二泵站", "甲县三泵站", "甲县三泵站"]


def test_entries_above_the_next_name_are_the_next_forms(path: Path) -> None:
    head = "预算单位\t甲县水务局\n预算金额（万元）\t30\n年度绩效目标\t清淤河道。\n项目名称\t河道清淤\n"
    first, second = read(path, f"{TITLE}项目名称\t水泵检修\n{TABLE}{head}{TABLE}").targets
    assert (first.project, first.unit, first.budget, first.objective) == ("水泵检修", None, None, None)
    assert (second.project, second.unit, second.budget) == ("河道清淤", "甲县水务局", Decimal(300_000))
    assert second.objective == "清淤河道。"


@pytest.mark.parametrize("label", ["事项名称", "某某事由"])
def test_a_repeated_title_before_entries_begins_a_form(path: Path, label: str) -> None:
    reading = read(path, f"{TITLE}项目名称\t水泵检修\n{TABLE}{TITLE}{label}\t公厕改造\n{TABLE}")
    assert names(reading) == [["检修水泵台数", "检修合格率"]] * 2
    assert reading.targets[1].project == ("公厕改造" if label == "事项名称" else None)


@pytest.mark.parametrize(
    "between", ["（2023年度）\n", "", "单位：万元\n", "单位：甲县水务局\t\t金额单位：万元\n"]
)
def test_a_repeated_title_before_the_header_is_a_page_break(path: Path, between: str) -> None:
    more = "效益指标\t社会效益指标\t停水时长\t≤2小时\n"
    reading = read(path, f"{TITLE}项目名称\t水泵检修\n{TABLE}{TITLE}{between}{HEADER}{more}")
    assert names(reading) == [["检修水泵台数", "检修合格率", "停水时长"]]


@pytest.mark.parametrize("remark", ["说明：以上数量为年度目标\n", "说明：以上数量为年度目标\t\n"])
def test_a_table_goes_on_behind_a_remark(path: Path, remark: str) -> None:
    more = "满意度指标\t服务对象满意度指标\t群众满意度\t≥90%\n\t\t职工满意度\t≥92%\n"
    reading = read(path, f"{TITLE}项目名称\t水泵检修\n{TABLE}{remark}{more}")
    assert names(reading) == [["检修水泵台数", "检修合格率", "群众满意度", "职工满意度"]]


def test_a_header_printed_once_holds_for_the_next_project(path: Path) -> None:
    reading = read(
        path, f"{TITLE}项目名称\t水泵检修\n{TABLE}项目名称\t河道清淤\n{ROWS.replace('水泵', '河道')}"
    )
    assert [(t.project, len(t.indicators)) for t in reading.targets] == [("水泵检修", 2), ("河道清淤", 2)]


@pytest.mark.parametrize(
    ("header", "row", "value"),
    [
        ("一级指标\t三级指标\t指标值", "\t资金到位率\t100%", "100%"),
        ("一级指标\t三级指标\t指标值", "\t预算执行率\t≥95%", "≥95%"),
        ("一级指标\t三级指标\t指标值", "\t实施方案\t1份", "1份"),
        # Blank cells lost.
        ("一级指标\t二级指标\t三级指标\t指标值", "预算执行率\t≥95%", "≥95%"),
        ("一级指标\t二级指标\t三级指标\t指标值", "\t支出进度\t≥95%", "≥95%"),
    ],
)
def test_an_indicator_may_go_by_the_label_of_an_entry(path: Path, header: str, row: str, value: str) -> None:
    first = "产出指标" + "\t数量指标" * ("二级" in header) + "\t检修水泵台数\t≥8台"
    reading = read(path, f"{TITLE}项目名称\t水泵检修\n{header}\n{first}\n{row}\n")
    assert [(i.name, i.printed_value) for i in reading.targets[0].indicators[1:]] == [
        (row.split("\t")[-2], value)
    ]


def test_an_entry_below_a_table_is_no_indicator(path: Path) -> None:
    reading = read(path, f"{TITLE}项目名称\t水泵检修\n{TABLE}联系人\t陆知秋\n项目起止时间\t2023年1月-12月\n")
    assert names(reading) == [["检修水泵台数", "检修合格率"]]


@pytest.mark.parametrize(
    ("title", "note", "targets"),
    [
        ("甲县住建局2023年建筑模板更新项目绩效目标表", "", 1),
        ("2023年项目支出绩效目标表", "注：本表按财政局印发的参考格式填写。\n", 1),
        ("2023年项目支出绩效目标表（样表）", "", 0),
        ("项目支出绩效目标表范本", "", 0),
        ("20XX年项目支出绩效目标表", "", 0),
        ("项目支出绩效目标表", "（参考格式）\n", 0),
    ],
)
def test_a_form_to_fill_in_says_so_at_its_end(path: Path, title: str, note: str, targets: int) -> None:
    reading = read(
        path, f"{title}\n{note if note.startswith('（') else ''}项目名称\t建筑材料更新\n{TABLE}{note}"
    )
    assert len(reading.targets) == targets
