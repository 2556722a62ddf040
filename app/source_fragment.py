"""The stretch of a file round a printed string (出处片段): rows as printed, the cell marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from app.workspace import read_workspace
from ingest.document import Document, Row
from ingest.reading import read_document
from ontology.errors import WorkspaceError

ROWS_AROUND = 4
_LEAST_LETTERS = 2
"""Letters together by which a cell is known to hold a part of a text."""


@dataclass(frozen=True, slots=True)
class FragmentRow:
    """One row of a fragment: its line in the file, its cells, and the numbers of those that are marked."""

    line: int
    cells: tuple[str, ...]
    marked: frozenset[int]


@dataclass(frozen=True, slots=True)
class Fragment:
    """Rows round a printed string; `remark` says what is to know of the file, if anything."""

    file: str
    sha256: str
    rows: tuple[FragmentRow, ...]
    remark: str | None = None


def read_fragment(folder: Path, file: str, *, line: int, printed: str = "") -> Fragment:
    """Given a workspace, the name of a file and a line, return the rows round it, `printed` marked.

    Raises WorkspaceError where the workspace does not know the file or cannot read it any more.
    """
    manifest = read_workspace(folder).manifest
    keys = [key for key in manifest.files if manifest.name_of(key) == file]
    if not keys:
        raise WorkspaceError(f"工作区 {folder} 里没有文件 {file}")
    path = manifest.path_of(keys[0])
    if not path.is_file():
        raise WorkspaceError(f"文件 {path} 已不在原处，看不到原文；读出的内容仍在图谱里")
    document = read_document(path, file)
    read = manifest.files[keys[0]].sha256
    changed = "文件在读过之后改动过，下面是现在的内容" if document.sha256 != read else None
    return Fragment(file, document.sha256, tuple(_around(document, line, printed)), changed)


def _around(document: Document, line: int, printed: str) -> Sequence[FragmentRow]:
    rows = [row for row in document.rows() if not row.is_blank]
    wanted = _letters(printed)
    at = _row_at(rows, line, wanted)
    start = max(0, at - ROWS_AROUND)
    return [
        FragmentRow(row.line, tuple(cell.text for cell in row.cells), _marked(row, wanted if n == at else ""))
        for n, row in enumerate(rows[start : at + ROWS_AROUND + 1], start)
    ]


def _row_at(rows: Sequence[Row], line: int, wanted: str) -> int:
    """The number of the row: of those on the line (a table may stand on one), the one that holds the text."""
    last = next((row.line for row in reversed(rows) if row.line <= line), 0)
    there = [n for n, row in enumerate(rows) if row.line == last]
    holding = (n for n in there if any(wanted in _letters(cell.text) for cell in rows[n].cells))
    return next(holding, there[-1] if there else 0)


def _marked(row: Row, wanted: str) -> frozenset[int]:
    """The cells that hold a text, else the one that has the most of it: a text may go on in the next row."""
    if not wanted:
        return frozenset()
    texts = [_letters(cell.text) for cell in row.cells]
    holding = frozenset(n for n, text in enumerate(texts) if wanted in text)
    if holding:
        return holding
    most, nearest = max((_common(text, wanted), -n) for n, text in enumerate(texts))
    return frozenset([-nearest] if most >= _LEAST_LETTERS else [])


def _common(text: str, wanted: str) -> int:
    """How many letters of a text stand together in another."""
    return SequenceMatcher(None, text, wanted, autojunk=False).find_longest_match().size


def _letters(text: str) -> str:
    """A text without the spaces and line ends that a narrow column leaves in it."""
    return "".join(text.split())
