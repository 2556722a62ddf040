"""A table with many projects becomes their targets (一表多项目): where does one project end?

The project's name is printed once and merged down. A page break inside the merged cell leaves the
first rows of a project before the page that prints its name, and cuts its objective in two.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from ingest.align import AlignedCell
from ingest.cleaning import is_placeholder, join_lines
from ingest.document import Cell, Row
from ingest.draft import DraftTarget
from ingest.form_fields import parse_amount
from ingest.form_targets import form_scope
from ingest.forms import Form, IndicatorRow
from ingest.indicator_rows import cells_by_field, fill_merged_basis, read_indicator_rows, states_objective
from ingest.labels import read_heading, split_labelled
from ingest.ledger import Ledger
from ingest.levels import class_cell_to_indicators, text_to_indicators
from ingest.printed_rows import cell_source
from ingest.project_names import clean_project
from ingest.rows_before_name import split_before_name
from ingest.units import clean_unit, is_body
from ontology.model import PrintedIndicator, Source, TargetScope
from ontology.turtle import fold_label

_INDICATOR_KEYS = frozenset(["category", "subcategory", "name", "value", "indicators", "objective", "class"])
_BEGINS = re.compile(r"^\s*(?:目标\s*[一1][：:]|[（(]?[一1][）)、.．])")


@dataclass(slots=True)
class Group:
    """The rows of one project, and where its entries stand."""

    name: str | None = None
    objective: str | None = None
    unit: str | None = None
    budget: Decimal | None = None
    rows: list[IndicatorRow] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)


def flat_form_to_targets(form: Form, ledger: Ledger) -> list[DraftTarget]:
    """Given a form with a column of projects, return one target for each project; account for the rows."""
    targets: list[DraftTarget] = []
    for group in rows_to_groups(form, ledger):
        target = DraftTarget(
            scope=TargetScope.TRANSFER if form.scope == TargetScope.TRANSFER else _scope(form, group),
            project=group.name,
            objective=group.objective,
            budget=group.budget,
            unit=group.unit,
            line=group.rows[0].row.line if group.rows else 0,
            sources=group.sources,
        )
        for item in group.rows:
            target.add_table(item.row.table)
        if not _read_texts(group.rows, target, ledger):
            read_indicator_rows(group.rows, target, ledger, in_columns=form.in_columns)
        target.indicators = fill_merged_basis(target.indicators)
        targets.append(target)
    return targets


def _read_texts(rows: Sequence[IndicatorRow], target: DraftTarget, ledger: Ledger) -> bool:
    """Indicators that stand as text in a cell: all levels in one, or one cell for each class."""
    read = False
    for item in rows:
        found = 0
        texts = [a for a in item.cells if a.column is not None and a.column.field in ("indicators", "class")]
        for aligned in texts:
            indicators = _text_cell(aligned, item.row)
            target.indicators.extend(indicators)
            found += len(indicators)
        if texts:
            read = True
            ledger.add(item.row, "indicator" if found else "unread", records=found)
    return read


def _text_cell(aligned: AlignedCell, row: Row) -> list[PrintedIndicator]:
    source = cell_source("indicators", aligned.cell, row)
    column = aligned.column
    if column is not None and column.class_label is not None:
        return class_cell_to_indicators(
            aligned.cell.text,
            column.class_label,
            column.heading,
            source=source,
            parent_heading=column.parent_heading,
            lines=aligned.cell.lines,
        )
    return text_to_indicators(aligned.cell.text, source=source, lines=aligned.cell.lines)


def _scope(form: Form, group: Group) -> TargetScope:
    if group.name and re.search(r"部门整体|整体支出", group.name):
        return TargetScope.DEPARTMENT
    scope = form_scope(form)
    return TargetScope.PROJECT if scope == TargetScope.DEPARTMENT and group.name else scope


def rows_to_groups(form: Form, ledger: Ledger) -> list[Group]:
    """Given the rows of a flat table, return them by project; rows of units and holes are accounted for."""
    groups: list[Group] = []
    unit: tuple[str, Source] | None = None
    for index, item in enumerate(form.rows):
        fields = cells_by_field(item.cells)
        if fields.keys() & _INDICATOR_KEYS:
            _take_row(groups, item, fields, form, unit)
            groups[-1].rows.append(item)
        elif _names_project(form.rows[index : index + 2], fields):
            _take_row(groups, item, fields, form, unit)
            ledger.add(item.row, "field")
        else:
            unit = _named_unit(item, fields) or unit
            ledger.add(item.row, "field" if _says_something(item) else "placeholder")
    named = []
    for group in groups:
        if group.name and is_placeholder(group.name):
            for item in group.rows:
                ledger.add(item.row, "placeholder")
        else:
            named.append(group)
    return named


def _take_row(
    groups: list[Group],
    item: IndicatorRow,
    fields: dict[str, Cell],
    form: Form,
    unit: tuple[str, Source] | None,
) -> None:
    """Begin the group of a row, or go on with the last one, and take what the row says of the project."""
    current = groups[-1] if groups else None
    name = clean_project(fields["project"].text) if "project" in fields else ""
    objective, stated = _objective_text(fields)
    if name and current is not None and _same_project(current, name, fields):
        name = ""
    if name and current is not None and current.name is None and item.page_break:
        current.name = name
        current.objective = _join_parts(current.objective, objective)
    elif name:
        moved: list[IndicatorRow] = []
        if current is not None and item.page_break:
            current.rows, moved = split_before_name(current.rows, item)
        groups.append(_begin(name, objective, unit, moved))
    elif current is None or (objective and current.objective and _starts_anew(current, objective, fields)):
        groups.append(_begin(None, objective, unit, []))
    elif objective:
        current.objective = _join_parts(current.objective, objective)
    group = groups[-1]
    if name:
        group.sources.append(cell_source("project", fields["project"], item.row))
    if stated is not None:
        group.sources.append(cell_source("objective", stated, item.row))
    _take_entries(group, item, fields, form)


def _begin(
    name: str | None, objective: str, unit: tuple[str, Source] | None, rows: list[IndicatorRow]
) -> Group:
    named, sources = (unit[0], [unit[1]]) if unit else (None, [])
    return Group(name, objective or None, named, rows=rows, sources=sources)


def _take_entries(group: Group, item: IndicatorRow, fields: dict[str, Cell], form: Form) -> None:
    """What a row says of the project's unit and amount, with its place."""
    budget = _row_budget(item, form) if group.budget is None else None
    if budget is not None:
        group.budget = budget[0]
        group.sources.append(cell_source("budget", budget[1], item.row))
    unit = clean_unit(fields["unit"].text) if "unit" in fields else None
    if unit and unit != group.unit:
        group.unit = unit
        group.sources = [s for s in group.sources if s.field != "unit"]
        group.sources.append(cell_source("unit", fields["unit"], item.row))


