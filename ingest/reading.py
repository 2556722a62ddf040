"""One document is read from its file to its printed targets (读取一份文件)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.amounts import fill_budgets
from ingest.document import Document
from ingest.document_header import DocumentHeader, read_document_header
from ingest.draft import DraftTarget
from ingest.ledger import Ledger
from ingest.merge import merge_targets
from ingest.project_names import name_lone_project
from ingest.read_text import read_text_file
from ingest.sections import Section, find_target_sections
from ingest.targets import SectionReading, read_section
from ontology.errors import DocumentError
from ontology.model import ROW_FATES, Issue, IssueLevel, PrintedTarget, RowAccount, Source

READERS = {".txt": read_text_file, ".md": read_text_file}
"""The reader of each kind of file."""

COMING = (".pdf", ".docx", ".doc", ".xlsx", ".xls", ".html", ".htm")

IGNORED_FATES = frozenset({"long_term", "placeholder", "task", "total", "note", "other"})
"""What is read and told of, but gives no indicator of the year."""


@dataclass(frozen=True, slots=True)
class DocumentReading:
    """Everything read from one document, before it is interpreted, with the stations in between."""

    document: Document
    sections: tuple[Section, ...]
    section_readings: tuple[SectionReading, ...]
    header: DocumentHeader
    targets: tuple[PrintedTarget, ...]
    rows: tuple[RowAccount, ...]
    issues: tuple[Issue, ...]


def read_document(path: Path, name: str | None = None) -> Document:
    """Read one file by its kind, to be called `name` (else by its own name); raises DocumentError."""
    name = name or path.name
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        known = "、".join(READERS)
        raise DocumentError(f"文件 {name} 的类型是“{path.suffix or '无扩展名'}”，目前能读的类型是 {known}")
    return reader(path, name)


def read_targets(document: Document) -> DocumentReading:
    """Given a document, return its printed targets, every row of the parts that hold them accounted for."""
    sections = tuple(find_target_sections(document))
    readings = tuple(read_section(section) for section in sections)
    drafts = merge_targets([target for reading in readings for target in reading.targets])
    forms = [form for reading in readings for form in reading.forms]
    name_lone_project(drafts, document)
    fill_budgets(drafts, document, forms)
    ledger = Ledger()
    for reading in readings:
        ledger.take(reading.ledger)
    rows = ledger.accounts()
    header = read_document_header(document, forms, drafts)
    return DocumentReading(
        document=document,
        sections=sections,
        section_readings=readings,
        header=header,
        targets=tuple(draft.freeze() for draft in drafts),
        rows=rows,
        issues=(
            *_issues(document, sections, len(drafts), rows),
            *(_header_unread(header) if drafts else ()),
            *_merged(drafts),
            *_amounts_unread(drafts),
            *_passages_unread(ledger),
        ),
    )


def _issues(
    document: Document, sections: Sequence[Section], found: int, rows: Sequence[RowAccount]
) -> Iterator[Issue]:
    """What was left out, repaired or not found, each with its place."""
    for remark in document.remarks:
        yield Issue(level=IssueLevel.WARNING, code="text-damaged", message=remark)
    if not found:
        unread = any(account.fate == "unread" for account in rows)
        told = _why_no_target(document, sections, unread=unread)
        yield Issue(level=IssueLevel.WARNING, code="no-target", message=told)
    texts = {(row.table, row.number, row.line): row.text for row in document.rows()}
    ignored: dict[str, list[str]] = {}
    for account in rows:
        where = _place(account)
        if account.fate == "unread":
            printed = texts.get((account.table, account.row, account.line), "")
            source = Source(
                field="row", printed=printed, line=account.line, table=account.table, row=account.row
            )
            message = f"{where}没有读出：“{printed[:60]}”，应为指标、栏目或说明"
            yield Issue(level=IssueLevel.WARNING, code="row-unread", message=message, source=source)
        elif account.fate in IGNORED_FATES:
            ignored.setdefault(account.fate, []).append(where)
    for fate, places in ignored.items():
        message = f"{len(places)} 行是{ROW_FATES[fate]}，不作为指标：{'、'.join(places)}"
        yield Issue(level=IssueLevel.NOTE, code="row-ignored", message=message)


def _header_unread(header: DocumentHeader) -> Iterator[Issue]:
    """What is not known of the document as a whole, and where it was looked for."""
    if header.budget_unit is None:
        told = "没有读到预算单位，应印在“预算单位”一栏、“单位：”之后或带单位名称的标题里；复用按“单位不详”计"
        yield Issue(level=IssueLevel.WARNING, code="unit-unread", message=told)
    if header.fiscal_year is None:
        told = "没有读到预算年度，应印在标题里或表的（2024年度）处；跨年的比较不算这份文件"
        yield Issue(level=IssueLevel.WARNING, code="year-unread", message=told)


def _merged(targets: Sequence[DraftTarget]) -> Iterator[Issue]:
    """Which targets were put together of several statements, with the lines of each."""
    for target in targets:
        if target.stated_again:
            lines = "、".join(f"第 {line} 行" for line in (target.line, *target.stated_again))
            name, count = target.project or "部门整体", len(target.stated_again) + 1
            message = f"“{name}”的绩效目标印了 {count} 次（{lines}起），合为一个"
            yield Issue(level=IssueLevel.NOTE, code="target-merged", message=message)


def _amounts_unread(targets: Sequence[DraftTarget]) -> Iterator[Issue]:
    """What forms print as an amount, and what is none, or several, or has no unit anywhere."""
    for target in targets:
        printed = [s for s in target.sources if s.field == "budget" and re.search("[1-9]", s.printed)]
        for source in printed if target.budget is None else ():
            message = f"{source.cell}“{source.printed[:60]}”没有读成金额，应为带单位（元、万元）的一个金额"
            yield Issue(level=IssueLevel.WARNING, code="amount-unread", message=message, source=source)


def _passages_unread(ledger: Ledger) -> Iterator[Issue]:
    """The parts that could not be read of rows that gave something else."""
    unread = {(a.table, a.row, a.line) for a in ledger.accounts() if a.fate == "unread"}
    for row, text in ledger.passages:
        if (row.table, row.number, row.line) not in unread:
            source = Source(field="row", printed=text, line=row.line, table=row.table, row=row.number)
            message = f"第 {row.line} 行有一段没有读出：“{text[:60]}”，应为指标、栏目或说明"
            yield Issue(level=IssueLevel.WARNING, code="row-unread", message=message, source=source)


def _place(account: RowAccount) -> str:
    if account.table is None:
        return f"第 {account.line} 行"
    where = f"第 {account.row} 行" if account.column is None else f"第 {account.column} 列"
    return f"表 {account.table} {where}（文本第 {account.line} 行）"


def _why_no_target(document: Document, sections: Sequence[Section], *, unread: bool) -> str:
    """Whether targets could not be read, are left blank, only spoken of, or not in the file at all."""
    if sections:
        lines = "、".join(f"第 {section.first_line} 行" for section in sections)
        why = "没有读出，见下面没有读出的行" if unread else "没有填写内容"
        return f"文件 {document.file} 有绩效目标的表格或段落（{lines}起），但{why}"
    mention = next((row.line for row in document.rows() if "绩效目标" in row.text), None)
    if mention is not None:
        return f"文件 {document.file} 第 {mention} 行提到绩效目标，但全文没有列出项目的指标"
    return f"文件 {document.file} 全文没有提到绩效目标；应为含有绩效目标表的预算公开"
