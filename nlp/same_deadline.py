"""Whether two names ask for the same day (同一期限): 年内 and 12月31日前, or two ways to say until when."""

import re

from nlp.name_alignment import Aligned
from nlp.parts import SLOTS, Part, PartKind
from nlp.relation_values import bound_side, implies_date, value_key
from nlp.relation_words import DOING, ENSURING
from nlp.target_value import parse_target_value

_DIGITS = re.compile(r"[\d\s]+")
_SOME_YEAR = 2020
_TIME = "时间"
_OF_TIME = frozenset({"规定", "制度", "内", "时限", "期限"})
"""What stands beside a date that is said to be kept: 在规定的时间内完成."""


def is_one_deadline(aligned: Aligned) -> bool:
    """Whether two names say no more than until when something is done, and name the same day."""
    dated = [(a, b) for a, b in aligned.common if a.kind is PartKind.TIME]
    acts = [{p.meaning for p in side if p.meaning in DOING} for side in (aligned.one, aligned.other)]
    is_same = bool(dated and acts[0] & acts[1]) and all(_is_same_bound(a, b) for a, b in dated)
    left = [part for side in (aligned.one, aligned.other) for part in side if part.kind is not PartKind.TIME]
    return is_same and all(_says_only_when(part) for part in left)


def _is_same_bound(one: Part, other: Part) -> bool:
    """Whether two dates are one deadline; a bare year is none."""
    return value_key(one.text) == value_key(other.text) and (
        bool(bound_side(one.text)) or implies_date(one.text)
    )


def _says_only_when(part: Part) -> bool:
    if part.kind in SLOTS:
        return False
    is_time = part.kind is PartKind.MEASURE and part.meaning == _TIME
    return is_time or part.meaning in DOING | ENSURING | _OF_TIME or part.kind is PartKind.MANNER


def is_same_day(one: Part, other: Part) -> bool:
    """Whether two dates in different words are the same day of the year: 年内 and 12月31日前."""
    if one.kind is not PartKind.TIME or _DIGITS.sub("", one.text) == _DIGITS.sub("", other.text):
        return False
    days = [parse_target_value(part.text + "完成", fiscal_year=_SOME_YEAR).day for part in (one, other)]
    return all(days) and len({(day.month, day.day) for day in days if day}) == 1
