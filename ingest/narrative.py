"""Targets in running text (文字叙述): headings for the items, 绩效目标：… 绩效指标：…, or numbered classes.

Used where no table stands: the text of a department's overall target, a notice that lists the targets
of its projects. A heading opens an item; labelled lines and lines that begin with a class of
indicators belong to it.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import chain

from ingest.cleaning import join_lines
from ingest.document import Row
from ingest.draft import DraftTarget
from ingest.form_fields import parse_amount
from ingest.forms import scope_of_title
from ingest.labels import NUMBERING, HeadingLabel, read_class_label, read_heading, split_labelled
from ingest.ledger import Ledger
from ingest.level_labels import defines_words, find_level_labels, looks_like_target, speaks_of_words
from ingest.levels import claims_to_indicators, text_to_indicators
from ingest.project_names import clean_project, names_undertaking, project_of_title
from ingest.text_pieces import cut_long_lines, printed_lines
from nlp.claims import read_claim
from nlp.value_spans import is_measured
from ontology.model import PrintedIndicator, Source, TargetScope
from ontology.turtle import fold_label

_HEADING_LIMIT = 30
_PUNCTUATION = re.compile(r"[。;,:]")
"""What a sentence has and a heading has not, folded."""

_GOAL_IN_SENTENCE = re.compile(
    r"(?:总体|年度|项目)(?:绩效)?(?:总)?目标(?:(?:是|为)[:：]?|[:：])\s*(?P<goal>[^。]{4,300}"
    r"(?:(?:。[^。]{4,200})*(?=。(?:现|具体)[^。]*[:：]$))?)"
)
_INSTRUCTIONS = re.compile(r"(?:填报|填表|填写|编报|编制)(?:说明|要求|须知)")
_SAYS_SOMETHING = re.compile(r"[\u4e00-\u9fff]{2}")
_TELLS_OF_TARGETS = re.compile(r"情况$|绩效.{0,10}情况")
_ARTICLE = re.compile(r"第[一二三四五六七八九十百\d]+[条章节]")
_LISTED = re.compile(r"^\s*(?:[（(]\d{1,2}[）)]|\d{1,2}[.、．]|[①-⑳]|指标\s*\d)")
_LONGEST_ITEM = 150
_FORM_FIELDS = frozenset(["project", "budget"])
_SENTENCE = re.compile(r"[。；;]")
_GOALS = frozenset(["objective", "indicators", "long_term_objective"])


class NarrativeReader:
    """Goes down lines of text; what a line says belongs to the heading above it."""

    def __init__(self) -> None:
        self.targets: list[DraftTarget] = []
        self.ledger = Ledger()
        self._scope: TargetScope | None = None
        self._item: str | None = None
        self._item_of_title = False
        self._below_label = False
        self._instructions = False
        self._awaits: str | None = None
        self._entries: list[Source] = []
        self._budget: Decimal | None = None
        self._target: DraftTarget | None = None
        self._levels: list[Row] = []

    def read(self, rows: Sequence[Row]) -> list[DraftTarget]:
        """Given lines of text, return the targets they state; `ledger` accounts for each line."""
        for row in chain.from_iterable(map(printed_lines, cut_long_lines(rows))):
            if row.is_blank:
                continue
            if not self._instructions and self._is_level_line(row.text.strip()):
                self._levels.append(row)
            else:
                self._end_levels()
                self.ledger.add(row, self._feed(row, row.text.strip()))
        self._end_levels()
        for row in rows:
            if not (row.is_blank or self.ledger.knows(row)):
                self.ledger.add(row, "continuation")
        return [target for target in self.targets if target.says_something]

    def _feed(self, row: Row, text: str) -> str:
        if self._awaits and _SAYS_SOMETHING.search(text) and not _heads_something(text):
            return self._take_awaited(row, text)
        self._awaits = None
        labelled = split_labelled(text) or _label_and_cell(row)
        kind = labelled[0].field(column=False) if labelled else None
        if labelled and kind in _GOALS:
            return self._labelled(row, str(kind), labelled[1])
        if _INSTRUCTIONS.search(text) and is_heading_line(text):
            self._instructions = True
        elif self._instructions and project_of_title(text):
            self._instructions = False
        if self._instructions:
            return "note"
        if labelled and kind in _FORM_FIELDS and labelled[1] and not _SENTENCE.search(labelled[1]):
            return self._form_field(row, *labelled)
        if is_heading_line(text) or project_of_title(text) or names_undertaking(text):
            return self._heading(text)
        self._below_label = False
        stated = _GOAL_IN_SENTENCE.search(text)
        if stated:
            return self._labelled(row, "objective", stated.group("goal"))
        return "unread" if looks_like_target(text) else "note"

    def _form_field(self, row: Row, label: HeadingLabel, text: str) -> str:
        """The entries of a form printed as lines: 项目名称：… opens it, its budget belongs to it."""
        kind = label.field(column=False) or ""
        source = Source(field=kind, printed=text, line=row.line)
        if kind == "project":
            self._scope = TargetScope.PROJECT
            self._begin_item(clean_project(text), of_title=True)
            self._entries.append(source)
            return "field"
        amount = parse_amount(text, label.money_unit)
        if not self._entries or self._budget is not None or amount is None:
            return "note"
        self._budget = amount
        self._entries.append(source)
        if self._target is not None:
            self._target.budget = amount
            self._target.sources.append(source)
        return "field"

    def _heading(self, text: str) -> str:
        project = project_of_title(text)
        if project:
            self._scope = TargetScope.PROJECT
            self._begin_item(project, of_title=True)
            return "title"
        scope = scope_of_title(text) if "绩效" in text else None
        if scope is not None:
            self._scope = scope
            self._begin_item(None, of_title=self._item_of_title)
            return "title"
        label = read_heading(text)
        kind = label.field(column=False) if label else None
        below, self._below_label = self._below_label, label is not None and kind not in _GOALS
        if kind in _GOALS and ("绩效" in text or self._scope is not None or text.startswith("【")):
            # The last of several labels in a row heads a column, and no text of its own.
            self._awaits = None if below else kind
            return "field"
        if label is None and self._names_item(text):
            self._begin_item(clean_project(text), of_title=False)
        return "title"

    def _begin_item(self, name: str | None, *, of_title: bool) -> None:
        self._item, self._item_of_title, self._target = name, of_title, None
        self._entries, self._budget = [], None

    def _names_item(self, text: str) -> bool:
        """Whether a heading names what follows; a title's project gives way to a project only."""
        if _TELLS_OF_TARGETS.search(text) or not _SAYS_SOMETHING.search(text):
            return False
        if _ARTICLE.match(text) or text.endswith(("：", ":")):
            return False
        return not self._item_of_title or names_undertaking(text)

    def _take_awaited(self, row: Row, text: str) -> str:
        kind, self._awaits = self._awaits or "", None
        return self._labelled(row, kind, text)

    def _labelled(self, row: Row, kind: str, text: str) -> str:
        if not text:
            self._awaits = kind
            return "field"
        if defines_words(text):
            return "note"
        if speaks_of_words(text):
            return "unread"
        target = self._open_target(row, anew=kind == "objective")
        source = Source(field=kind, printed=text, line=row.line)
        target.sources.append(source)
        if kind == "indicators":
            unread: list[Source] = []
            found = passage_to_indicators(text, source, unread)
            target.indicators.extend(found)
            self._leave(unread, [row])
            self.ledger.add(row, "indicator" if found else "unread", records=len(found))
            return "indicator" if found else "unread"
        if kind == "objective":
            target.objective = join_lines(text)
        else:
            target.long_term_objective = join_lines(text)
        return "field"

    def _open_target(self, row: Row, *, anew: bool) -> DraftTarget:
        if self._target is None or (anew and self._target.says_something):
            self._target = DraftTarget(
                scope=self._scope or TargetScope.PROJECT,
                project=self._item,
                budget=self._budget,
                sources=list(self._entries),
                line=row.line,
            )
            self.targets.append(self._target)
        return self._target

    # ---- lines that begin with a class of indicators -------------------------------------------------

    def _is_level_line(self, text: str) -> bool:
        labels = find_level_labels(text)
        if labels and labels[0].start <= 2:
            return True
        bare = read_class_label(text)
        if bare and fold_label(text).rstrip(":：").endswith("指标"):
            return True
        labelled = split_labelled(text)
        if not self._levels or (labelled and labelled[0].field(column=False) in _FORM_FIELDS | _GOALS):
            return False
        return bool(_LISTED.match(text)) or self._continues_levels(text)

    def _continues_levels(self, text: str) -> bool:
        """Whether a line without a number is an item: right below a class label, or of a list going on."""
        if read_heading(text) or project_of_title(text) or len(text) > _LONGEST_ITEM:
            return False
        above = self._levels[-1].text.strip()
        if read_class_label(above) or _is_name_and_value(text):
            return True
        return above.endswith(("；", ";", "、")) or (above.endswith("。") and read_claim(text).value != "")

    def _end_levels(self) -> None:
        rows, self._levels = self._levels, []
        text = "\n".join(row.text for row in rows)
        if len(find_level_labels(text)) < 2:
            for row in rows:
                self.ledger.add(row, "unread" if looks_like_target(row.text) else "note")
            return
        target = self._open_target(rows[0], anew=False)
        source = Source(field="indicators", printed=rows[0].text, line=rows[0].line)
        unread: list[Source] = []
        found = text_to_indicators(text, source=source, lines=[_line_of(row) for row in rows], unread=unread)
        target.indicators.extend(found)
        stated = Counter(place.line for indicator in found for place in indicator.sources)
        for row in rows:
            label_only = read_class_label(row.text) is not None
            self.ledger.add(
                row, "label" if label_only else "continuation", records=stated.get(_line_of(row), 0)
            )
        self._leave(unread, rows)

    def _leave(self, unread: Sequence[Source], rows: Sequence[Row]) -> None:
        for source in unread:
            row = next((row for row in rows if _line_of(row) == source.line), rows[0])
            self.ledger.leave(row, source.printed)


