"""Tables of a PDF's text (空格对齐的表格): cells that stand below each other, parted by runs of spaces."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.cleaning import is_page_number
from ingest.document import Cell, Row, make_cells
from ingest.text_lines import Line

_TOLERANCE = 2
_INDENT = 6
_PIECE = re.compile(r"\S+(?: \S+)*")
_LONGEST_LINE = 1000
"""A line of more characters is no row of such a table."""
_NARROWEST = 3
"""Lines of fewer pieces are no rows of a table, but text with gaps."""
_PROOF_LINES = 60
"""The first so many lines decide whether a run of lines is a table."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of a line between runs of spaces, with the place it begins at in columns of half width."""

    text: str
    offset: int


def take_space_table(lines: Sequence[Line], at: int) -> tuple[int, list[Row]]:
    """Rows of the table that begins at a line, and where it ends; no rows where none begins there."""
    pieces = _take_run(lines, at, at + _PROOF_LINES)
    if not _stand_below_each_other(pieces):
        return at + 1, []
    pieces += _take_run(lines, at + len(pieces), len(lines))
    columns = _cluster(sorted({piece.offset for line in pieces for piece in line}))
    rows = []
    for line, found in zip(lines[at : at + len(pieces)], pieces, strict=True):
        cells = {columns[piece.offset]: piece.text for piece in found}
        texts = [cells.get(column, "") for column in range(max(cells) + 1)]
        rows.append(Row(make_cells(texts, line.number), line.number, gap_before=line.after_gap))
    return at + len(pieces), _join_wrapped(rows)


def _take_run(lines: Sequence[Line], start: int, limit: int) -> list[list[_Piece]]:
    """The pieces of the lines that may be rows, from `start` on and before `limit`."""
    run: list[list[_Piece]] = []
    for at in range(start, min(limit, len(lines))):
        line = lines[at]
        if line.tabbed or line.barred or len(line.text) > _LONGEST_LINE or is_page_number(line.text):
            break
        found = _split_spaces(line.text)
        if len(found) < 2 and (at == start or found[0].offset < _INDENT):
            break
        run.append(found)
    return run


def _stand_below_each_other(run: list[list[_Piece]]) -> bool:
    """Whether most pieces behind the first of a line begin where at least two others do."""
    several = [line for line in run if len(line) >= 2]
    starts = sorted(piece.offset for line in several for piece in line[1:])
    shared = sum(
        bisect_right(starts, offset + _TOLERANCE) - bisect_left(starts, offset - _TOLERANCE) >= 3
        for offset in starts
    )
    wide = sum(len(line) >= _NARROWEST for line in several)
    return len(several) >= 3 and wide * 2 >= len(several) and shared * 2 >= len(starts)


def _split_spaces(text: str) -> list[_Piece]:
    pieces = []
    offset = end = 0
    printed = text.replace("\u3000", "  ").replace("\xa0", " ")
    for match in _PIECE.finditer(printed):
        offset += sum(2 if _is_wide(char) else 1 for char in printed[end : match.start()])
        end = match.start()
        pieces.append(_Piece(match.group(), offset))
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
    """Put the second line of a cell under its first: a line without a gap that only goes on cells above.

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
