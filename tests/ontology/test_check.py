"""What is said of a target that the ontology does not expect; it stays as printed."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from ontology.check import check_target
from ontology.model import (
    Indicator,
    Issue,
    PerformanceTarget,
    PrintedIndicator,
    PrintedTarget,
    Source,
    TargetScope,
    TargetValue,
    ValueKind,
)

Classes = tuple[str | None, str | None]


def target(scores: Sequence[int | None], classes: Sequence[Classes] = ()) -> PerformanceTarget:
    """A target of indicators with these points, and these ids of their classes."""
    indicators = []
    for row, score in enumerate(scores, start=1):
        category, subcategory = classes[row - 1] if classes else ("output", "quantity")
        printed = PrintedIndicator(
            name=f"指标{row}",
            printed_value="1项",
            category=category,
            subcategory=subcategory,
            max_score=None if score is None else Decimal(score),
            sources=(Source(field="max_score", printed=str(score), line=row),),
        )
        value = TargetValue(kind=ValueKind.QUANTITY)
        indicators.append(Indicator(id=str(row), printed=printed, target_value=value, concept=None))
    stated = PrintedTarget(scope=TargetScope.PROJECT, project="图书购置", objective=None, budget=None)
    return PerformanceTarget(id="t", printed=stated, fiscal_year=2024, indicators=tuple(indicators))


def issues_of(checked: PerformanceTarget) -> list[Issue]:
    issues: list[Issue] = []
    check_target(checked, issues)
    return issues


@pytest.mark.parametrize("scores", [[60, 40], [50, 40], [None, 40], [], [None, None], [60, 40, None]])
def test_points_that_add_up_or_are_not_all_there_say_nothing(scores: list[int | None]) -> None:
    assert issues_of(target(scores)) == []


@pytest.mark.parametrize(("scores", "total"), [([60, 45], 105), ([101, None], 101), ([40, 30], 70)])
def test_points_that_do_not_add_up_are_told_with_their_place(scores: list[int | None], total: int) -> None:
    (issue,) = issues_of(target(scores))
    assert issue.code == "score-sum" and f"合计 {total} 分" in issue.message and "图书购置" in issue.message
    assert issue.source is not None and issue.source.line == 1


def test_a_class_below_another_than_its_own_is_told() -> None:
    classes: list[Classes] = [
        ("output", "quantity"),
        ("output", "economicCost"),
        (None, "quantity"),
        ("output", None),
    ]
    (issue,) = issues_of(target([None] * 4, classes))
    assert issue.code == "class-mismatch"
    assert "第 2 行“经济成本指标”印在“产出指标”之下，按标准分类应在“成本指标”之下" in issue.message
