"""Sections become printed targets (绩效目标), every row accounted for."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.document import Row
from ingest.draft import DraftTarget, indicator_count
from ingest.form_reader import FormReader
from ingest.form_targets import form_to_target
from ingest.forms import Form
from ingest.groups import flat_form_to_targets
from ingest.ledger import Ledger
from ingest.narrative import NarrativeReader
from ingest.repair import rejoin_labels
from ingest.sections import Section, SectionKind
from ingest.sentence_targets import read_sentences
from ingest.stream import stream_to_forms
from ingest.text_rows import read_text_rows
from ingest.transpose import turn_lying_tables
from ontology.model import TargetScope


@dataclass(slots=True)
class SectionReading:
    """What was read from one section: its forms, the targets they give, the account of its rows."""

    forms: list[Form] = field(default_factory=list)
    targets: list[DraftTarget] = field(default_factory=list)
    ledger: Ledger = field(default_factory=Ledger)


def read_section(section: Section) -> SectionReading:
    """Given a section, return its targets and what became of its rows."""
    if section.kind == SectionKind.TABLE:
        return _read_table(section.rows)
    return _read_text(section.rows)


def _read_table(rows: Sequence[Row]) -> SectionReading:
    """A table: by its grid, or, where that was torn, by what its cells say one after another."""
    reading = _read_forms(FormReader().read(rejoin_labels(turn_lying_tables(rows))))
    if _looks_poor(reading):
        streamed = _read_text(rows)
        if _quality(streamed) > _quality(reading):
            return streamed
    return reading


def _read_text(rows: Sequence[Row]) -> SectionReading:
    """Text: first the tables that lost their grid, then what is written in sentences."""
    reading = _read_forms(stream_to_forms(rows))
    taken = {(row.table, row.number, row.line) for form in reading.forms for row, _ in form.fates}
    left = [row for row in rows if (row.table, row.number, row.line) not in taken]
    for read in (read_text_rows, read_sentences):
        targets, counts = read(left)
        reading.targets.extend(targets)
        for row in left:
            if row.line in counts.by_line:
                reading.ledger.add(row, "continuation", records=counts.by_line[row.line])
        for row, text in counts.unread:
            reading.ledger.leave(row, text)
        left = [row for row in left if row.line not in counts.by_line]
    narrative = NarrativeReader()
    reading.targets.extend(narrative.read(left))
    reading.ledger.take(narrative.ledger)
    return reading


def _read_forms(forms: list[Form]) -> SectionReading:
    reading = SectionReading(forms=forms)
    for form in forms:
        is_template = form.is_template
        ledger = Ledger()
        targets = form_to_targets(form, ledger)
        kept = [] if is_template else [target for target in targets if _counts(target, form)]
        if is_template or (targets and not kept and indicator_count(targets)):
            ledger = Ledger()
        for row, fate in form.fates:
            if fate == "indicator" and not kept:
                ledger.add(row, "placeholder")
            elif fate != "indicator" or not ledger.knows(row):
                ledger.add(row, fate if fate != "indicator" else "unread")
        for row, text in form.unread:
            ledger.leave(row, text)
        reading.targets.extend(kept)
        reading.ledger.take(ledger)
    return reading


def form_to_targets(form: Form, ledger: Ledger) -> list[DraftTarget]:
    """The targets of one form: of one project, or of a flat table with many."""
    if form.columns is not None and form.columns.is_flat:
        return flat_form_to_targets(form, ledger)
    return [form_to_target(form, ledger)]


def _counts(target: DraftTarget, form: Form) -> bool:
    """Whether what was read is a target: it has indicators, or says what a project or department aims at."""
    if target.indicators:
        return True
    named = target.project is not None or target.scope == TargetScope.DEPARTMENT
    return form.in_columns and bool(target.objective) and named


def _looks_poor(reading: SectionReading) -> bool:
    """Whether a grid gave little: no header, a header in disorder, or rows without class or value."""
    if not any(form.columns for form in reading.forms) or any(_is_disordered(form) for form in reading.forms):
        return True
    rows = sum(len(form.rows) for form in reading.forms)
    return rows > 3 and _quality(reading) * 2 < indicator_count(reading.targets)


def _is_disordered(form: Form) -> bool:
    """Whether a header names the indicator before its class: its own row was torn apart."""
    columns = form.columns.columns if form.columns else ()
    names = [column.index for column in columns if column.field == "name"]
    classes = [column.index for column in columns if column.field in ("category", "subcategory")]
    return bool(names and classes) and min(names) < min(classes)


def _quality(reading: SectionReading) -> int:
    """How many indicators have a name, a class and a value."""
    indicators = [indicator for target in reading.targets for indicator in target.indicators]
    return sum(bool(i.name and i.printed_value and i.subcategory) for i in indicators)
