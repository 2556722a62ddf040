"""What is copied, for the pages (雷同的数据): once for each version of the data."""

from collections.abc import Sequence
from dataclasses import replace

from app.views.comparisons import sharing, targets, targets_by_unit
from app.views.data import remember, store, version
from app.views.judging import judgements
from graph.concept_groups import ConceptGroup, concept_groups
from graph.copies import Repeat, TargetPair, compare_targets, left_out, repeats_within, target_groups
from graph.copy_search import equal_groups
from graph.corpus import TargetItem
from graph.judged import judged_repeats
from graph.judgements import Subject, Verdict
from graph.objectives import CopiedObjective, copied_objectives, told_once
from graph.row_index import LEAST_SHARE

MOST_LOOKED_AT = 20_000
"""Indicators of which every two in a target are compared while a reader waits: some ten seconds."""


@remember(max_entries=2)
def _by_id(version_: str) -> dict[str, TargetItem]:
    return {target.id: target for target in targets()}


def targets_by_id() -> dict[str, TargetItem]:
    """Every target by its id."""
    return _by_id(version())


@remember()
def _pair(version_: str, one: str, other: str) -> TargetPair | None:
    by_id = targets_by_id()
    if one == other or not {one, other} <= by_id.keys():
        return None
    apart = judgements().pairs(Subject.INDICATORS, Verdict.DIFFERENT)
    pair = compare_targets(by_id[one], by_id[other], apart)
    return replace(pair, judged=judgements().of_targets(one, other))


def pair_of(one: str, other: str) -> TargetPair | None:
    """What two targets share, without the indicators judged apart; None where they are not two."""
    return _pair(version(), one, other)


@remember()
def _groups(version_: str, min_share: float) -> list[tuple[TargetItem, ...]]:
    by_id, rows = targets_by_id(), sharing(min_share)
    is_starred = any(row["pairs"] > 1 for row in rows)
    equal = equal_groups(targets(), alone=judgements().judged_targets) if is_starred else []
    return target_groups(((by_id[row["one_id"]], by_id[row["other_id"]]) for row in rows), equal)


def groups(min_share: float) -> Sequence[tuple[TargetItem, ...]]:
    """Groups of targets of which every two share so much."""
    return _groups(version(), min_share)


def is_large() -> bool:
    """Whether the graph is too large for all its targets to be looked at one by one while a reader waits."""
    return _is_large(version())


@remember(max_entries=2)
def _is_large(version_: str) -> bool:
    return sum(len(target.indicators) for target in targets()) > MOST_LOOKED_AT


def _members(unit_id: str | None) -> Sequence[TargetItem]:
    if unit_id is None:
        return targets()
    by_unit = targets_by_unit()
    return by_unit[unit_id] if unit_id in by_unit else [item for item in targets() if not item.unit_id]


@remember(max_entries=50)
def _repeats(version_: str, unit_id: str | None) -> list[Repeat]:
    members = _members(unit_id)
    return list(judged_repeats(repeats_within(members), members, judgements()))


def repeats(unit_id: str | None = None) -> Sequence[Repeat]:
    """What stands twice within a target, of all or of one unit's."""
    return _repeats(version(), unit_id)


@remember(max_entries=50)
def _objectives(version_: str, unit_id: str | None) -> list[CopiedObjective]:
    return told_once(copied_objectives(targets(), _members(unit_id)))


def objectives(unit_id: str | None = None) -> Sequence[CopiedObjective]:
    """What objectives repeat, of all targets or of one unit's."""
    return _objectives(version(), unit_id)


@remember(max_entries=2)
def _concept_groups(version_: str) -> list[ConceptGroup]:
    return concept_groups(store())


def similar_groups() -> Sequence[ConceptGroup]:
    """Groups of indicators of which every two are alike."""
    return _concept_groups(version())


@remember(max_entries=2)
def _left_out(version_: str) -> int:
    return left_out(targets())


def saying_nothing() -> int:
    """How many indicators say nothing, and are compared with none."""
    return _left_out(version())


def read_ahead() -> None:
    """Read what the page needs at once."""
    targets_by_id()
    saying_nothing()
    sharing(LEAST_SHARE)
