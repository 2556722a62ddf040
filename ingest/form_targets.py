"""A form that holds one target becomes that target (一表一目标)."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from ingest.align import AlignedCell, is_objective_label
from ingest.cleaning import clean_name, close_gaps, is_placeholder, join_lines
from ingest.columns import INDICATOR_FIELDS, LONG_TERM
from ingest.document import Cell
from ingest.draft import DraftTarget
from ingest.form_fields import FieldEntry, parse_amount
from ingest.forms import Form, IndicatorRow
from ingest.labels import NUMBERING, read_class_label, read_heading
from ingest.ledger import Ledger
from ingest.printed_rows import ClassState, cell_source, read_classes, row_to_indicator
from nlp.target_value import looks_like_value
from ontology.model import PrintedIndicator, Source, TargetScope
from ontology.turtle import fold_label

_OTHER_FIELDS = frozenset(["history", "graded_value", "aside", "nature"])
_TITLE_PROJECT = re.compile(
    r"^(?:附[件表]?\s*\d*[:：]?)?\s*(?P<name>.{3,60}?)(?:支出)?绩效(?:目标|自评|评价)(?:申报|自评|公开|批复|工作|指标)?(?:表|情况|报告)?$"
)
_TITLE_NOTICE = re.compile(
    r"^(?:.{0,30})关于[“\"]?(?P<name>.{4,60}?)[”\"]?(?:支出)?绩效目标(?:设定|设置|公开|申报)?(?:情况)?的(?:公示|批复|通知|说明|公告|报告|函)$"
)
_SEVERAL_YEARS = re.compile(r"20\d\d年?[-—–~至]+20\d\d")
_GENERIC_TITLE = re.compile(
    r"(?:支出|预算|部门|整体|单位|总体|分项|年度|专项资金|(?:预算|部门|本级|重点|支出|年度|财政|单位|分项|主要|全部|[局委办院县市区镇乡省])项目|^项目|^专项|转移支付|区域|政策)$"
)


def form_to_target(form: Form, ledger: Ledger) -> DraftTarget:
    """Given a form, return its target and account for its indicator rows.

    The target may hold nothing; the caller decides what to do with it.
    """
    target = DraftTarget(scope=form_scope(form), project=form_project(form))
    _read_entries(form, target)
    read_indicator_rows(form.rows, target, ledger, in_columns=form.in_columns)
    target.indicators = fill_merged_basis(target.indicators)
    target.line = form.fates[0][0].line if form.fates else 0
    return target


def form_scope(form: Form) -> TargetScope:
    """What the form's target covers: by its title, else by whether it names a project."""
    if form.scope is not None:
        if form.scope == TargetScope.DEPARTMENT and form.entry("project") and not form.tasks:
            return TargetScope.PROJECT
        return form.scope
    if form.entry("project"):
        return TargetScope.PROJECT
    whole = form.tasks or any("整体" in label or label.startswith("部门名称") for label in form.labels)
    return (
        TargetScope.DEPARTMENT
        if whole and project_of_title(form.title or "") is None
        else TargetScope.PROJECT
    )


def form_project(form: Form) -> str | None:
    """The project's name: its entry, else the name in the title (…经费绩效目标表)."""
    entry = form.entry("project")
    if entry:
        return clean_project(entry.text)
    if form.scope == TargetScope.DEPARTMENT or form.title is None:
        return None
    return project_of_title(form.title)


def project_of_title(title: str) -> str | None:
    """The project that a title names; None where it names none.

    >>> project_of_title("（一）档案库房改造项目绩效目标"), project_of_title("甲县2023年项目支出绩效目标表")
    ('档案库房改造项目', None)
    """
    text = NUMBERING.sub("", join_lines(title)).strip()
    text = re.sub(r"^(?:[^《“\"（(]{3,30}?)?20\d\d\s*年度?\s*(?=\S{3,})", "", text)
    if read_heading(text):
        return None
    match = _TITLE_PROJECT.match(text) or _TITLE_NOTICE.match(text)
    if not match or is_generic_title(match.group("name")):
        return None
    return clean_project(match.group("name"))


def is_generic_title(name: str) -> bool:
    """Whether a title's words name no project (甲县2023年部门预算项目支出).

    >>> is_generic_title("甲县档案局2023年部门预算项目支出"), is_generic_title("档案库房改造项目")
    (True, False)
    """
    folded = re.sub(r"20\d\d年?(?:度)?", "", fold_label(name))
    return len(folded) < 3 or bool(_GENERIC_TITLE.search(folded))


