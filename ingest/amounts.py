"""Amounts of projects that stand elsewhere (项目金额): in the list of tasks, another table, a sentence."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rapidfuzz import fuzz, process

from ingest.cleaning import join_lines
from ingest.document import Document, Grid, Row
from ingest.draft import DraftTarget
from ingest.form_fields import parse_amount
from ingest.form_targets import row_amount
from ingest.forms import Form, IndicatorRow
from ingest.labels import HeadingLabel, money_unit_of_line, read_heading
from ingest.level_labels import find_level_labels
from ingest.merge import differs_in_filler
from ontology.model import TargetScope
from ontology.turtle import fold_label

SAME_PROJECT = 0.8
"""How alike a task's name must be to a project's to be the same."""

_NUMBER = re.compile(r"^-?[\d,，]+(?:\.\d+)?$")
_LONGEST_NAME = 120
_WORD = 6
_TELLING_NAME = 6
"""A name of so many characters stands in a sentence by no accident."""
_SENTENCE_AMOUNT = re.compile(r"(?P<number>\d[\d,]*(?:\.\d+)?)(?P<unit>万元|亿元|元)")
_OBJECTIVE_AMOUNT = re.compile(
    r"(?:支付|项目|预算|资金|下达)(?:金额|总额|资金|经费)(?:为|共|共计)?"
    r"(?P<number>\d[\d,]*(?:\.\d+)?)(?P<unit>万元|亿元|元)"
)
_FILLER = re.compile(r"(?:项目)?(?:经费|资金|预算|支出)?(?:安排|为|共|共计|预算)?[:：]?$")
"""What may stand between a project's name and its amount."""
_LEAST_YUAN = 1000
"""A smaller number of yuan is a rate (210元/人), not what a project costs."""
_YUAN = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(10**8)}


@dataclass(frozen=True, slots=True)
class NamedAmount:
    """An amount that the document states for something it names."""

    name: str
    amount: Decimal


def fill_budgets(targets: Sequence[DraftTarget], document: Document, forms: Sequence[Form]) -> None:
    """Give each target without an amount the one that the document states for it elsewhere."""
    _fill_from_same_number(targets, document)
    missing = [t for t in targets if t.budget is None and t.project and t.scope != TargetScope.DEPARTMENT]
    if not missing:
        return
    stated = [*_task_amounts(forms), *_table_amounts(document)]
    names = {index: fold_label(item.name) for index, item in enumerate(stated)}
    prose = ProseAmounts(document)
    for accept in (str.__eq__, differs_in_filler):
        for target in missing:
            if target.budget is None:
                found = _find_name(fold_label(target.project or ""), names, accept)
                target.budget = stated[found].amount if found is not None else None
    for target in missing:
        if target.budget is None:
            target.budget = prose.find(fold_label(target.project or ""), fold_label(target.objective or ""))


def _fill_from_same_number(targets: Sequence[DraftTarget], document: Document) -> None:
    """An amount printed without a unit (210) is the one that the document also prints with it (210万元)."""
    bare = {
        target.line: number
        for target in targets
        if target.budget is None
        for source in target.sources
        if source.field == "budget" and _NUMBER.match(number := fold_label(source.printed).replace(",", ""))
    }
    if not bare:
        return
    text = "\n".join(fold_label(row.text) for row in document.rows())
    for target in targets:
        if target.budget is None and target.line in bare:
            target.budget = _same_number(Decimal(bare[target.line]), text)


def _same_number(number: Decimal, text: str) -> Decimal | None:
    """The amount in yuan of a number that a text prints with one unit only; None if with none, or several."""
    plain = f"{number.normalize():f}"
    printed = rf"(?<![\d.]){re.escape(plain)}(?:{'' if '.' in plain else '[.]'}0+)?"
    units = set(re.findall(rf"{printed}(万元|亿元|元)", text))
    unit = units.pop() if len(units) == 1 else None
    if unit is None or (unit == "元" and number < _LEAST_YUAN):
        return None
    return number * _YUAN[unit]


def _find_name(name: str, names: dict[int, str], accept: Callable[[str, str], bool]) -> int | None:
    """Take the most alike of the names that are left and that may be of the same project."""
    alike = process.extract(name, names, scorer=fuzz.ratio, score_cutoff=100 * SAME_PROJECT, limit=None)
    found = next((index for other, _, index in alike if accept(name, other)), None)
    if found is not None:
        del names[found]
    return found


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


