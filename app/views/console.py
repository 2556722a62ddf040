"""The console (查询): ready-made questions as forms, and people's own Cypher, read-only."""

from typing import Any

import streamlit as st

from app.question_headings import shown_columns
from app.views.address import choose, choose_button
from app.views.answer_graph import show_answer_graph
from app.views.data import QUESTION_TIMEOUT_S, store
from app.views.parts import empty, page
from app.views.tables import Table, show_table
from app.views.view import View
from app.views.words import t
from graph.questions import QUESTIONS

_OWN = "cypher"
_SHOWN = 1_000
_TABLE, _GRAPH = "table", "graph"
_FORMS = {_TABLE: "表", _GRAPH: "图"}


@page("查询", "选一个现成的问题，或自己写 Cypher；只能读，不能改。")
def show() -> None:
    """Draw the form of the chosen question, and its answer."""
    name = choose(
        t("问题"), [*QUESTIONS, _OWN], "ask", told=True,
        say=lambda own: t("自己写 Cypher") if own == _OWN else t(QUESTIONS[own].title),
    )  # fmt: skip
    found = _own() if name == _OWN else _ready(name)
    if found is None:
        return
    if not found:
        empty("没有符合条件的行。换一个条件或问题再试。")
        return
    if len(found) > _SHOWN:
        st.info(t("只列出前 {shown} 行。", shown=_SHOWN))
    if choose_button(t("看成"), tuple(_FORMS), "as", say=lambda own: t(_FORMS[own]), told=True) == _GRAPH:
        show_answer_graph(found[:_SHOWN])
        return
    headings, cells = shown_columns(found[:_SHOWN])
    show_table(Table("查询", headings, cells), "answer")


def _ready(name: str) -> list[dict[str, Any]] | None:
    question = QUESTIONS[name]
    given: dict[str, object] = {}
    for parameter in question.parameters:
        typed = st.text_input(
            t(parameter.words), str(question.defaults.get(parameter.name, "")), key=f"p-{parameter.name}",
            bind="query-params",
        )  # fmt: skip
        if not typed and parameter.name in question.needs:
            st.caption(t("请填写“{name}”。", name=t(parameter.words)))
            return None
        if typed or parameter.kind == "text":
            given[parameter.name] = typed if parameter.kind == "text" else _number(typed)
    with st.expander("Cypher"):
        st.code(question.text.strip(), language="cypher")
    return store().run(
        question.text, {**question.defaults, **given}, timeout_s=QUESTION_TIMEOUT_S, max_rows=_SHOWN + 1
    )


def _number(typed: str) -> object:
    try:
        return float(typed) if "." in typed else int(typed)
    except ValueError:
        return typed


def _own() -> list[dict[str, Any]] | None:
    text = st.text_area(
        "Cypher",
        key="text",
        bind="query-params",
        height=160,
        placeholder="MATCH (u:BudgetUnit) RETURN u.name AS 单位",
    )
    if not text.strip():
        st.caption(t("写好后按 Ctrl+Enter。"))
        return None
    return store().run(text, {}, timeout_s=QUESTION_TIMEOUT_S, max_rows=_SHOWN + 1)


VIEW = View("query", "查询", ":material/terminal:", show)
