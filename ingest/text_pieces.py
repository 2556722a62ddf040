"""Long lines of text are cut into the lines that were printed (长行分段).

A page of a document library prints a whole document on one line, or each page on a numbered line. The
headings in it are numbered, goals and indicators are labelled: there the printed lines began.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from ingest.document import Row

_PAGE_MARK = re.compile(r"(\d{1,2})、(?=.{60})")
_BEGINS_LINE = re.compile(
    r"(?<![《》（(“”第之、])(?:第[一二三四五六七八九十]+部分|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])"
    r"|(?<!项目)(?:(?:总体|年度)绩效|(?<!总体|年度|项目)绩效)(?:目标|指标)[:：]"
)
_LONG_LINE = 300
"""Characters from which on a line was not printed as one."""


def without_page_marks(rows: Sequence[Row]) -> tuple[list[Row], list[int]]:
    """Long lines numbered 1、2、3、 are the pages of a preview: their numbers are no part of the text.

    Returns the rows, and which of them are pages.
    """
    marks = {i: match for i, row in enumerate(rows) if (match := _PAGE_MARK.match(row.text))}
    numbers = [int(match.group(1)) for match in marks.values()]
    if len(numbers) < 2 or numbers != list(range(1, len(numbers) + 1)):
        return list(rows), []
    unmarked = list(rows)
    for i, match in marks.items():
        first, *others = rows[i].filled
        unmarked[i] = rows[i].with_cells((replace(first, text=first.text.strip()[match.end() :]), *others))
    return unmarked, list(marks)


def cut_long_lines(rows: Sequence[Row]) -> Iterator[Row]:
    """Given lines of text, return them with the long ones cut; each piece keeps the line where it begins."""
    unmarked, pages = without_page_marks(rows)
    for is_page, group in groupby(enumerate(unmarked), key=lambda item: item[0] in pages):
        found = [row for _, row in group]
        for lines in [found] if is_page else [[row] for row in found]:
            yield from _cut(lines)


def _cut(rows: Sequence[Row]) -> Iterator[Row]:
    """The pieces of rows whose text runs on from one to the next."""
    text = "".join(row.text.strip() for row in rows)
    if len(text) < _LONG_LINE or any(row.table is not None for row in rows):
        yield from rows
        return
    ends, length = [], 0
    for row in rows:
        length += len(row.text.strip())
        ends.append(length)
    cuts = sorted({0, *(match.start() for match in _BEGINS_LINE.finditer(text)), length})
    for start, end in pairwise(cuts):
        row = rows[min(bisect_right(ends, start), len(rows) - 1)]
        if text[start:end].strip():
            yield row.with_cells((replace(row.filled[0], text=text[start:end].strip()),))


def printed_lines(row: Row) -> list[Row]:
    """The lines that a row of a table prints, where the lines below it ended up in its last cell."""
    *others, last = row.filled or row.cells
    texts = last.text.split("\n")
    if len(texts) == 1 or any("\n" in cell.text for cell in others):
        return [row]
    below = (replace(last, text=text, line=last.line + i) for i, text in enumerate(texts[1:], start=1))
    return [
        row.with_cells((*others, replace(last, text=texts[0]))),
        *(row.with_cells((cell,)) for cell in below),
    ]
