"""Tables of a PDF's text (空格对齐的表格): cells that stand below each other, parted by runs of spaces."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.cleaning import is_page_number
from ingest.document import Row, make_cells
from ingest.forms import is_title
from ingest.labels import read_heading
from ingest.space_rows import put_in_place
from ingest.text_lines import Line, width_of

Measure = Callable[[str], int]
"""How far a text takes the next piece to the right."""
_MEASURES: tuple[Measure, ...] = (width_of, len)
"""Converters line columns up by the width of letters, or count each as one."""
_TOLERANCE = 2
_INDENT = 6
_PIECE = re.compile(r"\S+(?: \S+)*")
_LONGEST_LINE = 1000
"""A line of more characters is no row of such a table."""
_LABEL_REST = 12
"""The second line of a label in the first column (（万元）, 目标) is no wider, in columns of half width."""
_NARROWEST = 3
"""Lines of fewer pieces are no rows of a table, but text with gaps."""
_PROOF_LINES = 60
"""The first so many lines decide whether a run of lines is a table."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of a line between runs of spaces, with the place it begins at."""

    text: str
    offset: int


def take_space_table(lines: Sequence[Line], at: int) -> tuple[int, list[Row]]:
    """Rows of the table that begins at a line, and where it ends; no rows where none begins there."""
    proofs = [(measure, _take_run(lines, at, at + _PROOF_LINES, measure)) for measure in _MEASURES]
    measure, pieces = max(proofs, key=lambda proof: _exactly_below(proof[1]))
    if not _stand_below_each_other(pieces):
        return at + 1, []
    pieces += _take_run(lines, at + len(pieces), len(lines), measure)
    columns = _to_columns([[piece.offset for piece in line] for line in pieces])
    rows = []
    for line, found in zip(lines[at : at + len(pieces)], pieces, strict=True):
        cells = {columns[piece.offset]: piece.text for piece in found}
        texts = [cells.get(column, "") for column in range(max(cells) + 1)]
        rows.append(Row(make_cells(texts, line.number), line.number, gap_before=line.after_gap))
    return at + len(pieces), put_in_place(rows)


def _take_run(lines: Sequence[Line], start: int, limit: int, measure: Measure) -> list[list[_Piece]]:
    """The pieces of the lines that may be rows, from `start` on and before `limit`."""
    run: list[list[_Piece]] = []
    offsets: set[int] = set()
    for at in range(start, min(limit, len(lines))):
        line = lines[at]
        if line.tabbed or line.barred or len(line.text) > _LONGEST_LINE or _numbers_page(lines, at):
            break
        found = _split_spaces(line.text, measure)
        if at == start and len(found) < 2 and not _opens_entry(lines, at, measure):
            break
        if at > start and len(found) < 2 and not _may_go_on(found[0], line):
            break
        if len(found) < 2 and line.after_gap and (_is_title(line) or not _is_below(found[0], offsets)):
            break
        run.append(found)
        offsets.update(piece.offset for piece in found)
    return run


def _opens_entry(lines: Sequence[Line], at: int, measure: Measure) -> bool:
    """Whether a text of two lines begins here, its label on a line of its own between the two."""
    if at + 2 >= len(lines) or len(lines[at].text) > _LONGEST_LINE:
        return False
    around = [_split_spaces(line.text[:_LONGEST_LINE], measure) for line in lines[at : at + 3]]
    if any(len(found) != 1 for found in around):
        return False
    (text,), (label,), (rest,) = around
    return label.offset < text.offset == rest.offset and read_heading(label.text) is not None


def _may_go_on(piece: _Piece, line: Line) -> bool:
    """Whether a piece alone on its line may belong to a table: it is set in, or the rest of a label."""
    return piece.offset >= _INDENT or (not line.after_gap and width_of(piece.text) <= _LABEL_REST)


def _numbers_page(lines: Sequence[Line], at: int) -> bool:
    """Whether a line only numbers the page: — 3 —, or a number by itself between blank lines."""
    line = lines[at]
    ends = at + 1 == len(lines) or lines[at + 1].after_gap
    alone = line.after_gap and ends and re.fullmatch(r"\s*\d{1,4}\s*", line.text) is not None
    return alone or is_page_number(line.text)


def _is_title(line: Line) -> bool:
    return is_title(Row(make_cells([line.text], line.number), line.number))


def _is_below(piece: _Piece, offsets: set[int]) -> bool:
    """Whether a piece begins where one above it does."""
    return any(
        offset in offsets for offset in range(piece.offset - _TOLERANCE, piece.offset + _TOLERANCE + 1)
    )


def _stand_below_each_other(run: list[list[_Piece]]) -> bool:
    """Whether most pieces behind the first of a line begin where at least two others do."""
    several = [line for line in run if len(line) >= 2]
    starts = sorted(piece.offset for line in several for piece in line[1:])
    shared = sum(
        bisect_right(starts, offset + _TOLERANCE) - bisect_left(starts, offset - _TOLERANCE) >= 3
        for offset in starts
    )
    wide = sum(len(line) >= _NARROWEST for line in several)
    return len(several) >= 3 and wide * 3 >= len(several) and shared * 2 >= len(starts)


def _exactly_below(run: list[list[_Piece]]) -> float:
    """Which share of the pieces behind the first of a line begins exactly where another does."""
    starts = Counter(piece.offset for line in run for piece in line[1:])
    return sum(n for n in starts.values() if n > 1) / max(1, starts.total())


def _split_spaces(text: str, measure: Measure) -> list[_Piece]:
    pieces = []
    offset = end = 0
    printed = text.replace("\u3000", "  ").replace("\xa0", " ")
    for match in _PIECE.finditer(printed):
        offset += measure(printed[end : match.start()])
        end = match.start()
        pieces.append(_Piece(match.group(), offset))
    return pieces


def _to_columns(lines: Sequence[Sequence[int]]) -> dict[int, int]:
    """The column of each offset: pieces that begin near each other are one, but never two of one line."""
    indices: dict[int, list[int]] = {}
    for line in lines:
        for index, offset in enumerate(line):
            indices.setdefault(offset, []).append(index)
    means = {offset: sum(found) / len(found) for offset, found in indices.items()}
    clusters: list[list[int]] = []
    for offset in sorted(means):
        if clusters and offset - clusters[-1][-1] <= _TOLERANCE:
            clusters[-1].append(offset)
        else:
            clusters.append([offset])
    pairs = Counter(pair for line in lines for pair in pairwise(line))
    parted = [part for cluster in clusters for part in _part(cluster, pairs, means)]
    return {offset: column for column, part in enumerate(parted) for offset in part}


def _part(
    cluster: list[int], pairs: Mapping[tuple[int, int], int], means: Mapping[int, float]
) -> list[list[int]]:
    """Cut a cluster until it holds no two pieces of a line (`pairs` counts the neighbours in one).

    It is cut where most of them come apart, else at the widest gap, else where one piece more stands
    before those behind the cut (`means` are the places of the pieces in their lines).
    """
    inside = {pair: n for pair, n in pairs.items() if cluster[0] <= pair[0] and pair[1] <= cluster[-1]}
    if not inside:
        return [cluster]

    def gain(cut: int) -> tuple[int, int, float]:
        before, behind = cluster[cut - 1], cluster[cut]
        apart = sum(n for (first, second), n in inside.items() if first < behind <= second)
        return apart, behind - before, means[behind] - means[before]

    cut = max(range(1, len(cluster)), key=gain)
    return [*_part(cluster[:cut], inside, means), *_part(cluster[cut:], inside, means)]
