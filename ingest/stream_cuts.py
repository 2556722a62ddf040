"""Cells that have run together are cut apart (切开连写): at known labels, and round values."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from ingest.columns import INDICATOR_FIELDS
from ingest.labels import read_class_label, read_heading
from ingest.stream_tokens import Break, Token, cut_token
from nlp.value_patterns import AFTER, UNITS
from nlp.value_spans import is_measured
from ontology.categories import class_labels, find_classes
from ontology.headings import find_headings, heading_labels
from ontology.turtle import fold_label

_STRONG_FIELDS = frozenset(
    [
        "project",
        "unit",
        "implementing_unit",
        "supervising_department",
        "objective",
        "long_term_objective",
        "actual_objective",
        "budget",
        "budget_part",
        "execution",
        "aside",
        "indicators",
        "long_term_indicators",
    ]
)

_LEADING_BRACKET = re.compile(r"[（(][^（）()]{1,6}[）)]")
"""The unit that belongs to the label before (项目资金 （万元）)."""

_LONG_LABEL = 6
"""Letters of a label that stands in no name (年度总体目标)."""

_MONEY_BRACKET = re.compile(r"[（(][^（）()]{0,4}元[）)]")
_AMOUNT_FOLLOWS = re.compile(r"[:：]\s*(?:\d|$)|[（(][^（）()]{0,4}元[）)]\s*\d")

_OUTPUT_LABEL = re.compile(r"产出(?:数量|质量|时效|成本)(?!指标)(?=[\u4e00-\u9fff])")

_HOLES = re.compile(
    r"[（(]可(?:自行)?(?:插|加|增|续|添加)行[）)]|(?:(?<![\u4e00-\u9fff])|(?<=指标))不适用(?:(?=不适用)|(?![\u4e00-\u9fff]))"
    r"|(?<=不适用)不适用|[（(][^（）()]{0,8}项目\d{0,2}[）)]|[xXＸ×]{2,}(?:单位|部门|项目|工作)"
)
"""What a form to be filled in prints where the data will be: each is a piece of its own, and says nothing."""

_VALUE_END = re.compile(rf"\d\s*(?:{UNITS})?{AFTER}$")

TITLE_RUN = re.compile(
    r"(?:部门整体|部门|项目|专项资金|转移支付|区域|整体|财政|中央|省级|市级|州级|县级|区级|本级|预算)*(?:支出|预算)?绩效(?:目标|自评|评价|指标)+(?:申报|自评|公开|批复|情况|评价)*表(?:[（(]\s*20\d\d年度?\s*[）)])?"
)
"""The title of a form, cut out of a run of text."""

_TAIL = r"(?:[（(](?:\d+(?:\.\d+)?分?|必填[^（）()]{0,6}|选填|[^（）()]{0,4}分值?[^（）()]{0,6})[）)])?"


@cache
def _header_run() -> re.Pattern[str]:
    """Column headings run together (一级指标二级指标三级指标指标值), or one with a class behind it."""
    labels = [label for label in heading_labels() if len(label) >= 2 and _heads_indicator(label)]
    heading, longer = (
        f"(?:{'|'.join(re.escape(label) for label in labels if len(label) >= least)})" for least in (2, 3)
    )
    note = rf"(?:备注(?=$|1234|{_class_label().pattern}))?"
    return re.compile(rf"{heading}{{2,}}{note}|{longer}(?={_class_label().pattern})")


@cache
def _header_label() -> re.Pattern[str]:
    labels = [label for label in heading_labels() if len(label) >= 2 and _heads_indicator(label)]
    return re.compile("|".join(map(re.escape, labels)))


def _heads_indicator(label: str) -> bool:
    """Whether a label heads a column of indicators; a short one (完成率, 单位) is rather part of a name."""
    ids = {heading.id for heading in find_headings(label)}
    return bool(ids & (INDICATOR_FIELDS | {"indicators", "long_term_indicators"})) and not (
        (ids == {"note"} or "unit" in ids) and len(label) < 5
    )


@cache
def _field_label() -> re.Pattern[str]:
    """Labels of entries that are long enough to be found inside a run of text."""
    labels = [
        label
        for label in heading_labels()
        if len(label) >= 4 and any(heading.id in _STRONG_FIELDS for heading in find_headings(label))
    ]
    return re.compile("|".join(map(re.escape, labels)))


@cache
def _class_label() -> re.Pattern[str]:
    full = [label for label in class_labels() if len(label) >= 4 and label.endswith("指标")]
    return re.compile(rf"(?:{'|'.join(map(re.escape, full))}){_TAIL}")


@cache
def _short_label() -> re.Pattern[str]:
    """Labels of level two without 指标 at their end, as they stand behind one of level one."""
    short = [label for label in class_labels() if len(label) >= 4 and not label.endswith("指标")]
    return re.compile("|".join(re.escape(label) for label in short if find_classes(label)[-1].level == 2))


def split_header_runs(tokens: Sequence[Token]) -> list[Token]:
    """Cut headings that have run together out of their token, each a token of its own."""
    result: list[Token] = []
    for token in tokens:
        text = token.text
        label = read_heading(text)
        if len(text) < 6 or (label and label.listed):
            result.append(token)
            continue
        cuts = {0}
        entries = [match.span() for match in _field_label().finditer(text)]
        for run in _header_run().finditer(text):
            if any(start <= run.start() and run.end() <= end for start, end in entries):
                continue
            cuts.update({run.start(), run.end()})
            cuts.update(match.end() for match in _header_label().finditer(text, run.start(), run.end()))
        result.extend(cut_token(token, sorted(cuts)))
    return result


def split_field_labels(tokens: Sequence[Token]) -> list[Token]:
    """Cut labels of entries out of runs of text (项目名称…主管部门…实施单位…)."""
    result: list[Token] = []
    before = ""
    for token in tokens:
        cuts = {0}
        whole = read_heading(token.text) or TITLE_RUN.fullmatch(token.text)
        found = [] if whole else _find_labels(token.text, before)
        before = token.text
        bracket = _LEADING_BRACKET.match(token.text)
        if found and (
            found[0].start() == (bracket.end() if bracket else 0)
            or len(found) >= 3
            or any(first.end() == second.start() for first, second in pairwise(found))
            or any(_states_amount(token.text, match) for match in found)
            or (token.gap == Break.FUSED and len(found[0][0]) >= _LONG_LABEL)
        ):
            for match in found:
                unit = _MONEY_BRACKET.match(token.text, match.end())
                cuts.update({match.start(), unit.end() if unit else match.end()})
        result.extend(cut_token(token, sorted(cuts)))
    return result


def _states_amount(text: str, label: re.Match[str]) -> bool:
    heading = read_heading(label[0])
    of_budget = heading is not None and heading.field(column=False) == "budget"
    return of_budget and _AMOUNT_FOLLOWS.match(text, label.end()) is not None


def _find_labels(text: str, before: str) -> list[re.Match[str]]:
    """The labels of entries in a run of text; 项目 behind a project's name belongs to the name."""
    found: list[re.Match[str]] = []
    at = 0
    while match := _field_label().search(text, at):
        last = read_heading(found[-1][0] if found else before)
        named = last is not None and last.field(column=False) == "project"
        without = _field_label().match(text, match.start() + 2) if match[0].startswith("项目") else None
        # …埋设项目|项目负责人: the name has its own 项目 already.
        of_name = named and not text[: match.start()].endswith("项目")
        if without and (without.end() > match.end() or (of_name and without.end() == match.end())):
            match = without
        at = match.end()
        if not (named and _is_part_of_name(text, match)):
            found.append(match)
    return found


