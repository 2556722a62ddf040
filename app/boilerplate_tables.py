"""Boilerplate as tables and as JSON (套话清单)."""

from collections.abc import Iterable
from typing import Any

from app.comparison_tables import target_to_json
from app.sheets import Sheet
from graph.boilerplate import BoilerplateShare, IndicatorBoilerplate
from graph.same_values import SameValue
from nlp.relation_values import is_score_rule


def boilerplate_to_json(
    found: Iterable[IndicatorBoilerplate],
    shares: Iterable[tuple[str, str, BoilerplateShare]],
    values: Iterable[SameValue],
    *,
    threshold: float,
) -> dict[str, Any]:
    """The measure of each indicator, of projects and units, and copied values, as JSON values."""
    return {
        "threshold": threshold,
        "rows": [_boilerplate_to_json(item, threshold) for item in found],
        "shares": [
            {"scope": scope, "name": name, "indicators": share.indicators, "boilerplate": share.boilerplate,
             "share": share.share, "low": share.low, "high": share.high}
            for scope, name, share in shares
        ],
        "same_values": [
            {"name": item.name, "printed_value": item.printed_value, "is_common": item.is_common,
             "smallest_budget": item.smallest, "largest_budget": item.largest,
             "projects": [target_to_json(target) for target in item.projects]}
            for item in values
        ],
    }  # fmt: skip


def _boilerplate_to_json(item: IndicatorBoilerplate, threshold: float) -> dict[str, Any]:
    value = item.item.text.printed_value
    rule = is_score_rule(value)
    return {
        **target_to_json(item.target),
        "indicator_id": item.item.id,
        "name": item.item.text.name,
        # How points are given is no value of the indicator.
        "printed_value": "" if rule else value,
        "scoring_rule": value if rule else None,
        "score": item.score,
        "boilerplate": item.score >= threshold,
        "own_words": list(item.own_words),
        "template": item.template,
        "targets": item.targets,
        "projects": item.projects,
        "units": item.units,
        "is_common": item.is_common,
        "reason": item.reason,
    }


BOILERPLATE_HEADINGS = (
    "单位", "项目", "年度", "文件", "指标", "指标值", "套话程度", "是否套话", "共性指标", "自己的词",
    "模板", "目标数", "项目数", "单位数", "理由",
)  # fmt: skip


def boilerplate_rows(
    found: Iterable[IndicatorBoilerplate], *, threshold: float
) -> Iterable[tuple[object, ...]]:
    """Rows under BOILERPLATE_HEADINGS."""
    for item in found:
        target = item.target
        yield (
            target.unit, target.name, target.fiscal_year, target.file, item.item.text.name,
            item.item.text.printed_value, item.score, "是" if item.score >= threshold else "否",
            "是" if item.is_common else "", "、".join(item.own_words), item.template, item.targets,
            item.projects, item.units, item.reason,
        )  # fmt: skip


SHARE_HEADINGS = ("范围", "名称", "指标数", "套话数", "比例", "区间下限", "区间上限")
VALUE_HEADINGS = ("指标", "指标值", "项目数", "最小预算（元）", "最大预算（元）", "共性指标", "项目")


def boilerplate_sheets(
    found: Iterable[IndicatorBoilerplate],
    shares: Iterable[tuple[str, str, BoilerplateShare]],
    values: Iterable[SameValue],
    *,
    threshold: float,
) -> list[Sheet]:
    """The measure as tables: indicators, projects and units, copied values."""
    rows = list(boilerplate_rows(found, threshold=threshold))
    share_rows = [
        (scope, name, share.indicators, share.boilerplate, share.share, share.low, share.high)
        for scope, name, share in shares
    ]
    value_rows = [
        (item.name, item.printed_value, len(item.projects), item.smallest, item.largest,
         "是" if item.is_common else "", "、".join(target.name for target in item.projects))
        for item in values
    ]  # fmt: skip
    return [
        Sheet("指标", BOILERPLATE_HEADINGS, rows),
        Sheet("单位项目目标", SHARE_HEADINGS, share_rows),
        Sheet("指标值雷同", VALUE_HEADINGS, value_rows),
    ]
