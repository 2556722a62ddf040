"""Copies as people have judged them (经人工判断的雷同): those apart are out, those one are in."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from graph import queries
from graph.copies import Repeat, TargetPair, compare_targets
from graph.copy_search import Sharing, sharing_targets
from graph.corpus import IndicatorItem, TargetItem
from graph.judgements import Judgement, Judgements, Subject, Verdict, concept_id
from graph.row_index import FEWEST_SHARED, LEAST_SHARE
from graph.store import GraphStore
from nlp.relate import RelationReading
from ontology.model import Relation

_PAIR = 2
ConceptPairs = Mapping[frozenset[str], Judgement]


def judged_pairs(
    found: Iterable[tuple[TargetItem, TargetItem]],
    targets: Iterable[TargetItem],
    judgements: Judgements,
    *,
    min_share: float = LEAST_SHARE,
) -> Iterator[TargetPair]:
    """Given pairs of targets that share, return what they share as people have judged it.

    Two targets judged the same are a pair however little they share; two indicators judged apart are
    not shared.
    """
    apart = judgements.pairs(Subject.INDICATORS, Verdict.DIFFERENT)
    same = judgements.pairs(Subject.TARGETS, Verdict.SAME)
    for one, other in found:
        judged = judgements.of_targets(one.id, other.id)
        pair = replace(compare_targets(one, other, apart), judged=judged)
        if judged is not None and judged.verdict is Verdict.SAME:
            same.pop(judged.key, None)
            yield pair
        elif judgements.allows_targets(pair) and _may_stay(pair, apart, min_share):
            yield pair
    for one, other in _both_there(same, targets):
        yield replace(compare_targets(one, other, apart), judged=judgements.of_targets(one.id, other.id))


def judged_sharing(targets: Sequence[TargetItem], judgements: Judgements) -> Iterator[Sharing]:
    """Given targets, return which share their indicators as people have judged targets and indicators.

    Only pairs that somebody's judgement is about are looked at one by one. What a pair that is left out
    says of others that are not listed, the one before it says.
    """
    apart = judgements.pairs(Subject.INDICATORS, Verdict.DIFFERENT)
    same = judgements.pairs(Subject.TARGETS, Verdict.SAME)
    held: Sharing | None = None
    carried = 0
    for found in sharing_targets(targets, alone=judgements.judged_targets):
        is_same = same.pop(frozenset((found.one.id, found.other.id)), None) is not None
        left = found
        if _is_about(apart, found.one, found.other):
            pair = compare_targets(found.one, found.other, apart)
            left = replace(found, shared=len(pair.shared), share=pair.share)
        is_kept = left is found or (left.share >= LEAST_SHARE and left.shared >= FEWEST_SHARED)
        if not is_same and (not is_kept or _is_judged_apart(found, judgements)):
            carried += found.unlisted
            continue
        if held is not None:
            yield replace(held, unlisted=held.unlisted + carried)
            carried = 0
        held = replace(left, is_judged_same=is_same)
    if held is not None:
        yield replace(held, unlisted=held.unlisted + carried)
    for one, other in _both_there(same, targets):
        pair = compare_targets(one, other, apart)
        yield Sharing(one, other, len(pair.shared), pair.share, is_judged_same=True)


def _is_judged_apart(found: Sharing, judgements: Judgements) -> bool:
    judged = judgements.of_targets(found.one.id, found.other.id)
    return judged is not None and judged.verdict is Verdict.DIFFERENT


def _is_about(apart: ConceptPairs, one: TargetItem, other: TargetItem) -> bool:
    """Whether people have judged an indicator of one target and one of the other apart."""
    if not apart:
        return False
    concepts = {item.concept_id for target in (one, other) for item in target.indicators}
    return any(key <= concepts for key in apart)


def _both_there(
    judged: ConceptPairs, targets: Iterable[TargetItem]
) -> Iterator[tuple[TargetItem, TargetItem]]:
    """The pairs of targets that judgements are about, where both still are."""
    by_id = {target.id: target for target in targets} if judged else {}
    for key in judged:
        both = [by_id[own_id] for own_id in sorted(key) if own_id in by_id]
        if len(both) == _PAIR:
            yield both[0], both[1]


def _may_stay(pair: TargetPair, apart: ConceptPairs, min_share: float) -> bool:
    """Whether a pair of the graph is one still, without what was judged apart since."""
    return not _is_about(apart, pair.one, pair.other) or _counts(pair, min_share)


def _counts(pair: TargetPair, min_share: float) -> bool:
    return pair.share >= min_share and len(pair.shared) >= FEWEST_SHARED


def judged_repeats(
    found: Iterable[Repeat], targets: Iterable[TargetItem], judgements: Judgements
) -> Iterator[Repeat]:
    """Given what is repeated within targets, return it as people have judged the indicators."""
    same = judgements.pairs(Subject.INDICATORS, Verdict.SAME)
    seen: set[tuple[str, frozenset[str | None]]] = set()
    for repeat in found:
        names = dict.fromkeys(item.text.name for item in repeat.indicators)
        judged = judgements.of_indicators(*names) if len(names) == _PAIR else None
        if judged is None or judged.verdict is not Verdict.DIFFERENT:
            seen.add((repeat.target.id, _concepts(repeat.indicators)))
            yield replace(repeat, judged=judged)
    for target in targets if same else ():
        items = {item.concept_id: item for item in reversed(target.indicators)}
        for key, judged in same.items():
            if key <= items.keys() and (target.id, key) not in seen:
                reading = RelationReading(Relation.PARAPHRASE, judged.said, likeness=1.0)
                yield Repeat(target, tuple(items[own_id] for own_id in sorted(key)), reading, judged)


def _concepts(items: Sequence[IndicatorItem]) -> frozenset[str | None]:
    return frozenset(item.concept_id for item in items)


def unknown_sides(store: GraphStore, judgement: Judgement) -> list[str]:
    """Which of the two that a judgement is about the graph does not hold."""
    sides = judgement.one, judgement.other
    if judgement.subject is Subject.TARGETS:
        query, ids = queries.TARGETS_BY_ID, {own_id: own_id for own_id in sides}
    else:
        query, ids = queries.CONCEPTS_BY_ID, {name: concept_id(name) for name in sides}
    known = {row["id"] for row in store.run(query, {"ids": sorted(ids.values())})}
    return [name for name, own_id in ids.items() if own_id not in known]
