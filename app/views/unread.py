"""What could not be read (没有读出的内容): files, rows and values, each with its sentence and its place."""

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from app.explorer_settings import Settings, read_settings
from app.issue_log import LoggedIssue, log_state, read_issues
from app.report import ISSUE_WORDS
from app.views.address import choose
from app.views.data import remember, store, version
from app.views.fragment import place_params, place_said
from app.views.parts import cut, empty, go, plain, section
from app.views.tables import Table, show_table
from app.views.words import t
from app.workspace import is_workspace
from graph.reuse import targets_without_indicators

_ALL = "all"
_IGNORED = "row-ignored"
"""Seen, and no data: nothing that anybody has to look at."""


@remember(max_entries=2)
def _read(log: tuple[int, int, int] | None, settings: Settings) -> list[LoggedIssue]:
    return [issue for issue in read_issues(settings.folder) if issue.code != _IGNORED]


@remember(max_entries=2)
def _without_indicators(version_: str) -> list[str]:
    return [f"{target}（{file}）" for file, target in targets_without_indicators(store())]


def show_unread() -> None:
    """Draw the issue log, by kind; a row opens its place in the file."""
    section("没有读出的和值得一看的")
    settings = read_settings()
    if not is_workspace(settings.folder):
        st.caption(t("这个图谱是从别的工作区载入的，问题清单在那个工作区里。"))
        return
    # A file that failed changes the log alone, not the graph.
    found = _read(log_state(settings.folder), settings)
    bare = _without_indicators(version())
    if bare:
        st.caption(t("没有读到指标的绩效目标：{names}", names=plain("、".join(bare))))
    if not found:
        st.caption(t("每个文件都读出来了，没有要看的。"))
        return
    counted = Counter(issue.code for issue in found)
    kinds = (_ALL, *(code for code in ISSUE_WORDS if code in counted))
    words = {_ALL: t("全部"), **{code: t(ISSUE_WORDS[code]) for code in kinds[1:]}}
    counts = {**counted, _ALL: len(found)}
    kind = choose(t("哪一种"), kinds, "issue", say=lambda own: f"{words[own]} {counts[own]:,}")
    _table([issue for issue in found if kind in (_ALL, issue.code)])


def _table(found: Sequence[LoggedIssue]) -> None:
    listed = [
        (
            issue.file,
            t(ISSUE_WORDS.get(issue.code, issue.code)),
            place_said(issue.source),
            issue.message,
        )
        for issue in cut(found)
    ]
    st.caption(t("点一行，看它在原文件里的位置。"))
    show_table(
        Table("没有读出的和值得一看的", ("文件", "种类", "位置", "说明"), listed), "unread",
        links=lambda at: _open(found[at]),
    )  # fmt: skip


def _open(issue: LoggedIssue) -> None:
    if issue.own_id is None:
        empty("这个文件没有读出，看不到原文。")
    else:
        # What is said of the whole file opens at its beginning.
        go("source", of=issue.own_id, **(place_params(issue.source) if issue.source else {}))
