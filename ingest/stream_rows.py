"""Tokens without a grid become rows of cells (词块成行).

The columns are known, in their order, but not where a cell or a row ends. The best way to cut the
tokens into cells and rows is found at once over the whole table: every piece is weighed against what
its column holds, breaks that are printed are honoured, blank columns and closed breaks cost a little.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.align import AlignedCell
from ingest.columns import LONG_TERM, Column
from ingest.document import Cell, Row
from ingest.field_fit import is_measure_unit
from ingest.forms import IndicatorRow
from ingest.labels import read_class_label
from ingest.stream_fit import heads_side, is_noise, segment_fit
from ingest.stream_tokens import Break, Token
from nlp.value_patterns import AFTER, BOUND, UNITS
from ontology.turtle import fold_label

BLANK_COST = {
    "category": 0.0, "subcategory": 0.0, "name": 6.0, "value": 1.2, "actual_value": 0.7, "max_score": 0.8,
    "score": 0.7, "definition": 0.5, "comparator": 0.5, "measure_unit": 0.5, "nature": 0.4, "polarity": 0.4,
    "weight": 0.7, "basis": 0.3, "scoring_rule": 0.3, "note": 0.0, "history": 0.1, "long_term_value": 0.4,
    "graded_value": 0.5,
}  # fmt: skip
"""What it costs that a row leaves a column blank."""

JOIN_COST = {Break.FUSED: 0.0, Break.SPACE: 0.9, Break.CELL: 3.0, Break.LINE: 1.6}
"""What it costs to close a break inside a cell."""

CELL_COST = {Break.FUSED: 0.35, Break.SPACE: 0.0, Break.CELL: 0.0, Break.LINE: 1.2}
"""What it costs to let a break part two cells of a row."""

ROW_COST = {Break.FUSED: 0.5, Break.SPACE: 0.35, Break.CELL: 0.3, Break.LINE: 0.0}
"""What it costs to let a break part two rows."""

INSIDE_LINE_COST = 3.0
"""What it costs to part two rows where nothing is printed between them, if lines are rows."""

UNIT_COST = 0.1
"""What it costs to join a number and the unit behind it."""

NUMBER_COST = 0.8
"""What it costs to cut a run of digits in two."""

DROP_COST = 3.5
"""What it costs to leave a token out of every cell."""

NOISE_COST = 0.1
"""What it costs to leave out a placeholder, or what a scan made of a table's lines."""

_BRACKET = re.compile(r"[（(][^（）()]*[）)]$")

_BOUND = re.compile(rf"{BOUND}|各|达|达到|控制在")
_AFTER = re.compile(rf"{UNITS}{AFTER}")

MAX_PIECES = 14

_IMPOSSIBLE = -6.0
"""A text that suits a column no better than this is never put there."""


@dataclass(frozen=True, slots=True)
class StreamStyle:
    """How a stream is built: whether a line is a cell, whether lines are rows, whether cells run together."""

    cell_a_line: bool = False
    row_a_line: bool = False
    fused: bool = False


@dataclass(slots=True)
class _State:
    """The best way to read the tokens so far, ending in a column: its score and the step that led there."""

    score: float
    before: tuple[int, int] | None
    start: int
    new_row: bool


def tokens_to_rows(
    tokens: Sequence[Token], columns: Sequence[Column], style: StreamStyle
) -> list[IndicatorRow]:
    """Given the tokens of an indicator table and its columns, return its rows."""
    if not tokens:
        return []
    search = _Search(tokens, columns, style)
    for start in range(len(tokens)):
        search.advance(start)
    return _rows(tokens, columns, search.best_steps())


