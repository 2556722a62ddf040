"""Amounts of projects that stand elsewhere (项目金额): in the list of tasks, another table, a sentence."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rapidfuzz import fuzz, process

from ingest.cleaning import join_lines
from ingest.document import Document, Grid, Row
from ingest.document_header import find_fiscal_year
from ingest.draft import DraftTarget
from ingest.form_fields import parse_amount
from ingest.form_targets import row_amount
from ingest.forms import Form, IndicatorRow
from ingest.labels import HeadingLabel, money_unit_of_line, read_heading
from ingest.merge import may_be_same_name
from ingest.printed_rows import cell_source
from ingest.prose_amounts import NOT_PLANNED, YEAR, ProseAmounts, StatedAmount, stated_in_objective
from ontology.model import TargetScope
from ontology.turtle import fold_label

SAME_PROJECT = 0.8
"""How alike a task's name must be to a project's to be the same."""

_NUMBER = re.compile(r"^-?[\d,，]+(?:\.\d+)?$")
_LONG_NAME = 16
"""A name of so many characters is known where a part of it was cut off."""
_TELLING = re.compile(r"[\d一二三四五六七八九十甲乙丙丁()（）ⅠⅡⅢa-z]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NamedAmount:
    """An amount that the document states for something it names."""

    name: str
    amount: StatedAmount


def fill_budgets(targets: Sequence[DraftTarget], document: Document, forms: Sequence[Form]) -> None:
    """Give each target without an amount the one stated for it elsewhere, with its place."""
    year = find_fiscal_year(document)
    prose = ProseAmounts(document, targets, year)
    _fill_bare_numbers(targets, prose)
    missing = [t for t in targets if t.budget is None and t.project and t.scope != TargetScope.DEPARTMENT]
    if not missing:
        return
    stated = [*_task_amounts(forms), *_table_amounts(document, year)]
    names = {index: fold_label(item.name) for index, item in enumerate(stated)}
    for accept in (str.__eq__, may_be_same_name, _is_cut_short):
        for target in missing:
            if target.budget is None:
                found = _find_name(fold_label(target.project or ""), names, accept)
                _give(target, stated[found].amount if found is not None else None)
    for target in missing:
        if target.budget is None:
            _give(target, prose.of_project(target.project) or stated_in_objective(target))


def _give(target: DraftTarget, amount: StatedAmount | None) -> None:
    if amount is not None:
        target.budget = amount.yuan
        target.sources.append(amount.source)


def _fill_bare_numbers(targets: Sequence[DraftTarget], prose: ProseAmounts) -> None:
    """A number without a unit (210) has the one stated above, or printed with it elsewhere (210万元)."""
    for target in targets:
        bare = (s for s in target.sources if s.field == "budget" and _NUMBER.match(s.printed.strip()))
        source = next(bare, None) if target.budget is None else None
        if source is None:
            continue
        unit = prose.unit_above(source.line or 0)
        number = Decimal(re.sub("[,，]", "", source.printed.strip()))
        if unit is not None:
            target.budget = number * unit
        else:
            _give(target, prose.of_number(number))


def _find_name(name: str, names: dict[int, str], accept: Callable[[str, str], bool]) -> int | None:
    """Take the most alike of the names that are left and that may be of the same project."""
    alike = process.extract(name, names, scorer=fuzz.ratio, score_cutoff=100 * SAME_PROJECT, limit=None)
    found = next((index for other, _, index in alike if accept(name, other)), None)
    if found is not None:
        del names[found]
    return found


def _is_cut_short(name: str, other: str) -> bool:
    """Whether a long name begins or ends the other, which has no number, order or brackets more."""
    less, more = sorted((name, other), key=len)
    if len(less) < _LONG_NAME or len(less) == len(more):
        return False
    rest = more.removeprefix(less) if more.startswith(less) else more.removesuffix(less)
    return rest != more and not _TELLING.search(rest)


# ---- the list of tasks ---------------------------------------------------------------------------------


def _task_amounts(forms: Sequence[Form]) -> Iterator[NamedAmount]:
    for form in forms:
        names = [(item, _task_name(item)) for item in form.tasks]
        amounts = _shift_amounts([(item, _amount(item, form)) for item, _ in names])
        for (_, name), amount in zip(names, amounts, strict=True):
            if name and amount is not None:
                yield NamedAmount(name, amount)


def _task_name(item: IndicatorRow) -> str | None:
    for aligned in item.cells:
        if aligned.column and aligned.column.field == "task":
            return join_lines(aligned.cell.text)
    return None


def _amount(item: IndicatorRow, form: Form) -> StatedAmount | None:
    column = next((c for c in form.columns.columns if c.field == "budget"), None) if form.columns else None
    found = row_amount(item, (column.money_unit if column else None) or form.money_unit)
    return StatedAmount(found[0], cell_source("budget", found[1], item.row)) if found else None


def _shift_amounts(
    rows: Sequence[tuple[IndicatorRow, StatedAmount | None]],
) -> list[StatedAmount | None]:
    """Amounts that slipped one row down are moved up.

    The first task's row prints the headings of the amounts (总额 | 财政拨款) where its amounts should
    be; then each task's amount stands with the next, and the last alone.
    """
    amounts = [amount for _, amount in rows]
    for start, (item, amount) in enumerate(rows):
        if amount is not None or not any(_is_amount_heading(cell.text) for cell in item.row.filled):
            continue
        for end in range(start + 1, len(rows)):
            alone = all(_NUMBER.match(fold_label(cell.text)) for cell in rows[end][0].row.filled)
            if alone and amounts[end] is not None:
                amounts[start : end + 1] = [*amounts[start + 1 : end + 1], None]
                break
            if amounts[end] is None:
                break
    return amounts


def _is_amount_heading(text: str) -> bool:
    heading = read_heading(text)
    return heading is not None and heading.field(column=True) in ("budget", "budget_part")


# ---- other tables ----------------------------------------------------------------------------------------


def _table_amounts(document: Document, year: int | None) -> Iterator[NamedAmount]:
    """Rows of tables with a column of projects and one of the year's amounts (项目支出预算表)."""
    money: Decimal | None = None
    title = ""
    for block in document.blocks:
        if not isinstance(block, Grid):
            money = money_unit_of_line(block.text) or money
            title = block.text if re.search("表$", block.text.strip()) else title
            continue
        header = next((i for i, row in enumerate(block.rows[:6]) if _heads_amounts(row, year)), None)
        if header is not None and _is_of_year(title, year):
            columns = _amount_columns(block.rows[header], year)
            unit = columns["amount"][1].money_unit or money
            for row in block.rows[header + 1 :]:
                yield from _row_amounts(row, columns["name"][0], columns["amount"][0], unit)
        money = next((m for row in block.rows if (m := money_unit_of_line(row.text))), money)
        title = ""


