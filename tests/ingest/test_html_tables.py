"""HTML among lines of text: where tables begin and end, what stands between them, on which line."""

from collections.abc import Sequence

import pytest

from ingest.document import Document, Grid
from ingest.html_grid import strip_tags
from ingest.read_text import bytes_to_document
from ingest.reading import read_targets

HEAD = "<tr><td>一级指标</td><td>二级指标</td><td>三级指标</td><td>指标值</td></tr>"


def row(*cells: str) -> str:
    return f"<tr>{''.join(cell if cell.startswith('<td') else f'<td>{cell}</td>' for cell in cells)}</tr>"


def read(*lines: str) -> Document:
    return bytes_to_document("\n".join(lines).encode(), file="a.md")


def blocks(document: Document) -> list[Sequence[object]]:
    return [
        [cell.text for row in block.rows for cell in row.filled]
        if isinstance(block, Grid)
        else (block.text, block.line)
        for block in document.blocks
    ]


def test_two_projects_on_one_line() -> None:
    first = row("产出指标", "数量指标", "渠道长度", "≥3公里")
    second = row("产出指标", "数量指标", "保洁公厕", "9座")
    reading = read_targets(
        read(
            f"<h3>渠道维修项目绩效目标表</h3><table>{HEAD}{first}</table><h3>公厕保洁项目绩效目标表</h3>"
            f"<p>年度绩效目标：公厕整洁。</p><table>{HEAD}{second}</table>"
        )
    )
    assert [(t.project, t.objective, [i.name for i in t.indicators]) for t in reading.targets] == [
        ("渠道维修项目", None, ["渠道长度"]),
        ("公厕保洁项目", "公厕整洁。", ["保洁公厕"]),
    ]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            ["<table><caption>附件2</caption>", row("甲", "乙"), "</table>后文"],
            [("附件2", 1), ["甲", "乙"], ("后文", 3)],
        ),
        (["前文<table>", row("甲", "乙"), "", "后文"], [("前文", 1), ["甲", "乙"], ("后文", 4)]),
        (
            [f"<table>{row('甲', '乙')}", "中间", f"<table>{row('丙', '丁')}</table>"],
            [["甲", "乙"], ("中间", 2), ["丙", "丁"]],
        ),
        (["<table><tr><td>甲<td>乙", "<tr><td>丙<td>丁", "后文"], [["甲", "乙", "丙", "丁"], ("后文", 3)]),
        ([f"<table><tr><td><table>{row('甲')}</table></td><td>乙</td></tr></table>"], [["甲", "乙"]]),
        (["<table 甲<乙", "丙"], [("<table 甲<乙", 1), ("丙", 2)]),
        (["<p>甲</p><p>乙</p>"], [("甲", 1), ("乙", 1)]),
    ],
    ids=[
        "caption",
        "never closed",
        "closed by the next",
        "cells not closed",
        "in a cell",
        "no tag",
        "no table",
    ],
)
def test_text_and_tables_in_their_order(lines: list[str], expected: list[Sequence[object]]) -> None:
    assert blocks(read(*lines)) == expected


@pytest.mark.parametrize("cell", ["A类<B类>渠道", "长度<3公里", "<维修>"])
def test_signs_that_open_no_tag_stay(cell: str) -> None:
    assert blocks(read(f"<table>{row(cell, '乙')}</table>")) == [[cell, "乙"]]
    assert strip_tags(f"<b>{cell}</b>") == [(0, cell)]


def test_a_name_merged_over_two_values_is_the_name_of_both() -> None:
    rows = [
        row("产出指标", "数量指标", '<td rowspan="2">渠道', "≥3公里"),
        row("", "", "≥2处"),
        row("", "", "", ""),
    ]
    (target,) = read_targets(read(f"<table>{HEAD}{''.join(rows)}</table>")).targets
    assert [(i.name, i.printed_value) for i in target.indicators] == [("渠道", "≥3公里"), ("渠道", "≥2处")]
    places = [(s.row, s.column) for i in target.indicators for s in i.sources if s.field == "name"]
    assert places == [(2, 3), (2, 3)]


OUTPUT = "一、产出指标<br>（一）数量指标：<br>1.维修渠道≥3公里<br>2.维修闸门≥2座<br>"
BENEFIT = "二、效益指标<br>（一）社会效益指标：<br>1.受益群众≥90户"


@pytest.mark.parametrize(
    ("lines", "last"),
    [
        (["项目名称|绩效目标|绩效指标", f"渠道维修|修好渠道|{OUTPUT}{BENEFIT}", "公厕保洁|公厕整洁|"], 2),
        (
            [
                f"<table>{row('项目名称', '绩效指标')}",
                f"<tr><td>渠道维修</td><td>{OUTPUT}",
                f"{BENEFIT}</td></tr></table>",
            ],
            3,
        ),
    ],
    ids=["bars", "html"],
)
def test_pieces_of_a_cell_are_on_the_line_of_the_file(lines: list[str], last: int) -> None:
    indicators = [i for t in read_targets(read(*lines)).targets for i in t.indicators]
    assert [(i.name, i.sources[0].line) for i in indicators] == [
        ("维修渠道", 2),
        ("维修闸门", 2),
        ("受益群众", last),
    ]


def test_a_serial_number_is_no_class() -> None:
    head = "<tr><td>指标序号</td>" + HEAD.removeprefix("<tr>")
    rows = (
        row("1", '<td rowspan="2">产出指标</td>', '<td rowspan="2">数量指标</td>', "改造校舍数", "12所"),
        row("2", "安装饮水机", "≥60台"),
    )
    (target,) = read_targets(read("项目绩效目标表", f"<table>{head}{''.join(rows)}</table>")).targets
    assert [(i.category, i.subcategory) for i in target.indicators] == [("output", "quantity")] * 2
    assert "2" not in {source.printed for i in target.indicators for source in i.sources}
