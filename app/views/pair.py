"""Two targets side by side (两个目标并列): what they share, row by row, and where each row is printed."""

from collections.abc import Sequence

import streamlit as st

from app.comparison_tables import LABEL_WORDS, RELATION_WORDS
from app.views.differences import show_apart
from app.views.fragment import STATEMENT, origin_of, show_fragment, sources_in
from app.views.judging import judge_pair, judgements, verdict_words
from app.views.parts import empty, go, link, plain
from app.views.tables import Table, show_table
from app.views.words import t
from graph.copies import SharedIndicator, TargetPair
from graph.corpus import IndicatorItem, TargetItem
from graph.judgements import Subject

_ROWS_AROUND = 1
_SIDES = ("甲", "乙")
_ROW = "row"
"""What the address calls the row whose sources are shown: by the id of its first indicator."""


def show_pair(pair: TargetPair) -> None:
    """Draw two targets: whose they are, what they share, what only one has, and what was judged of them."""
    one, other = pair.in_order
    judged = verdict_words(pair.judged)
    st.header(f"{t(LABEL_WORDS[pair.label])} {pair.share:.0%}{f'　{judged}' if judged else ''}", anchor=False)
    if pair.earlier is not None:
        st.text(t("先见于 {year} 年“{name}”", year=pair.earlier.fiscal_year, name=pair.earlier.name))
    for column, target in zip(st.columns(2, gap="large"), (one, other), strict=True):
        with column:
            _say_target(target)
    _shared(pair.shared_in_order)
    _unshared(pair)
    st.subheader(t("这两个目标是不是一回事"), anchor=False)
    judge_pair(Subject.TARGETS, one.id, other.id, judgements().of_targets(one.id, other.id))
    if st.button(t("回到全部"), icon=":material/arrow_back:"):
        go("duplicates")


def _say_target(target: TargetItem) -> None:
    st.subheader(t("{year} 年", year=target.fiscal_year or "—"), anchor=False)
    st.text(f"{target.unit or t('单位不详')}\n{target.name}\n{target.file}")
    st.text(target.objective or t("没有总体目标"))
    if target.objective:
        link(t("总体目标的出处"), "source", of=target.id)
    if target.project_id:
        link(t("打开项目"), "project", id=target.project_id)


def _shared(shared: Sequence[SharedIndicator]) -> None:
    st.subheader(t("共有的指标"), anchor=False)
    if not shared:
        empty("没有共有的指标；是人工判断把它们算作一回事的。")
        return
    st.caption(t("点一行，看两边的差异和各自的出处。"))
    listed = [
        (item.one.text.name, item.one.text.printed_value, item.other.text.name, item.other.text.printed_value,
         t(RELATION_WORDS[item.reading.relation]), item.reading.reason)
        for item in shared
    ]  # fmt: skip
    headings = ("指标甲", "指标值甲", "指标乙", "指标值乙", "关系", "理由")
    show_table(Table("共有的指标", headings, listed), "shared", links=lambda at: _ask_for(shared[at]))
    asked = st.query_params.get(_ROW)
    chosen = next((item for item in shared if item.one.id == asked), None)
    if chosen is not None:
        _row(chosen)


def _ask_for(item: SharedIndicator) -> None:
    st.query_params[_ROW] = item.one.id


def _row(item: SharedIndicator) -> None:
    """One shared indicator: the differences coloured, and both stretches of the files."""
    show_apart((t("甲"), _said(item.one)), (t("乙"), _said(item.other)))
    for side, name in zip((item.one, item.other), _SIDES, strict=True):
        st.markdown(f"**{t('出处{side}', side=t(name))}**　{plain(side.class_name or '')}")
        origin = origin_of(side.id)
        if origin is not None:
            show_fragment(origin, sources_in(origin, side.id, STATEMENT), around=_ROWS_AROUND)


def _said(item: IndicatorItem) -> str:
    return f"{item.text.name}  {item.text.printed_value}"


def _unshared(pair: TargetPair) -> None:
    """What only one of the two has: without it nobody sees how much is not shared."""
    taken = {side.id for item in pair.shared for side in (item.one, item.other)}
    rows = [
        (name, item.class_name, item.text.name, item.text.printed_value, item.id)
        for name, target in zip(_SIDES, pair.in_order, strict=True)
        for item in target.indicators
        if item.id not in taken
    ]
    if rows:
        st.subheader(t("只有一边有的指标"), anchor=False)
        listed = [(t(name), *rest) for name, *rest, _ in rows]
        show_table(
            Table("只有一边有的指标", ("哪一边", "分类", "指标", "指标值"), listed), "unshared",
            links=lambda at: go("source", of=str(rows[at][-1])),
        )  # fmt: skip
