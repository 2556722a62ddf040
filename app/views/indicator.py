"""The card of one indicator (指标卡片): who uses it, over which years, with which values and wordings."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import streamlit as st

from app.views.data import remember, rows, store, version
from app.views.differences import show_variants
from app.views.parts import empty, go, link, page, place_words, plain, say_cut
from app.views.plots import BLUE, show_plot
from app.views.relatives import show_relatives
from app.views.search import read_facets
from app.views.tables import Table, show_downloads, show_table
from app.views.view import View
from app.views.words import t
from graph import page_queries, queries
from graph.reuse import Occurrence, concept_occurrences
from nlp.common_indicators import source_of

_MOST_VALUES, _MOST_WORDINGS = 15, 20
_HELP = {"项目": "单位自己的目标（部门整体）里用到的不算在项目里。"}
_SHOWN = 1_000
"""Rows that a card lists: a common indicator stands in ten thousand places."""
_FEW, _HEIGHT = 4, 200
"""Values whose table is drawn whole, and the height in pixels of a longer one."""


@dataclass(frozen=True, slots=True)
class Use:
    """How often an indicator is printed with a wording and a value in a year."""

    name: str | None
    printed_value: str | None
    fiscal_year: int | None
    count: int


@remember()
def _spread(version_: str, concept_id: str) -> list[Use]:
    found = rows(page_queries.CONCEPT_SPREAD, {"concept_id": concept_id})
    return [
        Use(row["name"], row["printed_value"], row["fiscal_year"], row["indicators"])
        for row in sorted(found, key=lambda row: (str(row["name"]), str(row["printed_value"])))
    ]


@remember()
def _occurrences(version_: str, concept_id: str) -> tuple[Occurrence, ...]:
    return concept_occurrences(store(), concept_id, limit=_SHOWN)


@remember()
def _projects(version_: str, concept_id: str) -> list[dict[str, Any]]:
    return rows(page_queries.CONCEPT_PROJECTS, {"concept_id": concept_id, "row_limit": _SHOWN})


@page("指标", "一个指标用在哪里、哪些年、指标值是多少，名称有哪些写法，和哪些指标相近。")
def show() -> None:
    """Draw the card of the indicator that the address names."""
    concept_id = st.query_params.get("id", "")
    found = rows(queries.CONCEPT, {"concept_id": concept_id}) if concept_id else []
    if not found:
        empty("请从检索页选一个指标打开。" if not concept_id else "图谱里没有这个指标；它可能已随文件移除。")
        link(t("到检索页"), "search")
        return
    concept, uses = found[0], _spread(version(), concept_id)
    _head(concept, uses)
    link(t("在复用图里看"), "reuse_map", id=concept_id)
    left, right = st.columns(2, gap="large")
    with left:
        _values(str(concept["name"]), uses)
    with right:
        _wordings(uses)
    show_relatives(concept_id, str(concept["name"]))
    _uses(concept_id, concept["occurrences"] or 0)
    _by_project(concept_id, concept["projects"] or 0)


def _head(concept: dict[str, object], uses: Sequence[Use]) -> None:
    name = str(concept["name"])
    st.header(plain(name), anchor=False)
    if concept["is_common"]:
        st.badge(t("共性指标"), icon=":material/public:", color="blue")
        st.caption(t("本来就该多处使用：{source}", source=source_of(name) or ""))
    years = sorted({item.fiscal_year for item in uses if item.fiscal_year})
    told = {
        "项目": concept["projects"],
        "单位": concept["units"],
        "条数": concept["occurrences"],
        "年度": _span(years),
    }
    for column, (label, value) in zip(st.columns(len(told)), told.items(), strict=True):
        column.metric(t(label), str(value), help=t(_HELP[label]) if label in _HELP else None)


def _span(years: Sequence[int]) -> str:
    """Years as they fit into a narrow place: the first and the last."""
    return f"{years[0]}–{years[-1]}" if len(years) > 1 else "".join(map(str, years))


def _values(name: str, uses: Sequence[Use]) -> None:
    st.subheader(t("指标值"))
    counted = _counted((item.printed_value or t("（未填写）"), item.count) for item in uses)
    show_plot(_by_year(uses, [value for value, _ in counted[:_MOST_VALUES]]), name, t("各年各指标值有多少条"))
    if len(counted) > _MOST_VALUES:
        st.caption(t("只画前 {shown} 种，共 {count} 种。", shown=_MOST_VALUES, count=len(counted)))
    show_table(
        Table("指标值", ("指标值", "条数"), counted),
        "values",
        height=_HEIGHT if len(counted) > _FEW else None,
    )


def _by_year(uses: Sequence[Use], shown: Sequence[str]) -> alt.LayerChart:
    """How often each value is printed in each year: a circle as large as the count, the count in it."""
    counts: Counter[tuple[str, str]] = Counter()
    for item in uses:
        counts[item.printed_value or t("（未填写）"), str(item.fiscal_year or t("年度不详"))] += item.count
    data = [{"value": v, "year": y, "count": count} for (v, y), count in counts.items() if v in shown]
    told = [("value:N", "指标值"), ("year:O", "年度"), ("count:Q", "条数")]
    base = alt.Chart(alt.InlineData(values=sorted(data, key=lambda row: str(row["year"])))).encode(
        y=alt.Y("value:N", sort=list(shown), title=None, axis=alt.Axis(labelLimit=200, grid=True)),
        x=alt.X("year:O", title=t("年度"), axis=alt.Axis(labelAngle=0, orient="top")),
        tooltip=[alt.Tooltip(field, title=t(words)) for field, words in told],
    )
    circles = base.mark_circle(color=BLUE, opacity=1).encode(
        size=alt.Size("count:Q", scale=alt.Scale(range=[260, 700], zero=False), legend=None)
    )
    numbers = base.mark_text(color="white", fontSize=12).encode(text="count:Q")
    return alt.LayerChart(layer=[circles, numbers], height=alt.Step(32))


def _counted(found: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """Words with how often each stands, the most frequent first."""
    counts: Counter[str] = Counter()
    for words, count in found:
        counts[words] += count
    return counts.most_common()


def _wordings(uses: Sequence[Use]) -> None:
    wordings = _counted((item.name or "", item.count) for item in uses)
    st.subheader(t("名称的写法"))
    if len(wordings) > 1:
        st.caption(t("和最常用的写法不同的地方，加了底色和下划线。"))
    show_variants([(f"{count:,}", name) for name, count in wordings[:_MOST_WORDINGS]])
    if len(wordings) > _MOST_WORDINGS:
        st.caption(t("只列出前 {shown} 种，共 {count} 种。", shown=_MOST_WORDINGS, count=len(wordings)))
    show_downloads(Table("名称的写法", ("写法", "条数"), wordings), "wordings")


def _uses(concept_id: str, total: int) -> None:
    uses = _occurrences(version(), concept_id)
    st.subheader(t("用在哪里"))
    st.caption(t("点一行，看它在原文件里的位置。"))
    say_cut(len(uses), total)
    listed = [
        (item.unit or t("单位不详"), item.fiscal_year, item.project or item.target,
         item.subcategory or item.category, item.printed_value, place_words(item))
        for item in uses
    ]  # fmt: skip
    headings = ("单位", "年度", "项目", "分类", "指标值", "出处")
    show_table(Table("用在哪里", headings, listed), "uses", links=lambda at: _open_source(uses[at]))


def _by_project(concept_id: str, total: int) -> None:
    found = _projects(version(), concept_id)
    if not found:
        return
    st.subheader(t("用它的项目"))
    st.caption(t("点一行，打开项目的页面。"))
    say_cut(len(found), total)
    listed = [(row["project"] or t("名称不详"), row["unit"]) for row in found]
    show_table(
        Table("用它的项目", ("项目", "单位"), listed), "projects",
        links=lambda at: go("project", id=found[at]["project_id"]),
    )  # fmt: skip


def _open_source(item: Occurrence) -> None:
    if item.places:
        go("source", of=item.indicator_id)


def _read_ahead() -> None:
    """Read the card of the most used indicator: it is opened most, and takes longest the first time."""
    for own in read_facets(version())[:1]:
        _spread(version(), own.concept_id)
        _occurrences(version(), own.concept_id)
        _projects(version(), own.concept_id)
        rows(queries.CONCEPT_RELATIVES, {"concept_id": own.concept_id})


VIEW = View("indicator", "指标", ":material/target:", show, read_ahead=_read_ahead)