class _Search:
    """The best readings of the tokens, from the first on.

    `states[t][j]` is the best reading of the first t tokens whose last cell is under column j (−1: no
    cell yet).
    """

    def __init__(self, tokens: Sequence[Token], columns: Sequence[Column], style: StreamStyle) -> None:
        self._tokens = tokens
        self._columns = columns
        self._fused = style.fused
        self._row_cost = ROW_COST | ({Break.FUSED: INSIDE_LINE_COST} if style.row_a_line else {})
        self._breaks = [_break(token, style) for token in tokens]
        # For the beginning and each column: what it costs to leave all that follows it blank.
        self._tail = [sum(_blank_cost(c) for c in columns[j + 1 :]) for j in range(-1, len(columns))]
        self._states: list[dict[int, _State]] = [{} for _ in range(len(tokens) + 1)]
        self._states[0][-1] = _State(0.0, None, 0, True)

    def advance(self, start: int) -> None:
        """Put every cell that may begin at a token behind every reading of the tokens before it."""
        self._drop(start)
        extra = NUMBER_COST if self._parts_number(start) else 0.0
        for pieces, text, joined in _pieces(self._tokens, self._breaks, start):
            for j, fit in enumerate(self._fits(text, start, pieces)):
                if fit > _IMPOSSIBLE:
                    for last, state in self._states[start].items():
                        self._extend(start, pieces, (last, j), state.score + fit - joined - extra)

    def best_steps(self) -> list[tuple[int, int, int, bool]]:
        """The cells of the best reading in order: first and last token, column, whether it begins a row."""
        steps: list[tuple[int, int, int, bool]] = []
        t = len(self._tokens)
        last = max(self._states[t], key=lambda j: self._states[t][j].score - self._tail[j + 1] * (j >= 0))
        while t > 0:
            state = self._states[t][last]
            if state.before is None:
                break
            if state.start >= 0:
                steps.append((state.start, t, last, state.new_row))
            t, last = state.before
        return steps[::-1]

    def _fits(self, text: str, start: int, pieces: int) -> list[float]:
        """How well a text suits each column; a label that only begins a longer text heads no row."""
        behind_class = start > 0 and read_class_label(self._tokens[start - 1].text) is not None
        runs_on = not behind_class and _runs_on(text, self._breaks, start, pieces)
        return [
            2 * _IMPOSSIBLE
            if runs_on and column.field in ("category", "subcategory")
            else segment_fit(text, column.field, fused=self._fused)
            for column in self._columns
        ]

    def _parts_number(self, start: int) -> bool:
        """Whether a cut that nothing printed shows would part a run of digits."""
        before = self._tokens[start - 1].text[-1:] if start else ""
        after = self._tokens[start].text[:1]
        return self._breaks[start] == Break.FUSED and before.isdigit() and after.isdigit()

    def _extend(self, start: int, pieces: int, columns: tuple[int, int], score: float) -> None:
        """Put the piece under column j, in the row of the cell before or as the first of a new one."""
        last, j = columns
        gap, tail = self._breaks[start], self._tail
        own = _blank_cost(self._columns[j])
        if j > last >= 0:
            blanks = tail[last + 1] - tail[j + 1] - own
            self._keep(start, pieces, columns, score - blanks - CELL_COST[gap], new_row=False)
        only_classes = last >= 0 and self._columns[last].field in ("category", "subcategory")
        closing = tail[last + 1] if last >= 0 and not only_classes else 0.0
        blanks = tail[0] - tail[j + 1] - own
        self._keep(start, pieces, columns, score - blanks - closing - self._row_cost[gap], new_row=True)

    def _keep(
        self, start: int, pieces: int, columns: tuple[int, int], score: float, *, new_row: bool
    ) -> None:
        last, j = columns
        target = self._states[start + pieces]
        if j not in target or target[j].score < score:
            target[j] = _State(score, (start, last), start, new_row)

    def _drop(self, start: int) -> None:
        """Leave a token out of every cell."""
        cost = NOISE_COST if is_noise(self._tokens[start].text) else DROP_COST
        target = self._states[start + 1]
        for last, state in self._states[start].items():
            if last not in target or target[last].score < state.score - cost:
                target[last] = _State(state.score - cost, (start, last), -1, False)


