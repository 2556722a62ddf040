"""Boilerplate (套话): how much of an indicator could stand in nearly any project, and what is its own.

A word is the project's own where it names a task (no general word of budgets, no number, date, body or
place) and is not used by many units. The measure accuses nobody: 共性指标 are meant to be shared.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist

from graph.comparable import said
from graph.corpus import IndicatorItem, TargetItem
from nlp.common_indicators import is_common
from nlp.parts import Part, PartKind, parts_of
from nlp.relation_values import is_score_rule
from nlp.relation_words import GENERAL_WORDS
from nlp.templates import template_of

THRESHOLD = 0.5
"""Score from which an indicator counts as boilerplate."""
_WEIGHTS = {
    PartKind.WORD: 1.0,
    PartKind.PEOPLE: 1.0,
    PartKind.ACTION: 0.8,
    PartKind.MEASURE: 0.3,
    PartKind.BODY: 0.8,
    PartKind.TITLE: 1.0,
}
_SPREAD_SHARE = 0.1
"""How much of the score says how far the template spreads; it orders texts without any own word."""
_FEWEST_UNITS = 20
"""Units below which it says nothing that several of them use a word."""
_CONFIDENCE = 0.95
_QUANTILE = NormalDist().inv_cdf((1 + _CONFIDENCE) / 2)


@dataclass(frozen=True, slots=True)
class IndicatorBoilerplate:
    """How general one indicator is: `score` from 0 (its own) to 1 (could stand anywhere).

    `projects` and `units` support it: so many follow its template in this graph, in `targets` targets.
    A department's own target is no project; a unit that is not known is not counted.
    """

    target: TargetItem
    item: IndicatorItem
    score: float
    own_words: tuple[str, ...]
    template: str | None
    targets: int
    projects: int
    units: int
    is_common: bool
    words_told: str
    """Which words are the project's own, or why none is, in plain words."""

    @property
    def reason(self) -> str:
        """Why it is said: its words, and how far its template spreads."""
        return f"{self.words_told}；{_told_support(self.targets, self.projects, self.units)}"

    @property
    def said(self) -> str:
        """Its name, or its value where no name is printed."""
        return _said(self.item)


@dataclass(frozen=True, slots=True)
class BoilerplateShare:
    """Which part of some indicators is boilerplate, with the bounds between which chance would leave it."""

    indicators: int
    boilerplate: int
    share: float
    low: float
    high: float


class _Spread:
    """In how many targets, projects and known units templates stand, and in how many units words."""

    def __init__(self, targets: Sequence[TargetItem]) -> None:
        self.targets: dict[str, set[str]] = defaultdict(set)
        self.projects: dict[str, set[str]] = defaultdict(set)
        self.units: dict[str, set[str]] = defaultdict(set)
        self.word_units: dict[str, set[str]] = defaultdict(set)
        self.all_units = {target.unit_id for target in targets if target.unit_id}
        for target in targets:
            for item in target.indicators:
                template = template_of(_said(item)) or ""
                self.targets[template].add(target.id)
                if target.project_id:
                    self.projects[template].add(target.project_id)
                if target.unit_id:
                    self.units[template].add(target.unit_id)
                    for part in parts_of(_said(item)):
                        self.word_units[part.meaning].add(target.unit_id)

    def ownness(self, part: Part) -> float:
        """1 for a word that few units use, less the more of all units use it; 1 where units are few."""
        units = len(self.all_units)
        if units < _FEWEST_UNITS:
            return 1.0
        return 1 - len(self.word_units[part.meaning]) / units


def indicator_boilerplate(targets: Sequence[TargetItem]) -> list[IndicatorBoilerplate]:
    """Given all targets of a graph, return the measure of each indicator that says anything.

    One that says nothing (only numbers or marks, a single letter) is no boilerplate either.
    """
    spread = _Spread(targets)
    return [
        _measured(target, item, spread) for target in targets for item in target.indicators if _said(item)
    ]


def _measured(target: TargetItem, item: IndicatorItem, spread: _Spread) -> IndicatorBoilerplate:
    own = {
        part.text: _WEIGHTS[part.kind] * spread.ownness(part)
        for part in _all_parts(item)
        if _is_own(part, target)
    }
    template = template_of(_said(item)) or ""
    targets, projects, units = (
        len(found.get(template, ())) for found in (spread.targets, spread.projects, spread.units)
    )
    reach = _reach(targets, projects, units)
    return IndicatorBoilerplate(
        target=target,
        item=item,
        score=round((1 - _SPREAD_SHARE) * math.exp(-sum(own.values())) + _SPREAD_SHARE * reach, 4),
        own_words=tuple(own),
        template=template or None,
        targets=targets,
        projects=projects,
        units=units,
        is_common=is_common(item.text.name),
        words_told=_told_words(item, target, own),
    )


