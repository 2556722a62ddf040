"""Texts with their entities marked (标注语料), as the entity model is trained on and tested with.

A line of a file is a kind, a tab and a text in which each entity stands in brackets with its label:

    l3<TAB>[公文|OBJECT][流转|ACTION][及时率|MEASURE]
"""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from ontology.errors import DocumentError

LABEL_WORDS = {
    "ACTION": "动作",
    "OBJECT": "对象",
    "MEASURE": "度量",
    "BENEFICIARY": "受益对象",
    "ORG": "机构",
    "QUANTITY": "数量",
    "TIME": "时间",
    "QUALIFIER": "程度词",
}
"""The kinds of entities, and what people call them."""
LABELS = tuple(LABEL_WORDS)
OWN_TEXTS = Path(__file__).with_name("marked_texts")
"""The project's own texts, a file for each group of fields."""

_PIECE = re.compile(r"\[([^\[\]|]+)\|([A-Z]+)\]|([^\[\]|]+)")


class MarkedText(NamedTuple):
    """A text and its entities: start, end, label."""

    text: str
    entities: tuple[tuple[int, int, str], ...]


def read_marked_texts(path: Path) -> Iterator[MarkedText]:
    """Given a file of marked texts, return them; raises DocumentError for a line that is none."""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        _, tab, marked = line.partition("\t")
        if line.strip():
            found = parse_marked(marked) if tab else None
            if found is None:
                raise DocumentError(
                    f"{path.name} 第 {number} 行不是标注文本，应为“种类<TAB>[词|标签]…”：{line[:40]}"
                )
            yield found


def parse_marked(marked: str) -> MarkedText | None:
    """Given a text with entities in brackets, return it without them; None where brackets do not match."""
    text = ""
    entities = []
    at = 0
    for match in _PIECE.finditer(marked):
        if match.start() != at or (match[2] and match[2] not in LABELS):
            return None
        at = match.end()
        if match[1]:
            entities.append((len(text), len(text) + len(match[1]), match[2]))
        text += match[1] or match[3]
    return MarkedText(text, tuple(entities)) if at == len(marked) else None


def read_gold(path: Path) -> list[MarkedText]:
    """Given a file of JSON lines with `text` and `entities`, return the marked texts."""
    lines = path.read_text("utf-8").splitlines()
    return [
        MarkedText(
            item["text"],
            tuple((entity["start"], entity["end"], entity["label"]) for entity in item["entities"]),
        )
        for item in map(json.loads, filter(str.strip, lines))
    ]


def own_texts() -> list[MarkedText]:
    """All of the project's own marked texts, in the order of their files."""
    return [text for path in sorted(OWN_TEXTS.glob("*.txt")) for text in read_marked_texts(path)]


def exact_f1(pairs: Iterable[tuple[Iterable[object], Iterable[object]]]) -> tuple[float, float, float]:
    """Given pairs of wanted and found entities, return precision, recall and F1 of exact spans."""
    right = wanted = found = 0
    for want, have in pairs:
        one, other = set(want), set(have)
        right, wanted, found = right + len(one & other), wanted + len(one), found + len(other)
    precision, recall = right / max(1, found), right / max(1, wanted)
    return precision, recall, 2 * right / max(1, wanted + found)