def _is_of_year(heading: str, year: int | None) -> bool:
    """Whether a heading names no other year, and no amount that is not planned (决算数)."""
    years = YEAR.findall(heading)
    other = year is not None and bool(years) and str(year) not in years
    return not other and not NOT_PLANNED.search(heading)


def _amount_columns(row: Row, year: int | None) -> dict[str, tuple[int, HeadingLabel]]:
    """Which columns of a header hold projects and their amounts of the year (金额, 合计)."""
    found: dict[str, tuple[int, HeadingLabel]] = {}
    for cell in row.filled:
        heading = read_heading(cell.text)
        if heading is None:
            continue
        ids = {item.id for item in heading.headings}
        if "project" in ids:
            found.setdefault("name", (cell.column, heading))
        elif ids & {"budget", "total"}:
            if _is_of_year(cell.text, year):
                found.setdefault("amount", (cell.column, heading))
        elif ids & {"name", "indicators"}:
            return {}
    return found


def _heads_amounts(row: Row, year: int | None) -> bool:
    return {"name", "amount"} <= set(_amount_columns(row, year))


def _row_amounts(row: Row, name: int, amount: int, money: Decimal | None) -> Iterator[NamedAmount]:
    cells = {cell.column: cell for cell in row.filled}
    if name in cells and amount in cells and _NUMBER.match(fold_label(cells[amount].text)):
        value = parse_amount(cells[amount].text, money)
        if value is not None:
            stated = StatedAmount(value, cell_source("budget", cells[amount], row))
            yield NamedAmount(join_lines(cells[name].text), stated)
