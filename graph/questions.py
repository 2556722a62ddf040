"""The questions a graph must answer (能力问题): each with its words, its Cypher text and its parameters.

They stand in questions.toml; those that the program asks itself are named there and stand in queries.py.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from graph import queries
from ontology.errors import VocabularyError

FILE = Path(__file__).with_name("questions.toml")

_NEAR = 60
"""How alike (of 100) a name must be to be offered for one that is unknown."""
_KINDS = {"text", "integer", "number"}
_THINGS = {"unit", "project", "concept", "target", "class", "value_kind"}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of questions (参数): its words, and whether it is a text, an integer or a number.

    `of` is what its id names, if anything; `asks` are the words for it where it is chosen by name.
    """

    name: str
    words: str
    kind: str = "text"
    of: str | None = None
    asks: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A question; the parameters it `needs` must be given, the others have defaults."""

    title: str
    text: str
    needs: tuple[str, ...]
    defaults: Mapping[str, str | int]

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """Those that must be given first."""
        return tuple(PARAMETERS[name] for name in (*self.needs, *self.defaults))


def nearest_questions(asked: str) -> list[str]:
    """Given a name that no question has, return those meant most likely, by their names and their words."""

    def likeness(name: str) -> float:
        return max(fuzz.WRatio(asked.lower(), name), fuzz.WRatio(asked, QUESTIONS[name].title))

    near = sorted((name for name in QUESTIONS if likeness(name) >= _NEAR), key=likeness, reverse=True)
    return near[:3]


def _read(name: str, declared: Mapping[str, Any]) -> Question:
    text = declared.get("text") or getattr(queries, declared.get("query", ""), None)
    if text is None:
        raise VocabularyError(f"{FILE.name} 中 {name} 应有 text，或 query 写出 queries.py 里的名称")
    needs = tuple(declared.get("needs", ()))
    defaults = declared.get("defaults", {})
    for parameter in (*needs, *defaults):
        if parameter not in PARAMETERS:
            raise VocabularyError(f"{FILE.name} 中 {name} 的参数 {parameter} 没有写进 parameters")
    return Question(declared["title"], text, needs, defaults)


def _read_parameter(name: str, declared: Mapping[str, str]) -> Parameter:
    found = Parameter(name, **declared)
    if found.kind not in _KINDS:
        raise VocabularyError(
            f"{FILE.name} 中参数 {name} 的 kind 是 {found.kind}，应为 {'、'.join(sorted(_KINDS))}"
        )
    if found.of not in {None, *_THINGS} or (found.of is None) != (found.asks is None):
        raise VocabularyError(
            f"{FILE.name} 中参数 {name} 的 of 是 {found.of}，应为 {'、'.join(sorted(_THINGS))}，并写上 asks"
        )
    return found


_DECLARED = tomllib.loads(FILE.read_text("utf-8"))
PARAMETERS = {name: _read_parameter(name, item) for name, item in _DECLARED.pop("parameters").items()}
"""Every parameter by its name."""
QUESTIONS = {name: _read(name, declared) for name, declared in _DECLARED.items()}
"""Every question by its name."""
