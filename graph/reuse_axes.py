"""Reuse along four axes kept apart (四个方向的复用): over years, in a unit, across units, across regions."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from graph.corpus import TargetItem
from nlp.common_indicators import is_common, source_of
from nlp.normal_form import concept_of


class Axis(StrEnum):
    """In which direction an indicator is used again."""

    YEARS = "years"
    """The same project over years."""
    UNIT = "unit"
    """Several projects inside one unit."""
    UNITS = "units"
    REGIONS = "regions"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReuseGroup:
    """One project, unit or region that uses a concept along an axis: since when, how, with which values.

    `values` are the printed values with how often each stands, the commonest first.
    """

    name: str
    unit: str | None
    years: tuple[int, ...]
    projects: tuple[str, ...]
    values: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConceptReuse:
    """How far one concept is used along each axis.

    `project_years` is the most years in one project, `unit_projects` the most projects in one unit.
    `values` are its printed values with how often each stands; `wordings` how its name is printed.
    """

    concept_id: str
    concept: str
    occurrences: int
    projects: int
    units: int
    regions: int
    years: tuple[int, ...]
    project_years: int
    unit_projects: int
    values: tuple[tuple[str, int], ...]
    wordings: tuple[tuple[str, int], ...]
    is_common: bool
    common_source: str | None
    uses: tuple[tuple[TargetItem, str], ...] = field(default=(), repr=False)
    """The targets that use it, each with what it prints as the value."""

    def along(self, axis: Axis) -> int:
        """How often it is used again in one direction."""
        return {
            Axis.YEARS: self.project_years,
            Axis.UNIT: self.unit_projects,
            Axis.UNITS: self.units,
            Axis.REGIONS: self.regions,
        }[axis]

    def groups(self, axis: Axis) -> tuple[ReuseGroup, ...]:
        """Who uses it again along an axis: projects with several years, units with several projects, …"""
        found: dict[str, list[tuple[TargetItem, str]]] = defaultdict(list)
        for target, value in self.uses:
            key = _group_key(target, axis)
            if key is not None:
                found[key].append((target, value))
        groups = (_group(uses, axis) for uses in found.values())
        return tuple(sorted((g for g in groups if _is_again(g, axis)), key=lambda g: (g.unit or "", g.name)))


def _group_key(target: TargetItem, axis: Axis) -> str | None:
    """What a target is put together with others by along an axis; None where that is not known."""
    return {
        Axis.YEARS: target.project_id,
        # What one file publishes is one unit's, whether its name is known or not.
        Axis.UNIT: target.unit_id or target.file,
        Axis.UNITS: target.unit_id,
        Axis.REGIONS: target.region,
    }[axis]


def _group(uses: Sequence[tuple[TargetItem, str]], axis: Axis) -> ReuseGroup:
    first = uses[0][0]
    unit = first.unit or f"单位不详（{first.file}）"
    name = {Axis.YEARS: first.project or first.name, Axis.REGIONS: first.region or ""}.get(axis, unit)
    projects = {target.project_id: target.project for target, _ in uses if target.project}
    return ReuseGroup(
        name=name,
        unit=unit if axis is Axis.YEARS else None,
        years=tuple(sorted({target.fiscal_year for target, _ in uses if target.fiscal_year})),
        projects=tuple(sorted(projects.values())),
        values=tuple(Counter(value for _, value in uses).most_common()),
    )


def _is_again(group: ReuseGroup, axis: Axis) -> bool:
    counted = {Axis.YEARS: group.years, Axis.UNIT: group.projects}.get(axis)
    return counted is None or len(counted) > 1


@dataclass(slots=True)
class _Uses:
    targets: list[tuple[TargetItem, str]] = field(default_factory=list)
    wordings: Counter[str] = field(default_factory=Counter)
    values: Counter[str] = field(default_factory=Counter)
    units: set[str] = field(default_factory=set)
    regions: set[str] = field(default_factory=set)
    years: set[int] = field(default_factory=set)
    project_years: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    unit_projects: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


def reuse_along(targets: Iterable[TargetItem]) -> list[ConceptReuse]:
    """Given all targets of a graph, return how each concept is used, by name."""
    uses: dict[str, _Uses] = defaultdict(_Uses)
    for target in targets:
        for item in target.indicators:
            if item.concept_id is not None:
                _note(uses[item.concept_id], target, item.text.name, item.text.printed_value)
    return sorted((_summed(key, use) for key, use in uses.items()), key=lambda item: item.concept)


def _note(use: _Uses, target: TargetItem, name: str, printed_value: str) -> None:
    use.targets.append((target, printed_value))
    use.wordings[name] += 1
    use.values[printed_value] += 1
    if target.region:
        use.regions.add(target.region)
    if target.fiscal_year:
        use.years.add(target.fiscal_year)
    if target.unit_id:
        # A unit's own target is no project, but its unit uses the indicator all the same.
        use.units.add(target.unit_id)
    projects = use.unit_projects[target.unit_id or target.file]
    if target.project_id:
        projects.add(target.project_id)
        if target.fiscal_year:
            use.project_years[target.project_id].add(target.fiscal_year)


def _summed(concept_id: str, use: _Uses) -> ConceptReuse:
    name = min(use.wordings, key=lambda text: (-use.wordings[text], text))
    return ConceptReuse(
        concept_id=concept_id,
        concept=concept_of(name) or name,
        occurrences=use.wordings.total(),
        projects=len(set().union(*use.unit_projects.values())),
        units=len(use.units),
        regions=len(use.regions),
        years=tuple(sorted(use.years)),
        project_years=max((len(years) for years in use.project_years.values()), default=0),
        unit_projects=max((len(projects) for projects in use.unit_projects.values()), default=0),
        values=tuple(use.values.most_common()),
        wordings=tuple(use.wordings.most_common()),
        is_common=is_common(name),
        common_source=source_of(name),
        uses=tuple(use.targets),
    )
