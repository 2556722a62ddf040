"""Reuse of indicators (指标复用): what is used again, where, and how a project's targets look."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from graph import queries
from graph.schema import LABELS
from graph.store import GraphStore
from ontology.categories import category

_PAGE = 5000
"""Occurrences fetched at a time: enough that sorting again for each page costs little."""


@dataclass(frozen=True, slots=True)
class ValueKindCount:
    """How many indicators have values of a kind, and how many different ones."""

    kind: str
    indicators: int
    distinct_values: int


@dataclass(frozen=True, slots=True)
class GraphCounts:
    """Size of the graph (图谱规模): nodes by label, relationships by type, values by kind."""

    nodes: Mapping[str, int]
    relationships: Mapping[str, int]
    value_kinds: tuple[ValueKindCount, ...]


@dataclass(frozen=True, slots=True)
class ReusedConcept:
    """A concept used in several projects (复用的指标)."""

    concept_id: str
    concept: str
    occurrences: int
    projects: int
    units: int
    years: tuple[int, ...]
    is_common: bool = False
    """Whether it is a common indicator (共性指标), meant to be shared."""


@dataclass(frozen=True, slots=True)
class PrintedPlace:
    """Where one string of an indicator is printed (出处)."""

    field: str
    printed: str
    table_name: str
    page: int | None
    sheet: str | None
    row: int | None
    column: int | None
    line: int | None
    place: str


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One indicator that expresses a concept, with everything needed to look it up in its file."""

    indicator_id: str
    name: str | None
    printed_value: str | None
    value: str | None
    category: str | None
    subcategory: str | None
    unit: str | None
    project: str | None
    project_id: str | None
    target: str | None
    fiscal_year: int | None
    file: str
    places: tuple[PrintedPlace, ...]


@dataclass(frozen=True, slots=True)
class IndicatorLeaf:
    """An indicator with its value, at the end of a tree."""

    indicator_id: str
    name: str | None
    printed_value: str | None
    value: str | None


@dataclass(frozen=True, slots=True)
class SubcategoryBranch:
    """Indicators of one class of level two (二级指标); None where none is printed."""

    class_id: str | None
    label: str | None
    indicators: tuple[IndicatorLeaf, ...]


@dataclass(frozen=True, slots=True)
class CategoryBranch:
    """Classes of level two below one of level one (一级指标); None where none is printed."""

    class_id: str | None
    label: str | None
    subcategories: tuple[SubcategoryBranch, ...]


@dataclass(frozen=True, slots=True)
class TargetBranch:
    """One performance target (绩效目标) of a project, its indicators sorted into classes."""

    target_id: str
    scope: str
    fiscal_year: int | None
    objective: str | None
    budget: float | None
    categories: tuple[CategoryBranch, ...]


@dataclass(frozen=True, slots=True)
class ProjectTree:
    """A project (项目) with its targets over the years."""

    project: str | None
    unit: str | None
    targets: tuple[TargetBranch, ...]


def stored_disclosures(store: GraphStore) -> dict[str, str | None]:
    """The ids of the disclosures in the graph, each with what its part was loaded from."""
    return {row["id"]: row["loaded_from"] for row in store.run(queries.LIST_DISCLOSURES)}


def files_without_targets(store: GraphStore) -> list[str]:
    """Names of the files in which no performance target stands."""
    return [row["file"] for row in store.run(queries.FILES_WITHOUT_TARGETS)]


def targets_without_indicators(store: GraphStore) -> list[tuple[str, str]]:
    """Targets of which no indicator was read: the file, and what the target is called."""
    return [(row["file"], row["target"]) for row in store.run(queries.TARGETS_WITHOUT_INDICATORS)]


def graph_counts(store: GraphStore) -> GraphCounts:
    """How much the graph holds; labels that it has no nodes of count zero."""
    nodes = {row["label"]: row["nodes"] for row in store.run(queries.COUNT_NODES)}
    relationships = store.run(queries.COUNT_RELATIONSHIPS)
    return GraphCounts(
        nodes={label: nodes.get(label, 0) for label in LABELS},
        relationships={row["relationship"]: row["relationships"] for row in relationships},
        value_kinds=tuple(ValueKindCount(**row) for row in store.run(queries.COUNT_VALUE_KINDS)),
    )


def reuse_ranking(
    store: GraphStore, *, limit: int | None = 100, min_projects: int = 2
) -> tuple[ReusedConcept, ...]:
    """Concepts by the number of projects that use them, most used first: `limit` of them, or all."""
    most = count_reused(store, min_projects=min_projects) if limit is None else limit
    rows = store.run(queries.REUSE_RANKING, {"row_limit": most, "min_projects": min_projects})
    return tuple(ReusedConcept(**row | {"years": tuple(sorted(row["years"]))}) for row in rows)


def count_reused(store: GraphStore, *, min_projects: int = 2) -> int:
    """How many concepts so many projects use."""
    (row,) = store.run(queries.COUNT_REUSED, {"min_projects": min_projects})
    count: int = row["concepts"]
    return count


