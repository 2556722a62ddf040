"""Forms in text without a grid become forms (无表格线的绩效目标表): flattened, spaced, or one cell a line."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.columns import GROUP_FIELDS, INDICATOR_FIELDS, Column, Columns, read_columns
from ingest.document import Cell, Row
from ingest.form_fields import FieldEntry
from ingest.forms import Form, IndicatorRow, is_title, scope_of_title
from ingest.labels import (
    NUMBERING,
    HeadingLabel,
    money_unit_of_line,
    read_class_label,
    read_heading,
    split_labelled,
)
from ingest.stream_rows import StreamStyle, tokens_to_rows
from ingest.stream_tokens import (
    TITLE_RUN,
    Break,
    Token,
    is_cell_a_line,
    rejoin_label_pieces,
    rows_to_tokens,
    split_class_labels,
    split_field_labels,
    split_form_ends,
    split_header_runs,
    split_value_runs,
)
from ontology.turtle import fold_label

_LABEL_JOIN = 4
_EXPECTED_LABELS = frozenset(["预期目标", "年初设定目标", "年初预期目标", "年度预期目标", "年初目标"])
_CLOSING = frozenset(["note", "signature"])
_NEXT_PART = re.compile(
    r"^(?:[（(][一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]+部分)"
)
_OPINION = re.compile(r"^.{0,12}(?:部门|单位|股室|科室|处室).{0,4}意见")
_TWO_CLASSES = re.compile(
    r"(?:产出|效益|满意度|成本|项目完成|项目效益)指标(?:[（(][^（）()]{0,8}[）)])?(?:数量|质量|时效|成本|经济|社会|生态|可持续|服务对象)[^:：]{2}"
)
_CLASS_AND_TEXT = re.compile(r"^[（(【]?.{0,6}(?:数量|质量|时效|成本|效益|影响|满意度)指标[】]?[:：].")
_DEFAULT_FIELDS = ("category", "subcategory", "name", "value")


@dataclass(frozen=True, slots=True)
class Header:
    """A run of column headings in a stream: its tokens from `start` up to `end`, and the columns."""

    start: int
    end: int
    columns: Columns


def stream_to_forms(rows: Sequence[Row]) -> list[Form]:
    """Given rows of text (or of a table whose cells were lost), return the forms they print."""
    tokens = split_form_ends(split_header_runs(rows_to_tokens(rows)))
    headers = find_headers(tokens) or find_bodies_without_header(tokens)
    forms: list[Form] = []
    start = 0
    for index, header in enumerate(headers):
        stop = headers[index + 1].start if index + 1 < len(headers) else len(tokens)
        form = Form(columns=header.columns, in_columns=False)
        _read_entries(form, split_field_labels(tokens[start : header.start]))
        if header.columns.header_rows == 0 and form.entry("project") is None:
            _guess_project(form, tokens[start : header.start])
        end = _read_body(form, tokens, header, stop)
        forms.append(form)
        start = end
    return forms


# ---- headers -----------------------------------------------------------------------------------------


def find_headers(tokens: Sequence[Token]) -> list[Header]:
    """Runs of at least three column headings that name an indicator's fields.

    Entries of the form that stand right before the first column belong to the form, unless the table
    has a column of projects.
    """
    headers = []
    at = 0
    while at < len(tokens):
        end, found = _heading_run(tokens, at)
        fields = {label.field(column=True) for _, label in found}
        if (
            len(found) >= 3
            and fields & {"name", "value", "indicators"}
            and len(fields & INDICATOR_FIELDS) >= 2
        ):
            headers.append(Header(at, end, _to_columns(found, tokens[at])))
            at = end
        else:
            at += 1
    return headers


def find_bodies_without_header(tokens: Sequence[Token]) -> list[Header]:
    """Class labels alone as cells below no header: the columns are class, class, name, value, points."""
    at = next(
        (i for i in range(len(tokens)) if _is_class_cell(tokens[i]) and not _is_numbered(tokens, i)), None
    )
    if at is None or sum(bool(_CLASS_AND_TEXT.match(token.text)) for token in tokens) >= 2:
        return []
    labels = [token for token in split_class_labels(tokens[at:]) if _is_class_cell(token)]
    if len({fold_label(token.text) for token in labels}) < 3:
        return []
    columns = tuple(Column(i, name, "") for i, name in enumerate((*_DEFAULT_FIELDS, "max_score")))
    return [Header(at, at, Columns(columns, 0))]


def _is_numbered(tokens: Sequence[Token], at: int) -> bool:
    """Whether a numbering stands before a token (一、 产出指标): then the text is written in levels."""
    return at > 0 and tokens[at].gap == Break.SPACE and bool(NUMBERING.fullmatch(tokens[at - 1].text))


def _is_class_cell(token: Token) -> bool:
    """A token that is a class label and nothing else, or begins a run of text with one."""
    text = token.text
    if text.endswith((":", "：")) or NUMBERING.match(text) or text.startswith("【"):
        return False
    label = read_class_label(text)
    if label:
        return fold_label(text).rstrip(")）").endswith("指标") or "指标(" in fold_label(text)
    return bool(_TWO_CLASSES.match(text))


def _heading_run(tokens: Sequence[Token], at: int) -> tuple[int, list[tuple[str, HeadingLabel]]]:
    found: list[tuple[str, HeadingLabel]] = []
    while at < len(tokens):
        step = _heading_at(tokens, at)
        if step is None:
            break
        count, text, label = step
        field = label.field(column=True)
        if field is None or field == "execution":
            break
        found.append((text, label))
        at += count
    fields = [label.field(column=True) for _, label in found]
    if "project" not in fields:
        first = next((i for i, field in enumerate(fields) if field not in GROUP_FIELDS), len(found))
        found = found[first:]
    return at, found


def _heading_at(tokens: Sequence[Token], at: int) -> tuple[int, str, HeadingLabel] | None:
    """The longest label that starts at a token, put together from up to four."""
    best = None
    text = ""
    for count in range(1, _LABEL_JOIN + 1):
        if at + count > len(tokens):
            break
        text += tokens[at + count - 1].text
        if len(text) > 30:
            break
        label = read_heading(text)
        if label and (label.listed or count == 1):
            best = (count, text, label)
    return best


def _to_columns(found: Sequence[tuple[str, HeadingLabel]], first: Token) -> Columns:
    """The columns of a run of headings; the classes come first, also behind a merged header row."""
    fields = [label.field(column=True) for _, label in found]
    start = fields.index("category") if "category" in fields else 0
    if start and fields[:start].count("value"):
        before = [
            item
            for item, field in zip(found[:start], fields, strict=False)
            if field != "value" or "value" not in fields[start:]
        ]
        found = [*found[start:], *before]
    cells = tuple(Cell(text, first.line, index) for index, (text, _) in enumerate(found))
    return read_columns([Row(cells, first.line)])


# ---- what stands below a header ----------------------------------------------------------------------


def _read_body(form: Form, tokens: Sequence[Token], header: Header, stop: int) -> int:
    """Read the rows of the table behind a header; return where they end."""
    end = _body_end(tokens, header.end, stop)
    cells = is_cell_a_line(tokens, header.start, header.end)
    body = list(tokens[header.end : end]) if cells else rejoin_label_pieces(tokens[header.end : end])
    body = split_class_labels(body)
    fused = any(token.gap == Break.FUSED for token in body) or _looks_fused(body, header.columns)
    if fused:
        body = split_value_runs(body, numbers=bool(header.columns.fields & {"max_score", "score", "weight"}))
    style = StreamStyle(cell_a_line=cells, fused=fused)
    kept = INDICATOR_FIELDS | (GROUP_FIELDS if header.columns.is_flat else frozenset())
    columns = [c for c in header.columns.columns if c.field in kept]
    form.rows = _without_trailing_text(tokens_to_rows(body, with_classes(columns), style))
    for part, fate in (
        (tokens[header.start : header.end], "heading"),
        (tokens[header.end : end], "continuation"),
    ):
        form.fates.extend((row, fate) for row in _rows_of(part))
    return end


def _rows_of(tokens: Sequence[Token]) -> list[Row]:
    """The rows that tokens were printed in, each once."""
    return list({(token.row.table, token.row.number, token.row.line): token.row for token in tokens}.values())


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


def _looks_fused(body: Sequence[Token], columns: Columns) -> bool:
    """Whether most lines hold fewer pieces than a row has cells."""
    lines: dict[int, int] = {}
    for token in body:
        lines[token.line] = lines.get(token.line, 0) + 1
    texts = [token.text for token in body if not read_class_label(token.text)]
    glued = sum(bool(re.search(r"[\u4e00-\u9fff](?:[≥≤]|\d+(?:\.\d+)?[%％])", text)) for text in texts)
    return bool(texts) and glued * 3 >= len(texts)


def _body_end(tokens: Sequence[Token], start: int, stop: int) -> int:
    """Where a table ends: a total, a remark, a signature, or the entries of the next form."""
    for at in range(start, stop):
        if _ends_table(tokens[at].text) or _starts_entries(tokens, at) or _starts_part(tokens[at]):
            return at
    return stop


def _starts_part(token: Token) -> bool:
    """Whether the document goes on with its next numbered part (（四）部门职责)."""
    return token.gap == Break.LINE and bool(_NEXT_PART.match(token.text)) and not read_class_label(token.text)


def _ends_table(text: str) -> bool:
    """Whether a word below the table begins here: a total, a remark, the web page's own words."""
    label = read_heading(text) or read_heading(re.sub(r"[:：\d.]+.*$", "", text))
    labelled = split_labelled(text)
    found = label or (labelled[0] if labelled else None)
    if _OPINION.search(text):
        return True
    return bool(found and any(h.ends_table or h.id in _CLOSING for h in found.headings)) or bool(
        TITLE_RUN.fullmatch(text)
    )


