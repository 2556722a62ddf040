"""Tokens without a grid become rows of cells (词块成行).

The columns are known, in their order, but not where a cell or a row ends. The best way to cut the
tokens into cells and rows is found at once over the whole table: every piece is weighed against what
its column holds, breaks that are printed are honoured, blank columns and closed breaks cost a little.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ingest.align import AlignedCell, is_measure_unit, plausibility
from ingest.cleaning import is_placeholder
from ingest.columns import LONG_TERM, Column
from ingest.document import Cell, Row
from ingest.forms import IndicatorRow
from ingest.labels import read_class_label
from ingest.stream_tokens import Break, Token
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

UNIT_COST = 0.1
"""What it costs to join a number and the unit behind it."""

NUMBER_COST = 0.8
"""What it costs to cut a run of digits in two."""

DROP_COST = 3.5
"""What it costs to leave a token out of every cell."""

MAX_PIECES = 14


@dataclass(frozen=True, slots=True)
class StreamStyle:
    """How a stream is built: whether a line is a cell, whether lines are rows, whether cells run together."""

    cell_a_line: bool = False
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
    breaks = [_break(token, style) for token in tokens]
    tail = _blank_costs(columns)
    return _rows(tokens, columns, _search(tokens, breaks, columns, tail, style), tail)


def _blank_costs(columns: Sequence[Column]) -> list[float]:
    """For each column (and, first, for the beginning), what it costs to leave all that follow it blank."""
    return [sum(_blank_cost(column) for column in columns[j + 1 :]) for j in range(-1, len(columns))]


def _blank_cost(column: Column) -> float:
    """The block of the long-term indicators may stay blank at no cost."""
    return 0.0 if column.block == LONG_TERM else BLANK_COST.get(column.field, 0.3)


def _break(token: Token, style: StreamStyle) -> Break:
    if style.cell_a_line and token.gap == Break.LINE:
        return Break.CELL
    return token.gap


def _search(
    tokens: Sequence[Token],
    breaks: Sequence[Break],
    columns: Sequence[Column],
    tail: Sequence[float],
    style: StreamStyle,
) -> list[dict[int, _State]]:
    """states[t][j]: the best reading of the first t tokens, the last cell under column j (−1: none yet)."""
    width = len(columns)
    states: list[dict[int, _State]] = [{} for _ in range(len(tokens) + 1)]
    states[0][-1] = _State(0.0, None, 0, True)
    for t in range(len(tokens)):
        if not states[t]:
            continue
        gap = breaks[t]
        parts_number = (
            gap == Break.FUSED
            and t > 0
            and tokens[t - 1].text[-1:].isdigit()
            and tokens[t].text[:1].isdigit()
        )
        extra = NUMBER_COST if parts_number else 0.0
        _drop(states, t, tokens[t])
        for pieces, text, joined in _pieces(tokens, breaks, t):
            fits = [segment_fit(text, column.field, fused=style.fused) for column in columns]
            if _runs_on(text, breaks, t, pieces):
                fits = [
                    -8.0 if c.field in ("category", "subcategory") else fit
                    for c, fit in zip(columns, fits, strict=True)
                ]
            for last, state in states[t].items():
                for j in range(width):
                    if fits[j] <= -6.0:
                        continue
                    gain = fits[j] - joined - extra
                    _extend(states, t, pieces, last, j, state, gain, gap, columns, tail)
    return states


def _runs_on(text: str, breaks: Sequence[Break], start: int, pieces: int) -> bool:
    """Whether a short label (满意度) is only a piece of a longer text: nothing parts them."""
    end = start + pieces
    fused = (start > 0 and breaks[start] == Break.FUSED) or (end < len(breaks) and breaks[end] == Break.FUSED)
    return fused and not fold_label(text).rstrip(")）").endswith(("指标", "分"))


def _extend(
    states: list[dict[int, _State]],
    t: int,
    pieces: int,
    last: int,
    j: int,
    state: _State,
    gain: float,
    gap: Break,
    columns: Sequence[Column],
    tail: Sequence[float],
) -> None:
    """Put the piece under column j, in the same row or as the first cell of a new one."""
    if j > last and last >= 0:
        blanks = tail[last + 1] - tail[j + 1] - _blank_cost(columns[j])
        _keep(states, t, pieces, last, j, state.score + gain - blanks - CELL_COST[gap], new_row=False)
    blanks = tail[0] - tail[j + 1] - _blank_cost(columns[j])
    only_classes = last >= 0 and columns[last].field in ("category", "subcategory")
    closing = tail[last + 1] if last >= 0 and not only_classes else 0.0
    _keep(states, t, pieces, last, j, state.score + gain - blanks - closing - ROW_COST[gap], new_row=True)


def _keep(
    states: list[dict[int, _State]], t: int, pieces: int, last: int, j: int, score: float, *, new_row: bool
) -> None:
    target = states[t + pieces]
    if j not in target or target[j].score < score:
        target[j] = _State(score, (t, last), t, new_row)


def _drop(states: list[dict[int, _State]], t: int, token: Token) -> None:
    cost = 0.1 if is_placeholder(token.text) or _NOISE.match(token.text) else DROP_COST
    for last, state in states[t].items():
        target = states[t + 1]
        if last not in target or target[last].score < state.score - cost:
            target[last] = _State(state.score - cost, (t, last), -1, False)


def _pieces(tokens: Sequence[Token], breaks: Sequence[Break], start: int) -> list[tuple[int, str, float]]:
    """The cells that may begin at a token: how many tokens, their text, what closing the breaks costs."""
    found = []
    text, cost = "", 0.0
    spaced = 0
    for count in range(1, MAX_PIECES + 1):
        at = start + count - 1
        if at >= len(tokens):
            break
        if count > 1:
            cost += UNIT_COST if _is_unit_of(text, tokens[at].text) else JOIN_COST[breaks[at]]
            spaced += breaks[at] != Break.FUSED
            if spaced > 5:
                break
        text = _join(text, tokens[at].text, breaks[at] if count > 1 else Break.FUSED)
        label = read_class_label(text) if spaced else None
        found.append((count, text, 0.0 if label and count <= 4 else cost))
        if cost > 8.0:
            break
    return found


def _is_unit_of(number: str, text: str) -> bool:
    """Whether a piece is the unit of the number before it (12000 卷)."""
    return number[-1:].isdigit() and is_measure_unit(fold_label(text))


def _join(first: str, second: str, gap: Break) -> str:
    latin = bool(re.search(r"[A-Za-z0-9]$", first)) and bool(re.match(r"[A-Za-z0-9]", second))
    return f"{first} {second}" if gap != Break.FUSED and latin else first + second


@lru_cache(maxsize=32_768)
def segment_fit(text: str, field: str, *, fused: bool) -> float:
    """How well a piece of a stream suits a field: as a cell, and as a piece that begins and ends well."""
    fit = plausibility(text, field)
    folded = fold_label(text)
    if field in ("category", "subcategory"):
        return fit if fit > 0 else -8.0
    if is_placeholder(text):
        return -0.5 if field in ("value", "note", "actual_value", "max_score", "score") else -4.0
    if _NUMBERED_NAME.match(folded):
        fit = 2.5 if field == "name" else -4.0
    elif field == "name":
        fit += _name_shape(folded)
    elif field in ("value", "actual_value", "long_term_value", "history"):
        fit += _value_shape(folded) if fused else 0.0
        fit -= 0.6 if folded.isdigit() else 0.0
    elif field in ("max_score", "score", "weight"):
        number = re.fullmatch(r"\d{1,3}(?:\.\d{1,2})?", folded)
        fit += 0.4 if number and float(folded) <= 100 and not re.match(r"0\d", folded) else -2.5
    elif field == "note":
        fit -= 0.6
    return fit


_NOISE = re.compile(r"^(?:[（(]\d{1,3}分[）)]|[a-z|]{1,2})$")
"""Points of a class whose label is lost; letters that a scan made of a table's lines."""

