"""A disclosure as it stands in its file: tables of cells and lines of text, each with its place.

No meaning yet: what a cell says is decided later, by the labels that the ontology knows.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: its text (inner line ends kept), the line it starts on, its column from 0.

    `row` is the number of the row it is printed in, where it may stand in another: in one put together
    of several, or in those that a merged cell covers. `lines` are the lines of the file on which the
    lines of its text stand, where they do not follow one another. A blank place that a merged cell of
    the file covers from above knows it (`covered_by`).
    """

    text: str
    line: int
    column: int
    row: int | None = None
    lines: tuple[int, ...] = ()
    covered_by: "Cell | None" = None

    @property
    def is_blank(self) -> bool:
        """Whether nothing is printed in it."""
        return not self.text.strip()

    def line_of(self, index: int) -> int:
        """The line of the file on which a line of its text stands, from 0."""
        return self.lines[min(index, len(self.lines) - 1)] if self.lines else self.line + index


def make_cells(texts: Iterable[str], line: int) -> tuple[Cell, ...]:
    """Cells of one line from their texts, in the columns in which they stand."""
    return tuple(Cell(text, line, column) for column, text in enumerate(texts))


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table (numbered from 1), or one line of running text (table None, one cell).

    `gap_before` tells that the file leaves a blank line or a page break before it, `exact` that the
    grid is the author's own, merged cells and all, so that no cell stands in a wrong column. A row
    made of a column of a lying table has in `turned` the numbers of that table's first and last row,
    and the column's as its own.
    """

    cells: tuple[Cell, ...]
    line: int
    table: int | None = None
    number: int | None = None
    gap_before: bool = False
    exact: bool = False
    turned: tuple[int, int] | None = None

    @property
    def filled(self) -> tuple[Cell, ...]:
        """The cells in which something is printed."""
        return tuple(cell for cell in self.cells if not cell.is_blank)

    @property
    def is_blank(self) -> bool:
        """Whether no cell holds anything."""
        return not self.filled

    @property
    def text(self) -> str:
        """What the row prints, cell after cell."""
        return " ".join(cell.text.strip() for cell in self.filled)

    def place_of(self, cell: Cell) -> tuple[int | None, int | None]:
        """Row and column of a cell in the file's table, from 1; None and None outside tables."""
        if self.table is None:
            return None, None
        if self.turned is not None:
            return self.turned[0] + cell.column, self.number
        return cell.row or self.number, cell.column + 1

    def with_cells(self, cells: tuple[Cell, ...]) -> "Row":
        """The same row with other cells."""
        return replace(self, cells=cells)


@dataclass(frozen=True, slots=True)
class Grid:
    """One table: its number in the file from 1 and its rows."""

    number: int
    rows: tuple[Row, ...]

    @property
    def line(self) -> int:
        """Line of the file on which it starts."""
        return self.rows[0].line


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of running text."""

    text: str
    line: int
    gap_before: bool = False

    def as_row(self) -> Row:
        """The line as a row of one cell, so that text and tables are read by the same eyes."""
        return Row((Cell(self.text, self.line, 0),), self.line, gap_before=self.gap_before)


Block = Grid | Paragraph


@dataclass(frozen=True, slots=True)
class Document:
    """One file, read: its blocks in reading order, its encoding, and what there is to tell of its bytes."""

    file: str
    sha256: str
    blocks: tuple[Block, ...]
    encoding: str | None = None
    remarks: tuple[str, ...] = ()

    def rows(self) -> Iterator[Row]:
        """All rows of tables and lines of text, in reading order."""
        for block in self.blocks:
            if isinstance(block, Grid):
                yield from block.rows
            else:
                yield block.as_row()
