"""Headings of columns and labels of form fields (栏目名称), read from headings.ttl."""

import re
from dataclasses import dataclass
from functools import lru_cache

from rdflib import Graph, URIRef
from rdflib.namespace import SKOS

from ontology.errors import VocabularyError
from ontology.turtle import JX, chinese_labels, concepts, english_label, fold_label, load_turtle, local_name

LONGEST_PATTERN = 20
"""No label that is only made like the listed ones is longer."""

ROLES = ("column", "field", "both", "end")


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading means: `id` is the field's name; `labels` are folded, the standard one first.

    `patterns` match labels made like these. `reads` is the field it fills where no other column has
    that meaning, `fallback` the field it fills where one has (绩效标准: the value, or else the definition).
    `shares` is the field that may go by the same labels and is the first to be thought of: the table
    tells which is meant (完成情况, 单位).
    """

    id: str
    label: str
    label_en: str
    role: str
    labels: tuple[str, ...]
    reads: str | None
    fallback: str | None
    patterns: tuple[re.Pattern[str], ...] = ()
    shares: str | None = None

    @property
    def heads_column(self) -> bool:
        """Whether it may head a column of the indicator table."""
        return self.role in ("column", "both")

    @property
    def labels_field(self) -> bool:
        """Whether it may label an entry of the form."""
        return self.role in ("field", "both")

    @property
    def ends_table(self) -> bool:
        """Whether it stands below an indicator table and ends it."""
        return self.role == "end"


def _notation(graph: Graph, term: URIRef | None) -> str | None:
    if term is None:
        return None
    found = graph.value(term, SKOS.notation)
    if found is None:
        raise VocabularyError(f"栏目 {term} 没有 skos:notation")
    return str(found)


def _reference(graph: Graph, subject: URIRef, predicate: URIRef) -> str | None:
    value = graph.value(subject, predicate)
    return _notation(graph, value) if isinstance(value, URIRef) else None


def _read_heading(graph: Graph, subject: URIRef) -> Heading:
    role = str(graph.value(subject, JX.role))
    if role not in ROLES:
        raise VocabularyError(
            f"栏目 {local_name(subject)} 的 jx:role 是“{role}”，应为 {'、'.join(ROLES)} 之一"
        )
    labels = chinese_labels(graph, subject)
    return Heading(
        id=_notation(graph, subject) or "",
        label=labels[0],
        label_en=english_label(graph, subject),
        role=role,
        labels=tuple(dict.fromkeys(fold_label(label) for label in labels)),
        reads=_reference(graph, subject, JX.reads),
        fallback=_reference(graph, subject, JX.fallback),
        shares=_reference(graph, subject, JX.shares),
        patterns=tuple(
            _compile(text, subject) for text in sorted(map(str, graph.objects(subject, JX.pattern)))
        ),
    )


def _compile(text: str, subject: URIRef) -> re.Pattern[str]:
    try:
        return re.compile(text)
    except re.error as error:
        raise VocabularyError(
            f"栏目 {local_name(subject)} 的 jx:pattern “{text}”不是正则表达式：{error}"
        ) from error


def check_patterns(headings: dict[str, Heading]) -> None:
    """Refuse a pattern that takes a label which is listed for another field."""
    for heading in headings.values():
        for pattern in heading.patterns:
            for other in headings.values():
                taken = next((label for label in other.labels if pattern.fullmatch(label)), None)
                if other.id != heading.id and taken and taken not in heading.labels:
                    raise VocabularyError(
                        f"栏目 {heading.id} 的 jx:pattern 也匹配 {other.id} 的标签“{taken}”"
                    )


def check_headings(headings: dict[str, Heading]) -> None:
    """Refuse a label that stands for two fields, unless one of them is declared to share its labels."""
    seen: dict[str, list[Heading]] = {}
    for heading in headings.values():
        for label in heading.labels:
            for other in seen.setdefault(label, []):
                if heading.id != other.shares and other.id != heading.shares:
                    raise VocabularyError(
                        f"栏目标签“{label}”同时属于 {other.id} 和 {heading.id}，应只属于一个"
                    )
            seen[label].append(heading)


def _load() -> dict[str, Heading]:
    graph = load_turtle("headings.ttl")
    headings = {item.id: item for item in (_read_heading(graph, subject) for subject in concepts(graph))}
    check_headings(headings)
    check_patterns(headings)
    return headings


_HEADINGS = _load()
_BY_LABEL: dict[str, tuple[Heading, ...]] = {}
for _heading in sorted(_HEADINGS.values(), key=lambda heading: heading.shares is not None):
    for _label in _heading.labels:
        _BY_LABEL[_label] = (*_BY_LABEL.get(_label, ()), _heading)


def heading(field: str) -> Heading:
    """The heading of a field; KeyError for a name that the ontology does not have."""
    return _HEADINGS[field]


@lru_cache(maxsize=16_384)
def find_headings(label: str) -> tuple[Heading, ...]:
    """Fields that a printed label may stand for: listed ones, else those it is made like."""
    folded = fold_label(label)
    listed = _BY_LABEL.get(folded, ())
    if listed or not 2 <= len(folded) <= LONGEST_PATTERN:
        return listed
    return tuple(
        heading
        for heading in _HEADINGS.values()
        if any(pattern.fullmatch(folded) for pattern in heading.patterns)
    )


def is_listed(label: str) -> bool:
    """Whether the ontology lists this very label, not only others made like it."""
    return fold_label(label) in _BY_LABEL


def heading_labels() -> tuple[str, ...]:
    """Every folded label of every heading, longest first."""
    return tuple(sorted(_BY_LABEL, key=lambda label: (-len(label), label)))
