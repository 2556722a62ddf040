"""Results as tables for a spreadsheet (表格文件): one file with a sheet for each, texts never formulas."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.output import write_output
from app.terminal import shown

_SHEET_NAME = 31
_LONGEST_CELL = 32_767
_WIDEST = 60
_LETTERS = str.maketrans(dict.fromkeys("[]:*?/\\", "_"))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with its title: headings and rows of plain values."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[object]]


def write_xlsx(place: str, sheets: Iterable[Sheet]) -> None:
    """Write tables as a workbook; numbers stay numbers, and whatever text is in a cell stays text."""
    # A tenth of a second to import: only where a workbook is asked for.
    import xlsxwriter

    data = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(data, options) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        for sheet in sheets:
            page = book.add_worksheet(sheet.title.translate(_LETTERS)[:_SHEET_NAME])
            page.write_row(0, 0, list(sheet.headings), bold)
            page.freeze_panes(1, 0)
            if sheet.rows:
                page.autofilter(0, 0, len(sheet.rows), len(sheet.headings) - 1)
            for column, width in enumerate(_widths(sheet)):
                page.set_column(column, column, width)
            for number, row in enumerate(sheet.rows, start=1):
                for column, value in enumerate(row):
                    if isinstance(value, (int, float)) and not isinstance(value, bool):
                        page.write_number(number, column, value, wrapped)
                    else:
                        page.write_string(number, column, shown(value)[:_LONGEST_CELL], wrapped)
    write_output(place, data.getvalue())


def _widths(sheet: Sheet) -> list[int]:
    """How wide each column is, in letters: Chinese ones count twice."""
    columns = zip(sheet.headings, *sheet.rows, strict=True)
    return [min(_WIDEST, 2 + max(2 * len(shown(cell)) for cell in column)) for column in columns]
