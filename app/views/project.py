"""The page of one project or unit (项目、单位): its targets as a tree, down to the values."""

from collections import Counter
from collections.abc import Iterator, Sequence

import streamlit as st

from app.views.address import choose_button
from app.views.data import EVERY, answer, remember, rows, store, version
from app.views.parts import cut, empty, go, link, page, plain
from app.views.tables import Table, show_table
from app.views.view import View
from app.views.words import t
from graph import queries
from graph.reuse import ProjectTree, TargetBranch, project_tree, unit_targets

_SHOWN = 1_000
_WAN = 10_000
_UNIT = "unit-"
"""How the id of a unit begins."""


@remember()
def _projects(version_: str) -> list[dict[str, object]]:
    return answer("projects", word="", row_limit=EVERY)


@page("项目", "一个项目或单位各年的绩效目标：一级、二级、三级指标和指标值。")
def show() -> None:
    """Draw the project or the unit that the address names, or the list to choose from."""
    own_id = st.query_params.get("id", "")
    if own_id.startswith(_UNIT):
        _show_unit(own_id)
        return
    tree = project_tree(store(), own_id) if own_id else None
    if tree is None:
        if own_id:
            empty("图谱里没有这个项目；它可能已随文件移除。")
        _choose()
        return
    _draw(tree, own_id)


def _choose() -> None:
    word = st.text_input(
        t("项目名称里的词"), key="word", bind="query-params", type="search", placeholder=t("名称的一部分")
    )
    found = [row for row in _projects(version()) if word in str(row["project"] or "")]
    if not found:
        empty("没有这样的项目。换一个词再试。")
        return
    if len(found) > _SHOWN:
        st.info(
            t(
                "只列出前 {shown} 个，共 {count} 个；写出名称里的词可以缩小范围。",
                shown=_SHOWN, count=f"{len(found):,}",
            )
        )  # fmt: skip
    listed = [(row["project"] or t("名称不详"), row["unit"]) for row in found[:_SHOWN]]
    show_table(
        Table("项目", ("项目", "单位"), listed), "projects",
        links=lambda at: go("project", id=str(found[at]["project_id"])),
    )  # fmt: skip


def _draw(tree: ProjectTree, project_id: str) -> None:
    st.header(plain(tree.project or t("名称不详")), anchor=False)
    st.caption(plain(tree.unit or t("单位不详")))
    link(t("在复用图里看"), "reuse_map", id=project_id)
    _draw_targets(tree.targets)
    # One more than is listed tells whether there are more: a common indicator is shared with nearly all.
    shared = answer("shared_with_project", project_id=project_id, row_limit=_SHOWN + 1)
    if shared:
        st.subheader(t("共用指标的其他项目"), anchor=False)
        st.caption(t("点一行，打开项目的页面。"))
        if len(shared) > _SHOWN:
            st.info(t("只列出共用最多的 {shown} 个，还有别的没有列出。", shown=_SHOWN))
        listed = [(row["project"] or t("名称不详"), row["unit"], row["shared"]) for row in shared[:_SHOWN]]
        show_table(
            Table("共用指标的其他项目", ("项目", "单位", "共用的指标"), listed), "shared",
            links=lambda at: go("project", id=shared[at]["project_id"]),
        )  # fmt: skip
    link(t("换一个项目"), "project")


def _show_unit(unit_id: str) -> None:
    """A unit: the targets that it holds itself (部门整体), then its projects."""
    found = rows(queries.UNIT_PROJECTS, {"unit_id": unit_id})
    if not found:
        empty("图谱里没有这个单位；它可能已随文件移除。")
        _choose()
        return
    st.header(plain(found[0]["unit"] or t("名称不详")), anchor=False)
    link(t("在复用图里看"), "reuse_map", id=unit_id)
    own = unit_targets(store(), unit_id)
    if own:
        _draw_targets(own)
    else:
        empty("这个单位没有自己的绩效目标（部门整体）。")
    st.subheader(t("这个单位的项目"), anchor=False)
    projects = [row for row in found if row["project_id"] is not None]
    if not projects:
        empty("这个单位没有项目。")
        return
    listed = [(row["project"] or t("名称不详"), row["targets"]) for row in cut(projects)]
    show_table(
        Table("这个单位的项目", ("项目", "绩效目标"), listed), "unit-projects",
        links=lambda at: go("project", id=str(projects[at]["project_id"])),
    )  # fmt: skip


def _draw_targets(targets: Sequence[TargetBranch]) -> None:
    """The target that the address names by its year (the newest with indicators), and buttons for others."""
    counted = Counter(target.fiscal_year for target in targets)
    # Of several targets of one year each goes by its id.
    by_name = {
        str(own.fiscal_year) if own.fiscal_year and counted[own.fiscal_year] == 1 else own.target_id: own
        for own in targets
    }
    titles = dict(zip(by_name, _titles(targets), strict=True))
    newest = max(by_name, key=lambda own: (bool(by_name[own].categories), by_name[own].fiscal_year or 0))
    chosen = choose_button(
        t("年度"), tuple(by_name), "year", say=titles.__getitem__, default=newest, told=True
    )
    _draw_target(by_name[chosen])


def _titles(targets: Sequence[TargetBranch]) -> list[str]:
    """What targets are called by their years, those of one title numbered."""
    titles = [plain(f"{own.fiscal_year or t('年度不详')} {t(own.scope)}") for own in targets]
    counted = Counter(titles)
    return [
        f"{title} {titles[: at + 1].count(title)}" if counted[title] > 1 else title
        for at, title in enumerate(titles)
    ]


def _draw_target(target: TargetBranch) -> None:
    if target.budget is not None:
        st.metric(t("预算（万元）"), f"{target.budget / _WAN:,.2f}")
    if target.objective:
        st.markdown(f"**{t('总体目标')}**")
        st.text(target.objective)
    if target.objective or target.budget is not None:
        link(t("总体目标和预算的出处"), "source", of=target.target_id)
    found = list(_leaves(target))
    if not found:
        empty("没有读到这个目标的指标。")
        return
    headings = ("一级指标", "二级指标", "三级指标", "指标值", "读成的值")
    st.caption(t("点一行，看它在原文件里的位置。"))
    show_table(
        Table("绩效指标", headings, [row for _, row in found]), f"target-{target.target_id}",
        links=lambda at: go("source", of=found[at][0]),
    )  # fmt: skip


def _leaves(target: TargetBranch) -> Iterator[tuple[str, tuple[object, ...]]]:
    for first in target.categories:
        for second in first.subcategories:
            for leaf in second.indicators:
                yield (
                    leaf.indicator_id,
                    (first.label, second.label, leaf.name, leaf.printed_value, leaf.value),
                )


VIEW = View("project", "项目", ":material/folder_open:", show, read_ahead=lambda: _projects(version()))
