"""Amounts in the sentences of a document (文中金额): whose, of which year, of the whole or a part."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ingest.document import Document, Row
from ingest.draft import DraftTarget
from ingest.labels import money_unit_of_line
from ingest.level_labels import find_level_labels
from ingest.printed_rows import cell_source
from ontology.model import Source
from ontology.turtle import fold_label

NOT_PLANNED = re.compile(r"节约|节省|决算|上年|去年|往年|结余|结转|收回|核减|压减")
"""Words of amounts that are not this year's budget."""
YEAR = re.compile(r"(20\d\d)年")
YUAN = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(10**8)}

_AMOUNT = re.compile(r"(?P<number>\d[\d,]*(?:\.\d+)?)(?P<unit>万元|亿元|元)")
_OBJECTIVE_AMOUNT = re.compile(
    r"(?:支付|项目|预算|资金|下达|申报|申请|安排)[^,;:。\d]{0,12}(?:金额|总额|资金|经费)(?:为|共|共计)?"
    r"(?P<number>\d[\d,]*(?:\.\d+)?)(?P<unit>万元|亿元|元)"
)
_FILLER = re.compile(
    r"(?:项目)?(?:经费|资金|预算|支出)?(?:20\d\d年度?|本年|全年|年初|年度)?(?:安排|为|共|共计|预算(?:数|金额|资金)?)?[:：]?$"
)
"""What may stand between a project's name and its amount."""
_GRANTED = re.compile(r"下达|拨付|拨给|拨入|预拨|安排|列支|使用|批复|核定|投入|申请")
_OF_ALL = re.compile(r"下达|拨付|拨给|拨入|预拨|批复|预算|总额|总计|合计|总投资|资金.{0,4}安排")
"""Words of the amount of the whole, not of one thing that it buys (会议费50万元)."""
_OF_PART = re.compile(r"(?<!经)费$")
_CLAUSE = re.compile(r"[,;:。!?]")
_NEAR = 40
_TELLING_NAME = 6
"""A name of so many characters stands in a sentence by no accident."""
_LEAST_YUAN = 1000
"""A smaller number of yuan is a rate (210元/人), not what a project costs."""


@dataclass(frozen=True, slots=True)
class StatedAmount:
    """An amount in yuan and where it is printed."""

    yuan: Decimal
    source: Source


@dataclass(frozen=True, slots=True)
class _Printed:
    """An amount in a sentence: what the sentence says before it and behind it; whether it is the only one."""

    number: Decimal
    unit: str
    before: str
    after: str
    amount: StatedAmount
    alone: bool

    @property
    def clause(self) -> str:
        """What stands round the amount between two commas."""
        return _CLAUSE.split(self.before)[-1] + _CLAUSE.split(self.after)[0]


