"""The console (查询): ready-made questions as forms, and people's own Cypher, read-only."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from app.named_questions import read_value
from app.question_headings import shown_columns
from app.views.address import choose, choose_button, choose_if_any
from app.views.answer_graph import ids_in, show_answer_graph
from app.views.data import QUESTION_TIMEOUT_S, store
from app.views.named import named, said
from app.views.parts import empty, page, said_by_program
from app.views.search import SHOWN
from app.views.tables import Table, show_table
from app.views.view import View
from app.views.words import t
from graph.query_names import unknown_names
from graph.questions import QUESTIONS, Parameter

_OWN = "cypher"
_SHOWN = 1_000
_TABLE, _GRAPH = "table", "graph"
_GIVEN = ("p-", "word-")
_FORMS = {_TABLE: "表", _GRAPH: "图"}


@page("查询", "选一个现成的问题，或自己写 Cypher；只能读，不能改。")
def show() -> None:
    """Draw the form of the chosen question, and its answer."""
    name = choose(
        t("问题"), [*QUESTIONS, _OWN], "ask", told=True,
        say=lambda own: t("自己写 Cypher") if own == _OWN else t(QUESTIONS[own].title),
    )  # fmt: skip
    _forget_others(name)
    found = _own() if name == _OWN else _ready(name)
    if found is None:
        return
    if not found:
        empty("没有符合条件的行。换一个条件或问题再试。")
        return
    if len(found) > _SHOWN:
        st.info(t("只列出前 {shown} 行。", shown=_SHOWN))
    if _form(found[:_SHOWN]) == _GRAPH:
        show_answer_graph(found[:_SHOWN])
        return
    headings, cells = shown_columns(found[:_SHOWN])
    title = QUESTIONS[name].title if name in QUESTIONS else "查询"
    show_table(Table(title, headings, cells), "answer")


def _forget_others(name: str) -> None:
    """Take out of the address what another question was asked with."""
    names = {own.name for own in QUESTIONS[name].parameters} if name in QUESTIONS else set()
    for key in [
        key for key in st.query_params if key.startswith(_GIVEN) and key.partition("-")[2] not in names
    ]:
        del st.query_params[key]


def _form(found: Sequence[Mapping[str, Any]]) -> str:
    """As what an answer is shown: one that names nothing that can be drawn is a table."""
    if not ids_in(found):
        st.caption(
            t("结果里没有单位、项目或指标的编号，只能看成表；自己写的查询可以在 RETURN 里加上它们的 id。")
        )
        return _TABLE
    return choose_button(t("看成"), tuple(_FORMS), "as", say=lambda own: t(_FORMS[own]), told=True)


def _ready(name: str) -> list[dict[str, Any]] | None:
    question = QUESTIONS[name]
    given: dict[str, object] = {}
    for parameter in question.parameters:
        default = question.defaults.get(parameter.name)
        if parameter.of is not None:
            typed = _pick(parameter, parameter.of, default)
        else:
            typed = st.text_input(
                t(parameter.words), str("" if default is None else default), key=f"p-{parameter.name}",
                bind="query-params",
            )  # fmt: skip
        if not typed and parameter.name in question.needs:
            st.caption(t("请填写“{name}”。", name=t(parameter.asks or parameter.words)))
            return None
        if typed or parameter.kind == "text":
            given[parameter.name] = read_value(parameter, typed)
    with st.expander("Cypher"):
        st.code(question.text.strip(), language="cypher")
    return store().run(
        question.text, {**question.defaults, **given}, timeout_s=QUESTION_TIMEOUT_S, max_rows=_SHOWN + 1
    )


def _pick(parameter: Parameter, kind: str, default: object) -> str:
    """The id of something chosen by its name; nothing where nothing was chosen yet."""
    key, label, rows = f"p-{parameter.name}", t(parameter.asks or ""), named(kind)
    asked = st.query_params.get(key, default)
    if len(rows) > SHOWN:
        word = st.text_input(
            t("{name}：名称里的词", name=label), key=f"word-{parameter.name}", type="search",
            bind="query-params", placeholder=t("名称的一部分"),
        )  # fmt: skip
        rows = [row for row in rows if word in str(row[1] or "") or row[0] == asked]
        if len(rows) > SHOWN:
            told = "只列出前 {shown} 个，共 {count} 个；写出名称里的词可以缩小范围。"
            st.caption(t(told, shown=SHOWN, count=f"{len(rows):,}"))
        if not rows:
            st.caption(t("没有名称里有这个词的。换一个词再试。"))
        # What the address names is on the list, however far behind.
        rows = sorted(rows, key=lambda row: row[0] != asked)[:SHOWN]
    words = {str(row[0]): said(kind, row) for row in rows}
    if default is not None:
        return choose(label, tuple(words), key, say=words.__getitem__, default=str(default), told=True)
    return choose_if_any(label, tuple(words), key, say=words.__getitem__, placeholder=t("选一个")) or ""


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
    for sentence in unknown_names(text):
        st.warning(said_by_program(sentence), icon=":material/warning:")
    return store().run(text, {}, timeout_s=QUESTION_TIMEOUT_S, max_rows=_SHOWN + 1)


VIEW = View("query", "查询", ":material/terminal:", show)
