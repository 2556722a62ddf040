"""Labelled entries between two tables of a stream (词块中的栏目)."""

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import zip_longest

from ingest.document import Cell
from ingest.form_fields import FieldEntry, entry_field
from ingest.forms import Form, is_title, scope_of_title
from ingest.fused_funds import split_fused_budget
from ingest.labels import (
    HeadingLabel,
    money_unit_of_line,
    read_heading,
    split_labelled,
)
from ingest.project_names import names_undertaking
from ingest.shared_goals import GOALS, drop_repetition, share_text
from ingest.stream_cuts import TITLE_RUN
from ingest.stream_headers import heading_at
from ingest.stream_tokens import Break, Token, rows_of
from ontology.model import TargetScope
from ontology.turtle import fold_label

_SIDE_LABEL = re.compile(r"(?<=[。；！])\s*(?:绩效)?指标$|\s+绩(?:\s*效)?(?:\s*指)?$")
"""The label beside the table below, which ran together with the goal."""
_LONGEST_NAME = 40
_FUSED_AMOUNTS = re.compile(r"[\d.]{4,}[%％]")


def read_entries(form: Form, tokens: Sequence[Token]) -> None:
    """Read the labelled entries between the table above and this one."""
    reader = _EntryReader(form, tokens)
    at = 0
    while at < len(tokens):
        at += reader.take(at)
    reader.finish()


class _EntryReader:
    """Goes along the tokens: a label opens an entry, what follows it is its text."""

    def __init__(self, form: Form, tokens: Sequence[Token]) -> None:
        self._form = form
        self._tokens = tokens
        self._label: HeadingLabel | None = None
        self._printed = ""
        self._parts: list[Token] = []
        self._waiting: list[tuple[HeadingLabel, str]] = []
        self._money: Decimal | None = None
        self._above_title = (0, 0)

    def take(self, at: int) -> int:
        """Read what begins at a token; returns how many tokens it takes."""
        title = _title_at(self._tokens, at)
        if title:
            return self._take_title(at, *title)
        found = _entry_label(self._tokens, at)
        if found and money_unit_of_line(self._tokens[at].text) is None:
            return self._open(at, *found)
        token = self._tokens[at]
        money = money_unit_of_line(token.text)
        if money is not None:
            self.close()
            self._form.money_unit = money
        elif read_heading(token.text) and len(fold_label(token.text)) >= 3:
            self.close()
        else:
            self._parts.append(token)
        return 1

    def finish(self) -> None:
        """Close the last entry; a project named above the title is meant only where none is named below."""
        self.close()
        below = self._form.entries[self._above_title[0] :]
        if self._form.scope is TargetScope.DEPARTMENT or any(entry.field == "project" for entry in below):
            self.leave_what_stands_above()

    def leave_what_stands_above(self) -> None:
        """What stands above the title belongs to the text before the form."""
        entries, fates = self._above_title
        del self._form.entries[:entries]
        del self._form.fates[:fates]
        self._above_title = (0, 0)

    def close(self) -> None:
        """Keep the entry that is open; goals' headings side by side (中期目标 | 年度目标) share the text."""
        if self._label is not None and self._parts:
            labels = [*self._waiting, (self._label, self._printed)]
            for (label, printed), parts in share_text(labels, self._parts):
                _keep_entry(self._form, entry_field(label), printed, parts, label)
        self._label, self._parts, self._waiting = None, [], []

    def _await_or_close(self, following: HeadingLabel) -> None:
        """A goal's heading right before another's waits for its text; every other entry is closed."""
        before = self._label
        if before is None or self._parts or not {entry_field(before), entry_field(following)} <= GOALS:
            self.close()
        elif entry_field(before) != entry_field(following):
            self._waiting.append((before, self._printed))

    def _take_title(self, at: int, count: int, title: str) -> int:
        self.close()
        form = self._form
        self._above_title = (len(form.entries), len(form.fates))
        if form.entry("project") is None:
            self.leave_what_stands_above()
        form.title, form.scope = title, scope_of_title(title)
        form.fates.append((self._tokens[at].row, "title"))
        return count

    def _open(self, at: int, count: int, printed: str, label: HeadingLabel, rest: Token | None) -> int:
        names_project = self._label is not None and self._label.field(column=False) == "project"
        if names_project and not self._parts:
            _read_wrapped(self._form, self._tokens, at)
        self._await_or_close(label)
        self._label, self._printed = label, printed
        self._form.labels.add(printed)
        self._form.fates.extend((row, "field") for row in rows_of(self._tokens[at : at + count]))
        of_money = label.field(column=False) in ("budget", "budget_part", "aside")
        self._money = label.money_unit or (self._money if of_money else None)
        self._form.money_unit = label.money_unit or self._form.money_unit or self._money
        self._parts = [rest] if rest else []
        return count