_NUMBERED_NAME = re.compile(r"^指标\d{1,2}[:：.、]?[^\d\s%率]")


def _name_shape(folded: str) -> float:
    if len(folded) < 2 or is_measure_unit(folded) or re.search(r"[≥≤＞＜]", folded):
        return -4.0
    shape = 0.0
    if re.match(r"[，。；、,;:：）)%％]", folded) or re.search(r"[（(《“、，≥≤＞＜><=＝]$", folded):
        shape -= 2.0
    if re.search(r"\d$", folded) and len(folded) > 3:
        shape -= 0.7
    if re.match(r"\d", folded):
        shape -= 0.7
    return shape + min(len(folded), 8) * 0.05


def _value_shape(folded: str) -> float:
    shape = 0.0
    if re.match(r"0\d", folded):
        shape -= 3.0
    if re.search(r"[≥≤＞＜><=＝]$", folded):
        shape -= 4.0
    if folded.count("%") + folded.count("％") > 1:
        shape -= 3.0
    if len(re.findall(r"\d+(?:\.\d+)?", folded)) > 2:
        shape -= 1.0
    return shape


def _rows(
    tokens: Sequence[Token], columns: Sequence[Column], states: list[dict[int, _State]], tail: Sequence[float]
) -> list[IndicatorRow]:
    """Follow the best reading back and put its cells into rows."""
    steps: list[tuple[int, int, int, bool]] = []
    t = len(tokens)
    last = max(states[t], key=lambda j: states[t][j].score - (tail[j + 1] if j >= 0 else 0.0))
    while t > 0:
        state = states[t][last]
        if state.before is None:
            break
        if state.start >= 0:
            steps.append((state.start, t, last, state.new_row))
        t, last = state.before
    rows: list[list[AlignedCell]] = []
    for start, end, j, new_row in reversed(steps):
        if new_row or not rows:
            rows.append([])
        rows[-1].append(AlignedCell(_cell(tokens[start:end]), columns[j]))
    printed_in = {(token.line, token.column): token.row for token in reversed(tokens)}
    return [_indicator_row(cells, printed_in) for cells in rows]


def _cell(tokens: Sequence[Token]) -> Cell:
    text = tokens[0].text
    for token in tokens[1:]:
        text = _join(text, token.text, token.gap)
    return Cell(text, tokens[0].line, tokens[0].column)


def _indicator_row(cells: list[AlignedCell], printed_in: Mapping[tuple[int, int], Row]) -> IndicatorRow:
    first = cells[0].cell
    source = printed_in[first.line, first.column]
    return IndicatorRow(source.with_cells(tuple(c.cell for c in cells)), cells)
