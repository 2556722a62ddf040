"""What indicators' names mention (指标提到的词语), where the packages for language are installed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

from ontology.model import Entity, Indicator, PerformanceTarget

if TYPE_CHECKING:
    from nlp.annotate import Annotator


@cache
def knows_language() -> bool:
    """Whether spaCy and jieba are installed (the extra `language`)."""
    return find_spec("spacy") is not None and find_spec("jieba") is not None


@cache
def _annotator() -> "Annotator":
    # spaCy takes half a second to import: only where names are read.
    from nlp.annotate import Annotator

    return Annotator()


def add_mentions(targets: Sequence[PerformanceTarget]) -> tuple[PerformanceTarget, ...]:
    """Given targets, return them with the entities of their indicators' names; as they are without spaCy."""
    if not knows_language():
        return tuple(targets)
    names = [indicator.printed.name for target in targets for indicator in target.indicators]
    found = (annotation.entities for annotation in _annotator().annotate(names))
    return tuple(
        replace(target, indicators=tuple(_mentioning(target.indicators, found))) for target in targets
    )


def _mentioning(indicators: Iterable[Indicator], found: Iterator[tuple[Entity, ...]]) -> Iterator[Indicator]:
    for indicator in indicators:
        yield replace(indicator, entities=next(found))
