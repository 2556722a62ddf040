"""What is copied, for the pages (雷同的数据): once for each version of the data."""

from collections.abc import Sequence

from app.views.comparisons import sharing, targets
from app.views.data import remember, store, version
from app.views.judging import judgements
from graph.concept_groups import ConceptGroup, concept_groups
from graph.copies import Repeat, TargetPair, compare_targets, left_out, repeats_within, target_groups
from graph.copy_search import equal_groups
from graph.corpus import TargetItem
from graph.judged import judged_repeats
from graph.judgements import Subject, Verdict
from graph.objectives import CopiedObjective, copied_objectives, told_once


@remember(max_entries=2)
def _by_id(version_: str) -> dict[str, TargetItem]:
    return {target.id: target for target in targets()}


def targets_by_id() -> dict[str, TargetItem]:
    """Every target by its id."""
    return _by_id(version())


@remember()
def _pair(version_: str, one: str, other: str) -> TargetPair | None:
    by_id = targets_by_id()
    if not {one, other} <= by_id.keys():
        return None
    apart = judgements().pairs(Subject.INDICATORS, Verdict.DIFFERENT)
    return compare_targets(by_id[one], by_id[other], apart)


def pair_of(one: str, other: str) -> TargetPair | None:
    """What two targets share, without the indicators judged apart; None where one is not there."""
    return _pair(version(), one, other)


@remember()
def _groups(version_: str, min_share: float) -> list[tuple[TargetItem, ...]]:
    by_id, rows = targets_by_id(), sharing(min_share)
    is_starred = any(int(str(row["pairs"])) > 1 for row in rows)
    equal = equal_groups(targets(), alone=judgements().judged_targets) if is_starred else []
    return target_groups(((by_id[str(row["one_id"])], by_id[str(row["other_id"])]) for row in rows), equal)


def groups(min_share: float) -> Sequence[tuple[TargetItem, ...]]:
    """Groups of targets of which every two share so much."""
    return _groups(version(), min_share)


@remember(max_entries=2)
def _repeats(version_: str) -> list[Repeat]:
    return list(judged_repeats(repeats_within(targets()), targets(), judgements()))


def repeats() -> Sequence[Repeat]:
    """What stands twice within a target."""
    return _repeats(version())


@remember(max_entries=2)
def _objectives(version_: str) -> list[CopiedObjective]:
    return told_once(copied_objectives(targets()))


def objectives() -> Sequence[CopiedObjective]:
    """What objectives repeat."""
    return _objectives(version())


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
