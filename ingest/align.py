"""The cells of a row are put under the columns they belong to (单元格归列).

Text extraction loses blank cells, so a row may stand too far left or right of its header. Cells and
columns keep their order; the best assignment weighs what a cell says against what its column holds,
and how steadily the row is shifted.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.columns import Column
from ingest.document import Cell, Row
from ingest.field_fit import plausibility
from nlp.target_value import looks_like_value
from ontology.turtle import fold_label

SKIP_COST = 4.0
NAMELESS_COST = 3.0
VALUELESS_COST = 1.5
_ANCHORS = frozenset(["category", "subcategory"])


@dataclass(frozen=True, slots=True)
class AlignedCell:
    """A cell and the column it belongs to; None where no column takes it."""

    cell: Cell
    column: Column | None


def align_row(row: Row, columns: Sequence[Column]) -> list[AlignedCell]:
    """Given a row and the table's columns, return each printed cell with its column.

    A name merged over several rows that print a value each is the name of each of them.
    """
    fields = {column.index: column.field for column in columns}
    has_value = any(fields.get(cell.column) == "value" for cell in row.filled)
    cells = [
        cell.covered_by if cell.covered_by and has_value and fields.get(cell.column) == "name" else cell
        for cell in row.cells
    ]
    return align_cells([cell for cell in cells if not cell.is_blank], columns)


def align_cells(cells: Sequence[Cell], columns: Sequence[Column]) -> list[AlignedCell]:
    """Given a row's printed cells and the table's columns, return each cell with its column.

    Both keep their order and a column takes one cell at most.
    """
    if not cells:
        return []
    direct = _direct(cells, columns)
    return _name_before_value(direct if direct is not None else _best(cells, columns), columns)


def _name_before_value(aligned: list[AlignedCell], columns: Sequence[Column]) -> list[AlignedCell]:
    """A sentence under the value's heading, in a row without a name, is the name one column too far right."""
    fields = [item.column.field if item.column else None for item in aligned]
    if "value" not in fields or "name" in fields or "nature" in fields or "comparator" in fields:
        return aligned
    index = fields.index("value")
    value = aligned[index]
    name = next(
        (c for c in columns if c.field == "name" and value.column and c.block == value.column.block), None
    )
    if name is None or looks_like_value(value.cell.text) or len(fold_label(value.cell.text)) < 6:
        return aligned
    return [*aligned[:index], AlignedCell(value.cell, name), *aligned[index + 1 :]]


def _direct(cells: Sequence[Cell], columns: Sequence[Column]) -> list[AlignedCell] | None:
    """Every cell right below a column that can hold it: nothing to decide."""
    by_index = {column.index: column for column in columns}
    found = []
    for cell in cells:
        column = by_index.get(cell.column)
        if column is None or plausibility(cell.text, column.field) < 0:
            return None
        found.append(AlignedCell(cell, column))
    return found


def _best(cells: Sequence[Cell], columns: Sequence[Column]) -> list[AlignedCell]:
    # best[j] after cell i: score of the best assignment that puts cell i under column j (or, last
    # entry, skips it), with the way there.
    width = len(columns)
    states: dict[tuple[int, int], tuple[float, tuple[int, ...]]] = {(-1, 0): (0.0, ())}
    for cell in cells:
        following: dict[tuple[int, int], tuple[float, tuple[int, ...]]] = {}
        fit = [plausibility(cell.text, column.field) for column in columns]
        for (last, shift), (score, way) in states.items():
            _keep(following, (last, shift), score - SKIP_COST, (*way, -1))
            for j in range(last + 1, width):
                moved = columns[j].index - cell.column
                cost = _shift_cost(moved, shift, first=last < 0, anchored=columns[last].field in _ANCHORS)
                _keep(following, (j, moved), score + fit[j] - cost, (*way, j))
        states = following
    _, way = max(
        states.values(), key=lambda state: (state[0] - _nameless(state[1], columns), [-j for j in state[1]])
    )
    return [AlignedCell(cell, columns[j] if j >= 0 else None) for cell, j in zip(cells, way, strict=True)]


def _nameless(way: Sequence[int], columns: Sequence[Column]) -> float:
    """The cost of a row with a value and no name, or with an earlier year's value and none of this year."""
    fields = {columns[j].field for j in way if j >= 0}
    known = {column.field for column in columns}
    cost = NAMELESS_COST if "name" in known and "value" in fields and "name" not in fields else 0.0
    if "value" in known and "value" not in fields and fields & {"history", "actual_value", "long_term_value"}:
        cost += VALUELESS_COST
    return cost


def _keep(
    states: dict[tuple[int, int], tuple[float, tuple[int, ...]]],
    key: tuple[int, int],
    score: float,
    way: tuple[int, ...],
) -> None:
    if key not in states or states[key][0] < score:
        states[key] = (score, way)


def _shift_cost(shift: int, before: int, *, first: bool, anchored: bool) -> float:
    """What it costs that a row is shifted, or otherwise than the cell before; a class label anchors it."""
    if shift == before:
        return 0.0
    if first:
        return 0.8 + 0.1 * abs(shift)
    return (1.6 if anchored else 0.6) + 0.2 * abs(shift - before)
