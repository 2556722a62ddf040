"""The vocabulary (词汇表) of jixiao, read from vocabulary.ttl: classes, relationships, properties.

Declared once: the graph's labels, relationship types, constraints and clean-up derive from here. A
wrong declaration stops the import with a sentence that names the term.
"""

import re
from dataclasses import dataclass

from rdflib import Graph, URIRef
from rdflib.collection import Collection
from rdflib.namespace import OWL, RDF, RDFS, XSD
from rdflib.term import Literal, Node

from ontology.errors import VocabularyError
from ontology.turtle import JX, load_turtle, local_name

LANGUAGES = ("zh", "en")
DATATYPES = {str(XSD[name]): name for name in ("string", "integer", "double", "boolean", "date")}
DECLARATIONS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)

_LABEL = re.compile(r"[A-Z][A-Za-z0-9]*")
_RELATIONSHIP_TYPE = re.compile(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*")
_PROPERTY_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
# KGLite invents a value for `title` and `type` on every node; the others need backticks in Cypher.
FORBIDDEN_NAMES = frozenset({"title", "type", "end", "limit", "exists", "and", "case"})


@dataclass(frozen=True, slots=True)
class NodeProperty:
    """A property (属性) of a node; `derived` ones are computed over the whole graph at publication.

    Questions look nodes up by `asked` ones, and search the words of `searched` ones.
    """

    name: str
    datatype: str
    term: str
    label: str
    label_en: str
    internal: bool
    derived: bool
    asked: bool
    searched: bool


@dataclass(frozen=True, slots=True)
class NodeClass:
    """A class of nodes (节点类): its label in the graph and the properties its nodes may have."""

    name: str
    term: str
    label: str
    label_en: str
    properties: tuple[NodeProperty, ...]
    derived: bool
    """Whether its nodes are made over the whole graph at publication, from no single file."""

    @property
    def owned(self) -> bool:
        """Whether its nodes are part of one disclosure; the others are shared between disclosures."""
        return any(item.name == "disclosure_id" for item in self.properties)

    @property
    def public_names(self) -> tuple[str, ...]:
        """Names that people's own queries may rely on."""
        return tuple(item.name for item in self.properties if not item.internal)


@dataclass(frozen=True, slots=True)
class RelationshipType:
    """A relationship (关系) with the classes it may start and end at.

    `keeps` names the end ("start", "end") that a shared node loses its place in the graph without;
    `told_apart_by` the properties that distinguish several relationships between two nodes. `datatypes`
    are those of the properties, in their order.
    """

    name: str
    term: str
    label: str
    label_en: str
    starts: tuple[str, ...]
    ends: tuple[str, ...]
    keeps: str | None
    properties: tuple[str, ...]
    datatypes: tuple[str, ...]
    told_apart_by: tuple[str, ...]
    derived: bool

    @property
    def kept(self) -> tuple[str, ...]:
        """Classes whose nodes stay as long as they have such a relationship."""
        return {"start": self.starts, "end": self.ends}.get(self.keeps or "", ())


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything vocabulary.ttl declares for the graph, in the order of the names."""

    classes: tuple[NodeClass, ...]
    relationships: tuple[RelationshipType, ...]

    def node_class(self, name: str) -> NodeClass:
        """The class with this label; KeyError for a label that the vocabulary does not have."""
        return {item.name: item for item in self.classes}[name]


def read_vocabulary(graph: Graph) -> Vocabulary:
    """Given the declarations as triples, return them as records; refuse what contradicts itself."""
    check_texts(graph)
    check_owners(graph)
    owned = [pair for term in _terms(graph, OWL.DatatypeProperty) for pair in _properties(graph, term)]
    classes = [
        _node_class(graph, term, tuple(item for owner, item in owned if owner == local_name(term)))
        for term in _terms(graph, OWL.Class)
        if not _flag(graph, term, JX.abstract)
    ]
    relationships = [_relationship(graph, term) for term in _terms(graph, OWL.ObjectProperty)]
    vocabulary = Vocabulary(tuple(classes), tuple(relationships))
    check_property_names(vocabulary)
    check_relationship_types(vocabulary)
    check_shared_classes(vocabulary)
    return vocabulary


def check_texts(graph: Graph) -> None:
    """Every declared term has one label and one comment in Chinese and one of each in English."""
    for kind in DECLARATIONS:
        for term in _terms(graph, kind):
            for predicate in (RDFS.label, RDFS.comment):
                _texts(graph, term, predicate)


def check_owners(graph: Graph) -> None:
    """What a property stands on is a declared relationship, where it is not said of nodes."""
    known = set(_terms(graph, OWL.ObjectProperty))
    for term, owner in graph.subject_objects(JX.onRelationship):
        if owner not in known:
            raise VocabularyError(f"词汇表中 {_short(term)} 用到了未声明的关系 {_short(owner)}，应先声明")


def check_property_names(vocabulary: Vocabulary) -> None:
    """No two properties of one class, or of one relationship, have one name in the graph."""
    for found, name in ((item, name) for item in vocabulary.relationships for name in item.properties):
        if found.properties.count(name) > 1:
            raise VocabularyError(f"词汇表中 {found.term} 有两个属性都叫“{name}”，应各有各的名称")
    for item in vocabulary.classes:
        seen: dict[str, str] = {}
        for prop in item.properties:
            other = seen.setdefault(prop.name, prop.term)
            if other != prop.term:
                raise VocabularyError(
                    f"词汇表中 {item.name} 的属性 {other} 和 {prop.term} 都叫“{prop.name}”，应各有各的名称"
                )


def check_relationship_types(vocabulary: Vocabulary) -> None:
    """No two relationships have one type."""
    seen: dict[str, str] = {}
    for item in vocabulary.relationships:
        other = seen.setdefault(item.name, item.term)
        if other != item.term:
            raise VocabularyError(f"词汇表中 {other} 和 {item.term} 的关系类型都是“{item.name}”，应各不相同")


def check_shared_classes(vocabulary: Vocabulary) -> None:
    """Every shared class is kept by some relationship: clean-up would remove its nodes at once."""
    for item in vocabulary.classes:
        if not item.owned and not any(item.name in rel.kept for rel in vocabulary.relationships):
            raise VocabularyError(f"词汇表中没有关系以 jx:keeps 保留共用节点 {item.name}，应至少有一个")


def _node_class(graph: Graph, term: URIRef, properties: tuple[NodeProperty, ...]) -> NodeClass:
    label, label_en = _texts(graph, term, RDFS.label)
    name = _matching(_LABEL, local_name(term), term, "英文字母，首字母大写")
    return NodeClass(name, _short(term), label, label_en, properties, _flag(graph, term, JX.derived))


def _properties(graph: Graph, term: URIRef) -> list[tuple[str, NodeProperty]]:
    """The property once for each class it belongs to, with the class's name."""
    if (term, JX.onRelationship, None) in graph and (term, RDFS.domain, None) not in graph:
        return []
    label, label_en = _texts(graph, term, RDFS.label)
    name, datatype = _name_and_datatype(graph, term)
    item = NodeProperty(
        name=name,
        datatype=datatype,
        term=_short(term),
        label=label,
        label_en=label_en,
        internal=_flag(graph, term, JX.internal),
        derived=_flag(graph, term, JX.derived),
        asked=_flag(graph, term, JX.asked),
        searched=_flag(graph, term, JX.searched),
    )
    return [(owner, item) for owner in _class_names(graph, term, RDFS.domain)]


def _name_and_datatype(graph: Graph, term: URIRef) -> tuple[str, str]:
    datatype = DATATYPES.get(str(_one(graph, term, RDFS.range)))
    if datatype is None:
        raise VocabularyError(f"词汇表中 {_short(term)} 的值域应为 {'、'.join(DATATYPES)} 之一")
    return _property_name(str(_one(graph, term, JX.propertyName)), term), datatype


def _relationship(graph: Graph, term: URIRef) -> RelationshipType:
    label, label_en = _texts(graph, term, RDFS.label)
    name = str(_one(graph, term, JX.relationshipType))
    keeps = graph.value(term, JX.keeps)
    if keeps is not None and str(keeps) not in ("start", "end"):
        raise VocabularyError(f"词汇表中 {_short(term)} 的 jx:keeps 是“{keeps}”，应为 start 或 end")
    carried = (
        item for item in _terms(graph, OWL.DatatypeProperty) if (item, JX.onRelationship, term) in graph
    )
    typed = sorted(_name_and_datatype(graph, item) for item in carried)
    properties = tuple(name for name, _ in typed)
    told_apart_by = tuple(sorted(map(str, graph.objects(term, JX.toldApartBy))))
    if not set(told_apart_by) <= set(properties):
        raise VocabularyError(f"词汇表中 {_short(term)} 的 jx:toldApartBy 应都是它自己的属性的名称")
    return RelationshipType(
        name=_matching(_RELATIONSHIP_TYPE, name, term, "大写英文字母，以下划线分词"),
        term=_short(term),
        label=label,
        label_en=label_en,
        starts=_class_names(graph, term, RDFS.domain),
        ends=_class_names(graph, term, RDFS.range),
        keeps=None if keeps is None else str(keeps),
        properties=properties,
        datatypes=tuple(datatype for _, datatype in typed),
        told_apart_by=told_apart_by,
        derived=_flag(graph, term, JX.derived),
    )


def _terms(graph: Graph, kind: URIRef) -> list[URIRef]:
    """Our own terms of a kind, in the order of their names; blank nodes and foreign terms are left out."""
    found = (term for term in graph.subjects(RDF.type, kind) if isinstance(term, URIRef))
    return sorted(term for term in found if term.startswith(JX))


def _class_names(graph: Graph, term: URIRef, predicate: URIRef) -> tuple[str, ...]:
    """Names of the classes a domain or range stands for: a class, a union, or all below an abstract class."""
    value = _one(graph, term, predicate)
    union = graph.value(value, OWL.unionOf)
    members = [value] if union is None else list(Collection(graph, union))
    known = set(_terms(graph, OWL.Class))
    for member in members:
        if member not in known:
            raise VocabularyError(f"词汇表中 {_short(term)} 用到了未声明的类 {_short(member)}，应先声明")
    below = {name for member in members for name in graph.transitive_subjects(RDFS.subClassOf, member)}
    return tuple(local_name(name) for name in sorted(known & below) if not _flag(graph, name, JX.abstract))


def _one(graph: Graph, term: URIRef, predicate: URIRef) -> Node:
    """The single value of a predicate: several domains would mean their intersection in RDFS."""
    values = list(graph.objects(term, predicate))
    if len(values) != 1:
        raise VocabularyError(
            f"词汇表中 {_short(term)} 应有且只有一个 {_short(predicate)}，实有 {len(values)} 个"
        )
    return values[0]


def _texts(graph: Graph, term: URIRef, predicate: URIRef) -> tuple[str, str]:
    """The term's label or comment in Chinese and in English."""
    found: list[str] = []
    for language in LANGUAGES:
        literals = (o for o in graph.objects(term, predicate) if isinstance(o, Literal))
        texts = [str(literal) for literal in literals if literal.language == language]
        if len(texts) != 1:
            raise VocabularyError(
                f"词汇表中 {_short(term)} 应有且只有一个 {_short(predicate)}@{language}，实有 {len(texts)} 个"
            )
        found.append(texts[0])
    return found[0], found[1]


def _property_name(name: str, term: URIRef) -> str:
    if name in FORBIDDEN_NAMES:
        raise VocabularyError(f"词汇表中 {_short(term)} 的属性名“{name}”在图数据库中另有含义，应换一个名称")
    return _matching(_PROPERTY_NAME, name, term, "小写英文字母，以下划线分词")


def _matching(pattern: re.Pattern[str], name: str, term: URIRef, expected: str) -> str:
    if not pattern.fullmatch(name):
        raise VocabularyError(f"词汇表中 {_short(term)} 在图谱中的名称是“{name}”，应为{expected}")
    return name


def _flag(graph: Graph, term: URIRef, predicate: URIRef) -> bool:
    return str(graph.value(term, predicate)) == "true"


def _short(term: Node) -> str:
    text = str(term)
    return f"jx:{local_name(URIRef(text))}" if text.startswith(JX) else text


VOCABULARY = read_vocabulary(load_turtle("vocabulary.ttl"))
