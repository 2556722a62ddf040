"""Entries of a form (栏目): the project, its unit, its funds, its objective, found by their labels."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import dropwhile, pairwise

from ingest.cleaning import join_lines
from ingest.document import Cell, Row
from ingest.labels import YUAN, HeadingLabel, read_class_label, read_heading, split_labelled
from ontology.turtle import fold_label

_MONEY = r"千元|百万元|万元?|亿元?|元"
_AMOUNT = re.compile(
    r"(?:[^\d\-]{0,12}20\d\d年度?)?[^\d\-]{0,20}"
    rf"(?P<number>-?(?:\d{{1,4}}(?:,\d{{3,4}})+|\d+)(?:\.\d+)?)\s*(?P<unit>{_MONEY})?"
    rf"\s*(?:\((?:单位:?)?(?P<inside>{_MONEY})\))?(?:整|左右)?"
    r"\s*(?:\([^()]*\))?[,;。.、]?\s*(?:(?:其中|含|包括|实际|执行).*)?"
)
"""One amount with labels before it, its unit behind it, and what it is made of."""
_OTHER_MONEY = re.compile(r"[$€£]|[美日欧港澳加韩]元|港币|英镑|外币|USD|上年|决算|结余")
"""Words of amounts that are not in yuan, or not what is planned."""
_NUMBER = re.compile(r"^-?[\d,，]+(?:\.\d+)?$")
_UNIT_YUAN = {**YUAN, "万": YUAN["万元"], "亿": YUAN["亿元"]}


@dataclass(frozen=True, slots=True)
class FieldEntry:
    """One entry read: what it is, what it says, the label's money unit, and where it stands.

    `rest` are the parts of its text that stand in cells below.
    """

    field: str
    text: str
    cell: Cell
    row: Row
    label: str
    money_unit: Decimal | None = None
    rest: tuple["FieldEntry", ...] = ()


@dataclass(frozen=True, slots=True)
class PendingLabel:
    """A label whose text stands in the row below."""

    field: str
    label: str
    column: int
    money_unit: Decimal | None


def label_of(cell: Cell) -> HeadingLabel | None:
    """The label that a cell is, as an entry of the form; None where it is text."""
    label = read_heading(cell.text)
    return label if label and (label.field(column=False) or label.field(column=True)) else None


def entry_field(label: HeadingLabel) -> str:
    """The field of a label in a form; a column's heading counts as an aside there."""
    return label.field(column=False) or "aside"


def is_field_row(row: Row) -> bool:
    """Whether a row holds entries of the form: it begins with a label, or with “label：text”."""
    filled = row.filled
    if not filled:
        return False
    first = filled[0]
    label = read_heading(first.text)
    if label and label.field(column=False):
        return not any(
            read_class_label(cell.text) and fold_label(cell.text).endswith("指标") for cell in filled
        )
    labelled = split_labelled(first.text)
    if labelled and labelled[0].field(column=False):
        return True
    if first.text.strip().endswith(("：", ":")) and any(label_of(cell) for cell in filled[1:]):
        return True
    return label is None and any(_states_budget(a, b) for a, b in pairwise(filled[1:]))


def _states_budget(cell: Cell, following: Cell) -> bool:
    """Whether a label of the budget stands beside its amount, behind a label that nobody knows."""
    label = read_heading(cell.text)
    of_budget = label is not None and label.listed and label.field(column=False) == "budget"
    return of_budget and bool(_NUMBER.match(following.text.strip()))


def read_field_row(row: Row, pending: Sequence[PendingLabel]) -> tuple[list[FieldEntry], list[PendingLabel]]:
    """Given a row of the form and the labels that wait for text, return its entries and who waits now."""
    filled = row.filled
    if pending and not any(label_of(cell) or split_labelled(cell.text) for cell in filled):
        # The goals under 中期目标 | 年度目标 may stand one a line: the other waits for the next line.
        goals = _goals(pending) if len(filled) == 1 else []
        return _fill_pending(row, goals[:1] or pending), goals[1:]
    entries: list[FieldEntry] = []
    waiting: list[PendingLabel] = []
    current: PendingLabel | None = None
    if len(pending) == 1 and not (label_of(filled[0]) or split_labelled(filled[0].text)):
        current = pending[0]
    for cell in filled:
        labelled = None if label_of(cell) else split_labelled(cell.text)
        if labelled and labelled[0].field(column=False) and labelled[1]:
            # 填报单位：单位负责人：陆某 — the first was left blank.
            labelled = split_labelled(labelled[1]) or labelled
            entries.append(_entry(labelled[0], labelled[1], cell, row))
            current = None
            continue
        label = label_of(cell) or (labelled[0] if labelled else None)
        if label:
            if current:
                waiting.append(current)
            money = label.money_unit or (current.money_unit if current else None)
            current = PendingLabel(entry_field(label), fold_label(cell.text), cell.column, money)
        elif current:
            meant = _meant_amount(current, pending, filled) or cell
            entries.append(
                FieldEntry(current.field, meant.text.strip(), meant, row, current.label, current.money_unit)
            )
            current = None
    if current:
        waiting.append(current)
    return entries, (waiting if current else [])


