"""The rows of a section become forms (逐行读表): title, entries, columns, indicator rows, in their order.

A small state machine goes down the rows. What a row is, is told by its labels; a header repeated
behind a page break goes on with the same form.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from ingest.align import align_cells, align_row
from ingest.cleaning import is_page_number
from ingest.columns import Columns
from ingest.document import Row
from ingest.form_fields import FieldEntry, PendingLabel, is_field_row, read_field_row
from ingest.form_rows import (
    ABOVE_PROJECT,
    FORM_HEAD,
    continues_numbering,
    ends_table,
    is_class_row,
    is_remark,
    is_task_header,
    names_project_next,
    prints_entries_next,
    states_classed_row,
)
from ingest.forms import Form, IndicatorRow, is_title, scope_of_title
from ingest.header_rows import is_column_number_row, is_header_row, is_sub_header_row
from ingest.labels import money_unit_of_line, read_heading, split_labelled
from ingest.read_columns import read_columns
from ingest.units import clean_unit
from ontology.model import TargetScope
from ontology.turtle import fold_label

_TOTAL = re.compile(
    r"^(?:合计|总计|总分|小计|自评总分|总得分|金额合计|合计得分|得分合计|总分值)(?:[（(].*[）)])?[:：]?$"
)

_SIGNATURE = re.compile(r"[（(](?:盖章|签章|公章|签字)[）)]\s*(?:年|$)|(?:^|\s)年\s*月\s*日\s*$")


class FormReader:
    """Goes down the rows of a section and collects forms."""

    def __init__(self) -> None:
        self.forms: list[Form] = []
        self._form = Form()
        self._mode = "outside"
        self._pending: list[PendingLabel] = []
        self._header: list[Row] = []
        self._page_break = False
        self._money: Decimal | None = None
        self._scope: TargetScope | None = None
        self._following: Sequence[Row] = ()
        self._columns_before: Columns | None = None

    def read(self, rows: Iterable[Row]) -> list[Form]:
        """Given all rows of a section, return its forms; every row is in one form's `fates`."""
        rows = list(rows)
        for index, row in enumerate(rows):
            self._following = [
                other for other in rows[index + 1 : index + 1 + FORM_HEAD] if not other.is_blank
            ]
            if not row.is_blank:
                self._feed(row)
            else:
                self._form.fates.append((row, "continuation"))
        self._close()
        return self.forms

    def _close(self) -> None:
        if self._form.fates:
            self.forms.append(self._form)

    def _begin(self, title: str | None = None) -> None:
        before = self._form
        if not before.is_empty:
            self._close()
            units = [e for e in (before.unit_before, *before.entries) if e and e.field == "unit"]
            self._form = Form(
                title=before.title, scope=before.scope, unit_before=units[-1] if units else None
            )
        if title:
            self._form.title, self._form.scope = title, scope_of_title(title)
        self._form.money_unit = self._money
        self._mode, self._pending, self._header = "outside", [], []

    def _feed(self, row: Row) -> None:
        if row.gap_before:
            self._page_break = True
        for kind in (
            self._as_header,
            self._as_title,
            self._as_context,
            self._as_total,
            self._as_field,
            self._as_data,
        ):
            fate = kind(row)
            if fate:
                self._form.fates.append((row, fate))
                return
        inside = row.table is not None and self._mode == "indicators"
        self._form.fates.append((row, "unread" if inside else "other" if row.table is not None else "note"))

    # ---- kinds of rows, each returns the row's fate or None ----------------------------------------

    def _as_title(self, row: Row) -> str | None:
        if not is_title(row):
            return None
        title = row.filled[0].text.strip()
        if (
            self._form.title
            and fold_label(title) == fold_label(self._form.title)
            and self._mode == "indicators"
            and not prints_entries_next(self._following)
        ):
            self._page_break = True
            return "title"
        if row.table is not None and self._form.entry("project") and not self._form.rows:
            return "title"
        if (
            self._form.rows
            or self._form.tasks
            or self._form.columns
            or self._form.entry("project", "objective")
        ):
            self._begin(title)
        else:
            self._form.title, self._form.scope = title, scope_of_title(title) or self._form.scope
        return "title"

    def _as_context(self, row: Row) -> str | None:
        """Lines beside the form: 单位：万元, （2023年度）, numbers of columns, remarks."""
        text = row.text
        if is_page_number(text):
            self._page_break = True
            return "note"
        if len(row.filled) <= 2 and len(text) <= 60:
            money = money_unit_of_line(text)
            if money is not None:
                self._money = self._form.money_unit = money
                labelled = split_labelled(row.filled[0].text)
                if labelled and labelled[0].field(column=False) == "unit" and clean_unit(labelled[1]):
                    if self._form.rows and names_project_next(self._following):
                        self._begin()
                    self._form.entries.extend(read_field_row(row.with_cells(row.filled[:1]), [])[0])
                return "note"
        if _SIGNATURE.search(text) and not is_class_row(row):
            self._mode = "outside" if self._form.rows else self._mode
            return "note"
        if is_remark(text):
            self._mode = "outside" if self._form.rows else self._mode
            return "note"
        if is_column_number_row(row):
            return "heading"
        return None

    def _as_header(self, row: Row) -> str | None:
        if (
            self._header
            and self._header[-1].line < row.line
            and len(self._header) < 3
            and not self._rows_since_header()
        ):
            columns = read_columns(self._header)
            if is_sub_header_row(row, columns) and not is_class_row(row):
                self._header.append(row)
                self._set_columns(read_columns(self._header))
                return "heading"
        if is_task_header(row):
            self._mode, self._header, self._pending = "tasks", [row], []
            self._form.columns = read_columns([row])
            return "heading"
        if not is_header_row(row):
            return None
        self._header, self._pending = [row], []
        self._set_columns(read_columns([row]))
        return "heading"

    def _rows_since_header(self) -> bool:
        last = self._header[-1].line
        return any(item.row.line > last for item in (self._form.rows or self._form.tasks)[-1:])

    def _set_columns(self, columns: Columns) -> None:
        if self._form.rows and self._form.columns:
            self._page_break = True
        self._form.columns = self._columns_before = columns
        self._mode = "tasks" if "task" in columns.fields and "name" not in columns.fields else "indicators"

    def _as_field(self, row: Row) -> str | None:
        if self._mode in ("indicators", "tasks") and not ends_table(row, self._form.columns, self._mode):
            return None
        if not is_field_row(row) and not self._fills_pending(row):
            return self._as_rest_of_entry(row)
        entries, pending = read_field_row(row, self._pending)
        if self._begins_next(entries, pending):
            self._begin()
        self._form.labels.update(entry.label for entry in entries)
        self._form.labels.update(label.label for label in pending)
        for entry in entries:
            self._keep(entry)
        for label in pending:
            self._money_from(label.field, label.money_unit)
        self._pending = pending
        if entries or pending:
            signed = "signature" in {entry.field for entry in entries} | {label.field for label in pending}
            if self._mode == "tasks" or (signed and self._form.rows):
                self._mode = "outside"
            return "field"
        return None

    def _begins_next(self, entries: Sequence[FieldEntry], pending: Sequence[PendingLabel]) -> bool:
        """Whether entries are the next form's: of another project, or above its name behind the table."""
        if any(entry.field == "project" for entry in entries):
            return bool(self._form.rows or self._form.entry("project"))
        fields = {entry.field for entry in entries} | {label.field for label in pending}
        return bool(self._form.rows and fields & ABOVE_PROJECT) and names_project_next(self._following)

    def _as_rest_of_entry(self, row: Row) -> str | None:
        """Text alone below an entry, in its column, goes on it."""
        entry = self._form.entries[-1] if self._form.entries else None
        if self._mode != "outside" or entry is None or len(row.filled) != 1 or row.table != entry.row.table:
            return None
        cell = row.filled[0]
        near = cell.column == entry.cell.column or (
            row.gap_before and abs(cell.column - entry.cell.column) <= 1
        )
        numbered = continues_numbering(entry.text, cell.text)
        if not (near and cell.column) and not numbered:
            return None
        if row.table is None or is_class_row(row) or read_heading(cell.text):
            return None
        more = FieldEntry(entry.field, cell.text.strip(), cell, row, entry.label)
        self._form.entries[-1] = replace(entry, text=entry.text + more.text, rest=(*entry.rest, more))
        return "continuation"

    def _keep(self, entry: FieldEntry) -> None:
        self._money_from(entry.field, entry.money_unit)
        if entry.field in ("budget", "budget_part") and entry.money_unit is None:
            entry = FieldEntry(
                entry.field, entry.text, entry.cell, entry.row, entry.label, self._form.money_unit
            )
        self._form.entries.append(entry)

    def _money_from(self, field_name: str, money: Decimal | None) -> None:
        if money is not None and field_name in ("budget", "budget_part", "aside"):
            self._form.money_unit = money

    def _fills_pending(self, row: Row) -> bool:
        few = len(row.filled) <= len(self._pending) + 1 or len(self._pending) == 1
        return bool(self._pending) and few and not is_class_row(row)

    def _as_total(self, row: Row) -> str | None:
        if self._mode in ("indicators", "tasks") and _TOTAL.match(fold_label(row.filled[0].text)):
            if self._mode == "tasks" and self._form.columns:
                self._form.tasks.append(
                    IndicatorRow(row, align_cells(row.filled, self._form.columns.columns))
                )
            return "total"
        return None

    def _as_data(self, row: Row) -> str | None:
        columns = self._form.columns
        if (columns is None or self._mode == "outside") and states_classed_row(row, self._columns_before):
            # Behind a remark the table goes on; behind the next project's entries its header still holds.
            self._form.columns = columns = columns or self._columns_before
            self._mode, self._pending = "indicators", []
        if columns is None or self._mode == "outside" or row.table is None:
            return None
        cells = align_row(row, columns.columns)
        item = IndicatorRow(row, cells, self._page_break)
        self._page_break = False
        (self._form.tasks if self._mode == "tasks" else self._form.rows).append(item)
        return "task" if self._mode == "tasks" else "indicator"
