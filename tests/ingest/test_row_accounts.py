"""Rows in = records out + rows explained, and every string where its provenance says it stands."""

from dataclasses import replace
from pathlib import Path

import pytest

from ingest.document import Document, Row
from ingest.header_rows import is_header_row
from ingest.labels import read_class_label
from ingest.reading import DocumentReading, read_document, read_targets
from ontology.model import ROW_FATES, Source
from ontology.turtle import fold_label

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted(path for path in (ROOT / "examples").iterdir() if path.suffix in (".txt", ".md"))
SEEDS = sorted((ROOT.parent / "shared" / "seeds").glob("*.txt"))
FILES = [pytest.param(path, id=path.stem) for path in EXAMPLES] + [
    pytest.param(path, id=path.stem, marks=pytest.mark.shared) for path in SEEDS
]


@pytest.fixture(params=FILES)
def reading(request: pytest.FixtureRequest) -> DocumentReading:
    return read_targets(read_document(request.param))


@pytest.mark.shared
@pytest.mark.skipif(not SEEDS, reason="needs the seed disclosures in ../shared/seeds")
def test_the_seeds_are_among_the_files() -> None:
    assert len(SEEDS) == 4


def test_every_row_is_accounted_for_once(reading: DocumentReading) -> None:
    rows_in = {
        (row.table, row.number, row.line)
        for section in reading.sections
        for row in section.rows
        if not row.is_blank
    }
    columns = [account for account in reading.rows if account.column is not None]
    explained = {
        (account.table, account.row, account.line) for account in reading.rows if account.column is None
    }
    lying = {
        (row.table, row.number, row.line)
        for row in reading.document.rows()
        for account in columns
        if row.table == account.table and (account.row or 0) <= (row.number or 0) <= (account.last_row or 0)
    }
    assert not explained & lying
    assert rows_in - lying == explained
    assert len(reading.rows) == len(explained) + len(columns)


def test_records_are_as_many_as_the_rows_say(reading: DocumentReading) -> None:
    statements = sum(indicator.statements for target in reading.targets for indicator in target.indicators)
    assert sum(account.records for account in reading.rows) == statements
    assert all((account.fate == "indicator") == (account.records > 0) for account in reading.rows)
    assert {account.fate for account in reading.rows} <= ROW_FATES.keys()


def test_no_row_is_left_unread(reading: DocumentReading) -> None:
    assert [account for account in reading.rows if account.fate == "unread"] == []


def test_rows_outside_the_sections_print_no_indicators(reading: DocumentReading) -> None:
    inside = {id(row) for section in reading.sections for row in section.rows if row.table is not None}
    outside = [row for row in reading.document.rows() if row.table is not None and id(row) not in inside]
    assert [row for row in outside if is_header_row(row) or _labels_class(row)] == []


def _labels_class(row: Row) -> bool:
    labels = [cell.text for cell in row.filled if read_class_label(cell.text)]
    return any(fold_label(label).endswith("指标") for label in labels)


def test_every_source_points_at_what_it_prints(reading: DocumentReading) -> None:
    lines = lines_of(reading.document)
    for target in reading.targets:
        for source in target.sources:
            assert stands_at(source, reading.document, lines), source
        for indicator in (*target.indicators, *target.long_term_indicators):
            assert any(source.field == "name" or not indicator.name for source in indicator.sources)
            for source in (*indicator.sources, *indicator.others):
                assert stands_at(source, reading.document, lines), source


@pytest.mark.parametrize("wrong", ["line", "row", "column", "table", "printed"])
def test_a_wrong_place_is_told(wrong: str) -> None:
    reading = read_targets(read_document(ROOT / "examples" / "01_tab_forms.txt"))
    source = reading.targets[0].indicators[0].sources[0]
    lines = lines_of(reading.document)
    assert stands_at(source, reading.document, lines)
    elsewhere = Source(field="category", printed="没有印的字", line=999, table=9, row=999, column=9)
    moved = replace(source, **{wrong: getattr(elsewhere, wrong)})
    assert not stands_at(moved, reading.document, lines)


def lines_of(document: Document) -> dict[int, str]:
    """For each line of the file, what is printed from it on."""
    texts: dict[int, str] = {}
    for row in document.rows():
        for cell in row.cells:
            for below, text in enumerate(cell.text.split("\n")):
                texts[cell.line_of(below)] = texts.get(cell.line_of(below), "") + fold_label(text)
    return texts


def stands_at(source: Source, document: Document, lines: dict[int, str]) -> bool:
    printed = fold_label(source.printed)
    if source.table is not None and source.row is not None:
        return any(
            printed in text or (source.field in ("category", "subcategory") and printed.startswith(text))
            for text in texts_at(source, document)
        )
    # A sentence may run on over the line's end.
    first = fold_label(source.printed.strip().split("\n")[0])
    line = lines.get(source.line or 0, "")
    return bool(first) and 0 <= (line + lines.get((source.line or 0) + 1, "")).find(first[:8]) < len(line)


def texts_at(source: Source, document: Document) -> list[str]:
    """The cells at a place of a table. Of a label torn over several cells the place is the first one's."""
    return [
        fold_label(cell.text)
        for row in document.rows()
        if (row.table, row.number) == (source.table, source.row)
        for cell in row.filled
        if source.column is None or cell.column + 1 == source.column
        if source.line in {cell.line_of(below) for below in range(cell.text.count("\n") + 1)}
    ]
