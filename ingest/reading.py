"""One document is read from its file to its printed targets (读取一份文件)."""

from dataclasses import dataclass
from pathlib import Path

from ingest.amounts import fill_budgets
from ingest.document import Document
from ingest.document_header import DocumentHeader, read_document_header
from ingest.ledger import Ledger
from ingest.merge import merge_targets
from ingest.read_text import read_text_file
from ingest.sections import Section, find_target_sections
from ingest.targets import SectionReading, read_section
from ontology.errors import DocumentError
from ontology.model import Issue, IssueLevel, PrintedTarget, RowAccount, Source

READERS = {".txt": read_text_file, ".md": read_text_file}
"""The reader of each kind of file."""

COMING = (".pdf", ".docx", ".doc", ".xlsx", ".xls", ".html", ".htm")


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


def read_document(path: Path) -> Document:
    """Read one file by its kind; raises DocumentError in one sentence where that is not possible."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        known = "、".join(READERS)
        raise DocumentError(f"文件 {path} 的类型是“{path.suffix or '无扩展名'}”，目前能读的类型是 {known}")
    return reader(path)


def read_targets(document: Document) -> DocumentReading:
    """Given a document, return its printed targets, every row of the parts that hold them accounted for."""
    sections = tuple(find_target_sections(document))
    readings = tuple(read_section(section) for section in sections)
    drafts = merge_targets([target for reading in readings for target in reading.targets])
    forms = [form for reading in readings for form in reading.forms]
    fill_budgets(drafts, document, forms)
    ledger = Ledger()
    for reading in readings:
        ledger.take(reading.ledger)
    rows = ledger.accounts()
    return DocumentReading(
        document=document,
        sections=sections,
        section_readings=readings,
        header=read_document_header(document, forms, drafts),
        targets=tuple(draft.freeze() for draft in drafts),
        rows=rows,
        issues=tuple(_row_issues(document, rows)),
    )


def _row_issues(document: Document, rows: tuple[RowAccount, ...]) -> list[Issue]:
    """A warning for each row that was not read, with its text."""
    texts = {(row.table, row.number, row.line): row.text for row in document.rows()}
    issues = []
    for account in rows:
        if account.fate != "unread":
            continue
        printed = texts.get((account.table, account.row, account.line), "")
        where = f"第 {account.line} 行" if account.table is None else f"第 {account.table} 张表第 {account.row} 行（文本第 {account.line} 行）"
        message = f"{where}没有读出：“{printed[:60]}”，应为指标、栏目或说明"
        source = Source(field="row", printed=printed, line=account.line, table=account.table, row=account.row)
        issues.append(Issue(level=IssueLevel.WARNING, code="row-unread", message=message, source=source))
    return issues
