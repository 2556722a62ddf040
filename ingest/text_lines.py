"""The lines of a text file (文本行), with the gaps between them."""

import re
import unicodedata
from dataclasses import dataclass

_PAGE_BREAK = "\f"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file, numbered from 1; `after_gap` where a blank line or page break precedes."""

    number: int
    text: str
    after_gap: bool

    @property
    def cell_like(self) -> bool:
        """Whether it is one cell of a cell-a-line table: a tab, then text without tabs."""
        return self.text.startswith("\t") and "\t" not in self.text[1:].rstrip("\t")

    @property
    def tabbed(self) -> bool:
        """Whether tabs part it into cells."""
        return "\t" in self.text

    @property
    def barred(self) -> bool:
        """Whether bars part it into cells."""
        bars = self.text.count("|") + self.text.count("｜")
        return bars >= 2 or (bars == 1 and bool(re.search(r"\S\s*[|｜]\s*(\S|$)", self.text)))


def width_of(text: str) -> int:
    """How wide a text is printed, in columns of half width: a Chinese letter takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def text_to_lines(text: str) -> list[Line]:
    """Given a file's text, return its lines that are not blank, knowing the gaps between them."""
    lines: list[Line] = []
    gap = False
    for number, raw in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), start=1):
        printed = raw.replace(_PAGE_BREAK, "")
        if _PAGE_BREAK in raw:
            gap = True
        if not printed.strip(" \u3000\xa0") or (not printed.strip() and printed.count("\t") != 1):
            gap = True
            continue
        lines.append(Line(number, printed, gap))
        gap = False
    return lines
