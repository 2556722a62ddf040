"""How well a text suits a field (文字与栏目相合的程度): what an indicator's columns can hold."""

import re
from collections.abc import Callable
from functools import lru_cache

from ingest.labels import read_class_label, read_heading
from nlp.measure_units import SCALES, UNIT_KINDS
from nlp.target_value import looks_like_value
from nlp.value_words import BEFORE, SIGN
from ontology.turtle import fold_label

_NUMBER = re.compile(r"^[-+]?[\d,，.．]+(?:分|%|％|元|万元)?$")
_BARE_NUMBER = re.compile(r"^[-+]?[\d,，.．]+(?:分|%|％)?$")
_WORDED = "|".join(map(re.escape, sorted([*BEFORE, "等于"], key=len, reverse=True)))
_ANY_SIGN = rf"{SIGN}{{1,2}}|{_WORDED}"
SYMBOL_ALONE = re.compile(rf"^(?:{_ANY_SIGN})$")
"""A cell that holds nothing but a comparison, as a sign or in words (≥, 不少于)."""
STARTS_SYMBOL = re.compile(rf"^\s*(?:{_ANY_SIGN})")
_COMPARATOR = re.compile(rf"^(?:{_ANY_SIGN}|定性|文字描述)$")
_POLARITY = re.compile(rf"^(?:正向|反向|负向|适中|适度|{_ANY_SIGN})(?:指标)?$")
_NATURE = re.compile(rf"^(?:定量|定性|正向|反向|负向|{_ANY_SIGN})(?:指标)?$")
_SERIAL = re.compile(r"^[（(]?(?:\d{1,4}|[一二三四五六七八九十]{1,3})[）)]?[.、．]?$|^[\dA-Za-z\-]{3,}$")
_BODY = re.compile(
    r"(?:局|委|办|办公室|中心|院|校|学校|政府|公司|所|站|馆|队|会|部|处|园|厅|社|团|部门)(?:[（(][^（）()]*[）)])?$"
    r"|^\d{3,}[-—]"
)
_UNDERTAKING = re.compile(
    r"(?:经费|项目|工程|补助|补贴|费|资金|建设|改造|采购|维护|活动|工作|专项|服务|培训|资助)(?:[（(][^（）()]*[）)])?$"
)
_COUNTED_NOUN = re.compile(r"\d\D*[\u4e00-\u9fff]{5,}$")
_DATED = re.compile(r"[年月日前内]|完成|办结|到位|完毕")
_LISTED = re.compile(r"^\s*(?:目标\s*[一二三四五六七八九十\d]|[（(]?[一二三\d]+[)）、.．])")


@lru_cache(maxsize=32_768)
def plausibility(text: str, field: str) -> float:
    """How well a text suits a field, from about −8 (cannot be) over 0 (may be) to 6 (surely)."""
    folded = fold_label(text[:400])
    label = read_class_label(text)
    if field in ("category", "subcategory") and not label and is_objective_label(text):
        return 4.0
    if field == "category":
        return _class_fit(bool(label and label.first), bool(label), folded)
    if field == "subcategory":
        return _class_fit(bool(label and (label.second or label.several)), bool(label), folded)
    if field == "class":
        return 1.0
    if label and "指标" in folded:
        return {"side_label": -1.0, "indicators": -1.0, "name": -3.0}.get(field, -6.0)
    fit = _FITS.get(field)
    return fit(folded) if fit else 0.0


def is_measure_unit(folded: str) -> bool:
    """Whether a text is nothing but a measure unit (万元, 人次, 元/人·月)."""
    parts = [part for part in re.split(r"[/／·每（）()]", folded) if part]
    return bool(parts) and all(_is_plain_unit(part) for part in parts)


def is_objective_label(text: str) -> bool:
    """Whether a cell in a class column says that its row states the objective (总体目标)."""
    heading = read_heading(text)
    return heading is not None and heading.field(column=False) == "objective"


def _is_plain_unit(text: str) -> bool:
    return text in UNIT_KINDS or any(
        text.startswith(scale) and text[len(scale) :] in UNIT_KINDS for scale in SCALES
    )


def _class_fit(right_level: bool, some_class: bool, folded: str) -> float:
    if right_level:
        return 6.0 if folded.endswith(("指标", ")", "）")) else 4.0
    if some_class:
        return -3.0
    if _is_number(folded):
        return -8.0  # of a column of serial numbers
    return -0.5 if len(folded) <= 2 or (folded.endswith("指标") and len(folded) <= 8) else -8.0