def concept_occurrences(
    store: GraphStore, concept_id: str, *, limit: int | None = None, start: int = 0
) -> tuple[Occurrence, ...]:
    """Indicators that express a concept, by unit, year and project: `limit` of them (all) from `start` on.

    Empty for an unknown id. Without a limit they are asked for page by page.
    """
    found: list[Occurrence] = []
    while limit is None or len(found) < limit:
        size = _PAGE if limit is None else min(_PAGE, limit - len(found))
        params = {"concept_id": concept_id, "row_start": start + len(found), "row_limit": size}
        rows = store.run(queries.CONCEPT_OCCURRENCES, params)
        found += map(_occurrence, rows)
        if len(rows) < size:
            break
    return tuple(found)


def printed_places(store: GraphStore, indicator_ids: Iterable[str]) -> dict[str, str]:
    """Where indicators are printed, by their ids: the cell of the name, else of the value."""
    found: dict[str, str] = {}
    every = sorted(set(indicator_ids))
    for start in range(0, len(every), _PAGE):
        for row in store.run(queries.PRINTED_PLACES, {"ids": every[start : start + _PAGE]}):
            # In the order of the fields: name, then value.
            found.setdefault(row["indicator_id"], f"{row['table_name']}{row['place']}")
    return found


def concept_values(store: GraphStore, concept_id: str) -> dict[str | None, int]:
    """What is printed as the value of a concept and how often, most frequent first; None: nothing is."""
    rows = store.run(queries.CONCEPT_VALUES, {"concept_id": concept_id})
    return {row["printed_value"]: row["indicators"] for row in rows}


def project_tree(store: GraphStore, project_id: str) -> ProjectTree | None:
    """A project's targets with classes and indicators, oldest year first; None for an unknown id."""
    rows = store.run(queries.PROJECT_TREE, {"project_id": project_id})
    if not rows:
        return None
    return ProjectTree(rows[0]["project"], rows[0]["unit"], _target_branches(rows))


def unit_targets(store: GraphStore, unit_id: str) -> tuple[TargetBranch, ...]:
    """The targets that a unit holds itself (部门整体), oldest year first; none for an unknown id."""
    return _target_branches(store.run(queries.UNIT_TREE, {"unit_id": unit_id}))


def _target_branches(rows: list[dict[str, Any]]) -> tuple[TargetBranch, ...]:
    groups = groupby(rows, key=lambda row: row["target_id"])
    return tuple(_target_branch(list(group)) for _, group in groups)


def _occurrence(row: dict[str, Any]) -> Occurrence:
    category_id, subcategory_id = _classes(row)
    places = [PrintedPlace(**place) for place in row["places"] if place["field"] is not None]
    return Occurrence(
        indicator_id=row["indicator_id"],
        name=row["name"],
        printed_value=row["printed_value"],
        value=row["value"],
        category=_label(category_id),
        subcategory=_label(subcategory_id),
        unit=row["unit"],
        project=row["project"],
        project_id=row["project_id"],
        target=row["target"],
        fiscal_year=row["fiscal_year"],
        file=row["file"],
        places=tuple(sorted(places, key=_reading_order)),
    )


def _reading_order(place: PrintedPlace) -> tuple[bool, str, int, int, int, str]:
    """The name's own place first, then down the page."""
    return (
        place.field != "name",
        place.table_name,
        place.row or 0,
        place.column or 0,
        place.line or 0,
        place.field,
    )


def _target_branch(rows: list[dict[str, Any]]) -> TargetBranch:
    first = rows[0]
    found = sorted((row for row in rows if row["indicator_id"] is not None), key=_class_order)
    categories = [
        CategoryBranch(class_id, _label(class_id), tuple(_subcategory_branches(list(group))))
        for class_id, group in groupby(found, key=lambda row: _classes(row)[0])
    ]
    return TargetBranch(
        first["target_id"],
        first["scope"],
        first["fiscal_year"],
        first["objective"],
        first["budget"],
        tuple(categories),
    )


def _subcategory_branches(rows: list[dict[str, Any]]) -> list[SubcategoryBranch]:
    branches = []
    for class_id, group in groupby(rows, key=lambda row: _classes(row)[1]):
        leaves = (
            IndicatorLeaf(row["indicator_id"], row["name"], row["printed_value"], row["value"])
            for row in group
        )
        branches.append(SubcategoryBranch(class_id, _label(class_id), tuple(leaves)))
    return branches


def _classes(row: dict[str, Any]) -> tuple[str | None, str | None]:
    """Ids of the classes of level one and level two that an indicator stands in."""
    if row["class_level"] == 1:
        return row["class_id"], None
    return row["parent_id"], row["class_id"]


def _class_order(row: dict[str, Any]) -> tuple[tuple[bool, int, str], ...]:
    """The forms' order; indicators without a class come last, those of one class stay as printed."""
    return tuple((item is None, category(item).position if item else 0, item or "") for item in _classes(row))


def _label(class_id: str | None) -> str | None:
    return category(class_id).label if class_id else None
