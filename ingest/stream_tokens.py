"""Text without a grid becomes tokens (词块): pieces between spaces, bars and line ends, and known labels.

Where a form was flattened, cells have run together. Labels that the ontology knows are cut out of the
run; inside what is left, places where a value may begin or end become cuts that cost nothing to close
again. Every token knows how strong the break before it is.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cache

from ingest.cleaning import is_page_number
from ingest.columns import INDICATOR_FIELDS
from ingest.document import Row
from ingest.labels import read_class_label, read_heading
from ingest.repair import label_endings
from nlp.claims import value_spans
from ontology.categories import class_labels
from ontology.headings import find_headings, heading_labels
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


_SPACES = re.compile(r"[ \t\u3000\xa0]+")
_STRONG_FIELDS = frozenset(
    [
        "project",
        "unit",
        "implementing_unit",
        "supervising_department",
        "objective",
        "long_term_objective",
        "actual_objective",
        "budget",
        "budget_part",
        "execution",
        "aside",
        "indicators",
        "long_term_indicators",
    ]
)
_TAIL = r"(?:[（(](?:\d+(?:\.\d+)?分?|必填[^（）()]{0,6}|选填|[^（）()]{0,4}分值?[^（）()]{0,6})[）)])?"


def rows_to_tokens(rows: Sequence[Row]) -> list[Token]:
    """Given rows of text or of a broken table, return their tokens in reading order."""
    tokens: list[Token] = []
    for row in rows:
        if is_page_number(row.text):
            continue
        gap = Break.LINE
        for cell in row.filled:
            text = cell.text.strip()
            pieces = _SPACES.split(text) if row.table is None else [fold_lines(text)]
            for index, piece in enumerate(pieces):
                if piece:
                    tokens.append(
                        Token(piece, cell.line, gap if index == 0 else Break.SPACE, row, cell.column)
                    )
                    gap = Break.CELL
    return tokens


def fold_lines(text: str) -> str:
    """The lines of a cell as one."""
    return re.sub(r"\s*\n\s*", "", text)


@cache
def _header_run() -> re.Pattern[str]:
    """Two or more column headings run together (一级指标二级指标三级指标指标值)."""
    labels = [label for label in heading_labels() if len(label) >= 2 and _heads_indicator(label)]
    return re.compile(rf"(?:(?:{'|'.join(map(re.escape, labels))})){{2,}}")


@cache
def _header_label() -> re.Pattern[str]:
    labels = [label for label in heading_labels() if len(label) >= 2 and _heads_indicator(label)]
    return re.compile("|".join(map(re.escape, labels)))


def _heads_indicator(label: str) -> bool:
    return any(
        heading.id in INDICATOR_FIELDS or heading.id == "indicators" for heading in find_headings(label)
    )


@cache
def _field_label() -> re.Pattern[str]:
    """Labels of entries that are long enough to be found inside a run of text."""
    labels = [
        label
        for label in heading_labels()
        if len(label) >= 4 and any(heading.id in _STRONG_FIELDS for heading in find_headings(label))
    ]
    return re.compile("|".join(map(re.escape, labels)))


@cache
def _class_label() -> re.Pattern[str]:
    full = [label for label in class_labels() if len(label) >= 4 and label.endswith("指标")]
    return re.compile(rf"(?:{'|'.join(map(re.escape, full))}){_TAIL}")


def split_header_runs(tokens: Sequence[Token]) -> list[Token]:
    """Cut headings that have run together out of their token, each a token of its own."""
    result: list[Token] = []
    for token in tokens:
        text = token.text
        label = read_heading(text)
        if len(text) < 6 or (label and label.listed):
            result.append(token)
            continue
        cuts = {0}
        for run in _header_run().finditer(text):
            cuts.update({run.start(), run.end()})
            cuts.update(match.end() for match in _header_label().finditer(text, run.start(), run.end()))
        result.extend(_cut(token, sorted(cuts)))
    return result


def split_field_labels(tokens: Sequence[Token]) -> list[Token]:
    """Cut labels of entries out of runs of text (项目名称…主管部门…实施单位…)."""
    result: list[Token] = []
    for token in tokens:
        cuts = {0}
        whole = read_heading(token.text) or TITLE_RUN.fullmatch(token.text)
        found = [] if whole else list(_field_label().finditer(token.text))
        if found and (found[0].start() == 0 or len(found) >= 3):
            for match in found:
                cuts.update({match.start(), match.end()})
        result.extend(_cut(token, sorted(cuts)))
    return result


def split_class_labels(tokens: Sequence[Token]) -> list[Token]:
    """Cut class labels out of runs of text (产出指标数量指标…)."""
    result: list[Token] = []
    for token in tokens:
        cuts = {0}
        if not read_class_label(token.text):
            for match in _class_label().finditer(token.text):
                if match.start() == 0 or not _inside_word(token.text, match):
                    cuts.update({match.start(), match.end()})
        result.extend(_cut(token, sorted(cuts)))
    return result


def _inside_word(text: str, match: re.Match[str]) -> bool:
    """经济效益指标 is no label in 完成经济效益指标考核."""
    before, after = text[match.start() - 1], text[match.end() : match.end() + 2]
    return before in "的各项等对" or after.startswith(("的", "值", "体系", "完成", "考核", "任务"))


def split_value_runs(tokens: Sequence[Token], *, numbers: bool) -> list[Token]:
    """Cut where a value may begin or end inside a token; these cuts may be closed again.

    With `numbers`, points and scores stand beside the values: a run of digits may hold two of them.
    """
    result: list[Token] = []
    for token in tokens:
        text = token.text
        if read_class_label(text) or len(text) > _LONGEST_RUN:
            result.append(token)
            continue
        cuts = {0}
        spans = value_spans(text)
        if spans and spans[0] != (0, len(text)):
            for start, end in spans:
                cuts.update({start, end})
                if numbers:
                    cuts.update(_two_numbers(text, start, end))
        result.extend(_cut(token, sorted(cuts)))
    return result


def _two_numbers(text: str, start: int, end: int) -> list[int]:
    """Where a run of digits may be points and a value (10|35万元): the second number begins with no 0."""
    digits = re.match(r"\d+", text[start:end])
    if not digits:
        return []
    return [start + cut for cut in range(1, min(4, digits.end())) if text[start + cut] != "0"]


PIECE_REACH = 8
"""How many tokens further on the rest of a label may stand."""


def rejoin_label_pieces(tokens: Sequence[Token]) -> list[Token]:
    """Put class labels together whose lines stand above and below the row they label (可持续影 … 响指标).

    A narrow merged cell prints its label over several lines, and the text of the row comes in
    between. Each piece stands alone on its line, or first on the row's.
    """
    result = list(tokens)
    for index in range(len(result)):
        token = result[index]
        if token.text and token.gap == Break.LINE:
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
    for ending in sorted(label_endings().get(beginning, ()), key=lambda e: (not e.endswith("指标"), -len(e))):
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


@cache
def _end_word() -> re.Pattern[str]:
    labels = [
        label
        for label in heading_labels()
        if len(label) >= 2 and any(h.ends_table or h.id == "signature" for h in find_headings(label))
    ]
    return re.compile("|".join(map(re.escape, labels)))


TITLE_RUN = re.compile(
    r"(?:部门整体|项目|专项资金|整体|财政|市级|县级|区级|本级|预算)*(?:支出|预算)?绩效(?:目标|自评|评价|指标)+(?:申报|自评|公开|批复|情况|评价)*表(?:[（(]\s*20\d\d年度?\s*[）)])?"
)
_LONGEST_RUN = 20_000


def split_form_ends(tokens: Sequence[Token]) -> list[Token]:
    """Cut a run of text where a form ends and the next begins: its title and labels, words below a table."""
    result: list[Token] = []
    for token in tokens:
        text = token.text
        cuts = {0}
        if len(text) > 12 and not read_heading(text):
            for pattern in (TITLE_RUN, _end_word(), _START_LABEL):
                for match in pattern.finditer(text):
                    cuts.update({match.start(), match.end()})
        result.extend(_cut(token, sorted(cuts)))
    return result


_START_LABEL = re.compile(r"项目名称|项目支出名称|专项名称|主管部门及代码|主管部门及编码|填报单位")


def _cut(token: Token, cuts: Sequence[int]) -> list[Token]:
    inside = [cut for cut in cuts if 0 <= cut < len(token.text)]
    pieces = []
    for start, end in zip(inside, [*inside[1:], len(token.text)], strict=True):
        gap = token.gap if start == 0 else Break.FUSED
        pieces.append(Token(token.text[start:end], token.line, gap, token.row, token.column))
    return pieces


def is_cell_a_line(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether each line is a cell: most headings of the header stand on lines of their own."""
    header = tokens[start + 1 : end]
    return bool(header) and sum(token.gap == Break.LINE for token in header) * 10 >= len(header) * 7
