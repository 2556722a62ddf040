"""Which part of what is boilerplate (套话比例): of units, of projects over the years, of single targets."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from graph.boilerplate import BoilerplateShare, IndicatorBoilerplate, share_of
from graph.corpus import TargetItem

SCOPES = ("单位", "项目", "目标")


def boilerplate_shares(
    found: Sequence[IndicatorBoilerplate], threshold: float
) -> Iterator[tuple[str, str, BoilerplateShare]]:
    """The scope, the name and the share of each unit, project and target, those with the most first."""
    for scope, key_of in zip(SCOPES, (_unit, _project, _target), strict=True):
        groups: dict[tuple[str, ...], list[IndicatorBoilerplate]] = defaultdict(list)
        for item in found:
            groups[key_of(item.target)].append(item)
        # A target that is no project's has no key as one.
        shares = [
            (scope, key[0], share_of(items, threshold=threshold)) for key, items in groups.items() if key
        ]
        yield from sorted(shares, key=lambda item: (-item[2].share, -item[2].indicators, item[1]))


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
