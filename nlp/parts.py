"""An indicator's text taken apart (文本成分): words with what they say, and slots for what varies.

Slots stand for numbers, dates, titles of documents, bodies and places: two texts that differ only in
them follow one template. What is light (各项, 全年) may be left out without changing what is measured.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from itertools import zip_longest

from nlp.measured_spans import measured_spans
from nlp.normal_form import concept_of
from nlp.normalize import fold_width
from nlp.relation_words import (
    LIGHT,
    OPPOSED,
    TAILS,
    is_general,
    is_listed,
    is_measured,
    meaning_of,
    measure_class,
)
from nlp.segmenter import Word, is_word, segmenter, words_tagged
from nlp.traditional import simplify

LONGEST = 2000
"""Letters that are read; what stands behind them is compared as one piece."""

_LONGEST_JOINED = 3
_BEYOND = frozenset({"以外", "之外", "外", "以后", "之后", "后"})
_LONGEST_BOUND = 8


class PartKind(StrEnum):
    """What a part of a text does."""

    NUMBER = "数"
    TIME = "时间"
    TITLE = "文件"
    BODY = "机构"
    PLACE = "地名"
    MEASURE = "度量"
    MANNER = "程度"
    ACTION = "动作"
    PEOPLE = "人"
    WORD = "词"
    LIGHT = "虚词"
    MARK = "标点"


SLOTS = frozenset({PartKind.NUMBER, PartKind.TIME, PartKind.TITLE, PartKind.BODY, PartKind.PLACE})
"""What is taken out of a template."""


_BEHIND_MEASURE = frozenset({PartKind.NUMBER, PartKind.TIME, PartKind.MARK, PartKind.LIGHT})


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a text, `start` to `end`; `meaning` is the same for words that say the same."""

    text: str
    start: int
    end: int
    kind: PartKind
    meaning: str


_TITLE = re.compile(
    r"《[^《》]*》|〈[^〈〉]*〉"
    # a document by its number: 财预〔2022〕15号
    r"|(?:(?![按照根据依])[\u4e00-\u9fff]){1,8}[〔［\[(（](?:19|20)\d\d[〕］\])）]\s?\d{1,5}号"
)
_ORDINAL = re.compile(r"第\s?(?:[一二三四五六七八九十]{1,3}|\d{1,3})\s?(?:批次?|期|届|轮|次|阶段|标段)")
_RATES = frozenset("率度")
_TIMES = frozenset({"时间", "时限", "期限", "年限", "时长", "日期"})
_PLACE_ENDS = frozenset("村镇乡屯")
_BEFORE_WORDS = frozenset("按依据")
"""Prepositions that dictionaries run together with what follows: 按规定, 依法律."""
_OPENING, _CLOSING = frozenset("（("), frozenset("）)")
_BY = "按照"
_PLACE = re.compile(r"[全我本各该][省市县区州乡镇村]")
_BODY_END = (
    "办公室", "委员会", "政府", "局", "厅", "委", "办", "科", "处", "院", "馆", "中心", "部门", "机关",
    "党委", "党组",
)  # fmt: skip
_SELVES = frozenset({"部门", "机关", "本部门", "本单位", "我单位", "本机关"})
_TAGS = {
    "measure": PartKind.MEASURE,
    "manner": PartKind.MANNER,
    "people": PartKind.PEOPLE,
    "v": PartKind.ACTION,
    "vn": PartKind.ACTION,
    "t": PartKind.MANNER,
    "nt": PartKind.BODY,
    "ns": PartKind.PLACE,
}
_PEOPLE = frozenset(map(meaning_of, words_tagged("people")))
_LIGHT_TAGS = frozenset({"uj", "ul", "u", "p", "c", "r", "y", "e", "ud", "uv", "uz", "ug"})


