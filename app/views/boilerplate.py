"""The page of boilerplate (套话): how much of an indicator could stand in any project, and why."""

import streamlit as st

from app.boilerplate_shares import SCOPES, shares_in
from app.views.address import choose_button
from app.views.comparisons import boilerplate
from app.views.parts import cut, empty, go, page, section
from app.views.tables import Table, show_table
from app.views.view import View
from app.views.words import t
from graph.boilerplate import THRESHOLD
from graph.corpus import IndicatorItem

_SCOPES = dict(zip(("unit", "project", "target"), SCOPES, strict=True))
"""What is counted, as the address names it."""


@page("套话", "0 是项目自己的话，1 是写在哪里都行的话；共性指标本来就该多处使用，另行标出。")
def show() -> None:
    """Draw the ranking of indicators, then the shares of units, projects and targets."""
    found = boilerplate()
    if not found.templates:
        empty("图谱里还没有指标。请到“导入”页载入有绩效目标的文件。")
        return
    least = st.slider(t("从多少起算套话"), 0.0, 1.0, THRESHOLD, step=0.05, key="from", bind="query-params")
    said = found.said(least)
    st.caption(t("{count} 条指标中 {said} 条是套话", count=f"{len(found.scores):,}", said=f"{said:,}"))
    listed = cut(found.templates)
    rows = [
        (round(item.score, 2), t("共性") if item.is_common else "", item.said, item.targets, item.projects,
         item.units, item.words_told)
        for item in listed
    ]  # fmt: skip
    headings = ("程度", "共性", "指标", "目标", "项目", "单位", "说明")
    show_table(
        Table("套话", headings, rows), "boilerplate",
        links=lambda at: _open(listed[at].item),
    )  # fmt: skip
    section("套话占多少")
    scope = choose_button(t("范围"), tuple(_SCOPES), "scope", say=lambda own: t(_SCOPES[own]), told=True)
    shares = cut(shares_in(found.by_scope, _SCOPES[scope], least))
    share_rows = [
        (name, share.indicators, share.boilerplate, f"{share.share:.0%}", f"{share.low:.0%}–{share.high:.0%}")
        for name, share in shares
    ]
    share_headings = ("名称", "指标", "套话", "比例", "95% 区间")
    show_table(Table("套话占多少", share_headings, share_rows), "shares")


def _open(item: IndicatorItem) -> None:
    """The card of an indicator; of one without a name, which has none, the place where it is printed."""
    if item.concept_id is None:
        go("source", of=item.id)
    else:
        go("indicator", id=item.concept_id)


VIEW = View("boilerplate", "套话", ":material/format_quote:", show, read_ahead=boilerplate)
