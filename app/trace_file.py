"""What each step made of one file (追踪): from bytes to graph, with the place of everything."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from app.pipeline import interpret_reading
from app.terminal import print_table, say
from graph.build import build_graph
from graph.value_names import value_name
from ingest.document import Document, Grid, Row
from ingest.reading import DocumentReading, read_document, read_targets
from nlp.entity_texts import LABEL_WORDS
from nlp.interpret import find_source
from ontology.categories import category
from ontology.model import ROW_FATES, Disclosure, Indicator, PerformanceTarget, Source

_TEXT_SHOWN = 60
_INDICATOR_HEADS = ("一级指标", "二级指标", "指标", "指标值", "解读", "方向", "词语", "分值", "出处")


def print_trace(path: Path, *, with_rows: bool) -> None:
    """Print the six steps of one file's road; `with_rows` lists what became of every row.

    Raises DocumentError where the file cannot be read.
    """
    document = read_document(path)
    _print_document(document, path)
    reading = read_targets(document)
    _print_reading(reading, with_rows=with_rows)
    disclosure = interpret_reading(reading)
    _print_targets(disclosure)
    _print_issues(disclosure)
    _print_graph(disclosure)


def _heading(text: str) -> None:
    say(f"\n{text}", style="bold")


def _print_document(document: Document, path: Path) -> None:
    _heading(f"1 读文件  {path}")
    grids = [block for block in document.blocks if isinstance(block, Grid)]
    lines = len(document.blocks) - len(grids)
    say(f"编码 {document.encoding}，SHA-256 {document.sha256[:16]}…，表 {len(grids)} 张，文字 {lines} 行")
    rows = [
        (grid.number, grid.line, len(grid.rows), max(len(row.cells) for row in grid.rows), _start(grid))
        for grid in grids
    ]
    if rows:
        print_table(("表", "起始文本行", "行", "列", "开头"), rows, numbers=(0, 1, 2, 3))


def _start(grid: Grid) -> str:
    return next((_start_of(row) for row in grid.rows if not row.is_blank), "")


def _start_of(row: Row) -> str:
    """The first words of a row, its cells kept apart."""
    text = " │ ".join(" ".join(cell.text.split()) for cell in row.cells)
    return text if len(text) <= _TEXT_SHOWN else f"{text[: _TEXT_SHOWN - 1]}…"


def _print_reading(reading: DocumentReading, *, with_rows: bool) -> None:
    _heading(f"2 找绩效目标  {len(reading.sections)} 个部分")
    rows = [
        (
            section.kind.value,
            f"{section.first_line}–{section.rows[-1].line}",
            len(section.rows),
            len(found.targets),
        )
        for section, found in zip(reading.sections, reading.section_readings, strict=True)
    ]
    if rows:
        print_table(("读法", "文本行", "行", "目标"), rows, numbers=(2, 3))
    statements = sum(indicator.statements for target in reading.targets for indicator in target.indicators)
    _heading(f"3 读出目标  {len(reading.targets)} 个目标，印出指标 {statements} 条，每一行的去向：")
    fates = Counter(account.fate for account in reading.rows)
    print_table(
        ("去向", "行"), [(ROW_FATES[fate], count) for fate, count in fates.most_common()], numbers=(1,)
    )
    if with_rows:
        _print_rows(reading)


def _print_rows(reading: DocumentReading) -> None:
    texts = {(row.table, row.number, row.line): _start_of(row) for row in reading.document.rows()}
    rows = [
        (
            account.line,
            account.table,
            account.row if account.column is None else f"列{account.column}",
            ROW_FATES[account.fate],
            account.records or None,
            texts.get((account.table, account.row, account.line)) if account.column is None else None,
        )
        for account in reading.rows
    ]
    print_table(("文本行", "表", "行", "去向", "指标", "原文"), rows, numbers=(0, 1, 2, 4))


def _print_targets(disclosure: Disclosure) -> None:
    year = disclosure.fiscal_year or "不详"
    indicators = sum(len(target.indicators) for target in disclosure.targets)
    _heading(f"4 解读  单位 {disclosure.budget_unit or '不详'}，年度 {year}，指标 {indicators} 条")
    for target in disclosure.targets:
        _print_target(target)


def _print_target(target: PerformanceTarget) -> None:
    printed = target.printed
    budget = "不详" if printed.budget is None else f"{printed.budget:,.2f} 元"
    say(f"\n{printed.scope.value} {printed.project or ''}（预算 {budget}）", style="bold")
    say(f"总体目标：{printed.objective or '（未印）'}")
    _print_filled(_INDICATOR_HEADS, [_indicator_row(indicator) for indicator in target.indicators])
    if printed.long_term_indicators:
        say(f"另有中长期指标 {len(printed.long_term_indicators)} 条，单独保存")


def _print_filled(headings: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a table without the columns in which nothing stands."""
    filled = [column for column in range(len(headings)) if any(row[column] is not None for row in rows)]
    print_table([headings[column] for column in filled], [[row[column] for column in filled] for row in rows])


def _indicator_row(indicator: Indicator) -> tuple[object, ...]:
    printed = indicator.printed
    value = indicator.in_context.value if indicator.in_context else indicator.target_value
    return (
        category(printed.category).label if printed.category else None,
        category(printed.subcategory).label if printed.subcategory else None,
        printed.name,
        printed.printed_value,
        value_name(value, printed.printed_value) or None,
        indicator.polarity,
        _mentions(indicator),
        printed.max_score,
        describe_source(find_source(printed.sources, "name")),
    )


def _mentions(indicator: Indicator) -> str | None:
    """The words that a name mentions, each with its kind."""
    return (
        "，".join(f"{LABEL_WORDS[entity.label]} {entity.text}" for entity in indicator.entities or ()) or None
    )


def describe_source(source: Source | None) -> str:
    """Where a string is printed, for a person."""
    if source is None:
        return "不详"
    return (f"表{source.table}" if source.table is not None else "") + source.cell


def _print_issues(disclosure: Disclosure) -> None:
    _heading(f"5 校验  {len(disclosure.issues)} 条提示")
    for issue in disclosure.issues:
        say(f"  {issue.message}")


def _print_graph(disclosure: Disclosure) -> None:
    batch = build_graph(disclosure)
    _heading("6 建图")
    print_table(("节点", "个"), [(label, len(rows)) for label, rows in batch.nodes.items()], numbers=(1,))
    relationships = Counter[str]()
    for connection, rows in batch.relationships.items():
        relationships[connection.type] += len(rows)
    print_table(("关系", "条"), relationships.items(), numbers=(1,))
