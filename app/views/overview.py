"""The first page (总览): what is loaded, by class, year, unit, and what could not be read."""

from collections.abc import Mapping, Sequence

import streamlit as st

from app.views.data import EVERY, answer, remarks, remember, version
from app.views.parts import cut, go, page, said_by_program, section
from app.views.tables import Table, show_table
from app.views.unread import show_unread
from app.views.view import View
from app.views.words import t

_COUNTED = {
    "Disclosure": "公开文件", "BudgetUnit": "预算单位", "Project": "项目", "PerformanceTarget": "绩效目标",
    "Indicator": "指标", "IndicatorConcept": "不同的指标",
}  # fmt: skip


@remember()
def _read(version_: str) -> dict[str, list[dict[str, object]]]:
    asked = {name: answer(name) for name in ("nodes", "years", "classes")}
    return asked | {"units": answer("units", row_limit=EVERY)}


@page("总览", "图谱里有什么：多少文件、单位、项目和指标，按年度、分类、单位列出。")
def show() -> None:
    """Draw the counts and three tables."""
    found = _read(version())
    for remark in remarks():
        st.info(said_by_program(remark), icon=":material/info:")
    counts = {str(row["label"]): row["nodes"] for row in found["nodes"]}
    for column, (label, words) in zip(st.columns(len(_COUNTED)), _COUNTED.items(), strict=True):
        column.metric(t(words), f"{counts.get(label, 0):,}")
    left, right = st.columns(2, gap="large")
    with left:
        section("年度")
        years = [(r["fiscal_year"], r["targets"], r["indicators"], r["budget"]) for r in found["years"]]
        show_table(Table("年度", ("年度", "绩效目标", "指标", "预算（元）"), years), "years")
    with right:
        section("预算单位")
        _units(found["units"])
    section("指标分类")
    classes = [(r["category"], r["subcategory"], r["indicators"]) for r in found["classes"]]
    show_table(Table("指标分类", ("一级指标", "二级指标", "指标"), classes), "classes")
    show_unread()


def _units(found: Sequence[Mapping[str, object]]) -> None:
    st.caption(t("点一行，看它的绩效目标和项目。"))
    units = [(r["unit"] or t("单位不详"), r["region"], r["projects"]) for r in cut(found)]
    show_table(
        Table("预算单位", ("单位", "地区", "项目数"), units), "units",
        links=lambda at: go("project", id=str(found[at]["unit_id"])),
    )  # fmt: skip


VIEW = View("overview", "总览", ":material/dashboard:", show, read_ahead=lambda: _read(version()))
