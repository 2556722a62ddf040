"""The examples' tables in other layouts: how much is still read must not fall."""

import pytest

from benchmarks.layouts import LAYOUTS, compare, score_layout

FLOORS = {
    "tabs": 0.96,
    "bars": 0.97,
    "bars, empty cells lost": 0.97,
    "cell and bar a line": 0.92,
    "cell a line": 0.94,
    "cell a line, blank lines": 0.91,
    "row a line, spaces": 0.94,
    "one line, spaces": 0.93,
    "row a line, nothing between": 0.70,
    "one line, nothing between": 0.70,
}
"""F1 of the indicators; raise a figure where the reader got better."""


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_table_is_read_in_other_layouts(layout: str) -> None:
    right, found, stated = score_layout(layout)
    assert 2 * right / (found + stated) >= FLOORS[layout]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_document_without_targets_gives_none_in_any_layout(layout: str) -> None:
    read = {name: found.total() for name, wanted, found in compare(layout) if not wanted}
    assert read == {"26_budget_without_targets": 0, "27_blank_template": 0}
