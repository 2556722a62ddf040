"""Targets in running prose (文字叙述): a heading for each item, then 绩效目标：… and 绩效指标：…"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ingest.cleaning import clean_name, join_lines
from ingest.document import Row
from ingest.draft import DraftTarget
from ingest.form_targets import clean_project
from ingest.forms import scope_of_title
from ingest.labels import NUMBERING, read_heading, split_labelled
from ingest.levels import find_level_labels, text_to_indicators
from nlp.claims import split_claims
from ontology.model import PrintedIndicator, Source, TargetScope
from ontology.turtle import fold_label

_HEADING_LIMIT = 30
_PUNCTUATION = re.compile(r"[。；，：:;]")


@dataclass(slots=True)
class NarrativeReading:
    """Targets found in prose, and what became of each line."""

    targets: list[DraftTarget] = field(default_factory=list)
    fates: dict[int, str] = field(default_factory=dict)


class NarrativeReader:
    """Goes down lines of text; a labelled line (绩效目标：) belongs to the heading above it."""

    def __init__(self) -> None:
        self.reading = NarrativeReading()
        self._scope: TargetScope | None = None
        self._item: Row | None = None
        self._awaits: tuple[str, Row] | None = None
        self._target: DraftTarget | None = None

    def read(self, rows: Sequence[Row]) -> NarrativeReading:
        """Given lines of text, return the targets they state."""
        for row in rows:
            if not row.is_blank:
                self.reading.fates[row.line] = self._feed(row)
        self.reading.targets = [target for target in self.reading.targets if target.says_something]
        return self.reading

    def _feed(self, row: Row) -> str:
        text = row.text.strip()
        if self._awaits and not is_heading_line(text):
            return self._take_awaited(row, text)
        self._awaits = None
        labelled = split_labelled(text)
        kind = labelled[0].field(column=False) if labelled else None
        if labelled and kind in ("objective", "indicators", "long_term_objective"):
            return self._labelled(row, kind, labelled[1])
        if is_heading_line(text):
            return self._heading(row, text)
        return "note"

    def _heading(self, row: Row, text: str) -> str:
        scope = scope_of_title(text) if "绩效" in text else None
        if scope is not None:
            self._scope, self._item, self._target = scope, None, None
            return "title"
        label = read_heading(text)
        kind = label.field(column=False) if label else None
        if kind in ("objective", "indicators", "long_term_objective"):
            self._awaits = (kind, row)
            return "field"
        self._item, self._target = row, None
        return "title"

    def _take_awaited(self, row: Row, text: str) -> str:
        kind, heading = self._awaits or ("", row)
        self._awaits = None
        if kind == "objective" and self._scope is None and "绩效" not in heading.text:
            return "note"
        if kind == "objective":
            self._item, self._target = None, None
        return self._labelled(row, kind, text)

    def _labelled(self, row: Row, kind: str, text: str) -> str:
        if not text:
            self._awaits = (kind, row)
            return "field"
        if self._target is None or (kind == "objective" and self._target.says_something):
            self._target = DraftTarget(scope=self._scope or TargetScope.PROJECT, project=self._item_name(), line=row.line)
            self.reading.targets.append(self._target)
        source = Source(field=kind, printed=text, line=row.line)
        self._target.sources.append(source)
        if kind == "indicators":
            self._target.indicators.extend(passage_to_indicators(text, source))
            return "indicator"
        if kind == "objective":
            self._target.objective = join_lines(text)
        else:
            self._target.long_term_objective = join_lines(text)
        return "field"

    def _item_name(self) -> str | None:
        return clean_project(self._item.text) if self._item else None


def is_heading_line(text: str) -> bool:
    """Whether a line is a heading: short, and no sentence."""
    folded = fold_label(text)
    return len(folded) <= _HEADING_LIMIT and not _PUNCTUATION.search(NUMBERING.sub("", folded).rstrip(":："))


def passage_to_indicators(text: str, source: Source) -> list[PrintedIndicator]:
    """Given the text behind 绩效指标：, return its indicators: by class labels, or claim after claim."""
    if len(find_level_labels(text)) >= 2:
        return text_to_indicators(text, source=source, prose=True)
    indicators = []
    for claim in split_claims(text, prose=True):
        name, points = clean_name(claim.name)
        if name or claim.value:
            place = replace(source, field="name", printed=claim.name + claim.value)
            indicators.append(PrintedIndicator(name=name, printed_value=claim.value, max_score=points, sources=(place,)))
    return indicators
