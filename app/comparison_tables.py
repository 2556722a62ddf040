"""Duplicates and boilerplate as tables and as JSON (雷同和套话清单)."""

from collections.abc import Iterable, Sequence
from typing import Any

from app.judgement_file import judgement_to_json
from app.sheets import Sheet
from graph.boilerplate import BoilerplateShare, IndicatorBoilerplate
from graph.copies import Repeat, TargetPair
from graph.corpus import IndicatorItem, TargetItem
from graph.objectives import CopiedObjective, CopyKind
from graph.same_values import SameValue
from nlp.relation_values import is_score_rule
from ontology.model import Relation

RELATION_WORDS = {
    Relation.IDENTICAL: "相同",
    Relation.SAME_TEMPLATE: "同一模板",
    Relation.PARAPHRASE: "意思相同",
    Relation.DIFFERENT: "不同",
}
"""What people call the relations."""
LABEL_WORDS = {"copied": "雷同", "partly_copied": "部分雷同"}
KIND_WORDS = {
    CopyKind.INDICATOR: "自己的指标",
    CopyKind.PROJECT_NAME: "项目名称",
    CopyKind.OTHER_GOAL: "别的项目的总体目标",
    CopyKind.INDICATOR_OF_OTHER_TARGET: "别的项目的指标",
}


def target_to_json(target: TargetItem) -> dict[str, Any]:
    """Which target it is: file, project (None for a department's own), unit and year."""
    return {
        "target_id": target.id,
        "file": target.file,
        "project": target.own_name,
        "scope": target.scope,
        "unit": target.unit,
        "fiscal_year": target.fiscal_year,
        "budget_yuan": target.budget,
    }


def indicator_to_json(item: IndicatorItem) -> dict[str, Any]:
    """An indicator by its printed name and value."""
    return {
        "indicator_id": item.id,
        "name": item.text.name,
        "printed_value": item.text.printed_value,
        "class_id": item.class_id,
    }


def duplicates_to_json(
    pairs: Iterable[TargetPair],
    groups: Iterable[Sequence[TargetItem]],
    repeats: Iterable[Repeat],
    objectives: Iterable[CopiedObjective],
) -> dict[str, Any]:
    """Everything that is copied, as JSON values; docs/reuse.md lists the fields."""
    return {
        "target_pairs": [_pair_to_json(pair) for pair in pairs],
        "groups": [[target_to_json(target) for target in group] for group in groups],
        "within_target": [_repeat_to_json(repeat) for repeat in repeats],
        "copied_objectives": [_objective_to_json(item) for item in objectives],
    }


def _pair_to_json(pair: TargetPair) -> dict[str, Any]:
    one, other = pair.in_order
    shared = [(item if pair.one is one else item.turned) for item in pair.shared]
    return {
        "a": target_to_json(one),
        "b": target_to_json(other),
        "label": pair.label,
        "share": pair.share,
        "earlier": pair.earlier_word,
        "judgement": judgement_to_json(pair.judged),
        "shared": [
            {
                "a": indicator_to_json(item.one),
                "b": indicator_to_json(item.other),
                "relation": item.reading.relation.value,
                "reason": item.reading.reason,
            }
            for item in shared
        ],
    }


def _repeat_to_json(repeat: Repeat) -> dict[str, Any]:
    return {
        **target_to_json(repeat.target),
        "names": [item.text.name for item in repeat.indicators],
        "values": [item.text.printed_value for item in repeat.indicators],
        "class_ids": [item.class_id for item in repeat.indicators],
        "relation": repeat.reading.relation.value,
        "reason": repeat.reason,
        "judgement": judgement_to_json(repeat.judged),
    }


def _objective_to_json(item: CopiedObjective) -> dict[str, Any]:
    return {
        **target_to_json(item.target),
        "kind": item.kind.value,
        "text": item.text,
        "other": item.other,
        "other_target": target_to_json(item.other_target),
        "is_verbatim": item.is_verbatim,
    }


def duplicate_sheets(
    pairs: Iterable[TargetPair], repeats: Iterable[Repeat], objectives: Iterable[CopiedObjective]
) -> list[Sheet]:
    """What is copied as tables: pairs of targets row by row, repeats, objectives."""
    return [
        Sheet("雷同目标", PAIR_HEADINGS, [row for pair in pairs for row in _pair_rows(pair)]),
        Sheet("目标内重复", REPEAT_HEADINGS, [row for repeat in repeats for row in _repeat_rows(repeat)]),
        Sheet("照抄的总体目标", OBJECTIVE_HEADINGS, [_objective_row(item) for item in objectives]),
    ]


PAIR_HEADINGS = (
    "项目甲", "年度甲", "文件甲", "项目乙", "年度乙", "文件乙", "结论", "共有比例", "先后",
    "指标甲", "指标值甲", "指标乙", "指标值乙", "关系", "理由", "人工判断",
)  # fmt: skip


def _pair_rows(pair: TargetPair) -> Iterable[tuple[object, ...]]:
    one, other = pair.in_order
    head = (
        one.name, one.fiscal_year, one.file, other.name, other.fiscal_year, other.file,
        LABEL_WORDS[pair.label], pair.share, pair.earlier_word,
    )  # fmt: skip
    judged = pair.judged.said if pair.judged else None
    for item in pair.shared if pair.one is one else [item.turned for item in pair.shared]:
        yield (
            *head, item.one.text.name, item.one.text.printed_value,
            item.other.text.name, item.other.text.printed_value,
            RELATION_WORDS[item.reading.relation], item.reading.reason, judged,
        )  # fmt: skip
    if not pair.shared:
        # Judged the same, they are a pair that shares nothing.
        yield (*head, *[None] * 6, judged)


REPEAT_HEADINGS = ("项目", "年度", "文件", "关系", "理由", "指标", "指标值", "分类", "人工判断")


def _repeat_rows(repeat: Repeat) -> Iterable[tuple[object, ...]]:
    target = repeat.target
    for item in repeat.indicators:
        yield (
            target.name, target.fiscal_year, target.file,
            RELATION_WORDS[repeat.reading.relation], repeat.reason,
            item.text.name, item.text.printed_value, item.class_name,
            repeat.judged.said if repeat.judged else None,
        )  # fmt: skip


OBJECTIVE_HEADINGS = (
    "项目",
    "年度",
    "文件",
    "重复了",
    "是否逐字",
    "总体目标中的话",
    "原话",
    "所在项目",
    "所在文件",
)


def _objective_row(item: CopiedObjective) -> tuple[object, ...]:
    target, other = item.target, item.other_target
    return (
        target.name, target.fiscal_year, target.file, KIND_WORDS[item.kind],
        "逐字" if item.is_verbatim else "近似", item.text, item.other, other.name, other.file,
    )  # fmt: skip


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
        "projects": item.projects,
        "units": item.units,
        "is_common": item.is_common,
        "reason": item.reason,
    }


BOILERPLATE_HEADINGS = (
    "单位", "项目", "年度", "文件", "指标", "指标值", "套话程度", "是否套话", "共性指标", "自己的词",
    "模板", "项目数", "单位数", "理由",
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
            "是" if item.is_common else "", "、".join(item.own_words), item.template, item.projects,
            item.units, item.reason,
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
        Sheet("项目和单位", SHARE_HEADINGS, share_rows),
        Sheet("指标值雷同", VALUE_HEADINGS, value_rows),
    ]
