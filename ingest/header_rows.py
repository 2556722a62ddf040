"""Which rows head the columns of an indicator table (表头行)."""

from ingest.columns import Columns
from ingest.document import Cell, Row
from ingest.labels import ClassLabel, HeadingLabel, read_class_label, read_heading

_DEFINING = frozenset(["subcategory", "name", "value", "indicators", "standard"])

_NEVER_IN_HEADER = frozenset(["execution"])

_CLASSES = frozenset(["category", "subcategory"])


def read_column_heading(cell: Cell) -> tuple[str, HeadingLabel | None, ClassLabel | None] | None:
    """Given a cell, return the field its text heads, or None where it heads none."""
    label = read_heading(cell.text)
    if label:
        field = label.field(column=True)
        if field:
            return field, label, None
    class_label = read_class_label(cell.text)
    if class_label:
        return "class", None, class_label
    return None


def is_header_row(row: Row) -> bool:
    """Whether a row heads the columns of an indicator table.

    It names at least two fields, one of them an indicator's own, and is not a row of the funds table
    (年初预算数 … 分值 执行率 得分). It holds hardly anything else, unless it names class, name and value:
    then any columns may stand beside them (一季度, 责任人).
    """
    filled = row.filled
    found = [heading for heading in map(read_column_heading, filled) if heading]
    fields = [field for field, _, _ in found]
    named = set(fields) - {"class"}
    whole = {"name", "value"} <= named and bool(named & _CLASSES)
    if len(filled) < 2 or named & _NEVER_IN_HEADER or (len(found) * 2 <= len(filled) and not whole):
        return False
    if "class" in fields:
        return fields.count("class") >= 3 and "project" in named
    return len(named) >= 2 and bool(named & _DEFINING) and _names_indicator(named)


def _names_indicator(named: set[str]) -> bool:
    """绩效指标 alone beside an entry of the form is a label, not a header."""
    if named & {"subcategory", "name", "category"}:
        return True
    if "indicators" in named:
        return bool(named & {"project", "objective", "value"})
    return "value" in named and bool(
        named & {"project", "definition", "measure_unit", "comparator", "actual_value"}
    )


def is_sub_header_row(row: Row, header: Columns) -> bool:
    """Whether the row right below a header refines it: only headings, or marks of column numbers."""
    filled = row.filled
    if not filled:
        return False
    found = [read_column_heading(cell) for cell in filled]
    if all(found):
        fields = {entry[0] for entry in found if entry}
        parents = header.fields
        return not fields <= {"class"} or ("class" in parents or not parents & _CLASSES)
    return is_column_number_row(row)


def is_column_number_row(row: Row) -> bool:
    """Whether a row only numbers the columns: 1 2 3 …, or * * 1 2 …, or 甲 乙 1 2."""
    texts = [cell.text.strip() for cell in row.filled]
    numbers = [int(text) for text in texts if text.isdigit()]
    others = [text for text in texts if not text.isdigit()]
    consecutive = numbers == list(range(numbers[0], numbers[0] + len(numbers))) if numbers else False
    return (
        len(texts) >= 3
        and consecutive
        and all(text in {"*", "**", "栏次", "甲", "乙", "丙", "丁"} for text in others)
    )