def _is_part_of_name(text: str, label: re.Match[str]) -> bool:
    """Whether a label of money stands inside a project's name (离退休人员公用经费): no amount follows it."""
    heading = read_heading(label[0])
    of_money = heading is not None and heading.field(column=False) in ("budget", "budget_part", "execution")
    amount = re.match(r"[\d:：（(]", text[label.end() : label.end() + 1])
    return of_money and not amount


@cache
def _side_label() -> re.Pattern[str]:
    """The heading beside the table, which runs together with its first row (项目绩效指标…)."""
    labels = [label for label in heading_labels() if len(label) >= 6 and _heads_side(label)]
    return re.compile(rf"(?:{'|'.join(map(re.escape, labels))})(?:[（(]定[量性]指标[）)])?")


def _heads_side(label: str) -> bool:
    return bool({heading.id for heading in find_headings(label)} & {"indicators", "objective"})


def split_class_labels(tokens: Sequence[Token]) -> list[Token]:
    """Cut class labels out of runs of text (产出指标数量指标…), and headings beside the table."""
    result: list[Token] = []
    for token in tokens:
        cuts = {cut for match in _HOLES.finditer(token.text) for cut in match.span()} | {0}
        if not read_class_label(token.text):
            for match in _side_label().finditer(token.text):
                if not _inside_word(token.text, match) if match.start() else len(match[0]) < len(token.text):
                    cuts.update(match.span())
            output = _OUTPUT_LABEL.match(token.text) if token.gap == Break.LINE else None
            cuts.update({output.end()} if output else ())
            for match in _class_label().finditer(token.text):
                if match.start() == 0 or not _inside_word(token.text, match):
                    cuts.update({match.start(), match.end()})
                    full = _class_label().match(token.text, match.end())
                    short = None if full else _short_label().match(token.text, match.end())
                    cuts.update({short.end()} if short else ())
        result.extend(cut_token(token, sorted(cuts)))
    return result


def split_named_values(tokens: Sequence[Token]) -> list[Token]:
    """Cut a name and a measured value apart that a colon parts (兑现金额：860万元)."""
    result: list[Token] = []
    for token in tokens:
        name, colon, value = re.sub("：", ":", token.text).partition(":")
        if not (colon and name and is_measured(fold_label(value))):
            result.append(token)
            continue
        parts = cut_token(token, [0, len(name) + 1])
        result.append(replace(parts[0], text=token.text[: len(name)]))
        result.append(replace(parts[1], gap=Break.CELL))
    return result


def _inside_word(text: str, match: re.Match[str]) -> bool:
    """经济效益指标 is no label in 完成经济效益指标考核."""
    before, after = text[match.start() - 1], text[match.end() : match.end() + 2]
    behind_value = _VALUE_END.search(text[max(0, match.start() - 12) : match.start()])
    in_words = re.match(r"[\u4e00-\u9fff]", before) is not None and not behind_value
    return before in "的各项等对" or (
        in_words and after.startswith(("的", "值", "体系", "完成", "考核", "任务"))
    )
