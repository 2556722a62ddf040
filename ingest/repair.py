"""Labels that a page break has cut in two are put together again (标签修复)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from ingest.document import Cell, Row
from ingest.labels import read_class_label, read_heading
from ontology.categories import class_labels
from ontology.headings import heading_labels
from ontology.turtle import fold_label

REACH = 3
"""How many rows further down the rest of a label may stand."""

PAGE_REACH = 40
"""How many rows further down a page may break inside a merged cell."""

_LABEL_COLUMNS = 4
_PREFIX_LIMIT = 9


@cache
def label_endings() -> dict[str, frozenset[str]]:
    """For each beginning of a label, what is missing to make it whole."""
    endings: dict[str, set[str]] = defaultdict(set)
    for label in (*class_labels(), *heading_labels()):
        for cut in range(1, min(len(label), _PREFIX_LIMIT + 1)):
            endings[label[:cut]].add(label[cut:])
    return {beginning: frozenset(rest) for beginning, rest in endings.items()}


def rejoin_labels(rows: Sequence[Row]) -> list[Row]:
    """Given the rows of a table, return them with cut labels whole in their first place.

    The rest of a label (标 below 年度绩效指, 指标 below 经济效益) is a cell of its own a few rows
    further down, in one of the first columns, that together with the beginning makes a label which the
    ontology knows. Its cell becomes blank; the row stays, so that every row is still accounted for.
    """
    mended = list(rows)
    # From below: the rest of a label belongs to the nearest beginning above it.
    for index in reversed(range(len(mended))):
        for cell in mended[index].cells[:_LABEL_COLUMNS]:
            _complete(mended, index, cell)
    return mended


def _complete(rows: list[Row], index: int, cell: Cell) -> None:
    beginning = fold_label(cell.text[:40])
    if not beginning or len(beginning) > _PREFIX_LIMIT:
        return
    wanted = label_endings().get(beginning)
    if not wanted or _is_whole(beginning):
        return
    for below in _places_below(rows, index):
        rest = _find_rest(rows[below], cell.column, beginning, wanted)
        if rest is not None:
            current = next(c for c in rows[index].cells if c.column == cell.column)
            whole = replace(current, text=current.text + rest.text)
            rows[index] = _with_cell(rows[index], whole)
            rows[below] = _with_cell(rows[below], replace(rest, text=""))
            return


def _places_below(rows: list[Row], index: int) -> list[int]:
    """Where the rest may stand: the next rows, and the first ones behind the next page break."""
    near = list(range(index + 1, min(index + 1 + REACH, len(rows))))
    page = next((i for i in range(index + 1, min(index + PAGE_REACH, len(rows))) if rows[i].gap_before), None)
    return near if page is None else sorted({*near, *range(page, min(page + 2, len(rows)))})


def _is_whole(label: str) -> bool:
    """A label that needs nothing more; 经济效益 may still be followed by its 指标, 时效指 by its 标."""
    known = bool(read_class_label(label) or read_heading(label))
    goes_on = read_class_label(f"{label}指标") or (label.endswith("指") and read_class_label(f"{label}标"))
    return known and (label.endswith(("指标", "目标")) or not goes_on)


def _find_rest(row: Row, column: int, beginning: str, wanted: frozenset[str]) -> Cell | None:
    """The cell that holds the rest of a label: one that says nothing by itself, or hardly anything.

    产出 and 数量 below it are two labels, though 产出数量 is one, too; only of a beginning that is none
    (社会) may the rest below it be a label (效益指标).
    """
    for cell in row.cells[:_LABEL_COLUMNS]:
        if abs(cell.column - column) <= 2 and fold_label(cell.text[:40]) in wanted:
            torn = cell.column == column and read_class_label(beginning) is None
            if torn or read_class_label(cell.text) is None:
                return cell
    return None


def _with_cell(row: Row, cell: Cell) -> Row:
    return row.with_cells(tuple(cell if old.column == cell.column else old for old in row.cells))
