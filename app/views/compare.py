"""The page of comparison (对比): two units, or two years of one, with what both use and what only one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import streamlit as st

from app.views.address import choose, choose_button, left_out
from app.views.comparisons import targets_by_unit, unit_names
from app.views.parts import empty, go, link, page, section
from app.views.tables import Table, show_table
from app.views.view import View
from app.views.words import t
from graph.corpus import TargetItem
from graph.side_by_side import BothSides, SideBySide, SideIndicator, ValueChange, side_by_side

_UNITS, _YEARS = "units", "years"
_WAYS = {_UNITS: "两个单位", _YEARS: "两个年度"}
_CHANGES = {
    ValueChange.SAME: "值相同",
    ValueChange.PARTLY: "值部分相同",
    ValueChange.CHANGED: "值不同",
}
_ALL = "all"
"""What stands in the address for all years, all projects; 部门整体 has no project."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side: what it is called, and its targets."""

    name: str
    targets: tuple[TargetItem, ...]


@page("对比", "两个单位，或一个单位、项目的两个年度：哪些指标都有，指标值变没变，哪些只有一边有。")
def show() -> None:
    """Draw what is compared, then what comes of it."""
    by_unit = targets_by_unit()
    if not by_unit:
        empty("图谱里没有写明单位的绩效目标。请到“导入”页载入文件。")
        return
    way = choose_button(t("比什么"), tuple(_WAYS), "by", say=lambda own: t(_WAYS[own]), told=True)
    sides = _two_units(by_unit) if way == _UNITS else _two_years(by_unit)
    if left_out():
        # To compare what the page begins with instead would pass for what the link was of.
        empty("网址里的选择有这里没有的，没有比较；它可能已随文件移除。")
        link(t("重新选"), "compare")
        return
    if sides is None:
        return
    one, other = sides
    if not (one.targets and other.targets):
        empty("有一边没有绩效目标。换一个年度或单位再试。")
        return
    _draw(one, other, side_by_side(one.targets, other.targets))


def years_of(found: Iterable[TargetItem]) -> list[int]:
    """The years of some targets, the oldest first."""
    return sorted({target.fiscal_year for target in found if target.fiscal_year is not None})


def _two_units(by_unit: Mapping[str, Sequence[TargetItem]]) -> tuple[Side, Side] | None:
    names = unit_names(by_unit)
    if len(names) < 2:
        empty("图谱里只有一个单位。再载入别的单位的文件，或比较两个年度。")
        return None
    ids = tuple(names)
    columns = st.columns(3)
    with columns[0]:
        one = choose(t("单位甲"), ids, "one", say=names.__getitem__, told=True)
    with columns[1]:
        other = choose(t("单位乙"), ids, "other", say=names.__getitem__, default=ids[1], told=True)
    with columns[2]:
        years = (_ALL, *map(str, years_of(chain.from_iterable(by_unit.values()))))
        year = choose(t("年度"), years, "year", say=lambda own: t("全部") if own == _ALL else own, told=True)
    if one == other:
        empty("两边是同一个单位。请另选一个，或比较两个年度。")
        return None

    def side(unit_id: str) -> Side:
        own = (item for item in by_unit[unit_id] if year in (_ALL, str(item.fiscal_year)))
        return Side(names[unit_id], tuple(own))

    return side(one), side(other)


def _two_years(by_unit: Mapping[str, Sequence[TargetItem]]) -> tuple[Side, Side] | None:
    # Only what has two years can be compared with itself.
    names = {own: name for own, name in unit_names(by_unit).items() if len(years_of(by_unit[own])) > 1}
    if not names:
        empty("没有哪个单位有两个年度的绩效目标。再载入别的年度的文件，或比较两个单位。")
        return None
    columns = st.columns(4)
    with columns[0]:
        unit = choose(t("单位"), tuple(names), "unit", say=names.__getitem__, told=True)
    found = list(by_unit[unit])
    with columns[1]:
        project, found = _of_project(unit, found)
    years = tuple(map(str, years_of(found)))
    for key in ("year1", "year2"):
        _leave_behind(key, years, (unit, project))
    with columns[2]:
        one = choose(t("年度甲"), years, "year1", say=str, default=years[0], told=True)
    with columns[3]:
        other = choose(t("年度乙"), years, "year2", say=str, default=years[-1], told=True)
    if one == other:
        empty("两边是同一个年度。请另选一个。")
        return None

    def side(year: str) -> Side:
        return Side(t("{year} 年", year=year), tuple(x for x in found if str(x.fiscal_year) == year))

    return side(one), side(other)


