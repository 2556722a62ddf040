"""The page of one project or unit (项目、单位): its targets as a tree, down to the values."""

from collections.abc import Iterator

import streamlit as st

from app.views.data import answer, remember, store, version
from app.views.parts import empty, go, link, page, plain
from app.views.tables import Table, show_table
from app.views.view import View
from app.views.words import t
from graph.reuse import ProjectTree, TargetBranch, project_tree

_ALL, _SHOWN = 1_000_000, 1_000
_WAN = 10_000


@remember()
def _projects(version_: str) -> list[dict[str, object]]:
    return answer("projects", word="", row_limit=_ALL)


@page("项目", "一个项目各年的绩效目标：一级、二级、三级指标和指标值。")
def show() -> None:
    """Draw the project that the address names, or the list to choose from."""
    project_id = st.query_params.get("id", "")
    tree = project_tree(store(), project_id) if project_id else None
    if tree is None:
        if project_id:
            empty("图谱里没有这个项目；它可能已随文件移除。")
        _choose()
        return
    _draw(tree, project_id)


def _choose() -> None:
    word = st.text_input(
        t("项目名称里的词"), key="word", bind="query-params", type="search", placeholder=t("名称的一部分")
    )
    found = [row for row in _projects(version()) if word in str(row["project"])]
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
    listed = [(row["project"], row["unit"]) for row in found[:_SHOWN]]
    show_table(
        Table("项目", ("项目", "单位"), listed), "projects",
        links=lambda at: go("project", id=str(found[at]["project_id"])),
    )  # fmt: skip


def _draw(tree: ProjectTree, project_id: str) -> None:
    st.header(plain(tree.project or t("名称不详")), anchor=False)
    st.caption(plain(tree.unit or t("单位不详")))
    link(t("在复用图里看"), "reuse_map", id=project_id)
    tabs = st.tabs([_title(target) for target in tree.targets])
    for tab, target in zip(tabs, tree.targets, strict=True):
        with tab:
            _draw_target(target)
    shared = answer("shared_with_project", project_id=project_id)
    if shared:
        st.subheader(t("共用指标的其他项目"), anchor=False)
        listed = [(row["project"], row["shared"]) for row in shared]
        show_table(
            Table("共用指标的其他项目", ("项目", "共用的指标"), listed), "shared",
            links=lambda at: go("project", id=shared[at]["project_id"]),
        )  # fmt: skip
    link(t("换一个项目"), "project")


def _title(target: TargetBranch) -> str:
    return plain(f"{target.fiscal_year or t('年度不详')} {target.scope}")


def _draw_target(target: TargetBranch) -> None:
    if target.budget is not None:
        st.metric(t("预算（万元）"), f"{target.budget / _WAN:,.2f}")
    if target.objective:
        st.markdown(f"**{t('总体目标')}**")
        st.text(target.objective)
    if target.objective or target.budget is not None:
        link(t("总体目标和预算的出处"), "source", of=target.target_id)
    found = list(_leaves(target))
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
