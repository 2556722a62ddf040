"""Forms in text without a grid become forms (无表格线的绩效目标表): flattened, spaced, or one cell a line."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.columns import GROUP_FIELDS, INDICATOR_FIELDS, Column
from ingest.document import Row
from ingest.forms import Form, IndicatorRow
from ingest.labels import read_class_label, read_heading
from ingest.stream_cuts import split_class_labels, split_field_labels, split_header_runs, split_named_values
from ingest.stream_ends import body_end, split_form_ends, starts_entries
from ingest.stream_entries import guess_project, read_entries
from ingest.stream_fit import is_noise
from ingest.stream_headers import Header, find_bodies_without_header, find_headers, is_class_cell
from ingest.stream_rows import StreamStyle, tokens_to_rows
from ingest.stream_tokens import Break, Token, cut_token, rejoin_label_pieces, rows_of, rows_to_tokens
from ingest.stream_value_cuts import split_value_runs
from nlp.value_patterns import UNIT
from ontology.turtle import fold_label

_TORN_NAME = re.compile(r"[%％](?!\))|^\d{2,}|^[是否](?!否)|\d{4,}$")
"""No name looks like this; but a unit may stand in brackets behind it (结算率（%）)."""
_NAME_AND_VALUE = re.compile(r"[\u4e00-\u9fff](?:[≥≤]|\d+(?:\.\d+)?[%％])")
_UNIT_AND_NAME = re.compile(rf"{UNIT}[\u4e00-\u9fff]{{3}}")
_FUSED_SHARE = 6
"""Of so many pieces one is cut out of another where cells ran together."""
_SENTENCE = re.compile(r"[。，,、：:]")
_LEAST_COLUMNS = 3
_KEEPS_PLACE = re.compile(
    r"指标|项目|目标|备注|产出|效益|满意度|服务对象|数量|质量|时效|成本|社会|经济|生态|可持续影响"
)
_LEAST_SAID = 2
"""Chinese letters, besides labels, of a form that says something."""
_ROW_LENGTH = 60
"""Characters of a line that may be a row."""


def stream_to_forms(rows: Sequence[Row]) -> list[Form]:
    """Given rows of text (or of a table whose cells were lost), return the forms they print."""
    tokens, headers = _read_headers(rows)
    headers = headers or find_bodies_without_header(tokens)
    if not headers:
        return []
    forms: list[Form] = []
    above = tokens[: headers[0].start]
    stops = [*(header.start for header in headers[1:]), len(tokens)]
    for index, (header, stop) in enumerate(zip(headers, stops, strict=True)):
        form, rest = _read_form(above, tokens[header.start : stop], header)
        parted = form.entries or form.title or not _is_empty(above)
        if index and not parted and _heads_long_term(headers[index - 1]):
            # The second block of a form: 长期绩效指标, 年度绩效指标.
            forms[-1].rows.extend(form.rows)
            forms[-1].fates.extend(form.fates)
        else:
            forms.append(form)
        below, above = _forms_below(rest, header)
        forms.extend(below)
        if stop == len(tokens) or below:
            forms[-1].unread.extend(_left_unread(above))
    return forms


def _forms_below(tokens: Sequence[Token], header: Header) -> tuple[list[Form], list[Token]]:
    """Further forms below a table whose columns are not headed anew, and what follows the last of them."""
    forms: list[Form] = []
    pieces = split_class_labels(tokens)
    while True:
        begun, end = _next_form(pieces)
        found = find_bodies_without_header(pieces[begun:end])
        if not found or _speaks_of_classes(pieces[begun:end]):
            return forms, pieces if forms else list(tokens)
        at = begun + found[0].start
        form, rest = _read_form(pieces[:at], pieces[at:end], replace(header, start=0, end=0))
        pieces = rest + pieces[end:]
        forms.append(form)


def _next_form(pieces: Sequence[Token]) -> tuple[int, int]:
    """Where the next form begins, and where, behind its first class label, the one after it does."""
    count = len(pieces)
    begun = next((at for at in range(count) if starts_entries(pieces, at)), count)
    classes = next((at for at in range(begun, count) if is_class_cell(pieces[at])), count)
    return begun, next((at for at in range(classes, count) if starts_entries(pieces, at)), count)


def _speaks_of_classes(pieces: Sequence[Token]) -> bool:
    """Whether class labels stand in text (产出指标：反映…), not in cells."""
    return any(
        is_class_cell(label) and text.gap == Break.FUSED and text.text.startswith((":", "："))
        for label, text in pairwise(pieces)
    )


def _read_form(above: Sequence[Token], tokens: Sequence[Token], header: Header) -> tuple[Form, list[Token]]:
    """Given what stands above a table, and the table from its headings on, return the form and the rest."""
    form = Form(columns=header.columns, in_columns=False)
    read_entries(form, split_field_labels(above))
    if header.columns.header_rows == 0 and form.entry("project") is None:
        guess_project(form, above)
    heads = header.end - header.start
    form.fates.extend((row, "heading") for row in rows_of(tokens[:heads]))
    return form, _read_body(form, tokens[heads:], header)


def _left_unread(tokens: Sequence[Token]) -> list[tuple[Row, str]]:
    """What stands below the last table and looks like rows of one: a class label, and text behind it."""
    pieces = split_class_labels(tokens)
    rows = (at for at in range(len(pieces) - 1) if is_class_cell(pieces[at]))
    at = next((at for at in rows if not _SENTENCE.search(pieces[at + 1].text)), None)
    return [] if at is None else [(pieces[at].row, "".join(piece.text for piece in pieces[at:]))]


def _heads_long_term(header: Header) -> bool:
    """Whether a header is that of the long-term indicators, which stand above the year's."""
    side = next((c.heading for c in header.columns.columns if c.field == "side_label"), "")
    label = read_heading(side)
    return label is not None and label.field(column=True) == "long_term_indicators"


