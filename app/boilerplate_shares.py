"""Which part of what is boilerplate (套话比例): of units, of projects over the years, of single targets."""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from graph.boilerplate import BoilerplateShare, IndicatorBoilerplate, counted_share
from graph.corpus import TargetItem

SCOPES = ("单位", "项目", "目标")

Scores = Mapping[str, Mapping[tuple[str, ...], "array[float]"]]
"""By scope and by the key of each unit, project or target: the scores of its indicators, lowest first."""


def scores_of(found: Iterable[IndicatorBoilerplate]) -> Scores:
    """The scores of indicators by what they stand in: enough to tell the shares for any threshold."""
    groups: dict[str, dict[tuple[str, ...], list[float]]] = {scope: defaultdict(list) for scope in SCOPES}
    for item in found:
        for scope, key_of in zip(SCOPES, (_unit, _project, _target), strict=True):
            groups[scope][key_of(item.target)].append(item.score)
    # A target that is no project's has no key as one.
    return {
        scope: {key: array("d", sorted(scores)) for key, scores in by_key.items() if key}
        for scope, by_key in groups.items()
    }


def shares_in(scores: Scores, scope: str, threshold: float) -> list[tuple[str, BoilerplateShare]]:
    """The name and the share of each unit, project or target, those with the most first."""
    shares = [
        (key[0], counted_share(len(own), len(own) - bisect_left(own, threshold)))
        for key, own in scores[scope].items()
    ]
    return sorted(shares, key=lambda item: (-item[1].share, -item[1].indicators, item[0]))


def boilerplate_shares(
    found: Iterable[IndicatorBoilerplate], threshold: float
) -> Iterator[tuple[str, str, BoilerplateShare]]:
    """The scope, the name and the share of each unit, project and target, those with the most first."""
    scores = scores_of(found)
    for scope in SCOPES:
        yield from ((scope, name, share) for name, share in shares_in(scores, scope, threshold))


def _unit(target: TargetItem) -> tuple[str, ...]:
    return (target.unit or f"单位不详（{target.file}）",)


def _project(target: TargetItem) -> tuple[str, ...]:
    """A project's name and id; nothing for a target that is no project's."""
    return (f"{_unit(target)[0]} {target.project}", target.project_id) if target.project_id else ()


def _target(target: TargetItem) -> tuple[str, ...]:
    year = f"（{target.fiscal_year}）" if target.fiscal_year else ""
    unit = _unit(target)[0]
    name = target.name if target.name.startswith(unit) else f"{unit} {target.name}"
    return (f"{name}{year}", target.id)
