"""Normal form of an indicator's name (指标规范形式): what two printings of the same name have in common."""

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=16_384)
def concept_of(name: str) -> str | None:
    """Given a name, return it without white space, punctuation and differences of width; None if blank.

    >>> concept_of("（一）群众 满意度。") == concept_of("(一)群众满意度")
    True
    """
    folded = unicodedata.normalize("NFKC", name)
    kept = (char for char in folded if not char.isspace() and unicodedata.category(char)[0] not in "PZC")
    return "".join(kept) or None
