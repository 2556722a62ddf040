"""How well a piece of a stream suits a column (词块归栏的分数)."""

import re
from functools import lru_cache

from ingest.cleaning import is_pattern, is_placeholder
from ingest.field_fit import is_measure_unit, plausibility
from ingest.labels import read_heading
from ingest.stream_value_cuts import EXPLAINS
from nlp.value_patterns import BOUND
from ontology.turtle import fold_label


@lru_cache(maxsize=32_768)
def segment_fit(text: str, field: str, *, fused: bool) -> float:
    """How well a piece of a stream suits a field: as a cell, and as a piece that begins and ends well."""
    fit = plausibility(text, field)
    folded = fold_label(text)
    if heads_side(text):
        return -8.0
    if field in ("category", "subcategory"):
        return fit if fit > 0 else -8.0
    if is_placeholder(text):
        return -0.5 if field in ("value", "note", "actual_value", "max_score", "score") else -4.0
    if _NUMBERED_NAME.match(folded):
        fit = 2.5 if field == "name" else -4.0
    elif field == "name":
        fit += _name_shape(folded)
    elif field in ("value", "actual_value", "long_term_value", "history"):
        fit += _value_shape(folded) if fused else 0.0
        fit -= 0.6 if folded.isdigit() else 0.0
        fit -= 0.4 if _BOUND_ALONE.fullmatch(folded) else 0.0
    elif field in ("max_score", "score", "weight"):
        number = re.fullmatch(r"\d{1,3}(?:\.\d{1,2})?", folded)
        fit += 0.4 if number and float(folded) <= 100 and not re.match(r"0\d", folded) else -2.5
    elif field in ("definition", "standard"):
        fit += 1.0 if EXPLAINS.match(folded) else -0.3 * fused
    elif field == "note":
        fit -= 0.6
    return fit


def is_noise(text: str) -> bool:
    """Whether a piece says nothing: a placeholder, points of a class without its label, a scan's letters."""
    return is_placeholder(text) or is_pattern(text) or bool(_NOISE.match(text)) or heads_side(text)


def heads_side(text: str) -> bool:
    """Whether a piece is the heading beside the table (项目绩效指标)."""
    label = read_heading(text) if len(text) >= _SHORTEST_SIDE_LABEL else None
    return label is not None and label.field(column=False) in ("indicators", "objective")


_NOISE = re.compile(
    r"^(?:[（(]?\d{1,3}分[）)]|[（(]\d{1,2}(?:[-—~]\d{1,3})?[）)]分?|[（(]\d{1,3}分|[a-z|•]{1,2})$"
)

_SHORTEST_SIDE_LABEL = 4

_BOUND_ALONE = re.compile(rf"(?:{BOUND})\d+")
"""A bound and a number that still want a unit (不少于8)."""

_MEASURED = re.compile(r"(?:率|度|性|量|数|人次|水平|能力|时间|成本|标准|费用|影响|作用|情况|质量|效果)$")
"""What an indicator's name likes to end in."""

_BROKEN_NAME = re.compile(
    r"^[，。；、,;:：）)%％性率度化等的了及和与]|(?:[（(《“、，≥≤＞＜><=＝]|明显|显著|有效|逐步|不断|进一步|持续|稳步|大幅|有所)$"
)
"""No name begins or ends so."""

_OVER_HUNDRED = re.compile(r"\d{4,}(?:\.\d+)?[%％]")
"""More than 999 %: points and a rate run together (8100%)."""

_NUMBERED_NAME = re.compile(r"^指标\d{1,2}[:：.、]?[^\d\s%率]")


def _name_shape(folded: str) -> float:
    if len(folded) < 2 or is_measure_unit(folded) or re.search(r"[≥≤＞＜]", folded):
        return -4.0
    shape = 0.0
    if _BROKEN_NAME.search(folded):
        shape -= 2.0
    if re.search(r"\d[%％]?$", folded) and len(folded) > 3:
        shape -= 0.7
    if re.match(r"\d", folded):
        shape -= 0.7
    if _MEASURED.search(folded):
        shape += 0.5
    return shape + min(len(folded), 8) * 0.05


def _value_shape(folded: str) -> float:
    shape = 0.0
    if re.match(r"0\d", folded):
        shape -= 3.0
    if re.search(r"[≥≤＞＜><=＝、,，（(]$", folded):
        shape -= 4.0
    if folded.count("%") + folded.count("％") > 1:
        shape -= 3.0
    if len(re.findall(r"\d+(?:\.\d+)?", folded)) > 2 or _OVER_HUNDRED.search(folded):
        shape -= 1.0
    return shape