def _starts_entries(tokens: Sequence[Token], at: int) -> bool:
    text = tokens[at].text
    labelled = split_labelled(text)
    label = read_heading(text) or (labelled[0] if labelled else None)
    if label and label.field(column=False) in ("project", "supervising_department", "implementing_unit"):
        return True
    return text.startswith("项目名称") or (tokens[at].gap == Break.LINE and is_title(tokens[at].row))


# ---- entries above a header --------------------------------------------------------------------------


def _read_entries(form: Form, tokens: Sequence[Token]) -> None:
    """Read the labelled entries between the table above and this one."""
    at = 0
    current: HeadingLabel | None = None
    label_text = ""
    parts: list[Token] = []
    money = None
    while at < len(tokens):
        token = tokens[at]
        title = _title_at(tokens, at)
        if title:
            _close_entry(form, current, label_text, parts)
            current, parts = None, []
            if form.entry("project") is None:
                # What stands above the title belongs to the text before the form.
                form.entries.clear()
            form.title, form.scope = title[1], scope_of_title(title[1])
            form.fates.append((token.row, "title"))
            at += title[0]
            continue
        found = _entry_label(tokens, at)
        heading = read_heading(token.text)
        if found is None and heading and len(fold_label(token.text)) >= 3:
            _close_entry(form, current, label_text, parts)
            current, parts = None, []
            at += 1
            continue
        if found is None:
            parts.append(token)
            at += 1
            continue
        _close_entry(form, current, label_text, parts)
        if current is not None and not parts and current.field(column=False) == "project":
            _read_wrapped(form, tokens, at)
        count, label_text, current, rest = found
        form.labels.add(label_text)
        money = current.money_unit or (
            money if current.field(column=False) in ("budget", "budget_part", "aside") else None
        )
        if money is not None:
            form.money_unit = form.money_unit or money
        parts = [rest] if rest else []
        at += count
    _close_entry(form, current, label_text, parts)


