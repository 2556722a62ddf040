"""What is copied as tables and as JSON (雷同清单)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any

from app.judgement_file import judgement_to_json
from app.sheets import Sheet
from graph.concept_groups import ConceptGroup
from graph.copies import Repeat, TargetPair
from graph.corpus import IndicatorItem, TargetItem
from graph.objectives import CopiedObjective, CopyKind
from graph.reuse import printed_places
from graph.store import GraphStore
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

SAME_PROJECT_WORDS = {
    CopyKind.OTHER_GOAL: "同一项目的总体目标",
    CopyKind.INDICATOR_OF_OTHER_TARGET: "同一项目的指标",
}


def repeated_words(item: CopiedObjective) -> str:
    """What an objective repeats; another target of the same project is not another project's."""
    own = item.target.project_id
    if item.target.id != item.other_target.id and own is not None and own == item.other_target.project_id:
        return SAME_PROJECT_WORDS.get(item.kind, KIND_WORDS[item.kind])
    return KIND_WORDS[item.kind]


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


def _indicator_to_json(item: IndicatorItem, places: Mapping[str, str]) -> dict[str, Any]:
    """An indicator by its printed name and value, and where it is printed."""
    return {
        "indicator_id": item.id,
        "name": item.text.name,
        "printed_value": item.text.printed_value,
        "class_id": item.class_id,
        "place": places.get(item.id),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Duplicates:
    """Everything that is copied; `unlisted` counts the pairs of targets that are not listed.

    It is exact where all pairs are asked for, else so many at most.
    """

    pairs: Sequence[TargetPair]
    groups: Sequence[Sequence[TargetItem]]
    repeats: Sequence[Repeat]
    objectives: Sequence[CopiedObjective]
    concept_groups: Sequence[ConceptGroup]
    unlisted: int
    is_unlisted_exact: bool
    left_out: int
    """Indicators that say nothing, and were compared with none."""
    places: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Where the indicators of pairs and repeats are printed, by their ids; filled in with `with_places`."""

    def with_places(self, store: GraphStore) -> "Duplicates":
        """The same with the cells where its indicators are printed."""
        shared = (side.id for pair in self.pairs for item in pair.shared for side in (item.one, item.other))
        repeated = (item.id for repeat in self.repeats for item in repeat.indicators)
        return replace(self, places=printed_places(store, chain(shared, repeated)))

    @property
    def notes(self) -> list[str]:
        """What was not listed or not compared, in plain sentences."""
        notes = []
        if self.unlisted:
            most = "" if self.is_unlisted_exact else "至多"
            notes.append(
                f"列出 {len(self.pairs)} 对雷同的目标，另有{most} {self.unlisted} 对没有列出："
                "指标全同的目标很多时只列各个和最早的一个，一个目标只列最相近的几十个"
            )
        return [*notes, left_out_note(self.left_out)] if self.left_out else notes


def left_out_note(count: int) -> str:
    """How many indicators say nothing."""
    return f"有 {count} 条指标没有名称，或只有数、标点、一个字，什么也没说，没有比较"


def duplicates_to_json(found: Duplicates) -> dict[str, Any]:
    """Everything that is copied, as JSON values; docs/reuse.md lists the fields."""
    return {
        "target_pairs": [_pair_to_json(pair, found.places) for pair in found.pairs],
        "unlisted_target_pairs": found.unlisted,
        "groups": [[target_to_json(target) for target in group] for group in found.groups],
        "within_target": [_repeat_to_json(repeat, found.places) for repeat in found.repeats],
        "copied_objectives": [_objective_to_json(item) for item in found.objectives],
        "indicator_groups": [
            {
                "concepts": [{"concept_id": own_id, "name": name} for own_id, name in group.concepts],
                "pairs": group.pairs,
                "density": group.density,
            }
            for group in found.concept_groups
        ],
        "left_out": found.left_out,
    }


def _pair_to_json(pair: TargetPair, places: Mapping[str, str]) -> dict[str, Any]:
    one, other = pair.in_order
    return {
        "a": target_to_json(one),
        "b": target_to_json(other),
        "label": pair.label,
        "share": pair.share,
        "earlier": pair.earlier_word,
        "judgement": judgement_to_json(pair.judged),
        "shared": [
            {
                "a": _indicator_to_json(item.one, places),
                "b": _indicator_to_json(item.other, places),
                "relation": item.reading.relation.value,
                "reason": item.reading.reason,
            }
            for item in pair.shared_in_order
        ],
    }


def _repeat_to_json(repeat: Repeat, places: Mapping[str, str]) -> dict[str, Any]:
    return {
        **target_to_json(repeat.target),
        "names": [item.text.name for item in repeat.indicators],
        "values": [item.text.printed_value for item in repeat.indicators],
        "class_ids": [item.class_id for item in repeat.indicators],
        "places": [places.get(item.id) for item in repeat.indicators],
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


def duplicate_sheets(found: Duplicates) -> list[Sheet]:
    """What is copied as tables: pairs of targets row by row, repeats, objectives, groups of indicators."""
    pairs = [row for pair in found.pairs for row in _pair_rows(pair, found.places)]
    repeats = [row for repeat in found.repeats for row in _repeat_rows(repeat, found.places)]
    groups = [
        (number, name, len(group.concepts), group.density)
        for number, group in enumerate(found.concept_groups, start=1)
        for _, name in group.concepts
    ]
    return [
        Sheet("雷同目标", PAIR_HEADINGS, pairs),
        Sheet("目标内重复", REPEAT_HEADINGS, repeats),
        Sheet("照抄的总体目标", OBJECTIVE_HEADINGS, [_objective_row(item) for item in found.objectives]),
        Sheet("相近的指标组", GROUP_HEADINGS, groups),
    ]


GROUP_HEADINGS = ("组", "指标", "组内指标数", "密度")


PAIR_HEADINGS = (
    "单位甲", "项目甲", "年度甲", "文件甲", "单位乙", "项目乙", "年度乙", "文件乙",
    "结论", "共有比例", "先后", "指标甲", "指标值甲", "指标乙", "指标值乙", "关系", "理由", "人工判断",
    "出处甲", "出处乙", "目标编号甲", "目标编号乙",
)  # fmt: skip


def _pair_rows(pair: TargetPair, places: Mapping[str, str]) -> Iterable[tuple[object, ...]]:
    one, other = pair.in_order
    head = (
        one.unit, one.name, one.fiscal_year, one.file, other.unit, other.name, other.fiscal_year, other.file,
        LABEL_WORDS[pair.label], pair.share, pair.earlier_word,
    )  # fmt: skip
    judged = pair.judged.said if pair.judged else None
    for item in pair.shared_in_order:
        yield (
            *head, item.one.text.name, item.one.text.printed_value,
            item.other.text.name, item.other.text.printed_value,
            RELATION_WORDS[item.reading.relation], item.reading.reason, judged,
            places.get(item.one.id), places.get(item.other.id), one.id, other.id,
        )  # fmt: skip
    if not pair.shared:
        # Judged the same, they are a pair that shares nothing.
        yield (*head, *[None] * 6, judged, None, None, one.id, other.id)


REPEAT_HEADINGS = (
    "单位", "项目", "年度", "文件", "关系", "理由", "指标", "指标值", "分类", "人工判断", "出处",
)  # fmt: skip


def _repeat_rows(repeat: Repeat, places: Mapping[str, str]) -> Iterable[tuple[object, ...]]:
    target = repeat.target
    for item in repeat.indicators:
        yield (
            target.unit, target.name, target.fiscal_year, target.file,
            RELATION_WORDS[repeat.reading.relation], repeat.reason,
            item.text.name, item.text.printed_value, item.class_name,
            repeat.judged.said if repeat.judged else None, places.get(item.id),
        )  # fmt: skip


OBJECTIVE_HEADINGS = (
    "单位",
    "项目",
    "年度",
    "文件",
    "重复了",
    "是否逐字",
    "总体目标中的话",
    "原话",
    "所在单位",
    "所在项目",
    "所在年度",
    "所在文件",
)


def _objective_row(item: CopiedObjective) -> tuple[object, ...]:
    target, other = item.target, item.other_target
    return (
        target.unit, target.name, target.fiscal_year, target.file, repeated_words(item),
        "逐字" if item.is_verbatim else "近似", item.text, item.other,
        other.unit, other.name, other.fiscal_year, other.file,
    )  # fmt: skip
