"""Runs of column headings in a stream of tokens (词块中的表头)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.columns import GROUP_FIELDS, INDICATOR_FIELDS, Column, Columns
from ingest.document import Cell, Row
from ingest.labels import NUMBERING, HeadingLabel, read_class_label, read_heading
from ingest.read_columns import read_columns
from ingest.stream_cuts import split_class_labels
from ingest.stream_tokens import Break, Token
from ontology.headings import is_listed
from ontology.turtle import fold_label

_LABEL_JOIN = 4
_LABEL = 3
"""Characters of a heading that says something alone; 年度 does not."""

_TWO_CLASSES = re.compile(
    r"(?:产出|效益|满意度|成本|项目完成|项目效益)指标(?:[（(][^（）()]{0,8}[）)])?(?:数量|质量|时效|成本|经济|社会|生态|可持续|服务对象)[^:：]{2}"
)

_CLASS_AND_TEXT = re.compile(r"^[（(【]?.{0,6}(?:数量|质量|时效|成本|效益|影响|满意度)指标[】]?[:：].")

_BEFORE_COLUMNS = GROUP_FIELDS - {"serial"}
_DEFAULT_FIELDS = ("category", "subcategory", "name", "value")


@dataclass(frozen=True, slots=True)
class Header:
    """A run of column headings in a stream: its tokens from `start` up to `end`, and the columns.

    `cell_a_line` tells that each heading stands on lines of its own, as the cells below will, too.
    """

    start: int
    end: int
    columns: Columns
    cell_a_line: bool = False


def find_headers(tokens: Sequence[Token]) -> list[Header]:
    """Runs of at least three column headings that name an indicator's fields, or of two by themselves.

    Entries of the form that stand right before the first column belong to the form, unless the table
    has a column of projects.
    """
    headers = []
    at = 0
    while at < len(tokens):
        end, found, starts = _heading_run(tokens, at)
        fields = {label.field(column=True) for _, label in found}
        enough = len(starts) >= 3 or _begins_with_class(tokens, end)
        enough = len(found) >= 3 or (enough and fields == {"name", "value"})
        if enough and fields & {"name", "value", "indicators"} and len(fields & INDICATOR_FIELDS) >= 2:
            alone = sum(tokens[start].gap == Break.LINE for start in starts[1:])
            cell_a_line = alone * 10 >= (len(starts) - 1) * 7
            headers.append(Header(at, end, _to_columns(found, tokens[at]), cell_a_line))
            at = end
        else:
            at += 1
    return headers


def _begins_with_class(tokens: Sequence[Token], at: int) -> bool:
    """Whether the token at a place is, or begins with, a class label."""
    return any(is_class_cell(token) for token in split_class_labels(tokens[at : at + 1])[:1])


def find_bodies_without_header(tokens: Sequence[Token]) -> list[Header]:
    """Class labels alone as cells below no header: the columns are class, class, name, value, points."""
    at = next(
        (i for i in range(len(tokens)) if is_class_cell(tokens[i]) and not _is_numbered(tokens, i)), None
    )
    if at is None or sum(bool(_CLASS_AND_TEXT.match(token.text)) for token in tokens) >= 2:
        return []
    labels = [token for token in split_class_labels(tokens[at:]) if is_class_cell(token)]
    if len({fold_label(token.text) for token in labels}) < 3:
        return []
    columns = tuple(Column(i, name, "") for i, name in enumerate((*_DEFAULT_FIELDS, "max_score")))
    return [Header(at, at, Columns(columns, 0))]


def _is_numbered(tokens: Sequence[Token], at: int) -> bool:
    """Whether a numbering stands before a token (一、 产出指标): then the text is written in levels."""
    return at > 0 and tokens[at].gap == Break.SPACE and bool(NUMBERING.fullmatch(tokens[at - 1].text))


def is_class_cell(token: Token) -> bool:
    """A token that is a class label and nothing else, or begins a run of text with one."""
    text = token.text
    if text.endswith((":", "：")) or NUMBERING.match(text) or text.startswith("【"):
        return False
    label = read_class_label(text)
    if label:
        return fold_label(text).rstrip(")）").endswith("指标") or "指标(" in fold_label(text)
    return bool(_TWO_CLASSES.match(text))


def _heading_run(tokens: Sequence[Token], at: int) -> tuple[int, list[tuple[str, HeadingLabel]], list[int]]:
    """Where a run of headings ends, the headings, and the tokens that they all begin with."""
    found: list[tuple[str, HeadingLabel]] = []
    starts: list[int] = []
    while at < len(tokens):
        step = heading_at(tokens, at, in_header=True)
        if step is None:
            break
        count, text, label = step
        field = label.field(column=True)
        if field is None or field == "execution":
            break
        found.append((text, label))
        starts.append(at)
        at += count
    fields = [label.field(column=True) for _, label in found]
    if "project" not in fields:
        first = next((i for i, field in enumerate(fields) if field not in _BEFORE_COLUMNS), len(found))
        found = found[first:]
    return at, found, starts


def heading_at(
    tokens: Sequence[Token], at: int, *, in_header: bool = False
) -> tuple[int, str, HeadingLabel] | None:
    """The longest label that starts at a token, put together from up to four.

    In a header, what stands on one line makes a heading together also where the ontology only knows
    how such a heading is made.
    """
    best = None
    text = ""
    for count in range(1, _LABEL_JOIN + 1):
        if at + count > len(tokens):
            break
        text += tokens[at + count - 1].text
        if len(text) > 30:
            break
        label = read_heading(text)
        together = in_header and all(token.gap <= Break.SPACE for token in tokens[at + 1 : at + count])
        whole = best is not None and best[2].listed and is_listed(text[len(best[1]) :])
        if whole and best and label and _are_two(best, label):
            break
        if label and (label.listed or count == 1 or (together and not whole)):
            best = (count, text, label)
    return best


def _are_two(first: tuple[int, str, HeadingLabel], joined: HeadingLabel) -> bool:
    """Whether two known headings that would make a third (指标值 | 说明) are two: it means another thing."""
    return len(first[1]) >= _LABEL and first[2].field(column=True) != joined.field(column=True)


def _classes_in_place(found: Sequence[tuple[str, HeadingLabel]]) -> Sequence[tuple[str, HeadingLabel]]:
    """绩效指标 | 指标值 above, 一级指标 | 二级指标 | 三级指标 below: the classes stand before the value."""
    fields = _fields(found)
    start = fields.index("category") if "category" in fields else 0
    if not fields[:start].count("value"):
        return found
    pivot = next(i for i, field in enumerate(fields) if field in INDICATOR_FIELDS | {"indicators"})
    of_project = found[:pivot] if "project" in fields[:pivot] else []
    behind = [
        item
        for item, field in zip(found[len(of_project) : start], fields[len(of_project) :], strict=False)
        if field != "value" or "value" not in fields[start:]
    ]
    return [*of_project, *found[start:], *behind]


def _years_in_place(found: Sequence[tuple[str, HeadingLabel]]) -> Sequence[tuple[str, HeadingLabel]]:
    """指标值 | 绩效标准 above, 前年 | 上年 | 预计当年实现 below: the years stand where 指标值 does."""
    fields = _fields(found)
    first = fields.index("history") if "history" in fields else 0
    behind = next(
        (i for i in range(first, len(fields)) if fields[i] not in ("history", "value")), len(fields)
    )
    if "value" not in fields[:first] or "value" not in fields[first:behind]:
        return found
    parent = fields.index("value")
    return [*found[:parent], *found[first:behind], *found[parent + 1 : first], *found[behind:]]


def _fields(found: Sequence[tuple[str, HeadingLabel]]) -> list[str | None]:
    return [label.field(column=True) for _, label in found]


def _to_columns(found: Sequence[tuple[str, HeadingLabel]], first: Token) -> Columns:
    """The columns of a run of headings, those of a second header row in the place of what they refine."""
    found = _classes_in_place(_years_in_place(found))
    cells = tuple(Cell(text, first.line, index) for index, (text, _) in enumerate(found))
    return read_columns([Row(cells, first.line)])
