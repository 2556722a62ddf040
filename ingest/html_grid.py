"""HTML inside text files: whole tables with merged cells, and tags left over in a cell."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser

from ingest.document import Cell, Row

_NAMES = (
    "a|abbr|acronym|address|b|big|blockquote|body|br|caption|center|cite|code|col|colgroup|dd|del|div|dl|dt|em"
    "|figcaption|figure|font|footer|h[1-6]|head|header|hr|html|i|img|input|ins|label|li|link|main|meta|nobr"
    "|ol|p|pre|s|script|section|small|span|strike|strong|style|sub|sup|table|tbody|td|tfoot|th|thead|title|tr"
    "|tt|u|ul|[a-z]\\w*:\\w+"
)
_TAG = re.compile(rf"</?(?:{_NAMES})(?=[\s/>])[^<>]*>|<!--.*?-->|<![a-z][^<>]*>", re.IGNORECASE | re.DOTALL)
_BREAKING = re.compile(r"</?(?:p|br|div|li|ol|ul|tr|h[1-6])(?=[\s/>])", re.IGNORECASE)
_NO_TAG = re.compile(rf"<(?!/?(?:{_NAMES})(?=[\s/>])[^<>]*>|!--|![a-z])", re.IGNORECASE)
"""A sign that opens no tag (A类<B类>, <3座): the parser would take all up to the next > for one."""
_SPAN_LIMIT = 400

Part = tuple[int, str] | None
"""A piece of text with the line it is printed on; None where a new line begins."""


def _to_lines(parts: Iterable[Part]) -> list[tuple[int, str]]:
    """The lines that the parts of a text make, none of them blank, each with the line it begins on."""
    lines: list[tuple[int, str]] = []
    current: list[tuple[int, str]] = []
    for part in (*parts, None):
        if part is not None:
            current.append(part)
            continue
        text = "".join(piece for _, piece in current).strip()
        if text:
            lines.append((next(line for line, piece in current if piece.strip()), text))
        current = []
    return lines


def _split_lines(text: str, line: int) -> list[Part]:
    parts: list[Part] = []
    for below, piece in enumerate(text.split("\n")):
        parts += [None, (line + below, piece)] if below else [(line, piece)]
    return parts


def strip_tags(text: str) -> list[tuple[int, str]]:
    """Given a text with tags left over (<p>, <br>, <ol>…), return its lines, each with the line it was on.

    The lines are those that the tags make; those of the text itself are counted from 0.

    >>> strip_tags("<p>维修渠道<br>A类<B类>水闸</p>")
    [(0, '维修渠道'), (0, 'A类<B类>水闸')]
    """
    parts: list[Part] = []
    line = end = 0
    for tag in _TAG.finditer(text):
        before = text[end : tag.start()]
        parts += _split_lines(before, line)
        parts += [None] if _BREAKING.match(tag.group()) else []
        line += before.count("\n") + tag.group().count("\n")
        end = tag.end()
    parts += _split_lines(text[end:], line)
    return [(line, unescape(printed)) for line, printed in _to_lines(parts)]


def has_tags(text: str) -> bool:
    """Whether tags or signs written in HTML's way (&ge;) stand in a text."""
    return "<" in text or "&" in text


@dataclass
class _Open:
    """A cell that is being read; `line` is where its tag stands."""

    line: int
    rowspan: int = 1
    colspan: int = 1
    parts: list[Part] = field(default_factory=list)


class _TableParser(HTMLParser):
    """Collects the cells of all rows; a table inside a cell becomes that cell's text.

    `outside` is the text in none of the cells: a caption, or what the table's author put between them.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[_Open]] = []
        self.outside: list[Part] = []
        self._cell: _Open | None = None
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._depth += 1
        elif self._depth == 1 and tag == "tr":
            self._cell = None
            self.rows.append([])
        elif self._depth == 1 and tag in ("td", "th"):
            if not self.rows:
                self.rows.append([])
            spans = dict(attrs)
            self._cell = _Open(self.getpos()[0], _span(spans.get("rowspan")), _span(spans.get("colspan")))
            self.rows[-1].append(self._cell)
        self._break_line(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            self._depth -= 1
        elif tag in ("td", "th", "tr") and self._depth == 1:
            self._cell = None
        self._break_line(tag)

    def handle_data(self, data: str) -> None:
        self._parts.extend(_split_lines(data, self.getpos()[0]))

    def _break_line(self, tag: str) -> None:
        if _BREAKING.match(f"<{tag}>") or tag in ("table", "caption", "td", "th"):
            self._parts.append(None)

    @property
    def _parts(self) -> list[Part]:
        return self.outside if self._cell is None else self._cell.parts


def _span(printed: str | None) -> int:
    return min(int(printed), _SPAN_LIMIT) if printed and printed.isdigit() and int(printed) > 0 else 1


def html_to_rows(lines: list[tuple[int, str]]) -> tuple[list[Row], list[tuple[int, str]]]:
    """Given numbered lines that hold an HTML table, return its rows on their full grid.

    A merged cell stands in its first place; the places it covers are blank, as in the other kinds of
    tables, so that what is inherited is decided in one place. They know the cell that covers them.
    With the rows comes the text in none of the cells, line by line.
    """
    parser = _TableParser()
    parser.feed(_NO_TAG.sub("&lt;", "\n".join(text for _, text in lines)))
    parser.close()
    numbers = [number for number, _ in lines]
    taken: dict[int, dict[int, Cell | None]] = {}
    rows: list[Row] = []
    for index, opened in enumerate(parser.rows):
        placed: dict[int, Cell] = {}
        column = 0
        covered = taken.get(index, {})
        for open_cell in opened:
            while column in covered:
                column += 1
            cell = _to_cell(open_cell, column, numbers, row=len(rows) + 1)
            placed[column] = cell
            for below in range(index, index + open_cell.rowspan):
                first = {column: cell if below > index else None}
                others = dict.fromkeys(range(column + 1, column + open_cell.colspan))
                taken.setdefault(below, {}).update({**first, **others})
            column += open_cell.colspan
        line = numbers[opened[0].line - 1] if opened else numbers[0]
        covered = taken.pop(index, {})
        blanks = {c: Cell("", line, c, covered_by=above) for c, above in covered.items()}
        width = max(covered, default=-1) + 1
        cells = {c: placed.get(c, blanks.get(c, Cell("", line, c))) for c in range(width)}
        row = Row(tuple(cells.values()), line, exact=True)
        rows += [] if row.is_blank else [row]
    return rows, [(numbers[line - 1], text) for line, text in _to_lines(parser.outside)]


def _to_cell(opened: _Open, column: int, numbers: list[int], *, row: int) -> Cell:
    """A cell with the lines of the file on which its text stands; `row` is the number of its row."""
    lines = [(numbers[line - 1], text) for line, text in _to_lines(opened.parts)]
    return lines_to_cell(lines, numbers[opened.line - 1], column, row=row)


def lines_to_cell(lines: list[tuple[int, str]], line: int, column: int, *, row: int | None = None) -> Cell:
    """A cell of numbered lines; of one that is blank, `line` says where it stands."""
    numbers = tuple(number for number, _ in lines)
    first = numbers[0] if numbers else line
    follow = numbers == tuple(range(first, first + len(numbers)))
    text = "\n".join(printed for _, printed in lines)
    return Cell(text, first, column, row, lines=() if follow else numbers)
