"""Which parts of a document hold performance targets (绩效目标所在部分)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ingest.cleaning import is_page_number
from ingest.document import Block, Document, Grid, Paragraph, Row
from ingest.form_rows import is_class_row, is_remark
from ingest.forms import is_title
from ingest.header_rows import is_header_row
from ingest.labels import read_class_label, read_heading, split_labelled
from ingest.level_labels import find_level_labels
from ingest.sentence_targets import states_targets
from ingest.stream_cuts import split_header_runs
from ingest.stream_headers import find_headers
from ingest.stream_tokens import rows_to_tokens
from ingest.text_pieces import cut_long_lines
from ontology.turtle import fold_label

CONTEXT_LINES = 8
"""How many lines above a table are read with it: its title, its unit, the unit of its amounts."""

_SHORT_LINE = 80


class SectionKind(StrEnum):
    """How a part is to be read."""

    TABLE = "表格"
    TEXT = "文字"


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the document that holds targets: its kind and its rows, with the lines that introduce it."""

    kind: SectionKind
    rows: tuple[Row, ...]

    @property
    def first_line(self) -> int:
        """Line of the file on which it starts."""
        return self.rows[0].line


def find_target_sections(document: Document) -> Iterator[Section]:
    """Given a document, return the parts that hold targets, in reading order.

    A table holds targets if a row heads the columns of an indicator table or its cells name several
    classes of indicators. Text does if it prints class labels as headings, or the labels 绩效目标： and
    绩效指标：. Short lines before and between such tables belong to them.
    """
    blocks = document.blocks
    at = 0
    while at < len(blocks):
        end = _table_section_end(blocks, at)
        if end > at:
            start = _context_start(blocks, at)
            yield Section(SectionKind.TABLE, tuple(_rows(blocks[start:end])))
            at = end
            continue
        end = _text_run_end(blocks, at)
        if end > at:
            rows = tuple(_rows(blocks[at:end]))
            if text_holds_targets(rows):
                yield Section(SectionKind.TEXT, rows)
            at = end
            continue
        at += 1


def _rows(blocks: Sequence[Block]) -> Iterator[Row]:
    for block in blocks:
        if isinstance(block, Grid):
            yield from block.rows
        else:
            yield block.as_row()


# ---- tables ------------------------------------------------------------------------------------------


def _table_section_end(blocks: Sequence[Block], at: int) -> int:
    """Index behind a run of target tables that starts at `at`; `at` itself where none does."""
    block = blocks[at]
    if not isinstance(block, Grid) or not grid_holds_targets(block):
        return at
    end = at + 1
    while end < len(blocks):
        following = _next_grid(blocks, end)
        if following is None or not _goes_on(blocks, end, following):
            break
        end = following + 1
    return end


def _next_grid(blocks: Sequence[Block], at: int) -> int | None:
    """The next table with at most a few short lines before it."""
    for index in range(at, min(at + CONTEXT_LINES + 1, len(blocks))):
        block = blocks[index]
        if isinstance(block, Grid):
            return index
        if len(block.text.strip()) > _SHORT_LINE:
            return None
    return None


def _goes_on(blocks: Sequence[Block], at: int, following: int) -> bool:
    grid = blocks[following]
    if not isinstance(grid, Grid):
        return False
    if grid_holds_targets(grid):
        return True
    between = [block for block in blocks[at:following] if isinstance(block, Paragraph)]
    classed = any(is_class_row(row) for row in grid.rows)
    passed_over = all(is_page_number(b.text) or (classed and is_remark(b.text)) for b in between)
    return passed_over and not is_other_table(grid)


def grid_holds_targets(grid: Grid) -> bool:
    """Whether a table is (part of) an indicator table."""
    if any(is_header_row(row) for row in grid.rows):
        return True
    seen: set[str] = set()
    for row in grid.rows:
        for cell in row.filled[:4]:
            label = read_class_label(cell.text)
            if label and label.second and fold_label(cell.text).rstrip(")）:：").endswith("指标"):
                seen.add(label.second.id)
        if row.filled and any("产出指标" in cell.text and "效益指标" in cell.text for cell in row.filled):
            return True
    return len(seen) >= 2


def is_other_table(grid: Grid) -> bool:
    """Whether a table begins with headings that are not those of an indicator table (收入 | 支出)."""
    head = grid.rows[0].filled
    short = [cell for cell in head if len(fold_label(cell.text)) <= 12]
    return (
        len(head) >= 2
        and len(short) == len(head)
        and not any(read_class_label(cell.text) or read_heading(cell.text) for cell in head)
    )


def _context_start(blocks: Sequence[Block], at: int) -> int:
    start = at
    while start > 0 and at - start < CONTEXT_LINES:
        block = blocks[start - 1]
        if isinstance(block, Grid):
            return start - 1 if _names_project(block) else start
        if len(block.text.strip()) > _SHORT_LINE:
            break
        start -= 1
    return start


def _names_project(grid: Grid) -> bool:
    """Whether a table without indicators is the upper part of a form: it labels a project's name."""
    labels = [read_heading(cell.text) for row in grid.rows for cell in row.filled]
    return (
        any(label and label.field(column=False) == "project" for label in labels)
        and len(grid.rows) <= CONTEXT_LINES
    )


# ---- text --------------------------------------------------------------------------------------------


def _text_run_end(blocks: Sequence[Block], at: int) -> int:
    """Index behind the lines of text (and tables without targets among them) up to the next target table."""
    end = at
    while end < len(blocks):
        block = blocks[end]
        if isinstance(block, Grid) and grid_holds_targets(block):
            break
        end += 1
    return end


def text_holds_targets(rows: Sequence[Row]) -> bool:
    """Whether lines of text print targets: class labels as headings, labelled goals, column headings."""
    labels = 0
    labelled: set[str] = set()
    for row in cut_long_lines(rows):
        text = "\n".join(cell.text for cell in row.filled)
        if is_title(row):
            continue
        labels += len(find_level_labels(text)) or bool(
            read_class_label(text) and fold_label(text).endswith("指标")
        )
        if re.search(r"(?:产出|效益)指标.{0,40}(?:数量|质量|时效|社会效益|经济效益)指标", text[:4000]):
            labels += 2
        found = split_labelled(text)
        if found and found[1]:
            labelled.add(found[0].field(column=False) or "")
    if labels >= 2 or {"objective", "indicators"} <= labelled:
        return True
    if states_targets("".join(row.text.strip() for row in rows)):
        return True
    return bool(find_headers(split_header_runs(rows_to_tokens(rows))))