def _is_empty(tokens: Sequence[Token]) -> bool:
    return all(is_noise(token.text) or read_heading(token.text) for token in tokens)


# ---- what stands below a header ----------------------------------------------------------------------


def _read_headers(rows: Sequence[Row]) -> tuple[list[Token], list[Header]]:
    """The tokens and the headers found among them.

    A form flattened into a line may have spaces where lines broke inside its cells and none between
    the cells (标一级 指标二级 指标): where that shows more headings, those spaces are closed.
    """
    readings = []
    for close_spaces in (False, True):
        tokens = split_form_ends(split_header_runs(rows_to_tokens(rows, close_spaces=close_spaces)))
        readings.append((tokens, find_headers(tokens)))
    return max(readings, key=lambda found: sum(len(header.columns.columns) for header in found[1]))


def _read_body(form: Form, tokens: Sequence[Token], header: Header) -> list[Token]:
    """Read the rows of the table behind a header; return what follows them."""
    end = body_end(tokens)
    body = _behind_column_numbers(tokens[:end])
    body = split_class_labels(rejoin_label_pieces(body, cell_a_line=header.cell_a_line))
    body = split_named_values(body)
    torn = sum(token.gap == Break.FUSED for token in body)
    fused = torn * _FUSED_SHARE >= len(body) or _looks_fused(body)
    if fused:
        body = split_value_runs(body, header.columns.fields)
    style = StreamStyle(header.cell_a_line, _is_row_a_line(body), fused)
    kept = INDICATOR_FIELDS | (GROUP_FIELDS if header.columns.is_flat else frozenset(["serial"]))
    columns = [c for c in header.columns.columns if c.field in kept]
    if "actual_value" in header.columns.fields and not fused and not header.columns.has_points:
        # A self-evaluation's scores stand in the last column also where its heading got lost.
        columns.append(Column(columns[-1].index + 1, "score", ""))
    rows = tokens_to_rows(body, with_classes(columns), style)
    garbled = fused and _is_garbled(rows)
    _keep_rows(form, [] if garbled or (fused and _is_blank(body)) else rows)
    if garbled:
        form.unread.append((body[0].row, "".join(token.text for token in body)))
    left = {(row.table, row.number, row.line) for row, _ in form.unread}
    for row in rows_of(tokens[:end]):
        unread = garbled or (row.table, row.number, row.line) in left
        form.fates.append((row, "unread" if unread else "continuation"))
    return list(tokens[end:])


