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
_INCLUDED = r"(?:[（(]不?含[^（()）]{0,6}[）)])?"
_BEHIND = rf"{_INCLUDED}(?:{_SP}(?:及以上|及以下|以上|以下|以内|之内|内|左右|上下))?"
_NUMBERED_YEAR = r"(?:19|20)\d\d"
_SCALED = rf"(?!{_NUMBERED_YEAR}{_SP}年){NUMBER}{_SP}[万亿]?{_SP}[余多]?{_SP}"
_TO = r"[-－—–~～至]{1,2}"
_FACTOR = rf"{NUMBER}{_SP}(?:{UNITS})?"
_PRODUCT = rf"{_FACTOR}(?:{_SP}[*×xX]{_SP}{_FACTOR})+(?:{_SP}[=＝]{_SP}{_FACTOR})?"
_RANGE = rf"{NUMBER}{_SP}(?:{UNITS})?{_INCLUDED}{_SP}{_TO}{_SP}{_SCALED}(?:{UNITS})?"
_FRACTION = r"[1-9]/[1-9]\d?(?!\d|/)"
_WITHIN = rf"(?:在{_SP}(?!20\d\d{_SP}年)(?={NUMBER}{_SP}[^\d，。；]{{0,6}}(?:以内|之内|内)))?"
# Bounds of one letter also end words: 彩超, B超, 节约, 预约, 最近, 将来.
_NO_WORD = r"(?<![彩Bb赶反](?=超))(?<![节预合签履违集公](?=约))(?<![最附邻](?=近))(?<![将原本未](?=来))"
_BOUND = rf"(?:(?:{SYMBOL}{{1,2}}|{_NO_WORD}{BOUND}(?:预算)?){_SP})?"
_PER_HEAD = rf"(?:每(?:人|户|亩|村|生|次|家|个)(?:每(?:{_PERIOD}))?{_SP}(?={_BOUND}{NUMBER}))?"
_AMOUNT = rf"{_SCALED}(?:{UNITS}(?:[·/][\u4e00-\u9fff](?![\u4e00-\u9fff]))?|/{_SP}{UNIT})?"
_QUANTITY = rf"{_PER_HEAD}{_WITHIN}{_BOUND}(?:{_PRODUCT}|{_RANGE}|{_FRACTION}|{_AMOUNT}){_BEHIND}"
_MONTH = rf"\d{{1,2}}{_SP}月{_SP}(?:\d{{1,2}}{_SP}[日号]|份|[上中下]旬|[初中底末])?{_SP}底?"
_QUARTER = rf"第?[一二三四1-4]{_SP}季度"
_IN_YEAR = rf"(?:{_MONTH}|{_QUARTER}|[上下]半年|[春秋]季学期|年?[底末初]|度)"
_DATE = (
    rf"(?:{_NUMBERED_YEAR}(?:{_SP}[.．/-]{_SP}\d{{1,2}}(?!\d)(?:{_SP}[.．/-]{_SP}\d{{1,2}}(?!\d))?|{_SP}年{_SP}{_IN_YEAR}?)"
    rf"|{_MONTH}|{_QUARTER}|[上下]半年)"
)
_YEARS = (
    rf"{_NUMBERED_YEAR}{_SP}年?{_SP}{_TO}{_SP}{_NUMBERED_YEAR}{_SP}(?:学年度?|年度?|(?![\d.%\u4e00-\u9fff]))"
)
_BEFORE = r"(?:之前|以前|前后|前|(?:预算年度)?内|之内|以内|左右)?"
_EVERY = (
    rf"每个?(?:{_PERIOD})(?:{_SP}{_MONTH}{_BEFORE}"
    rf"|(?:\d{{1,2}}{_SP}[日号])?[末底初]?前?(?:{_SP}{_COUNT}{_SP}次)?)"
)
_CLOCK = rf"\d{{1,2}}[:：]\d\d(?![\d:：])(?:{_SP}{_TO}{_SP}\d{{1,2}}[:：]\d\d)?"
_ROUND_THE_CLOCK = r"(?:\d{1,2}×\d{1,2}\s*小时|(?<!\d)24\s*小时(?!\s*(?:以内|之内|内)))"
# 五年内, 一季度末: behind a numeral these are parts of something longer.
_PERIOD_END = (
    r"(?<![一二三四五六七八九十两几多])"
    r"(?:(?:年|月|季度|学期)[底末](?:之前|以前|前)?|(?:年度?|当年|本年度?)内)"
)
_TIME = (
    rf"(?:{_YEARS}{_BEFORE}|{_DATE}(?:{_SP}{_TO}{_SP}{_DATE})?{_SP}[底末初]?{_SP}{_BEFORE}|{_CLOCK}"
    rf"|[次当上下]月\d{{1,2}}{_SP}[日号]{_BEFORE}|{_ROUND_THE_CLOCK}|{_PERIOD_END}|{_EVERY})"
)
_SPAN = re.compile(rf"(?P<time>{_TIME})|(?P<quantity>{_QUANTITY})")
_NAME_BEFORE = re.compile(r"[A-Za-z第No.\-“《]$")
_NAME_BEHIND = re.compile(r"[A-Za-z+＋\u4e00-\u9fff]")
_COUNTED = re.compile(r"(?:[数量率度次分值比为达到于在共计约]|^|[\s,，、:：（(])$")
_ITEM_BEFORE = re.compile(r"(?:^|[\n；;。])\s*[（(]?$")
_ITEM_BEHIND = re.compile(r"[、.．）)](?!\d)")
_TITLE = re.compile(r"《[^《》]*》")


class MeasuredSpan(NamedTuple):
    """A stretch of text that states a quantity or a time."""

    start: int
    end: int
    is_time: bool


def measured_spans(text: str) -> list[MeasuredSpan]:
    """Given an indicator text, return its quantities and times in order; none overlaps another."""
    titles = [match.span() for match in _TITLE.finditer(text)]
    spans = []
    for match in _SPAN.finditer(text):
        start, end = match.span()
        while end > start and text[end - 1].isspace():
            end -= 1
        is_time = match.lastgroup == "time"
        named = any(first < start < last for first, last in titles)
        if end > start and not named and (is_time or _is_quantity(text, start, end)):
            spans.append(MeasuredSpan(start, end, is_time))
    return spans


def _is_quantity(text: str, start: int, end: int) -> bool:
    """Whether a number states how much, and is no part of a name (IPV6, 第3批) and no number of a list."""
    before = text[max(0, start - 2) : start]
    if _NAME_BEFORE.search(before):
        return False
    if not text[start:end].isdecimal():
        return True
    if _ITEM_BEFORE.search(before) and _ITEM_BEHIND.match(text, end):
        return False
    return _NAME_BEHIND.match(text, end) is None and _COUNTED.search(before) is not None
