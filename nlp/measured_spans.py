"""Where an indicator text states quantities and times (数量和时间的位置), found by grammar.

A quantity is one span with what binds it: 不少于90次, 90%以上, 2500元*3人*6月=45000元, 15分. A time is a
date or period with 前, 内 or 底: 2023年12月底前, 每月一次. What is only a word (长期) is not found here.
"""

import re
from typing import NamedTuple

from nlp.measure_units import PERIODS
from nlp.value_patterns import BOUND, NUMBER, SYMBOL, UNIT, UNITS

_SP = r"\s*+"
_COUNT = rf"(?:{NUMBER}|[一二两三四五六七八九十百千]+)"
_PERIOD = "|".join(sorted({"半年", *PERIODS}, key=lambda word: (-len(word), word)))
_BEHIND = rf"(?:[（(]不?含[^（()）]{{0,6}}[）)])?(?:{_SP}(?:及以上|及以下|以上|以下|以内|之内|内|左右|上下))?"
_SCALED = rf"{NUMBER}{_SP}[万亿]?{_SP}[余多]?{_SP}"
_FACTOR = rf"{NUMBER}{_SP}(?:{UNITS})?"
_PRODUCT = rf"{_FACTOR}(?:{_SP}[*×xX]{_SP}{_FACTOR})+(?:{_SP}[=＝]{_SP}{_FACTOR})?"
_RANGE = rf"{NUMBER}{_SP}(?:{UNITS})?{_SP}[-－—–~～至]{{1,2}}{_SP}{_SCALED}(?:{UNITS})?"
_WITHIN = rf"(?:在{_SP}(?!20\d\d{_SP}年)(?={NUMBER}{_SP}[^\d，。；]{{0,6}}(?:以内|之内|内)))?"
_BOUND = rf"(?:(?:{SYMBOL}{{1,2}}|{BOUND}){_SP})?"
_PER_HEAD = rf"(?:每(?:人|户|亩|村|生|次|家|个)(?:每(?:{_PERIOD}))?{_SP}(?={_BOUND}{NUMBER}))?"
_CLOCKED = r"\d{1,2}×\d{1,2}\s*小时"
_AMOUNT = rf"{_SCALED}(?:{UNITS}(?:[·/][\u4e00-\u9fff](?![\u4e00-\u9fff]))?|/{_SP}{UNIT})?"
_QUANTITY = rf"{_PER_HEAD}{_WITHIN}{_BOUND}(?:{_CLOCKED}|{_PRODUCT}|{_RANGE}|{_AMOUNT}){_BEHIND}"
_MONTH = rf"\d{{1,2}}{_SP}月{_SP}(?:\d{{1,2}}{_SP}[日号]|份|[初中底末]|[上中下]旬)?{_SP}底?"
_IN_YEAR = rf"(?:{_MONTH}|第?[一二三四1-4]{_SP}季度|[上下]半年|[春秋]季学期|年?[底末初]|度)"
_DATE = (
    rf"(?:20\d\d{_SP}(?:[.．/-]{_SP}\d{{1,2}}(?:{_SP}[.．/-]{_SP}\d{{1,2}}(?!\d))?|年{_SP}{_IN_YEAR}?)|{_MONTH}"
    r"|第[一二三四1-4]季度|[上下]半年)"
)
_TIME = (
    rf"(?:{_DATE}(?:{_SP}[-—－–~～至]{{1,2}}{_SP}{_DATE})?{_SP}[底末初]?{_SP}(?:之前|以前|前|之内|以内|内)?"
    r"|(?<!\d)24\s*小时(?!\s*(?:以内|之内|内))"
    r"|(?:年|月|季度|学期)[底末](?:之前|以前|前)?|(?:年度?|当年|本年度?)内"
    rf"|每个?(?:{_PERIOD})(?:\d{{1,2}}{_SP}[日号])?[末底初]?前?(?:{_SP}{_COUNT}{_SP}次)?)"
)
_SPAN = re.compile(rf"(?P<time>{_TIME})|(?P<quantity>{_QUANTITY})")
_NAME_BEFORE = re.compile(r"[A-Za-z第No.\-“《]$")
_COUNTED = re.compile(r"(?:[数量率度次分值比为达到于在共计约]|^|[\s,，、:：（(])$")


class MeasuredSpan(NamedTuple):
    """A stretch of text that states a quantity or a time."""

    start: int
    end: int
    is_time: bool


def measured_spans(text: str) -> list[MeasuredSpan]:
    """Given an indicator text, return its quantities and times in order; none overlaps another."""
    spans = []
    for match in _SPAN.finditer(text):
        start, end = match.span()
        while end > start and text[end - 1].isspace():
            end -= 1
        is_time = match.lastgroup == "time"
        if end > start and (is_time or _is_quantity(text, start, end)):
            spans.append(MeasuredSpan(start, end, is_time))
    return spans


def _is_quantity(text: str, start: int, end: int) -> bool:
    """Whether a number states how much, and is no part of a name (IPV6, 第3批) and no number of a list."""
    before = text[max(0, start - 2) : start]
    if _NAME_BEFORE.search(before):
        return False
    if not text[start:end].isdecimal():
        return True
    named = "\u4e00" <= text[end : end + 1] <= "\u9fff"
    return not named and _COUNTED.search(before) is not None
