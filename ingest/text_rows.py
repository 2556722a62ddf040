"""Flat tables as text, a project a row, all its classes as text in the last cell (文本中的一行一项目).

Where such a table lost its grid, its rows are lines of text, or one line holds them all. The headings
tell what stands before the classes; the serial numbers tell where rows begin.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from ingest.cleaning import is_page_number
from ingest.document import Row
from ingest.draft import DraftTarget
from ingest.form_fields import parse_amount
from ingest.joined_lines import JoinedLines, LineCounts
from ingest.labels import HeadingLabel, money_unit_of_line, read_heading
from ingest.level_labels import find_level_labels, looks_like_target
from ingest.project_names import clean_project
from ingest.sentence_targets import read_levels
from ontology.headings import heading_labels
from ontology.model import Source, TargetScope

_SERIAL = re.compile(r"(?:^|(?<=[。；;\s]))(?P<number>\d{1,3})\s*(?=[\u4e00-\u9fff])")
_TOTAL = re.compile(r"\s*(?:合计|总计)\s*[\d,，.]*\s*$")
_LEAST_HEADINGS = 3
_LEAST_LABELS = 2
_CELLS = {
    "project": r"(?P<project>\S+)",
    "budget": r"(?P<budget>[\d,，]+(?:\.\d+)?)",
    "objective": r"(?P<objective>.+?)",
}
"""How the cells before the classes are printed, between spaces; of the others, none holds a space."""

_TOLD_APART = (["project"], ["project", "budget"], ["project", "budget", "objective"])
"""Columns whose cells can be told apart also where nothing stands between them."""

Heads = tuple[list[HeadingLabel], str]
"""The headings on a line, and what stands behind them."""


def read_text_rows(rows: Sequence[Row]) -> tuple[list[DraftTarget], LineCounts]:
    """Given lines of text, return the targets stated in rows among them, and the lines used."""
    targets: list[DraftTarget] = []
    counts = LineCounts()
    for columns, lines, money in _tables(rows):
        for start, end in _entries(lines.text):
            read = list(_read_entry(columns, lines, (start, end), money, counts))
            targets.extend(read)
            if not read and looks_like_target(lines.text[start:end]):
                counts.unread.append((lines.row_at(start), lines.text[start:end]))
    # A line that gave nothing at all is left to others.
    counts.unread = [(row, text) for row, text in counts.unread if row.line in counts.by_line]
    return targets, counts


def _tables(rows: Sequence[Row]) -> Iterator[tuple[list[HeadingLabel], JoinedLines, str]]:
    """The headings of each table, and the lines below them, without headings printed anew."""
    columns: list[HeadingLabel] = []
    lines, money, said = JoinedLines(), "", ""
    for row in rows:
        said = row.text if money_unit_of_line(row.text) else said
        heads = _headings(row.text) if row.table is None else None
        if heads is None:
            if columns and row.table is None and not is_page_number(row.text):
                # A row begins with its number; any other line goes on where the page wrapped the one above.
                lines.add(row, between=" " if row.text.strip()[:1].isdigit() else "")
            continue
        if [h.headings for h in heads[0]] != [h.headings for h in columns]:
            if lines.rows:
                yield columns, lines, money
            columns, lines, money = heads[0], JoinedLines(), said
        if heads[1]:
            lines.add(row, heads[1], between=" ")
    if lines.rows:
        yield columns, lines, money


def _headings(text: str) -> Heads | None:
    """The headings that a line begins with, where they are of such a table: a project, and its indicators."""
    pieces = _pieces(text)
    found: list[HeadingLabel] = []
    unknown = 0
    for index, piece in enumerate(pieces):
        label = read_heading(piece)
        if label is None or label.field(column=True) is None:
            # The first heading may be one that nobody knows (编码).
            if index == 0 and len(piece) <= _LEAST_HEADINGS:
                unknown = 1
                continue
            break
        found.append(label)
    fields = [label.field(column=True) for label in found]
    if len(fields) < _LEAST_HEADINGS or "project" not in fields or fields[-1] != "indicators":
        return None
    return found, " ".join(pieces[unknown + len(found) :])


def _pieces(text: str) -> list[str]:
    """What stands between spaces, or, where the first headings ran together, the headings and the rest."""
    pieces = text.split()
    if not pieces or read_heading(pieces[0]) or len(pieces[0]) <= _LEAST_HEADINGS:
        return pieces
    run, at = [], 0
    while match := _heading().match(pieces[0], at):
        run.append(match.group())
        at = match.end()
    return [*run, *(piece for piece in (pieces[0][at:], *pieces[1:]) if piece)]


@cache
def _heading() -> re.Pattern[str]:
    labels = "|".join(re.escape(label) for label in heading_labels() if len(label) > 1)
    return re.compile(rf"(?:{labels})(?:[（(][^（）()]{{1,6}}[）)])?")


def _entries(text: str) -> Iterator[tuple[int, int]]:
    """Where each row begins and ends: serial numbers in their order, each with classes behind it."""
    starts = []
    number = None
    for match in _SERIAL.finditer(text):
        if number is None or int(match["number"]) == number + 1:
            following = text[match.end() :]
            if number is not None or find_level_labels(following[:2000]):
                starts.append(match.start("number"))
                number = int(match["number"])
    yield from pairwise([*starts, len(text)])


def _read_entry(
    columns: Sequence[HeadingLabel],
    lines: JoinedLines,
    place: tuple[int, int],
    money: str,
    counts: LineCounts,
) -> Iterator[DraftTarget]:
    start, end = place
    text = _TOTAL.sub("", lines.text[start:end])
    labels = find_level_labels(text)
    before = text[: labels[0].start].strip() if labels else ""
    said = _read_cells(columns, before)
    if said is None or len(labels) < _LEAST_LABELS:
        return
    row = lines.row_at(start)
    target = DraftTarget(scope=TargetScope.PROJECT, line=row.line)
    target.project = clean_project(said["project"])
    target.objective = said.get("objective")
    unit = next((label.money_unit for label in columns if label.money_unit), None)
    if said.get("budget"):
        target.budget = parse_amount(said["budget"], unit or money_unit_of_line(money))
    for field in ("project", "budget", "objective"):
        if said.get(field):
            target.sources.append(Source(field=field, printed=said[field], line=row.line))
    read_levels(lines, start + labels[0].start, start + len(text), target)
    counts.add(lines, start, start + len(text), [i.sources[0].line for i in target.indicators])
    yield target


def _read_cells(columns: Sequence[HeadingLabel], before: str) -> dict[str, str] | None:
    """What the cells before the classes say; None where nobody can tell where one ends."""
    fields = [str(label.field(column=True)) for label in columns[:-1] if label.field(column=True) != "serial"]
    spaced = re.compile(r"\d{1,3}\s+" + r"\s+".join(_CELLS.get(field, r"\S+?") for field in fields))
    match = spaced.fullmatch(before)
    if match is None and fields in _TOLD_APART:
        # With nothing between them, a name ends where its amount begins.
        cells = _CELLS | {"project": r"(?P<project>\D{2,60}?)"}
        match = re.fullmatch(r"\d{1,3}" + "".join(cells[field] for field in fields), before)
    return match.groupdict() if match else None
