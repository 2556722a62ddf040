"""Rows printed on the page before their project's name (名称在下一页的行): where do they begin?"""

import re
from collections.abc import Sequence
from decimal import Decimal

from ingest.cleaning import clean_name
from ingest.draft import DraftTarget
from ingest.forms import IndicatorRow
from ingest.indicator_rows import cells_by_field, read_indicator_rows
from ingest.labels import read_class_label
from ingest.ledger import Ledger
from ontology.model import TargetScope
from ontology.turtle import fold_label

FULL_SCORE = Decimal(100)


def split_before_name(
    rows: list[IndicatorRow], item: IndicatorRow
) -> tuple[list[IndicatorRow], list[IndicatorRow]]:
    """Given a project's rows and the next page's first, return its own and those of the name printed there.

    The latter begin where the order of classes or the numbering starts again. Points that add up to 100,
    or a numbering that goes on over the page break, confirm it; without such a sign nothing is moved.
    """
    start = _last_restart(rows)
    if start is None:
        return rows, []
    before, moved = rows[:start], rows[start:]
    points = _points(before)
    if (points is not None and points == FULL_SCORE) or _goes_on(moved[-1], item):
        return before, moved
    return rows, []


def _last_restart(rows: Sequence[IndicatorRow]) -> int | None:
    for index in range(len(rows) - 1, 0, -1):
        if rows[index].page_break:
            return None
        if _rank(rows[index]) < _rank(rows[index - 1]):
            return index
    return None


def _rank(item: IndicatorRow) -> int:
    """Where a row's class stands in the standard order, level one before two; 0 where none is printed."""
    fields = cells_by_field(item.cells)
    first = read_class_label(fields["category"].text) if "category" in fields else None
    second = read_class_label(fields["subcategory"].text) if "subcategory" in fields else None
    rank = first.first.position * 10 if first and first.first else 0
    return rank + (second.second.position if second and second.second else 0)


def _points(rows: Sequence[IndicatorRow]) -> Decimal | None:
    target = DraftTarget(scope=TargetScope.PROJECT)
    read_indicator_rows(rows, target, Ledger())
    scores = [indicator.max_score for indicator in target.indicators]
    return (
        sum((s for s in scores if s is not None), Decimal(0)) if any(s is not None for s in scores) else None
    )


def _goes_on(last: IndicatorRow, first: IndicatorRow) -> bool:
    """Whether the first row of a page goes on with the numbering or the order of the page before."""
    numbers = [_number(item) for item in (last, first)]
    if numbers[0] is not None and numbers[1] is not None and numbers[1] == numbers[0] + 1:
        return _rank(last) == _rank(first)
    return _rank(first) > _rank(last)


def _number(item: IndicatorRow) -> int | None:
    fields = cells_by_field(item.cells)
    text = fold_label(fields["name"].text) if "name" in fields else ""
    match = re.match(r"(?:指标)?(\d{1,2})[:：.、]", text)
    return int(match.group(1)) if match and clean_name(text)[0] != text else None
