"""Normal form of an indicator's name (指标规范形式): what two printings of the same name have in common."""

import re
import unicodedata
from functools import lru_cache

_DASH = "-"
_DASHES = frozenset("-–—−~〜")
_INSIDE_NUMBERS = frozenset(".-/:")
_BEHIND_NUMBERS = frozenset("%‰")
_OUTSIDE_NUMBERS = re.compile(
    # of a run of dashes one is kept, between digits; a single one may be a minus, but not behind letters
    r"(?<=-)-|(?<!\d)-(?=-)|-(?!-*\d)|(?<=[\x00-\x2c\x2e\x2f\x3a-\x7f])-"
    r"|(?<!\d)[./:%‰]|[./:](?!\d)"
)


class _Letters(dict[int, str | None]):
    """Each letter as it is kept: nothing for blanks and punctuation, one dash for all dashes."""

    def __missing__(self, code: int) -> str | None:
        char = chr(code)
        if char in _DASHES:
            kept: str | None = _DASH
        elif char in _INSIDE_NUMBERS | _BEHIND_NUMBERS:
            kept = char
        else:
            kept = None if char.isspace() or unicodedata.category(char)[0] in "PZC" else char
        self[code] = kept
        return kept


_LETTERS = _Letters()


@lru_cache(maxsize=16_384)
def concept_of(name: str) -> str | None:
    """Given a name, return it without white space, punctuation and differences of width; None if blank.

    Marks that belong to a number stay: 1.5公里 is not 15公里, 1-3月 not 13月, 5% not 5‰.

    >>> concept_of("（一）群众 满意度。") == concept_of("(一)群众满意度")
    True
    >>> concept_of("服务半径1．5公里")
    '服务半径1.5公里'
    """
    folded = unicodedata.normalize("NFKC", name)
    if folded.isalnum():
        return folded
    letters = folded.translate(_LETTERS)
    return _OUTSIDE_NUMBERS.sub("", letters) or None