def _keep_rows(form: Form, rows: list[IndicatorRow]) -> None:
    """Keep the rows of a table; what stands behind the last of them, and is no label, is left unread."""
    form.rows = _without_trailing_text(rows)
    for row in (row for row in rows if all(row is not kept for kept in form.rows)):
        if not any(read_heading(cell.cell.text) for cell in row.cells):
            form.unread.append((row.row, row.row.text))


def _behind_column_numbers(body: Sequence[Token]) -> list[Token]:
    """What follows the numbers of the columns (1 2 3 …, or run together), where there are some."""
    count = 0
    while count < len(body) and body[count].text == str(count + 1):
        count += 1
    if count >= _LEAST_COLUMNS:
        return list(body[count:])
    first = body[0].text if body else ""
    run = ""
    while first.startswith(f"{run}{count + 1}"):
        count += 1
        run += str(count)
    if count < _LEAST_COLUMNS or not (first == run or re.match(r"\D", first[len(run) :])):
        return list(body)
    return [*cut_token(body[0], [0, len(run)])[1:], *body[1:]]


def _without_trailing_text(rows: list[IndicatorRow]) -> list[IndicatorRow]:
    """Lines that follow the last row with a value, where nearly all rows have one, are not of the table."""

    def fields(row: IndicatorRow) -> set[str]:
        return {cell.column.field for cell in row.cells if cell.column}

    named = [row for row in rows if "name" in fields(row)]
    valued = [row for row in named if "value" in fields(row)]
    if len(valued) * 10 < len(named) * 7 or not valued:
        return rows
    last = rows.index(valued[-1])
    tail = [row for row in rows[last + 1 :] if fields(row) & {"category", "subcategory"}]
    return rows[: last + 1] + tail


def _is_blank(body: Sequence[Token]) -> bool:
    """Whether a form that ran together holds nothing but labels, numbers and what keeps a place."""
    said = "".join(t.text for t in body if not (read_class_label(t.text) or is_noise(t.text)))
    return len(re.findall(r"[\u4e00-\u9fff]", _KEEPS_PLACE.sub("", said))) <= _LEAST_SAID


def _is_garbled(rows: Sequence[IndicatorRow]) -> bool:
    """Whether the cells that ran together could not be told apart: many names hold what belongs to values."""
    names = [
        cell.cell.text for row in rows for cell in row.cells if cell.column and cell.column.field == "name"
    ]
    torn = sum(bool(_TORN_NAME.search(fold_label(name))) for name in names)
    return torn * 3 > len(names)


def with_classes(columns: Sequence[Column]) -> list[Column]:
    """The columns of a stream: class labels may stand in front of a row even where no heading says so."""
    fields = [column.field for column in columns]
    missing = [field for field in ("category", "subcategory") if field not in fields]
    shifted = [
        Column(column.index + len(missing), column.field, column.heading, column.block) for column in columns
    ]
    listed = [*(Column(i, field, "") for i, field in enumerate(missing)), *shifted]
    if "name" not in fields:
        at = next(
            (i for i, c in enumerate(listed) if c.field not in ("category", "subcategory")), len(listed)
        )
        listed.insert(at, Column(listed[at - 1].index, "name", ""))
    return (
        sorted(listed, key=lambda c: {"category": -2, "subcategory": -1}.get(c.field, c.index))
        if missing
        else listed
    )


def _is_row_a_line(body: Sequence[Token]) -> bool:
    """Whether lines are short enough to be rows, not a form that runs on."""
    lines = sum(token.gap == Break.LINE for token in body)
    return lines >= 3 and sum(len(token.text) for token in body) <= _ROW_LENGTH * lines


def _looks_fused(body: Sequence[Token]) -> bool:
    """Whether many pieces hold a name and a value, or the unit of the number before and the next name."""
    texts = [token.text for token in body if not read_class_label(token.text)]
    glued = sum(bool(_NAME_AND_VALUE.search(text)) for text in texts)
    glued += sum(
        before[-1:].isdigit() and _UNIT_AND_NAME.match(text) is not None for before, text in pairwise(texts)
    )
    return bool(texts) and glued * 3 >= len(texts)
