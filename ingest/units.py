"""Names of budget units (预算单位) as documents print them."""

import re

from ingest.cleaning import is_placeholder, join_lines
from ingest.labels import split_labelled

CODE = re.compile(r"^(?:[\[【(（]?\s*\d{3,}\s*[\]】)）]?)\s*[-—_]?\s*")
"""The code of a unit in the budget system, in front of its name."""


def clean_unit(text: str) -> str | None:
    """A unit's name without code in front and 部门, stamp and the like behind; None for what names none.

    >>> clean_unit("301001-乙县水务局部门（盖章）")
    '乙县水务局'
    """
    if split_labelled(text):
        # The unit was left blank, and the next label stands in its place.
        return None
    name = CODE.sub("", join_lines(text)).strip()
    name = re.sub(r"[（(](?:盖章|公章|签章|本级|部门|单位)[）)]$", "", name).strip()
    if name.endswith("部门") and len(name) > 4:
        name = name[:-2]
    name = name.strip(" -—_：:，,。")
    if len(name) < 3 or len(name) > 40 or is_placeholder(name) or re.search(r"[\d。；，]{2}", name):
        return None
    return name