def _goals(pending: Sequence[PendingLabel]) -> list[PendingLabel]:
    """The labels of goals that wait for their texts, where nothing else waits; the last of each kind."""
    if not {label.field for label in pending} <= {"objective", "long_term_objective"}:
        return []
    return [p for i, p in enumerate(pending) if p.field not in [o.field for o in pending[i + 1 :]]]


def _meant_amount(label: PendingLabel, above: Sequence[PendingLabel], cells: Sequence[Cell]) -> Cell | None:
    """Under the headings 年初预算数 | 全年预算数 | 全年执行数 the amount of the year is meant."""
    if label.field != "budget":
        return None
    funds = [heading for heading in above if heading.field in ("budget", "execution")]
    amounts = list(dropwhile(lambda heading: "预算数" not in heading.label, funds))
    place = next((i for i, heading in enumerate(amounts) if heading.label.startswith("全年预算数")), None)
    numbers = [cell for cell in cells if _NUMBER.match(cell.text.strip())]
    if place is None or not numbers:
        return None
    if amounts[0].column <= cells[0].column:
        # The headings moved to the left, where the label beside them was lost: they are counted off.
        return numbers[place] if place < len(numbers) else None
    return next((cell for cell in numbers if cell.column == amounts[place].column), None)


def _entry(label: HeadingLabel, text: str, cell: Cell, row: Row) -> FieldEntry:
    return FieldEntry(entry_field(label), text, cell, row, label.headings[0].label, label.money_unit)


def _fill_pending(row: Row, pending: Sequence[PendingLabel]) -> list[FieldEntry]:
    """Texts below labels: by column where the columns agree, else the last labels in their order."""
    texts = row.filled
    # 总体目标 stands above 中期目标 | 年度目标: of two labels of a kind the last one has the text.
    pending = [p for i, p in enumerate(pending) if p.field not in [other.field for other in pending[i + 1 :]]]
    by_column = {label.column: label for label in pending}
    if all(cell.column in by_column for cell in texts):
        pairs = [(by_column[cell.column], cell) for cell in texts]
    else:
        chosen = list(pending)[-len(texts) :] if len(texts) <= len(pending) else list(pending)
        pairs = list(zip(chosen, texts, strict=False))
    return [FieldEntry(p.field, cell.text.strip(), cell, row, p.label, p.money_unit) for p, cell in pairs]


def printed_unit(text: str) -> Decimal | None:
    """The unit of money printed behind an amount; None where there is none."""
    match = _match_amount(text)
    return _UNIT_YUAN.get(match["inside"] or match["unit"] or "") if match else None


def parse_amount(text: str, money_unit: Decimal | None) -> Decimal | None:
    """An amount in yuan: the unit printed with it, else the unit that its label or table states.

    None where the text is anything but one amount (50-60万元, 一期50万元，二期30万元), or where no unit is
    known anywhere.

    >>> [f"{parse_amount(text, Decimal(10_000)):f}" for text in ("2023年安排120", "1,080.5", "8元")]
    ['1200000', '10805000', '8']
    """
    match = _match_amount(text)
    unit = (printed_unit(text) or money_unit) if match else None
    if match is None or unit is None:
        return None
    number = Decimal(match["number"].replace(",", ""))
    return (number * unit).normalize() if number else Decimal(0)


def _match_amount(text: str) -> re.Match[str] | None:
    folded = unicodedata.normalize("NFKC", join_lines(text))
    if _OTHER_MONEY.search(folded):
        return None
    first = _AMOUNT.match(folded)
    # 52.6万元 with another cell's text run on to it, which says 52.6万元 again.
    again = first is not None and first["unit"] and first.end("unit") <= 12 and folded.count(first[0]) > 1
    return first if again else _AMOUNT.fullmatch(folded)
