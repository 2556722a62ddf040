"""Lines of text become tables and paragraphs (文本分块).

Tables are told by how their lines are built, not by what they say: tabs between cells, bars between
cells, one cell a line behind a tab, or HTML. What is none of these stays running text.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.cleaning import is_page_number
from ingest.document import Block, Cell, Grid, Paragraph, Row
from ingest.html_grid import html_to_rows

_BAR = re.compile(r"\s*[|｜]\s*")
_RULE = re.compile(r"^[\s|｜:+\-—=]*$")
_CELL_AND_BAR = re.compile(r"^[^|｜]*[|｜][\s|｜]*$")
_PAGE_BREAK = "\f"
_MARKDOWN_HEADING = re.compile(r"^\s{0,3}#{1,6}\s+")
_TOLERANCE = 2
_INDENT = 6
_TABLE_OPEN = re.compile(r"<table\b", re.IGNORECASE)
_TABLE_CLOSE = re.compile(r"</table\s*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file, numbered from 1; `after_gap` where a blank line or page break precedes."""

    number: int
    text: str
    after_gap: bool

    @property
    def cell_like(self) -> bool:
        """Whether it is one cell of a cell-a-line table: a tab, then text without tabs."""
        return self.text.startswith("\t") and "\t" not in self.text[1:].rstrip("\t")

    @property
    def tabbed(self) -> bool:
        """Whether tabs part it into cells."""
        return "\t" in self.text

    @property
    def barred(self) -> bool:
        """Whether bars part it into cells."""
        bars = self.text.count("|") + self.text.count("｜")
        return bars >= 2 or (bars == 1 and bool(re.search(r"\S\s*[|｜]\s*(\S|$)", self.text)))


def text_to_lines(text: str) -> list[Line]:
    """Given a file's text, return its lines that are not blank, knowing the gaps between them."""
    lines: list[Line] = []
    gap = False
    for number, raw in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), start=1):
        printed = raw.replace(_PAGE_BREAK, "")
        if _PAGE_BREAK in raw:
            gap = True
        if not printed.strip(" \u3000\xa0") or (not printed.strip() and printed.count("\t") != 1):
            gap = True
            continue
        lines.append(Line(number, printed, gap))
        gap = False
    return lines


def lines_to_blocks(lines: list[Line]) -> Iterator[Block]:
    """Given the lines of a file, return its tables and paragraphs in reading order."""
    numbering = iter(range(1, len(lines) + 2))
    at = 0
    while at < len(lines):
        end, rows = _take_table(lines, at)
        if rows:
            number = next(numbering)
            yield Grid(number, tuple(_numbered(rows, number)))
            at = end
            continue
        line = lines[at]
        if line.text.strip():
            yield Paragraph(_MARKDOWN_HEADING.sub("", line.text), line.number, line.after_gap)
        at += 1


def _take_table(lines: list[Line], at: int) -> tuple[int, list[Row]]:
    for take in (_take_html, _take_cells, _take_tabs, _take_bars, _take_spaces):
        end, rows = take(lines, at)
        if rows:
            return end, rows
    return at, []


def _numbered(rows: list[Row], table: int) -> Iterator[Row]:
    for number, row in enumerate(rows, start=1):
        yield Row(row.cells, row.line, table, number, row.gap_before, row.exact)


def _cells(texts: list[str], line: int) -> tuple[Cell, ...]:
    return tuple(Cell(text, line, column) for column, text in enumerate(texts))


# ---- HTML tables in the text ---------------------------------------------------------------------


def _take_html(lines: list[Line], at: int) -> tuple[int, list[Row]]:
    if not _TABLE_OPEN.search(lines[at].text):
        return at, []
    depth, end = 0, at
    while end < len(lines):
        depth += len(_TABLE_OPEN.findall(lines[end].text)) - len(_TABLE_CLOSE.findall(lines[end].text))
        end += 1
        if depth <= 0:
            break
    return end, html_to_rows([(line.number, line.text) for line in lines[at:end]])


# ---- one cell a line -------------------------------------------------------------------------------


def _take_cells(lines: list[Line], at: int) -> tuple[int, list[Row]]:
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
        return at, []
    rows = [
        Row(_one_a_line(chunk), chunk[0].number, gap_before=chunk[0].after_gap)
        for chunk in _rejoin_rows(chunks)
    ]
    return end, rows


def _continues_cell(lines: list[Line], at: int) -> bool:
    """Text at the margin goes on the cell above where the table itself goes on behind it."""
    following = next((line for line in lines[at + 1 :] if line.after_gap or line.tabbed), None)
    return following is not None and following.cell_like


def _one_a_line(chunk: list[Line]) -> tuple[Cell, ...]:
    return tuple(Cell(line.text.strip("\t"), line.number, column) for column, line in enumerate(chunk))


def _rejoin_rows(chunks: list[list[Line]]) -> list[list[Line]]:
    """Put rows together again that a blank line inside a cell has torn: parts that add up to the width."""
    sizes = [len(chunk) for chunk in chunks if len(chunk) >= 3]
    width = max(set(sizes), key=lambda size: (sizes.count(size), size)) if sizes else 0
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


# ---- tabs between cells ----------------------------------------------------------------------------


def _take_tabs(lines: list[Line], at: int) -> tuple[int, list[Row]]:
    if not lines[at].tabbed:
        return at, []
    rows: list[Row] = []
    end = at
    while end < len(lines):
        line = lines[end]
        if line.tabbed:
            rows.append(Row(_cells(line.text.split("\t"), line.number), line.number, gap_before=line.after_gap))
        elif line.after_gap or not rows or not _goes_on(rows[-1], lines, end):
            break
        else:
            rows[-1] = _append_to_last_cell(rows[-1], line.text)
        end += 1
    return end, rows


