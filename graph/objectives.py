"""Copied objectives (照抄的总体目标): goals that repeat an indicator, the project's name, or another goal."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.fuzz import partial_ratio

from graph.corpus import IndicatorItem, TargetItem
from nlp.name_measures import names_measure
from nlp.normal_form import concept_of
from nlp.relation_names import relate_names
from nlp.templates import template_of
from ontology.model import Relation

SHORTEST = 6
"""Letters of a sentence or name below which a likeness says nothing."""
_SHORTEST_ELSEWHERE = 8
_NEARLY = 85.0
_SENTENCE_ENDS = re.compile(r"[。；;！!\n]+")
_CLAUSE_ENDS = re.compile(r"[，,：:。；;！!\n]+")
_NUMBER_BEFORE = re.compile(
    r"^\s*(?:目标[一二三四五六七八九十\d]+[：:、.．]?|[（(]?[一二三四五六七八九十\d]{1,2}[)）、.．])\s*"
)


class CopyKind(StrEnum):
    """What an objective repeats."""

    INDICATOR = "indicator"
    PROJECT_NAME = "project_name"
    OTHER_GOAL = "other_goal"
    INDICATOR_OF_OTHER_TARGET = "indicator_of_other_target"


@dataclass(frozen=True, slots=True)
class CopiedObjective:
    """A stretch of a target's objective that stands elsewhere too, word for word or nearly so."""

    target: TargetItem
    kind: CopyKind
    text: str
    other: str
    """What it repeats, as printed there."""
    other_target: TargetItem
    is_verbatim: bool

    @property
    def in_order(self) -> "CopiedObjective":
        """The same, told of the later one where two targets have the same goal."""
        years = self.target.fiscal_year or 0, self.other_target.fiscal_year or 0
        if self.kind is not CopyKind.OTHER_GOAL or years[0] >= years[1]:
            return self
        return CopiedObjective(
            self.other_target, self.kind, self.other, self.text, self.target, self.is_verbatim
        )


def copied_objectives(
    targets: Sequence[TargetItem], of: Iterable[TargetItem] | None = None
) -> Iterator[CopiedObjective]:
    """Given targets, return what their objectives (or those `of` some of them) repeat, target by target."""
    goals = _by_goal(targets)
    names = _by_name(targets)
    for target in targets if of is None else of:
        if concept_of(target.objective or ""):
            yield from _project_name(target)
            yield from _indicators(target)
            yield from _other_goals(target, goals)
            yield from _indicators_elsewhere(target, names)


def told_once(found: Iterable[CopiedObjective]) -> list[CopiedObjective]:
    """The same with two targets of one goal told of once, the later as repeating the earlier."""
    seen: set[tuple[CopyKind, frozenset[str]]] = set()
    told = []
    for item in found:
        key = item.kind, frozenset((item.target.id, item.other_target.id))
        if item.kind is not CopyKind.OTHER_GOAL or key not in seen:
            told.append(item.in_order)
        seen.add(key)
    return told


def sentences(objective: str) -> list[str]:
    """The sentences and numbered items of an objective, without their numbers."""
    found = (_NUMBER_BEFORE.sub("", part).strip() for part in _SENTENCE_ENDS.split(objective))
    return [part for part in found if len(concept_of(part) or "") >= SHORTEST]


def _project_name(target: TargetItem) -> Iterator[CopiedObjective]:
    name = concept_of(target.project or "")
    said = [concept_of(part) for part in _CLAUSE_ENDS.split(target.objective or "")]
    if name and target.project and name in said:
        yield CopiedObjective(target, CopyKind.PROJECT_NAME, target.project, target.project, target, True)


def _indicators(target: TargetItem) -> Iterator[CopiedObjective]:
    for sentence in sentences(target.objective or ""):
        for item in target.indicators:
            verbatim = _repeats(sentence, item.text.name)
            if verbatim is not None:
                yield CopiedObjective(target, CopyKind.INDICATOR, sentence, item.text.name, target, verbatim)
                break


def _repeats(sentence: str, name: str) -> bool | None:
    """Whether a sentence says word for word what an indicator's name says; False for nearly, None for no.

    That a goal names what is measured (群众满意度) is no copy: only names that state something count.
    """
    said, named = concept_of(sentence) or "", concept_of(name) or ""
    if len(named) < SHORTEST or names_measure(name):
        return None
    if said in named or named in said:
        return True
    if partial_ratio(said, named) >= _NEARLY and min(len(said), len(named)) >= _SHORTEST_ELSEWHERE:
        return False
    return False if relate_names(sentence, name).relation is Relation.PARAPHRASE else None


def _by_goal(targets: Sequence[TargetItem]) -> dict[str, list[TargetItem]]:
    found: dict[str, list[TargetItem]] = defaultdict(list)
    for target in targets:
        for key in _goal_keys(target):
            found[key].append(target)
    return found


def _goal_keys(target: TargetItem) -> list[str]:
    """A goal's letters, and its template without and with the project's own object."""
    goal = target.objective or ""
    letters = concept_of(goal)
    if letters is None or len(letters) < SHORTEST:
        return []
    context = " ".join(part for part in (target.project, target.unit) if part)
    keys = (letters, template_of(goal), template_of(goal, context))
    return list(dict.fromkeys(key for key in keys if key))


def _other_goals(target: TargetItem, goals: dict[str, list[TargetItem]]) -> Iterator[CopiedObjective]:
    others = {other.id: other for key in _goal_keys(target) for other in goals[key] if other.id != target.id}
    goal = target.objective or ""
    for other in others.values():
        verbatim = concept_of(other.objective or "") == concept_of(goal)
        yield CopiedObjective(target, CopyKind.OTHER_GOAL, goal, other.objective or "", other, verbatim)


def _by_name(targets: Sequence[TargetItem]) -> dict[str, list[tuple[TargetItem, IndicatorItem]]]:
    found: dict[str, list[tuple[TargetItem, IndicatorItem]]] = defaultdict(list)
    for target in targets:
        for item in target.indicators:
            name = template_of(item.text.name)
            if name and len(name) >= _SHORTEST_ELSEWHERE and not names_measure(item.text.name):
                found[name].append((target, item))
    return found


def _indicators_elsewhere(
    target: TargetItem, names: dict[str, list[tuple[TargetItem, IndicatorItem]]]
) -> Iterator[CopiedObjective]:
    for sentence in sentences(target.objective or ""):
        for other, item in names.get(template_of(sentence) or "", ()):
            if other.id != target.id:
                verbatim = concept_of(sentence) == concept_of(item.text.name)
                kind = CopyKind.INDICATOR_OF_OTHER_TARGET
                yield CopiedObjective(target, kind, sentence, item.text.name, other, verbatim)
                break
