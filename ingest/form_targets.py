"""A form that holds one target becomes that target (一表一目标)."""

import re
from dataclasses import replace
from decimal import Decimal

from ingest.cleaning import is_placeholder, join_lines
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
    if not target.indicators:
        # Of the two blocks side by side only the other is filled in: it is what the form states.
        target.indicators, target.long_term = target.long_term, []
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
    if objective:
        target.objective = objective[0]
        target.sources.extend(objective[1])
    long_term = _objective(form, "long_term_objective")
    if long_term:
        target.long_term_objective = long_term[0]
        if not any(entry.field == "objective" for entry in form.entries):
            # A form that has no other goal than 中长期目标 states that one.
            target.objective = long_term[0]
            target.sources.extend(long_term[1])
    unit = form.entry("unit")
    target.unit = clean_unit(unit.text) if unit else None
    implementing = form.entry("implementing_unit")
    target.implementing_unit = clean_unit(implementing.text) if implementing else None
    target.budget = _form_budget(form)
    for field_name in ("project", "budget"):
        entry = form.entry(field_name)
        if entry:
            target.sources.append(entry_source(entry))
            target.add_table(entry.row.table)


def _objective(form: Form, field_name: str) -> tuple[str, list[Source]] | None:
    """The text of the objective, put together over page breaks."""
    parts = [
        e
        for e in form.entries
        if e.field == field_name and e.text and not (is_placeholder(e.text) or _POINTS.fullmatch(e.text))
    ]
    if field_name == "objective":
        parts = [e for e in parts if not _SEVERAL_YEARS.search(e.label)]
        parts = [e for e in parts if "年度" in e.label or "当年" in e.label] or parts
    if not parts:
        return None
    return join_lines(parts[0].text), [entry_source(parts[0])]


def entry_source(entry: FieldEntry) -> Source:
    """Where an entry of the form stands."""
    return replace(cell_source(entry.field, entry.cell, entry.row), printed=entry.text)


def _form_budget(form: Form) -> Decimal | None:
    entries = [e for e in form.entries if e.field == "budget"]
    annual = [e for e in entries if re.search("当年|年度|本年|全年", e.label)]
    beside = _unit_of_parts(form)
    for entry in [*annual, *entries]:
        amount = parse_amount(entry.text, entry.money_unit or form.money_unit or beside)
        if amount:
            return amount
    totals = [row for row in form.tasks if re.match(r"(?:金额)?(?:合计|总计|小计)", fold_label(row.row.text))]
    for total in totals:
        amount = row_amount(total, form.money_unit)
        if amount:
            return amount
    return None


def _unit_of_parts(form: Form) -> Decimal | None:
    """The unit that the parts of the budget are printed with (其中：中央补助 46.5万元), where all agree."""
    parts = (e.text for e in form.entries if e.field in ("budget_part", "execution"))
    units = {unit for text in parts if (unit := printed_unit(text)) is not None}
    return units.pop() if len(units) == 1 else None


def row_amount(item: IndicatorRow, money_unit: Decimal | None) -> Decimal | None:
    """The first amount of a row, in yuan."""
    for aligned in item.cells:
        if aligned.column and aligned.column.field == "budget":
            amount = parse_amount(aligned.cell.text, aligned.column.money_unit or money_unit)
            if amount is not None:
                return amount
    numbers = [a for a in item.cells if re.fullmatch(r"-?[\d,，]+(?:\.\d+)?", fold_label(a.cell.text))]
    return parse_amount(numbers[0].cell.text, money_unit) if numbers else None


# ---- indicator rows --------------------------------------------------------------------------------
