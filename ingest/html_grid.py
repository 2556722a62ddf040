"""HTML inside text files: whole tables with merged cells, and tags left over in a cell."""

import re
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser

from ingest.document import Cell, Row

_BREAKING = re.compile(r"</?(?:p|br|div|li|ol|ul|tr|h[1-6])\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--.*?-->", re.DOTALL)
_SPACES = re.compile(r"[ \t]*\n\s*")
_SPAN_LIMIT = 400


def strip_tags(text: str) -> str:
    """Given a cell with tags left over (<p>, <br>, <ol>…), return its text with their line ends."""
    if "<" not in text and "&" not in text:
        return text
    return unescape(_SPACES.sub("\n", _TAG.sub("", _BREAKING.sub("\n", text))).strip())


@dataclass
class _Open:
    """A cell that is being read."""

    line: int
    rowspan: int
    colspan: int
    parts: list[str] = field(default_factory=list)


class _TableParser(HTMLParser):
    """Collects the cells of all rows; a table inside a cell becomes that cell's text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[_Open]] = []
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
        elif self._cell and tag in ("p", "br", "div", "li", "tr"):
            self._cell.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            self._depth -= 1
        elif tag in ("td", "th") and self._depth == 1:
            self._cell = None

    def handle_data(self, data: str) -> None:
        if self._cell:
            self._cell.parts.append(data)


def _span(printed: str | None) -> int:
    return min(int(printed), _SPAN_LIMIT) if printed and printed.isdigit() and int(printed) > 0 else 1


def html_to_rows(lines: list[tuple[int, str]]) -> list[Row]:
    """Given numbered lines that hold an HTML table, return its rows on their full grid.

    A merged cell stands in its first place; the places it covers are blank, as in the other kinds of
    tables, so that what is inherited is decided in one place.
    """
    parser = _TableParser()
    parser.feed("\n".join(text for _, text in lines))
    parser.close()
    line_of = [number for number, _ in lines]
    taken: dict[int, set[int]] = {}
    rows: list[Row] = []
    for number, opened in enumerate(parser.rows):
        placed: dict[int, Cell] = {}
        column = 0
        for cell in opened:
            while column in taken.get(number, ()):
                column += 1
            line = line_of[min(cell.line, len(line_of)) - 1]
            placed[column] = Cell(_SPACES.sub("\n", "".join(cell.parts)).strip(), line, column)
            for covered in range(number, number + cell.rowspan):
                taken.setdefault(covered, set()).update(range(column, column + cell.colspan))
            column += cell.colspan
        width = max(taken.pop(number, set()), default=-1) + 1
        line = line_of[min(opened[0].line, len(line_of)) - 1] if opened else line_of[0]
        rows.append(Row(tuple(placed.get(c, Cell("", line, c)) for c in range(width)), line, exact=True))
    return [row for row in rows if not row.is_blank]
