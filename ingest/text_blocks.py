"""Lines of text become tables and paragraphs (文本分块).

Tables are told by how their lines are built, not by what they say: tabs between cells, bars between
cells, one cell a line behind a tab, or HTML. What is none of these stays running text.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from ingest.document import Block, Cell, Grid, Paragraph, Row, make_cells
from ingest.html_grid import html_to_rows
from ingest.space_runs import take_space_table
from ingest.tab_tables import append_to_last_cell, next_row, take_tab_table
from ingest.text_lines import Line

_BAR = re.compile(r"\s*[|｜]\s*")
_RULE = re.compile(r"^[\s|｜:+\-—=]*$")
_CELL_AND_BAR = re.compile(r"^[^|｜]*[|｜][\s|｜]*$")
_MARKDOWN_HEADING = re.compile(r"^\s{0,3}#{1,6}\s+")
_TABLE_OPEN = re.compile(r"<table\b", re.IGNORECASE)
_TABLE_CLOSE = re.compile(r"</table\s*>", re.IGNORECASE)
Take = Callable[[Sequence[Line], int], tuple[int, list[Row]]]
"""Takes the table that begins at a line: where it ends, and its rows. Without rows, the number says
before which line no such table begins."""


def lines_to_blocks(lines: Sequence[Line]) -> Iterator[Block]:
    """Given the lines of a file, return its tables and paragraphs in reading order."""
    tables = 0
    at = 0
    tried: dict[Take, int] = {}
    while at < len(lines):
        end, rows = _take_table(lines, at, tried)
        if rows:
            tables += 1
            yield Grid(tables, tuple(_numbered(rows, tables)))
            at = end
            continue
        line = lines[at]
        if line.text.strip():
            yield Paragraph(_MARKDOWN_HEADING.sub("", line.text), line.number, line.after_gap)
        at += 1


def _take_table(lines: Sequence[Line], at: int, tried: dict[Take, int]) -> tuple[int, list[Row]]:
    """`tried` remembers up to where each kind of table was looked for in vain."""
    for take in (_take_html, _take_cells, take_tab_table, _take_bars, take_space_table):
        if at < tried.get(take, 0):
            continue
        end, rows = take(lines, at)
        if rows:
            return end, rows
        tried[take] = end
    return at, []


def _numbered(rows: list[Row], table: int) -> Iterator[Row]:
    for number, row in enumerate(rows, start=1):
        yield Row(row.cells, row.line, table, number, row.gap_before, row.exact)


# ---- HTML tables in the text ---------------------------------------------------------------------


def _take_html(lines: Sequence[Line], at: int) -> tuple[int, list[Row]]:
    if not _TABLE_OPEN.search(lines[at].text):
        return at + 1, []
    depth, end = 0, at
    while end < len(lines):
        depth += len(_TABLE_OPEN.findall(lines[end].text)) - len(_TABLE_CLOSE.findall(lines[end].text))
        end += 1
        if depth <= 0:
            break
    return end, html_to_rows([(line.number, line.text) for line in lines[at:end]])


# ---- one cell a line -------------------------------------------------------------------------------


def _take_cells(lines: Sequence[Line], at: int) -> tuple[int, list[Row]]:
    """Cells on lines of their own, each behind a tab; a blank line ends a row."""
    chunks: list[list[Line]] = []
    end = at
    while end < len(lines):
        line = lines[end]
        if line.cell_like:
            if line.after_gap or not chunks:
                chunks.append([])
            chunks[-1].append(line)
        elif chunks and not line.tabbed and not line.after_gap and _continues_cell(lines, end):
            last = chunks[-1][-1]
            chunks[-1][-1] = Line(last.number, f"{last.text}\n{line.text}", last.after_gap)
        else:
            break
        end += 1
    if sum(len(chunk) >= 2 for chunk in chunks) < 2:
        return max(end, at + 1), []
    rows = [
        Row(_one_a_line(chunk), chunk[0].number, gap_before=chunk[0].after_gap)
        for chunk in _rejoin_rows(chunks)
    ]
    return end, rows


def _continues_cell(lines: Sequence[Line], at: int) -> bool:
    """Text at the margin goes on the cell above where the table itself goes on behind it."""
    following = next_row(lines, at + 1)
    return following is not None and following.cell_like


def _one_a_line(chunk: list[Line]) -> tuple[Cell, ...]:
    return tuple(Cell(line.text.strip("\t"), line.number, column) for column, line in enumerate(chunk))


def _rejoin_rows(chunks: list[list[Line]]) -> list[list[Line]]:
    """Put rows together again that a blank line inside a cell has torn: parts that add up to the width."""
    sizes = Counter(len(chunk) for chunk in chunks if len(chunk) >= 3)
    width = max(sizes, key=lambda size: (sizes[size], size), default=0)
    rows: list[list[Line]] = []
    at = 0
    while at < len(chunks):
        total, take = len(chunks[at]), 1
        while total < width and at + take < len(chunks):
            total += len(chunks[at + take])
            take += 1
        if take > 1 and total == width:
            rows.append([line for chunk in chunks[at : at + take] for line in chunk])
            at += take
        else:
            rows.append(chunks[at])
            at += 1
    return rows


# ---- bars between cells ----------------------------------------------------------------------------


def _take_bars(lines: Sequence[Line], at: int) -> tuple[int, list[Row]]:
    end = at
    while end < len(lines) and (lines[end].barred or _inside_bars(lines, at, end)):
        end += 1
    block = lines[at:end]
    if sum(line.barred for line in block) < 2:
        return max(end, at + 1), []
    if sum(bool(_CELL_AND_BAR.match(line.text)) for line in block) * 3 > len(block) * 2:
        return end, _bar_ended_cells(block)
    framed = sum(line.text.lstrip()[:1] in "|｜" for line in block) * 2 > len(block)
    rows: list[Row] = []
    for line in block:
        if _RULE.match(line.text) and re.search(r"[-—=]{2}", line.text):
            continue
        if not line.barred and rows:
            rows[-1] = append_to_last_cell(rows[-1], [line.text])
            continue
        rows.append(
            Row(
                make_cells(_split_bars(line.text, framed), line.number),
                line.number,
                gap_before=line.after_gap,
            )
        )
    return end, [row for row in rows if not row.is_blank]


def _bar_ended_cells(block: Sequence[Line]) -> list[Row]:
    """Cells on lines of their own, each with a bar behind it; a bar alone on a line begins a row.

    Where no bar stands alone, the ends of the rows are lost: each line is then a row of its own.
    """
    rows: list[list[Cell]] = []
    first_lines: list[Line] = []
    alone = any(line.text.strip() in ("|", "｜") for line in block)
    for line in block:
        texts = _split_bars(line.text, framed=False)
        begins = line.text.strip() in ("|", "｜")
        if begins or not rows or not alone:
            rows.append([])
            first_lines.append(line)
        if not begins:
            rows[-1].extend(Cell(text, line.number, len(rows[-1]) + i) for i, text in enumerate(texts))
    return [
        Row(tuple(cells), line.number, gap_before=line.after_gap)
        for cells, line in zip(rows, first_lines, strict=True)
        if any(not cell.is_blank for cell in cells)
    ]


def _inside_bars(lines: Sequence[Line], start: int, at: int) -> bool:
    """A line without bars between two lines with bars goes on the cell above."""
    return (
        start < at < len(lines) - 1
        and not lines[at].after_gap
        and lines[at + 1].barred
        and lines[at - 1].barred
    )


def _split_bars(text: str, framed: bool) -> list[str]:
    parts = _BAR.split(text.replace("\\|", "\x00"))
    if framed and parts and not parts[0]:
        parts = parts[1:]
    if parts and not parts[-1]:
        parts = parts[:-1]
    return [part.replace("\x00", "|").strip() for part in parts]
