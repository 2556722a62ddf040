"""Results as tables for a spreadsheet (表格文件): one file with a sheet for each, texts never formulas."""

import io
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import Any

from app.output import write_output
from app.terminal import plain, shown, whole

MOST_ROWS = 1_048_575
"""Rows that a sheet holds under its headings."""
_SHEET_NAME = 31
_LONGEST_CELL = 32_767
_WIDEST = 60
_MEASURED_ROWS = 1_000
"""Rows by which the columns' widths are chosen."""
_MOST_DIGITS = 10**15
"""A whole number from which a spreadsheet no longer keeps every digit."""
_LETTERS = str.maketrans(dict.fromkeys("[]:*?/\\", "_"))
_NO_LETTERS = str.maketrans(dict.fromkeys("\ufffe\uffff", "\ufffd"))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with its title: headings and rows of plain values."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[object]]


def write_xlsx(place: str, sheets: Iterable[Sheet]) -> None:
    """Write tables as a workbook."""
    write_output(place, xlsx_of(sheets))


def xlsx_of(sheets: Iterable[Sheet]) -> bytes:
    """Tables as a workbook; numbers stay numbers, and whatever text is in a cell stays text.

    A table longer than a sheet goes on in numbered ones.
    """
    # A tenth of a second to import: only where a workbook is asked for.
    import xlsxwriter

    data = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(data, options) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        for sheet in with_titles(chain.from_iterable(map(split_sheet, sheets))):
            page = book.add_worksheet(sheet.title)
            for column, heading in enumerate(sheet.headings):
                page.write_string(0, column, cell_text(heading), bold)
            page.freeze_panes(1, 0)
            if sheet.rows:
                page.autofilter(0, 0, len(sheet.rows), len(sheet.headings) - 1)
            for column, width in enumerate(_widths(sheet)):
                page.set_column(column, column, width)
            for number, row in enumerate(sheet.rows, start=1):
                for column, value in enumerate(row):
                    _write_cell(page, number, column, value, wrapped)
    return data.getvalue()


def split_sheet(sheet: Sheet) -> Iterator[Sheet]:
    """Given a table, return it in parts that a sheet holds, numbered from 1 where they are several."""
    if len(sheet.rows) <= MOST_ROWS:
        yield sheet
        return
    for part, start in enumerate(range(0, len(sheet.rows), MOST_ROWS), start=1):
        yield replace(sheet, title=f"{sheet.title} {part}", rows=sheet.rows[start : start + MOST_ROWS])


def with_titles(sheets: Iterable[Sheet]) -> Iterator[Sheet]:
    """Given tables, return them with titles that a spreadsheet takes: no two equal but for case."""
    used: set[str] = set()
    for sheet in sheets:
        base = cell_text(" ".join(sheet.title.translate(_LETTERS).split())).strip("'") or "表"
        title, number = _cut(base, _SHEET_NAME), 1
        # History is a name that Excel keeps for itself.
        while title.casefold() in used | {"history"}:
            number += 1
            mark = f" ({number})"
            title = _cut(base, _SHEET_NAME - len(mark)) + mark
        used.add(title.casefold())
        yield replace(sheet, title=title)


def cell_text(value: object) -> str:
    """A value as the text of a cell: what XML cannot hold is shown as �, what is too long is cut."""
    text = whole(shown(value)).replace("\r\n", "\n").replace("\r", "\n").translate(_NO_LETTERS)
    return _cut(plain(text), _LONGEST_CELL)


def _cut(text: str, units: int) -> str:
    """As much of a text as fits, with … for the rest; a letter beyond the first 65,536 counts twice."""
    data = text.encode("utf-16-le")
    if len(data) <= 2 * units:
        return text
    return data[: 2 * (units - 1)].decode("utf-16-le", "ignore") + "…"


def _write_cell(page: Any, row: int, column: int, value: object, form: Any) -> None:
    """Write a number as one where a spreadsheet can hold it, anything else as text."""
    if isinstance(value, (int, float)) and not isinstance(value, bool) and _is_kept(value):
        page.write_number(row, column, value, form)
    else:
        page.write_string(row, column, cell_text(value), form)


def _is_kept(number: int | float) -> bool:
    return abs(number) < _MOST_DIGITS if isinstance(number, int) else math.isfinite(number)


def _widths(sheet: Sheet) -> list[int]:
    """How wide each column is, in letters: Chinese ones count twice."""
    columns = zip(sheet.headings, *islice(sheet.rows, _MEASURED_ROWS), strict=True)
    return [min(_WIDEST, 2 + max(2 * len(shown(cell)) for cell in column)) for column in columns]
