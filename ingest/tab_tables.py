"""Tables with tabs between their cells (制表符分隔的表格), and rows that line ends inside cells have torn."""

from collections import Counter
from collections.abc import Sequence

from ingest.cleaning import is_page_number
from ingest.document import Cell, Row, make_cells
from ingest.forms import is_title
from ingest.labels import NUMBERING, read_class_label, read_heading, split_labelled
from ingest.text_lines import Line

_LOOKAHEAD = 40
"""So many lines of one cell, at the most, stand between two rows of a table."""

_LONG_TEXT = 12
"""A last cell of so many characters may go on over several lines."""

_PARAGRAPH = 100
"""A longer line below a short cell is a paragraph."""

_NARROWEST = 4
"""Only tables of so many columns or more have rows put together by their width."""

Pieces = tuple[Line, list[str]]
"""A line with its cells."""


def take_tab_table(lines: Sequence[Line], at: int) -> tuple[int, list[Row]]:
    """Rows of the table that begins at a line, and where it ends; no rows where none begins there."""
    if not lines[at].tabbed:
        return at + 1, []
    end = at + 1
    while end < len(lines) and (lines[end].tabbed or _goes_on(lines, at, end)):
        end += 1
    width = _fixed_width([*_page_before(lines, at), *lines[at:end]])
    return end, _to_rows(lines[at:end], width)


def _page_before(lines: Sequence[Line], at: int) -> Sequence[Line]:
    """The last lines of the page before, if a page number stands right before a line."""
    end = at
    while end > 0 and is_page_number(lines[end - 1].text):
        end -= 1
    return lines[max(0, end - _LOOKAHEAD) : end] if end < at else []


def append_to_last_cell(row: Row, more: Sequence[str]) -> Row:
    """The row with further lines in its last printed cell."""
    if not more:
        return row
    index = max((i for i, cell in enumerate(row.cells) if not cell.is_blank), default=0)
    last = row.cells[index]
    joined = Cell("\n".join([last.text, *more]), last.line, last.column)
    return row.with_cells((*row.cells[:index], joined, *row.cells[index + 1 :]))


def next_row(lines: Sequence[Line], at: int) -> Line | None:
    """The next line that a gap or a tab sets apart from the text of a cell; None where none is near."""
    return next((line for line in lines[at : at + _LOOKAHEAD] if line.after_gap or line.tabbed), None)


def _goes_on(lines: Sequence[Line], start: int, at: int) -> bool:
    """Whether a line without tabs right below a row belongs to the table.

    It does where the last cell above has begun a long text, or goes on already, or where the table
    goes on below without a gap.
    """
    above = lines[at - 1]
    beside = is_page_number(lines[at].text) or _stands_alone(lines[at], above)
    if lines[at].after_gap or not above.text.strip() or beside:
        return False
    if not above.tabbed or len(above.text.strip("\t").split("\t")[-1]) >= _LONG_TEXT:
        return True
    following = next_row(lines, at)
    return following is not None and following.tabbed and not following.after_gap


def _stands_alone(line: Line, above: Line) -> bool:
    """Whether a line below a table is no part of its last cell: a title, a labelled line, a paragraph."""
    text = line.text.strip()
    if is_title(Row((Cell(text, line.number, 0),), line.number)) or split_labelled(text):
        return True
    last = above.text.strip("\t").split("\t")[-1]
    return len(text) > max(_PARAGRAPH, 3 * len(last)) and NUMBERING.match(text) is None


def _to_rows(lines: Sequence[Line], width: int | None) -> list[Row]:
    rows: list[Row] = []
    pending: list[Line] = []
    at = 0
    while at < len(lines):
        if not lines[at].tabbed:
            pending.append(lines[at])
            at += 1
            continue
        taken, cells = _take_torn_row(lines, at, width)
        pending, beginning = _split_pending(pending, cells[0].text)
        if rows:
            rows[-1] = append_to_last_cell(rows[-1], [line.text for line in pending])
        if beginning:
            first = "\n".join([*(line.text for line in beginning), cells[0].text])
            cells = [Cell(first, beginning[0].number, 0), *cells[1:]]
        gap = (beginning[0] if beginning else lines[at]).after_gap
        rows.append(Row(tuple(cells), cells[0].line, gap_before=gap))
        pending = []
        at += taken
    rows[-1] = append_to_last_cell(rows[-1], [line.text for line in pending])
    return rows


def _fixed_width(lines: Sequence[Line]) -> int | None:
    """How many cells nearly every row has; None where the rows differ."""
    widths = Counter(line.text.count("\t") + 1 for line in lines if line.tabbed)
    width, rows = widths.most_common(1)[0]
    return width if width >= _NARROWEST and rows * 5 >= widths.total() * 3 and width == max(widths) else None


def _take_torn_row(lines: Sequence[Line], at: int, width: int | None) -> tuple[int, list[Cell]]:
    """How many lines make one row, and its cells: parts that add up to the table's width are one row."""
    cells = list(make_cells(lines[at].text.split("\t"), lines[at].number))
    whole, taken = list(cells), 1
    while width is not None and len(whole) < width and at + taken < len(lines):
        line = lines[at + taken]
        first, *others = line.text.split("\t")
        last = whole[-1]
        if line.after_gap or not _is_rest(last.text, first):
            break
        whole[-1] = Cell(f"{last.text}\n{first}" if last.text.strip() else first, last.line, last.column)
        whole += [Cell(text, line.number, len(whole) + i) for i, text in enumerate(others)]
        taken += 1
    return (taken, whole) if len(whole) == width else (1, cells)


def _is_rest(text: str, following: str) -> bool:
    """Whether a line's first cell may go on a cell above: it prints something, and is no label of its own."""
    label = read_heading(following) or read_class_label(following)
    joined = f"{text.strip()}{following.strip()}"
    whole = text.strip() and (read_heading(joined) or read_class_label(joined))
    return bool(following.strip()) and (not label or bool(whole))


def _split_pending(pending: Sequence[Line], first_cell: str) -> tuple[list[Line], list[Line]]:
    """Lines between two rows: those that end the row above, and those that begin the label of the next."""
    for start in range(len(pending)):
        label = "".join(line.text.strip() for line in pending[start:]) + first_cell
        if first_cell.strip() and (read_heading(label) or read_class_label(label)):
            return list(pending[:start]), list(pending[start:])
    return list(pending), []
