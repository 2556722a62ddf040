"""Lines of text become tables and paragraphs (文本分块).

Tables are told by how their lines are built, not by what they say: tabs between cells, bars between
cells, one cell a line behind a tab, or HTML. What is none of these stays running text.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from ingest.bar_tables import take_bar_table
from ingest.document import Block, Cell, Grid, Paragraph, Row
from ingest.html_grid import has_tags, strip_tags
from ingest.html_tables import part_html_tables
from ingest.space_runs import take_space_table
from ingest.tab_tables import next_row, take_tab_table
from ingest.text_lines import Line

_MARKDOWN_HEADING = re.compile(r"^\s{0,3}#{1,6}\s+")
Take = Callable[[Sequence[Line], int], tuple[int, list[Row]]]
"""Takes the table that begins at a line: where it ends, and its rows. Without rows, the number says
before which line no such table begins."""


def lines_to_blocks(lines: Sequence[Line]) -> Iterator[Block]:
    """Given the lines of a file, return its tables and paragraphs in reading order."""
    tables = 0
    for part in part_html_tables(lines):
        for piece in _text_to_tables(part) if isinstance(part, list) else (part,):
            if isinstance(piece, Line):
                yield from _to_paragraphs(piece)
            else:
                tables += 1
                yield Grid(tables, tuple(_numbered(piece, tables)))


def _text_to_tables(lines: Sequence[Line]) -> Iterator[Line | Sequence[Row]]:
    """The rows of each table in lines of text, and the lines that are in none."""
    at = 0
    tried: dict[Take, int] = {}
    while at < len(lines):
        end, rows = _take_table(lines, at, tried)
        yield rows or lines[at]
        at = end if rows else at + 1


def _to_paragraphs(line: Line) -> Iterator[Paragraph]:
    """The line without marks; tags left over in it (</h3><p>) part it."""
    texts = [text for _, text in strip_tags(line.text)] if has_tags(line.text) else [line.text]
    for index, text in enumerate(texts):
        if text.strip():
            yield Paragraph(_MARKDOWN_HEADING.sub("", text), line.number, line.after_gap and index == 0)


def _take_table(lines: Sequence[Line], at: int, tried: dict[Take, int]) -> tuple[int, list[Row]]:
    """`tried` remembers up to where each kind of table was looked for in vain."""
    for take in (_take_cells, take_tab_table, take_bar_table, take_space_table):
        if at < tried.get(take, 0):
            continue
        end, rows = take(lines, at)
        if rows:
            return end, rows
        tried[take] = end
    return at, []


def _numbered(rows: Sequence[Row], table: int) -> Iterator[Row]:
    for number, row in enumerate(rows, start=1):
        yield Row(row.cells, row.line, table, number, row.gap_before, row.exact)


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
