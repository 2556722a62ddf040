"""Normal form of an indicator's name (指标规范形式): what two printings of the same name have in common."""

import unicodedata
from functools import lru_cache

_DASH = "-"
_DASHES = str.maketrans(dict.fromkeys("–—−~〜", _DASH))
_INSIDE_NUMBERS = frozenset(".-/:")
_BEHIND_NUMBERS = frozenset("%‰")


@lru_cache(maxsize=16_384)
def concept_of(name: str) -> str | None:
    """Given a name, return it without white space, punctuation and differences of width; None if blank.

    Marks that belong to a number stay: 1.5公里 is not 15公里, 1-3月 not 13月, 5% not 5‰.

    >>> concept_of("（一）群众 满意度。") == concept_of("(一)群众满意度")
    True
    >>> concept_of("服务半径1．5公里")
    '服务半径1.5公里'
    """
    letters = "".join(char for char in unicodedata.normalize("NFKC", name) if not _is_blank(char))
    if letters.isalpha():
        return letters
    letters = letters.translate(_DASHES)
    kept = (char for at, char in enumerate(letters) if not _is_mark(char) or _is_of_number(letters, at))
    return "".join(kept) or None


def _is_blank(char: str) -> bool:
    return char.isspace() or unicodedata.category(char)[0] in "ZC"


def _is_mark(char: str) -> bool:
    return unicodedata.category(char)[0] == "P"


def _is_of_number(text: str, at: int) -> bool:
    """Whether a mark stands inside a number, a date or a range, is its percent sign or its minus."""
    before, behind = text[at - 1 : at], text[at + 1 :].lstrip(_DASH)[:1]
    if before.isdigit():
        return text[at] in _BEHIND_NUMBERS or (text[at] in _INSIDE_NUMBERS and behind.isdigit())
    is_first = at == 0 or not (before.isascii() or _is_mark(before))
    return text[at] == _DASH and text[at + 1 : at + 2].isdigit() and is_first
