"""How numbers, units, dates and words of target values are written (指标值的写法), as regular expressions."""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from nlp.measure_units import SCALES, UNIT_KINDS
from nlp.value_words import AFTER as AFTER_WORDS
from nlp.value_words import APPROXIMATE, BEFORE, COMPARED, DATES, NEGATIONS, SIGN, UNREACHED


class LazyPattern:
    """A regular expression that is compiled when it is first used.

    Those of values list hundreds of units and take a quarter of a second together; most commands need none.
    """

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The compiled expression."""
        return re.compile(self._pattern)

    def match(self, text: str) -> re.Match[str] | None:
        """What matches at the start of a text."""
        return self.compiled.match(text)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """What matches a text as a whole."""
        return self.compiled.fullmatch(text)

    def search(self, text: str) -> re.Match[str] | None:
        """What matches first in a text."""
        return self.compiled.search(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """All that matches in a text."""
        return self.compiled.finditer(text)


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))


NUMBER = r"\d[\d,，]*+(?:\.\s?\d++)?"
UNIT = rf"(?:(?:{_alternatives(SCALES)})*(?:{_alternatives(UNIT_KINDS)})|[％﹪%‰])"
UNITS = rf"{UNIT}(?:[（(]{UNIT}[）)])?(?:\s*[/／·每]\s*(?:\d+)?\s*{UNIT})*"
SYMBOL = rf"(?:{SIGN}{{1,2}})"
_LOOSE = _alternatives([*APPROXIMATE, *UNREACHED])
BOUND = rf"(?:(?:{_alternatives(NEGATIONS)})?(?:{_alternatives(COMPARED)})|{_LOOSE}|等于)"
TAIL = r"(?:余|多)?"
DONE_WITHIN = r"(?:响应|答复|回复|回应|解决|处理|处置|办结|办理|到达|修复|送达|恢复)"
_BEHIND = _alternatives((frozenset(AFTER_WORDS) - {"余", "有余", "多", "内", "以内", "之内"}) | APPROXIMATE)
AFTER = rf"(?:[（(]不?含[）)])?(?:{_BEHIND}|(?:以内|之内|内){DONE_WITHIN}?)?"
QUANTITY = rf"(?:{SYMBOL}\s*|(?:{BOUND})\s*)?{NUMBER}\s*(?:万|亿)?{TAIL}\s*(?:{UNITS}|/\s*{UNIT})?{AFTER}"
FACTOR = rf"{NUMBER}\s*(?:{UNITS})?"
PRODUCT = rf"{FACTOR}(?:\s*[*×xX]\s*{FACTOR})+(?:\s*[=＝]\s*{FACTOR})?"
RANGE = rf"(?:{SYMBOL}\s*)?{NUMBER}\s*(?:{UNITS})?\s*[-－—~～至到]+\s*{NUMBER}\s*(?:{UNITS})?{AFTER}"
DONE = (
    r"(?:拨付完毕|支付完毕|发放完毕|完毕|拨付到位|发放到位|拨付完成|发放完成|支付完成|全部完成|全面完成"
    r"|完成支付|完成验收|完工|竣工|办结|完成|到位)?"
)
DATE = (
    r"(?:20\d\d\s*年\s*(?:\d{1,2}\s*月\s*(?:\d{1,2}\s*[日号]|份|[上中下]{1,2}旬|[初中底末])?\s*(?:底)?|年?[底末]|第?[一二三四1-4]季度|上半年|下半年|度)?"
    r"|\d{1,2}\s*月\s*(?:\d{1,2}\s*[日号]|份|[上中下]{1,2}旬|[初中底末])(?:底)?|年[底末]|当年|本年度?内?)"
)
_NOT_LATER = _alternatives({word for word in BEFORE if word.endswith(("晚于", "迟于"))} | DATES["until"])
DEADLINE = rf"(?:{_NOT_LATER})?{DATE}\s*(?:之?前|以前|内)?\s*{DONE}"
PART_OF_HUNDRED = rf"(?:{BOUND})?百分(?:之[零一二三四五六七八九十百点]+|百){AFTER}"
VALUE = rf"(?:{PRODUCT}|{RANGE}|{QUANTITY}|{PART_OF_HUNDRED})"
GRADES = (
    r"稳定|畅通|增加|增长|提高|提升|上升|下降|减少|降低|改善|加强|增强|永久|长期|中长期|良好|较好|优秀|优良|优|规范|合格|达标|明显|显著|"
    r"持续|满意|基本满意|有效|及时|安全|正常|完成|全覆盖|完善|健全|较高|高|好"
)
MEASURE_END = r"(?:率|度|性|年限|期限|次数|数量|人数|时间|水平|能力|质量|情况|程度|标准|利用)"
