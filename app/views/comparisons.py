"""What the pages of comparison read (比较用的数据): all targets of the graph, once for each version of it."""

from array import array
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.boilerplate_shares import Scores, scores_of
from app.views.data import remember, rows, store, version
from app.views.judging import judgements
from graph import queries
from graph.boilerplate import IndicatorBoilerplate, indicator_boilerplate
from graph.corpus import TargetItem, read_corpus
from graph.judgements import Subject, Verdict


@remember(max_entries=2)
def _targets(version_: str) -> tuple[TargetItem, ...]:
    return read_corpus(store())


def targets() -> tuple[TargetItem, ...]:
    """Every target with its indicators."""
    return _targets(version())


@remember(max_entries=2)
def _targets_by_unit(version_: str) -> dict[str, tuple[TargetItem, ...]]:
    found: dict[str, list[TargetItem]] = {}
    for target in _targets(version_):
        if target.unit_id:
            found.setdefault(target.unit_id, []).append(target)
    return {own: tuple(members) for own, members in found.items()}


def targets_by_unit() -> Mapping[str, tuple[TargetItem, ...]]:
    """Every target whose unit is known, by the unit's id."""
    return _targets_by_unit(version())


def unit_names(by_unit: Mapping[str, Sequence[TargetItem]]) -> dict[str, str]:
    """What units are called, by their ids, in the order of their names."""
    names = {unit_id: members[0].unit or unit_id for unit_id, members in by_unit.items()}
    return dict(sorted(names.items(), key=lambda pair: (pair[1], pair[0])))


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """How general the indicators are: every score, and one indicator for each template.

    The measures of single indicators are not kept: of 200,000 they take 250 MB.
    """

    scores: "array[float]"
    """Of every indicator that says anything, lowest first."""
    templates: tuple[IndicatorBoilerplate, ...]
    """The most general indicator of each template, the most general first."""
    by_scope: Scores

    def said(self, threshold: float) -> int:
        """How many indicators are boilerplate from this score on."""
        return len(self.scores) - bisect_left(self.scores, threshold)


@remember(max_entries=2)
def _boilerplate(version_: str) -> Boilerplate:
    found = indicator_boilerplate(_targets(version_))
    found.sort(key=lambda item: (-item.score, -item.projects, item.item.text.name, item.item.id))
    templates: dict[str | None, IndicatorBoilerplate] = {}
    for item in found:
        templates.setdefault(item.template, item)
    scores = array("d", reversed([item.score for item in found]))
    return Boilerplate(scores, tuple(templates.values()), scores_of(found))


def boilerplate() -> Boilerplate:
    """How general the indicators of the graph are."""
    return _boilerplate(version())


@remember(max_entries=2)
def _sharing(version_: str) -> list[dict[str, Any]]:
    return rows(queries.SHARING_TARGETS, {"min_share": 0.0})


def sharing(min_share: float) -> Sequence[dict[str, Any]]:
    """The pairs of targets that share so much of the smaller one's indicators, the most alike first.

    Those that people have judged the same are there however little they share.
    """
    same = judgements().pairs(Subject.TARGETS, Verdict.SAME)
    return [
        row
        for row in _sharing(version())
        if row["share"] >= min_share or frozenset((row["one_id"], row["other_id"])) in same
    ]
