"""Reuse as tables for other programs (复用清单): one row for each place where a concept stands."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, fields
from typing import Any

from graph.reuse import Occurrence, ReusedConcept
from graph.reuse_axes import Axis, ConceptReuse

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


AXIS_HEADINGS = (
    "指标", "共性", "单位或地区", "项目", "年度", "项目数", "指标值", "全部条数", "全部项目数", "全部单位数",
    "写法",
)  # fmt: skip
_LISTED = 4


def axis_rows(found: Iterable[ConceptReuse], axis: Axis) -> Iterator[tuple[object, ...]]:
    """Rows under AXIS_HEADINGS: each project, unit or region that uses a concept again along an axis."""
    for item in found:
        for group in item.groups(axis):
            yield (
                item.concept, "共性" if item.is_common else "", group.unit or group.name,
                "、".join(group.projects), "、".join(map(str, group.years)), len(group.projects),
                counted_texts(group.values), item.occurrences, item.projects, item.units,
                counted_texts(item.wordings) if len(item.wordings) > 1 else "",
            )  # fmt: skip


def axis_to_json(found: Iterable[ConceptReuse], axis: Axis) -> list[dict[str, Any]]:
    """How far each concept is used, and by whom along the axis, as JSON values."""
    names = [item.name for item in fields(ConceptReuse) if item.name != "uses"]
    return [
        {name: getattr(item, name) for name in names}
        | {"groups": [asdict(group) for group in item.groups(axis)]}
        for item in found
    ]


def counted_texts(texts: tuple[tuple[str, int], ...]) -> str:
    """Texts with how often each stands, the commonest first."""
    told = "、".join(
        (text or "（未填写）") + (f" {count} 次" if count > 1 else "") for text, count in texts[:_LISTED]
    )
    return told + (f"…… 共 {len(texts)} 种" if len(texts) > _LISTED else "")
