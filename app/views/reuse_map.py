"""The reuse map (复用图): from one indicator, project or unit on, step by step, with a table of the same."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import streamlit as st

from app.comparison_tables import RELATION_WORDS
from app.views import graph_view
from app.views.address import choose, choose_button
from app.views.data import remember, store, version
from app.views.legend import show_legend
from app.views.map_words import EDGE_WORDS, KIND_WORDS, PAGES, tie_words
from app.views.named import named
from app.views.parts import empty, go, link, page, section
from app.views.placing import place
from app.views.search import SHOWN, read_facets
from app.views.tables import Table, show_table
from app.views.view import View
from app.views.words import t
from graph.map_ties import MapEdge, MapKind, MapNode, Tie, is_on_maps, kind_of, ties_of
from graph.reuse_map import (
    MOST_NODES,
    STEP,
    Growth,
    Step,
    edges_among,
    grow,
    map_nodes,
    neighbour_counts,
    neighbours_by,
    not_drawn,
    plan_ahead,
)
from ontology.model import Relation

_MOST_STEPS = MOST_NODES
"""A step that is of use brings a node."""
_AT = "at"
_HEADINGS = {
    MapKind.INDICATOR: ("指标", "项目数", "单位数"),
    MapKind.PROJECT: ("项目", "单位"),
    MapKind.UNIT: ("单位", "地区", "项目数"),
}


@dataclass(frozen=True, slots=True)
class Drawing:
    """A map as it stands: how many neighbours its nodes have by each tie, and how many are not on it."""

    growth: Growth
    edges: tuple[MapEdge, ...]
    counts: dict[str, dict[str, int]]
    rest: dict[str, dict[str, int]]

    @property
    def by_id(self) -> dict[str, MapNode]:
        """Its nodes by their ids."""
        return {node.id: node for node in self.growth.nodes}

    @property
    def more(self) -> dict[str, int]:
        """How many neighbours of each node are not on the map."""
        return {own: sum(by_tie.values()) for own, by_tie in self.rest.items()}

    @property
    def without_room(self) -> int:
        """How many neighbours that were asked for had no room."""
        return sum(self.rest[own].get(tie, 0) for own, tie in self.growth.without_room)


@remember(max_entries=2_000)
def _many_neighbours(version_: str, node_id: str, tie: Tie, part: int) -> tuple[MapNode, ...]:
    return neighbours_by(store(), node_id, tie, part * MOST_NODES, MOST_NODES)


def _neighbours(version_: str, node_id: str, tie: Tie, start: int) -> tuple[MapNode, ...]:
    # To put the ten thousand projects of a common indicator in order takes as long for ten as for sixty.
    part, at = divmod(start, MOST_NODES)
    return _many_neighbours(version_, node_id, tie, part)[at : at + STEP]


@remember(max_entries=2)
def _known_counts(version_: str) -> dict[str, dict[str, int]]:
    """The counts of every node that a map has shown: what is remembered here alone grows."""
    return {}


def _counts(version_: str, ids: Sequence[str]) -> dict[str, dict[str, int]]:
    # To count whom a common indicator leads to takes a tenth of a second: once, not at every step.
    known = _known_counts(version_)
    known.update(neighbour_counts(store(), [own for own in ids if own not in known]))
    return {own: known[own] for own in ids}


@remember(max_entries=500)
def _read(version_: str, start: MapNode, steps: tuple[Step, ...]) -> Drawing:
    growth = grow(start, steps, lambda own, tie, before: _neighbours(version_, own, tie, before))
    ids = [node.id for node in growth.nodes]
    edges = edges_among(store(), ids)
    counts = _counts(version_, ids)
    return Drawing(growth, edges, counts, not_drawn(counts, edges))


def read_steps(said: str) -> tuple[Step, ...]:
    """The steps that an address names: ids, or ids and a tie behind a point, with commas between."""
    steps = []
    for part in said.split(",")[:_MOST_STEPS]:
        own, _, tie = part.partition(".")
        if is_on_maps(own) and (not tie or tie in {known.name for known in ties_of(kind_of(own))}):
            steps.append(Step(own, tie or None))
    return tuple(steps)


def steps_said(steps: Iterable[Step]) -> str:
    """Steps as an address names them."""
    return ",".join(f"{step.id}.{step.tie}" if step.tie else step.id for step in steps)


@page("复用图", "从一个指标、项目或单位出发，一步步展开：谁在用、还用什么、和什么相近、和谁雷同。")
def show() -> None:
    """Draw the map that the address names, or the list of what it can start from."""
    own = st.query_params.get("id", "")
    start = map_nodes(store(), [own]).get(own) if is_on_maps(own) else None
    if start is None:
        if own:
            empty("图谱里没有这个起点；它可能已随文件移除。请另选一个。")
        _choose()
        return
    said = st.query_params.get("open")
    steps = (Step(start.id),) if said is None else read_steps(said)
    _draw(start, steps, _read(version(), start, steps))


def _draw(start: MapNode, steps: tuple[Step, ...], drawing: Drawing) -> None:
    if drawing.without_room:
        st.warning(
            t(
                "一张图最多画 {most} 个点，还有 {count} 个没有画；可以从别的点重新开始。",
                most=MOST_NODES, count=drawing.without_room,
            )
        )  # fmt: skip
    show_legend()
    st.caption(t("点一下图上的点就展开，指在上面看全名；名称下的 +n 是还有 n 个没有画出来。"))
    left, right = st.columns((3, 1), gap="medium")
    with left:
        ids = [node.id for node in drawing.growth.nodes]
        graph_view.draw(
            drawing.growth.nodes, drawing.edges, place(ids, drawing.growth.parents), more=drawing.more,
            key="map", on_click=lambda hit: _open(hit, steps, drawing),
        )  # fmt: skip
    with right:
        _controls(start, steps, drawing)
    _tables(drawing)


def _open(hit: str, steps: tuple[Step, ...], drawing: Drawing) -> None:
    if hit in drawing.by_id:
        st.query_params[_AT] = hit
        if drawing.more[hit]:
            _take((*steps, Step(hit)))


def _take(steps: Iterable[Step]) -> None:
    """Say in the address which steps are taken, before the page is drawn anew."""
    st.query_params["open"] = steps_said(steps)


def _controls(start: MapNode, steps: tuple[Step, ...], drawing: Drawing) -> None:
    """What a click on the graph does, for the keyboard, and by one relation at a time."""
    ids = list(drawing.by_id)
    own = choose(t("选一个点"), ids, _AT, say=lambda node_id: _node_words(drawing.by_id[node_id]))
    node = drawing.by_id[own]
    for tie in ties_of(node.kind):
        total, rest = drawing.counts[own].get(tie.name, 0), drawing.rest[own].get(tie.name, 0)
        if total:
            st.button(
                t(tie_words(tie)) + (f" +{rest}" if rest else ""),
                key=f"open-{tie.name}", disabled=not rest, width="stretch", icon=":material/add_circle:",
                help=t("共 {total}，还有 {rest} 没有画", total=total, rest=rest),
                on_click=_take, args=((*steps, Step(own, tie.name)),),
            )  # fmt: skip
    st.button(
        t("各展开一批"), key="open-all", disabled=not drawing.more[own], width="stretch",
        icon=":material/open_in_full:", on_click=_take, args=((*steps, Step(own)),),
    )  # fmt: skip
    link(t("打开它的页面"), PAGES[node.kind], id=own)
    if own != start.id:
        link(t("从它重新开始"), "reuse_map", id=own)
    with st.container(horizontal=True):
        st.button(t("退一步"), disabled=not steps, icon=":material/undo:", on_click=_take, args=(steps[:-1],))
        if st.button(t("另选起点"), icon=":material/restart_alt:"):
            go("reuse_map")


def _node_words(node: MapNode) -> str:
    return f"{t(KIND_WORDS[node.kind])} {node.name or t('名称不详')}"


def _tables(drawing: Drawing) -> None:
    """The same map as tables: its nodes, and what holds them together."""
    section("图上的点")
    st.caption(t("点一行，打开它的页面。"))
    nodes = drawing.growth.nodes
    listed = [(t(KIND_WORDS[node.kind]), node.name, drawing.more[node.id]) for node in nodes]
    show_table(
        Table("图上的点", ("类别", "名称", "没有画的"), listed), "nodes",
        links=lambda at: go(PAGES[nodes[at].kind], id=nodes[at].id),
    )  # fmt: skip
    section("图上的关系")
    st.caption(t("点一行，打开雷同的两个目标，或关系里后一个的页面。"))
    edges = drawing.edges
    listed_edges = [_edge_row(drawing, edge) for edge in edges]
    show_table(
        Table("图上的关系", ("前一个", "关系", "后一个", "说明"), listed_edges), "edges",
        links=lambda at: _open_edge(edges[at]),
    )  # fmt: skip


def _edge_row(drawing: Drawing, edge: MapEdge) -> Sequence[object]:
    said = None
    if edge.share is not None:
        said = f"{edge.share:.0%}"
    elif edge.relation is not None:
        said = f"{t(RELATION_WORDS[Relation(edge.relation)])}：{edge.reason or ''}"
    names = drawing.by_id
    return names[edge.start_id].name, t(EDGE_WORDS[edge.kind]), names[edge.end_id].name, said


def _open_edge(edge: MapEdge) -> None:
    if edge.target_ids:
        go("duplicates", one=edge.target_ids[0], other=edge.target_ids[1])
    go(PAGES[kind_of(edge.end_id)], id=edge.end_id)


def _choose() -> None:
    """The list of what a map can start from."""
    kinds = (MapKind.INDICATOR, MapKind.PROJECT, MapKind.UNIT)
    kind = choose_button(t("起点"), kinds, "kind", say=lambda own: t(KIND_WORDS[own]))
    word = st.text_input(
        t("名称里的词"), key="word", bind="query-params", type="search", placeholder=t("如：满意度")
    )
    found = named(kind)
    chosen = [row for row in found if word in str(row[1] or "")] if word else found
    if not chosen:
        empty("没有这样的起点。换一个词再试。")
        return
    if len(chosen) > SHOWN:
        st.info(
            t(
                "只列出前 {shown} 个，共 {count} 个；写出名称里的词可以缩小范围。",
                shown=SHOWN,
                count=f"{len(chosen):,}",
            )
        )
    listed = [row[1:] for row in chosen[:SHOWN]]
    show_table(
        Table("复用图的起点", _HEADINGS[kind], listed),
        "starts",
        links=lambda at: go("reuse_map", id=str(chosen[at][0])),
    )


def _read_ahead() -> None:
    """Read the first step from the most used indicator: the first map takes a server longest."""
    plan_ahead(store())
    for own in read_facets(version())[:1]:
        _read(version(), MapNode(own.concept_id, own.name), (Step(own.concept_id),))


VIEW = View("reuse_map", "复用图", ":material/hub:", show, read_ahead=_read_ahead)
