"""What a name measures (名称中的度量): 率, 费, 时间, 次数 …, told from the word that it ends with."""

import re
from functools import lru_cache

from nlp.normal_form import concept_of
from nlp.parts import ends_with_measure, parts_of
from nlp.relation_words import WHOLE_YEAR, is_measured, measure_class

_WHOLE_YEAR = re.compile("|".join(sorted(WHOLE_YEAR, key=len, reverse=True)))
_TIMED = re.compile(r"(?:时间|时限|期限|年限|时效)$")


@lru_cache(maxsize=65_536)
def measure_of_name(name: str) -> str | None:
    """What a name measures, as a class: 率, 费, 时间, 数 (of what); None where it ends with no measure."""
    head = ends_with_measure(parts_of(name))
    return measure_class(head.text) if head is not None and is_measured(head.text) else None


@lru_cache(maxsize=65_536)
def level_of_name(name: str) -> str:
    """The word that a name ends with that is measured by no number of its own: 水平, 效果."""
    head = ends_with_measure(parts_of(name))
    return head.text if head is not None and not is_measured(head.text) else ""


def names_measure(name: str) -> bool:
    """Whether a name ends with what is measured (率, 次数, 成本 …), and so asks for a number."""
    return measure_of_name(name) is not None


def asks_when(name: str) -> bool:
    """Whether a name ends with a measure of time (完成时间, 工期)."""
    return measure_of_name(name) == "时间"


def without_whole_year(name: str) -> str:
    """The letters of a name without the words for the whole year: 办公费用 of 全年办公费用."""
    return _WHOLE_YEAR.sub("", concept_of(name) or "")


def name_without_time(name: str) -> str:
    """A name without the measure of time that it ends with: 完工 of 完工时间."""
    head = ends_with_measure(parts_of(name))
    return name if head is None else name[: head.start].removesuffix("的") + _TIMED.sub("", head.text)
