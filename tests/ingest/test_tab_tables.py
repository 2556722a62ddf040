"""Tables with tabs: rows that line ends have torn, and pages in the middle of them."""

import pytest

from ingest.document import Grid
from ingest.text_blocks import lines_to_blocks
from ingest.text_lines import text_to_lines

ROWS = [
    "一级指标\t二级指标\t三级指标\t指标值",
    "产出指标\t数量指标\t调解案件数\t≥50件",
    "\t质量指标\t卷宗合格率\t≥98%",
]
TORN = ["\t\t调解成", "功率\t≥95%"]


@pytest.mark.parametrize(
    "page", [["", "— 3 —", ""], ["— 3 —"], ["", "— 3 —"]], ids=["apart", "close", "below a gap"]
)
def test_a_page_number_is_no_part_of_a_cell_and_the_next_page_as_wide(page: list[str]) -> None:
    blocks = list(lines_to_blocks(text_to_lines("\n".join([*ROWS, *page, *TORN]))))
    first, number, second = [
        [[cell.text for cell in row.cells] for row in block.rows] if isinstance(block, Grid) else block.text
        for block in blocks
    ]
    assert first == [row.split("\t") for row in ROWS]
    assert number == "— 3 —"
    assert second == [["", "", "调解成\n功率", "≥95%"]]
