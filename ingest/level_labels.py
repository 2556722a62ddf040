"""Class labels inside a text (文字中的分类标签), and what is said behind them that is no indicator."""

import re
from dataclasses import dataclass
from functools import cache

from ingest.labels import ClassLabel, read_class_label
from nlp.claims import split_claims
from nlp.value_patterns import NUMBER, SYMBOL, UNITS
from ontology.categories import class_labels

NUMERALS = "一二三四五六七八九十"
BULLETS = "•●■◆"
_BLANKS = " \t\u3000\xa0"
_REACH = 40
"""How far before a label its line's beginning is looked for."""

_AFTER_LABEL = re.compile(r"[\s:：，,、。]*")
_DEFINES = re.compile(r"^(?:是(?!否)指?|指(?![标导挥引派定数])|即|分为|主要(?:是|指)|应当|等[，。、；]|、)")
_SPEAKS = re.compile(r"^(?:主要)?(?:反映|包括|包含)")
"""A word with which an explanation begins (反映产出的数量), and an indicator, too (反映问题办结时限)."""


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
    counted = rf"[{NUMERALS}]{{1,2}}、|[（(][{NUMERALS}\d]{{1,2}}[）)]、?|\d{{1,2}}[.、．]"
    number = rf"(?:{counted}|[①-⑳{BULLETS}]|设(?:置|有|立)?\s*+\d{{1,2}}\s*+[条个项])?"
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


def looks_like_target(text: str) -> bool:
    """Whether a text that nobody read states what indicators do: a class label, and a measured value."""
    labels = find_level_labels(text)
    return any(re.search(rf"{SYMBOL}\s*{NUMBER}|{NUMBER}{UNITS}", text[label.end :]) for label in labels)


def defines_words(passage: str) -> bool:
    """Whether what follows a label says what the word means (是指…), and states no value."""
    return _DEFINES.match(passage) is not None and not _states_value(passage)


def speaks_of_words(passage: str) -> bool:
    """Whether what follows a label may as well explain it as name an indicator without a value."""
    return _SPEAKS.match(passage) is not None and not _states_value(passage)


def _states_value(passage: str) -> bool:
    return any(claim.value for claim in split_claims(passage, prose=True))
