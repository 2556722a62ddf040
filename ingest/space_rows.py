"""Rows of a table as a PDF prints them (单元格换行): a line each, though a long cell goes on in the next."""

from collections import Counter
from collections.abc import Sequence

from ingest.centred_labels import label_columns, raise_labels
from ingest.document import Cell, Row
from ingest.header_rows import is_header_row
from ingest.labels import read_class_label, read_heading
from ingest.text_lines import width_of
from nlp.target_value import looks_like_value

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
            body = raise_labels(_join_names(body, columns, widths), columns)
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
        _completes_label(before, cell) or _wraps(before, cell, widths) for before, cell in (first, *others)
    )


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


def _join_names(rows: Sequence[Row], columns: Sequence[int], widths: dict[int, int]) -> list[Row]:
    """Join the lines of a name: its value may stand beside the first, the second, or between the two."""
    behind = Counter(
        min(cell.column for cell in row.filled if cell.column > max(columns))
        for row in rows
        if row.filled[-1].column > max(columns)
    )
    name = max(behind, key=lambda column: behind[column], default=0)
    joined: list[Row] = []
    for row in rows:
        if joined and _goes_on_name(joined[-1], row, name, widths):
            joined[-1] = _one_row([joined[-1], row])
        else:
            joined.append(row)
    return joined


def _goes_on_name(above: Row, row: Row, name: int, widths: dict[int, int]) -> bool:
    """Whether a row has the rest of the name above, or the value of a name that has none yet."""
    before = next((cell for cell in above.filled if cell.column == name), None)
    if before is None or not _was_full(before.text, before, widths):
        return False
    printed = {cell.column for cell in above.filled}
    more = {cell.column for cell in row.filled}
    if any(column in printed for column in more if column != name):
        return False
    return (max(more) == name) if max(printed) > name else max(more) >= name
