"""Header rows become columns (读表头): what stands below each heading, told by the ontology's labels."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ingest.columns import INDICATOR_FIELDS, LONG_TERM, Column, Columns
from ingest.document import Row
from ingest.header_rows import is_column_number_row, read_column_heading
from ingest.labels import read_heading
from ontology.turtle import fold_label

_LEVEL = re.compile(r"([一二三四五]|[1-5]|末)级")
_DEPTHS = "一二三四五末"
_MEASURE = re.compile(r"(?:[率度值]|比例)$")
"""Ends a heading of numbers (完成率, 偏差度)."""


def read_columns(rows: Sequence[Row]) -> Columns:
    """Given the header rows of a table (the first and those that refine it), return its columns."""
    columns = _row_to_columns(rows[0])
    for row in rows[1:]:
        if not is_column_number_row(row):
            columns = _refine(columns, _row_to_columns(row))
    return Columns(tuple(_name_parents(_settle_meanings(_set_blocks(columns)))), len(rows))


def _row_to_columns(row: Row) -> list[Column]:
    columns = []
    for cell in row.filled:
        found = read_column_heading(cell)
        if found:
            field, label, class_label = found
            money = label.money_unit if label else None
            columns.append(
                Column(cell.column, field, cell.text.strip(), class_label=class_label, money_unit=money)
            )
        else:
            columns.append(Column(cell.column, "unknown", cell.text.strip()))
    return columns


def _refine(above: list[Column], below: list[Column]) -> list[Column]:
    """Lay a second header row over the first: it replaces the merged heading above it.

    Where text extraction has lost the blank cells in front, the second row stands too far left; then
    it belongs under the heading that it refines (指标值 → 上年实际值 | 本年预期值).
    """
    covered = {column.index: column for column in above}
    spans = _spans(above)
    if below and all(_fits(column, above, spans) for column in below):
        replaced = {spans[column.index] for column in below if spans.get(column.index) is not None}
        kept = [
            column
            for column in above
            if column.index not in replaced or column.index in {c.index for c in below}
        ]
        merged = {column.index: column for column in kept}
        for column in below:
            parent = covered.get(spans.get(column.index, -1))
            merged[column.index] = _under(column, parent)
        return [merged[index] for index in sorted(merged)]
    return _insert_under_parent(above, below)


def _spans(above: list[Column]) -> dict[int, int]:
    """For each column index, the index of the heading above that may span it."""
    spans: dict[int, int] = {}
    starts = [column.index for column in above]
    for start, following in zip(starts, [*starts[1:], starts[-1] + 30], strict=True):
        for index in range(start, following):
            spans[index] = start
    return spans


def _fits(column: Column, above: list[Column], spans: dict[int, int]) -> bool:
    parent = next((item for item in above if item.index == spans.get(column.index)), None)
    if parent is None:
        return False
    if parent.index == column.index:
        return parent.field in (
            "indicators",
            "long_term_indicators",
            "objective",
            "unknown",
            "class",
            column.field,
        ) or (column.field in INDICATOR_FIELDS and parent.field in ("value", "standard", "scoring_rule"))
    return True


def _under(column: Column, parent: Column | None) -> Column:
    if parent is None:
        return column
    block = LONG_TERM if parent.field in ("long_term_indicators", "long_term_objective") else column.block
    class_label = column.class_label
    if class_label and parent.class_label and parent.class_label.first:
        class_label = replace(class_label, first=parent.class_label.first)
    return replace(
        column, block=block, class_label=class_label, money_unit=column.money_unit or parent.money_unit
    )


def _insert_under_parent(above: list[Column], below: list[Column]) -> list[Column]:
    values = {"value", "history", "actual_value", "long_term_value", "standard", "graded_value"}
    if {column.field for column in below} <= values:
        parent = next(
            (column for column in above if column.field in ("value", "standard", "scoring_rule")), None
        )
    else:
        parent = next(
            (column for column in above if column.field in ("indicators", "objective", "unknown")), None
        )
    if parent is None:
        return [*above, *(replace(column, index=above[-1].index + 1 + i) for i, column in enumerate(below))]
    extra = len(below) - 1
    before = [column for column in above if column.index < parent.index]
    inside = [replace(column, index=parent.index + i) for i, column in enumerate(below)]
    after = [replace(column, index=column.index + extra) for column in above if column.index > parent.index]
    return [*before, *inside, *after]


def _set_blocks(columns: list[Column]) -> list[Column]:
    """Where the indicator's columns stand twice side by side, the first block is the long-term one."""
    if any(column.block == LONG_TERM for column in columns):
        return columns
    names = [column.index for column in columns if column.field == "name"]
    values = [column.index for column in columns if column.field in ("value", "long_term_value")]
    if len(names) != 2 or len(values) != 2 or not names[0] < values[0] < names[1]:
        return columns
    columns = [
        replace(column, field="value") if column.field == "long_term_value" else column for column in columns
    ]
    return [
        replace(column, block=LONG_TERM)
        if column.index <= values[0] and column.field not in ("category",)
        else column
        for column in columns
    ]