def _objective_text(fields: dict[str, Cell]) -> tuple[str, Cell | None]:
    """The objective in its own column, or in the name's column of a row classed as 总体目标, and its cell."""
    if "objective" in fields and not is_placeholder(fields["objective"].text):
        return join_lines(fields["objective"].text), fields["objective"]
    if states_objective(fields) and "name" in fields:
        return join_lines(fields["name"].text), fields["name"]
    return "", None


def _same_project(current: Group, name: str, fields: dict[str, Cell]) -> bool:
    """The name repeated on each row, or on each page; of another unit it is another project."""
    unit = clean_unit(fields["unit"].text) if "unit" in fields else None
    of_another = unit is not None and current.unit is not None and unit != current.unit
    return current.name is not None and fold_label(name) == fold_label(current.name) and not of_another


def _starts_anew(current: Group, objective: str, fields: dict[str, Cell]) -> bool:
    """Whether an objective without a name begins the next project: its numbering begins again."""
    if current.name is None and not current.rows:
        return False
    before = fold_label(current.objective or "")
    finished = before.endswith(("。", "；", ";", ".", "！")) or bool(_BEGINS.match(objective))
    return finished and "indicators" not in fields


def _join_parts(first: str | None, second: str) -> str | None:
    return (first or "") + second or None


def _names_project(items: Sequence[IndicatorRow], fields: dict[str, Cell]) -> bool:
    """Whether a row without indicator names the project of the rows below, which print none."""
    text = fields["project"].text if "project" in fields else ""
    if not clean_project(text) or is_placeholder(text) or read_heading(text) or split_labelled(text):
        return False
    below = cells_by_field(items[1].cells) if len(items) > 1 else {}
    return bool(below.keys() & _INDICATOR_KEYS) and "project" not in below and not is_body(text)


def _named_unit(item: IndicatorRow, fields: dict[str, Cell]) -> tuple[str, Source] | None:
    """The unit of the rows below, on a row of its own; a numbered heading of duties is none."""
    for cell in item.row.filled:
        labelled = split_labelled(cell.text)
        if labelled and labelled[0].field(column=False) in ("unit", "project"):
            unit = clean_unit(labelled[1])
            return (unit, cell_source("unit", cell, item.row)) if unit else None
    named = _texts(item)
    unit = clean_unit(named[0].text) if len(named) == 1 else None
    if unit is None or not (is_body(unit) or named[0] is fields.get("unit")):
        return None
    return unit, cell_source("unit", named[0], item.row)


def _texts(item: IndicatorRow) -> list[Cell]:
    """The cells of a row that are neither numbers nor headings."""
    return [
        cell
        for cell in item.row.filled
        if not re.fullmatch(r"[\d.,，\s\-]+", cell.text) and not read_heading(cell.text)
    ]


def _says_something(item: IndicatorRow) -> bool:
    return any(not is_placeholder(cell.text) for cell in _texts(item))


def _row_budget(item: IndicatorRow, form: Form) -> tuple[Decimal, Cell] | None:
    for aligned in item.cells:
        if aligned.column and aligned.column.field == "budget":
            amount = parse_amount(aligned.cell.text, aligned.column.money_unit or form.money_unit)
            if amount is not None:
                return amount, aligned.cell
    return None
