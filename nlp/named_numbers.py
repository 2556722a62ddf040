"""Numbers inside a name (名称里的数字): 65岁以上老人, 5G基站, PM2.5, 12345热线, 5公里范围内.

named := size bound? noun | range of sizes noun | size 范围 | Latin letters number | number Latin letters
       | code noun                                a code has three to five figures
"""

from nlp.measure_units import SCALES, UNIT_KINDS, UnitKind
from nlp.value_tokens import NUMBER, OTHER, SEPARATORS, WORD, Cursor, Numerals, Token
from nlp.value_words import AFTER, NAMED

_CODES = range(3, 6)
"""How many figures a code has: 110, 12345."""


def skip_named_number(tokens: list[Token], index: int) -> int | None:
    """Given the place of a number, return where the tokens go on if it only names a thing, else None."""
    return _skip_code(tokens, index) or _skip_size(Cursor(tokens, index), at_start=index == 0)


def _skip_code(tokens: list[Token], index: int) -> int | None:
    """A4, PM2.5, 5G, 110接处警."""
    number, following = tokens[index], tokens[index + 1]
    before = tokens[index - 1].text[-1:] if index else ""
    if following.kind not in (OTHER, WORD):
        return None
    if before.isascii() and before.isalpha():
        return index + 1 if following.text not in UNIT_KINDS else None
    if following.kind is not OTHER:
        return None
    if following.text[0].isascii() and following.text[0].isalpha():
        return index + 2
    return index + 1 if number.text.isdecimal() and len(number.text) in _CODES else None


def _skip_size(cursor: Cursor, *, at_start: bool) -> int | None:
    unit = _read_size(cursor)
    if cursor.token.text in SEPARATORS and unit in ("", *NAMED["sizes"]):
        cursor.index += 1
        unit = _read_size(cursor)
    if not unit:
        return None
    bound = cursor.accept(AFTER)
    around = bound is None and cursor.token.text.startswith(tuple(NAMED["around"]))
    if around:
        return cursor.index + 1
    if unit not in NAMED["ages"] and (bound is None or not at_start):
        return None
    return cursor.index if cursor.token.kind in (OTHER, WORD) and cursor.token.text.isalpha() else None


def _read_size(cursor: Cursor) -> str | None:
    """The unit of a number that may be a size, "" for none."""
    if cursor.token.kind is not NUMBER or cursor.token.numerals is not Numerals.ARABIC:
        return None
    cursor.index += 1
    cursor.accept(SCALES)
    unit = cursor.token.text
    kind = UNIT_KINDS.get(unit)
    if kind is None or kind is UnitKind.RATE:
        return ""
    cursor.index += 1
    return unit
