"""Targets stated in sentences (段落中的绩效目标): …项目绩效目标为…，共设置7条绩效指标：设1条数量指标：…

The budgets of some places tell of each project's target in a paragraph, its lines wrapped by the page.
"""

import re
from collections.abc import Sequence

from ingest.document import Row
from ingest.draft import DraftTarget
from ingest.form_fields import parse_amount
from ingest.forms import is_title
from ingest.joined_lines import JoinedLines, LineCounts
from ingest.level_labels import find_level_labels, looks_like_target
from ingest.levels import claims_to_indicators, text_to_indicators
from ingest.project_names import clean_project, names_undertaking
from nlp.claims import Claim
from ontology.model import Source, TargetScope

_STATED = re.compile(r"(?P<name>[^。；;：:，,、]{3,60}?)(?:的)?绩效目标(?:为|是)[:：]?")
_AMOUNT = r"\d[\d.,]*\s*[万亿]?元"
_STATED_BEHIND = re.compile(
    r"(?:^|(?<=[。；;\s])|(?<=(?:其中|包括|如下)[：:]))(?P<name>(?:[一二三四五六七八九十]{1,3}、)?[^。；;：:，,、\s]{3,60}?)"
    rf"(?P<amount>[（(]?{_AMOUNT}[）)]?)?(?P<said>(?:[，,。；;][^。；;：:，,]{{2,40}}?){{0,3}})"
    r"[，,。；;]\s*(?:年度|总体|项目)?绩效目标(?:[为是][:：]?|[:：])"
)
"""A project, its amount, what it is for, and behind a comma or in a sentence of its own its goal."""

_HEADS_INDICATORS = re.compile(r"(?:年度|主要|具体)?绩效指标[:：]?\s*$")
_HEADS_CLAIMS = re.compile(r"(?:年度|主要|具体)?绩效指标(?:[为是]?[:：]|[为是])\s*")
_STATES_BOTH = re.compile(r"绩效目标(?:[为是]|[:：])[^。]{2,200}。?[^。]{0,20}绩效指标(?:[为是]|[:：])")
_LEADS_IN = re.compile(r"^(?:其中|包括|分别是|分别为|[一二三四五六七八九十]是|\d{1,2}[.、．])\s*[:：]?")
_ANNOUNCES = re.compile(
    r"(?<!\s)[，,；;。]?\s*+(?:本项目|该项目)?(?:共|一共|共计)?(?:设置|设定|设立|设有|设)[^，,；;。:：]{0,16}[:：]?\s*$"
)
_BEGINS = re.compile(r"[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?:[）)]|[、.．](?!\d))")
_PAGE_NUMBER = re.compile(r"^[-—\s]*\d{1,4}[-—\s]*$")
_WHOLE = re.compile(r"[。！!？?]$")
_OPENS = re.compile(r"[：:]$")
_LEAST_LABELS, _FEW_LABELS = 3, 2
_LEAST_CLAIMS = 2
"""Measured claims that a project's indicators are, where no class labels or few stand before them."""
_ROOM = 4
"""Characters that a line can be shorter than others and yet be full."""

_PAGE_WIDTH = 60
"""A longer line was not wrapped by a page."""

_MOST_LINES = 80
"""A paragraph is printed on no more lines."""


def read_sentences(rows: Sequence[Row]) -> tuple[list[DraftTarget], LineCounts]:
    """Given lines of text, return the targets stated in paragraphs among them, and the lines used."""
    targets: list[DraftTarget] = []
    counts = LineCounts()
    for paragraph in _paragraphs(rows):
        if len(find_level_labels(paragraph.text)) >= _LEAST_LABELS or states_targets(paragraph.text):
            targets.extend(_read_paragraph(paragraph, counts))
    return targets, counts


def states_targets(text: str) -> bool:
    """Whether a paragraph tells of a project's goal and of its indicators, under class labels or not."""
    if _STATES_BOTH.search(text):
        return True
    return len(find_level_labels(text)) >= _FEW_LABELS and bool(_statements(text))


def _paragraphs(rows: Sequence[Row]) -> list[JoinedLines]:
    """Lines put together as long as no sentence ends with a line; a page's number in between is left out."""
    paragraphs: list[JoinedLines] = []
    for row in rows:
        text = row.text.strip()
        if row.table is not None or not text or _PAGE_NUMBER.match(text):
            continue
        last = paragraphs[-1] if paragraphs else None
        begins = _BEGINS.match(text) or (last is not None and is_title(last.rows[-1]))
        if last is None or begins or _is_whole(last) or len(last.rows) >= _MOST_LINES:
            paragraphs.append(JoinedLines())
        paragraphs[-1].add(row)
    return paragraphs


