"""The reuse map (复用图): units, projects and indicators, and what hangs on each, opened step by step.

A map starts at one node. Opening a node by a tie brings the next few of its neighbours by that tie, so
that the same steps give the same map, whoever takes them.
"""

import re
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph import map_queries
from graph.map_ties import FORWARD, LABELS, TIES, EdgeKind, MapEdge, MapKind, MapNode, Tie, kind_of, ties_of
from graph.store import GraphStore

MOST_NODES = 60
"""Nodes that a person can still tell apart on a screen; a multiple of a step."""
STEP = 10
"""Neighbours that one step brings, by each tie."""
_TIMEOUT_S = 20.0
_PLANNED_FOR = (1, 10, MOST_NODES)
"""Lengths of lists of ids: those up to the next one share a plan."""
_PARAMETER = re.compile(r"\$(\w+)")


@dataclass(frozen=True, slots=True)
class Step:
    """The opening of a node: by one tie, or by all of them (None)."""

    id: str
    tie: str | None = None


@dataclass(frozen=True, slots=True)
class Growth:
    """The nodes of a map in the order of their coming, what each came from, and what had no room.

    `without_room` are the nodes, and ties, that were opened when the map was full or became so.
    """

    nodes: tuple[MapNode, ...]
    parents: dict[str, str]
    without_room: tuple[tuple[str, str], ...]


Neighbours = Callable[[str, Tie, int], Sequence[MapNode]]
"""Asked for a node, a tie and how many came before: the next ones."""


def grow(start: MapNode, steps: Iterable[Step], neighbours: Neighbours, *, most: int = MOST_NODES) -> Growth:
    """Take steps from a start: nodes keep their places in the order, whatever is opened later.

    A step from a node that is not on the map is passed over. For a map that is full, and by a tie that
    has brought its last, nothing is asked: an address can have any number of steps.
    """
    nodes, parents, taken = {start.id: start}, dict[str, str](), dict[tuple[str, str], int | None]()
    without_room: dict[tuple[str, str], None] = {}
    for step in steps:
        if step.id not in nodes:
            continue
        for tie in ties_of(kind_of(step.id)):
            if step.tie not in (None, tie.name):
                continue
            opened = step.id, tie.name
            if (start_at := taken.get(opened, 0)) is None:
                continue
            if len(nodes) >= most:
                without_room[opened] = None
                continue
            next_ones, before = _next_new(step.id, tie, start_at, nodes, neighbours)
            taken[opened] = before + STEP if len(next_ones) >= STEP else None
            new = [found for found in next_ones if found.id not in nodes]
            if len(new) > most - len(nodes):
                without_room[opened] = None
            for found in new[: most - len(nodes)]:
                nodes[found.id] = found
                parents[found.id] = step.id
    return Growth(tuple(nodes.values()), parents, tuple(without_room))


def _next_new(
    node_id: str, tie: Tie, before: int, known: Container[str], neighbours: Neighbours
) -> tuple[Sequence[MapNode], int]:
    """The next neighbours of which one at least is not known yet, and how many came before them.

    Other steps may have brought the next few: opening a node would show nothing.
    """
    found = neighbours(node_id, tie, before)
    while found and all(own.id in known for own in found):
        before += STEP
        found = neighbours(node_id, tie, before)
    return found, before


def map_nodes(store: GraphStore, ids: Iterable[str]) -> dict[str, MapNode]:
    """The nodes that some ids name; unknown ones are left out."""
    found: dict[str, MapNode] = {}
    for kind, members in _by_kind(ids).items():
        text = map_queries.MAP_NODES.replace("<LABEL>", LABELS[kind])
        for row in _ask(store, text, {"ids": members}):
            found[row["id"]] = MapNode(**row)
    return found


def neighbours_by(
    store: GraphStore, node_id: str, tie: Tie, start: int, limit: int = STEP
) -> tuple[MapNode, ...]:
    """The next few neighbours of a node by a tie, after the first `start`."""
    text = _filled(map_queries.MAP_NEIGHBOURS, tie)
    rows = _ask(store, text, {"id": node_id, "row_start": start, "row_limit": limit})
    return tuple(MapNode(**row) for row in rows)


def neighbour_counts(store: GraphStore, ids: Iterable[str]) -> dict[str, dict[str, int]]:
    """How many neighbours nodes have by each tie; ties without any are left out."""
    found: dict[str, dict[str, int]] = {}
    for kind, members in _by_kind(ids).items():
        found |= {own: {} for own in members}
        for tie in ties_of(kind):
            for row in _ask(store, _counting(tie), {"ids": members}):
                found[row["id"]][tie.name] = row["neighbours"]
    return found


