"""Annotated texts for people and for programs (标注输出), and lines of standard input as they arrive."""

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from rich.text import Text

from app.records_json import steps_to_json, value_to_json
from app.terminal import make_console, plain
from graph.value_names import value_name
from nlp.entity_texts import LABEL_WORDS
from ontology.errors import MissingExtra
from ontology.model import ValueKind

if TYPE_CHECKING:
    from nlp.annotate import Annotation, Annotator

_CHUNK = 1 << 16
_STYLES = {
    "ACTION": "bold blue",
    "OBJECT": "bold green",
    "MEASURE": "bold magenta",
    "BENEFICIARY": "bold cyan",
    "ORG": "cyan",
    "QUANTITY": "bold yellow",
    "TIME": "yellow",
    "QUALIFIER": "italic red",
}


def load_annotator(fiscal_year: int | None) -> "Annotator":
    """The annotator; raises MissingExtra where the packages for language are not installed."""
    try:
        # spaCy takes half a second to import: only where it is used.
        from nlp.annotate import Annotator
    except ModuleNotFoundError as error:
        raise MissingExtra(f"标注需要 {error.name}，请用 pip install 'jixiao[language]' 安装") from error
    return Annotator(fiscal_year=fiscal_year)


def lines_as_they_come(file: int) -> Iterator[list[str]]:
    """Given a file descriptor, return the lines that have arrived, as soon as there are some.

    Bytes that are no UTF-8 become �; a last line without its end is a line.
    """
    rest = b""
    while chunk := os.read(file, _CHUNK):
        *lines, rest = (rest + chunk).split(b"\n")
        if lines:
            yield [_decode(line) for line in lines]
    if rest:
        yield [_decode(rest)]


def _decode(line: bytes) -> str:
    return line.removesuffix(b"\r").decode("utf-8", errors="replace")


def annotation_to_json(annotation: "Annotation") -> dict[str, Any]:
    """An annotated text as JSON values: offsets count characters of `text`."""
    return {
        "text": annotation.text,
        "tokens": [{"start": start, "end": end, "tag": tag} for start, end, tag in annotation.tokens],
        "entities": [
            {"start": entity.start, "end": entity.end, "label": entity.label, "text": entity.text}
            for entity in annotation.entities
        ],
        "target_value": value_to_json(annotation.target_value),
        "score_steps": steps_to_json(annotation.text),
    }


def print_annotation(annotation: "Annotation") -> None:
    """Print a text with its entities in colour, and below it each entity with its kind, and its value."""
    console = make_console()
    text = Text(plain(annotation.text))
    parts = []
    for entity in annotation.entities:
        text.stylize(_STYLES[entity.label], entity.start, entity.end)
        word = LABEL_WORDS[entity.label]
        parts.append(Text.assemble(f"{word} ", (plain(entity.text), _STYLES[entity.label])))
    console.print(text, soft_wrap=True)
    if parts:
        console.print(Text.assemble("  ", Text(" · ").join(parts)), soft_wrap=True)
    value = annotation.target_value
    if value.kind not in (ValueKind.QUALITATIVE, ValueKind.UNKNOWN, ValueKind.EMPTY):
        console.print(f"  作为指标值：{plain(value_name(value, annotation.text))}", soft_wrap=True)
