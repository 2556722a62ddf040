"""What a printed label says: a class of indicators, the heading of a column, an entry of the form (栏目识别).

All names come from the ontology; here is only what documents do to them: white space and line ends
inside, numbering in front, points and remarks in brackets behind, a colon, the last letter lost.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from ontology.categories import IndicatorClass, category, find_classes
from ontology.headings import Heading, find_headings, is_listed
from ontology.turtle import fold_label

LABEL_LIMIT = 40
"""No label is longer (folded); a longer text is not looked up."""

NUMBERING = re.compile(
    r"^(?:[★☆▲△●■◆※*·•]+|[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)][、.．,，]?"
    r"|(?:[一二三四五六七八九十]{1,3}|\d{1,2})[、.．,，:：](?!\d)|第[一二三四五六七八九十\d]+[、.．:：部分]+|[①-⑳])"
)
_BRACKET_TAIL = re.compile(r"[（(\[【]([^（）()\[\]【】]*)[）)\]】]$")
_TORN_BRACKET = re.compile(r"(?:[（(][A-Za-z/]{0,3}|[A-Z](?:/[A-Z])?[）)])$")
"""What is left of （A） behind a heading where one of the brackets is lost."""
_POINTS = re.compile(r"(\d+(?:\.\d+)?)(?:分|%)?$")
_POINTS_BRACKET = re.compile(r"(?:总分|满分|分值|权重)?[:：]?(\d+(?:\.\d+)?)(?:分|%)?")
_POINTS_RANGE = re.compile(r"[（(]\d{1,3}(?:[-—~]\d{1,3})?[）)]分?$")
_INNER_BRACKET = re.compile(r"[（(][^（）()]*[）)]")
_COMPOSITE = re.compile(r"[—–\-－_>→/:：]+")
_YEAR = re.compile(r"20\d\d年度?")
_LOST_SPACES = re.compile(r"\?{2,}")
"""What some converters make of spaces that they cannot write."""
_ENDS_COLON = re.compile(r"[:：]+$")
YUAN = {
    "元": Decimal(1),
    "千元": Decimal(1000),
    "万元": Decimal(10_000),
    "百万元": Decimal(1_000_000),
    "亿元": Decimal(10**8),
}
"""Yuan in each unit of money."""

_MONEY = "|".join(sorted(YUAN, key=len, reverse=True))
_MONEY_BRACKET = re.compile(rf"(?:单位[:：]?|人民币|金额单位[:：]?)?({_MONEY})")
_MONEY_LINE = re.compile(rf"(?:金额)?单位\s*[:：]\s*(?:人民币)?\s*({_MONEY})")


@dataclass(frozen=True, slots=True)
class ClassLabel:
    """A class label as read: the class of each level that it may name, and points printed with it.

    A composite label names both levels (产出指标—数量指标); otherwise it names one of the two. One that
    names several classes of level two (社会、经济效益指标) only says their class of level one.
    """

    first: IndicatorClass | None
    second: IndicatorClass | None
    points: Decimal | None = None
    parts: tuple[str, str] | None = None
    """What a composite label prints for each level."""
    several: bool = False

    @property
    def composite(self) -> bool:
        """Whether it names both levels."""
        return self.parts is not None


@dataclass(frozen=True, slots=True)
class HeadingLabel:
    """A heading as read: the fields it may mean and the money unit in its brackets (yuan per unit)."""

    headings: tuple[Heading, ...]
    money_unit: Decimal | None = None
    listed: bool = True
    """Whether the ontology lists the label; else it is only made like those it lists."""

    def field(self, *, column: bool) -> str | None:
        """The field meant as a column's heading, or as an entry's label; None where it cannot be that."""
        for heading in self.headings:
            if heading.heads_column if column else heading.labels_field:
                return heading.id
        return None


@lru_cache(maxsize=16_384)
def read_class_label(text: str) -> ClassLabel | None:
    """Given a cell's text, return the classes it labels, or None where it is no class label.

    >>> label = read_class_label("（一）数量 指标（20分）：")
    >>> label.second.id, label.points
    ('quantity', Decimal('20'))
    """
    folded = fold_label(text[:200])
    if not folded or len(folded) > LABEL_LIMIT:
        return None
    bare, points = _strip_decoration(folded)
    for candidate in (folded, bare, _INNER_BRACKET.sub("", bare)):
        found = _lookup_class(candidate)
        if found:
            return ClassLabel(*found, points)
    return _read_composite(bare, points) or _read_several(bare, points)


def _read_several(bare: str, points: Decimal | None) -> ClassLabel | None:
    """Several classes of level two in one label (社会、经济、生态效益指标) say only their common class."""
    parts = re.split(r"[、和及与]", bare.removesuffix("效益指标"))
    if len(parts) < 2 or parts == [bare]:
        return None
    found = [_lookup_class(f"{part.removesuffix('效益')}效益指标") for part in parts]
    parents = {item[1].broader if item and item[1] else None for item in found}
    parent = parents.pop() if len(parents) == 1 else None
    return ClassLabel(category(parent), None, points, several=True) if parent else None


def _strip_decoration(folded: str) -> tuple[str, Decimal | None]:
    bare = _POINTS_RANGE.sub("", _ENDS_COLON.sub("", NUMBERING.sub("", folded)))
    points: Decimal | None = None
    tail = _BRACKET_TAIL.search(bare)
    while tail:
        inside = _POINTS_BRACKET.fullmatch(tail.group(1))
        points = Decimal(inside.group(1)) if inside else points
        bare = _ENDS_COLON.sub("", bare[: tail.start()])
        tail = _BRACKET_TAIL.search(bare)
    number = _POINTS.search(bare)
    before = bare[: number.start()] if number else ""
    # 满意度88% states a value; 满意度指标10% has points.
    pointed = number is not None and (before.endswith("指标") or not number.group().endswith("%"))
    if number and pointed and _lookup_class(before):
        return before, Decimal(number.group(1))
    return bare, points


def _lookup_class(folded: str) -> tuple[IndicatorClass | None, IndicatorClass | None] | None:
    classes = find_classes(folded)
    if not classes and folded.endswith("指") and len(folded) >= 3:
        classes = find_classes(f"{folded}标")
    if not classes and folded.endswith("值") and len(folded) >= 3:
        # 产出值, 数量值: what some forms print for 指标.
        classes = find_classes(f"{folded[:-1]}指标")
    if not classes:
        return None
    return (
        next((item for item in classes if item.level == 1), None),
        next((item for item in classes if item.level == 2), None),
    )


def _read_composite(bare: str, points: Decimal | None) -> ClassLabel | None:
    """Both levels in one cell: 产出指标—数量指标, or run together 产出指标数量指标."""
    parts = [part for part in _COMPOSITE.split(bare) if part]
    if len(parts) == 1:
        cut = bare.find("指标") + 2
        parts = [bare[:cut], bare[cut:]] if 2 < cut < len(bare) else parts
    if len(parts) != 2:
        return None
    first, second = _lookup_class(parts[0]), _lookup_class(parts[1])
    if first and second and first[0] and second[1]:
        return ClassLabel(first[0], second[1], points, (parts[0], parts[1]))
    return None


@lru_cache(maxsize=16_384)
def read_heading(text: str) -> HeadingLabel | None:
    """Given a cell's text, return what it heads or labels, or None where it is no label.

    >>> read_heading("预算金额\\n（万元）").field(column=True)
    'budget'
    """
    folded = _LOST_SPACES.sub("", fold_label(text[:200]))
    if not folded or len(folded) > LABEL_LIMIT:
        return None
    money = _money_unit(folded)
    for candidate in sorted(_heading_forms(folded), key=is_listed, reverse=True):
        found = find_headings(candidate)
        if found:
            return HeadingLabel(found, money, is_listed(candidate))
    return None


def _heading_forms(folded: str) -> list[str]:
    """The label itself, then without colon, numbering, brackets, a year."""
    forms = [folded]
    bare = _ENDS_COLON.sub("", folded)
    forms.append(bare)
    forms.append(NUMBERING.sub("", bare))
    forms.append(_TORN_BRACKET.sub("", bare).replace("*", ""))
    tail = _BRACKET_TAIL.search(bare)
    while tail:
        bare = _ENDS_COLON.sub("", bare[: tail.start()])
        forms.append(bare)
        forms.append(NUMBERING.sub("", bare))
        tail = _BRACKET_TAIL.search(bare)
    forms.extend(
        re.sub(r"[（(【][^（）()【】]*[）)】]", "", form)
        for form in tuple(forms)
        if re.search(r"[（(]", form)
    )
    forms.extend(form.strip("【】[]") for form in tuple(forms))
    forms.extend(_YEAR.sub("", form) for form in tuple(forms) if _YEAR.search(form))
    return [form for form in dict.fromkeys(forms) if form]


def _money_unit(folded: str) -> Decimal | None:
    for inside in re.findall(r"[（(]([^（）()]*)(?:[）)]|$)", folded):
        unit = _MONEY_BRACKET.fullmatch(inside)
        if unit:
            return YUAN[unit.group(1)]
    return None


def money_unit_of_line(text: str) -> Decimal | None:
    """The unit of the amounts below, where a line states it (单位：万元)."""
    match = _MONEY_LINE.search(text)
    return YUAN[match.group(1)] if match else None


def split_labelled(text: str) -> tuple[HeadingLabel, str] | None:
    """Given “label：text”, return the label and the text; None where no known label stands before a colon."""
    for match in re.finditer(r"[:：]", text[: LABEL_LIMIT * 3]):
        label = read_heading(text[: match.start()])
        if label:
            return label, text[match.end() :].strip()
        if match.start() > LABEL_LIMIT * 2:
            break
    return None