def _is_number(folded: str) -> bool:
    return _NUMBER.match(folded) is not None


def _counts_a_noun(folded: str) -> bool:
    """Whether a number only counts what is spoken of (3户以上集中安置点): a name may begin so, too."""
    return _COUNTED_NOUN.search(folded) is not None and not _DATED.search(folded)


def _name_fit(folded: str) -> float:
    if _BARE_NUMBER.match(folded):
        return -3.0
    if looks_like_value(folded):
        return 0.2 if _counts_a_noun(folded) else -1.0
    return 1.0 if 2 <= len(folded) <= 60 else 0.0


def _value_fit(folded: str) -> float:
    if _is_number(folded) or looks_like_value(folded):
        return 1.2 if _counts_a_noun(folded) else 2.0
    return 0.0 if len(folded) <= 60 else -0.5


def _number_fit(folded: str) -> float:
    if _is_number(folded):
        return 2.0
    return -1.0 if folded in {"-", "—", "/", "无", "--"} else -5.0


def _unit_fit(folded: str) -> float:
    """Short words may be units that we do not know (间数)."""
    if is_measure_unit(folded):
        return 3.0
    if _is_number(folded) or len(folded) > 4:
        return -4.0
    return 0.3 if len(folded) <= 2 else -0.5


def _side_label_fit(folded: str) -> float:
    if read_heading(folded):
        return 1.0
    return -2.5 if len(folded) <= 12 and not _is_number(folded) else -6.0


def _definition_fit(folded: str) -> float:
    if _is_number(folded):
        return -1.0 if folded.endswith(("%", "％")) else -2.0
    return 0.5


def _project_fit(folded: str) -> float:
    return _named_fit(folded, likely=0.8 if _UNDERTAKING.search(folded) else 0.4)


def _unit_name_fit(folded: str) -> float:
    return _named_fit(folded, likely=0.8 if _BODY.search(folded) else 0.2)


def _named_fit(folded: str, *, likely: float) -> float:
    if _is_number(folded) or is_measure_unit(folded):
        return -6.0
    if len(folded) > 50 or (len(folded) > 14 and _LISTED.match(folded)):
        return -1.5
    return likely


def _objective_fit(folded: str) -> float:
    if _is_number(folded):
        return -6.0
    return 0.6 if len(folded) > 8 else 0.0


def _text_fit(folded: str) -> float:
    return -0.5 if _is_number(folded) else 0.5


def _aside_fit(folded: str) -> float:
    if is_measure_unit(folded):
        return -4.0
    return -0.5 if _is_number(folded) else 0.2


def _less(fit: Callable[[str], float], by: float) -> Callable[[str], float]:
    """The same fit, so that of two columns of one kind the other is taken first."""
    return lambda folded: fit(folded) - by


def _matches(pattern: re.Pattern[str], yes: float, no: float = -4.0) -> Callable[[str], float]:
    return lambda folded: yes if pattern.match(folded) else no


_FITS: dict[str, Callable[[str], float]] = {
    "name": _name_fit,
    "value": _value_fit,
    **dict.fromkeys(("actual_value", "long_term_value", "graded_value"), _less(_value_fit, 0.1)),
    "history": _less(_value_fit, 0.3),
    **dict.fromkeys(("max_score", "score", "weight", "budget", "budget_part"), _number_fit),
    "comparator": _matches(_COMPARATOR, 4.0),
    "polarity": _matches(_POLARITY, 4.0),
    "nature": _matches(_NATURE, 4.0),
    "serial": _matches(_SERIAL, 2.0),
    "measure_unit": _unit_fit,
    "indicators": lambda folded: 5.0 if "指标" in folded and len(folded) > 15 else -1.0,
    "side_label": _side_label_fit,
    "definition": _definition_fit,
    "project": _project_fit,
    **dict.fromkeys(("unit", "implementing_unit"), _unit_name_fit),
    "objective": _objective_fit,
    "long_term_objective": _objective_fit,
    **dict.fromkeys(
        ("basis", "note", "scoring_rule", "standard", "supervising_department", "unknown", "task_content"),
        _text_fit,
    ),
    "aside": _aside_fit,
}
