"""Places where a value may begin or end in cells that ran together (指标值连写处)."""

import re
from collections.abc import Sequence

from ingest.cleaning import is_placeholder
from ingest.labels import read_class_label
from ingest.stream_tokens import Break, Token, cut_token
from nlp.qualitative import is_worded_value
from nlp.value_patterns import DEADLINE
from nlp.value_spans import value_spans

EXPLAINS = re.compile(r"反映|达到(?=[\u4e00-\u9fff])|考核|是指|指标?主要|用于|用以|考察|评价|衡量|体现")
"""Words that an explanation of an indicator (指标解释) likes to begin with."""

_MEASURE = re.compile(
    r"(?:率|满意度|数量|次数|人数|户数|个数|时间|时限|及时性|成本|水平|能力|长度|面积|里程|年限)"
    r"(?=[\u4e00-\u9fff]{4})"
)
"""Where the name of an indicator may end and its explanation begin."""

_POINTS_AND_DATE = re.compile(rf"\d{{1,2}}(?P<date>(?=20\d\d\s*年){DEADLINE})")
"""Points and a date that ran together (10|2023年10月底前)."""
_LONGEST_WORDS = 10
_SHORTEST_NAME = 4
_LONGEST_RUN = 20_000


def split_value_runs(tokens: Sequence[Token], fields: frozenset[str]) -> list[Token]:
    """Cut where a value may begin or end inside a token; these cuts may be closed again.

    The table's `fields` tell what else stands there: beside points and actual values a run of digits may
    hold two numbers, and where names are explained, the explanation may begin at its first word.
    """
    points = bool(fields & {"max_score", "score", "weight"})
    numbers = points or "actual_value" in fields
    explained = bool(fields & {"definition", "standard"})
    result: list[Token] = []
    before = ""
    for token in tokens:
        text = token.text
        number = before if before.isdigit() and token.gap == Break.SPACE else ""
        before = text
        if read_class_label(text) or is_placeholder(text) or len(text) > _LONGEST_RUN:
            result.append(token)
            continue
        cuts = {0, *_end_of_unit(number, text)}
        if token.gap >= Break.SPACE:
            cuts.update(_end_of_words(text))
        if explained:
            cuts.update(match.start() for match in EXPLAINS.finditer(text))
            cuts.update(match.end() for match in _MEASURE.finditer(text) if match.end() > _SHORTEST_NAME)
        cuts |= _value_cuts(text, points=points, numbers=numbers)
        result.extend(cut_token(token, sorted(cuts)))
    return result


def _value_cuts(text: str, *, points: bool, numbers: bool) -> set[int]:
    """Where the values in a text begin and end, and the points that ran together with them."""
    spans = value_spans(text)
    cuts: set[int] = set()
    if spans == [(0, len(text))]:
        return cuts
    date_end = 0
    for start, end in spans:
        if start < date_end:
            continue
        cuts.add(start)
        date = _POINTS_AND_DATE.match(text, start) if points else None
        if date:
            date_end = date.end()
            cuts.update({date.start("date"), date_end})
            continue
        cuts.add(end)
        if numbers:
            cuts.update(_two_numbers(text, start, end))
        if points:
            cuts.update(_end_of_number(text, start, end))
    return cuts


def _end_of_unit(number: str, text: str) -> list[int]:
    """Where the unit of the number before a token ends in it (16 | 期应急会商次数)."""
    ends = [end - len(number) for start, end in value_spans(number + text[:8])[:1] if number and not start]
    return [end for end in ends if 0 < end < len(text)]


def _end_of_words(text: str) -> list[int]:
    """Where a value in words may end that the next name follows (有效减少|对农业生产的指导作用)."""
    ends = range(min(_LONGEST_WORDS, len(text) - _SHORTEST_NAME), 1, -1)
    return next(([end] for end in ends if is_worded_value(text[:end])), [])


def _two_numbers(text: str, start: int, end: int) -> list[int]:
    """Where a run of digits may be points and a value (10|35万元): the second number begins with no 0."""
    digits = re.match(r"\d+", text[start:end])
    if not digits:
        return []
    if digits.group() == "00":
        return [start + 1]
    length = digits.end()
    places = {*range(1, min(4, length)), *range(max(1, length - 2), length)}
    return [start + cut for cut in sorted(places) if text[start + cut] != "0"]


def _end_of_number(text: str, start: int, end: int) -> list[int]:
    """Where points end before a word that begins like a unit (10|村民…)."""
    digits = re.match(r"\d+", text[start:end])
    one_letter = digits is not None and end - start == digits.end() + 1
    goes_on = re.match(r"[\u4e00-\u9fff](?<![前内底末以之])", text[end : end + 1])
    return [end - 1] if one_letter and goes_on else []
