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

    `projects` and `units` support it: so many follow its template in this graph.
    """

    target: TargetItem
    item: IndicatorItem
    score: float
    own_words: tuple[str, ...]
    template: str | None
    projects: int
    units: int
    is_common: bool
    reason: str

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
    """In how many projects and units words and templates stand."""

    def __init__(self, targets: Sequence[TargetItem]) -> None:
        self.projects: dict[str, set[str]] = defaultdict(set)
        self.units: dict[str, set[str]] = defaultdict(set)
        self.word_units: dict[str, set[str]] = defaultdict(set)
        self.all_units = {target.unit_id or target.file for target in targets}
        for target in targets:
            holder, unit = target.project_id or target.id, target.unit_id or target.file
            for item in target.indicators:
                template = template_of(_said(item))
                if template is not None:
                    self.projects[template].add(holder)
                    self.units[template].add(unit)
                for part in parts_of(_said(item)):
                    self.word_units[part.meaning].add(unit)

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
    template = template_of(_said(item))
    projects = len(spread.projects.get(template or "", ()))
    units = len(spread.units.get(template or "", ()))
    spreading = 1 - 1 / (1 + math.log2(max(1, units)) + math.log2(max(1, projects)) / 2)
    score = round((1 - _SPREAD_SHARE) * math.exp(-sum(own.values())) + _SPREAD_SHARE * spreading, 4)
    common = is_common(item.text.name)
    return IndicatorBoilerplate(
        target, item, score, tuple(own), template, projects, units, common, _reason(own, projects, units)
    )


def _said(item: IndicatorItem) -> str:
    return said(item.text)


def _all_parts(item: IndicatorItem) -> Iterable[Part]:
    """The parts of a name and of its value, whose words may say what the name does not."""
    yield from parts_of(_said(item))
    if _said(item) == item.text.name and not is_score_rule(item.text.printed_value):
        yield from parts_of(item.text.printed_value)


def _is_own(part: Part, target: TargetItem) -> bool:
    if part.kind not in _WEIGHTS or part.text in GENERAL_WORDS:
        return False
    return not (len(part.text) > 1 and part.text in (target.unit or ""))


def _reason(own: dict[str, float], projects: int, units: int) -> str:
    support = (
        f"同样的写法在 {projects} 个项目、{units} 个单位中出现" if projects > 1 else "同样的写法只出现在这里"
    )
    if not own:
        return f"没有项目自己的词，任何项目都可以这样写；{support}"
    words = "、".join(f"“{word}”" for word in own)
    return f"项目自己的词有{words}；{support}"


def share_of(found: Iterable[IndicatorBoilerplate], *, threshold: float = THRESHOLD) -> BoilerplateShare:
    """Which part of some indicators is boilerplate, with its interval.

    Drawing again and again as many indicators from these gives a binomial number of boilerplate: its
    quantiles are the interval, without drawing (Efron 1979, the proportion's exact case). Of none or all
    every drawing is alike, and Wilson's interval (1927) stands instead.
    """
    flags = [item.score >= threshold for item in found]
    total, general = len(flags), sum(flags)
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
