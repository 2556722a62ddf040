"""How much is still read when the tables of the examples lose their grid.

    python benchmarks/layouts.py [--misses LAYOUT]

Each table of the examples is printed anew in ten layouts, as converters and web pages leave them: bars,
a cell a line, one line for all, nothing between the cells. What is read is compared with the same
expectations, made by hand: an indicator is right if its classes, name and value are. What a layout
truly loses (which cell belonged to which project in a turned table) counts as missed.
"""

import argparse
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from rich.console import Console
from rich.table import Table

from app.pipeline import interpret_reading
from app.records_json import disclosure_to_json
from ingest.document import Document, Grid
from ingest.read_text import bytes_to_document, read_text_file
from ingest.reading import read_targets

EXAMPLES = Path(__file__).parents[1] / "examples"

Key = tuple[str | None, ...]
Cells = list[list[str]]


def _filled(rows: Cells) -> Iterator[list[str]]:
    return (cells for row in rows if (cells := [cell for cell in row if cell]))


LAYOUTS: dict[str, Callable[[Cells], str]] = {
    "tabs": lambda rows: "\n".join("\t".join(row) for row in rows),
    "bars": lambda rows: "\n".join(f"| {' | '.join(row)} |" for row in rows),
    "bars, empty cells lost": lambda rows: "\n".join(f"{' | '.join(row)} |" for row in _filled(rows)),
    "cell and bar a line": lambda rows: "\n".join(
        f"{cell} |" if cell else "|" for row in rows if any(row) for cell in row
    ),
    "cell a line": lambda rows: "\n".join(cell for row in _filled(rows) for cell in row),
    "cell a line, blank lines": lambda rows: "\n\n".join(cell for row in _filled(rows) for cell in row),
    "row a line, spaces": lambda rows: "\n".join(" ".join(row) for row in _filled(rows)),
    "one line, spaces": lambda rows: " ".join(cell for row in _filled(rows) for cell in row),
    "row a line, nothing between": lambda rows: "\n".join(
        "".join(row).replace(" ", "") for row in _filled(rows)
    ),
    "one line, nothing between": lambda rows: "".join("".join(row).replace(" ", "") for row in _filled(rows)),
}
"""How a table's rows are printed."""
CHINESE = dict(
    zip(
        LAYOUTS,
        (
            "制表符", "竖线", "竖线，空格子丢失", "格子和竖线一行", "一格一行", "一格一行，中间空行",
            "一行一行，以空格隔开", "连成一行，以空格隔开", "一行一行，什么都不剩", "连成一行，什么都不剩",
        ),
        strict=True,
    )
)  # fmt: skip


def main() -> None:
    """Print precision, recall and F1 of each layout; with `--misses`, what one layout gets wrong."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--misses", choices=LAYOUTS, metavar="LAYOUT")
    shown = parser.parse_args().misses
    table = Table("版式", "查准率", "查全率", "F1")
    for layout in LAYOUTS:
        right, found, stated = score_layout(layout)
        f1 = 2 * right / (found + stated)
        name = f"{CHINESE[layout]}（{layout}）"
        table.add_row(name, f"{right / found:.3f}", f"{right / stated:.3f}", f"{f1:.3f}")
    Console().print(table)
    for name, missed, extra in differences(shown) if shown else ():
        Console().print(f"{name}：漏 {missed} 条，多 {extra} 条")


def score_layout(layout: str) -> tuple[int, int, int]:
    """How many indicators are right, found, and stated, over all examples that hold a table."""
    right = found = stated = 0
    for _, wanted, read in compare(layout):
        right += (wanted & read).total()
        found += read.total()
        stated += wanted.total()
    return right, found, stated


def differences(layout: str) -> Iterator[tuple[str, int, int]]:
    """For each example that is not read whole: how many indicators are missed, and how many too many."""
    for name, wanted, read in compare(layout):
        if wanted != read:
            yield name, (wanted - read).total(), (read - wanted).total()


def compare(layout: str) -> Iterator[tuple[str, Counter[Key], Counter[Key]]]:
    """For each example with a table: its stem, the indicators stated, and those read from the layout."""
    for path in sorted(path for path in EXAMPLES.iterdir() if path.suffix in (".txt", ".md")):
        document = read_text_file(path, path.name)
        if any(isinstance(block, Grid) for block in document.blocks):
            expected = json.loads((EXAMPLES / "expected" / f"{path.stem}.json").read_text("utf-8"))
            data = printed_anew(document, LAYOUTS[layout]).encode()
            reading = read_targets(bytes_to_document(data, file=path.name))
            read = disclosure_to_json(interpret_reading(reading))
            yield path.stem, _indicators(expected), _indicators(read)


def printed_anew(document: Document, layout: Callable[[Cells], str]) -> str:
    """The document's text with its tables in a layout, each cell on one line."""
    parts = []
    for block in document.blocks:
        if isinstance(block, Grid):
            parts.append(layout([[_one_line(cell.text) for cell in row.cells] for row in block.rows]))
        else:
            parts.append(block.text)
    return "\n".join(parts)


def _one_line(text: str) -> str:
    return re.sub(r"\s*\n\s*", "", text).strip()


def _indicators(disclosure: dict[str, list[dict[str, list[dict[str, str | None]]]]]) -> Counter[Key]:
    return Counter(
        tuple(_folded(item[part]) for part in ("category", "subcategory", "name", "printed_value"))
        for target in disclosure["targets"]
        for item in target["indicators"]
    )


def _folded(text: str | None) -> str | None:
    if text is None:
        return None
    return "".join(unicodedata.normalize("NFKC", text).split()).strip("。.;,:!?")


if __name__ == "__main__":
    main()
