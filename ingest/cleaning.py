"""What stands round a name or value and is no part of it (文字清理): numbering, points, form hints."""

import re
from decimal import Decimal
from functools import lru_cache

from ontology.turtle import fold_label

_CJK = r"\u3000-\u303f\u4e00-\u9fff\uff00-\uffef"
_LINE_END = re.compile(r"(?<![ \t\u3000\xa0])[ \t\u3000\xa0]*+\n\s*+")
_INDICATOR_NUMBER = re.compile(
    r"^(?:三级)?\s*指\s*标\s*(?:\d{1,2}|[一二三四五六七八九十]{1,2})\s*(?:[:：.、．]|(?=[^\d\s%率])|$)\s*"
)
_NUMBERING = re.compile(
    r"^(?:[（(]\s*\d{1,2}\s*[）)]\s*[、.]?|\d{1,2}\s*[.、．]\s*(?![\d%])|\d{1,2}\s*[）)]\s*|[①-⑳]\s*[、.]?)\s*"
)
_STARS = re.compile(r"^\s*[★☆▲△●■◆※*•]+\s*")
_POINTS = re.compile(r"[（(]\s*(\d+(?:\.\d+)?)\s*分\s*[）)]\s*[。；;.，,]?$")
_HOLE = r"(?:\*+|[xXＸ×]{2,}|[○〇]{2,}|_{2,}|…+)"
_PATTERN = re.compile(
    rf"[（(](?=[^（）()]*{_HOLE})[^（）()]{{0,20}}[）)]|[（(]\s*[≥≤＞＜>=<＝=]+\s*[^\d（）()]{{0,6}}[）)]|[≥≤＞＜>=<＝=]+\s*\*+\S{{0,6}}$"
)
_PLACEHOLDER = re.compile(
    rf"^(?:[\s.·。…\-—–_/\\*＊~～|｜]+|{_HOLE}|[（(]?(?:可插行|可加行|可增行|可续行|可自行添加行|请填写|自行填写|填写说明)[）)]?"
    r"|不适用|无此项|(?:指标|目标|项目|任务)\s*[\d一二三四五六七八九十xX×]{0,2}[:：]?[\s.…]*|[（(][^（）()]{0,8}项目\s*\d{0,2}[）)]|[xX×]{2,}(?:项目|单位|部门|工作)?"
    r"|(?:本|该)?(?:项目|单位|部门)?(?:不适用|不涉及|无)(?:此|该|本)(?:项)?(?:指标|内容)?"
    r"|请?.{0,30}[（(]限\d{2,4}字(?:以内|内)?[）)]?)$"
)
_GOES_ON = re.compile(r"(?<=[^\s.…])\s*(?:…+|\.{3,})$")
"""Dots by which a form says that more rows may follow."""
_TWO_NUMBERS = re.compile(r"\d\s*\n\s*\d")
_VALUE_HOLE = re.compile(rf"^[≥≤＞＜>=<＝=]*\s*{_HOLE}\s*\S{{0,8}}$|^[≥≤＞＜>=<＝=]+$")


NOTHING = frozenset(["无", "暂无", "没有", "不涉及", "/", "-", "—"])
"""Words that say that a class has no indicator."""


def join_lines(text: str) -> str:
    """One line of what a cell prints on several: no space where Chinese meets Chinese."""
    joined = _LINE_END.sub("\n", text.strip())
    joined = re.sub(rf"(?<=[{_CJK}])\n|\n(?=[{_CJK}])", "", joined)
    return re.sub(r"\s*\n\s*|[ \t\u3000\xa0]+", " ", joined).strip()


def close_gaps(text: str) -> str:
    """A name on one line, without the spaces that a narrow column leaves between its characters."""
    return re.sub(rf"(?<=[{_CJK}]) (?=[{_CJK}])", "", join_lines(text))


@lru_cache(maxsize=16_384)
def clean_name(text: str) -> tuple[str, Decimal | None]:
    """Given a printed name, return it without numbering, stars, form pattern and points, and the points.

    >>> clean_name("指标1：组织专项督查（15分）")
    ('组织专项督查', Decimal('15'))
    >>> clean_name("★受益户数（≥**户）")
    ('受益户数', None)
    """
    name = _STARS.sub("", close_gaps(text))
    name = _INDICATOR_NUMBER.sub("", name)
    name = _STARS.sub("", _NUMBERING.sub("", name))
    name = _GOES_ON.sub("", _PATTERN.sub("", name).strip())
    points = _POINTS.search(name)
    if points:
        return name[: points.start()].strip(), Decimal(points.group(1))
    return name, None


@lru_cache(maxsize=16_384)
def clean_value(text: str) -> str:
    """Given a printed value, return it on one line; "" for a placeholder such as ≥**% or a dash."""
    value = _GOES_ON.sub("", close_gaps(text))
    return "" if is_placeholder(value) or _VALUE_HOLE.match(fold_label(value)) else value


@lru_cache(maxsize=16_384)
def is_placeholder(text: str) -> bool:
    """Whether a text only keeps a place (…, 可插行, XX, 不适用, 指标1：)."""
    folded = fold_label(text)
    return bool(folded) and len(folded) <= 40 and bool(_PLACEHOLDER.match(folded))


_PAGE_NUMBER = re.compile(
    r"^[\s\-—–－·]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/，,共]\s*共?\s*\d{1,4}\s*页?)?[\s\-—–－·]*$"
)


def is_page_number(text: str) -> bool:
    """Whether a line only numbers the page (— 3 —, 第3页)."""
    stripped = text.strip()
    return bool(_PAGE_NUMBER.match(stripped)) and bool(re.search(r"[-—–－页·/]", stripped))


def has_pattern(text: str) -> bool:
    """Whether a name carries a form's pattern to be filled in (受益户数（≥**户）)."""
    return bool(_PATTERN.search(join_lines(text)))


def is_pattern(text: str) -> bool:
    """Whether a text is nothing but a form's pattern (（≥**户）)."""
    return bool(_PATTERN.fullmatch(text.strip()))


def is_template_value(text: str) -> bool:
    """Whether a value is a form's pattern to be filled in (≥**人), not an empty cell."""
    folded = fold_label(text)
    return bool(re.search(_HOLE, folded)) and bool(_VALUE_HOLE.match(folded))


def parse_decimal(text: str) -> Decimal | None:
    """The number of a cell that holds nothing else (points, funds); None otherwise, or if it holds two."""
    if _TWO_NUMBERS.search(text):
        return None
    match = re.fullmatch(r"([-+]?\d[\d,，]*(?:\.\d+)?)(?:分|%|元|万元)?", fold_label(text))
    return Decimal(match.group(1).replace(",", "").replace("，", "")) if match else None
