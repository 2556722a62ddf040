"""The questions a graph must answer (能力问题): each with its words, its Cypher text and its parameters.

They stand in questions.toml; those that the program asks itself are named there and stand in queries.py.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph import queries
from ontology.errors import VocabularyError

FILE = Path(__file__).with_name("questions.toml")


@dataclass(frozen=True, slots=True)
class Question:
    """A question; the parameters it `needs` must be given, the others have defaults."""

    title: str
    text: str
    needs: tuple[str, ...]
    defaults: Mapping[str, str | int]


def _read(name: str, declared: Mapping[str, Any]) -> Question:
    text = declared.get("text") or getattr(queries, declared.get("query", ""), None)
    if text is None:
        raise VocabularyError(f"{FILE.name} 中 {name} 应有 text，或 query 写出 queries.py 里的名称")
    needs = tuple(declared.get("needs", ()))
    return Question(declared["title"], text, needs, declared.get("defaults", {}))


QUESTIONS = {name: _read(name, declared) for name, declared in tomllib.loads(FILE.read_text("utf-8")).items()}
"""Every question by its name."""
