"""Lines of text put together, so that what runs over a line's end is one text (连行)."""

from bisect import bisect_right
from dataclasses import dataclass, field

from ingest.document import Row


@dataclass(slots=True)
class JoinedLines:
    """The text of several lines, the rows they are, and where each ends in the text."""

    text: str = ""
    rows: list[Row] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)

    def add(self, row: Row, text: str | None = None, *, between: str = "") -> None:
        """Put a line behind the others; `text` where only a part of it belongs here."""
        self.text += (between if self.text else "") + (row.text if text is None else text).strip()
        self.rows.append(row)
        self.ends.append(len(self.text))

    def row_at(self, offset: int) -> Row:
        """The line on which a place in the text stands."""
        return self.rows[self.index_at(offset)]

    def index_at(self, offset: int) -> int:
        """Which of the lines a place in the text stands on."""
        return min(bisect_right(self.ends, offset), len(self.rows) - 1)

    def places_from(self, start: int) -> tuple[list[int], list[int]]:
        """For the text from a place on: the lines of the file, and where each ends in that text."""
        first = self.index_at(start)
        return [row.line for row in self.rows[first:]], [end - start for end in self.ends[first:]]


@dataclass(slots=True)
class LineCounts:
    """For each line of the file that was used, how many indicators begin there.

    `unread` holds what could not be read of such lines, each with the row where it begins.
    """

    by_line: dict[int, int] = field(default_factory=dict)
    unread: list[tuple[Row, str]] = field(default_factory=list)

    def add(self, lines: JoinedLines, start: int, end: int, begun: list[int | None]) -> None:
        """Count a stretch of lines, and the indicators that begin on lines of the file."""
        for row in lines.rows[lines.index_at(start) : lines.index_at(end - 1) + 1]:
            self.by_line.setdefault(row.line, 0)
        for line in begun:
            if line is not None:
                self.by_line[line] = self.by_line.get(line, 0) + 1
