"""The stretch of a file round a printed string (出处片段): rows as printed, the cell marked.

What is shown is found by the hash of the content that was read, not by a name: two files of one name
are two, and one that was moved or changed since is told of.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

from app.aligned_text import LEAST_LETTERS, is_soon_aligned, letters_of, longest_block, stretch_of
from app.manifest import Manifest
from app.workspace import Workspace, decode_records, read_workspace
from ingest.document import Cell, Row
from ingest.header_rows import is_header_row
from ingest.reading import read_document
from ontology.errors import WorkspaceError
from ontology.ids import disclosure_id
from ontology.model import Disclosure, Source

ROWS_AROUND = 4
_PAGE_ENDS = 3
"""Rows among which a text goes on: a page's number may stand between."""


@dataclass(frozen=True, slots=True)
class FragmentCell:
    """One cell of a fragment: its text, and the part of it that was asked for (from, to), if any."""

    text: str
    marked: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class FragmentRow:
    """One row of a fragment: its line in the file, its cells, and whether rows are left out before it."""

    line: int
    cells: tuple[FragmentCell, ...]
    after_gap: bool = False

    @property
    def is_marked(self) -> bool:
        """Whether one of its cells was asked for."""
        return any(cell.marked for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Fragment:
    """Rows round printed strings; `remark` says what is to know of the file, if anything."""

    rows: tuple[FragmentRow, ...]
    remark: str | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """The file that a part of the graph was read from: its names, its hash, and its records."""

    names: tuple[str, ...]
    sha256: str
    disclosure: Disclosure
    paths: tuple[Path, ...]

    def sources_of(self, owner_id: str) -> tuple[Source, ...]:
        """Every printed string of a target or an indicator, with its place; empty for an unknown id."""
        for target in self.disclosure.targets:
            if target.id == owner_id:
                return target.printed.sources
            for indicator in target.indicators:
                if indicator.id == owner_id:
                    return (*indicator.printed.sources, *indicator.printed.others)
        return ()


def find_origin(folder: Path, own_id: str) -> Origin:
    """Given a workspace and the id of a disclosure, return the file that it is.

    Raises WorkspaceError where the workspace never read it, or its records are gone or damaged.
    """
    workspace = read_workspace(folder)
    contents = workspace.manifest.contents()
    sha256 = next((known for known in contents if disclosure_id(known) == own_id), None)
    if sha256 is None or sha256 not in workspace.manifest.records:
        raise WorkspaceError(f"工作区 {folder} 里没有这个文件（编号 {own_id}），看不到原文")
    return _origin(workspace, workspace.manifest, sha256, contents[sha256])


def _origin(workspace: Workspace, manifest: Manifest, sha256: str, keys: Sequence[str]) -> Origin:
    disclosure = decode_records(workspace.read_records(sha256))
    names = tuple(dict.fromkeys(manifest.name_of(key) for key in keys))
    return Origin(names, sha256, disclosure, tuple(manifest.path_of(key) for key in keys))


def read_fragment(origin: Origin, asked: Sequence[Source], *, around: int = ROWS_AROUND) -> Fragment:
    """Given a file and places in it, return so many rows round them, the cells marked; else the first ones.

    The row that heads the columns of their table stands above them, however far it is.
    Raises WorkspaceError where the file is not there any more.
    """
    path = next((path for path in origin.paths if path.is_file()), None)
    if path is None:
        raise WorkspaceError(f"文件 {origin.paths[0]} 已不在原处，看不到原文；读出的内容仍在图谱里")
    document = read_document(path, origin.names[0])
    rows = [row for row in document.rows() if not row.is_blank]
    found = [part for source in asked for part in _find(rows, source)]
    fragment = tuple(_around(rows, found if asked or not rows else [_BEGINNING], around))
    if document.sha256 != origin.sha256:
        return Fragment(fragment, "文件在读过之后改动过，下面是现在的内容，框出的可能不是原来那一格")
    return Fragment(fragment, None if found or not asked else "原文里没有找到这个位置")


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A part of a cell: the numbers of its row and of itself in it, and from where to where."""

    row: int
    cell: int
    start: int
    end: int


_BEGINNING = _Stretch(0, 0, 0, 0)


def _find(rows: Sequence[Row], source: Source) -> Sequence[_Stretch]:
    """Where a source is among the rows: in the cell that it names, else where its text is on its line."""
    wanted = letters_of(source.printed)
    if not wanted:
        return _whole(rows, source)
    for number, row in enumerate(rows):
        if row.table is not None and row.table == source.table and row.number == source.row:
            at = next((n for n, cell in enumerate(row.cells) if cell.column + 1 == source.column), None)
            if at is not None and wanted in letters_of(row.cells[at].text):
                return [_part(row.cells[at].text, wanted, number, at)]
    # A table may stand on one line, and a text may go on in the next rows.
    last = next((row.line for row in reversed(rows) if row.line <= (source.line or 0)), None)
    there = [n for n, row in enumerate(rows) if row.line == last]
    if not there:
        return ()
    number = next((n for n in there if _holding(rows[n].cells, wanted) is not None), there[-1])
    at = _nearest_cell(rows[number].cells, wanted)
    return [_Stretch(number, 0, 0, 0)] if at is None else _going_on(rows, number, at, wanted)


def _whole(rows: Sequence[Row], source: Source) -> Sequence[_Stretch]:
    """Of a place without a text the cell, or every cell of the row; nothing where it is not there."""
    place = source.table, source.row
    in_table = [n for n, row in enumerate(rows) if row.table and (row.table, row.number) == place]
    found = in_table or [n for n, row in enumerate(rows) if row.line == source.line]
    return [
        _Stretch(n, at, 0, len(cell.text))
        for n in found[:1]
        for at, cell in enumerate(rows[n].cells)
        if not cell.is_blank and (source.column is None or not in_table or cell.column + 1 == source.column)
    ]


def _holding(cells: Sequence[Cell], wanted: str) -> int | None:
    """The number of the first cell that holds a text."""
    return next((n for n, cell in enumerate(cells) if wanted in letters_of(cell.text)), None)


def _nearest_cell(cells: Sequence[Cell], wanted: str) -> int | None:
    """The cell that holds a text, else the one that has the most of it together, or is too long to tell."""
    if not wanted:
        return None
    holding = _holding(cells, wanted)
    if holding is not None:
        return holding
    blocks = [longest_block(letters_of(cell.text), wanted) for cell in cells]
    most = max(range(len(cells)), key=lambda n: blocks[n].size)
    if blocks[most].size >= LEAST_LETTERS:
        return most
    too_long = (n for n, cell in enumerate(cells) if not is_soon_aligned(letters_of(cell.text), wanted))
    return next(too_long, None)


def _going_on(rows: Sequence[Row], number: int, at: int, wanted: str) -> Sequence[_Stretch]:
    """A text from one cell on: what stands there, and the rest of it in the rows below."""
    found = []
    while wanted:
        text = rows[number].cells[at].text
        found.append(_part(text, wanted, number, at))
        letters = letters_of(text)
        block = longest_block(letters, wanted)
        wanted = wanted[block.b + block.size :] if block.a + block.size == len(letters) else ""
        below = range(number + 1, min(len(rows), number + 1 + _PAGE_ENDS))
        number = next((n for n in below if _begins(rows[n].cells[at : at + 1], wanted)), -1)
        if number < 0:
            break
    return found


def _begins(cells: Sequence[Cell], wanted: str) -> bool:
    """Whether a cell begins with what a text begins with."""
    blocks = [longest_block(letters_of(cell.text), wanted) for cell in cells]
    return any(block.size and not (block.a or block.b) for block in blocks)


def _part(text: str, wanted: str, row: int, cell: int) -> _Stretch:
    """The part of a cell in which a text stands: all of it that is there, with small words between."""
    places = [at for at, letter in enumerate(text) if not letter.isspace()]
    letters = letters_of(text)
    start = letters.find(wanted)
    if start >= 0:
        end = start + len(wanted)
    else:
        start, end = stretch_of(letters, wanted)
    return (
        _Stretch(row, cell, places[start], places[end - 1] + 1) if end > start else _Stretch(row, cell, 0, 0)
    )


def _around(rows: Sequence[Row], found: Iterable[_Stretch], reach: int) -> Iterable[FragmentRow]:
    """The rows within reach of the stretches and their heads, each once, in the order of the file."""
    marks: dict[int, dict[int, tuple[int, int]]] = {}
    for part in found:
        own = marks.setdefault(part.row, {})
        if part.end > part.start:
            start, end = own.get(part.cell, (part.start, part.end))
            own[part.cell] = min(start, part.start), max(end, part.end)
    near = {
        n
        for number in marks
        for n in range(max(0, number - reach), min(len(rows), number + reach + 1))
    }  # fmt: skip
    heads = {head for number in marks if (head := _head(rows, number)) is not None}
    wanted = sorted(near | heads)
    before = wanted[0] - 1 if wanted else 0
    for n in wanted:
        asked = marks.get(n, {})
        cells = (FragmentCell(cell.text, asked.get(at)) for at, cell in enumerate(rows[n].cells))
        yield FragmentRow(rows[n].line, tuple(cells), after_gap=n != before + 1)
        before = n


def _head(rows: Sequence[Row], number: int) -> int | None:
    """The number of the row that heads the columns of a row's table; None where none is known."""
    table = rows[number].table
    if table is None:
        return None
    above = takewhile(lambda n: rows[n].table == table, range(number, -1, -1))
    return next((n for n in above if is_header_row(rows[n])), None)
