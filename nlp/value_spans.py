"""Where values stand in a run of text (指标值的位置), for cells that lost the borders between them."""

import re

from nlp.qualitative import is_worded_value
from nlp.value_patterns import (
    AFTER,
    BOUND,
    DATE,
    DONE,
    NUMBER,
    PRODUCT,
    QUANTITY,
    RANGE,
    SYMBOL,
    UNITS,
    LazyPattern,
)

_SPAN = LazyPattern(
    rf"截[至止]\s*{DATE}|{PRODUCT}|{RANGE}|(?!当年|本年|上半年){DATE}\s*(?:之?前|以前|内)?(?:\s*{DONE})?|(?:在\s*)?{QUANTITY}"
)
_MEASURED = LazyPattern(rf"(?:{SYMBOL}|{BOUND}){NUMBER}.{{0,8}}|{NUMBER}(?!年|月|日|分){UNITS}{AFTER}")
_LONGEST_WORDS = 10


def is_measured(text: str) -> bool:
    """Whether a text is a measured value and nothing else: no plain number, no date.

    >>> is_measured("≥50块"), is_measured("860万元"), is_measured("100"), is_measured("2023年")
    (True, True, False, False)
    """
    return _MEASURED.fullmatch(text) is not None


def value_spans(text: str) -> list[tuple[int, int]]:
    """Given a run of text, return where its measured values, dates and a last value in words stand."""
    found = (match for match in _SPAN.finditer(text) if match.end() > match.start())
    # 截至2021年底 is a part of what is measured.
    spans = [match.span() for match in found if not match.group().startswith("截")]
    spans.extend(_worded_inside(text))
    places = [0, *(end for _, end in spans)]
    ends = [*(start for start, _ in spans), len(text)]
    for start, end in zip(places, ends, strict=True):
        spans.extend((start + first, start + last) for first, last in _worded_spans(text[start:end]))
    return sorted(spans)


def _worded_inside(text: str) -> list[tuple[int, int]]:
    """Values in words right behind a measure (…控制率|不超预算|单位…): the longest of each place."""
    found = []
    for match in re.finditer(r"[率度性](?=[\u4e00-\u9fff])", text):
        ends = range(match.end() + _LONGEST_WORDS, match.end() + 1, -1)
        end = next(
            (end for end in ends if end < len(text) and is_worded_value(text[match.end() : end])), None
        )
        if end is not None:
            found.append((match.end(), end))
    return found


def _worded_spans(piece: str) -> list[tuple[int, int]]:
    """Values in words that may end a piece between two measured ones; both, where one stands twice."""
    if re.search(r"[度性率数量]$", piece):
        return []
    half = len(piece) // 2
    for length in range(min(_LONGEST_WORDS, half), 0, -1):
        word = piece[-length:]
        if piece[-2 * length : -length] == word and is_worded_value(word):
            return [(len(piece) - 2 * length, len(piece) - length), (len(piece) - length, len(piece))]
    places = range(max(1, len(piece) - _LONGEST_WORDS), len(piece) - 1)
    return [(start, len(piece)) for start in places if is_worded_value(piece[start:])]
