"""Long lines cut into the lines that were printed (长行分段), and what is read from them."""

from pathlib import Path

from ingest.document import Cell, Row
from ingest.reading import read_document, read_targets
from ingest.text_pieces import cut_long_lines

FILLER = "滦溪县退役军人事务局编制，供公众查阅。" * 12


def pieces(*lines: str) -> list[tuple[int, str]]:
    rows = [Row((Cell(text, number, 0),), line=number) for number, text in enumerate(lines, start=1)]
    return [(row.line, row.text) for row in cut_long_lines(rows)]


def test_short_lines_stay_whole() -> None:
    assert pieces("一、总体目标（一）安置绩效目标：做好接收。") == [
        (1, "一、总体目标（一）安置绩效目标：做好接收。")
    ]


def test_a_long_line_is_cut_before_headings_and_labels() -> None:
    text = f"{FILLER}{FILLER}一、分项目标（一）安置绩效目标：做好接收。绩效指标：安置率100%。"
    assert [piece for _, piece in pieces(text)][1:] == [
        "一、分项目标",
        "（一）安置",
        "绩效目标：做好接收。",
        "绩效指标：安置率100%。",
    ]


def test_references_to_numbered_parts_are_no_headings() -> None:
    text = f"{FILLER}{FILLER}按照《通知》（二）规定执行，第二、三条不变。项目总体绩效目标：做好接收。"
    assert len(pieces(text)) == 1


def test_the_pages_of_a_preview_run_on() -> None:
    found = pieces(f"1、{FILLER}（一）安置绩效目标：做好接", f"2、收。绩效指标：安置率100%。{FILLER}")
    assert (1, "绩效目标：做好接收。") in found
    assert found[-1][0] == 2 and found[-1][1].startswith("绩效指标：安置率100%。")


def test_targets_told_in_one_line_are_read(tmp_path: Path) -> None:
    path = tmp_path / "preview.txt"
    path.write_text(
        f"1、滦溪县退役军人事务局2023年部门预算绩效文本{FILLER}第一部分部门整体绩效目标"
        "一、分项绩效目标（一）移交安置绩效目标：做好退役士兵接收。绩效指标：安置率达到100%；"
        "安置任务完成时间2023年11月底前。（二）优抚褒扬绩效目标：按时发放补助，管好纪念设施管\n"
        f"2、理维护。绩效指标：发放及时率≥98%；公祭活动不少于2次。三、保障措施{FILLER}\n",
        "utf-8",
    )
    reading = read_targets(read_document(path))
    assert [(t.project, t.objective) for t in reading.targets] == [
        ("移交安置", "做好退役士兵接收。"),
        ("优抚褒扬", "按时发放补助，管好纪念设施管理维护。"),
    ]
    assert [(i.name, i.printed_value, i.sources[0].line) for t in reading.targets for i in t.indicators] == [
        ("安置率", "100%", 1),
        ("安置任务完成时间", "2023年11月底前", 1),
        ("发放及时率", "≥98%", 2),
        ("公祭活动", "不少于2次", 2),
    ]
    assert sum(row.records for row in reading.rows) == 4
