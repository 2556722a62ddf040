"""Checks of a target against the ontology (校验): classes that belong together, points that add up."""

from collections.abc import Iterator
from decimal import Decimal

from ontology.categories import category
from ontology.model import Indicator, Issue, IssueLevel, PerformanceTarget

FULL_SCORES = (Decimal(100), Decimal(90))
"""What the points of a target add up to: all of them, or all but those for the budget's execution."""


def check_target(target: PerformanceTarget, issues: list[Issue]) -> None:
    """Add a note for each thing that the ontology does not expect; the target stays as printed."""
    issues.extend(_check_classes(target))
    issues.extend(_check_scores(target))


def _check_scores(target: PerformanceTarget) -> Iterator[Issue]:
    """Points that go over 100, or, where every indicator has some, do not add up."""
    scores = [indicator.printed.max_score for indicator in target.indicators]
    total = sum((score for score in scores if score is not None), Decimal(0))
    is_complete = bool(scores) and None not in scores
    if total > FULL_SCORES[0] or (is_complete and total not in FULL_SCORES):
        name = target.printed.project or target.printed.scope.value
        message = f"“{name}”各指标分值合计 {total:f} 分，应为 100 分（另有预算执行分的为 90 分）；按印的记录"
        source = next(
            (s for i in target.indicators for s in i.printed.sources if s.field == "max_score"), None
        )
        yield Issue(level=IssueLevel.NOTE, code="score-sum", message=message, source=source)


def _check_classes(target: PerformanceTarget) -> Iterator[Issue]:
    for indicator in target.indicators:
        printed = indicator.printed
        if printed.category is None or printed.subcategory is None:
            continue
        parent = category(printed.subcategory).broader
        if parent is not None and parent != printed.category:
            first, second = category(printed.category).label, category(printed.subcategory).label
            expected = category(parent).label
            message = (
                f"{_place(indicator)}“{second}”印在“{first}”之下，按标准分类应在“{expected}”之下；按印的记录"
            )
            source = printed.sources[0] if printed.sources else None
            yield Issue(level=IssueLevel.NOTE, code="class-mismatch", message=message, source=source)


def _place(indicator: Indicator) -> str:
    line = next((source.line for source in indicator.printed.sources), None)
    return f"第 {line} 行" if line is not None else ""
