"""Annotated texts for people and for programs (标注输出), and lines of standard input as they arrive."""

import codecs
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from rich.text import Text

from app.records_json import steps_to_json, value_to_json
from app.terminal import make_console, plain, say
from graph.value_names import value_name
from nlp.entity_texts import LABEL_WORDS
from nlp.score_rules import read_steps
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

    Bytes that are no UTF-8 become �, and the first line with such is told of; a last line without its
    end is a line.
    """
    decoder = _LineDecoder()
    rest = b""
    while chunk := os.read(file, _CHUNK):
        *lines, rest = (rest + chunk).split(b"\n")
        if lines:
            yield [decoder.decode(line) for line in lines]
    if rest:
        yield [decoder.decode(rest)]


class _LineDecoder:
    """Makes text of lines, one after the other."""

    def __init__(self) -> None:
        self._number = 0
        self._told = False

    def decode(self, line: bytes) -> str:
        """The text of the next line, without a byte order mark before the first."""
        self._number += 1
        line = line.removesuffix(b"\r")
        if self._number == 1:
            line = line.removeprefix(codecs.BOM_UTF8)
        try:
            return line.decode("utf-8")
        except UnicodeDecodeError:
            self._tell()
            return line.decode("utf-8", errors="replace")

    def _tell(self) -> None:
        if not self._told:
            self._told = True
            say(
                f"标准输入第 {self._number} 行不是 UTF-8，读不出的字节记作 �；"
                "GBK 的文件请先转换：iconv -f GB18030 -t UTF-8",
                stderr=True,
            )


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
    told = _value_told(annotation)
    if told:
        console.print(f"  作为指标值：{plain(told)}", soft_wrap=True)


def _value_told(annotation: "Annotation") -> str | None:
    """What the text says as a target value; None for words, which most texts are."""
    value = annotation.target_value
    match value.kind:
        case ValueKind.QUALITATIVE | ValueKind.EMPTY:
            return None
        case ValueKind.UNKNOWN:
            return "未能读懂"
        case ValueKind.SCORE_RULE:
            steps = read_steps(annotation.text)
            told = "；".join(
                f"{step.condition} {'扣' if step.points < 0 else '得'} {abs(step.points)} 分"
                for step in steps
            )
            return f"评分规则  {told}".rstrip()
        case _:
            return value_name(value, annotation.text)