def _append_to_last_cell(row: Row, text: str) -> Row:
    index = max((i for i, cell in enumerate(row.cells) if not cell.is_blank), default=0)
    last = row.cells[index]
    joined = Cell(f"{last.text}\n{text}", last.line, last.column)
    return row.with_cells((*row.cells[:index], joined, *row.cells[index + 1 :]))


def _goes_on(row: Row, lines: list[Line], at: int) -> bool:
    """Whether a line without tabs right below a row belongs to the row's last cell.

    It does where that cell has begun a text of several lines, or where the table goes on below
    without a gap.
    """
    if row.is_blank:
        return False
    last = row.filled[-1].text
    if "\n" in last or len(last) >= 12:
        return True
    following = next((line for line in lines[at:] if line.after_gap or line.tabbed), None)
    return following is not None and following.tabbed and not following.after_gap


# ---- bars between cells ----------------------------------------------------------------------------


def _take_bars(lines: list[Line], at: int) -> tuple[int, list[Row]]:
    end = at
    while end < len(lines) and (lines[end].barred or _inside_bars(lines, at, end)):
        end += 1
    block = lines[at:end]
    if sum(line.barred for line in block) < 2:
        return at, []
    if sum(bool(_CELL_AND_BAR.match(line.text)) for line in block) * 3 > len(block) * 2:
        return end, _bar_ended_cells(block)
    framed = sum(line.text.lstrip()[:1] in "|｜" for line in block) * 2 > len(block)
    rows: list[Row] = []
    for line in block:
        if _RULE.match(line.text) and re.search(r"[-—=]{2}", line.text):
            continue
        if not line.barred and rows:
            rows[-1] = _append_to_last_cell(rows[-1], line.text)
            continue
        rows.append(Row(_cells(_split_bars(line.text, framed), line.number), line.number, gap_before=line.after_gap))
    return end, [row for row in rows if not row.is_blank]


def _bar_ended_cells(block: list[Line]) -> list[Row]:
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


def _inside_bars(lines: list[Line], start: int, at: int) -> bool:
    """A line without bars between two lines with bars goes on the cell above."""
    return start < at < len(lines) - 1 and not lines[at].after_gap and lines[at + 1].barred and lines[at - 1].barred


def _split_bars(text: str, framed: bool) -> list[str]:
    parts = _BAR.split(text.replace("\\|", "\x00"))
    if framed and parts and not parts[0]:
        parts = parts[1:]
    if parts and not parts[-1]:
        parts = parts[:-1]
    return [part.replace("\x00", "|").strip() for part in parts]




# ---- runs of spaces between cells (text of a PDF) ----------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of a line between runs of spaces, with the place it begins at in columns of half width."""

    text: str
    offset: int


def _take_spaces(lines: list[Line], at: int) -> tuple[int, list[Row]]:
    """Cells that stand below each other, parted by runs of spaces."""
    end = at
    pieces: list[list[_Piece]] = []
    while end < len(lines) and not lines[end].tabbed and not lines[end].barred:
        if is_page_number(lines[end].text):
            break
        found = _split_spaces(lines[end].text)
        if len(found) < 2 and (not pieces or found[0].offset < _INDENT):
            break
        pieces.append(found)
        end += 1
    several = [line for line in pieces if len(line) >= 2]
    starts = [piece.offset for line in several for piece in line[1:]]
    shared = sum(1 for offset in starts if sum(abs(offset - other) <= _TOLERANCE for other in starts) >= 3)
    if len(several) < 3 or shared * 2 < len(starts):
        return at, []
    columns = _cluster(sorted({piece.offset for line in pieces for piece in line}))
    rows = []
    for line, found in zip(lines[at:end], pieces, strict=True):
        cells = {columns[piece.offset]: piece.text for piece in found}
        texts = [cells.get(column, "") for column in range(max(cells) + 1)]
        rows.append(Row(_cells(texts, line.number), line.number, gap_before=line.after_gap))
    return end, _join_wrapped(rows)


def _split_spaces(text: str) -> list[_Piece]:
    pieces = []
    for match in re.finditer(r"\S+(?: \S+)*", text.replace("\u3000", "  ").replace("\xa0", " ")):
        before = text[: match.start()]
        pieces.append(_Piece(match.group(), sum(2 if _is_wide(char) else 1 for char in before)))
    return pieces


def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"


def _cluster(offsets: list[int]) -> dict[int, int]:
    columns: dict[int, int] = {}
    column = -1
    before = -100
    for offset in offsets:
        if offset - before > _TOLERANCE:
            column += 1
        columns[offset] = column
        before = offset
    return columns


def _join_wrapped(rows: list[Row]) -> list[Row]:
    """Put the second line of a cell under its first: a line without a gap before it that only goes on cells above.

    Where blank lines part the rows, each line without one is such a line.
    """
    parted = sum(row.gap_before for row in rows[1:]) * 2 >= len(rows)
    joined: list[Row] = []
    for row in rows:
        if joined and parted and not row.gap_before and _only_goes_on(joined[-1], row):
            joined[-1] = _put_under(joined[-1], row)
        else:
            joined.append(row)
    return joined


def _only_goes_on(above: Row, row: Row) -> bool:
    printed = {cell.column for cell in above.filled}
    return {cell.column for cell in row.filled} <= printed and len(row.filled) < len(above.filled)


def _put_under(above: Row, row: Row) -> Row:
    more = {cell.column: cell.text for cell in row.filled}
    return above.with_cells(
        tuple(
            Cell(f"{cell.text}\n{more[cell.column]}", cell.line, cell.column) if cell.column in more else cell
            for cell in above.cells
        )
    )
