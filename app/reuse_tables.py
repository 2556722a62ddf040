"""Reuse as tables for other programs (复用清单): one row for each place where a concept stands."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

from graph.reuse import Occurrence, ReusedConcept

REUSE_HEADINGS = (
    "指标", "项目数", "单位数", "次数", "单位", "年度", "项目", "一级指标", "二级指标",
    "指标原文", "指标值", "文件", "表", "页", "工作表", "行", "列", "文本行",
)  # fmt: skip


def reuse_to_rows(
    ranking: Iterable[ReusedConcept], places: Mapping[str, tuple[Occurrence, ...]]
) -> Iterator[tuple[object, ...]]:
    """Rows under REUSE_HEADINGS, the concepts in the order of the ranking."""
    for concept in ranking:
        for item in places[concept.concept_id]:
            where = item.places[0] if item.places else None
            cell = (
                (
                    where.table_name.removeprefix(item.file).strip(),
                    where.page,
                    where.sheet,
                    where.row,
                    where.column,
                    where.line,
                )
                if where
                else (None,) * 6
            )
            yield (
                concept.concept, concept.projects, concept.units, concept.occurrences,
                item.unit, item.fiscal_year, item.project or item.target, item.category, item.subcategory,
                item.name, item.printed_value, item.file, *cell,
            )  # fmt: skip


def reuse_to_json(
    ranking: Iterable[ReusedConcept], places: Mapping[str, tuple[Occurrence, ...]]
) -> list[dict[str, Any]]:
    """The ranking as JSON values, each concept with all its occurrences."""
    return [
        asdict(concept) | {"places": [asdict(item) for item in places[concept.concept_id]]}
        for concept in ranking
    ]
