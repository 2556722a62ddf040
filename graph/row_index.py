"""Which sets of rows may share half of the smaller one (可能雷同的候选): an index over the rows' keys."""

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

LEAST_SHARE = 0.5
"""Share of the smaller target's indicators that makes a pair partly copied."""
FEWEST_SHARED = 2
"""Shared indicators below which nothing is said: a single 服务对象满意度 is no copy."""
_LOOKED_UP = 3
"""Of a target's rarest rows so many must be found in another to look at the rest."""

_Ints = npt.NDArray[np.int64]


def rows_needed(size: int) -> int:
    """How many of so many indicators another target must share."""
    return max(FEWEST_SHARED, math.ceil(size * LEAST_SHARE))


def enough_in_common(
    classes: Sequence[Sequence[int]], keys: Sequence[Sequence[str]]
) -> Iterator[tuple[int, list[int]]]:
    """Each class, by the families of its rows, with those that may share half of its indicators.

    Of two the smaller one comes first; `keys` are those of each family.
    If so many of its rows have a key in common with another, then a few of its rarest rows have: only
    those are looked up, and only where enough of them are found are all of them counted.
    """
    places = _places(classes, keys)
    sizes = np.array([len(each) for each in classes], dtype=np.int64)
    for number, families in enumerate(classes):
        needed = rows_needed(len(families))
        few = min(needed, _LOOKED_UP)
        rows = sorted((places[family] for family in families), key=len)
        cut = len(rows) - needed + few
        found, counts = _counted(rows[:cut], len(classes))
        larger = (sizes[found] > sizes[number]) | ((sizes[found] == sizes[number]) & (found > number))
        kept = larger & (counts >= few)
        found, counts = found[kept], counts[kept]
        for row in rows[cut:]:
            counts += _is_in(found, row)
        yield number, found[counts >= needed].tolist()


def _places(classes: Sequence[Sequence[int]], keys: Sequence[Sequence[str]]) -> list[_Ints]:
    """For each family of keys the classes in which one of its keys stands."""
    holders: dict[str, dict[int, None]] = defaultdict(dict)
    for number, families in enumerate(classes):
        for family in families:
            for key in keys[family]:
                holders[key][number] = None
    arrays = {key: np.array(list(found), dtype=np.int64) for key, found in holders.items()}
    nowhere = np.zeros(0, dtype=np.int64)
    return [_joined([arrays.get(key, nowhere) for key in own]) for own in keys]


def _joined(rows: Sequence[_Ints]) -> _Ints:
    """The numbers of some sorted rows, each once, in order."""
    if len(rows) == 1:
        return rows[0]
    every: _Ints = np.concatenate(rows)
    # Sorted rows run together are quickly sorted by merging; np.unique would start from nothing.
    every.sort(kind="stable")
    kept: _Ints = every[np.append(True, every[1:] != every[:-1])] if len(every) else every
    return kept


def _counted(rows: Sequence[_Ints], classes: int) -> tuple[_Ints, _Ints]:
    """The numbers that stand in some sorted rows, and in how many."""
    every = np.concatenate(rows)
    if len(every) * 8 < classes:
        return np.unique(every, return_counts=True)
    counts = np.bincount(every, minlength=classes)
    found = np.flatnonzero(counts)
    return found, counts[found]


def _is_in(numbers: _Ints, row: _Ints) -> _Ints:
    at = np.minimum(np.searchsorted(row, numbers), len(row) - 1)
    found: _Ints = (row[at] == numbers).astype(np.int64)
    return found
