"""The most pairs of two rows of things, each in one pair at most (最大匹配): augmenting paths (Kuhn 1955)."""

from collections.abc import Iterable, Mapping, Sequence

Choices = Mapping[int, Iterable[int]]
"""What each thing of one side may be paired with on the other, both by their numbers."""


def most_pairs(tiers: Sequence[Choices]) -> dict[int, int]:
    """Given tiers of choices, best first, return as many pairs as all tiers together allow.

    What a better tier pairs stays paired, if need be with another partner.

    >>> most_pairs([{0: (0, 1), 1: (0,)}])
    {0: 1, 1: 0}
    """
    allowed: dict[int, dict[int, None]] = {}
    partner: dict[int, int] = {}
    held: dict[int, int] = {}
    for tier in tiers:
        for one, others in tier.items():
            allowed.setdefault(one, {}).update(dict.fromkeys(others))
        for one in tuple(allowed):
            if one not in held:
                _augment(one, allowed, partner, held)
    return dict(sorted(held.items()))


def _augment(
    start: int, allowed: Mapping[int, Iterable[int]], partner: dict[int, int], held: dict[int, int]
) -> bool:
    """Pair one thing more, moving others to other partners where that makes room for it."""
    came_from: dict[int, int] = {}
    waiting = [start]
    for one in waiting:
        for other in allowed.get(one, ()):
            if other in came_from:
                continue
            came_from[other] = one
            if other not in partner:
                _turn_round(start, other, came_from, partner, held)
                return True
            waiting.append(partner[other])
    return False


def _turn_round(
    start: int, end: int, came_from: Mapping[int, int], partner: dict[int, int], held: dict[int, int]
) -> None:
    """Give each thing on the path to a free one the next on the path as its partner."""
    other: int | None = end
    while other is not None:
        one = came_from[other]
        before = None if one == start else held[one]
        partner[other], held[one] = one, other
        other = before