def _leave_behind(key: str, options: Sequence[str], hangs_on: tuple[str, ...]) -> None:
    """Drop a choice that the reader made before they changed what it hangs on, and that is there no more.

    One that comes with a link stays, and the page says that it lacks it.
    """
    last, asked = st.session_state.get(f"{key}-last"), st.query_params.get(key, "")
    is_left_over = last is not None and last[0] == asked and last[1] != hangs_on
    if asked and asked not in options and is_left_over:
        del st.query_params[key]
        asked = ""
    st.session_state[f"{key}-last"] = (asked, hangs_on)


def _of_project(unit: str, found: list[TargetItem]) -> tuple[str, list[TargetItem]]:
    """The project chosen, one that has two years, with its targets; or all of the unit's."""
    names = {item.project_id: item.project or t("名称不详") for item in found if item.project_id}
    several = {
        own: name
        for own, name in sorted(names.items(), key=lambda pair: pair[1])
        if len(years_of(item for item in found if item.project_id == own)) > 1
    }
    words = {_ALL: t("全部"), **several}
    _leave_behind("project", tuple(words), (unit,))
    project = choose(t("项目"), tuple(words), "project", say=words.__getitem__, told=True)
    own = found if project == _ALL else [item for item in found if item.project_id == project]
    return project, own


def _draw(one: Side, other: Side, found: SideBySide) -> None:
    st.text(t("甲：{one}　乙：{other}", one=one.name, other=other.name))
    changed = sum(item.change is not ValueChange.SAME for item in found.both)
    told = {
        t("都有"): len(found.both),
        t("其中指标值不同"): changed,
        t("只有甲有"): len(found.only_one),
        t("只有乙有"): len(found.only_other),
    }
    for column, (label, count) in zip(st.columns(4), told.items(), strict=True):
        column.metric(label, f"{count:,}")
    if any(found.nameless):
        one_count, other_count = found.nameless
        st.caption(
            t("甲有 {one} 条、乙有 {other} 条指标没有名称，没有比较。", one=one_count, other=other_count)
        )
    section("两边都有的指标")
    if found.both:
        _both(one, other, found.both)
    else:
        empty("两边没有共同的指标。")
    section("只有甲有的指标")
    _only("只有甲有的指标", one, found.only_one, "only-one")
    section("只有乙有的指标")
    _only("只有乙有的指标", other, found.only_other, "only-other")


def _both(one: Side, other: Side, found: Sequence[BothSides]) -> None:
    rows = [
        (item.one.class_name, item.one.name, t(_CHANGES[item.change]), _said(item.one.values),
         _said(item.other.values), _said(item.one.targets), _said(item.other.targets))
        for item in found
    ]  # fmt: skip
    headings = ("二级指标", "指标", "指标值比较", "指标值甲", "指标值乙", "目标甲", "目标乙")
    show_table(Table("两边都有的指标", headings, rows), "both", links=lambda at: _open(found[at].one))


def _only(title: str, side: Side, found: Sequence[SideIndicator], key: str) -> None:
    # The name of a unit is data: a heading would read it as Markdown.
    st.text(side.name)
    if not found:
        empty("没有只在这一边的指标。")
        return
    rows = [(item.class_name, item.name, _said(item.values), _said(item.targets)) for item in found]
    headings = ("二级指标", "指标", "指标值", "目标")
    show_table(Table(title, headings, rows), key, links=lambda at: _open(found[at]))


def _said(words: Iterable[str]) -> str:
    return "；".join(words)


def _open(item: SideIndicator) -> None:
    go("indicator", id=item.concept_id)


VIEW = View("compare", "对比", ":material/compare_arrows:", show, read_ahead=targets_by_unit)
