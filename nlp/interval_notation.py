"""Intervals as mathematics writes them (区间写法): [80,90), (0,5]天, [60%,70%)."""

from dataclasses import replace
from decimal import Decimal

from nlp.amounts import Amount, read_amount, read_scaled_unit
from nlp.bounds import between
from nlp.value_tokens import NUMBER, Cursor
from ontology.model import TargetValue

_OPENING, _CLOSING = frozenset("(["), frozenset(")]")
_COMMAS = frozenset({",", "~", "-"})


def read_bracketed(cursor: Cursor) -> TargetValue | None:
    """Read both ends and their brackets; two round ones are a note, two square ones may hold 1,000."""
    opening = cursor.accept(_OPENING)
    if opening is None:
        return None
    ends = _read_grouped(cursor) or _read_ends(cursor)
    closing = cursor.accept(_CLOSING)
    if ends is None or closing is None or (opening, closing) == ("(", ")"):
        return None
    low, high = ends
    unit = read_scaled_unit(cursor, [], cursor.tokens[cursor.index - 2])
    if unit is not None:
        low, high = replace(low, unit=unit), replace(high, unit=unit)
    return between(low, high, low_closed=opening == "[", high_closed=closing == "]")


def _read_ends(cursor: Cursor) -> tuple[Amount, Amount] | None:
    low = read_amount(cursor)
    if low is None or not low.is_plain or cursor.accept(_COMMAS) is None:
        return None
    high = read_amount(cursor)
    return (low, high) if high is not None and high.is_plain else None


def _read_grouped(cursor: Cursor) -> tuple[Amount, Amount] | None:
    """The ends of [100,200), which alone would be one number in groups of three."""
    token = cursor.token
    low, comma, high = token.text.partition(",")
    opening, closing = cursor.tokens[cursor.index - 1].text, cursor.look(1).text
    if token.kind is not NUMBER or not comma or "," in high or (opening, closing) == ("[", "]"):
        return None
    cursor.index += 1
    return Amount(Decimal(low), None, ()), Amount(Decimal(high), None, ())