def not_drawn(counts: Mapping[str, Mapping[str, int]], edges: Sequence[MapEdge]) -> dict[str, dict[str, int]]:
    """How many neighbours nodes have by each tie that no edge leads to, given how many there are."""
    return {
        own: {
            tie.name: max(0, by_tie[tie.name] - tie.drawn(own, edges))
            for tie in ties_of(kind_of(own))
            if tie.name in by_tie
        }
        for own, by_tie in counts.items()
    }


def edges_among(store: GraphStore, ids: Sequence[str]) -> tuple[MapEdge, ...]:
    """Everything by which some nodes hang together, whichever step brought them."""
    found: list[MapEdge] = []
    for tie in TIES:
        if (tie.start, tie.name) in FORWARD:
            rows = _ask(store, _filled(map_queries.MAP_EDGES, tie), {"ids": ids})
            found += (MapEdge(row["start_id"], row["end_id"], tie.edge) for row in rows)
    for row in _ask(store, map_queries.MAP_SIMILAR, {"ids": ids}):
        found.append(MapEdge(kind=EdgeKind.SIMILAR, **row))
    for label in (LABELS[MapKind.UNIT], LABELS[MapKind.PROJECT]):
        rows = _ask(store, map_queries.MAP_COPIES.replace("<LABEL>", label), {"ids": ids})
        found += map(_copies, rows)
    return tuple(sorted(_strongest(found), key=lambda edge: (edge.kind, edge.start_id, edge.end_id)))


def _copies(row: dict[str, Any]) -> MapEdge:
    ends, targets = (row["start_id"], row["end_id"]), (row["one_id"], row["other_id"])
    if ends[1] < ends[0]:
        ends, targets = ends[::-1], targets[::-1]
    return MapEdge(*ends, EdgeKind.COPIES, share=row["share"], target_ids=targets)


def _strongest(edges: Iterable[MapEdge]) -> list[MapEdge]:
    """One edge of a kind between two nodes: of projects with several pairs of targets the most alike."""
    best: dict[tuple[str, str, EdgeKind], MapEdge] = {}
    for edge in sorted(edges, key=lambda edge: (-(edge.share or 0), edge.target_ids or ())):
        best.setdefault((edge.start_id, edge.end_id, edge.kind), edge)
    return list(best.values())


def _ask(store: GraphStore, text: str, params: Mapping[str, object]) -> list[dict[str, Any]]:
    return store.run(text, params, timeout_s=_TIMEOUT_S)


def _filled(text: str, tie: Tie) -> str:
    text = text.replace("<LABEL>", LABELS[tie.start]).replace("<PATTERN>", tie.pattern)
    return text.replace("<ORDER>", tie.order)


def _counting(tie: Tie) -> str:
    """Text that says how many neighbours nodes have by a tie: kept with the node, or counted."""
    if tie.counted is None:
        return _filled(map_queries.MAP_COUNTS, tie)
    text = map_queries.MAP_STORED_COUNTS.replace("<LABEL>", LABELS[tie.start])
    return text.replace("<COUNTED>", tie.counted)


def plan_ahead(store: GraphStore) -> None:
    """Ask each text of the map for nodes that there are not: a server takes a tenth of a second to plan one.

    It plans one anew for a longer list.
    """
    nothing = [f"{MapKind.INDICATOR}-{number:020}" for number in range(MOST_NODES)]
    for text in every_text().values():
        names = _PARAMETER.findall(text)
        for count in _PLANNED_FOR if "ids" in names else (1,):
            given = {"id": nothing[0], "ids": nothing[:count], "row_start": 0, "row_limit": STEP}
            _ask(store, text, {name: given[name] for name in names})


def every_text() -> dict[str, str]:
    """Each text that the map asks, filled in, by a name."""
    texts = {"similar": map_queries.MAP_SIMILAR}
    texts |= {f"nodes {x}": map_queries.MAP_NODES.replace("<LABEL>", x) for x in LABELS.values()}
    for kind in (MapKind.UNIT, MapKind.PROJECT):
        texts[f"copies {kind}"] = map_queries.MAP_COPIES.replace("<LABEL>", LABELS[kind])
    texts |= {f"counts {tie.start} {tie.name}": _counting(tie) for tie in TIES}
    for name in ("MAP_NEIGHBOURS", "MAP_EDGES"):
        template = getattr(map_queries, name)
        texts |= {f"{name} {tie.start} {tie.name}": _filled(template, tie) for tie in TIES}
    return texts


def _by_kind(ids: Iterable[str]) -> dict[MapKind, list[str]]:
    found: dict[MapKind, list[str]] = {}
    for own in ids:
        found.setdefault(kind_of(own), []).append(own)
    return found
