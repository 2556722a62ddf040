"""Rows of tags: the best of those that make sense, as trying all of them finds it."""

from itertools import pairwise, product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from nlp.entity_tags import TAGS, Scores, best_tags

SOME = [index for index, tag in enumerate(TAGS) if tag == "O" or tag.endswith(("-ACTION", "-OBJECT"))]
"""Nine tags stand for all: outside and two labels."""


def makes_sense(row: list[int]) -> bool:
    """Whether every begun entity goes on with its own label and ends."""
    names = ["O", *(TAGS[tag] for tag in row), "O"]
    for before, behind in pairwise(names):
        is_open = before[0] in "BI"
        if is_open != (behind[0] in "IL") or (is_open and before[2:] != behind[2:]):
            return False
    return True


@st.composite
def texts(draw: st.DrawFn) -> list[Scores]:
    """Up to three texts of up to four words; only the nine tags can win."""
    found = []
    for length in draw(st.lists(st.integers(0, 4), min_size=1, max_size=3)):
        scores = np.full((length, len(TAGS)), -1000, np.float32)
        scores[:, SOME] = draw(
            arrays(np.float32, (length, len(SOME)), elements=st.integers(-50, 50).map(float))
        )
        found.append(scores)
    return found


@settings(max_examples=60, deadline=None)
@given(texts())
def test_no_other_row_is_better(scores: list[Scores]) -> None:
    for text, row in zip(scores, best_tags(scores), strict=True):
        assert len(row) == len(text)
        assert makes_sense(row)
        words = range(len(text))
        rows = (list(tags) for tags in product(SOME, repeat=len(text)))
        best = max(sum(text[word, tags[word]] for word in words) for tags in rows if makes_sense(tags))
        assert sum(text[word, row[word]] for word in words) == best


def test_a_long_row_of_barred_tags_takes_nothing_from_the_others() -> None:
    scores = np.random.default_rng(0).normal(size=(120, len(TAGS))).astype(np.float32)
    fixed = range(0, 120, 2)
    for word in fixed:
        scores[word] = -np.inf
        scores[word, TAGS.index("U-QUANTITY")] = 0
    (row,) = best_tags([scores])
    free = [tag for tag, name in enumerate(TAGS) if name[0] in "OU"]
    for word in range(120):
        wanted = TAGS.index("U-QUANTITY") if word in fixed else free[int(scores[word, free].argmax())]
        assert row[word] == wanted


def test_no_texts_and_texts_without_words() -> None:
    nothing = np.zeros((0, len(TAGS)), np.float32)
    assert best_tags([]) == []
    assert best_tags([nothing, nothing]) == [[], []]
