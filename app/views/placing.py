"""Where the nodes of a map are drawn (图上的位置): the same steps give the same picture.

A node is placed beside the one it came from, in the first free place of a spiral; a later one moves no
earlier one, so that what a reader has seen stays where it was.
"""

import math
from collections.abc import Iterable, Mapping

_GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))
_FIRST_RADIUS = 110
_WIDEN = 9
_FLAT = 0.95
"""The drawing is square on a narrow screen, and wider than high on a wide one."""
WIDTH, HEIGHT = 125, 65
"""What a node takes with its name below it."""


def place(ids: Iterable[str], parents: Mapping[str, str]) -> dict[str, tuple[int, int]]:
    """A place for each node, given what each came from; the first one stands in the middle."""
    places: dict[str, tuple[int, int]] = {}
    for number, own in enumerate(ids):
        middle = places.get(parents.get(own, ""))
        places[own] = _free_place(middle, number, places.values()) if middle else (0, 0)
    return places


def _free_place(middle: tuple[int, int], number: int, taken: Iterable[tuple[int, int]]) -> tuple[int, int]:
    taken = list(taken)
    turn = 0
    while True:
        # The spiral widens with each turn, so that it comes to a free place.
        radius, angle = _FIRST_RADIUS + _WIDEN * turn, _GOLDEN_ANGLE * (turn + number)
        x = round(middle[0] + radius * math.cos(angle))
        y = round(middle[1] + _FLAT * radius * math.sin(angle))
        if all(abs(x - other[0]) > WIDTH or abs(y - other[1]) > HEIGHT for other in taken):
            return x, y
        turn += 1
