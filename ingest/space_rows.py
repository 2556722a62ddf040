"""Rows of a table as a PDF prints them (单元格换行): a line each, though a long cell goes on in the next."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ingest.centred_labels import label_columns, raise_labels
from ingest.document import Cell, Row
from ingest.header_rows import is_header_row
from ingest.labels import read_class_label, read_heading
from ingest.text_lines import width_of
from nlp.target_value import looks_like_value

_FULL = 2
"""A line less than this shorter than the widest one, in columns of half width, had no room for a letter."""


def put_in_place(rows: Sequence[Row]) -> list[Row]:
    """Given the rows of a table, one for each line, return them with cells and labels whole."""
    widths = _full_widths(rows)
    parted = sum(row.gap_before for row in rows[1:]) * 2 >= len(rows)
    heads = [at for at, row in enumerate(rows) if is_header_row(row)]
    placed = _join_wrapped(rows[: heads[0] if heads else len(rows)], widths, parted=parted)
    placed = placed if parted else _join_around_labels(placed, widths)
    for head, end in zip(heads, [*heads[1:], len(rows)], strict=True) if heads else ():
        body = _join_wrapped(rows[head:end], widths, parted=parted, texts=False)
        columns = label_columns(body[1:])
        if columns:
            body[1:] = raise_labels(_join_names(body[1:], columns), columns)
            body[0] = _over_its_columns(body[0], body[1:])
        placed.extend(body)
    return placed


def _over_its_columns(header: Row, body: Sequence[Row]) -> Row:
    """The header with each heading over the cells below it, though it is set in the middle above them."""
    below = Counter(cell.column for row in body for cell in row.filled)
    own = {cell.column for cell in header.filled}
    cells = []
    for cell in header.filled:
        beside = {column: below[column] for column in (cell.column - 1, cell.column + 1) if column not in own}
        best = max(beside, key=lambda column: beside[column], default=cell.column)
        moved = best if not below[cell.column] and beside.get(best) else cell.column
        cells.append(replace(cell, column=moved))
    return header.with_cells(tuple(cells))


# ---- cells of several lines ----------------------------------------------------------------------------


def _full_widths(rows: Sequence[Row]) -> dict[int, int]:
    """The widest line of each column."""
    widths: dict[int, int] = {}
    for row in rows:
        for cell in row.filled:
            widths[cell.column] = max(widths.get(cell.column, 0), width_of(cell.text))
    return widths


def _join_wrapped(
    rows: Sequence[Row], widths: dict[int, int], *, parted: bool, texts: bool = True
) -> list[Row]:
    """Put the second line of a cell under its first.

    Where blank lines part the rows (`parted`), each line without one is such a line. Elsewhere a line is,
    if each cell of it goes on the one above: both together are a label, or, with `texts`, that was full.
    """
    joined: list[Row] = []
    for row in rows:
        above = joined[-1] if joined else None
        goes_on = above and not row.gap_before and _goes_on(above, row, widths, parted=parted, texts=texts)
        if above and goes_on:
            joined[-1] = _one_row([above, row])
        else:
            joined.append(row)
    return joined


def _goes_on(above: Row, row: Row, widths: dict[int, int], *, parted: bool, texts: bool) -> bool:
    printed = {cell.column: cell.text for cell in above.filled}
    if any(cell.column not in printed for cell in row.filled) or is_header_row(row):
        return False
    if parted:
        return len(row.filled) < len(printed)
    first, *others = [(printed[cell.column], cell) for cell in row.filled]
    if len(printed) > 1 and _completes_label(*first):
        return all(not read_class_label(cell.text) for _, cell in others)
    return (
        texts
        and len(others) + 1 < len(printed)
        and all(
            _completes_label(before, cell) or _wraps(before, cell, widths)
            for before, cell in (first, *others)
        )
    )


def _join_around_labels(rows: Sequence[Row], widths: dict[int, int]) -> list[Row]:
    """Put the lines of a text together whose label stands beside the second, or on a line between two."""
    joined: list[Row] = []
    at = 0
    while at < len(rows):
        take = _lines_around_label(rows[at : at + 3], widths)
        joined.append(_one_row(rows[at : at + take]) if take > 1 else rows[at])
        at += take
    return joined


def _lines_around_label(rows: Sequence[Row], widths: dict[int, int]) -> int:
    """How many of three lines are one entry; 1 where the first stands by itself."""
    if len(rows) < 3 or any(not row.filled for row in rows):
        return 1
    (text, *more), (label, *beside), (rest, *others) = (row.filled for row in rows)
    if more or others or text.column == 0 or label.column != 0 or rest.column != text.column:
        return 1
    if read_heading(label.text) is None or read_heading(text.text) or read_heading(rest.text):
        return 1
    between = not beside
    second = [cell.column for cell in beside] == [text.column] and _was_full(text.text, text, widths)
    return 3 if between or second else 1


def _completes_label(before: str, cell: Cell) -> bool:
    """项目总体 above 目标, 服务对象满意 above 度指标, 项目资金 above （万元）."""
    if read_class_label(cell.text):
        return False
    heading = read_heading(f"{before}{cell.text}")
    return (heading is not None and heading.listed) or read_class_label(f"{before}{cell.text}") is not None


def _wraps(before: str, cell: Cell, widths: dict[int, int]) -> bool:
    return _was_full(before, cell, widths) and not looks_like_value(cell.text)


def _was_full(before: str, cell: Cell, widths: dict[int, int]) -> bool:
    last = before.rsplit("\n", 1)[-1]
    return width_of(last) > widths[cell.column] - _FULL and not read_class_label(last)


def _one_row(rows: Sequence[Row]) -> Row:
    """One row of several lines: the texts of a column under each other."""
    texts: dict[int, Cell] = {}
    for row in rows:
        for cell in row.filled:
            before = texts.get(cell.column)
            texts[cell.column] = (
                Cell(f"{before.text}\n{cell.text}", before.line, cell.column) if before else cell
            )
    return rows[0].with_cells(tuple(texts[column] for column in sorted(texts)))


def _join_names(rows: Sequence[Row], columns: Sequence[int]) -> list[Row]:
    """Join the lines of a name: its value may stand beside the first, the second, or between the two."""
    widths = _full_widths(rows)
    behind = Counter(
        min(cell.column for cell in row.filled if cell.column > max(columns))
        for row in rows
        if row.filled[-1].column > max(columns)
    )
    name = max(behind, key=lambda column: behind[column], default=0)
    joined: list[Row] = []
    for row, following in zip(rows, [*rows[1:], None], strict=True):
        begins = following is not None and _begins_name(row, following, name, widths)
        if joined and not begins and _goes_on_name(joined[-1], row, name, widths):
            joined[-1] = _one_row([joined[-1], row])
        else:
            joined.append(row)
    return joined


def _begins_name(row: Row, following: Row, name: int, widths: dict[int, int]) -> bool:
    """Whether a name begins here whose value stands by itself on the next line."""
    last = row.filled[-1]
    if last.column != name or not _was_full(last.text, last, widths):
        return False
    columns = [cell.column for cell in following.filled]
    return name not in columns and max(columns) > name


def _goes_on_name(above: Row, row: Row, name: int, widths: dict[int, int]) -> bool:
    """Whether a row has the rest of the name above, or the value of a name that has none yet."""
    before = next((cell for cell in above.filled if cell.column == name), None)
    if before is None or not _was_full(before.text, before, widths):
        return False
    printed = {cell.column: cell.text for cell in above.filled}
    for cell in row.filled:
        both = f"{printed.get(cell.column, '')}{cell.text}"
        if cell.column in printed and cell.column != name and read_class_label(both) is None:
            return False
    last = row.filled[-1].column
    return last == name if max(printed) > name else last >= name
