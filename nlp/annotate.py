"""Annotating texts (标注): words, entities and the target value of each, in the order they come.

Texts that were seen before are not read again; long ones are read in pieces, and every offset points
into the text as it was given.
"""

import re
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from threading import Lock

from spacy.attrs import IDX, IS_SPACE, LENGTH, TAG
from spacy.tokens import Doc

from nlp.pipeline import load_pipeline, read_entities
from nlp.target_value import parse_target_value
from ontology.model import Entity, TargetValue

BATCH = 512
"""Texts that go through the model together."""
LONGEST_PIECE = 400
"""Letters read at once; a longer text is cut where a sentence ends, at a comma or blank, or there."""
_REMEMBERED = 100_000
_LONGEST_REMEMBERED = 200
_HALF_PAIR = re.compile(r"[\ud800-\udfff]")
_ENDS = tuple(re.compile(marks) for marks in (r"[。；;！!\n]", r"[，、,]", r"\s"))
"""Where a long text is cut, best first."""
_READING = Lock()
"""The vocabulary of the one pipeline forgets after each batch: one batch at a time."""


@dataclass(frozen=True, slots=True)
class Annotation:
    """A text with its words (start, end, part of speech), its entities and its target value."""

    text: str
    tokens: tuple[tuple[int, int, str], ...]
    entities: tuple[Entity, ...]
    target_value: TargetValue


class Annotator:
    """Annotates texts; it remembers the last hundred thousand short ones."""

    def __init__(self, *, fiscal_year: int | None = None) -> None:
        self._pipeline = load_pipeline()
        self._fiscal_year = fiscal_year
        self._seen: OrderedDict[str, Annotation] = OrderedDict()

    def annotate(self, texts: Iterable[str]) -> Iterator[Annotation]:
        """Given texts, return each with its annotation, in their order; they are taken as they come."""
        source = iter(texts)
        while batch := list(islice(source, BATCH)):
            # What is remembered is taken now: whoever reads on may ask for other texts in between.
            found = {text: self._seen.get(text) for text in batch}
            new = [text for text, annotation in found.items() if annotation is None]
            # spaCy keeps every word it has met, unless told that they are not needed after a batch.
            with _READING, self._pipeline.memory_zone():
                read = dict(zip(new, self._read(new), strict=True))
            self._remember(read)
            for text in batch:
                yield found[text] or read[text]

    def _remember(self, read: dict[str, Annotation]) -> None:
        self._seen.update(
            (text, annotation) for text, annotation in read.items() if len(text) <= _LONGEST_REMEMBERED
        )
        while len(self._seen) > _REMEMBERED:
            self._seen.popitem(last=False)

    def _read(self, texts: list[str]) -> Iterator[Annotation]:
        # spaCy refuses half a surrogate pair; another sign of one letter keeps the offsets.
        pieces = [list(_pieces(_HALF_PAIR.sub("\ufffd", text))) for text in texts]
        docs = read_entities(self._pipeline, (piece for found in pieces for piece in found), batch=BATCH)
        for text, found in zip(texts, pieces, strict=True):
            tokens: list[tuple[int, int, str]] = []
            entities: list[Entity] = []
            at = 0
            for piece in found:
                doc = next(docs)
                tokens.extend(_tokens(doc, at))
                for found_entity in doc.ents:
                    start, end = at + found_entity.start_char, at + found_entity.end_char
                    entities.append(Entity(start, end, found_entity.label_, text[start:end]))
                at += len(piece)
            value = parse_target_value(text, fiscal_year=self._fiscal_year)
            yield Annotation(text, tuple(tokens), tuple(entities), value)


def _tokens(doc: Doc, at: int) -> Iterator[tuple[int, int, str]]:
    """Start, end and part of speech of the words of a piece that begins `at` letters into its text."""
    strings = doc.vocab.strings
    for start, length, tag, is_space in doc.to_array([IDX, LENGTH, TAG, IS_SPACE]).tolist():
        if not is_space:
            yield at + start, at + start + length, strings[tag]


def _pieces(text: str) -> Iterator[str]:
    """The text in pieces that end at the best mark there is; joined they are the text."""
    start = 0
    while len(text) - start > LONGEST_PIECE:
        longest = start + LONGEST_PIECE
        ends = ([match.end() for match in mark.finditer(text, start, longest)] for mark in _ENDS)
        end = next((found[-1] for found in ends if found), longest)
        yield text[start:end]
        start = end
    if start < len(text):
        yield text[start:]
