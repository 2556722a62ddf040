"""Names of budget units (预算单位) as documents print them."""

import re

from ingest.cleaning import is_placeholder, join_lines
from ingest.labels import split_labelled

CODE = re.compile(r"^(?:[\[【(（]?\s*\d{3,}\s*[\]】)）]?)\s*[-—_]?\s*")
"""The code of a unit in the budget system, in front of its name."""


_MONEY = re.compile(r"[\s;；,，]*(?:金额)?单位\s*[:：]\s*(?:人民币)?(?:千元|百万元|万元|亿元|元)\s*$")
"""The unit of money, on one line with the budget unit."""
_BESIDE = re.compile(r"(?:\s{2,}|\u3000)[^\s:：]{2,10}\s*[:：].*$", re.DOTALL)
"""Another statement on the same line: 年度：2024, 单位负责人：周某."""
_BODY = re.compile(
    r"(?:局|委|委员会|办|办公室|中心|院|校|学校|小学|中学|大学|政府|公司|所|站|馆|队|会|部|处|厅|社|团|部门|街道|镇|乡|单位|集团|银行)"
    r"(?:[（(][^（）()]*[）)])?$"
)


def is_body(name: str) -> bool:
    """Whether a name ends as a body's does (…局, …学校, …中心), not as a duty's or a project's.

    >>> is_body("乙县水务局（本级）"), is_body("基础教育管理")
    (True, False)
    """
    return _BODY.search(name.strip()) is not None


def clean_unit(text: str) -> str | None:
    """A unit's name without code in front and 部门, stamp and the like behind; None for what names none.

    >>> clean_unit("301001-乙县水务局部门（盖章）"), clean_unit("乙县水务局  单位：万元")
    ('乙县水务局', '乙县水务局')
    """
    text = _BESIDE.sub("", _MONEY.sub("", text))
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
