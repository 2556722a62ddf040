"""Printed targets become performance targets (解读): strings become values, ids and concepts."""

from collections import Counter
from collections.abc import Iterable, Sequence

from nlp.in_context import read_in_context
from nlp.normal_form import concept_of
from nlp.polarity import read_polarity
from nlp.target_value import parse_target_value
from ontology.ids import stable_id
from ontology.model import (
    Indicator,
    Issue,
    IssueLevel,
    PerformanceTarget,
    PrintedIndicator,
    PrintedTarget,
    Source,
    ValueKind,
)


def interpret_targets(
    printed: Iterable[PrintedTarget], issues: list[Issue], *, disclosure_id: str, fiscal_year: int | None
) -> tuple[PerformanceTarget, ...]:
    """Given a document's printed targets in order, return them interpreted.

    Targets that print the same scope and project are told apart by their order.
    """
    seen: Counter[tuple[str, str | None]] = Counter()
    targets = []
    for target in printed:
        key = (target.scope.value, target.project)
        target_id = stable_id("target", disclosure_id, *key, seen[key])
        seen[key] += 1
        targets.append(interpret_target(target, issues, target_id=target_id, fiscal_year=fiscal_year))
    return tuple(targets)


def interpret_target(
    printed: PrintedTarget, issues: list[Issue], *, target_id: str, fiscal_year: int | None
) -> PerformanceTarget:
    """Given one printed target, return it with its values understood; what stays unknown is an issue."""
    seen: Counter[tuple[str | None, ...]] = Counter()
    indicators = []
    for indicator in printed.indicators:
        key = _printed_key(indicator)
        indicator_id = stable_id("indicator", target_id, *key, seen[key])
        seen[key] += 1
        indicators.append(
            interpret_indicator(indicator, issues, indicator_id=indicator_id, fiscal_year=fiscal_year)
        )
    return PerformanceTarget(
        id=target_id, printed=printed, fiscal_year=fiscal_year, indicators=tuple(indicators)
    )


def interpret_indicator(
    printed: PrintedIndicator, issues: list[Issue], *, indicator_id: str, fiscal_year: int | None
) -> Indicator:
    """Given one printed indicator, return it with its target value and the concept it expresses."""
    value = parse_target_value(printed.printed_value, fiscal_year=fiscal_year)
    if value.kind is ValueKind.UNKNOWN:
        source = find_source(printed.sources, "value")
        where = f"第 {source.line} 行的" if source is not None else ""
        message = (
            f"{where}指标“{printed.name[:40]}”的指标值“{printed.printed_value[:40]}”没有读懂，"
            "应为数、日期或定性的词"
        )
        issues.append(Issue(level=IssueLevel.NOTE, code="value-unknown", message=message, source=source))
    direction = read_polarity(
        printed.name, value, printed_value=printed.printed_value, printed_polarity=printed.printed_polarity
    )
    return Indicator(
        id=indicator_id,
        printed=printed,
        target_value=value,
        concept=concept_of(printed.name),
        in_context=read_in_context(printed.name, printed.printed_value, value, fiscal_year=fiscal_year),
        polarity=direction.polarity if direction else None,
        polarity_reason=direction.reason if direction else None,
    )


def find_source(sources: Sequence[Source], field: str) -> Source | None:
    """Where a field was printed; the first place where that is not known apart."""
    return next((source for source in sources if source.field == field), sources[0] if sources else None)


def _printed_key(indicator: PrintedIndicator) -> tuple[str | None, ...]:
    """What is printed of an indicator, uncleaned, so that better cleaning does not move its id."""
    printed = {source.field: source.printed for source in reversed(indicator.sources)}
    return (
        indicator.printed_category,
        indicator.printed_subcategory,
        printed.get("name", indicator.name),
        printed.get("value", indicator.printed_value),
    )
