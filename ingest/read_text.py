"""Text files (.txt, .md) become documents (文本文件)."""

import hashlib
from pathlib import Path

from ingest.document import Cell, Document, Grid, Row
from ingest.encoding import decode_text
from ingest.html_grid import has_tags, lines_to_cell, strip_tags
from ingest.text_blocks import lines_to_blocks
from ingest.text_lines import text_to_lines
from ontology.errors import DocumentError, os_reason


def read_text_file(path: Path, name: str) -> Document:
    """Read one text disclosure, to be called `name`; raises DocumentError where that is not possible."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DocumentError(f"文件 {name} 无法读取（{os_reason(error)}）；请检查路径和权限") from error
    return bytes_to_document(data, file=name)


def bytes_to_document(data: bytes, *, file: str) -> Document:
    """Given the bytes of a text file, return its document."""
    decoded = decode_text(data, file=file)
    blocks = tuple(
        Grid(block.number, tuple(_without_tags(row) for row in block.rows))
        if isinstance(block, Grid)
        else block
        for block in lines_to_blocks(text_to_lines(decoded.text))
    )
    return Document(
        file=file,
        sha256=hashlib.sha256(data).hexdigest(),
        blocks=blocks,
        encoding=decoded.encoding,
        remarks=decoded.remarks,
    )


def _without_tags(row: Row) -> Row:
    return row.with_cells(
        tuple(_cell_without_tags(cell) if has_tags(cell.text) else cell for cell in row.cells)
    )


def _cell_without_tags(cell: Cell) -> Cell:
    lines = [(cell.line_of(index), text) for index, text in strip_tags(cell.text)]
    return lines_to_cell(lines, cell.line, cell.column)
