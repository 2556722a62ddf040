"""The page of copied targets (雷同): pairs, and what two share side by side."""

from typing import Any

import streamlit as st

from app.comparison_tables import LABEL_WORDS, RELATION_WORDS
from app.views.comparisons import sharing, targets
from app.views.data import remember, store, version
from app.views.judging import judge_pair, judgements, verdict_words
from app.views.parts import empty, go, page
from app.views.tables import Table, show_table
from app.views.view import View
from app.views.words import t
from graph.copies import TargetPair, compare_targets
from graph.copy_search import label_of
from graph.corpus import TargetItem
from graph.judgements import Subject
from graph.reuse import printed_places
from graph.row_index import LEAST_SHARE

_SHOWN = 1_000


@remember()
def _pair(version_: str, one: str, other: str) -> TargetPair | None:
    by_id = {target.id: target for target in targets()}
    return compare_targets(by_id[one], by_id[other]) if {one, other} <= by_id.keys() else None


@page("雷同", "共有一半以上指标的绩效目标，最相近的在前；雷同不等于有错，请结合原文判断。")
def show() -> None:
    """Draw the pairs, or the one that the address names."""
    one, other = st.query_params.get("one", ""), st.query_params.get("other", "")
    if one and other:
        pair = _pair(version(), one, other)
        if pair is None:
            empty("图谱里没有这两个目标；它们可能已随文件移除。")
        else:
            _draw(pair)
            return
    _list()


def _list() -> None:
    least = st.slider(t("至少共有多少指标（%）"), 50, 100, 50, step=5, key="share", bind="query-params") / 100
    found = sharing(max(least, LEAST_SHARE))
    st.caption(t("{count} 对", count=f"{len(found):,}"))
    if not found:
        empty("没有共有这么多指标的目标。")
        return
    by_id = {target.id: target for target in targets()}
    listed = [_row(row, by_id) for row in found[:_SHOWN]]
    if len(found) > _SHOWN:
        st.info(t("只列出前 {shown} 对，共 {count} 对。", shown=_SHOWN, count=f"{len(found):,}"))
    headings = ("结论", "共有比例", "单位甲", "目标甲", "年度甲", "单位乙", "目标乙", "年度乙", "判断")
    show_table(
        Table("雷同的绩效目标", headings, listed), "pairs",
        links=lambda at: go("duplicates", one=str(found[at]["one_id"]), other=str(found[at]["other_id"])),
    )  # fmt: skip


def _row(row: dict[str, Any], by_id: dict[str, TargetItem]) -> tuple[object, ...]:
    one, other = by_id[row["one_id"]], by_id[row["other_id"]]
    label = t(LABEL_WORDS[label_of(row["share"])])
    return (
        label, f"{row['share']:.0%}", one.unit, one.name, one.fiscal_year, other.unit, other.name,
        other.fiscal_year, verdict_words(judgements().of_targets(one.id, other.id)),
    )  # fmt: skip


def _draw(pair: TargetPair) -> None:
    one, other = pair.in_order
    st.header(f"{t(LABEL_WORDS[pair.label])} {pair.share:.0%}", anchor=False)
    if pair.earlier_word:
        st.text(pair.earlier_word)
    for column, target in zip(st.columns(2, gap="large"), (one, other), strict=True):
        with column:
            st.subheader(t("{year} 年", year=target.fiscal_year or "—"), anchor=False)
            st.text(f"{target.unit or t('单位不详')}\n{target.name}\n{target.file}")
            st.text(target.objective or t("没有总体目标"))
    shared = pair.shared if pair.one is one else tuple(item.turned for item in pair.shared)
    places = printed_places(store(), (side.id for item in shared for side in (item.one, item.other)))
    listed = [
        (item.one.text.name, item.one.text.printed_value, item.other.text.name, item.other.text.printed_value,
         t(RELATION_WORDS[item.reading.relation]), item.reading.reason, places.get(item.one.id),
         places.get(item.other.id))
        for item in shared
    ]  # fmt: skip
    headings = ("指标甲", "指标值甲", "指标乙", "指标值乙", "关系", "理由", "出处甲", "出处乙")
    show_table(Table("共有的指标", headings, listed), "shared")
    st.subheader(t("这两个目标是不是一回事"), anchor=False)
    judge_pair(Subject.TARGETS, one.id, other.id, judgements().of_targets(one.id, other.id))
    if st.button(t("回到全部"), icon=":material/arrow_back:"):
        go("duplicates")


VIEW = View("duplicates", "雷同", ":material/content_copy:", show)
