"""A graph batch (图谱批次): the nodes and relationships that one disclosure contributes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, TypeAlias

from graph.schema import OWNED_LABELS, WRITTEN_PROPERTIES, Connection, connection
from ontology.errors import DocumentError

PropertyValue: TypeAlias = str | int | float | bool | date | None


class NodeKey(NamedTuple):
    """Identity of a node: its label and its id."""

    label: str
    id: str


@dataclass(frozen=True, slots=True)
class NodeRow:
    """A node to write: every property its label has, None where there is nothing to say."""

    id: str
    properties: Mapping[str, PropertyValue]


@dataclass(frozen=True, slots=True)
class RelationshipRow:
    """A relationship to write between two nodes of the same batch."""

    start_id: str
    end_id: str
    properties: Mapping[str, PropertyValue]


@dataclass(frozen=True, slots=True)
class GraphBatch:
    """Nodes by label and relationships by connection, ready for a store."""

    nodes: Mapping[str, tuple[NodeRow, ...]]
    relationships: Mapping[Connection, tuple[RelationshipRow, ...]]


class BatchBuilder:
    """Collects the nodes and relationships of one file, and refuses what the vocabulary does not know."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._nodes: dict[NodeKey, dict[str, PropertyValue]] = {}
        self._relationships: dict[Connection, dict[tuple[PropertyValue, ...], RelationshipRow]] = {}

    def add(self, label: str, node_id: str, /, **properties: PropertyValue) -> NodeKey:
        """Add a node and return its identity; a shared node may be added again, an owned one may not."""
        key = NodeKey(label, node_id)
        unknown = properties.keys() - WRITTEN_PROPERTIES[label]
        if unknown:
            raise ValueError(f"词汇表中 {label} 没有属性 {'、'.join(sorted(unknown))}")
        if key in self._nodes and label in OWNED_LABELS:
            raise DocumentError(f"文件 {self._file} 中有两个 {label} 的编号都是 {node_id}，应各不相同")
        # Absent properties are written as null, so that a value that a changed file lost goes away.
        self._nodes[key] = dict.fromkeys(sorted(WRITTEN_PROPERTIES[label])) | properties
        return key

    def connect(
        self, start: NodeKey, relationship_type: str, end: NodeKey, /, **properties: PropertyValue
    ) -> None:
        """Connect two nodes that were added before; saying the same twice makes one relationship."""
        for key in (start, end):
            if key not in self._nodes:
                raise ValueError(f"关系 {relationship_type} 用到了未加入批次的节点 {key.label} {key.id}")
        found = connection(relationship_type, start.label, end.label)
        unknown = properties.keys() - found.properties
        if unknown:
            raise ValueError(f"词汇表中关系 {relationship_type} 没有属性 {'、'.join(sorted(unknown))}")
        distinction = tuple(properties[name] for name in found.told_apart_by)
        row = RelationshipRow(start.id, end.id, dict.fromkeys(found.properties) | properties)
        self._relationships.setdefault(found, {})[(start.id, end.id, *distinction)] = row

    def finish(self) -> GraphBatch:
        """What was collected, in the order in which it was added."""
        nodes: dict[str, list[NodeRow]] = {}
        for key, properties in self._nodes.items():
            nodes.setdefault(key.label, []).append(NodeRow(key.id, properties))
        return GraphBatch(
            nodes={label: tuple(rows) for label, rows in nodes.items()},
            relationships={found: tuple(rows.values()) for found, rows in self._relationships.items()},
        )
