"""Tables with bars between their cells (竖线分隔的表格): a row a line, or torn to a cell a line."""

import re
from collections.abc import Sequence

from ingest.document import Cell, Row, make_cells
from ingest.tab_tables import append_to_last_cell
from ingest.text_lines import Line

_BARS = re.compile(r"[|｜]")
_RULE = re.compile(r"^[\s|｜:+\-—=]*$")
_DASHES = re.compile(r"[-—=]{2}")
_ONE_CELL = re.compile(r"^(?:[^|｜]*[|｜][\s|｜]*|\s*[|｜][^|｜]*)$")
_ENDS_ROW = re.compile(r"[|｜]{2,}\s*$")
"""A row shorter than the table is filled up with bars."""

_CELL_LINES = 6
"""A cell is printed on no more lines than that."""
_WIDEST = 60
_LEAST_PROOF = 3
_AGREE = 0.85


def take_bar_table(lines: Sequence[Line], at: int) -> tuple[int, list[Row]]:
    """Rows of the table that begins at a line, and where it ends; no rows where none begins there."""
    end = _line_table_end(lines, at)
    rows_a_line = [line for line in lines[at:end] if line.barred]
    torn = sum(bool(_ONE_CELL.match(line.text)) for line in rows_a_line)
    if len(rows_a_line) >= 2 and torn * 3 <= len(rows_a_line) * 2:
        return end, _rows_of_lines(lines[at:end])
    end = _torn_table_end(lines, at)
    block = lines[at:end]
    if sum(_has_bar(line) for line in block) < 4 or not any(_ONE_CELL.match(line.text) for line in block):
        return max(end, at + 1), []
    return end, _rows_of_cells(block)


# ---- a row a line -----------------------------------------------------------------------------------


def _line_table_end(lines: Sequence[Line], at: int) -> int:
    end = at
    while end < len(lines) and (lines[end].barred or _opens_row(lines, end) or _inside_bars(lines, at, end)):
        end += 1
    return end


def _opens_row(lines: Sequence[Line], at: int) -> bool:
    """A line that begins with a bar, and whose rest stands on the next line, which a bar closes."""
    following = lines[at + 1] if at + 1 < len(lines) else None
    begins = lines[at].text.lstrip()[:1] in "|｜"
    return begins and following is not None and not following.after_gap and following.barred


def _inside_bars(lines: Sequence[Line], start: int, at: int) -> bool:
    """A line without bars between two lines with bars goes on the cell above."""
    return (
        start < at < len(lines) - 1
        and not lines[at].after_gap
        and lines[at + 1].barred
        and lines[at - 1].barred
    )


def _rows_of_lines(block: Sequence[Line]) -> list[Row]:
    framed = sum(line.text.lstrip()[:1] in "|｜" for line in block) * 2 > len(block)
    rows: list[Row] = []
    open_row = False
    for line in block:
        if _RULE.match(line.text) and _DASHES.search(line.text):
            continue
        closed = line.text.rstrip()[-1:] in "|｜"
        if open_row:
            rows[-1] = _with_rest(rows[-1], line)
            open_row = not closed
        elif not _has_bar(line) and rows:
            rows[-1] = append_to_last_cell(rows[-1], [line.text])
        else:
            cells = make_cells(_split_bars(line.text, framed), line.number)
            rows.append(Row(cells, line.number, gap_before=line.after_gap))
            # In a framed table a row that no bar closes goes on below.
            open_row = framed and not closed
    return [row for row in rows if not row.is_blank]


def _with_rest(row: Row, line: Line) -> Row:
    """The row with the rest of it, whose first piece goes on the last cell."""
    first, *others = _split_bars(line.text, framed=False)
    cells = append_to_last_cell(row, [first]).cells if first else row.cells
    more = (Cell(text, line.number, len(cells) + i) for i, text in enumerate(others))
    return row.with_cells((*cells, *more))


def _split_bars(text: str, framed: bool) -> list[str]:
    parts = [part.replace("\x00", "|").strip() for part in _BARS.split(text.replace("\\|", "\x00"))]
    if framed and parts and not parts[0]:
        parts = parts[1:]
    return parts[:-1] if parts and not parts[-1] else parts


# ---- a cell a line ----------------------------------------------------------------------------------


def _has_bar(line: Line) -> bool:
    return bool(_BARS.search(line.text))


def _torn_table_end(lines: Sequence[Line], at: int) -> int:
    """Index behind the last bar of the table; text that no bar closes is not of it."""
    if not _has_bar(lines[at]) and not (at + 1 < len(lines) and _is_alone(lines[at + 1])):
        return at
    end = last = at
    while end < len(lines) and end - last <= _CELL_LINES:
        if _has_bar(lines[end]):
            if end - last > 1 and _is_alone(lines[end]) and _ENDS_ROW.search(lines[last].text):
                break
            last = end
        end += 1
    return last + 1


def _is_alone(line: Line) -> bool:
    return line.text.strip() in ("|", "｜")


def _rows_of_cells(block: Sequence[Line]) -> list[Row]:
    """Each bar ends a cell. Rows filled up with bars tell the table's width; else each cell is a row."""
    cells, row_ends = _cells(block)
    width = _width(row_ends)
    if width is None:
        return [Row((cell,), cell.line) for cell in cells if not cell.is_blank]
    rows = [cells[start : start + width] for start in range(0, len(cells), width)]
    placed = [tuple(Cell(c.text, c.line, i) for i, c in enumerate(row)) for row in rows]
    return [Row(row, row[0].line) for row in placed if any(not cell.is_blank for cell in row)]


def _cells(block: Sequence[Line]) -> tuple[list[Cell], list[int]]:
    """The cells in their order, and behind which of them a line says that its row ends."""
    cells: list[Cell] = []
    row_ends: list[int] = []
    waiting: list[Line] = []
    for line in block:
        parts = _BARS.split(line.text)
        for index, part in enumerate(parts):
            if part.strip():
                waiting.append(Line(line.number, part.strip(), line.after_gap))
            if index < len(parts) - 1:
                number = waiting[0].number if waiting else line.number
                cells.append(Cell("\n".join(piece.text for piece in waiting), number, 0))
                waiting = []
        if _ENDS_ROW.search(line.text):
            row_ends.append(len(cells))
    return cells, row_ends


def _width(row_ends: Sequence[int]) -> int | None:
    """The widest table of which nearly all known row ends are row ends; None where they do not say."""
    if len(row_ends) < _LEAST_PROOF:
        return None
    for width in range(min(_WIDEST, row_ends[-1]), 2, -1):
        if sum(end % width == 0 for end in row_ends) >= _AGREE * len(row_ends):
            return width
    return None