def _read_wrapped(form: Form, tokens: Sequence[Token], at: int) -> None:
    """A project's name printed on two lines, above and below the line of its label (the text of a PDF)."""
    lines: list[list[Token]] = []
    for token in tokens:
        if token.gap == Break.LINE or not lines:
            lines.append([])
        lines[-1].append(token)
    own = next(i for i, line in enumerate(lines) if any(token is tokens[at] for token in line))
    if not 0 < own < len(lines) - 1:
        return
    above, below = lines[own - 1], lines[own + 1]
    if len(above) != len(below) or any(read_heading(token.text) for token in (*above, *below)):
        return
    text = above[0].text + below[0].text
    cell = Cell(text, above[0].line, above[0].column)
    form.entries.append(FieldEntry("project", text, cell, above[0].row, "项目名称"))


def _title_at(tokens: Sequence[Token], at: int) -> tuple[int, str] | None:
    """The title of a form at a token, a line of its own or cut out of a run, and how many tokens it takes."""
    token = tokens[at]
    if token.gap == Break.LINE and token.row.table is None and is_title(token.row):
        count = sum(1 for other in tokens[at:] if other.row is token.row)
        return count, token.row.filled[0].text.strip()
    return (1, token.text) if TITLE_RUN.fullmatch(token.text) else None