@lru_cache(maxsize=200_000)
def parts_of(text: str) -> tuple[Part, ...]:
    """Given a text, return its parts in order; together they cover all but its white space.

    >>> [(part.kind.value, part.meaning) for part in parts_of("2023年群众满意度")]
    [('时间', '<时间>'), ('人', '群众'), ('度量', '满意度'), ('度量', '率')]
    """
    read = simplify(text[:LONGEST])
    parts: list[Part] = []
    at = 0
    for start, end, kind in _fixed_spans(read):
        if start >= at:
            parts.extend(_words(read, at, start))
            end += len(beyond) if (beyond := _beyond(read, end)) and kind is not PartKind.TITLE else 0
            parts.append(_slot_of(read[start:end], start, end, kind))
            at = end
    parts.extend(_words(read, at, len(read)))
    if len(text) > LONGEST:
        parts.append(Part(text[LONGEST:], LONGEST, len(text), PartKind.WORD, text[LONGEST:]))
    return tuple(parts)


def ends_with_measure(parts: Sequence[Part]) -> Part | None:
    """The measure that a text ends with; what varies or is light behind it (程度) adds nothing."""
    said = list(parts)
    while said and said[-1].kind in _BEHIND_MEASURE:
        closing = said.pop()
        if closing.text in _CLOSING:
            while said and said.pop().text not in _OPENING:
                pass
    return said[-1] if said and said[-1].kind is PartKind.MEASURE else None


def is_statement(parts: Sequence[Part]) -> bool:
    """Whether parts say something of their own: more than what is measured, and of whom."""
    said = [part for part in parts if part.kind in (PartKind.ACTION, PartKind.MANNER, PartKind.WORD)]
    return len(said) > 1 and any(part.kind is not PartKind.WORD for part in said)


def _fixed_spans(text: str) -> list[tuple[int, int, PartKind]]:
    """Titles, numbers and times in order, found by grammar; of two that overlap the first stays."""
    titles = [(*match.span(), PartKind.TITLE) for match in _TITLE.finditer(text)]
    measured = [
        (start, end, PartKind.TIME if is_time else PartKind.NUMBER)
        for start, end, is_time in measured_spans(text)
    ]
    ordinals = [(*match.span(), PartKind.NUMBER) for match in _ORDINAL.finditer(text)]
    return sorted([*titles, *measured, *ordinals])


def _beyond(text: str, at: int) -> str:
    """The word behind a number or a date that leaves what lies beyond it: 以外, 后."""
    following = next(iter(segmenter().cut(text[at : at + _LONGEST_BOUND])), None)
    return following.text if following is not None and following.text in _BEYOND else ""


def _words(text: str, start: int, end: int) -> list[Part]:
    if start >= end:
        return []
    parts: list[Part] = []
    words = [word for word in _joined(segmenter().cut(text[start:end])) if not word.text.isspace()]
    for word, following in zip_longest(words, words[1:]):
        ends = following is None or not following.text[0].isalpha() or following.tag in ("c", "uj")
        parts.extend(_parts_of_word(word, start, ends_clause=ends))
    return _with_manners(_with_places(parts))


def _with_manners(parts: list[Part]) -> list[Part]:
    """The parts, with the measure that something is done by as a manner: 标准 in 按规定标准列支."""
    found: list[Part] = []
    is_done_by = False
    for part, following in zip_longest(parts, parts[1:]):
        if part.meaning == _BY or part.kind is PartKind.MARK:
            is_done_by = part.meaning == _BY
        elif is_done_by and part.kind is PartKind.MEASURE:
            is_done_by = False
            if following is not None and following.kind is not PartKind.MARK:
                part = replace(part, kind=PartKind.MANNER)
        found.append(part)
    return found


def _with_places(parts: list[Part]) -> list[Part]:
    """The parts, with the names of places run together that no dictionary lists: 石窑沟 and 村."""
    found: list[Part] = []
    for part in parts:
        before = found[-1] if found else None
        named = before is not None and before.kind is PartKind.WORD and before.end == part.start
        if before is not None and named and part.text in _PLACE_ENDS and not is_general(before.text):
            found[-1] = _slot_of(before.text + part.text, before.start, part.end, PartKind.PLACE)
        else:
            found.append(part)
    return found


