"""A table with many projects becomes their targets (一表多项目): where does one project end?

The project's name is printed once and merged down. A page break inside the merged cell leaves the
first rows of a project before the page that prints its name, and cuts its objective in two.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from ingest.align import AlignedCell
from ingest.cleaning import clean_name, is_placeholder, join_lines
from ingest.document import Cell, Row
from ingest.draft import DraftTarget
from ingest.form_fields import parse_amount
from ingest.form_targets import form_scope
from ingest.forms import Form, IndicatorRow
from ingest.indicator_rows import cells_by_field, fill_merged_basis, read_indicator_rows, states_objective
from ingest.labels import read_class_label, read_heading, split_labelled
from ingest.ledger import Ledger
from ingest.levels import class_cell_to_indicators, text_to_indicators
from ingest.printed_rows import cell_source
from ingest.project_names import clean_project
from ingest.units import clean_unit
from ontology.model import PrintedIndicator, TargetScope
from ontology.turtle import fold_label

FULL_SCORE = Decimal(100)
_BEGINS = re.compile(r"^\s*(?:目标\s*[一1][：:]|[（(]?[一1][）)、.．])")


@dataclass(slots=True)
class Group:
    """The rows of one project."""

    name: str | None = None
    name_cell: Cell | None = None
    objective: str | None = None
    unit: str | None = None
    budget: Decimal | None = None
    rows: list[IndicatorRow] = field(default_factory=list)


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
        )
        for item in group.rows:
            target.add_table(item.row.table)
        if group.name_cell is not None and group.rows:
            target.sources.append(cell_source("project", group.name_cell, group.rows[0].row))
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
    unit: str | None = None
    for item in form.rows:
        fields = cells_by_field(item.cells)
        if _is_unit_row(item, fields):
            unit = _unit_name(item) or unit
            ledger.add(item.row, "field" if _unit_name(item) else "placeholder")
            continue
        _take_row(groups, item, fields, form, unit)
    named = []
    for group in groups:
        if group.name and is_placeholder(group.name):
            for item in group.rows:
                ledger.add(item.row, "placeholder")
        else:
            named.append(group)
    return named


def _take_row(
    groups: list[Group], item: IndicatorRow, fields: dict[str, Cell], form: Form, unit: str | None
) -> None:
    current = groups[-1] if groups else None
    name = clean_project(fields["project"].text) if "project" in fields else ""
    objective = _objective_text(fields)
    if name and current is not None and _same_project(current, name, fields):
        name = ""
    if name and current is not None and current.name is None and item.page_break:
        current.name, current.name_cell = name, fields["project"]
        current.objective = _join_parts(current.objective, objective)
    elif name:
        moved = _rows_before_name(current, item) if current is not None and item.page_break else []
        groups.append(Group(name, fields["project"], objective or None, unit, rows=moved))
    elif current is None or (objective and current.objective and _starts_anew(current, objective, fields)):
        groups.append(Group(None, None, objective or None, unit))
    elif objective:
        current.objective = _join_parts(current.objective, objective)
    group = groups[-1]
    if group.budget is None:
        group.budget = _row_budget(item, form)
    if "unit" in fields and not is_placeholder(fields["unit"].text):
        group.unit = clean_unit(fields["unit"].text) or group.unit
    group.rows.append(item)


def _objective_text(fields: dict[str, Cell]) -> str:
    """The objective in its own column, or in the name's column of a row classed as 总体目标."""
    if "objective" in fields and not is_placeholder(fields["objective"].text):
        return join_lines(fields["objective"].text)
    if states_objective(fields) and "name" in fields:
        return join_lines(fields["name"].text)
    return ""


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


def _is_unit_row(item: IndicatorRow, fields: dict[str, Cell]) -> bool:
    """A row that only names the unit of the rows below, or keeps a place."""
    keys = set(fields) & {"category", "subcategory", "name", "value", "indicators", "objective", "class"}
    return not keys


def _unit_name(item: IndicatorRow) -> str | None:
    for cell in item.row.filled:
        labelled = split_labelled(cell.text)
        if labelled and labelled[0].field(column=False) in ("unit", "project"):
            return clean_unit(labelled[1])
    named = [
        cell.text
        for cell in item.row.filled
        if not re.fullmatch(r"[\d.,，\s\-]+", cell.text) and not read_heading(cell.text)
    ]
    return clean_unit(named[0]) if len(named) == 1 else None


def _row_budget(item: IndicatorRow, form: Form) -> Decimal | None:
    for aligned in item.cells:
        if aligned.column and aligned.column.field == "budget":
            amount = parse_amount(aligned.cell.text, aligned.column.money_unit or form.money_unit)
            if amount is not None:
                return amount
    return None


# ---- rows printed on the page before their project's name --------------------------------------------


def _rows_before_name(current: Group, item: IndicatorRow) -> list[IndicatorRow]:
    """The last rows of the group that belong to the project whose name the next page prints.

    They begin where the order of classes or the numbering starts again. Points that add up to 100, or
    a numbering that goes on over the page break, confirm it; without such a sign nothing is moved.
    """
    start = _last_restart(current.rows)
    if start is None:
        return []
    before, moved = current.rows[:start], current.rows[start:]
    points = _points(before)
    if (points is not None and points == FULL_SCORE) or _goes_on(moved[-1], item):
        current.rows = before
        return moved
    return []


def _last_restart(rows: Sequence[IndicatorRow]) -> int | None:
    for index in range(len(rows) - 1, 0, -1):
        if rows[index].page_break:
            return None
        if _rank(rows[index]) < _rank(rows[index - 1]):
            return index
    return None


def _rank(item: IndicatorRow) -> int:
    """Where a row's class stands in the standard order, level one before two; 0 where none is printed."""
    fields = cells_by_field(item.cells)
    first = read_class_label(fields["category"].text) if "category" in fields else None
    second = read_class_label(fields["subcategory"].text) if "subcategory" in fields else None
    rank = first.first.position * 10 if first and first.first else 0
    return rank + (second.second.position if second and second.second else 0)


def _points(rows: Sequence[IndicatorRow]) -> Decimal | None:
    target = DraftTarget(scope=TargetScope.PROJECT)
    read_indicator_rows(rows, target, Ledger())
    scores = [indicator.max_score for indicator in target.indicators]
    return (
        sum((s for s in scores if s is not None), Decimal(0)) if any(s is not None for s in scores) else None
    )


def _goes_on(last: IndicatorRow, first: IndicatorRow) -> bool:
    """Whether the first row of a page goes on with the numbering or the order of the page before."""
    numbers = [_number(item) for item in (last, first)]
    if numbers[0] is not None and numbers[1] is not None and numbers[1] == numbers[0] + 1:
        return _rank(last) == _rank(first)
    return _rank(first) > _rank(last)


def _number(item: IndicatorRow) -> int | None:
    fields = cells_by_field(item.cells)
    text = fold_label(fields["name"].text) if "name" in fields else ""
    match = re.match(r"(?:指标)?(\d{1,2})[:：.、]", text)
    return int(match.group(1)) if match and clean_name(text)[0] != text else None
