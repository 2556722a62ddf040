"""Reuse along four axes kept apart (四个方向的复用): over years, in a unit, across units, across regions."""

from collections import Counter, defaultdict
from collections.abc import Iterable
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

    def along(self, axis: Axis) -> int:
        """How often it is used again in one direction."""
        return {
            Axis.YEARS: self.project_years,
            Axis.UNIT: self.unit_projects,
            Axis.UNITS: self.units,
            Axis.REGIONS: self.regions,
        }[axis]


@dataclass(slots=True)
class _Uses:
    wordings: Counter[str] = field(default_factory=Counter)
    values: Counter[str] = field(default_factory=Counter)
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
    use.wordings[name] += 1
    use.values[printed_value] += 1
    if target.region:
        use.regions.add(target.region)
    if target.fiscal_year:
        use.years.add(target.fiscal_year)
    # A unit's own target is no project, but its unit uses the indicator all the same.
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
        units=len(use.unit_projects),
        regions=len(use.regions),
        years=tuple(sorted(use.years)),
        project_years=max((len(years) for years in use.project_years.values()), default=0),
        unit_projects=max((len(projects) for projects in use.unit_projects.values()), default=0),
        values=tuple(use.values.most_common()),
        wordings=tuple(use.wordings.most_common()),
        is_common=is_common(name),
        common_source=source_of(name),
    )
