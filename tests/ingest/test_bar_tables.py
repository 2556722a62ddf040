"""Tables with bars: a row a line, rows torn to a cell a line, and bars on lines of their own."""

import pytest

from ingest.bar_tables import take_bar_table
from ingest.text_lines import text_to_lines


def table(text: str) -> list[list[str]]:
    """The cells of the table that begins at the first line."""
    _, rows = take_bar_table(text_to_lines(text), 0)
    return [[cell.text for cell in row.cells] for row in rows]


FILLED_UP = """名称 |
图书购置 |
||
单位 |
图书馆 |
年度 |
2024 |
一级 |
二级 |
三级 |
值 |
|
数量 |
册数 |
10 |
结语 |
|||
又一 |
|||
"""


def test_rows_filled_up_with_bars_tell_the_width() -> None:
    assert table(FILLED_UP) == [
        ["名称", "图书购置", "", ""],
        ["单位", "图书馆", "年度", "2024"],
        ["一级", "二级", "三级", "值"],
        ["", "数量", "册数", "10"],
        ["结语", "", "", ""],
        ["又一", "", "", ""],
    ]


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("名称\n|\n图书购置\n|\n|\n单位\n|\n图书馆\n|\n", ["名称", "图书购置", "单位", "图书馆"]),
        ("    | 一级\n    | 二级\n    | \n项目\n    | 数量\n    | |\n", ["一级", "二级", "项目", "数量"]),
    ],
    ids=["bars on lines of their own", "bars before the cells"],
)
def test_without_full_rows_each_cell_stands_alone(text: str, cells: list[str]) -> None:
    assert table(text) == [[cell] for cell in cells]


def test_a_row_a_line_keeps_blank_cells_and_lines_inside_cells() -> None:
    text = "| 一级 | 二级 | 值 |\n|---|---|---|\n| 产出 |  | 10 |\n| 效益\n指标 | 社会 | 好 |\n"
    assert table(text) == [["一级", "二级", "值"], ["产出", "", "10"], ["效益\n指标", "社会", "好"]]


def test_cells_know_their_lines() -> None:
    _, rows = take_bar_table(text_to_lines(FILLED_UP), 0)
    assert [(row.line, [cell.line for cell in row.cells if cell.text]) for row in rows[:2]] == [
        (1, [1, 2]),
        (4, [4, 5, 6, 7]),
    ]


def test_text_with_a_bar_is_no_table() -> None:
    assert table("甲|乙\n一段文字\n") == []
