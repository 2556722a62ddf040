"""Normal form of an indicator's name (指标规范形式): what two printings of the same name have in common."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_DASHES = dict.fromkeys("-–—−~〜‐‑‒―⁃⁓∼", "-")
_OF_NUMBERS = {char: char for char in "./:%‰"} | _DASHES | {"∶": ":"}
_OUTSIDE_NUMBERS = re.compile(
    # of a run of dashes one is kept, between digits
    r"(?<=-)-|(?<!\d)-(?=-)|-(?!-*\d)"
    # a single one before a degree or a share is a minus: -5℃ is not 5℃, but 中心-2022年 is 中心2022年
    r"|(?<!\d)-(?!\d+(?:\.\d+)?(?:°|度|%|‰))"
    r"|(?<!\d)[./:%‰]|[./:](?!\d)"
)


class _Letters(dict[int, str | None]):
    """Each letter as it is kept: nothing for blanks and punctuation, one dash for all dashes."""

    def __missing__(self, code: int) -> str | None:
        char = chr(code)
        kept = _OF_NUMBERS.get(char)
        if kept is None and not char.isspace() and unicodedata.category(char)[0] not in "PZC":
            kept = char
        self[code] = kept
        return kept


_LETTERS = _Letters()


def distinct_forms(names: Iterable[str]) -> list[str]:
    """Given names, return their normal forms, each once, in the order of the first; blank ones have none."""
    # Names that are printed again and again are read once; of different ones none would be found in a cache.
    return list(dict.fromkeys(form for form in map(_form_of, dict.fromkeys(names)) if form))


@lru_cache(maxsize=16_384)
def concept_of(name: str) -> str | None:
    """Given a name, return it without white space, punctuation and differences of width; None if blank.

    Marks that belong to a number stay: 1.5公里 is not 15公里, 1-3月 not 13月, 5% not 5‰.

    >>> concept_of("（一）群众 满意度。") == concept_of("(一)群众满意度")
    True
    >>> concept_of("服务半径1．5公里")
    '服务半径1.5公里'
    """
    return _form_of(name)


def _form_of(name: str) -> str | None:
    folded = unicodedata.normalize("NFKC", name)
    if folded.isalnum():
        return folded
    letters = _OUTSIDE_NUMBERS.sub("", folded.translate(_LETTERS))
    # Without what stood between them two letters may be one.
    return unicodedata.normalize("NFKC", letters) or None
