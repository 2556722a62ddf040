"""Rows of a table as a PDF prints them (单元格换行): a line each, though a long cell goes on in the next."""

from collections.abc import Sequence

from ingest.centred_labels import label_columns, raise_labels
from ingest.document import Cell, Row
from ingest.header_rows import is_header_row
from ingest.labels import read_class_label, read_heading
from ingest.text_lines import width_of

_FULL = 3
"""A line less than this shorter than the widest one, in columns of half width, had no room for a letter."""


def put_in_place(rows: Sequence[Row]) -> list[Row]:
    """Given the rows of a table, one for each line, return them with cells and labels whole."""
    widths = _full_widths(rows)
    joined = _join_wrapped(rows, widths)
    heads = [at for at, row in enumerate(joined) if is_header_row(row)]
    if not heads:
        return joined
    placed = joined[: heads[0]]
    for head, end in zip(heads, [*heads[1:], len(joined)], strict=True):
        placed.append(joined[head])
        body = joined[head + 1 : end]
        columns = label_columns(body)
        if columns:
            body = raise_labels(_join_around_values(body, max(columns) + 1, widths), columns)
        placed.extend(body)
    return placed


# ---- cells of several lines ----------------------------------------------------------------------------


def _full_widths(rows: Sequence[Row]) -> dict[int, int]:
    """The widest line of each column."""
    widths: dict[int, int] = {}
    for row in rows:
        for cell in row.filled:
            widths[cell.column] = max(widths.get(cell.column, 0), width_of(cell.text))
    return widths


def _join_wrapped(rows: Sequence[Row], widths: dict[int, int]) -> list[Row]:
    """Put the second line of a cell under its first.

    Where blank lines part the rows, each line without one is such a line. Elsewhere a line is, if each
    cell of it goes on the one above: that was full, or both together are a label.
    """
    parted = sum(row.gap_before for row in rows[1:]) * 2 >= len(rows)
    joined: list[Row] = []
    for row in rows:
        above = joined[-1] if joined else None
        if above and not row.gap_before and _goes_on(above, row, widths, parted=parted):
            joined[-1] = _one_row([above, row])
        else:
            joined.append(row)
    return joined


def _goes_on(above: Row, row: Row, widths: dict[int, int], *, parted: bool) -> bool:
    printed = {cell.column: cell.text for cell in above.filled}
    if any(cell.column not in printed for cell in row.filled) or is_header_row(row):
        return False
    if parted:
        return len(row.filled) < len(printed)
    first, *others = [(printed[cell.column], cell) for cell in row.filled]
    if len(printed) > 1 and _completes_label(*first):
        return all(not read_class_label(cell.text) for _, cell in others)
    return len(others) + 1 < len(printed) and all(
        _completes_label(before, cell) or _was_full(before, cell, widths) for before, cell in (first, *others)
    )


def _completes_label(before: str, cell: Cell) -> bool:
    """项目总体 above 目标, 服务对象满意 above 度指标, 项目资金 above （万元）."""
    if read_class_label(cell.text):
        return False
    heading = read_heading(f"{before}{cell.text}")
    return (heading is not None and heading.listed) or read_class_label(f"{before}{cell.text}") is not None


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


def _join_around_values(rows: Sequence[Row], name: int, widths: dict[int, int]) -> list[Row]:
    """Join the lines of a name whose value stands beside the second, or on a line between the two."""
    joined: list[Row] = []
    at = 0
    while at < len(rows):
        take = 1
        if _is_full_name(rows[at], name, widths) and at + 1 < len(rows):
            following = {cell.column for cell in rows[at + 1].filled}
            if max(following, default=0) > name:
                take = 2
                between = name not in following and at + 2 < len(rows)
                if between and max((cell.column for cell in rows[at + 2].filled), default=0) == name:
                    take = 3
        joined.append(_one_row(rows[at : at + take]) if take > 1 else rows[at])
        at += take
    return joined


def _is_full_name(row: Row, name: int, widths: dict[int, int]) -> bool:
    """Whether a row ends with a name that had no room for another letter."""
    last = row.filled[-1]
    return last.column == name and _was_full(last.text, last, widths)