def _amount(item: IndicatorRow, form: Form) -> Decimal | None:
    column = next((c for c in form.columns.columns if c.field == "budget"), None) if form.columns else None
    for aligned in item.cells:
        if (
            aligned.column
            and aligned.column.field == "budget"
            and _NUMBER.match(fold_label(aligned.cell.text))
        ):
            return parse_amount(aligned.cell.text, aligned.column.money_unit or form.money_unit)
    return row_amount(item, (column.money_unit if column else None) or form.money_unit)


def _shift_amounts(rows: Sequence[tuple[IndicatorRow, Decimal | None]]) -> list[Decimal | None]:
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


def _table_amounts(document: Document) -> Iterator[NamedAmount]:
    """Rows of tables with a column of projects and one of amounts (项目支出预算表)."""
    money: Decimal | None = None
    for block in document.blocks:
        if not isinstance(block, Grid):
            money = money_unit_of_line(block.text) or money
            continue
        header = next((i for i, row in enumerate(block.rows[:6]) if _heads_amounts(row)), None)
        if header is not None:
            columns = _amount_columns(block.rows[header])
            unit = columns["amount"][1].money_unit or money
            for row in block.rows[header + 1 :]:
                yield from _row_amounts(row, columns["name"][0], columns["amount"][0], unit)
        money = next((m for row in block.rows if (m := money_unit_of_line(row.text))), money)


def _amount_columns(row: Row) -> dict[str, tuple[int, HeadingLabel]]:
    """Which columns of a header hold projects and their amounts (金额, 合计)."""
    found: dict[str, tuple[int, HeadingLabel]] = {}
    for cell in row.filled:
        heading = read_heading(cell.text)
        if heading is None:
            continue
        ids = {item.id for item in heading.headings}
        if "project" in ids:
            found.setdefault("name", (cell.column, heading))
        elif ids & {"budget", "total"}:
            found.setdefault("amount", (cell.column, heading))
        elif ids & {"name", "indicators"}:
            return {}
    return found


def _heads_amounts(row: Row) -> bool:
    return {"name", "amount"} <= set(_amount_columns(row))


def _row_amounts(row: Row, name: int, amount: int, money: Decimal | None) -> Iterator[NamedAmount]:
    cells = {cell.column: cell.text for cell in row.filled}
    if name in cells and amount in cells and _NUMBER.match(fold_label(cells[amount])):
        value = parse_amount(cells[amount], money)
        if value is not None:
            yield NamedAmount(join_lines(cells[name]), value)


# ---- sentences -------------------------------------------------------------------------------------------


class ProseAmounts:
    """Amounts in the sentences of a document, by what is written before them and beside them."""

    def __init__(self, document: Document) -> None:
        self._by_tail: dict[str, list[tuple[str, Decimal]]] = {}
        self._by_words: dict[str, set[tuple[str, Decimal]]] = {}
        for row in document.rows():
            if row.table is not None:
                continue
            text = fold_label(row.text)
            for sentence in text.split("。"):
                amounts = {_yuan(match) for match in _SENTENCE_AMOUNT.finditer(sentence)}
                if len(amounts) == 1 and not find_level_labels(sentence):
                    said = (sentence, amounts.pop())
                    for start in range(len(sentence) - _WORD):
                        self._by_words.setdefault(sentence[start : start + _WORD], set()).add(said)
            for match in _SENTENCE_AMOUNT.finditer(text):
                before = _FILLER.sub("", text[max(0, match.start() - _LONGEST_NAME) : match.start()])
                self._by_tail.setdefault(before[-2:], []).append((before, _yuan(match)))

    def find(self, name: str, objective: str) -> Decimal | None:
        """The one amount right behind a project's name (…修复项目62.00万元), or that its objective states."""
        found = {
            yuan
            for before, yuan in self._by_tail.get(_FILLER.sub("", name)[-2:], ())
            if before.endswith(_FILLER.sub("", name))
        }
        found = found or {_yuan(match) for match in _OBJECTIVE_AMOUNT.finditer(objective)}
        if not found and len(name) >= _TELLING_NAME:
            near = self._by_words.get(name[:_WORD], ())
            found = {yuan for sentence, yuan in near if name in sentence}
        return found.pop() if len(found) == 1 else None


def _yuan(match: re.Match[str]) -> Decimal:
    return Decimal(match["number"].replace(",", "")) * _YUAN[match["unit"]]
