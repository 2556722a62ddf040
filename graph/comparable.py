"""What two indicators of targets are compared by (可比的文字), and whether two targets share them.

Of an indicator only its name, its value and the words of its own that its project's name or goal holds
make a difference: so many indicators are few texts, and each two texts are compared once.
"""

from dataclasses import replace
from enum import IntEnum
from functools import lru_cache

from nlp.name_alignment import core_parts
from nlp.name_measures import asks_when, name_without_time
from nlp.normal_form import concept_of
from nlp.parts import SLOTS, PartKind, parts_of
from nlp.relate import IndicatorText, RelationReading, by_rules
from nlp.relation_values import implies_date, value_key
from nlp.templates import general_frame, template_key
from ontology.model import Relation

_COPIED = frozenset({Relation.IDENTICAL, Relation.SAME_TEMPLATE})
_FEWEST_LETTERS = 2
_BOUND = "\0"
_ONE = "one target"


class Kinship(IntEnum):
    """How two targets share an indicator, closest first."""

    EQUAL = 0
    SAME_NAME = 1
    """One name with another value."""
    COPIED = 2
    TWIN = 3
    """Equal, value and all, but for each project's own object."""


@lru_cache(maxsize=200_000)
def says_something(text: str) -> bool:
    """Whether a name or a value says anything: more than numbers, dates, marks or a single letter."""
    if len(concept_of(text) or "") < _FEWEST_LETTERS:
        return False
    return any(part.kind not in (PartKind.NUMBER, PartKind.TIME) for part in core_parts(text))


def said(text: IndicatorText) -> str:
    """The words of an indicator: its name, or its value where the name says nothing; or ""."""
    return next((words for words in (text.name, text.printed_value) if says_something(words)), "")


def compared_text(text: IndicatorText) -> IndicatorText | None:
    """What an indicator is compared by, without all that makes no difference; None if it says nothing."""
    name = text.name if says_something(text.name) else ""
    if not name and not says_something(text.printed_value):
        return None
    own = [word for word in _own_words(name, text.printed_value) if word in text.context]
    return IndicatorText(name=name, printed_value=text.printed_value, context=_BOUND.join(own))


@lru_cache(maxsize=400_000)
def _own_words(name: str, value: str) -> tuple[str, ...]:
    """The words of a name and a value that are looked up in what a project says of itself."""
    texts = [name, value]
    if asks_when(name) and implies_date(value):
        # relate() reads a name that asks when, and its date, as one text.
        texts.append(value + name_without_time(name))
    found: set[str] = set()
    for text in texts:
        for part in parts_of(text):
            if part.kind not in SLOTS and len(part.text) > 1:
                found |= {part.text, part.meaning}
    return tuple(sorted(found))


def kinship(one: IndicatorText, other: IndicatorText) -> Kinship | None:
    """How two compared texts are shared by two targets, whichever comes first; None if they are not."""
    if (other.name, other.printed_value, other.context) < (one.name, one.printed_value, one.context):
        one, other = other, one
    if keys_of(one).isdisjoint(keys_of(other)):
        return None
    relation = related(one, other).relation
    if relation in _COPIED:
        is_named_alike = concept_of(one.name) == concept_of(other.name)
        other_value = Kinship.SAME_NAME if is_named_alike else Kinship.COPIED
        return Kinship.EQUAL if relation is Relation.IDENTICAL else other_value
    key = _twin_key(one)
    return Kinship.TWIN if key is not None and key == _twin_key(other) else None


def related(one: IndicatorText, other: IndicatorText, *, within: bool = False) -> RelationReading:
    """How two compared texts stand to each other; most need no look at what their projects are called.

    `within`: they stand in one target.
    """
    plain = _plainly_related(one.name, one.printed_value, other.name, other.printed_value, within)
    if plain.relation in _COPIED or not (_has_own_object(one) or _has_own_object(other)):
        return plain
    if within:
        one, other = replace(one, target=_ONE), replace(other, target=_ONE)
    return by_rules(one, other)


@lru_cache(maxsize=500_000)
def _plainly_related(
    name: str, value: str, other_name: str, other_value: str, within: bool
) -> RelationReading:
    one, other = (
        IndicatorText(name=text, printed_value=printed, target=_ONE if within else "")
        for text, printed in ((name, value), (other_name, other_value))
    )
    return by_rules(one, other)


@lru_cache(maxsize=400_000)
def _has_own_object(text: IndicatorText) -> bool:
    name = text.name or text.printed_value
    return template_key(name, text.context, bare=True) != template_key(name, bare=True)


@lru_cache(maxsize=400_000)
def keys_of(text: IndicatorText) -> frozenset[str]:
    """What two indicators must have in common to be shared: the name, a template, or a general frame."""
    name = text.name or text.printed_value
    found = (
        concept_of(name),
        template_key(name),
        template_key(name, text.context),
        _twin_key(text),
        general_frame(name),
    )
    return frozenset(key for key in found if key)


@lru_cache(maxsize=400_000)
def _twin_key(text: IndicatorText) -> str | None:
    """A name with slots for the project's own object, before a bare measure too, and its value."""
    frame = template_key(text.name, text.context, bare=True)
    value = value_key(text.printed_value)
    return f"{frame} {value}" if frame and value and "{" in frame else None
