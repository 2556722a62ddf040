"""A form that holds one target becomes that target (一表一目标)."""

import re
from dataclasses import replace
from decimal import Decimal

from ingest.cleaning import is_placeholder, join_lines
from ingest.document import Cell, Row
from ingest.draft import DraftTarget
from ingest.form_fields import FieldEntry, parse_amount, printed_unit
from ingest.forms import Form, IndicatorRow
from ingest.indicator_rows import fill_merged_basis, read_indicator_rows
from ingest.ledger import Ledger
from ingest.printed_rows import cell_source
from ingest.project_names import clean_project, project_of_title
from ingest.units import clean_unit
from ontology.model import Source, TargetScope
from ontology.turtle import fold_label

_TRANSFER_LABEL = re.compile(r"转移支付|转移\(|(?:中央|地方)主管部门|补助区域")
_POINTS = re.compile(r"[（(]?\d{1,3}分[）)]?")
_SEVERAL_YEARS = re.compile(r"20\d\d年?[-—–~至]+20\d\d")


def form_to_target(form: Form, ledger: Ledger) -> DraftTarget:
    """Given a form, return its target and account for its indicator rows.

    The target may hold nothing; the caller decides what to do with it.
    """
    target = DraftTarget(scope=form_scope(form), project=form_project(form))
    _read_entries(form, target)
    read_indicator_rows(form.rows, target, ledger, in_columns=form.in_columns)
    target.indicators = fill_merged_basis(target.indicators)
    target.line = form.fates[0][0].line if form.fates else 0
    return target


def form_scope(form: Form) -> TargetScope:
    """What the form's target covers: by its title, else by whether it names a project."""
    if form.scope is not None:
        if form.scope == TargetScope.DEPARTMENT and form.entry("project") and not form.tasks:
            return TargetScope.PROJECT
        return form.scope
    if any(_TRANSFER_LABEL.search(label) for label in form.labels):
        return TargetScope.TRANSFER
    if form.entry("project"):
        return TargetScope.PROJECT
    whole = form.tasks or any("整体" in label or label.startswith("部门名称") for label in form.labels)
    return (
        TargetScope.DEPARTMENT
        if whole and project_of_title(form.title or "") is None
        else TargetScope.PROJECT
    )


def form_project(form: Form) -> str | None:
    """The project's name: its entry, else the name in the title (…经费绩效目标表)."""
    entry = form.entry("project")
    if entry:
        return clean_project(entry.text)
    if form.scope == TargetScope.DEPARTMENT or form.title is None:
        return None
    return project_of_title(form.title)


def _read_entries(form: Form, target: DraftTarget) -> None:
    objective = _objective(form, "objective")
    long_term = _objective(form, "long_term_objective")
    if objective:
        target.objective = objective[0]
        target.sources.extend(objective[1])
    if long_term:
        target.long_term_objective = long_term[0]
        target.sources.extend(long_term[1])
        if not any(entry.field == "objective" for entry in form.entries):
            # A form that has no other goal than 中长期目标 states that one.
            target.objective = long_term[0]
            target.sources.extend(replace(source, field="objective") for source in long_term[1])
    unit, implementing, project = map(form.entry, ("unit", "implementing_unit", "project"))
    target.unit = clean_unit(unit.text) if unit else None
    target.implementing_unit = clean_unit(implementing.text) if implementing else None
    if project:
        target.sources.extend(entry_sources(project))
        target.add_table(project.row.table)
    if unit and target.unit:
        target.sources.extend(entry_sources(unit))
    budget = _form_budget(form)
    if budget:
        target.budget, cell, row = budget
        target.sources.append(cell_source("budget", cell, row))
        target.add_table(row.table)
    elif entry := form.entry("budget"):
        target.sources.extend(entry_sources(entry))


def _objective(form: Form, field_name: str) -> tuple[str, list[Source]] | None:
    """The text of the objective, put together where its label is printed again, and its places."""
    parts = [
        e
        for e in form.entries
        if e.field == field_name and e.text and not (is_placeholder(e.text) or _POINTS.fullmatch(e.text))
    ]
    if field_name == "objective":
        parts = [e for e in parts if not _SEVERAL_YEARS.search(e.label)]
        parts = [e for e in parts if "年度" in e.label or "当年" in e.label] or parts
    said: list[FieldEntry] = []
    for entry in parts:
        again = any(fold_label(entry.text) in fold_label(other.text) for other in said)
        goes_on = form.in_columns and entry.label == parts[0].label
        if not said or (goes_on and not again):
            said.append(entry)
    if not said:
        return None
    return join_lines("\n".join(e.text for e in said)), [s for e in said for s in entry_sources(e)]


def entry_sources(entry: FieldEntry) -> list[Source]:
    """Where an entry of the form stands: its cell, and those on which its text goes on."""
    own = entry.text[: len(entry.text) - sum(len(part.text) for part in entry.rest)]
    first = replace(cell_source(entry.field, entry.cell, entry.row), printed=own)
    return [first, *(source for part in entry.rest for source in entry_sources(part))]


def _form_budget(form: Form) -> tuple[Decimal, Cell, Row] | None:
    """The first amount but nought that the form states, that of the year before others, and where."""
    entries = [e for e in form.entries if e.field == "budget"]
    annual = [e for e in entries if re.search("当年|年度|本年|全年", e.label)]
    beside = _unit_of_parts(form)
    for entry in [*annual, *entries]:
        amount = parse_amount(entry.text, entry.money_unit or form.money_unit or beside)
        if amount:
            return amount, entry.cell, entry.row
    for item in form.tasks:
        if re.match(r"(?:金额)?(?:合计|总计|小计)", fold_label(item.row.text)):
            total = row_amount(item, form.money_unit)
            if total and total[0]:
                return *total, item.row
    return None


def _unit_of_parts(form: Form) -> Decimal | None:
    """The unit that the parts of the budget are printed with (其中：中央补助 46.5万元), where all agree."""
    parts = (e.text for e in form.entries if e.field in ("budget_part", "execution"))
    units = {unit for text in parts if (unit := printed_unit(text)) is not None}
    return units.pop() if len(units) == 1 else None


def row_amount(item: IndicatorRow, money_unit: Decimal | None) -> tuple[Decimal, Cell] | None:
    """The first amount of a row in yuan, and the cell that prints it."""
    budgets = [a for a in item.cells if a.column and a.column.field == "budget"]
    numbers = [a for a in item.cells if re.fullmatch(r"-?[\d,，]+(?:\.\d+)?", fold_label(a.cell.text))]
    for aligned in (*budgets, *numbers[:1]):
        unit = aligned.column.money_unit if aligned.column and aligned in budgets else None
        amount = parse_amount(aligned.cell.text, unit or money_unit)
        if amount is not None:
            return amount, aligned.cell
    return None
