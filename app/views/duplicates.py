"""The page of what is copied (雷同): targets, groups of them, repeats within one, objectives, indicators."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from app.comparison_tables import LABEL_WORDS, RELATION_WORDS, repeated_words
from app.views.address import choose, choose_button
from app.views.comparisons import sharing, targets_by_unit, unit_names
from app.views.copied import (
    groups,
    is_large,
    objectives,
    pair_of,
    read_ahead,
    repeats,
    saying_nothing,
    similar_groups,
    targets_by_id,
)
from app.views.judging import judgements, verdict_words
from app.views.pair import show_pair
from app.views.parts import cut, empty, go, link, page
from app.views.tables import Table, show_table
from app.views.view import View
from app.views.words import t
from graph.corpus import IndicatorItem, TargetItem
from graph.judgements import Judgements, Subject, Verdict
from graph.objectives import CopiedObjective, CopyKind
from graph.row_index import LEAST_SHARE

_NO_UNIT = "none"
_ROW = "row"
"""What the address calls the copied objective whose sources are shown: by the ids of it and its original."""
_PARTS = {
    "targets": "雷同的目标",
    "groups": "两两雷同的组",
    "within": "目标内重复",
    "objectives": "照抄的总体目标",
    "indicators": "相近的指标组",
}


@page("雷同", "同样的绩效目标、总体目标和指标在哪里一再出现；雷同不等于有错，请结合原文判断。")
def show() -> None:
    """Draw the pair that the address names, or one of the lists."""
    one, other = st.query_params.get("one", ""), st.query_params.get("other", "")
    pair = pair_of(one, other) if one and other else None
    if pair is not None:
        show_pair(pair)
        return
    if one and other:
        empty("图谱里没有这两个目标；它们可能已随文件移除。")
    part = choose_button(t("看什么"), tuple(_PARTS), "show", say=lambda own: t(_PARTS[own]), told=True)
    if part != "objectives":
        st.query_params.pop(_ROW, None)
    {
        "targets": _targets,
        "groups": _groups,
        "within": _within,
        "objectives": _objectives,
        "indicators": _indicators,
    }[part]()
    if saying_nothing():
        told = t(
            "有 {count} 条指标没有名称，或只有数、标点、一个字，没有比较。", count=f"{saying_nothing():,}"
        )
        st.caption(told)


def _least_share() -> float:
    least: int = st.slider(t("至少共有多少指标（%）"), 50, 100, 50, step=5, key="share", bind="query-params")
    return max(least / 100, LEAST_SHARE)


def _targets() -> None:
    least = _least_share()
    found = sharing(least)
    st.caption(t("{count} 对", count=f"{len(found):,}"))
    apart = len(judgements().pairs(Subject.TARGETS, Verdict.DIFFERENT))
    if apart:
        st.caption(t("判断为不是一回事的 {count} 对没有列在这里，见“判断”页。", count=f"{apart:,}"))
    if not found:
        empty("没有共有这么多指标的目标。把比例调低一些再看。")
        return
    _say_unlisted(found, is_exact=least <= LEAST_SHARE)
    by_id, judged = targets_by_id(), judgements()
    listed = [_pair_row(row, by_id, judged) for row in cut(found)]
    headings = ("结论", "共有比例", "年度甲", "目标甲", "年度乙", "目标乙", "判断", "单位甲", "单位乙")
    st.caption(t("点一行，看两边共有哪些指标。"))
    show_table(
        Table("雷同的绩效目标", headings, listed), "pairs",
        links=lambda at: go("duplicates", one=str(found[at]["one_id"]), other=str(found[at]["other_id"])),
    )  # fmt: skip


def _say_unlisted(found: Sequence[Mapping[str, Any]], *, is_exact: bool) -> None:
    unlisted = sum(row["pairs"] - 1 + row["unlisted"] for row in found)
    if unlisted:
        told = "另有 {count} 对没有列出" if is_exact else "另有至多 {count} 对没有列出"
        why = t("指标全同的目标很多时只列各个和最早的一个，一个目标只列最相近的几十个。")
        st.info(f"{t(told, count=f'{unlisted:,}')}：{why}")


def _pair_row(
    row: Mapping[str, Any], by_id: Mapping[str, TargetItem], judged: Judgements
) -> tuple[object, ...]:
    one, other = by_id[row["one_id"]], by_id[row["other_id"]]
    return (
        t(LABEL_WORDS[row["label"]]), f"{row['share']:.0%}", one.fiscal_year, one.name, other.fiscal_year,
        other.name, verdict_words(judged.of_targets(one.id, other.id)), one.unit, other.unit,
    )  # fmt: skip


def _groups() -> None:
    found = groups(_least_share())
    st.caption(t("{count} 组，每组里两两雷同", count=f"{len(found):,}"))
    if not found:
        empty("没有三个以上两两雷同的目标。")
        return
    members = [(number, item) for number, group in enumerate(found, start=1) for item in group]
    shown = cut(members)
    listed = [
        (number, item.unit or t("单位不详"), item.name, item.fiscal_year, item.file) for number, item in shown
    ]
    st.caption(t("点一行，和组里的第一个并排看。"))
    show_table(
        Table("两两雷同的组", ("组", "单位", "目标", "年度", "文件"), listed), "groups",
        links=lambda at: _open_member(found[members[at][0] - 1], members[at][1]),
    )  # fmt: skip


def _open_member(group: Sequence[TargetItem], member: TargetItem) -> None:
    first = group[0] if group[0].id != member.id else group[1]
    go("duplicates", one=first.id, other=member.id)


def _unit() -> str | None:
    """The unit whose targets are looked at, where the graph is too large for all at once; None: all."""
    if not is_large():
        return None
    st.caption(t("图谱很大，这里一次看一个单位。"))
    names = unit_names(targets_by_unit())
    return choose(
        t("单位"), (*names, _NO_UNIT), "unit", say=lambda own: names.get(own, t("单位不详")), told=True
    )


def _within() -> None:
    found = repeats(_unit())
    st.caption(t("{count} 处", count=f"{len(found):,}"))
    if not found:
        empty("没有目标把一条指标写了两遍。")
        return
    rows = [
        (number, repeat, item) for number, repeat in enumerate(found, start=1) for item in repeat.indicators
    ]
    shown = cut(rows)
    listed = [
        (number, repeat.target.name, repeat.target.fiscal_year, item.text.name, item.text.printed_value,
         t(RELATION_WORDS[repeat.reading.relation]), repeat.reason, item.class_name,
         repeat.target.unit or t("单位不详"))
        for number, repeat, item in shown
    ]  # fmt: skip
    headings = ("处", "目标", "年度", "指标", "指标值", "关系", "理由", "分类", "单位")
    st.caption(t("点一行，看它在原文件里的位置。"))
    show_table(Table("目标内重复", headings, listed), "within", links=lambda at: _open_source(rows[at][2]))


def _open_source(item: IndicatorItem) -> None:
    go("source", of=item.id)


def _objectives() -> None:
    found = objectives(_unit())
    st.caption(t("{count} 处", count=f"{len(found):,}"))
    if not found:
        empty("没有照抄指标、项目名称或别的目标的总体目标。")
        return
    listed = [
        (item.target.unit or t("单位不详"), item.target.name, item.target.fiscal_year,
         t(repeated_words(item)), t("逐字") if item.is_verbatim else t("近似"), item.text, item.other,
         item.other_target.name, item.other_target.fiscal_year)
        for item in cut(found)
    ]  # fmt: skip
    headings = (
        "单位", "目标", "年度", "重复了", "是否逐字", "总体目标中的话", "原话", "所在目标", "所在年度",
    )  # fmt: skip
    st.caption(t("点一行，下面给出总体目标和原话的出处。"))
    show_table(Table("照抄的总体目标", headings, listed), "objectives", links=lambda at: _ask_for(found[at]))
    asked = st.query_params.get(_ROW)
    chosen = next((item for item in found if _row_id(item) == asked), None)
    if chosen is not None:
        _both_sources(chosen)


def _ask_for(item: CopiedObjective) -> None:
    st.query_params[_ROW] = _row_id(item)


def _row_id(item: CopiedObjective) -> str:
    return f"{item.target.id}.{_original_id(item)}"


def _original_id(item: CopiedObjective) -> str:
    """The id of what an objective repeats: an indicator, else the target with that goal or name."""
    if item.kind in (CopyKind.INDICATOR, CopyKind.INDICATOR_OF_OTHER_TARGET):
        for indicator in item.other_target.indicators:
            if indicator.text.name == item.other:
                return indicator.id
    return item.other_target.id


def _both_sources(item: CopiedObjective) -> None:
    """Where an objective is printed, and where what it repeats is."""
    st.text(t("总体目标中的话：{text}", text=item.text))
    link(t("总体目标的出处"), "source", of=item.target.id)
    st.text(t("原话：{text}", text=item.other))
    if item.kind is CopyKind.PROJECT_NAME and item.target.project_id:
        link(t("打开项目"), "project", id=item.target.project_id)
    else:
        link(t("原话的出处"), "source", of=_original_id(item))
    if item.kind is CopyKind.OTHER_GOAL:
        link(t("两个目标并排看"), "duplicates", one=item.target.id, other=item.other_target.id)


def _indicators() -> None:
    found = similar_groups()
    st.caption(t("{count} 组，每组里两两相近", count=f"{len(found):,}"))
    if not found:
        empty("没有三个以上两两相近的指标。")
        return
    rows = [(number, group, own) for number, group in enumerate(found, start=1) for own in group.concepts]
    listed = [(number, name, f"{group.density:.0%}") for number, group, (_, name) in cut(rows)]
    st.caption(t("密度：这组和与它相近的所有指标之间，两两相近的占多少。点一行，打开指标的卡片。"))
    show_table(
        Table("相近的指标组", ("组", "指标", "密度"), listed), "similar",
        links=lambda at: go("indicator", id=rows[at][2][0]),
    )  # fmt: skip


VIEW = View("duplicates", "雷同", ":material/content_copy:", show, read_ahead=read_ahead)