def _settle_meanings(columns: Iterable[Column]) -> list[Column]:
    """Decide headings that depend on the others: 绩效标准 is the value unless 指标值 has a column."""
    listed = _tell_shared(list(columns))
    fields = {column.field for column in listed}
    if "value" not in fields:
        place = _instead_of_value(listed)
        if place is not None:
            listed[place] = replace(listed[place], field="value")
    if "project" not in fields:
        _mark_side_label(listed)
    has_value = any(column.field == "value" for column in listed)
    return _rank_alike(
        replace(column, field=_settled(column.field, has_name="name" in fields, has_value=has_value))
        for column in listed
    )


def _tell_shared(columns: list[Column]) -> list[Column]:
    """Behind the indicator's name or value, a heading that may mean more means what is the indicator's own.

    单位 is its measure unit there, 完成情况 its actual value.
    """
    anchors = [i for i, column in enumerate(columns) if column.field in ("name", "value", "indicators")]
    taken = {column.field for column in columns}
    for i in range(anchors[0] + 1 if anchors else len(columns), len(columns)):
        if columns[i].field not in INDICATOR_FIELDS:
            label = read_heading(columns[i].heading)
            own = [h.id for h in label.headings if h.heads_column] if label else []
            found = next((field for field in own if field in INDICATOR_FIELDS - taken), None)
            columns[i] = replace(columns[i], field=found or columns[i].field)
    return columns


def _rank_alike(columns: Iterable[Column]) -> list[Column]:
    """Of several columns of one field side by side, all but one yield to the one that says it best."""
    ranked: list[Column] = []
    for column in columns:
        alike = [i for i, c in enumerate(ranked) if (c.block, c.field) == (column.block, column.field)]
        best = next((i for i in alike if not ranked[i].yields), None)
        if best is not None and column.field in INDICATOR_FIELDS:
            behind = _precedence(column) <= _precedence(ranked[best])
            ranked[best] = replace(ranked[best], yields=not behind)
            column = replace(column, yields=behind)
        ranked.append(column)
    return ranked


def _precedence(column: Column) -> int:
    """Names by their level, the last one is the indicator's own; notes in words before those in numbers."""
    folded = fold_label(column.heading)
    level = _LEVEL.search(folded)
    if column.field == "name" and level:
        return int(level.group(1)) if level.group(1).isdigit() else _DEPTHS.index(level.group(1)) + 1
    return 0 if column.field != "note" or _MEASURE.search(folded) else 1


def _mark_side_label(columns: list[Column]) -> None:
    """What stands before the first class (年度绩效目标1) is printed down the side, once for all rows.

    So does 指标 before 指标内容: two headings of a name, and one value.
    """
    names = [i for i, column in enumerate(columns) if column.field == "name"]
    if len(names) == 2 and fold_label(columns[names[0]].heading) == "指标" and names[1] == names[0] + 1:
        columns[names[0]] = replace(columns[names[0]], field="side_label")
    if len(columns) > 1 and columns[1].field == "category" and columns[0].field in ("unknown", "objective"):
        columns[0] = replace(columns[0], field="side_label")


def _name_parents(columns: Sequence[Column]) -> list[Column]:
    """Of 产出指标 | 数量指标 | 质量指标 as headings side by side, the first is the class of the others."""
    named: list[Column] = []
    parent: Column | None = None
    for column in columns:
        label = column.class_label
        above = parent.class_label.first if parent and parent.class_label else None
        belongs = bool(label and label.second and above and label.second.broader == above.id)
        named.append(replace(column, parent_heading=parent.heading) if belongs and parent else column)
        if label and label.first:
            parent = column
    return named


def _instead_of_value(columns: Sequence[Column]) -> int | None:
    """Where no heading says 指标值: the standards, grades or long-term values, or what is behind the name."""
    for field in ("standard", "graded_value", "long_term_value"):
        for place, column in enumerate(columns):
            if column.field == field:
                return place
    name = next((place for place, column in enumerate(columns) if column.field == "name"), None)
    if name is not None and name + 1 < len(columns):
        behind = columns[name + 1]
        return name + 1 if behind.field in ("indicators", "unknown", "objective") else None
    return None


def _settled(field: str, *, has_name: bool, has_value: bool) -> str:
    if field == "indicators" and has_name:
        return "side_label"
    if field == "indicators" and has_value:
        return "name"
    return "side_label" if field in ("tasks", "long_term_indicators", "actual_objective") else field
