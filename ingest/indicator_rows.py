"""The indicator rows of one target are read in their order (指标行): classes inherited, torn names joined."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.align import AlignedCell
from ingest.class_state import ClassState, read_classes
from ingest.cleaning import NOTHING, clean_name, is_placeholder, join_lines
from ingest.columns import GROUP_FIELDS, INDICATOR_FIELDS, LONG_TERM
from ingest.document import Cell, Row
from ingest.draft import DraftTarget
from ingest.field_fit import is_objective_label
from ingest.forms import IndicatorRow
from ingest.labels import read_class_label, read_heading
from ingest.ledger import Ledger
from ingest.printed_rows import cell_source, row_to_indicator
from nlp.target_value import looks_like_value
from ontology.model import PrintedIndicator, Source
from ontology.turtle import fold_label

_OTHER_FIELDS = frozenset(["history", "graded_value", "aside", "nature", "unknown"])

_POINTS = frozenset(["max_score", "score", "weight"])

_WORDED = frozenset(["definition", "basis", "scoring_rule", "standard", "note"])

_ITEM_NUMBER = re.compile(r"[（(]?\d{1,2}[.、．)）]|[①-⑳]")

_NO_COLUMN = "无栏目"
"""Stands for the heading of a cell that no column takes."""


def cells_by_field(cells: Sequence[AlignedCell]) -> dict[str, Cell]:
    """The cells of a row by field; of several columns of one field, the one that says it best."""
    found: dict[str, Cell] = {}
    in_columns = [(item.column, item.cell) for item in cells if item.column is not None]
    for column, cell in sorted(in_columns, key=lambda item: item[0].yields):
        found.setdefault(column.field, cell)
    return found


def read_indicator_rows(
    rows: Sequence[IndicatorRow], target: DraftTarget, ledger: Ledger, *, in_columns: bool = True
) -> None:
    """Read the indicator rows of one target into it, and account for each."""
    state = ClassState()
    beside: list[Row] = []
    for item in rows:
        fields = annual_fields(item)
        if states_objective(fields):
            ledger.add(item.row, "field")
            continue
        state = read_classes(
            state,
            fields.get("category"),
            fields.get("subcategory"),
            in_columns=in_columns,
            exact=item.row.exact,
        )
        if _continues(item, fields, target):
            _append_to_last(target, item, fields["name"])
            ledger.add(item.row, "continuation")
            continue
        beside += [item.row] if _read_long_term(item, state, target) else []
        parts = split_parallel_cells(fields)
        others = _other_cells(item, {field: fields[field] for field in parts[0]})
        found = [i for part in parts if (i := row_to_indicator(item.row, part, state, others=others))]
        target.indicators.extend(found)
        if found:
            target.add_table(item.row.table)
        ledger.add(item.row, "indicator" if found else _why_nothing(item), records=len(found))
    if not target.indicators:
        # Of the two blocks side by side only the other is filled in: it is what the form states.
        target.indicators, target.long_term = target.long_term, []
        for row in beside:
            ledger.add(row, "indicator", records=1)


def _other_cells(item: IndicatorRow, fields: dict[str, Cell]) -> tuple[Source, ...]:
    """What the row prints beside its indicator (前年, 良, a second 评分标准, or below no heading at all)."""
    told = [cell for field, cell in fields.items() if field not in _OTHER_FIELDS]
    in_columns = [(a.column, a.cell) for a in item.cells if a.column]
    told += [cell for c, cell in in_columns if c.block == LONG_TERM and c.field in ("name", "value")]
    return tuple(
        cell_source(fold_label(a.column.heading) if a.column else _NO_COLUMN, a.cell, item.row)
        for a in item.cells
        if not any(a.cell is cell for cell in told)
    )


def _read_long_term(item: IndicatorRow, state: ClassState, target: DraftTarget) -> bool:
    """Keep the row's long-term indicator apart, where a block of them stands beside the year's."""
    fields = cells_by_field([a for a in item.cells if a.column and a.column.block == LONG_TERM])
    if "name" not in fields:
        return False
    stated = {field: cell for field, cell in fields.items() if field in ("name", "value")}
    indicator = row_to_indicator(item.row, stated, state)
    target.long_term.extend([indicator] if indicator else [])
    return indicator is not None


def split_parallel_cells(fields: dict[str, Cell]) -> list[dict[str, Cell]]:
    """Name and value cells that list several things line by line hold one indicator a line.

    So do the cells beside them that have as many lines, words only if each line is numbered; points
    printed once for all are none's own.
    """
    lines = {
        field: _lines(cell) for field, cell in fields.items() if field not in ("category", "subcategory")
    }
    names, values = lines.get("name", []), lines.get("value", [])
    if len(names) < 2 or len(names) != len(values) or not all(looks_like_value(c.text) for c in values):
        return [fields]
    parted = {f: cells for f, cells in lines.items() if len(cells) == len(names) and _are_items(f, cells)}
    whole = {f: cell for f, cell in fields.items() if f not in parted and f not in _POINTS}
    return [whole | {f: cells[i] for f, cells in parted.items()} for i in range(len(names))]


def _are_items(field: str, lines: Sequence[Cell]) -> bool:
    """Whether each line of a cell is an item of its own, not a text on several lines."""
    return field not in _WORDED or all(_ITEM_NUMBER.match(line.text) for line in lines)


def _lines(cell: Cell) -> list[Cell]:
    """The lines of a cell, each as a cell on its line of the file."""
    return [
        replace(cell, text=text.strip(), line=cell.line_of(index), lines=())
        for index, text in enumerate(cell.text.split("\n"))
        if text.strip()
    ]


def states_objective(fields: dict[str, Cell]) -> bool:
    """Whether a row's class columns say that it states the objective (总体目标), not an indicator."""
    return any(key in fields and is_objective_label(fields[key].text) for key in ("category", "subcategory"))


