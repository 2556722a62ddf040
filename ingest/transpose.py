"""Tables that lie on their side are turned (转置): labels down the first column, an indicator a column."""

from collections.abc import Sequence

from ingest.columns import INDICATOR_FIELDS
from ingest.document import Cell, Row
from ingest.header_rows import read_column_heading
from ingest.labels import read_class_label, read_heading

_SHARE = 0.7
"""Which share of the rows must begin with a label and hold no other."""


def turn_lying_tables(rows: Sequence[Row]) -> list[Row]:
    """Given the rows of a section, return them with every lying table standing upright."""
    turned: list[Row] = []
    at = 0
    while at < len(rows):
        end = _lying_run(rows, at)
        if end > at:
            turned.extend(_turn(rows[at:end]))
            at = end
        else:
            turned.append(rows[at])
            at += 1
    return turned


def _lying_run(rows: Sequence[Row], at: int) -> int:
    """Index behind a lying table that begins at a row; the row's own index where none does."""
    end = at
    while end < len(rows) and _begins_with_only_label(rows[end]) and rows[end].table == rows[at].table:
        end += 1
    run = rows[at:end]
    if len(run) < 3 or rows[at].table is None:
        return at
    fields = [found[0] for row in run if (found := read_column_heading(row.filled[0]))]
    width = max(len(row.filled) for row in run)
    several = sum(len(row.filled) >= 3 for row in run) * 2 >= len(run) or width >= 3
    holds_names = {"name", "value"} <= set(fields) or (fields.count("class") >= 3 and "project" in fields)
    return end if several and holds_names else at


def _begins_with_only_label(row: Row) -> bool:
    """Whether the first printed cell is a label and stands first, and no other cell heads a column."""
    filled = row.filled
    if not filled or filled[0].column != 0 or not read_column_heading(filled[0]):
        return False
    class_rows = read_heading(filled[0].text)
    in_class_row = bool(class_rows and class_rows.field(column=True) in ("category", "subcategory"))
    others = filled[1:]
    return all(in_class_row or not _is_heading(cell) for cell in others)


def _is_heading(cell: Cell) -> bool:
    heading = read_heading(cell.text)
    if heading and heading.field(column=True) in INDICATOR_FIELDS:
        return True
    return read_class_label(cell.text) is not None


def _turn(rows: Sequence[Row]) -> list[Row]:
    """Each column becomes a row; where its cells stand in the file is remembered."""
    first = rows[0]
    bounds = (first.number or 0, rows[-1].number or 0)
    turned = []
    for column in range(max(len(row.cells) for row in rows)):
        cells = tuple(
            Cell(row.cells[column].text if column < len(row.cells) else "", row.line, index)
            for index, row in enumerate(rows)
        )
        gap = first.gap_before and column == 0
        turned.append(Row(cells, first.line, first.table, column + 1, gap, turned=bounds))
    return [row for row in turned if not row.is_blank]
