"""Groups in which every two are linked (两两相连的组): none is in by way of another only."""

from collections.abc import Mapping, Set

_PAIR = 2


def cliques(near: Mapping[str, Set[str]]) -> list[tuple[str, ...]]:
    """Given what each is linked with, return groups of three and more in which every two are linked.

    The most connected come first; each is in one group at most.
    """
    order = sorted(near, key=lambda one: (-len(near[one]), one))
    left = set(order)
    groups = []
    for first in order:
        if first in left:
            group = _group_of(first, near, left)
            left -= set(group) if len(group) > _PAIR else {first}
            groups += [tuple(group)] if len(group) > _PAIR else []
    return groups


def _group_of(first: str, near: Mapping[str, Set[str]], left: Set[str]) -> list[str]:
    """A group with one that is first: each next is the one that leaves most others in question."""
    group = [first]
    common = near[first] & left
    while common:
        best = min(common, key=lambda one: (-len(near[one] & common), one))
        group.append(best)
        common &= near[best]
    return group
