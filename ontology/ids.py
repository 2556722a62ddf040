"""Stable identities: a link saved today still works after a rebuild.

An id is a hash of what makes a thing itself: a disclosure is its content, a target and an indicator
their place in it, a unit and a project their names, a value what it states. The parts are separated
and None is encoded: ("ab", "c") and ("a", "bc"), (None,) and ("",) differ.
"""

import hashlib

_SEPARATOR = "\x1f"
_ABSENT = "\x00"


def stable_id(kind: str, *parts: str | int | None) -> str:
    """Identity of a thing of `kind` from its parts, as `kind-` and 20 hex digits.

    >>> stable_id("unit", "甲县档案局") == stable_id("unit", "甲县档案局")
    True
    >>> stable_id("unit", "a", None) == stable_id("unit", "a", "")
    False
    """
    text = _SEPARATOR.join(_ABSENT if part is None else str(part) for part in (kind, *parts))
    return f"{kind}-{hashlib.sha256(text.encode('utf-8')).hexdigest()[:20]}"


def disclosure_id(sha256: str) -> str:
    """Identity of a disclosure (公开文件): that of its content, whatever its file is called."""
    return stable_id("disclosure", sha256)