def _guess_project(form: Form, tokens: Sequence[Token]) -> None:
    """Without labels, the last words before the classes name the project, a number there is its amount."""
    near = [token for token in tokens if token.gap != Break.FUSED][-3:]
    named = [
        token
        for token in near
        if re.search(r"[\u4e00-\u9fff]{3}", token.text) and not read_heading(token.text)
    ]
    if not named or len(named[-1].text) > 40:
        return
    token = named[-1]
    cell = Cell(token.text, token.line, token.column)
    form.entries.append(FieldEntry("project", token.text, cell, token.row, "项目名称"))
    for other in near[near.index(token) + 1 :]:
        if re.fullmatch(r"[\d,.]+", other.text):
            cell = Cell(other.text, other.line, other.column)
            money = next(
                (money_unit_of_line(t.row.text) for t in tokens if money_unit_of_line(t.row.text)), None
            )
            form.entries.append(FieldEntry("budget", other.text, cell, other.row, "金额", money))


def _entry_label(tokens: Sequence[Token], at: int) -> tuple[int, str, HeadingLabel, Token | None] | None:
    """A label at a token: the token itself, several put together, or “label：text”."""
    found = _heading_at(tokens, at)
    if found and found[2].field(column=False):
        return found[0], fold_label(found[1]), found[2], None
    labelled = split_labelled(tokens[at].text)
    if labelled and labelled[0].field(column=False):
        token = tokens[at]
        rest = Token(labelled[1], token.line, token.gap, token.row, token.column) if labelled[1] else None
        return 1, labelled[0].headings[0].label, labelled[0], rest
    return None


def _close_entry(form: Form, label: HeadingLabel | None, label_text: str, parts: Sequence[Token]) -> None:
    if label is None or not parts:
        return
    field = label.field(column=False) or "aside"
    if field == "actual_objective" and len(parts) >= 2 and form.labels & _EXPECTED_LABELS:
        half = (len(parts) + 1) // 2
        _keep_entry(form, "objective", "年度目标", parts[:half])
        parts = parts[half:]
    _keep_entry(form, field, label_text, parts, label)


def _one_of(field: str, parts: Sequence[Token], form: Form) -> str:
    """The one number meant where several stand in a row: of 年初预算数, 全年预算数, 全年执行数 the second."""
    numbers = [part.text for part in parts if re.fullmatch(r"[\d,，.]+", part.text)]
    if (
        field == "budget"
        and len(numbers) >= 3
        and any(label.startswith("全年预算数") for label in form.labels)
    ):
        return numbers[1] if any(label.startswith("年初预算") for label in form.labels) else numbers[0]
    return parts[0].text.lstrip("：: ")


def _keep_entry(
    form: Form, field: str, label_text: str, parts: Sequence[Token], label: HeadingLabel | None = None
) -> None:
    text = " ".join(token.text for token in parts).lstrip("：: ")
    first = parts[0]
    if not text:
        return
    if field != "objective":
        text = _one_of(field, parts, form) if len(parts) >= 3 else text
    money = (label.money_unit if label else None) or form.money_unit
    form.fates.extend((row, "field") for row in _rows_of(parts))
    form.entries.append(
        FieldEntry(field, text, Cell(text, first.line, first.column), first.row, label_text, money)
    )
