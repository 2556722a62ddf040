"""Groups in which every two are linked (两两相连的组): none is in by way of another only."""

from collections.abc import Mapping, Set
from typing import Any

_PAIR = 2


def cliques(near: Mapping[str, Set[str]]) -> list[tuple[str, ...]]:
    """Given what each is linked with, return groups of three and more in which every two are linked.

    The most connected come first; each is in one group at most.
    """
    left: dict[str, Any] = dict.fromkeys(sorted(near, key=lambda one: (-len(near[one]), one)))
    groups = []
    while left:
        first = next(iter(left))
        group, common = [first], set(near[first])
        for one in [one for one in left if one in common]:
            if one in common:
                group.append(one)
                common &= near[one]
        if len(group) > _PAIR:
            groups.append(tuple(group))
        for one in group:
            del left[one]
    return groups
