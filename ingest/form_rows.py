"""What a row of a form is (表中的行): of a class, an entry that ends the table, the head of the next form."""

import re
from collections.abc import Sequence
from itertools import takewhile

from ingest.align import align_cells
from ingest.columns import Columns
from ingest.document import Cell, Row
from ingest.form_fields import label_of
from ingest.forms import is_title
from ingest.header_rows import is_header_row
from ingest.indicator_rows import cells_by_field
from ingest.labels import money_unit_of_line, read_class_label, read_heading, split_labelled
from nlp.target_value import looks_like_value
from nlp.value_words import SIGN
from ontology.turtle import fold_label

ABOVE_PROJECT = frozenset(
    [
        "unit",
        "supervising_department",
        "implementing_unit",
        "parent_project",
        "budget",
        "budget_part",
        "objective",
        "long_term_objective",
    ]
)
"""Entries that a form may print above the project's name."""

FORM_HEAD = 12
"""So many rows at most stand above the name of a form's project, or above its table's header."""

_STARTS_FORM = frozenset(["project", "unit"])

_ALSO_INDICATORS = frozenset(["execution", "aside", "signature", "task_content", "task"])
"""Labels of entries that indicators go by, too (预算执行率, 实施方案)."""

_REMARK = re.compile(r"^(?:注|备注|说明|填表说明|填报说明|填报注意事项|附注)\s*\d*\s*[:：.、]")

_MEASURED = re.compile(rf"^{SIGN}|[%％]$")


def is_remark(text: str) -> bool:
    """Whether a line is a remark on the table (注：…)."""
    return _REMARK.match(text.strip()) is not None


def continues_numbering(text: str, more: str) -> bool:
    """Whether a text begins with the number that comes next (2. behind 1.)."""
    number = re.match(r"\s*(?:目标)?(\d{1,2})\s*[.、．:：]", more)
    return number is not None and re.search(rf"(?<!\d){int(number[1]) - 1}\s*[.、．:：]", text) is not None


def is_class_row(row: Row) -> bool:
    """Whether one of a row's first cells is a class label (数量指标)."""
    return any(
        read_class_label(cell.text) and fold_label(cell.text).endswith(("指标", "）", ")"))
        for cell in row.filled[:3]
    )


def states_classed_row(row: Row, columns: Columns | None) -> bool:
    """Whether a row has a class, a name and a value right under the columns of a table above."""
    if columns is None or columns.is_flat or row.table is None or not is_class_row(row):
        return False
    fields = cells_by_field(align_cells(row.filled, columns.columns))
    return {"name", "value"} <= set(fields) and bool({"category", "subcategory"} & set(fields))


def is_task_header(row: Row) -> bool:
    """Whether a row heads a list of tasks (任务名称 | 主要内容 | 预算金额)."""
    fields = {label.field(column=True) for label in (read_heading(cell.text) for cell in row.filled) if label}
    return "task" in fields and bool(fields & {"task_content", "budget"}) and "name" not in fields


def ends_table(row: Row, columns: Columns | None, mode: str) -> bool:
    """Inside a table only a label in one of its first columns ends it, not a name that reads like one."""
    first = row.filled[0]
    labelled = split_labelled(first.text)
    if all(split_labelled(cell.text) for cell in row.filled):
        return bool(labelled and labelled[0].field(column=False))
    if (mode == "indicators" and columns is not None and columns.is_flat) or is_class_row(row):
        return False
    label = read_heading(first.text)
    known = label or (labelled[0] if labelled else None)
    field_name = known.field(column=False) if known else None
    if field_name is None or field_name in ("indicators", "tasks", "budget_part"):
        return field_name == "indicators" and mode == "tasks"
    if field_name in _ALSO_INDICATORS and columns is not None and _states_indicator(row, columns):
        return False
    return first.column <= 1 and (len(row.filled) <= 4 or field_name in _STARTS_FORM)


def _states_indicator(row: Row, columns: Columns) -> bool:
    """Whether a row that begins with a label is an indicator's: the label under its name, a value beside it.

    Where blank cells were lost, so that it stands under another column, the value must be a measured one.
    """
    first = row.filled[0]
    fields = cells_by_field(align_cells(row.filled, columns.columns))
    name, value = fields.get("name"), fields.get("value")
    if name != first or value is None or not looks_like_value(value.text):
        return False
    in_place = any(column.field == "name" and column.index == first.column > 0 for column in columns.columns)
    return in_place or bool(_MEASURED.search(fold_label(value.text)))


def names_project_next(following: Sequence[Row]) -> bool:
    """Whether the rows that follow name a project before any table or title: a form's head goes on there."""
    head = takewhile(lambda row: not (is_header_row(row) or is_class_row(row) or is_title(row)), following)
    return any(_labelled_field(cell) == "project" for row in head for cell in row.filled[:2])


def _labelled_field(cell: Cell) -> str | None:
    labelled = split_labelled(cell.text)
    label = label_of(cell) or (labelled[0] if labelled else None)
    return label.field(column=False) if label else None


def _heads_page(row: Row) -> bool:
    """Whether a row says what each page says again: whose the form is, in which unit of money."""
    return money_unit_of_line(row.text) is not None or _labelled_field(row.filled[0]) == "unit"


def prints_entries_next(following: Sequence[Row]) -> bool:
    """Whether entries and then a header follow a title: a form begins, where else a page does."""
    entries = 0
    for row in following:
        if is_header_row(row):
            return entries > 0
        if is_title(row) or is_class_row(row) or any(looks_like_value(c.text) for c in row.filled[2:]):
            return False
        entries += row.table is not None and len(row.filled) > 1 and not _heads_page(row)
    return False
