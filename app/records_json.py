"""The records as JSON for other programs (记录导出): labels in Chinese, money in yuan, numbers as numbers."""

from dataclasses import asdict
from decimal import Decimal
from typing import Any

from nlp.canonical_units import canonical_unit
from nlp.score_rules import read_steps
from ontology.categories import category
from ontology.model import (
    Disclosure,
    Indicator,
    PerformanceTarget,
    PrintedIndicator,
    Source,
    TargetValue,
    ValueKind,
)


def disclosure_to_json(disclosure: Disclosure) -> dict[str, Any]:
    """A disclosure with its targets and indicators as JSON values."""
    return {
        "file": disclosure.file,
        "sha256": disclosure.sha256,
        "name": disclosure.name,
        "budget_unit": disclosure.budget_unit,
        "region": disclosure.region,
        "fiscal_year": disclosure.fiscal_year,
        "targets": [_target_to_json(target) for target in disclosure.targets],
    }


def value_to_json(value: TargetValue) -> dict[str, Any]:
    """A target value as JSON values."""
    return {
        "kind": value.kind.value,
        "comparator": value.comparator.value if value.comparator else None,
        "number": _number(value.number),
        "approximate": value.approximate,
        "measure_unit": value.measure_unit,
        "low": _number(value.low),
        "high": _number(value.high),
        "low_closed": value.low_closed,
        "high_closed": value.high_closed,
        "date": value.day.isoformat() if value.day else None,
        **_canonical_to_json(value),
    }


def _canonical_to_json(value: TargetValue) -> dict[str, Any]:
    """The unit to compare in, the factor to it, and its IRI in QUDT."""
    unit = canonical_unit(value.measure_unit)
    return {
        "canonical_unit": unit.name if unit else None,
        "canonical_factor": _number(unit.factor) if unit else None,
        "unit_iri": unit.iri if unit else None,
    }


def _target_to_json(target: PerformanceTarget) -> dict[str, Any]:
    printed = target.printed
    return {
        "id": target.id,
        "scope": printed.scope.value,
        "project": printed.project,
        "unit": printed.unit,
        "fiscal_year": target.fiscal_year,
        "budget_yuan": _number(printed.budget),
        "objective": printed.objective,
        "long_term_objective": printed.long_term_objective,
        "indicators": [_indicator_to_json(indicator) for indicator in target.indicators],
        "long_term_indicators": [_printed_to_json(indicator) for indicator in printed.long_term_indicators],
        "sources": [_source_to_json(source) for source in printed.sources],
    }


def _indicator_to_json(indicator: Indicator) -> dict[str, Any]:
    return {
        "id": indicator.id,
        **_printed_to_json(indicator.printed),
        "target_value": value_to_json(indicator.target_value),
        "value_in_context": _in_context_to_json(indicator),
        "score_steps": steps_to_json(printed_rule(indicator)),
        "polarity": indicator.polarity.value if indicator.polarity else None,
        "polarity_reason": indicator.polarity_reason,
        "concept": indicator.concept,
        "entities": _entities_to_json(indicator),
    }


def printed_rule(indicator: Indicator) -> str:
    """The score rule printed as the value, or else the one printed beside it (评分标准)."""
    if indicator.target_value.kind is ValueKind.SCORE_RULE:
        return indicator.printed.printed_value
    return indicator.printed.scoring_rule or ""


def steps_to_json(printed: str) -> list[dict[str, Any]]:
    """The steps of a printed score rule; none for a text that is no rule."""
    return [{"condition": step.condition, "points": _number(step.points)} for step in read_steps(printed)]


def _entities_to_json(indicator: Indicator) -> list[dict[str, Any]] | None:
    """What the name mentions; None where it was not read."""
    return None if indicator.entities is None else [asdict(entity) for entity in indicator.entities]


def _in_context_to_json(indicator: Indicator) -> dict[str, Any] | None:
    reading = indicator.in_context
    return {**value_to_json(reading.value), "reason": reading.reason} if reading else None


def _printed_to_json(printed: PrintedIndicator) -> dict[str, Any]:
    return {
        "category": category(printed.category).label if printed.category else None,
        "subcategory": category(printed.subcategory).label if printed.subcategory else None,
        "printed_category": printed.printed_category,
        "printed_subcategory": printed.printed_subcategory,
        "name": printed.name,
        "printed_value": printed.printed_value,
        "max_score": _number(printed.max_score),
        "score": _number(printed.score),
        "weight": printed.weight,
        "definition": printed.definition,
        "basis": printed.basis,
        "scoring_rule": printed.scoring_rule,
        "printed_polarity": printed.printed_polarity,
        "actual_value": printed.actual_value,
        "long_term_value": printed.long_term_value,
        "note": printed.note,
        "others": [_source_to_json(source) for source in printed.others],
        "statements": printed.statements,
        "sources": [_source_to_json(source) for source in printed.sources],
    }


def _source_to_json(source: Source) -> dict[str, Any]:
    place = {
        "page": source.page,
        "sheet": source.sheet,
        "table": source.table,
        "row": source.row,
        "column": source.column,
        "line": source.line,
    }
    known = {name: value for name, value in place.items() if value is not None}
    return {"field": source.field, "printed": source.printed, **known}


def _number(number: Decimal | None) -> int | float | None:
    if number is None:
        return None
    return int(number) if number == number.to_integral_value() else float(number)
