"""What a reuse map is made of (复用图的点和关系): nodes, edges, and the ways from one node to others."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class MapKind(StrEnum):
    """What a node of the map is; its id begins with it."""

    UNIT = "unit"
    PROJECT = "project"
    INDICATOR = "concept"


LABELS = {
    MapKind.UNIT: "BudgetUnit",
    MapKind.PROJECT: "Project",
    MapKind.INDICATOR: "IndicatorConcept",
}


class EdgeKind(StrEnum):
    """How two nodes of the map hang together."""

    HOLDS = "holds"
    USES = "uses"
    SIMILAR = "similar"
    COPIES = "copies"


@dataclass(frozen=True, slots=True)
class MapNode:
    """A unit, a project or an indicator; None where it has no name."""

    id: str
    name: str | None

    @property
    def kind(self) -> MapKind:
        """What it is."""
        return kind_of(self.id)


@dataclass(frozen=True, slots=True)
class MapEdge:
    """Two nodes that hang together; of similar indicators why, of copied targets how much and which."""

    start_id: str
    end_id: str
    kind: EdgeKind
    relation: str | None = None
    reason: str | None = None
    share: float | None = None
    target_ids: tuple[str, str] | None = None

    def other_end(self, node_id: str) -> str | None:
        """The node at the other end from this one; None for an edge that does not touch it."""
        return {self.start_id: self.end_id, self.end_id: self.start_id}.get(node_id)


@dataclass(frozen=True, slots=True)
class Tie:
    """A way from a kind of node to its neighbours, by its name in addresses."""

    name: str
    start: MapKind
    pattern: str
    edge: EdgeKind
    end: MapKind | None = None
    """What it leads to; None: a unit or a project."""
    order: str = "b.name, b.id"
    counted: str | None = None
    """The property of the node itself that says how many there are; None: they are counted."""

    def drawn(self, node_id: str, edges: Iterable["MapEdge"]) -> int:
        """How many neighbours of a node by this tie some edges lead to."""
        ends = (edge.other_end(node_id) for edge in edges if edge.kind is self.edge)
        return sum(own is not None and self.end in (None, kind_of(own)) for own in ends)


_USES = (
    "-[:HAS_TARGET]->(:PerformanceTarget)-[:HAS_INDICATOR]->(:Indicator)-[:EXPRESSES]->(b:IndicatorConcept)"
)
_USED = "<-[:EXPRESSES]-(:Indicator)<-[:HAS_INDICATOR]-(:PerformanceTarget)<-[:HAS_TARGET]-"
_COPIES = (
    "-[:HAS_TARGET]->(:PerformanceTarget)-[:SHARES_INDICATORS_WITH]-(:PerformanceTarget)<-[:HAS_TARGET]-(b)"
)
_MOST_USED = "b.projects DESC, b.id"
TIES = (
    Tie("projects", MapKind.UNIT, "-[:HAS_PROJECT]->(b:Project)", EdgeKind.HOLDS, MapKind.PROJECT),
    Tie("indicators", MapKind.UNIT, _USES, EdgeKind.USES, MapKind.INDICATOR, _MOST_USED),
    Tie("copies", MapKind.UNIT, _COPIES, EdgeKind.COPIES),
    Tie("units", MapKind.PROJECT, "<-[:HAS_PROJECT]-(b:BudgetUnit)", EdgeKind.HOLDS, MapKind.UNIT),
    Tie("indicators", MapKind.PROJECT, _USES, EdgeKind.USES, MapKind.INDICATOR, _MOST_USED),
    Tie("copies", MapKind.PROJECT, _COPIES, EdgeKind.COPIES),
    Tie("projects", MapKind.INDICATOR, f"{_USED}(b:Project)", EdgeKind.USES, MapKind.PROJECT,
        counted="projects"),
    Tie("units", MapKind.INDICATOR, f"{_USED}(b:BudgetUnit)", EdgeKind.USES, MapKind.UNIT),
    Tie("similar", MapKind.INDICATOR, "-[:SIMILAR_TO]-(b:IndicatorConcept)", EdgeKind.SIMILAR,
        MapKind.INDICATOR, _MOST_USED),
)  # fmt: skip
"""Every way on, by kind of node in the order in which they are offered."""
FORWARD = {
    (MapKind.UNIT, "projects"), (MapKind.UNIT, "indicators"), (MapKind.PROJECT, "indicators"),
}  # fmt: skip
"""Those that lead along plain relationships; the others lead back, or have edges that tell more."""


def kind_of(node_id: str) -> MapKind:
    """The kind of node that an id names; ValueError for one that stands on no map."""
    return MapKind(node_id.partition("-")[0])


def is_on_maps(node_id: str) -> bool:
    """Whether an id (typed into an address, perhaps) can be that of a node of a map."""
    return node_id.partition("-")[0] in tuple(MapKind)


def ties_of(kind: MapKind) -> tuple[Tie, ...]:
    """The ways on from a kind of node."""
    return tuple(tie for tie in TIES if tie.start is kind)
