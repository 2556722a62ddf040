"""Groups of indicators that are alike (相近的指标组): every two of one agree or follow one template."""

from collections import defaultdict
from dataclasses import dataclass

from graph import queries
from graph.cliques import cliques
from graph.store import GraphStore


@dataclass(frozen=True, slots=True)
class ConceptGroup:
    """Concepts of which every two say one thing, the most used first, and how far the group stands alone.

    `density` is the part that is verified of all pairs among the group and whatever is like one of it:
    1 where nothing else is, less where some are like others of which the rest are not.
    """

    concepts: tuple[tuple[str, str], ...]
    """Id and name of each."""
    pairs: int
    density: float


def concept_groups(store: GraphStore) -> list[ConceptGroup]:
    """The groups of three and more concepts of a graph, the largest first; each concept is in one at most."""
    near: dict[str, set[str]] = defaultdict(set)
    names: dict[str, str] = {}
    projects: dict[str, int] = {}
    for row in store.run(queries.SIMILAR_CONCEPTS):
        for side, against in (("one", "other"), ("other", "one")):
            own_id = row[f"{side}_id"]
            near[own_id].add(row[f"{against}_id"])
            names[own_id], projects[own_id] = row[side], row[f"{side}_projects"] or 0
    found = []
    for group in cliques(near):
        ordered = sorted(group, key=lambda concept: (-projects[concept], names[concept], concept))
        concepts = tuple((concept, names[concept]) for concept in ordered)
        found.append(ConceptGroup(concepts, len(group) * (len(group) - 1) // 2, _density(group, near)))
    return sorted(found, key=lambda group: (-len(group.concepts), group.concepts))


def _density(group: tuple[str, ...], near: dict[str, set[str]]) -> float:
    around = set(group).union(*(near[concept] for concept in group))
    verified = sum(len(near[concept] & around) for concept in around) // 2
    return round(verified / (len(around) * (len(around) - 1) // 2), 4)
