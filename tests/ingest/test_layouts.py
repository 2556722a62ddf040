"""The examples' tables in other layouts: how much is still read must not fall."""

import pytest

from benchmarks.layouts import LAYOUTS, score_layout

FLOORS = {
    "tabs": 0.96,
    "bars": 0.97,
    "bars, empty cells lost": 0.97,
    "cell and bar a line": 0.92,
    "cell a line": 0.94,
    "cell a line, blank lines": 0.91,
    "row a line, spaces": 0.87,
    "one line, spaces": 0.89,
    "row a line, nothing between": 0.66,
    "one line, nothing between": 0.65,
}
"""F1 of the indicators; raise a figure where the reader got better."""


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_table_is_read_in_other_layouts(layout: str) -> None:
    right, found, stated = score_layout(layout)
    assert 2 * right / (found + stated) >= FLOORS[layout]
