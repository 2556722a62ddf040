"""HTML tables among lines of text (网页表格): where each begins and ends, and the text between them."""

import re
from collections.abc import Iterator, Sequence

from ingest.document import Row
from ingest.html_grid import html_to_rows
from ingest.text_lines import Line

_TABLE_OPEN = re.compile(r"<table\b[^<>]*(?:>|$)", re.IGNORECASE)
_TABLE_TAG = re.compile(r"<(?P<end>/?)(?P<name>table|tr|td|th)\b[^<>]*(?:>|$)", re.IGNORECASE)

Place = tuple[int, int]
"""A place in the text: which line, and where in it."""


def part_html_tables(lines: Sequence[Line]) -> Iterator[list[Line] | tuple[Row, ...]]:
    """Given lines of text, return in their order the rows of each HTML table and the lines between them."""
    text: list[Line] = []
    at, start = 0, 0
    while at < len(lines):
        line = lines[at]
        found = _TABLE_OPEN.search(line.text, start)
        before = line.text[start : found.start() if found else None]
        if before.strip() or not (start or found):
            text.append(Line(line.number, before, line.after_gap and not start))
        if found is None:
            at, start = at + 1, 0
            continue
        end = _table_end(lines, (at, found.start()))
        rows, outside = html_to_rows(_cut(lines, (at, found.start()), end))
        text += [Line(number, printed, False) for number, printed in outside]
        if rows:
            yield text
            yield tuple(rows)
            text = []
        at, start = end
    yield text


def _cut(lines: Sequence[Line], start: Place, end: Place) -> list[tuple[int, str]]:
    """The numbered lines between two places."""
    cut = []
    for at in range(start[0], min(end[0] + 1, len(lines))):
        upto = end[1] if at == end[0] else None
        cut.append((lines[at].number, lines[at].text[start[1] if at == start[0] else 0 : upto]))
    return cut


def _table_end(lines: Sequence[Line], start: Place) -> Place:
    """The place behind a table; one that is not closed ends behind its last cell or row.

    It is not closed where another begins outside its cells, or where the file ends.
    """
    in_cell: list[bool] = []
    last = start
    for place, end, tag in _tags(lines, start):
        closes = bool(tag["end"])
        name = tag["name"].lower()
        if name == "table" and closes:
            in_cell.pop()
            if not in_cell:
                return end
        elif name == "table":
            if in_cell and not in_cell[-1]:
                return last if last > start else place
            in_cell.append(False)
        else:
            in_cell[-1] = name != "tr" and not closes
            if len(in_cell) == 1:
                # A cell that no tag closes ends with its line.
                last = (place[0] + 1, 0) if in_cell[-1] else end
    return last if last > start else (len(lines), 0)


def _tags(lines: Sequence[Line], start: Place) -> Iterator[tuple[Place, Place, re.Match[str]]]:
    """The tags of tables from a place on, each with the places before and behind it."""
    for at in range(start[0], len(lines)):
        for tag in _TABLE_TAG.finditer(lines[at].text, start[1] if at == start[0] else 0):
            yield (at, tag.start()), (at, tag.end()), tag
