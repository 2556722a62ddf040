"""Class labels set in the middle of their rows (居中的合并单元格), as a PDF prints them.

The text of a PDF has no borders: the label of several rows stands beside the middle one, or on a line of
its own between two. It is put beside the first of its rows.
"""

from collections.abc import Sequence

from ingest.document import Cell, Row
from ingest.labels import ClassLabel, read_class_label

_MOST_ROWS = 100
"""Rows of one page's table; a longer run is not set in the middle."""
_LABEL_LINES = 3
"""Lines from the first to the second of a label, at most: the row it belongs to may stand between."""
_FIRST_COLUMNS = 4
"""Class labels stand in the first so many columns."""


def label_columns(rows: Sequence[Row]) -> list[int]:
    """The columns, among the first, in which class labels and little else stand."""
    columns = []
    for column in range(_FIRST_COLUMNS):
        texts = [cell.text for row in rows for cell in row.filled if cell.column == column]
        labels = sum(read_class_label(text) is not None for text in texts)
        if labels and labels * 4 >= len(texts) * 3:
            columns.append(column)
    return columns


def raise_labels(rows: list[Row], columns: Sequence[int]) -> list[Row]:
    """Given the rows below a header, return them with each label of `columns` beside the first of its rows.

    Rows whose labels do not stand in the middle are returned as they are. A line that only holds labels
    is no row any more.
    """
    entries = [row for row in rows if any(cell.column > max(columns) for cell in row.filled)]
    if len(rows) > _MOST_ROWS or not _are_centred(rows, entries, columns):
        return rows
    lines = [max(row.filled, key=lambda cell: cell.column).line for row in entries]
    moved = [[cell for cell in row.filled if cell.column not in columns] for row in entries]
    finer: list[ClassLabel | None] = [None] * len(entries)
    for column in reversed(columns):
        cells = _whole_labels([cell for row in rows for cell in row.filled if cell.column == column])
        labels = [read_class_label(cell.text) for cell in cells]
        places = _part_rows(lines, [cell.line for cell in cells], _misfits(labels, finer))
        if places is None:
            return rows
        for place, end, cell, label in zip(places, [*places[1:], len(lines)], cells, labels, strict=True):
            moved[place].append(cell)
            finer[place:end] = [label] * (end - place)
    return [
        row.with_cells(tuple(sorted(cells, key=lambda cell: cell.column)))
        for row, cells in zip(entries, moved, strict=True)
    ]


def _whole_labels(cells: Sequence[Cell]) -> list[Cell]:
    """Labels of two lines (可持续影响 above 指标) become one, between the two."""
    whole: list[Cell] = []
    for cell in cells:
        above = whole[-1] if whole else None
        if above and cell.line - above.line <= _LABEL_LINES and _are_one_label(above.text, cell.text):
            middle = (above.line + cell.line) // 2
            whole[-1] = Cell(f"{above.text}\n{cell.text}", middle, cell.column)
        else:
            whole.append(cell)
    return whole


def _are_one_label(above: str, below: str) -> bool:
    alone = read_class_label(above) is not None and read_class_label(below) is not None
    return not alone and read_class_label(f"{above}{below}") is not None


def _are_centred(rows: Sequence[Row], entries: Sequence[Row], columns: Sequence[int]) -> bool:
    """Whether a label stands on a line between rows, or the first row has none beside it."""
    if not entries:
        return False
    behind = rows[next(at for at, row in enumerate(rows) if row is entries[-1]) + 1 :]
    if any(cell.column not in columns for row in behind for cell in row.filled):
        return False
    first = {cell.column for cell in entries[0].filled}
    return len(entries) < len(rows) or not first.issuperset(columns)


def _misfits(labels: Sequence[ClassLabel | None], finer: Sequence[ClassLabel | None]) -> list[list[int]]:
    """For each label, how many of the first so many rows have a class that is not below it."""
    counts = []
    for label in labels:
        total = [0]
        for below in finer:
            parent = below.second.broader if below and below.second else None
            first = label.first.id if label and label.first else None
            total.append(total[-1] + (parent is not None and first is not None and parent != first))
        counts.append(total)
    return counts


def _part_rows(
    lines: Sequence[int], labels: Sequence[int], misfits: Sequence[Sequence[int]]
) -> list[int] | None:
    """Part rows into runs, one for each label, so that labels fit and stand nearest to the runs' middles.

    `lines` are where the rows stand, `labels` where the labels do, both in order. Returns the first row
    of each run; None where there are more labels than rows, or none.
    """
    if not labels or len(labels) > len(lines):
        return None
    best: list[float] = [0.0, *([float("inf")] * len(lines))]
    choices: list[list[int]] = []
    for label, unfit in zip(labels, misfits, strict=True):
        found = [
            min(
                (
                    (best[start] + unfit[end] - unfit[start] + _off_centre(lines, start, end, label), start)
                    for start in range(end)
                ),
                default=(float("inf"), 0),
            )
            for end in range(len(lines) + 1)
        ]
        best = [cost for cost, _ in found]
        choices.append([start for _, start in found])
    places, end = [], len(lines)
    for choice in reversed(choices):
        end = choice[end]
        places.append(end)
    return places[::-1]


def _off_centre(lines: Sequence[int], start: int, end: int, label: int) -> float:
    """How far a label is from the middle of the rows from `start` up to `end`, squared."""
    return float(((lines[start] + lines[end - 1]) / 2 - label) ** 2)
