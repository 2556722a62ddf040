"""The stretch of a file round a printed string (出处片段): rows as printed, the cell marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.workspace import read_workspace
from ingest.cleaning import join_lines
from ingest.document import Cell, Document, Row
from ingest.reading import read_document
from ontology.errors import WorkspaceError

ROWS_AROUND = 4
_LEAST_LETTERS = 1


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
    at = next((n for n in reversed(range(len(rows))) if rows[n].line <= line), 0)
    return [
        _fragment_row(row, printed if place == at else "")
        for place, row in enumerate(
            rows[max(0, at - ROWS_AROUND) : at + ROWS_AROUND + 1], max(0, at - ROWS_AROUND)
        )
    ]


def _fragment_row(row: Row, printed: str) -> FragmentRow:
    wanted = join_lines(printed)
    marked = frozenset(n for n, cell in enumerate(row.cells) if _holds(cell, wanted))
    return FragmentRow(row.line, tuple(cell.text for cell in row.cells), marked)


def _holds(cell: Cell, wanted: str) -> bool:
    return len(wanted) >= _LEAST_LETTERS and wanted in join_lines(cell.text)
