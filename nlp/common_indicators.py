"""The common indicators (共性指标) that official frameworks ask of every project, read from a list.

They are meant to be shared: that one stands in many projects is no copying.
"""

import tomllib
from pathlib import Path

from nlp.normal_form import concept_of
from ontology.errors import VocabularyError

FILE = Path(__file__).with_name("common_indicators.toml")


def _read() -> dict[str, str]:
    found: dict[str, str] = {}
    for declared in tomllib.loads(FILE.read_text("utf-8"))["indicators"]:
        key = concept_of(declared["name"])
        if key is None or key in found:
            raise VocabularyError(f"{FILE.name} 里“{declared['name']}”是空的或出现了两次，应只有一次")
        found[key] = declared["source"]
    return found


_SOURCES = _read()


def is_common(name: str) -> bool:
    """Whether an indicator of this name is a common one."""
    return concept_of(name) in _SOURCES


def source_of(name: str) -> str | None:
    """Which framework asks for an indicator of this name; None for others."""
    return _SOURCES.get(concept_of(name) or "")