class ProseAmounts:
    """The amounts that a document's lines print with their unit, but for those of indicators.

    `fiscal_year` tells the budget's amounts from those of other years.
    """

    def __init__(self, document: Document, targets: Sequence[DraftTarget], fiscal_year: int | None) -> None:
        self._year = fiscal_year
        self._units = _units_by_line(document)
        self._printed = list(_printed_amounts(document, targets))
        self._by_tail: dict[str, list[_Printed]] = {}
        for printed in self._printed:
            if printed.amount.source.table is None:
                self._by_tail.setdefault(_FILLER.sub("", printed.before)[-2:], []).append(printed)

    def of_project(self, project: str | None) -> StatedAmount | None:
        """The one amount right behind a project's name (…修复项目62.00万元), or granted in its sentence."""
        name = fold_label(project or "")
        bare = _FILLER.sub("", name)
        near = self._by_tail.get(bare[-2:], ()) if bare else ()
        behind = [printed for printed in near if _FILLER.sub("", printed.before).endswith(bare)]
        found = [p.amount for p in behind if self._is_planned(p.before.replace(bare, ""))]
        if not behind and len(name) >= _TELLING_NAME:
            found = [p.amount for p in self._printed if self._is_granted(p, name)]
        return found[0] if len({amount.yuan for amount in found}) == 1 else None

    def _is_granted(self, printed: _Printed, name: str) -> bool:
        """Whether a sentence grants one amount and names the project (安排资金60万元，实施…项目)."""
        named = name in printed.before + printed.after and printed.amount.source.table is None
        granted = printed.alone and _GRANTED.search(printed.clause) is not None
        return named and granted and self._is_planned(printed.before.replace(name, ""))

    def of_number(self, number: Decimal) -> StatedAmount | None:
        """The amount of a number that is printed with one unit only, for the whole and not for a part."""
        found = [p for p in self._printed if p.number == number]
        if ({p.unit for p in found} == {"元"} and number < _LEAST_YUAN) or len({p.unit for p in found}) != 1:
            return None
        return next((p.amount for p in found if _is_whole(p) and self._is_planned(p.before)), None)

    def unit_above(self, line: int) -> Decimal | None:
        """The unit of money that the document states above a line, where it states no other."""
        above = [unit for at, unit in self._units if at <= line]
        return above[-1] if above and len({unit for _, unit in self._units}) == 1 else None

    def _is_planned(self, before: str) -> bool:
        years = YEAR.findall(before)
        other = bool(years) and self._year is not None and int(years[-1]) != self._year
        return not other and not NOT_PLANNED.search(before[-_NEAR:])


def _is_whole(printed: _Printed) -> bool:
    return _OF_ALL.search(printed.clause) is not None and not _OF_PART.search(printed.before)


def stated_in_objective(target: DraftTarget) -> StatedAmount | None:
    """The one amount that an objective states as the project's (项目资金62万元)."""
    matches = _OBJECTIVE_AMOUNT.finditer(fold_label(target.objective or ""))
    found = [match for match in matches if not NOT_PLANNED.search(match[0])]
    sources = [source for source in target.sources if source.field == "objective"]
    if not sources or len({_yuan(match) for match in found}) != 1:
        return None
    return StatedAmount(_yuan(found[0]), replace(sources[0], field="budget"))


def _units_by_line(document: Document) -> list[tuple[int, Decimal]]:
    units = ((row.line, money_unit_of_line(row.text)) for row in document.rows())
    return [(line, unit) for line, unit in units if unit is not None]


def _printed_amounts(document: Document, targets: Sequence[DraftTarget]) -> Iterator[_Printed]:
    indicators = _indicator_texts(targets)
    for row in document.rows():
        texts = indicators.get(row.line, ())
        if row.table is not None and texts:
            continue
        text = fold_label(row.text)
        for printed in texts:
            text = text.replace(printed, "")
        for sentence in re.split("[。!]", text):
            matches = list(_AMOUNT.finditer(sentence))
            alone = len({_yuan(match) for match in matches}) == 1 and not find_level_labels(sentence)
            for match in matches:
                before, after = sentence[: match.start()], sentence[match.end() :]
                amount = StatedAmount(_yuan(match), _source(row, match[0]))
                yield _Printed(_number(match), match["unit"], before, after, amount, alone)


def _indicator_texts(targets: Sequence[DraftTarget]) -> dict[int, list[str]]:
    """What indicators print, by line: name and value together."""
    texts: dict[int, list[str]] = {}
    for target in targets:
        for indicator in (*target.indicators, *target.long_term):
            said = fold_label(indicator.name + indicator.printed_value)
            for line in {source.line for source in indicator.sources if source.line is not None}:
                texts.setdefault(line, []).append(said)
    return texts


def _source(row: Row, printed: str) -> Source:
    cell = next((cell for cell in row.filled if printed in fold_label(cell.text)), row.filled[0])
    return replace(cell_source("budget", cell, row), printed=printed)


def _number(match: re.Match[str]) -> Decimal:
    return Decimal(match["number"].replace(",", ""))


def _yuan(match: re.Match[str]) -> Decimal:
    return _number(match) * YUAN[match["unit"]]
