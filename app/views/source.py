"""The page that shows printed strings in their file (出处)."""

from collections.abc import Sequence

import streamlit as st

from app.source_fragment import Origin
from app.views.address import choose
from app.views.fragment import GOAL, STATEMENT, field_words, origin_of, place_said, show_fragment
from app.views.parts import empty, page, section
from app.views.tables import Table, show_table
from app.views.view import View
from app.views.words import t
from ontology.model import Source

_LONGEST_NUMBER = 9
_MAIN = "main"
"""What stands in the address for an indicator with its value, or a target's objective."""


@page("出处", "这条内容在原文件里的位置，前后几行一起列出，有框的是它所在的格。")
def show() -> None:
    """Draw the rows round the cells of what the address names, then all that it was read from."""
    own_id = st.query_params.get("of", "")
    place = _place()
    origin = origin_of(own_id) if own_id else None
    if origin is None:
        empty(
            "请从指标、项目等页面的“出处”打开。" if not own_id else "图谱里没有这一条；它可能已随文件移除。"
        )
    elif place is not None:
        show_fragment(origin, [place])
    elif own_id == origin.disclosure.id:
        show_fragment(origin, [])
    else:
        _draw(origin, origin.sources_of(own_id))


def _place() -> Source | None:
    """The place that the address names, where it names one and no fact."""
    asked = st.query_params
    line, row = _number(asked.get("line", "")), _number(asked.get("row", ""))
    if line is None and row is None:
        return None
    table, column = _number(asked.get("table", "")), _number(asked.get("column", ""))
    return Source(field="row", printed="", line=line, table=table, row=row, column=column)


def _number(asked: str) -> int | None:
    return int(asked) if asked.isdecimal() and len(asked) <= _LONGEST_NUMBER else None


def _draw(origin: Origin, sources: Sequence[Source]) -> None:
    if not sources:
        empty("这一条没有记下出处。")
        return
    fields = list(dict.fromkeys(source.field for source in sources))
    main = [field for field in (*STATEMENT, *GOAL) if field in fields] or fields[:1]
    others = fields if len(main) > 1 else [own for own in fields if own not in main]
    words = {_MAIN: "、".join(map(field_words, main)), **{own: field_words(own) for own in others}}
    asked = choose(t("栏目"), tuple(words), "field", say=words.__getitem__, default=_MAIN)
    wanted = main if asked == _MAIN else [asked]
    show_fragment(origin, [source for source in sources if source.field in wanted])
    section("读到的各栏")
    listed = [(field_words(source.field), source.printed, place_said(source)) for source in sources]
    show_table(Table("读到的各栏", ("栏目", "原文", "位置"), listed), "sources")


VIEW = View("source", "出处", ":material/find_in_page:", show, in_menu=False)
