"""What the terminal shows (终端): tables, progress, and user text that is never taken for markup."""

import csv
import io
import json
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

_PIPED_WIDTH = 160
"""Columns of a table that goes into a file or another program, where no terminal says how wide it is."""
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_HALVES = re.compile(r"[\ud800-\udfff]")
_FORMULA = re.compile(r"[=+\-@\t\r\n]")
_BLANKS = " \u00a0\u3000\u200b\ufeff"
"""Blanks that a spreadsheet may take away before it looks whether a cell is a formula."""
_NAME_SHOWN, _BAR_WIDTH, _FIGURES_WIDTH = 40, 20, 60
"""Columns of the terminal: for a file name at most, for the bar, and for all but the name."""
_WHOLE_RATE = 10
"""From so many files a second on, tenths say nothing."""
_GAP = 3
"""Columns between two columns of a table."""
_WORD = re.compile(r"[!-~]+")
_WORD_KEPT = 30
"""A word so long is broken nevertheless (a hash, an address)."""


class _Console(Console):
    """A console that leaves it to the command what happens when its reader has gone."""

    def on_broken_pipe(self) -> None:
        """Say so to the caller, where rich would leave the program with status 1."""
        raise BrokenPipeError


def make_console(*, stderr: bool = False) -> Console:
    """A console on standard output or standard error, as it stands now."""
    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else _PIPED_WIDTH
    return _Console(file=stream, width=width, highlight=False, markup=False, emoji=False, soft_wrap=False)


def say(text: str, *, stderr: bool = False, style: str | None = None) -> None:
    """Print a line, as long as it is; control characters in it are shown as �."""
    make_console(stderr=stderr).print(plain(text), style=style, soft_wrap=True)


def whole(text: str) -> str:
    """A text that can be written as UTF-8: half of a pair of code units is shown as �."""
    return _HALVES.sub("\ufffd", text)


def plain(text: str) -> str:
    """A text that cannot steer the terminal."""
    return _CONTROLS.sub("\ufffd", text)


def print_table(
    headings: Sequence[str], rows: Iterable[Sequence[object]], *, numbers: Iterable[int] = ()
) -> None:
    """Print rows under headings; the columns at `numbers` (from 0) are set right.

    Where the terminal is too narrow for the headings and file names, each row is listed down the page.
    """
    console = make_console()
    heads = [plain(heading) for heading in headings]
    cells = [[plain(shown(value)) for value in row] for row in rows]
    widths = column_widths(heads, cells, console.width - _GAP * (len(heads) - 1))
    if widths is None:
        _print_records(console, heads, cells)
        return
    right = set(numbers)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for column, (heading, width) in enumerate(zip(heads, widths, strict=True)):
        justify: Literal["right", "left"] = "right" if column in right else "left"
        table.add_column(Text(heading), justify=justify, overflow="fold", width=width)
    for row in cells:
        table.add_row(*map(Text, row))
    console.print(table)


def column_widths(heads: Sequence[str], rows: Sequence[Sequence[str]], room: int) -> list[int] | None:
    """How wide each column may be in so much room without a cut heading or word; None where it is too little.

    Chinese may be broken anywhere, so only the longest word without spaces and Chinese asks for its width.
    """
    columns = [[head, *(row[number] for row in rows)] for number, head in enumerate(heads)]
    full = [max(cell_len(line) for text in column for line in text.split("\n")) for column in columns]
    least = [
        max(cell_len(column[0]), *(min(len(word), _WORD_KEPT) for text in column for word in _words(text)))
        for column in columns
    ]
    spare = room - sum(least)
    if spare < 0:
        return None
    widths = list(least)
    # The columns that want least get it first; what is left goes to the long ones in equal parts.
    wanting = sorted(range(len(full)), key=lambda number: full[number] - least[number])
    for position, number in enumerate(wanting):
        given = min(full[number] - least[number], spare // (len(wanting) - position))
        widths[number] += given
        spare -= given
    return widths


def _words(text: str) -> list[str]:
    return ["", *_WORD.findall(text)]


def _print_records(console: Console, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print each row as lines of heading and value."""
    width = max(cell_len(head) for head in heads)
    for number, row in enumerate(rows, start=1):
        console.print(Text(f"── {number} ──", style="bold"))
        for head, cell in zip(heads, row, strict=True):
            console.print(Text(f"{head}{' ' * (width - cell_len(head))}  {cell}"), soft_wrap=True)


def shown(value: object) -> str:
    """A value as a person reads it; nothing for None, lists and maps as JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)


def to_csv(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Rows as CSV text, in which a spreadsheet never takes a text for a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([_csv_cell(heading) for heading in headings])
    writer.writerows([_csv_cell(value) for value in row] for row in rows)
    return text.getvalue()


def track_files(names: Sequence[str]) -> Iterator[str]:
    """Go through file names with a progress bar on standard error, where that is a terminal."""
    console = make_console(stderr=True)
    columns = (
        TextColumn("读取"),
        BarColumn(_BAR_WIDTH),
        MofNCompleteColumn(),
        RateColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[name]}", markup=False),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=len(names), name="")
        for name in names:
            progress.update(task, name=_cut(plain(Path(name).name), console.width - _FIGURES_WIDTH))
            yield name
            progress.advance(task)


def _cut(text: str, cells: int) -> str:
    """As much of a text as fits: with a name too long, the terminal would leave out the figures instead."""
    cut = Text(text)
    cut.truncate(max(1, min(cells, _NAME_SHOWN)), overflow="ellipsis")
    return cut.plain


class RateColumn(ProgressColumn):
    """How many files are done in a second; nothing where that is not known yet."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        if speed is None:
            return Text("")
        return Text(f"{speed:.0f} 份/秒" if speed >= _WHOLE_RATE else f"{speed:.2g} 份/秒")


def _csv_cell(value: object) -> str:
    text = whole(shown(value))
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return text
    # A Chinese or Japanese Excel takes ＝ for =, too.
    first = unicodedata.normalize("NFKC", text.lstrip(_BLANKS)[:1])
    return f"'{text}" if _FORMULA.match(first) else text
