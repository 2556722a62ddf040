"""Values copied with their indicator (指标值雷同): equal in projects whose budgets are worlds apart."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from graph.corpus import TargetItem
from nlp.common_indicators import is_common
from nlp.normal_form import concept_of
from nlp.relation_values import counts_something, value_key

LEAST_RATIO = 10.0
"""How many times the smallest budget the largest is, for projects of very different size."""
_FEWEST_PROJECTS = 2


@dataclass(frozen=True, slots=True)
class SameValue:
    """An indicator that prints one value in several projects, and how large their budgets are, in yuan."""

    name: str
    printed_value: str
    projects: tuple[TargetItem, ...]
    smallest: float
    largest: float
    is_common: bool


def same_values(targets: Iterable[TargetItem], *, least_ratio: float = LEAST_RATIO) -> list[SameValue]:
    """Counts and amounts printed alike in projects of very different budgets, most projects first.

    Rates and dates say nothing here: ≥95% fits projects of any size.
    """
    places: dict[tuple[str, str], dict[str, TargetItem]] = defaultdict(dict)
    printed: dict[tuple[str, str], tuple[str, str]] = {}
    for target in targets:
        for item in target.indicators:
            name = concept_of(item.text.name)
            if name and target.project_id and target.budget and counts_something(item.text.printed_value):
                key = name, value_key(item.text.printed_value)
                places[key].setdefault(target.project_id, target)
                printed.setdefault(key, (item.text.name, item.text.printed_value))
    found = list(_apart(places, printed, least_ratio))
    return sorted(found, key=lambda item: (-len(item.projects), item.name, item.printed_value))


def _apart(
    places: dict[tuple[str, str], dict[str, TargetItem]],
    printed: dict[tuple[str, str], tuple[str, str]],
    least_ratio: float,
) -> Iterator[SameValue]:
    for key, projects in places.items():
        budgets = [target.budget for target in projects.values() if target.budget]
        if len(projects) >= _FEWEST_PROJECTS and max(budgets) >= least_ratio * min(budgets):
            name, value = printed[key]
            ordered = tuple(sorted(projects.values(), key=lambda target: (target.budget or 0, target.id)))
            yield SameValue(name, value, ordered, min(budgets), max(budgets), is_common(name))
