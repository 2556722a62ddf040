"""Targets stated in sentences (段落中的绩效目标): …项目绩效目标为…，共设置7条绩效指标：设1条数量指标：…

The budgets of some places tell of each project's target in a paragraph, its lines wrapped by the page.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.document import Row
from ingest.draft import DraftTarget
from ingest.levels import find_level_labels, text_to_indicators
from ingest.project_names import clean_project
from ontology.model import Source, TargetScope

_STATED = re.compile(r"(?P<name>[^。；;：:，,、]{3,60}?)(?:的)?绩效目标(?:为|是)[:：]?")
_LEADS_IN = re.compile(r"^(?:其中|包括|分别是|分别为|[一二三四五六七八九十]是|\d{1,2}[.、．])\s*[:：]?")
_ANNOUNCES = re.compile(
    r"[，,；;。]?\s*(?:本项目|该项目)?(?:共|一共|共计)?(?:设置|设定|设立|设有|设)[^，,；;。:：]{0,16}[:：]?\s*$"
)
_PAGE_NUMBER = re.compile(r"^[-—\s]*\d{1,4}[-—\s]*$")
_WHOLE = re.compile(r"[。！!？?]$")
_OPENS = re.compile(r"[：:]$")
_LEAST_LABELS = 3
_ROOM = 4
"""Characters that a line can be shorter than others and yet be full."""

_PAGE_WIDTH = 60
"""A longer line was not wrapped by a page."""

_MOST_LINES = 80
"""A paragraph is printed on no more lines."""


@dataclass(slots=True)
class _Paragraph:
    """Lines of text put together: the text, the rows, and where each ends in the text."""

    text: str = ""
    rows: list[Row] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)

    def add(self, row: Row) -> None:
        self.text += row.text.strip()
        self.rows.append(row)
        self.ends.append(len(self.text))

    def is_whole(self) -> bool:
        """A colon ends a paragraph only where the page would have left room for more words on the line."""
        widths = [len(row.text.strip()) for row in self.rows]
        if _OPENS.search(self.text):
            return widths[-1] < max(widths) - _ROOM or widths[-1] > _PAGE_WIDTH
        return bool(_WHOLE.search(self.text))

    def row_at(self, offset: int) -> Row:
        return self.rows[min(bisect_right(self.ends, offset), len(self.rows) - 1)]


@dataclass(slots=True)
class SentenceReading:
    """The targets that paragraphs state, and for each line used how many indicators begin there."""

    targets: list[DraftTarget] = field(default_factory=list)
    rows: dict[int, int] = field(default_factory=dict)
    """By the line of the file."""


def read_sentences(rows: Sequence[Row]) -> SentenceReading:
    """Given lines of text, return the targets stated in paragraphs among them."""
    reading = SentenceReading()
    for paragraph in _paragraphs(rows):
        if len(find_level_labels(paragraph.text)) >= _LEAST_LABELS:
            _read_paragraph(paragraph, reading)
    return reading


def _paragraphs(rows: Sequence[Row]) -> list[_Paragraph]:
    """Lines put together as long as no sentence ends with a line; a page's number in between is left out."""
    paragraphs: list[_Paragraph] = []
    for row in rows:
        text = row.text.strip()
        if row.table is not None or not text or _PAGE_NUMBER.match(text):
            continue
        last = paragraphs[-1] if paragraphs else None
        if last is None or last.is_whole() or len(last.rows) >= _MOST_LINES:
            paragraphs.append(_Paragraph())
        paragraphs[-1].add(row)
    return paragraphs


def _read_paragraph(paragraph: _Paragraph, reading: SentenceReading) -> None:
    stated = list(_STATED.finditer(paragraph.text))
    for index, match in enumerate(stated):
        end = stated[index + 1].start() if index + 1 < len(stated) else len(paragraph.text)
        passage = paragraph.text[match.end() : end]
        labels = find_level_labels(passage)
        if len(labels) < _LEAST_LABELS:
            continue
        row = paragraph.row_at(match.start("name"))
        target = DraftTarget(scope=TargetScope.PROJECT, line=row.line)
        target.project = clean_project(_LEADS_IN.sub("", match["name"].strip())) or None
        target.objective = _ANNOUNCES.sub("", passage[: labels[0].start]).strip(" ，,；;：:") or None
        target.sources.append(Source(field="objective", printed=passage[: labels[0].start], line=row.line))
        start = match.end() + labels[0].start
        first = bisect_right(paragraph.ends, start)
        target.indicators = text_to_indicators(
            paragraph.text[start:end].rstrip("。"),
            source=Source(field="indicators", printed=passage, line=paragraph.row_at(start).line),
            lines=[row.line for row in paragraph.rows[first:]],
            ends=[place - start for place in paragraph.ends[first:]],
        )
        reading.targets.append(target)
        _note_rows(paragraph, match.start(), end, target, reading)


def _note_rows(
    paragraph: _Paragraph, start: int, end: int, target: DraftTarget, reading: SentenceReading
) -> None:
    last = bisect_right(paragraph.ends, end - 1)
    for row in paragraph.rows[bisect_right(paragraph.ends, start) : last + 1]:
        reading.rows.setdefault(row.line, 0)
    for indicator in target.indicators:
        line = indicator.sources[0].line
        if line is not None:
            reading.rows[line] = reading.rows.get(line, 0) + 1