def annual_fields(item: IndicatorRow) -> dict[str, Cell]:
    """The year's cells; a long-term block stands beside them and gives the long-term value only."""
    annual = [
        a
        for a in item.cells
        if a.column is None or a.column.block != LONG_TERM or a.column.field == "category"
    ]
    fields = cells_by_field(annual)
    long_term = cells_by_field([a for a in item.cells if a.column and a.column.block == LONG_TERM])
    if "value" in long_term and "long_term_value" not in fields:
        same = "name" not in long_term or fold_label(long_term["name"].text) == fold_label(
            fields["name"].text if "name" in fields else ""
        )
        if same:
            fields["long_term_value"] = long_term["value"]
    return fields


def _why_nothing(item: IndicatorRow) -> str:
    if any(a.column and a.column.block == LONG_TERM and a.column.field == "name" for a in item.cells):
        return "long_term"
    texts = [cell.text for cell in item.row.filled]
    stated = [a.cell.text for a in item.cells if a.column and a.column.field in INDICATOR_FIELDS]
    if all(a.column and a.column.field in GROUP_FIELDS for a in item.cells):
        return "field"
    if all(read_class_label(text) for text in stated or texts):
        return "label"
    if any(is_placeholder(t) or t.strip() in NOTHING or re.search(r"\*\*|XX|××", t) for t in texts):
        return "placeholder"
    return "label" if all(read_class_label(text) or read_heading(text) for text in texts) else "unread"


def _continues(item: IndicatorRow, fields: dict[str, Cell], target: DraftTarget) -> bool:
    """Whether a row only holds the rest of the name above, cut by a page break (…5000人左 | 右)."""
    if set(fields) - {"side_label"} != {"name"} or not target.indicators or not item.page_break:
        return False
    text = join_lines(fields["name"].text)
    before = target.indicators[-1].name
    if clean_name(text)[0] != text or looks_like_value(text) or is_placeholder(text):
        return False
    return (
        len(text) <= 3
        or bool(re.match(r"[，。；、,;)）”》]", text))
        or bool(re.search(r"[，、（(“《的和与及]$", before))
    )


def _append_to_last(target: DraftTarget, item: IndicatorRow, cell: Cell) -> None:
    last = target.indicators[-1]
    target.indicators[-1] = replace(
        last,
        name=last.name + join_lines(cell.text),
        sources=(*last.sources, cell_source("name", cell, item.row)),
    )


def fill_merged_basis(indicators: list[PrintedIndicator]) -> list[PrintedIndicator]:
    """A basis printed once for the whole project (a merged cell) holds for each of its rows."""
    printing = [indicator for indicator in indicators if indicator.basis]
    if len(indicators) < 3 or len(printing) != 1:
        return indicators
    (printed,) = printing
    sources = tuple(source for source in printed.sources if source.field in ("basis", "standard"))
    return [
        i if i is printed else replace(i, basis=printed.basis, sources=(*i.sources, *sources))
        for i in indicators
    ]