def clean_project(text: str) -> str:
    """A project's name without numbering in front and separators behind."""
    name = re.sub(
        r"^\s*(?:[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[）)]?\s*[、.．]|[（(]\d{1,2}[）)])\s*(?!\d)",
        "",
        close_gaps(text),
    )
    return re.sub(r"[、，,；;。:：]+$", "", name).strip()


def _read_entries(form: Form, target: DraftTarget) -> None:
    objective = _objective(form, "objective")
    if objective:
        target.objective = objective[0]
        target.sources.extend(objective[1])
    long_term = _objective(form, "long_term_objective")
    if long_term:
        target.long_term_objective = long_term[0]
    unit = form.entry("unit") or form.entry("implementing_unit") or form.entry("supervising_department")
    target.unit = join_lines(unit.text) if unit else None
    target.budget = _form_budget(form)
    for field_name in ("project", "budget"):
        entry = form.entry(field_name)
        if entry:
            target.sources.append(entry_source(entry))
            target.add_table(entry.row.table)


def _objective(form: Form, field_name: str) -> tuple[str, list[Source]] | None:
    """The text of the objective, put together over page breaks."""
    parts = [e for e in form.entries if e.field == field_name and e.text and not is_placeholder(e.text)]
    if field_name == "objective":
        parts = [e for e in parts if not _SEVERAL_YEARS.search(e.label)]
        parts = [e for e in parts if "年度" in e.label or "当年" in e.label] or parts
    if not parts:
        return None
    return join_lines(parts[0].text), [entry_source(parts[0])]


def entry_source(entry: FieldEntry) -> Source:
    """Where an entry of the form stands."""
    return replace(cell_source(entry.field, entry.cell, entry.row), printed=entry.text)


def _form_budget(form: Form) -> Decimal | None:
    entries = [e for e in form.entries if e.field == "budget"]
    annual = [e for e in entries if re.search("当年|年度|本年|全年", e.label)]
    for entry in [*annual, *entries]:
        amount = parse_amount(entry.text, entry.money_unit or form.money_unit)
        if amount:
            return amount
    totals = [row for row in form.tasks if re.match(r"(?:金额)?(?:合计|总计|小计)", fold_label(row.row.text))]
    for total in totals:
        amount = row_amount(total, form.money_unit)
        if amount:
            return amount
    return None


def row_amount(item: IndicatorRow, money_unit: Decimal | None) -> Decimal | None:
    """The first amount of a row, in yuan."""
    for aligned in item.cells:
        if aligned.column and aligned.column.field == "budget":
            amount = parse_amount(aligned.cell.text, aligned.column.money_unit or money_unit)
            if amount is not None:
                return amount
    numbers = [a for a in item.cells if re.fullmatch(r"-?[\d,，]+(?:\.\d+)?", fold_label(a.cell.text))]
    return parse_amount(numbers[0].cell.text, money_unit) if numbers else None


# ---- indicator rows --------------------------------------------------------------------------------


def cells_by_field(cells: Sequence[AlignedCell], *, block: str | None = None) -> dict[str, Cell]:
    """The cells of a row by field, of one block (annual, long-term) or of all."""
    found: dict[str, Cell] = {}
    for aligned in cells:
        column = aligned.column
        if column is not None and (block is None or column.block == block or column.field == "category"):
            found.setdefault(column.field, aligned.cell)
    return found


def read_indicator_rows(
    rows: Sequence[IndicatorRow], target: DraftTarget, ledger: Ledger, *, in_columns: bool = True
) -> None:
    """Read the indicator rows of one target into it, and account for each."""
    state = ClassState()
    for item in rows:
        fields = annual_fields(item)
        if states_objective(fields):
            ledger.add(item.row, "field")
            continue
        state = read_classes(
            state,
            fields.get("category"),
            fields.get("subcategory"),
            in_columns=in_columns,
            exact=item.row.exact,
        )
        if _continues(item, fields, target):
            _append_to_last(target, item, fields["name"])
            ledger.add(item.row, "continuation")
            continue
        _read_long_term(item, state, target)
        parts = split_parallel_cells(fields)
        others = _other_cells(item)
        found = [i for part in parts if (i := row_to_indicator(item.row, part, state, others=others))]
        target.indicators.extend(found)
        if found:
            target.add_table(item.row.table)
        ledger.add(item.row, "indicator" if found else _why_nothing(item), records=len(found))