def _label_and_cell(row: Row) -> tuple[HeadingLabel, str] | None:
    """A label in a cell, and its text in the next one."""
    label = read_heading(row.filled[0].text) if row.table is not None and len(row.filled) == 2 else None
    return (label, row.filled[1].text.strip()) if label else None


def _line_of(row: Row) -> int:
    return row.filled[0].line


def _is_name_and_value(text: str) -> bool:
    """Whether a line is a name and a measured value, parted by spaces or a colon (兑现金额　　860万元)."""
    name, _, value = re.sub(r"\s*[:：]\s*|\s+", "\t", text.strip()).rpartition("\t")
    return bool(name) and "\t" not in name and read_heading(name) is None and is_measured(value)


def _heads_something(text: str) -> bool:
    """Whether a line is a label or numbered, and so cannot be what the label above it waits for."""
    return read_heading(text) is not None or NUMBERING.match(text) is not None


def is_heading_line(text: str) -> bool:
    """Whether a line is a heading: short, and no sentence."""
    folded = fold_label(text)
    return len(folded) <= _HEADING_LIMIT and not _PUNCTUATION.search(NUMBERING.sub("", folded).rstrip(":："))


def passage_to_indicators(text: str, source: Source, unread: list[Source]) -> list[PrintedIndicator]:
    """Given the text behind 绩效指标：, return its indicators: by class labels, or claim after claim."""
    if len(find_level_labels(text)) >= 2:
        return text_to_indicators(text, source=source, prose=True, unread=unread)
    return claims_to_indicators(
        text, lambda claim: replace(source, field="name", printed=claim.name + claim.value)
    )
