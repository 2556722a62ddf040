"""Sections become printed targets (绩效目标), every row accounted for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ingest.document import Document, Row
from ingest.draft import DraftTarget, indicator_count
from ingest.form_targets import form_to_target
from ingest.forms import Form, FormReader
from ingest.groups import flat_form_to_targets
from ingest.merge import merge_targets
from ingest.narrative import NarrativeReader
from ingest.repair import rejoin_labels
from ingest.sections import Section, SectionKind, find_target_sections
from ingest.stream import stream_to_forms
from ingest.transpose import turn_lying_tables
from ontology.model import Issue, RowAccount, TargetScope


@dataclass(slots=True)
class SectionReading:
    """What was read from one section: targets, and the fate of each row."""

    targets: list[DraftTarget] = field(default_factory=list)
    rows: list[RowAccount] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    forms: list[Form] = field(default_factory=list)


def read_section(section: Section) -> SectionReading:
    """Given a section, return its targets and what became of its rows."""
    if section.kind == SectionKind.TABLE:
        return _read_table(section.rows)
    return _read_text(section.rows)


def _read_text(rows: Sequence[Row]) -> SectionReading:
    """Text: first the tables that lost their grid, then what is written in sentences."""
    forms = stream_to_forms(rows)
    reading = _read_forms(forms)
    taken = {row.line for form in forms for row, _ in form.fates}
    rest = [row for row in rows if row.line not in taken]
    narrative = NarrativeReader().read(rest)
    reading.targets.extend(narrative.targets)
    reading.rows.extend(
        RowAccount(table=r.table, row=r.number, line=r.line, fate=narrative.fates.get(r.line, "note")) for r in rest
    )
    return reading


def _read_table(rows: Iterable[Row]) -> SectionReading:
    listed = list(rows)
    reading = _read_forms(FormReader().read(rejoin_labels(turn_lying_tables(listed))))
    if _looks_poor(reading):
        streamed = _read_text(listed)
        if _quality(streamed) > _quality(reading):
            return streamed
    return reading


def _looks_poor(reading: SectionReading) -> bool:
    """Whether a grid gave little: no header, or rows most of which have no class or no value."""
    if not any(form.columns for form in reading.forms):
        return True
    rows = sum(len(form.rows) for form in reading.forms)
    return rows > 3 and _quality(reading) * 2 < indicator_count(reading.targets)


def _quality(reading: SectionReading) -> int:
    """How many indicators have a name, a class and a value."""
    indicators = [indicator for target in reading.targets for indicator in target.indicators]
    return sum(bool(i.name and i.printed_value and i.subcategory) for i in indicators)


def _read_forms(forms: list[Form]) -> SectionReading:
    reading = SectionReading(forms=forms)
    for form in forms:
        targets, fates = form_to_targets(form)
        reading.targets.extend(target for target in targets if _counts(target, form))
        reading.rows.extend(
            RowAccount(table=row.table, row=row.number, line=row.line, fate=fates.get(row.line, fate), records=0)
            for row, fate in form.fates
        )
    return reading


def _counts(target: DraftTarget, form: Form) -> bool:
    """Whether what was read is a target: it has indicators, or an objective of a named project or the department."""
    if form.is_template:
        return False
    if target.indicators:
        return True
    named = target.project is not None or target.scope == TargetScope.DEPARTMENT
    return form.in_columns and bool(target.objective) and named


def form_to_targets(form: Form) -> tuple[list[DraftTarget], dict[int, str]]:
    """The targets of one form: of one project, or of a flat table with many."""
    if form.columns is not None and form.columns.is_flat:
        return flat_form_to_targets(form)
    target, fates = form_to_target(form)
    return [target], fates


def read_document_targets(document: Document) -> list[DraftTarget]:
    targets: list[DraftTarget] = []
    for section in find_target_sections(document):
        targets.extend(read_section(section).targets)
    return merge_targets(targets)