def _other_cells(item: IndicatorRow) -> tuple[Source, ...]:
    """What the row prints in columns that have no field of their own (前年, 良, 是否核心指标)."""
    return tuple(
        cell_source(fold_label(aligned.column.heading), aligned.cell, item.row)
        for aligned in item.cells
        if aligned.column and aligned.column.field in _OTHER_FIELDS and not aligned.cell.is_blank
    )


def _read_long_term(item: IndicatorRow, state: ClassState, target: DraftTarget) -> None:
    """Keep the row's long-term indicator apart, where a block of them stands beside the year's."""
    fields = cells_by_field([a for a in item.cells if a.column and a.column.block == LONG_TERM])
    if "name" in fields:
        indicator = row_to_indicator(
            item.row, {k: v for k, v in fields.items() if k in ("name", "value")}, state
        )
        if indicator is not None:
            target.long_term.append(indicator)


def split_parallel_cells(fields: dict[str, Cell]) -> list[dict[str, Cell]]:
    """Name and value cells that list several things line by line hold one indicator a line."""
    name, value = fields.get("name"), fields.get("value")
    if name is None or value is None:
        return [fields]
    names, values = _lines(name.text), _lines(value.text)
    if len(names) < 2 or len(names) != len(values) or not all(looks_like_value(line) for line in values):
        return [fields]
    parts = []
    for first, second in zip(names, values, strict=True):
        parts.append({**fields, "name": replace(name, text=first), "value": replace(value, text=second)})
    return parts


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def states_objective(fields: dict[str, Cell]) -> bool:
    """Whether a row's class columns say that it states the objective (总体目标), not an indicator."""
    return any(key in fields and is_objective_label(fields[key].text) for key in ("category", "subcategory"))


def annual_fields(item: IndicatorRow) -> dict[str, Cell]:
    """The year's cells; a long-term block stands beside them and gives the long-term value only."""
    annual = [
        a
        for a in item.cells
        if a.column is None or a.column.block != LONG_TERM or a.column.field == "category"
    ]
    fields = cells_by_field(annual)
    long_term = cells_by_field([a for a in item.cells if a.column and a.column.block == LONG_TERM])
    if "value" in long_term and "long_term_value" not in fields:
        same = "name" not in long_term or fold_label(long_term["name"].text) == fold_label(
            fields["name"].text if "name" in fields else ""
        )
        if same:
            fields["long_term_value"] = long_term["value"]
    return fields


def _why_nothing(item: IndicatorRow) -> str:
    if any(a.column and a.column.block == LONG_TERM and a.column.field == "name" for a in item.cells):
        return "long_term"
    texts = [cell.text for cell in item.row.filled]
    stated = [a.cell.text for a in item.cells if a.column and a.column.field in INDICATOR_FIELDS]
    if all(read_class_label(text) for text in stated or texts):
        return "label"
    if any(is_placeholder(text) or re.search(r"\*\*|XX|××", text) for text in texts):
        return "placeholder"
    return "label" if len(texts) <= 2 else "unread"


def _continues(item: IndicatorRow, fields: dict[str, Cell], target: DraftTarget) -> bool:
    """Whether a row only holds the rest of the name above, cut by a page break (…5000人左 | 右)."""
    if set(fields) - {"side_label"} != {"name"} or not target.indicators or not item.page_break:
        return False
    text = join_lines(fields["name"].text)
    before = target.indicators[-1].name
    if clean_name(text)[0] != text or looks_like_value(text) or is_placeholder(text):
        return False
    return (
        len(text) <= 3
        or bool(re.match(r"[，。；、,;)）”》]", text))
        or bool(re.search(r"[，、（(“《的和与及]$", before))
    )


def _append_to_last(target: DraftTarget, item: IndicatorRow, cell: Cell) -> None:
    last = target.indicators[-1]
    target.indicators[-1] = replace(
        last,
        name=last.name + join_lines(cell.text),
        sources=(*last.sources, cell_source("name", cell, item.row)),
    )


def fill_merged_basis(indicators: list[PrintedIndicator]) -> list[PrintedIndicator]:
    """A basis printed once for the whole project (a merged cell) holds for each of its rows."""
    printed = {indicator.basis for indicator in indicators if indicator.basis}
    if len(indicators) >= 3 and len(printed) == 1 and sum(bool(i.basis) for i in indicators) == 1:
        basis = printed.pop()
        return [replace(indicator, basis=basis) for indicator in indicators]
    return indicators
