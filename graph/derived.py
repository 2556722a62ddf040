"""What is derived from the whole graph (全图推得的内容): templates, like concepts, targets that share.

Nothing here is stated by a file. It is made anew before each publication, from what the graph then
holds and from what people have judged.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from graph.batch import GraphBatch, NodeRow, RelationshipRow
from graph.copies import TargetPair, target_pairs
from graph.corpus import TargetItem, read_corpus
from graph.judged import judged_pairs
from graph.judgements import Judgements
from graph.schema import connection
from graph.store import GraphStore
from nlp.all_pairs import alike_pairs
from nlp.name_alignment import canonical_name
from nlp.relate import IndicatorText, RelationReading, relate
from nlp.templates import template_key, template_of
from ontology.ids import stable_id
from ontology.model import Relation

ALIKE_WORDS = 0.6
"""Jaccard similarity of two concepts' canonical names from which they are compared; none is missed."""

Similar = tuple[str, str, RelationReading]
"""Two concepts by their ids, the lower first, and how they are alike."""


def derive(store: GraphStore, judgements: Judgements, *, run_id: str) -> None:
    """Make what follows from the whole graph, in the place of what followed from it before."""
    targets = read_corpus(store)
    templates = _templates(targets)
    similar = (
        RelationshipRow(
            one, other, {"relation": found.relation.value, "score": found.likeness, "reason": found.reason}
        )
        for one, other, found in similar_concepts(targets, judgements)
    )
    sharing = (_sharing(pair) for pair in judged_pairs(target_pairs(targets), targets, judgements))
    batch = GraphBatch(
        nodes={"IndicatorTemplate": tuple(_node(key, templates[key]) for key in sorted(templates))},
        relationships={
            connection("FOLLOWS", "IndicatorConcept", "IndicatorTemplate"): tuple(
                RelationshipRow(concept, _template_id(key), {})
                for key in sorted(templates)
                for concept in sorted(templates[key].concepts)
            ),
            connection("SIMILAR_TO", "IndicatorConcept", "IndicatorConcept"): tuple(similar),
            connection("SHARES_INDICATORS_WITH", "PerformanceTarget", "PerformanceTarget"): tuple(sharing),
        },
    )
    store.replace_derived(batch, run_id=run_id)


@dataclass(slots=True)
class _Template:
    """What follows one template, and how often it is worded how."""

    wordings: Counter[str] = field(default_factory=Counter)
    concepts: set[str] = field(default_factory=set)
    projects: set[str] = field(default_factory=set)
    units: set[str] = field(default_factory=set)


def _templates(targets: Iterable[TargetItem]) -> dict[str, _Template]:
    """The templates by their keys, each with what follows it in the projects where it stands."""
    found: dict[str, _Template] = defaultdict(_Template)
    for target in targets:
        for item in target.indicators:
            key = template_key(item.text.name, item.text.context)
            if item.concept_id is None or key is None:
                continue
            template = found[key]
            template.wordings[template_of(item.text.name, item.text.context) or key] += 1
            template.concepts.add(item.concept_id)
            if target.project_id is not None:
                template.projects.add(target.project_id)
            if target.unit_id is not None:
                template.units.add(target.unit_id)
    return found


def _template_id(key: str) -> str:
    return stable_id("template", key)


def _node(key: str, template: _Template) -> NodeRow:
    """A template's node, named as it is worded most often."""
    wording = min(template.wordings, key=lambda text: (-template.wordings[text], len(text), text))
    counts = {
        "occurrences": template.wordings.total(),
        "projects": len(template.projects),
        "units": len(template.units),
    }
    return NodeRow(_template_id(key), {"name": wording, **counts})


def similar_concepts(targets: Sequence[TargetItem], judgements: Judgements) -> list[Similar]:
    """Every two concepts that say one thing in other words, or follow one template by other words.

    Of the concepts that follow one template the most used one stands for all: the template's node holds
    them together. Candidates are all pairs whose canonical names are alike; each pair is verified.
    """
    texts = _concept_texts(targets)
    chosen = _representatives(targets, texts)
    found: list[Similar] = []
    for one, other in _candidates({concept: texts[concept] for concept in chosen}):
        reading = relate(texts[one], texts[other])
        if reading.relation is not Relation.DIFFERENT:
            found.append((one, other, reading))
    return judgements.applied(found, texts)


def _representatives(targets: Iterable[TargetItem], texts: dict[str, IndicatorText]) -> list[str]:
    """Of each template the concept that is used most, of equally used ones that of the lowest id."""
    used = Counter(item.concept_id for target in targets for item in target.indicators)
    chosen: dict[str | None, str] = {}
    for concept in sorted(texts, key=lambda concept: (-used[concept], concept)):
        chosen.setdefault(template_key(texts[concept].name, texts[concept].context), concept)
    return sorted(chosen.values())


def _concept_texts(targets: Iterable[TargetItem]) -> dict[str, IndicatorText]:
    """Each concept's name, as it is first printed, with the names of all projects that use it."""
    names: dict[str, str] = {}
    contexts: dict[str, dict[str, None]] = defaultdict(dict)
    for target in targets:
        for item in target.indicators:
            if item.concept_id is not None and item.text.name:
                names.setdefault(item.concept_id, item.text.name)
                contexts[item.concept_id][item.text.context] = None
    return {
        concept: IndicatorText(name=names[concept], context=" ".join(list(contexts[concept])[:_CONTEXTS]))
        for concept in sorted(names)
    }


_CONTEXTS = 20
"""Projects whose names are looked at for a concept's own object: one that many use has none."""


def _candidates(texts: dict[str, IndicatorText]) -> Iterator[tuple[str, str]]:
    """Every two concepts whose canonical names are equal or alike."""
    groups: dict[str, list[str]] = defaultdict(list)
    for concept, text in texts.items():
        groups[canonical_name(text.name)].append(concept)
    for group in groups.values():
        yield from combinations(group, 2)
    names = list(groups)
    for block in alike_pairs(names, ALIKE_WORDS):
        for i, j in zip(block.one.tolist(), block.other.tolist(), strict=True):
            for one in groups[names[i]]:
                for other in groups[names[j]]:
                    yield (one, other) if one < other else (other, one)


def _sharing(pair: TargetPair) -> RelationshipRow:
    one, other = sorted((pair.one, pair.other), key=lambda target: (target.fiscal_year or 0, target.id))
    shared = len(pair.shared)
    return RelationshipRow(one.id, other.id, {"share": pair.share, "label": pair.label, "shared": shared})