def _slot_of(text: str, start: int, end: int, kind: PartKind) -> Part:
    return Part(text, start, end, kind, f"<{kind.value}>")


def _joined(words: Sequence[Word]) -> Iterator[Word]:
    """The words, with those run together that only together are a word to compare by (运行 维护)."""
    at = 0
    while at < len(words):
        until = at + 1
        for end in range(min(len(words), at + _LONGEST_JOINED), at + 1, -1):
            if words[end - 1].tag == "measure" or words[end - 1].text in TAILS:
                continue
            if is_listed("".join(word.text for word in words[at:end])):
                until = end
                break
        first = words[at]
        if until == at + 1:
            yield first
        else:
            text = "".join(word.text for word in words[at:until])
            yield Word(text, first.start, words[until - 1].end, segmenter().tag(text))
        at = until


def _parts_of_word(word: Word, offset: int, *, ends_clause: bool) -> list[Part]:
    """A word as a part, or as two where it is something and its measure: 完成 and 率."""
    text = fold_width(word.text)
    start, end = offset + word.start, offset + word.end
    if len(text) > 2 and text[0] in _BEFORE_WORDS and not is_listed(text) and is_word(text[1:]):
        return [
            _part(text[0], "p", start, start + 1),
            _part(text[1:], segmenter().tag(text[1:]), start + 1, end),
        ]
    if len(text) > len(text[-2:]) and text[-2:] in _TIMES and is_word(text[:-2]) and text not in LIGHT:
        return [_stem(text[:-2], start, end - 2), _part(text[-2:], "measure", end - 2, end)]
    stem = text[:-1]
    is_tail = len(text) > 2 and (text[-1] in _RATES or (ends_clause and text[-1] in TAILS))
    if is_tail and text not in LIGHT and is_word(stem):
        return [_stem(stem, start, end - 1), _part(text[-1], "measure", end - 1, end)]
    return [_part(word.text, word.tag, start, end)]


def _stem(text: str, start: int, end: int) -> Part:
    """What is measured by the word behind it: 有效 of 有效性 is not the 有效 that may be left out."""
    part = _part(text, segmenter().tag(text), start, end)
    return replace(part, kind=PartKind.MANNER) if part.kind is PartKind.LIGHT else part


def _part(printed: str, tag: str, start: int, end: int) -> Part:
    text = fold_width(printed)
    kind = _kind(text, tag)
    return Part(printed, start, end, kind, _meaning(text, kind))


def _meaning(text: str, kind: PartKind) -> str:
    if kind in SLOTS:
        return f"<{kind.value}>"
    # 及时率 and 及时性 measure alike, and 成本 and 费用; 满意 is what is measured, not how.
    is_class = kind is PartKind.MEASURE and is_measured(text) and text not in _FELT
    return measure_class(text) if is_class else meaning_of(text)


_FELT = frozenset({"满意"})


def _kind(text: str, tag: str) -> PartKind:
    if concept_of(text) is None:
        return PartKind.MARK
    if text in TAILS:
        return PartKind.MEASURE
    if text in LIGHT or (tag in _LIGHT_TAGS and text not in OPPOSED):
        return PartKind.LIGHT
    if text in _SELVES:
        return PartKind.BODY
    if meaning_of(text) in _PEOPLE:
        return PartKind.PEOPLE
    if segmenter().tag(meaning_of(text)) == "measure":
        return PartKind.MEASURE
    kind = _TAGS.get(tag)
    if kind is not None:
        # 进馆 and 城镇 are no names: they have opposites.
        return PartKind.WORD if kind in SLOTS and text in OPPOSED else kind
    if _PLACE.fullmatch(text):
        return PartKind.PLACE
    is_body = len(text) > 1 and text.endswith(_BODY_END) and tag.startswith("n")
    if is_body and text not in OPPOSED:
        return PartKind.BODY
    return PartKind.WORD
