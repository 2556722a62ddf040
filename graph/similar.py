"""Concepts that say one thing in other words (意思相同的概念), each pair compared, none by way of a third."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from graph.comparable import says_something
from graph.corpus import TargetItem
from graph.judgements import Judgements
from graph.like_names import names_sharing_words
from nlp.all_pairs import alike_pairs
from nlp.name_alignment import canonical_name
from nlp.relate import IndicatorText, RelationReading, by_rules
from nlp.templates import template_key
from ontology.model import Relation

ALIKE_WORDS = 0.6
"""Jaccard similarity of two concepts' canonical names from which they are compared; none is missed."""

Similar = tuple[str, str, RelationReading]
"""Two concepts by their ids, the lower first, and how they are alike."""


def similar_concepts(targets: Sequence[TargetItem], judgements: Judgements) -> list[Similar]:
    """Every two concepts that say one thing in other words, or follow one template by other words.

    Of the concepts that follow one template the most used one stands for all: the template's node holds
    them together. Candidates are all pairs whose canonical names are alike, and those found by the words
    they share; each pair is verified.
    """
    texts = _concept_texts(targets)
    chosen = [concept for concept in _representatives(targets, texts) if says_something(texts[concept].name)]
    found: list[Similar] = []
    for one, other in sorted(set(_candidates({concept: texts[concept] for concept in chosen}))):
        reading = by_rules(texts[one], texts[other])
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
    """Every two concepts whose canonical names are equal or alike, and those that share telling words."""
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
    concepts = sorted(texts)
    for i, j in names_sharing_words([texts[concept].name for concept in concepts]):
        yield concepts[i], concepts[j]
