"""Turtle files of the ontology, read with rdflib."""

import unicodedata
from functools import cache
from pathlib import Path

from rdflib import Graph, URIRef
from rdflib.namespace import SKOS, Namespace
from rdflib.term import Literal

from ontology.errors import VocabularyError

JX = Namespace("https://w3id.org/jixiao/ontology#")
FOLDER = Path(__file__).parent


@cache
def load_turtle(name: str) -> Graph:
    """Read one Turtle file beside this module; a syntax error stops the import with a plain sentence."""
    graph = Graph(bind_namespaces="none")
    try:
        graph.parse(FOLDER / name, format="turtle")
    except SyntaxError as error:
        raise VocabularyError(f"词汇文件 {name} 不是正确的 Turtle：{error}") from error
    return graph


def fold_label(text: str) -> str:
    """Reduce a printed label to what is compared: NFKC, no white space."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def chinese_labels(graph: Graph, subject: URIRef) -> tuple[str, ...]:
    """Standard name first, then the other names of a SKOS concept, its misprints, and what is read as it."""
    preferred = [str(o) for o in graph.objects(subject, SKOS.prefLabel) if _is_chinese(o)]
    if len(preferred) != 1:
        raise VocabularyError(f"{subject} 应有且只有一个中文标准名称，实有 {len(preferred)} 个")
    others = [
        str(o)
        for predicate in (SKOS.altLabel, SKOS.hiddenLabel, JX.alsoReads)
        for o in graph.objects(subject, predicate)
        if _is_chinese(o)
    ]
    return (preferred[0], *sorted(others))


def english_label(graph: Graph, subject: URIRef) -> str:
    """English name of a SKOS concept."""
    found = [str(o) for o in graph.objects(subject, SKOS.prefLabel) if getattr(o, "language", None) == "en"]
    if len(found) != 1:
        raise VocabularyError(f"{subject} 应有且只有一个英文标准名称，实有 {len(found)} 个")
    return found[0]


def local_name(term: URIRef) -> str:
    """Last part of an address: jxc:output → output."""
    return str(term).rsplit("/", 1)[-1].rsplit("#", 1)[-1]


def concepts(graph: Graph) -> list[URIRef]:
    """All SKOS concepts of a scheme, in the order of their addresses."""
    return sorted(s for s in set(graph.subjects(SKOS.inScheme, None)) if isinstance(s, URIRef))


def _is_chinese(term: object) -> bool:
    return isinstance(term, Literal) and term.language == "zh"