def _blank_cost(column: Column) -> float:
    """The block of the long-term indicators may stay blank at no cost."""
    return 0.0 if column.block == LONG_TERM else BLANK_COST.get(column.field, 0.3)


def _break(token: Token, style: StreamStyle) -> Break:
    if style.cell_a_line and token.gap == Break.LINE:
        return Break.CELL
    return token.gap


def _runs_on(text: str, breaks: Sequence[Break], start: int, pieces: int) -> bool:
    """Whether a short label (满意度) is only a piece of a longer text: nothing parts them."""
    end = start + pieces
    fused = (start > 0 and breaks[start] == Break.FUSED) or (end < len(breaks) and breaks[end] == Break.FUSED)
    folded = _BRACKET.sub("", fold_label(text))
    return fused and not (folded.startswith("产出") or folded.endswith(("指标", "分")))


def _pieces(tokens: Sequence[Token], breaks: Sequence[Break], start: int) -> list[tuple[int, str, float]]:
    """The cells that may begin at a token: how many tokens, their text, what closing the breaks costs."""
    found = []
    text, cost = "", 0.0
    spaced = 0
    for count in range(1, MAX_PIECES + 1):
        at = start + count - 1
        if at >= len(tokens) or (count > 1 and (heads_side(tokens[at].text) or heads_side(text))):
            break
        if count > 1:
            cost += UNIT_COST if _is_unit_of(text, tokens[at].text) else JOIN_COST[breaks[at]]
            spaced += breaks[at] != Break.FUSED
            if spaced > 5:
                break
        text = _join(text, tokens[at].text, breaks[at] if count > 1 else Break.FUSED)
        is_label = spaced and count <= 4 and _is_torn_label(tokens[start : at + 1], text)
        found.append((count, text, 0.0 if is_label else cost))
        if cost > 8.0:
            break
    return found


def _is_torn_label(pieces: Sequence[Token], text: str) -> bool:
    """Whether pieces make one class label, and are not two labels that stand side by side (产出 | 数量)."""
    return read_class_label(text) is not None and not all(read_class_label(piece.text) for piece in pieces)


def _is_unit_of(number: str, text: str) -> bool:
    """Whether a piece belongs to the number before or behind it (12000 卷, 不少于 8)."""
    if text[:1].isdigit():
        return _BOUND.fullmatch(number) is not None
    return number[-1:].isdigit() and (is_measure_unit(fold_label(text)) or _AFTER.fullmatch(text) is not None)


def _join(first: str, second: str, gap: Break) -> str:
    latin = bool(re.search(r"[A-Za-z0-9]$", first)) and bool(re.match(r"[A-Za-z0-9]", second))
    return f"{first} {second}" if gap != Break.FUSED and latin else first + second


def _rows(
    tokens: Sequence[Token], columns: Sequence[Column], steps: Sequence[tuple[int, int, int, bool]]
) -> list[IndicatorRow]:
    """Put the cells of the best reading into rows."""
    rows: list[list[AlignedCell]] = []
    for start, end, j, new_row in steps:
        if new_row or not rows:
            rows.append([])
        rows[-1].append(AlignedCell(_cell(tokens[start:end]), columns[j]))
    printed_in = {(token.line, token.column): token.row for token in reversed(tokens)}
    return [_indicator_row(cells, printed_in) for cells in rows]


def _cell(tokens: Sequence[Token]) -> Cell:
    text = tokens[0].text
    for token in tokens[1:]:
        text = _join(text, token.text, token.gap)
    return Cell(text, tokens[0].line, tokens[0].column, tokens[0].row.number)


def _indicator_row(cells: list[AlignedCell], printed_in: Mapping[tuple[int, int], Row]) -> IndicatorRow:
    first = cells[0].cell
    source = printed_in[first.line, first.column]
    return IndicatorRow(source.with_cells(tuple(c.cell for c in cells)), cells)