def _read_wrapped(form: Form, tokens: Sequence[Token], at: int) -> None:
    """A project's name printed on two lines, above and below the line of its label (the text of a PDF)."""
    lines: list[list[Token]] = []
    for token in tokens:
        if token.gap == Break.LINE or not lines:
            lines.append([])
        lines[-1].append(token)
    own = next(i for i, line in enumerate(lines) if any(token is tokens[at] for token in line))
    if not 0 < own < len(lines) - 1:
        return
    above, below = lines[own - 1], lines[own + 1]
    if len(above) != len(below) or any(read_heading(token.text) for token in (*above, *below)):
        return
    text = above[0].text + below[0].text
    cell = Cell(text, above[0].line, above[0].column)
    form.entries.append(FieldEntry("project", text, cell, above[0].row, "项目名称"))


def _title_at(tokens: Sequence[Token], at: int) -> tuple[int, str] | None:
    """The title of a form at a token, a line of its own or cut out of a run, and how many tokens it takes."""
    token = tokens[at]
    if token.gap == Break.LINE and (token.row.table is None or at == 0) and is_title(token.row):
        count = sum(1 for other in tokens[at:] if other.row is token.row)
        return count, token.row.filled[0].text.strip()
    return (1, token.text) if TITLE_RUN.fullmatch(token.text) else None


def guess_project(form: Form, tokens: Sequence[Token]) -> None:
    """Without labels, the project is what is named like one above the classes, or has an amount behind it."""
    near = [token for token in tokens if token.gap != Break.FUSED][-3:]
    amounts = [other if re.fullmatch(r"[\d,.]+", other.text) else None for other in near[1:]]
    for token, amount in reversed(list(zip_longest(near, amounts))):
        named = re.search(r"[\u4e00-\u9fff]{3}", token.text) and not read_heading(token.text)
        if named and len(token.text) <= _LONGEST_NAME and (amount or names_undertaking(token.text)):
            cell = Cell(token.text, token.line, token.column)
            form.entries.append(FieldEntry("project", token.text, cell, token.row, "项目名称"))
            if amount:
                cell = Cell(amount.text, amount.line, amount.column)
                units = (money_unit_of_line(t.row.text) for t in tokens)
                money = next((unit for unit in units if unit), None)
                form.entries.append(FieldEntry("budget", amount.text, cell, amount.row, "金额", money))
            return


def _entry_label(tokens: Sequence[Token], at: int) -> tuple[int, str, HeadingLabel, Token | None] | None:
    """A label at a token: the token itself, several put together, or “label：text”."""
    found = heading_at(tokens, at)
    if found and found[2].field(column=False):
        return found[0], fold_label(found[1]), found[2], None
    labelled = split_labelled(tokens[at].text)
    if labelled and labelled[0].field(column=False):
        token = tokens[at]
        rest = Token(labelled[1], token.line, token.gap, token.row, token.column) if labelled[1] else None
        return 1, labelled[0].headings[0].label, labelled[0], rest
    return None


def _one_amount(parts: Sequence[Token], form: Form) -> str:
    """The one number meant where several stand in a row: of 年初预算数, 全年预算数, 全年执行数 the second."""
    numbers = [part.text for part in parts if re.fullmatch(r"[\d,，.]+", part.text)]
    if len(numbers) >= 3 and any(label.startswith("全年预算数") for label in form.labels):
        return numbers[1] if any(label.startswith("年初预算") for label in form.labels) else numbers[0]
    return parts[0].text.lstrip("：: ")


def _joined(parts: Sequence[Token]) -> str:
    """The text of an entry: its lines as lines, and nothing between pieces that were only cut apart."""
    between = {Break.FUSED: "", Break.LINE: "\n"}
    text = "".join(between.get(part.gap, " ") + part.text for part in parts)
    return text.lstrip("：: \n")


def _keep_entry(
    form: Form, field: str, label_text: str, parts: Sequence[Token], label: HeadingLabel | None = None
) -> None:
    text = _joined(parts)
    if field in GOALS:
        text = _SIDE_LABEL.sub("", drop_repetition(text))
    first = parts[0]
    if not text:
        return
    if field == "budget" and len(parts) >= 3:
        text = _one_amount(parts, form)
    if field == "budget" and _FUSED_AMOUNTS.match(text):
        text = split_fused_budget(text) or ""
    money = (label.money_unit if label else None) or form.money_unit
    form.fates.extend((row, "field") for row in rows_of(parts))
    if not text:
        return
    form.entries.append(
        FieldEntry(field, text, Cell(text, first.line, first.column), first.row, label_text, money)
    )
