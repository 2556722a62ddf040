"""Free text with numbered levels becomes indicators (分级文字): 一、产出指标 （一）数量指标：1.…

The same eyes read a cell that holds all levels, a numbered list in a notice, and the marks
【产出指标-数量指标】. Class labels part the text; what stands between two of them are the items.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from ingest.class_state import MIXED_CLASSES, ClassState, category_id, subcategory_id
from ingest.cleaning import NOTHING, clean_name, is_placeholder, join_lines
from ingest.labels import ClassLabel, read_class_label
from nlp.claims import read_claim, split_claims
from ontology.categories import category, class_labels, subclasses
from ontology.model import PrintedIndicator, Source

_NUMERAL = "一二三四五六七八九十"
_BULLETS = "•●■◆"
_ITEM = re.compile(
    r"(?:^|(?<=[。；;：:\s）)、]))(?:[（(]\d{1,2}[）)]|\d{1,2}[.、．](?!\d)|[①-⑳]|指标\s*\d{1,2}\s*[:：])\s*"
)
_MARKED = re.compile(r"^(?:三级)?指标\s*\d{0,2}\s*[:：]")
_DEFINES = re.compile(r"^(?:是指?|指(?!标)|反映|分为|包括|包含|主要(?:是|反映|指|包括)|应当|等[，。、；]|、)")
_BLANKS = " \t\u3000\xa0"
_REACH = 40
"""How far before a label its line's beginning is looked for."""

_AFTER_LABEL = re.compile(r"[\s:：，,、。]*")


@dataclass(frozen=True, slots=True)
class LevelLabel:
    """A class label found in a text: where it begins and ends, its numbering, the classes it names.

    `marked` labels stand in 【】; behind them a value stands in brackets.
    """

    start: int
    end: int
    numbering: str
    printed: str
    label: ClassLabel
    marked: bool = False


@cache
def _label_pattern() -> re.Pattern[str]:
    """Class labels where a text may print one as a heading: numbered, marked, before a colon or line end."""
    ends = ("指标", "目标", "指标值", "指")
    full = "|".join(re.escape(label) for label in class_labels() if len(label) >= 3 and label.endswith(ends))
    bare = "|".join(re.escape(label) for label in class_labels() if not label.endswith(ends))
    counted = rf"[{_NUMERAL}]{{1,2}}、|[（(][{_NUMERAL}\d]{{1,2}}[）)]、?|\d{{1,2}}[.、．]"
    number = rf"(?:{counted}|[①-⑳{_BULLETS}]|设(?:置|有|立)?\s*+\d{{1,2}}\s*+[条个项])?"
    points = r"(?:[（(][^（）()\n]{0,12}[）)])?"
    # Spaces are never given back, and of a run of them only the end may begin a label: a page's text has
    # hundreds in a row.
    begin = r"(?:^\s*+|(?<=[。；;：:）)】|，,%\d])\s*+|(?<=指标)\s*+|(?<=\s)(?!\s))"
    return re.compile(
        rf"{begin}(?P<number>{number})\s*+"
        rf"(?:【\s*+(?P<marked>[^【】\n]{{2,30}})\s*+】|(?P<full>(?:{full}))(?:\s*+[-—–－]++\s*+(?P<second>{full}|{bare}))?{points}(?=\s*+[:：，,\d（(【]|\s|$)"
        rf"|(?P<bare>(?:{bare})){points}(?=\s*+[:：]|\s*\n|\s*$))"
    )


def find_level_labels(text: str) -> list[LevelLabel]:
    """Given a text, return the class labels that part it, in order."""
    found = []
    for match in _label_pattern().finditer(text):
        printed = match.group("marked") or match.group("bare") or match.group("full") or ""
        if match.group("second"):
            printed = f"{printed}-{match.group('second')}"
        label = read_class_label(printed)
        if label and _stands_alone(text, match):
            end = _AFTER_LABEL.match(text, match.end())
            found.append(
                LevelLabel(
                    start=match.start("number"),
                    end=end.end() if end else match.end(),
                    numbering=match.group("number") or "",
                    printed=printed,
                    label=label,
                    marked=bool(match.group("marked")),
                )
            )
    return found


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    """A label inside a sentence (…满意度指标达到95%) is no heading: one has a number, mark, colon or line."""
    if match.group("number") or match.group("marked"):
        return True
    rest = text[match.end() : match.end() + 1]
    begin = match.start("number")
    before = text[max(0, begin - _REACH) : begin].rstrip(_BLANKS)
    starts_line = not before or before.endswith("\n")
    closed = before.rstrip().endswith(("。", "；", ";", "指标", "】"))
    return not rest or rest in "：:\n" or starts_line or closed


def text_to_indicators(
    text: str, *, source: Source, prose: bool = False, lines: Sequence[int] = (), ends: Sequence[int] = ()
) -> list[PrintedIndicator]:
    """Given a text with class labels, return its indicators; [] where it has no class label.

    `source` is the place of the text; each indicator's source names its own line. `lines` are the
    lines of the file on which the lines of the text stand, where they do not follow one another; `ends`
    say where each of them ends in the text, where the line breaks are taken out.
    """
    labels = find_level_labels(text)
    places = _Places(source, text, lines, ends)
    indicators: list[PrintedIndicator] = []
    state = ClassState()
    depth: dict[str, int] = {}
    for index, label in enumerate(labels):
        state = _next_state(state, label, depth)
        end = labels[index + 1].start if index + 1 < len(labels) else len(text)
        passage = text[label.end : end]
        if _DEFINES.match(passage):
            continue
        if index + 1 < len(labels) and state.second is None and not read_claim(join_lines(passage)).name:
            continue
        items = ((places.at(label.end + offset), item) for offset, item in split_items(passage))
        indicators.extend(_read_items(items, state, prose=prose, marked=label.marked))
    return indicators


def class_cell_to_indicators(
    text: str, label: ClassLabel, heading: str, *, source: Source, parent_heading: str | None = None
) -> list[PrintedIndicator]:
    """Given a cell below the heading of a class (数量指标), return the indicators it lists.

    `parent_heading` is the heading of the class above, where it is printed too.
    """
    if find_level_labels(text):
        return text_to_indicators(text, source=source)
    state = ClassState()
    if parent_heading is not None and label.second and label.second.broader:
        state = ClassState(first=category(label.second.broader), printed_first=parent_heading)
    elif label.first and not (label.second and label.second.broader != label.first.id):
        state = state.with_first(label, heading)
    if label.second:
        if state.first is None and label.second.broader:
            state = replace(state, first=category(label.second.broader))
        state = state.with_second(label, heading)
    places = _Places(source, text)
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
    if not numbering or numbering in _BULLETS:
        return numbering[:1]
    chinese = any(char in _NUMERAL for char in numbering)
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
        return _repair_second(state, found) or (
            state.with_first(label, found.printed) if label.first else state
        )
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


def _repair_second(state: ClassState, found: LevelLabel) -> ClassState | None:
    """（四）效益指标 below 一、产出指标: a misprint for the fourth class of output."""
    if state.first is None or not found.numbering:
        return None
    ordinal = next((_NUMERAL.index(char) + 1 for char in found.numbering if char in _NUMERAL), 0)
    ordinal = ordinal or next((int(n) for n in re.findall(r"\d+", found.numbering)), 0)
    for item in subclasses(state.first.id):
        if item.position == ordinal:
            return replace(state, second=item, printed_second=found.printed)
    return None


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
