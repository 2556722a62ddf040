"""What is derived from the whole graph (全图推得的内容): templates, like concepts, targets that share.

Nothing here is stated by a file. It is made anew before each publication, from what the graph then
holds and from what people have judged.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from graph.batch import GraphBatch, NodeRow, RelationshipRow
from graph.copy_search import Sharing
from graph.corpus import TargetItem, read_corpus
from graph.judged import judged_sharing
from graph.judgements import Judgements
from graph.schema import connection
from graph.similar import similar_concepts
from graph.store import GraphStore
from nlp.templates import template_key, template_of
from ontology.ids import stable_id


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
    sharing = map(_sharing, judged_sharing(targets, judgements))
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


def _sharing(found: Sharing) -> RelationshipRow:
    one, other = sorted((found.one, found.other), key=lambda target: target.order)
    return RelationshipRow(
        one.id,
        other.id,
        {
            "share": found.share,
            "label": found.label,
            "shared": found.shared,
            "pairs": found.pairs,
            "unlisted": found.unlisted,
        },
    )
