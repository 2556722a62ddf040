"""Text without a grid becomes tokens (词块): pieces between spaces, bars and line ends, and known labels.

Where a form was flattened, cells have run together. Labels that the ontology knows are cut out of the
run; inside what is left, places where a value may begin or end become cuts that cost nothing to close
again. Every token knows how strong the break before it is.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from ingest.cleaning import close_gaps, is_page_number
from ingest.document import Row
from ingest.labels import read_class_label, read_heading
from ingest.repair import label_endings
from ingest.text_pieces import without_page_marks
from ontology.turtle import fold_label


class Break(IntEnum):
    """How strongly two tokens are parted."""

    FUSED = 0
    """Nothing printed between them: a cut that may be closed again."""
    SPACE = 1
    CELL = 2
    LINE = 3


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of text with its place (line, row of the file's table) and the break before it."""

    text: str
    line: int
    gap: Break
    row: Row
    column: int


_PROOF_LINES = 20
_NUMBER_ALONE = re.compile(r"(?:指标|目标)\d{1,2}[:：.、]?")
_SPACED_LETTERS = re.compile(r"(?<!\S)(?:[\u4e00-\u9fff][ \t\u3000\xa0]+){2,}[\u4e00-\u9fff](?![^\s:：（(])")
_SPACED_DATE = re.compile(
    r"(?:20\d\d[ \u3000\xa0]*年[ \u3000\xa0]*)?\d{1,2}[ \u3000\xa0]*月[ \u3000\xa0]*"
    r"(?:\d{1,2}[ \u3000\xa0]*[日号]|[底末初中](?:[ \u3000\xa0]*旬)?)(?:[ \u3000\xa0]*(?:之?前|以前))?"
    r"|20\d\d[ \u3000\xa0]+年(?:[ \u3000\xa0]*\d{1,2}[ \u3000\xa0]*月(?![ \u3000\xa0]*\d))?"
)
"""A date with spaces around its numbers, as justified text prints it."""

_SPACES = re.compile(r"(?<![（( \t\u3000\xa0])[ \t\u3000\xa0]++(?![）)])")
"""Spaces that part pieces: not those right inside brackets (( ≥**个 ))."""


def rows_to_tokens(rows: Sequence[Row], *, close_spaces: bool = False) -> list[Token]:
    """Given rows of text or of a broken table, return their tokens in reading order.

    With `close_spaces`, a space between Chinese letters parts nothing.
    """
    tokens: list[Token] = []
    parted = _are_cells_parted(rows)
    unmarked, marked = without_page_marks(rows)
    for index, row in enumerate(unmarked):
        if is_page_number(row.text):
            continue
        # Where blank lines part the cells, a line without one goes on the line above.
        goes_on = parted and row.table is None and not row.gap_before
        gap = Break.SPACE if goes_on else Break.LINE
        if index in marked[1:]:
            # A preview's page may end inside a word.
            gap = Break.FUSED
        for cell in row.filled:
            text = close_gaps(cell.text) if close_spaces else _close_inside_words(cell.text.strip())
            pieces = map(close_gaps, _SPACES.split(text)) if row.table is None else [fold_lines(text)]
            for place, piece in enumerate(_with_numbers(pieces)):
                if piece:
                    tokens.append(
                        Token(piece, cell.line, gap if place == 0 else Break.SPACE, row, cell.column)
                    )
                    gap = Break.CELL
    return tokens


def _close_inside_words(text: str) -> str:
    """Labels whose letters were spaced out, and dates (2023 年 9 月), without the spaces inside."""
    joined = _SPACED_LETTERS.sub(_join_label, text)
    return _SPACED_DATE.sub(lambda date: "".join(date.group().split()), joined)


def _join_label(match: re.Match[str]) -> str:
    """A label whose letters were spaced out to fill the line (项 目 名 称)."""
    joined = re.sub(r"\s+", "", match.group())
    return joined if read_heading(joined) or read_class_label(joined) else match.group()


def _with_numbers(pieces: Iterable[str]) -> Iterator[str]:
    """Pieces of a line, a number alone (指标1) with the name behind it."""
    number = ""
    for piece in pieces:
        if _NUMBER_ALONE.fullmatch(piece):
            number = piece
        else:
            yield number + piece
            number = ""
    if number:
        yield number


def _are_cells_parted(rows: Sequence[Row]) -> bool:
    """Whether nearly every line of text has a blank line before it."""
    lines = [row for row in rows if row.table is None]
    return len(lines) >= _PROOF_LINES and sum(row.gap_before for row in lines) * 10 >= len(lines) * 7


def fold_lines(text: str) -> str:
    """The lines of a cell as one."""
    return re.sub(r"\s*\n\s*", "", text)


PIECE_REACH = 8
"""How many tokens further on the rest of a label may stand."""


def rejoin_label_pieces(tokens: Sequence[Token], *, cell_a_line: bool = False) -> list[Token]:
    """Put class labels together whose lines stand above and below the row they label (可持续影 … 响指标).

    A narrow merged cell prints its label over several lines, and the text of the row comes in
    between. Each piece stands alone on its line, or first on the row's.
    """
    result = list(tokens)
    for index in range(len(result)):
        token = result[index]
        whole = cell_a_line and read_class_label(token.text) is not None
        ends_line = index + 1 < len(result) and result[index + 1].gap == Break.LINE
        behind_label = token.gap == Break.SPACE and index > 0 and read_class_label(result[index - 1].text)
        if token.text and (token.gap == Break.LINE or (ends_line and behind_label)) and not whole:
            pieces = _missing_pieces(result, index)
            if pieces:
                result[index] = replace(token, text=token.text + "".join(result[i].text for i in pieces))
                for i in pieces:
                    result[i] = replace(result[i], text="")
    return [token for token in result if token.text]


def _missing_pieces(tokens: Sequence[Token], index: int) -> list[int]:
    """The tokens further on that complete a label begun at `index`; [] where it is whole or none."""
    beginning = fold_label(tokens[index].text)
    if not 1 < len(beginning) <= 8 or beginning.endswith("指标"):
        return []
    whole = read_class_label(beginning)
    for ending in sorted(label_endings().get(beginning, ()), key=lambda e: (not e.endswith("指标"), -len(e))):
        if whole and read_class_label(ending):
            continue
        found = _collect(tokens, index + 1, ending)
        if found:
            return found
    return []


def _collect(tokens: Sequence[Token], start: int, wanted: str) -> list[int]:
    found: list[int] = []
    for at in range(start, min(start + PIECE_REACH, len(tokens))):
        text = fold_label(tokens[at].text)
        alone = tokens[at].gap == Break.LINE and (at + 1 == len(tokens) or tokens[at + 1].gap == Break.LINE)
        if alone and text and wanted.startswith(text):
            found.append(at)
            wanted = wanted[len(text) :]
            if not wanted:
                return found
    return []


def rows_of(tokens: Sequence[Token]) -> list[Row]:
    """The rows that tokens were printed in, each once."""
    return list({(token.row.table, token.row.number, token.row.line): token.row for token in tokens}.values())


def cut_token(token: Token, cuts: Sequence[int]) -> list[Token]:
    """The pieces of a token between cuts; nothing is printed between them."""
    inside = [cut for cut in cuts if 0 <= cut < len(token.text)]
    pieces = []
    for start, end in zip(inside, [*inside[1:], len(token.text)], strict=True):
        gap = token.gap if start == 0 else Break.FUSED
        pieces.append(Token(token.text[start:end], token.line, gap, token.row, token.column))
    return pieces
