"""Hashes of what decides a result (程序指纹): after an upgrade, what it changes is made anew."""

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent
_READING = ("ontology", "nlp", "ingest", "app/pipeline.py", "app/mentions.py")
_ONLY_TRAINING = frozenset({"nlp/train_entities.py", "nlp/train_relations.py", "nlp/relation_pairs.py"})
"""What they decide stands in the weights that are written."""
_READING_LIBRARIES = ("charset-normalizer", "rapidfuzz", "rdflib", "spacy", "thinc", "numpy", "jieba")
_GRAPH = ("ontology", "nlp", "graph")
"""With nlp, whose lists and rules decide what is derived: templates, like concepts, common indicators."""
_GRAPH_LIBRARIES = ("kglite", "rapidfuzz", "numpy", "jieba")


@cache
def reader_fingerprint() -> str:
    """A hash of everything that decides how a file is read: code, vocabulary, libraries."""
    return _fingerprint(_READING, _READING_LIBRARIES)


@cache
def graph_fingerprint() -> str:
    """A hash of everything that decides how records become a graph, and what is derived from all of it."""
    return _fingerprint(_GRAPH, _GRAPH_LIBRARIES)


def _fingerprint(places: Iterable[str], libraries: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for place in places:
        path = _ROOT / place
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            name = file.relative_to(_ROOT).as_posix()
            if file.suffix in (".py", ".ttl", ".toml", ".xz") and name not in _ONLY_TRAINING:
                digest.update(name.encode())
                digest.update(file.read_bytes())
    for library in libraries:
        digest.update(f"{library}=={_version(library)}".encode())
    return digest.hexdigest()


def _version(library: str) -> str | None:
    """Version of a library; None where it is not installed, as those of an extra may be."""
    try:
        return version(library)
    except PackageNotFoundError:
        return None
