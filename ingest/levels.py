"""Free text with numbered levels becomes indicators (分级文字): 一、产出指标 （一）数量指标：1.…

The same eyes read a cell that holds all levels, a numbered list in a notice, and the marks
【产出指标-数量指标】. Class labels part the text; what stands between two of them are the items.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from ingest.class_state import MIXED_CLASSES, ClassState, category_id, subcategory_id
from ingest.cleaning import NOTHING, clean_name, is_placeholder, join_lines
from ingest.labels import ClassLabel
from ingest.level_labels import (
    BULLETS,
    NUMERALS,
    LevelLabel,
    defines_words,
    find_level_labels,
    speaks_of_words,
)
from nlp.claims import Claim, read_claim, split_claims
from ontology.categories import category, subclasses
from ontology.model import PrintedIndicator, Source

_ITEM = re.compile(
    r"(?:^|(?<=[。；;：:\s）)、]))(?:[（(]\d{1,2}[）)]|\d{1,2}[.、．](?!\d)|[①-⑳]|指标\s*\d{1,2}\s*[:：])\s*"
)
_MARKED = re.compile(r"^(?:三级)?指标\s*\d{0,2}\s*[:：]")


def claims_to_indicators(text: str, place_of: Callable[[Claim], Source]) -> list[PrintedIndicator]:
    """Given a passage without class labels, return its indicators claim after claim, each with its place."""
    indicators = []
    for claim in split_claims(text, prose=True):
        name, points = clean_name(claim.name)
        if name or claim.value:
            indicators.append(
                PrintedIndicator(
                    name=name, printed_value=claim.value, max_score=points, sources=(place_of(claim),)
                )
            )
    return indicators


def text_to_indicators(
    text: str,
    *,
    source: Source,
    prose: bool = False,
    lines: Sequence[int] = (),
    ends: Sequence[int] = (),
    unread: list[Source] | None = None,
) -> list[PrintedIndicator]:
    """Given a text with class labels, return its indicators; [] where it has no class label.

    `source` is the place of the text; each indicator's source names its own line. `lines` are the
    lines of the file on which the lines of the text stand, where they do not follow one another; `ends`
    say where each of them ends in the text, where the line breaks are taken out. `unread` takes the
    passages of which nobody can say whether they are indicators.
    """
    unread = [] if unread is None else unread
    labels = find_level_labels(text)
    places = _Places(source, text, lines, ends)
    indicators: list[PrintedIndicator] = []
    state = ClassState()
    depth: dict[str, int] = {}
    for index, label in enumerate(labels):
        following = labels[index + 1 :]
        state = _misprinted(state, label, following) or _next_state(state, label, depth)
        passage = text[label.end : following[0].start if following else len(text)]
        if speaks_of_words(passage):
            unread.append(replace(places.at(label.end), printed=passage.strip()))
        elif not defines_words(passage) and (
            state.second is not None or not following or read_claim(join_lines(passage)).name
        ):
            items = ((places.at(label.end + offset), item) for offset, item in split_items(passage))
            indicators.extend(_read_items(items, state, prose=prose, marked=label.marked))
    return indicators


def class_cell_to_indicators(
    text: str,
    label: ClassLabel,
    heading: str,
    *,
    source: Source,
    parent_heading: str | None = None,
    lines: Sequence[int] = (),
) -> list[PrintedIndicator]:
    """Given a cell below the heading of a class (数量指标), return the indicators it lists.

    `parent_heading` is the heading of the class above, where it is printed too; `lines` as in
    `text_to_indicators`.
    """
    if find_level_labels(text):
        return text_to_indicators(text, source=source, lines=lines)
    state = ClassState()
    if parent_heading is not None and label.second and label.second.broader:
        state = ClassState(first=category(label.second.broader), printed_first=parent_heading)
    elif label.first and not (label.second and label.second.broader != label.first.id):
        state = state.with_first(label, heading)
    if label.second:
        if state.first is None and label.second.broader:
            state = replace(state, first=category(label.second.broader))
        state = state.with_second(label, heading)
    places = _Places(source, text, lines)
    return _read_items(((places.at(offset), item) for offset, item in split_items(text)), state)


class _Places:
    """The places of the lines of one text; `lines` where they stand in the file, if not one after another."""

    def __init__(
        self, source: Source, text: str, lines: Sequence[int] = (), ends: Sequence[int] = ()
    ) -> None:
        self._source = source
        self._lines = lines
        self._ends = ends or [match.start() for match in re.finditer("\n", text)]

    def at(self, offset: int) -> Source:
        below = bisect_right(self._ends, offset)
        if self._lines:
            return replace(self._source, line=self._lines[min(below, len(self._lines) - 1)])
        return (
            replace(self._source, line=self._source.line + below)
            if self._source.line is not None
            else self._source
        )


def _style(numbering: str) -> str:
    """The kind of a numbering: 一、, （一）, 1., （1）, or none."""
    if not numbering or numbering in BULLETS:
        return numbering[:1]
    chinese = any(char in NUMERALS for char in numbering)
    return ("（" if numbering[0] in "（(" else "") + ("一" if chinese else "1")


def _next_state(state: ClassState, found: LevelLabel, depth: dict[str, int]) -> ClassState:
    """The classes that hold behind a label; its numbering tells the level where the words leave it open."""
    label, style = found.label, _style(found.numbering)
    if label.composite:
        return state.with_first(label, found.printed).with_second(label, found.printed)
    level = _level(state, label, style, depth)
    if style:
        depth.setdefault(style, level)
    if level == 1 and label.first:
        return state.with_first(label, found.printed)
    if label.second is None:
        return state.with_first(label, found.printed) if label.first else state
    if state.first is not None and state.first.id == label.second.broader:
        return state.with_second(label, found.printed)
    parent = label.second.broader
    printed = state.first is not None and state.printed_first is not None and level == 2 and bool(style)
    if parent is None or (printed and state.first and (parent, state.first.id) in MIXED_CLASSES):
        return state.with_second(label, found.printed)
    printed_first = state.printed_first if state.first and state.first.id == parent else None
    return ClassState(first=category(parent), printed_first=printed_first).with_second(label, found.printed)


def _level(state: ClassState, label: ClassLabel, style: str, depth: dict[str, int]) -> int:
    if style in depth and style:
        return depth[style]
    if label.first is None:
        return 2
    if label.second is None:
        return 2 if style and depth and 1 in depth.values() and style not in depth else 1
    if state.first is None:
        return 1
    if label.second.broader == state.first.id:
        return 2
    return 1


def _misprinted(state: ClassState, found: LevelLabel, following: Sequence[LevelLabel]) -> ClassState | None:
    """（四）效益指标 behind（三）of 产出指标 is a misprint for the fourth class, if 二、效益指标 follows."""
    first, second = found.label.first, found.label.second
    if first is None or second is not None or state.first is None or state.second is None:
        return None
    ordinal = next((NUMERALS.index(char) + 1 for char in found.numbering if char in NUMERALS), 0)
    ordinal = ordinal or next((int(n) for n in re.findall(r"\d+", found.numbering)), 0)
    again = any(other.label.first == first and other.label.second is None for other in following)
    if first == state.first or not again or state.second.position != ordinal - 1:
        return None
    fourth = next((item for item in subclasses(state.first.id) if item.position == ordinal), None)
    return replace(state, second=fourth, printed_second=found.printed) if fourth else None


def _read_items(
    items: Iterable[tuple[Source, str]], state: ClassState, *, prose: bool = False, marked: bool = False
) -> list[PrintedIndicator]:
    """The indicators that items state, each item with its place."""
    indicators = []
    for place, item in items:
        for name, value in item_to_pairs(item, prose=prose, marked=marked):
            cleaned, points = clean_name(name)
            if (is_placeholder(cleaned) or cleaned in NOTHING) and not value:
                continue
            indicators.append(
                PrintedIndicator(
                    name=cleaned,
                    printed_value=value,
                    category=category_id(state),
                    subcategory=subcategory_id(state),
                    printed_category=state.printed_first,
                    printed_subcategory=state.printed_second,
                    max_score=points,
                    sources=(replace(place, field="name", printed=item.strip()),),
                )
            )
    return indicators


def split_items(passage: str) -> list[tuple[int, str]]:
    """Given the text below a label, return its numbered items (or lines) with their offsets."""
    cuts = [match.start() for match in _ITEM.finditer(passage)]
    lines = [match.end() for match in re.finditer(r"\n(?=\s*\S)", passage)]
    # Among numbered items, a line without a number goes on the item above.
    bounds = sorted({0, *(cuts or lines)})
    spans = zip(bounds, [*bounds[1:], len(passage)], strict=True)
    return [(start, passage[start:end]) for start, end in spans if passage[start:end].strip()]


def item_to_pairs(item: str, *, prose: bool = False, marked: bool = False) -> list[tuple[str, str]]:
    """Given one item, return its names and values: 指标1：name（value）, or claims."""
    text = join_lines(item)
    if marked or _MARKED.match(text):
        pairs = [_name_and_bracket(part) for part in re.split(r"[；;](?![^（(]*[）)])", text)]
        if all(pair and pair[1] for pair in pairs if pair):
            return [pair for pair in pairs if pair]
    return [
        (claim.name, claim.value) for claim in split_claims(text, prose=prose) if claim.name or claim.value
    ]


def _name_and_bracket(part: str) -> tuple[str, str] | None:
    """指标1：候车亭维护数量（≥168座） → its name and the value in the last brackets; None for blank text."""
    part = part.strip(" 。；;，,、")
    if not part:
        return None
    name = clean_name(part)[0]
    match = re.match(
        r"^(?P<name>.{2,80}?)\s*[（(](?P<value>[^（）()]{1,40}(?:[（(][^（）()]*[）)])?[^（）()]{0,10})[）)]$",
        name,
    )
    return (match.group("name"), match.group("value")) if match else (name, "")
