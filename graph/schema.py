"""What the graph is made of (图谱结构): labels, connections and identities, all from the vocabulary.

Nothing here is typed in: a class or relationship added to ontology/vocabulary.ttl is stored,
constrained, indexed and cleaned up without a change in this package's stores.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from ontology.vocabulary import VOCABULARY, NodeClass, RelationshipType

_CLASSES = VOCABULARY.classes

STAMPED_BY_STORE = frozenset({"id", "run_id"})


@dataclass(frozen=True, slots=True)
class Connection:
    """A relationship between two labels: `(:start)-[:type {properties}]->(:end)`.

    `datatypes` are those of the properties, in their order.
    """

    type: str
    start: str
    end: str
    keeps: str | None
    properties: tuple[str, ...]
    datatypes: tuple[str, ...]
    told_apart_by: tuple[str, ...]
    derived: bool = False
    """Whether it is made over the whole graph at publication, from no single file."""

    @property
    def kept(self) -> str | None:
        """Label of the shared end that stays as long as the relationship does."""
        return {"start": self.start, "end": self.end}.get(self.keeps or "")

    @property
    def keeper(self) -> str | None:
        """Label of the end that keeps the other one."""
        return {"start": self.end, "end": self.start}.get(self.keeps or "")

    @property
    def owned_end(self) -> str | None:
        """Which end is part of one disclosure ("start" before "end"); None between shared nodes."""
        if self.start in OWNED_LABELS:
            return "start"
        return "end" if self.end in OWNED_LABELS else None


def _connections(item: RelationshipType) -> list[Connection]:
    return [
        Connection(
            item.name,
            start,
            end,
            item.keeps,
            item.properties,
            item.datatypes,
            item.told_apart_by,
            item.derived,
        )
        for start in item.starts
        for end in item.ends
    ]


def _written_names(item: NodeClass) -> frozenset[str]:
    names = {prop.name for prop in item.properties if not prop.derived}
    return frozenset(names - STAMPED_BY_STORE)


LABELS = tuple(item.name for item in _CLASSES)
OWNED_LABELS = tuple(item.name for item in _CLASSES if item.owned)
WRITTEN_PROPERTIES = {item.name: _written_names(item) for item in _CLASSES}
"""What build_graph writes for each label; derived properties and the stamps come from the store."""
CONNECTIONS = tuple(conn for item in VOCABULARY.relationships for conn in _connections(item))

DERIVED_LABELS = tuple(item.name for item in _CLASSES if item.derived)
DERIVED_CONNECTIONS = tuple(item for item in CONNECTIONS if item.derived)

UNIQUE_PROPERTIES = tuple((label, "id") for label in LABELS)
INDEXED_PROPERTIES = tuple((label, "disclosure_id") for label in OWNED_LABELS)
ASKED_PROPERTIES = tuple(
    (item.name, prop.name) for item in _CLASSES for prop in item.properties if prop.asked
)
"""What questions look nodes up by; a server has an index for each."""
SEARCHED = (
    tuple(item.name for item in _CLASSES if any(prop.searched for prop in item.properties)),
    tuple(sorted({prop.name for item in _CLASSES for prop in item.properties if prop.searched})),
)
"""Labels and properties of the full-text index."""


def version_of(classes: Sequence[NodeClass], connections: Sequence[Connection]) -> int:
    """A number for what the graph is made of; another property or relationship gives another number."""
    structure = [
        (item.name, [(prop.name, prop.datatype, prop.asked, prop.searched) for prop in item.properties])
        for item in classes
    ]
    return int(hashlib.sha256(repr((structure, tuple(connections))).encode()).hexdigest()[:7], 16)


# A store written under another vocabulary is rebuilt, not migrated: the records are the truth.
SCHEMA_VERSION = version_of(_CLASSES, CONNECTIONS)


@cache
def connection(relationship_type: str, start: str, end: str) -> Connection:
    """The declared connection of a type between two labels; ValueError where the vocabulary has none."""
    for item in CONNECTIONS:
        if (item.type, item.start, item.end) == (relationship_type, start, end):
            return item
    raise ValueError(f"词汇表中没有 (:{start})-[:{relationship_type}]->(:{end}) 这种关系")
