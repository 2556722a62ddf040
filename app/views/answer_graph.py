"""An answer of the console as a graph (结果图): the units, projects and indicators whose ids stand in it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import streamlit as st

from app.views import graph_view
from app.views.data import store
from app.views.legend import show_legend
from app.views.map_words import KIND_WORDS, PAGES
from app.views.parts import empty, go, link
from app.views.placing import place
from app.views.tables import Table, show_table
from app.views.words import t
from graph.map_ties import MapEdge, MapNode, is_on_maps
from graph.reuse_map import MOST_NODES, edges_among, map_nodes

_AT = "at"


def ids_in(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """The ids of units, projects and indicators in an answer, each once, in its order."""
    return list(dict.fromkeys(found for row in rows for value in row.values() for found in _ids(value)))


def _ids(value: object) -> Iterator[str]:
    if isinstance(value, str):
        if is_on_maps(value):
            yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _ids(inner)
    elif isinstance(value, Sequence):
        for inner in value:
            yield from _ids(inner)


def show_answer_graph(rows: Sequence[Mapping[str, Any]]) -> None:
    """Draw what an answer names and what holds it together; what does not fit is counted."""
    ids = ids_in(rows)
    nodes = map_nodes(store(), ids[:MOST_NODES])
    if not nodes:
        empty("结果里的编号图谱里都没有，画不成图。")
        return
    if len(ids) > MOST_NODES:
        left = f"{len(ids) - MOST_NODES:,}"
        st.warning(t("一张图最多画 {most} 个点，结果里还有 {count} 个。", most=MOST_NODES, count=left))
    edges = edges_among(store(), list(nodes))
    show_legend()
    st.caption(t("点一下图上的点，图下给出它的页面；指在上面看全名。"))
    graph_view.draw(
        list(nodes.values()), edges, place(nodes, _parents(nodes, edges)), more={}, key="answer-graph",
        on_click=_choose,
    )  # fmt: skip
    chosen = nodes.get(st.query_params.get(_AT, ""))
    if chosen is not None:
        link(t("打开“{name}”的页面", name=_name(chosen)), PAGES[chosen.kind], id=chosen.id)
    shown = list(nodes.values())
    listed = [(t(KIND_WORDS[node.kind]), _name(node)) for node in shown]
    show_table(
        Table("图上的点", ("类别", "名称"), listed), "answer-nodes",
        links=lambda row: go(PAGES[shown[row].kind], id=shown[row].id),
    )  # fmt: skip


def _choose(node_id: str) -> None:
    st.query_params[_AT] = node_id


def _name(node: MapNode) -> str:
    return node.name or t("名称不详")


def _parents(nodes: Mapping[str, MapNode], edges: Sequence[MapEdge]) -> dict[str, str]:
    """Of each node an earlier one that it hangs on, else the first: neighbours are drawn near each other."""
    first, *others = order = list(nodes)
    parents = dict.fromkeys(others, first)
    for edge in reversed(edges):
        near, far = sorted((edge.start_id, edge.end_id), key=order.index)
        parents[far] = near
    return parents