def _reach(targets: int, projects: int, units: int) -> float:
    """How far a template spreads, from 0 (one place) towards 1."""
    places = max(projects, 1 if targets else 0)
    return 1 - 1 / (1 + math.log2(max(1, units)) + math.log2(max(1, places)) / 2)


def _said(item: IndicatorItem) -> str:
    return said(item.text)


def _all_parts(item: IndicatorItem) -> Iterable[Part]:
    """The parts of a name and of its value, whose words may say what the name does not."""
    yield from parts_of(_said(item))
    if _said(item) == item.text.name and not is_score_rule(item.text.printed_value):
        yield from parts_of(item.text.printed_value)


def _is_own(part: Part, target: TargetItem) -> bool:
    return _may_be_own(part) and not _names_unit(part, target)


def _may_be_own(part: Part) -> bool:
    return part.kind in _WEIGHTS and part.text not in GENERAL_WORDS


def _names_unit(part: Part, target: TargetItem) -> bool:
    return len(part.text) > 1 and part.text in (target.unit or "")


def _told_words(item: IndicatorItem, target: TargetItem, own: Iterable[str]) -> str:
    """Which words are the project's own, or why none is."""
    measures = {part.text for part in _all_parts(item) if part.kind is PartKind.MEASURE}
    words = [word for word in own if word not in measures]
    if words:
        return f"项目自己的词有{_quoted(words)}"
    of_unit = [part.text for part in _all_parts(item) if _may_be_own(part) and _names_unit(part, target)]
    if of_unit:
        return f"除了本单位名称里的{_quoted(of_unit)}，没有项目自己的词"
    return "没有项目自己的词，任何项目都可以这样写"


def _quoted(words: Iterable[str]) -> str:
    return "、".join(f"“{word}”" for word in dict.fromkeys(words))


def _told_support(targets: int, projects: int, units: int) -> str:
    if targets <= 1:
        return "同样的写法只出现在这里"
    where = [f"{projects} 个项目"] if projects else []
    where += [f"{units} 个单位"] if units else []
    within = f"（{'、'.join(where)}）" if where else ""
    return f"同样的写法在 {targets} 个目标{within}中出现"


def share_of(found: Iterable[IndicatorBoilerplate], *, threshold: float = THRESHOLD) -> BoilerplateShare:
    """Which part of some indicators is boilerplate, with its interval.

    Drawing again and again as many indicators from these gives a binomial number of boilerplate: its
    quantiles are the interval, without drawing (Efron 1979, the proportion's exact case). Of none or all
    every drawing is alike, and Wilson's interval (1927) stands instead.
    """
    flags = [item.score >= threshold for item in found]
    return counted_share(len(flags), sum(flags))


def counted_share(total: int, general: int) -> BoilerplateShare:
    """The share of `general` indicators in `total`, with its interval."""
    low, high = bootstrap_bounds(total, general)
    return BoilerplateShare(total, general, round(general / total, 4) if total else 0.0, low, high)


@lru_cache(maxsize=100_000)
def bootstrap_bounds(total: int, said: int) -> tuple[float, float]:
    """The 95 % percentile bounds of a share of `said` in `total`, when as many are drawn again.

    None or all of them give Wilson's bounds: 0 of 3 may be half of what such a writer writes.
    """
    if total == 0:
        return 0.0, 1.0
    if said in (0, total):
        width = round(_QUANTILE**2 / (total + _QUANTILE**2), 4)
        return (0.0, width) if said == 0 else (round(1 - width, 4), 1.0)
    odds = math.log(said / total), math.log(1 - said / total)
    tail = (1 - _CONFIDENCE) / 2
    reached = 0.0
    bounds: list[float] = []
    for drawn in range(total + 1):
        # In logarithms: the ways to draw from a thousand indicators are more than a float holds.
        ways = math.lgamma(total + 1) - math.lgamma(drawn + 1) - math.lgamma(total - drawn + 1)
        reached += math.exp(ways + drawn * odds[0] + (total - drawn) * odds[1])
        while len(bounds) < 2 and reached >= (tail, 1 - tail)[len(bounds)] - 1e-12:
            bounds.append(round(drawn / total, 4))
    return bounds[0], bounds[-1]