def _is_whole(lines: JoinedLines) -> bool:
    """A colon ends a paragraph only where the page would have left room for more words on the line."""
    widths = [len(row.text.strip()) for row in lines.rows]
    if _OPENS.search(lines.text):
        return widths[-1] < max(widths) - _ROOM or widths[-1] > _PAGE_WIDTH
    return bool(_WHOLE.search(lines.text))


def _read_paragraph(paragraph: JoinedLines, counts: LineCounts) -> list[DraftTarget]:
    stated = _statements(paragraph.text)
    targets, unread = [], []
    for index, match in enumerate(stated):
        end = stated[index + 1].start() if index + 1 < len(stated) else len(paragraph.text)
        target = _read_passage(paragraph, match, end)
        if target is None:
            passage = paragraph.text[match.end() : end]
            unread.extend([(paragraph.row_at(match.start()), passage)] if looks_like_target(passage) else [])
            continue
        counts.add(paragraph, match.start(), end, [i.sources[0].line for i in target.indicators])
        targets.append(target)
    counts.unread.extend(unread if targets else [])
    return targets


def _read_passage(paragraph: JoinedLines, match: re.Match[str], end: int) -> DraftTarget | None:
    """The target that a statement and what follows it tell of; None where its indicators are not stated."""
    passage = paragraph.text[match.end() : end]
    row, said = paragraph.row_at(match.start("name")), match.groupdict()
    target = DraftTarget(scope=TargetScope.PROJECT, line=row.line)
    labels, headed = find_level_labels(passage), _HEADS_CLAIMS.search(passage)
    if labels:
        goal = passage[: labels[0].start]
        read_levels(paragraph, match.end() + labels[0].start, end, target)
    elif headed:
        goal = passage[: headed.start()]
        _read_claims(paragraph, match.end() + headed.end(), end, target)
    else:
        return None
    if len(labels) < _LEAST_LABELS and sum(bool(i.printed_value) for i in target.indicators) < _LEAST_CLAIMS:
        return None
    target.project = clean_project(_LEADS_IN.sub("", said["name"].strip())) or None
    target.objective = _ANNOUNCES.sub("", _HEADS_INDICATORS.sub("", goal)).strip(" ，,；;：:") or None
    at = paragraph.row_at(match.end())
    target.sources.insert(0, Source(field="objective", printed=goal, line=at.line))
    _read_amount(target, said, row)
    return target


def _read_amount(target: DraftTarget, said: dict[str, str | None], row: Row) -> None:
    """The amount behind the project's name, or the only one in what is said of it before its goal."""
    amounts = [said["amount"]] if said.get("amount") else re.findall(_AMOUNT, said.get("said") or "")
    if len(amounts) == 1 and amounts[0]:
        target.budget = parse_amount(amounts[0].strip("（()）"), None)
        target.sources.append(Source(field="budget", printed=amounts[0], line=row.line))


def _read_claims(lines: JoinedLines, start: int, end: int, target: DraftTarget) -> None:
    """Read the indicators that a stretch of text states one after another, without class labels."""
    at = start

    def place_of(claim: Claim) -> Source:
        nonlocal at
        at = max(at, lines.text.find(claim.name or claim.value, at, end))
        return Source(field="name", printed=claim.name + claim.value, line=lines.row_at(at).line)

    target.indicators = claims_to_indicators(lines.text[start:end], place_of)


def _statements(text: str) -> list[re.Match[str]]:
    """Where a paragraph begins to tell of a project's goal."""
    behind = (m for m in _STATED_BEHIND.finditer(text) if names_undertaking(clean_project(m["name"])))
    found = {match.end(): match for match in (*_STATED.finditer(text), *behind)}
    return [found[end] for end in sorted(found)]


def read_levels(lines: JoinedLines, start: int, end: int, target: DraftTarget) -> None:
    """Read the indicators that a stretch of text states under class labels."""
    text = lines.text[start:end]
    numbers, ends = lines.places_from(start)
    target.indicators = text_to_indicators(
        text.rstrip("。"),
        source=Source(field="indicators", printed=text, line=lines.row_at(start).line),
        lines=numbers,
        ends=ends,
    )
