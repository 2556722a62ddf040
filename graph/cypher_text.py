"""Cypher as people write it (查询文本): its tokens, and a form that an engine of ASCII names takes.

Neo4j takes Chinese names of variables, aliases and parameters; the embedded engine does not. They are
given ASCII names before it reads the text, and what it answers is given back the names that were written.
Strings are never touched.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""(?P<string>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")
    |(?P<line_comment>//[^\r\n]*)|(?P<comment>/\*.*?\*/)
    |`(?P<quoted>(?:[^`]|``)*)`|(?P<word>[^\W\d]\w*)|(?P<number>\d\w*)
    |(?P<space>\s+)|(?P<mark>\.\.|.)""",
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a text: `name` is what a word or a quoted name names, None for everything else."""

    kind: str
    text: str
    start: int
    name: str | None

    @property
    def end(self) -> int:
        """Where the next token begins."""
        return self.start + len(self.text)


def tokens(text: str) -> Iterator[Token]:
    """The pieces of a Cypher text, all of it, in order."""
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "mark"
        name = match["word"] or (match["quoted"] or "").replace("``", "`") or None
        yield Token(kind, match[0], match.start(), name)


def spoken(text: str) -> list[Token]:
    """The pieces that say something: without space and comments."""
    return [token for token in tokens(text) if token.kind not in ("space", "comment", "line_comment")]


@dataclass(frozen=True, slots=True)
class AsciiText:
    """A Cypher text whose names are ASCII where the engine asks for it.

    `written` has the names as written by those in `text`; `moved` says from which offset of `text` on how
    many characters were put in.
    """

    text: str
    written: dict[str, str]
    moved: tuple[tuple[int, int], ...]

    def parameter(self, name: str) -> str:
        """What a parameter is called in the text."""
        return name if name.isascii() else _ascii_name(name)

    def restore(self, text: str) -> str:
        """A column's name or a message, with the names as they were written."""
        # The longest first: the name of 单 begins the name of 单位.
        for ours in sorted(self.written, key=len, reverse=True):
            text = text.replace(ours, self.written[ours])
        return text

    def place(self, offset: int) -> tuple[int, int]:
        """The line and column (from 1) of a place of the text in what was written."""
        line_start = self.text.rfind("\n", 0, offset) + 1
        added = sum(count for start, count in self.moved if line_start < start <= offset)
        return self.text.count("\n", 0, offset) + 1, offset - line_start - added + 1

    def place_in_line(self, line: int, column: int) -> tuple[int, int]:
        """The same for a place that is told by line and column."""
        before = self.text.split("\n")[: line - 1]
        return self.place(sum(len(part) + 1 for part in before) + column - 1)


def to_ascii(text: str) -> AsciiText:
    """Given a Cypher text, return it for an engine that takes ASCII names only, and no block comments.

    Names of what is inside maps (键 in `{键: 1}`, `m.键`) stay, in backticks: parameters bring such maps.

    >>> to_ascii("MATCH (u:BudgetUnit) RETURN u.name AS 单位").text
    'MATCH (u:BudgetUnit) RETURN u.name AS u_e58d95e4bd8d'
    """
    said = {token.start: number for number, token in enumerate(spoken(text))}
    around = ["", *(token.text for token in spoken(text)), ""]
    parts: list[str] = []
    written: dict[str, str] = {}
    moved: list[tuple[int, int]] = []
    length = 0
    for token in tokens(text):
        part = token.text
        if token.kind == "comment":
            part = re.sub(r"[^\n]", " ", token.text)
        elif token.name is not None and not token.name.isascii():
            number = said[token.start]
            is_key = around[number] == "." or (around[number] in ("{", ",") and around[number + 2] == ":")
            part = _quoted(token.name) if is_key else _ascii_name(token.name)
            written[part] = token.name
        length += len(part)
        if len(part) != len(token.text):
            moved.append((length, len(part) - len(token.text)))
        parts.append(part)
    return AsciiText("".join(parts), written, tuple(moved))


def _ascii_name(name: str) -> str:
    return f"u_{name.encode().hex()}"


def _quoted(name: str) -> str:
    doubled = name.replace("`", "``")
    return f"`{doubled}`"
