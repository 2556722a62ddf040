"""The join finds exactly the pairs that comparing every two texts finds."""

import time
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp import letter_sets, pair_index, short_pairs
from nlp.all_pairs import PAIRS_AT_ONCE, alike_pairs


def letter_pairs(text: str) -> set[str]:
    """The set that stands for a text; one letter stands for itself."""
    return {text} if len(text) == 1 else {text[at : at + 2] for at in range(len(text) - 1)}


def brute_force(texts: list[str], threshold: float) -> dict[tuple[int, int], float]:
    """Every pair at or above the threshold, by comparing every two."""
    sets = [letter_pairs(text) for text in texts]
    found = {}
    for one, other in combinations(range(len(texts)), 2):
        if sets[one] and sets[other]:
            alike = len(sets[one] & sets[other]) / len(sets[one] | sets[other])
            if alike >= threshold - 1e-9:
                found[one, other] = alike
    return found


def joined(texts: list[str], threshold: float) -> dict[tuple[int, int], float]:
    """The same by the join; a pair that comes twice is a mistake."""
    found: dict[tuple[int, int], float] = {}
    for block in alike_pairs(texts, threshold):
        for one, other, alike in zip(
            block.one.tolist(), block.other.tolist(), block.similarity.tolist(), strict=True
        ):
            assert one < other and (one, other) not in found
            found[one, other] = alike
    return found


@settings(max_examples=120, deadline=None)
@given(
    st.lists(st.text(alphabet="资金支付拨及时率群众满意度", max_size=12), unique=True, max_size=40),
    st.sampled_from([0.2, 0.5, 0.6, 0.8, 1.0]),
)
def test_no_pair_is_missed_and_none_is_made_up(texts: list[str], threshold: float) -> None:
    assert joined(texts, threshold) == pytest.approx(brute_force(texts, threshold))


@pytest.mark.parametrize("most_kinds", [0, 1 << 25], ids=["numbered by sorting", "numbered by a table"])
def test_batches_of_any_size_find_the_same(monkeypatch: pytest.MonkeyPatch, most_kinds: int) -> None:
    """A pair stands in different batches of texts, of keys and of candidates."""
    texts = [f"第{number}批{end}" for number in range(60) for end in ("资金支付及时率", "资金拨付及时率")]
    expected = brute_force(texts, 0.6)
    monkeypatch.setattr(letter_sets, "_MOST_KINDS", most_kinds)
    for size in (1, 7, 1 << 16):
        for module in (letter_sets, pair_index):
            monkeypatch.setattr(module, "_AT_ONCE", size)
        monkeypatch.setattr(short_pairs, "_MARKS_AT_ONCE", size)
        monkeypatch.setattr(short_pairs, "_ENTRIES_AT_ONCE", size)
        monkeypatch.setattr(short_pairs, "PAIRS_AT_ONCE", size)
        assert len(expected) > 900 and joined(texts, 0.6) == pytest.approx(expected)


def test_long_texts_are_compared_too() -> None:
    base = "".join(chr(0x4E00 + number) for number in range(500))
    texts = [base, base[:480] + "完", base[250:], "短", ""]
    assert joined(texts, 0.4) == pytest.approx(brute_force(texts, 0.4))


def test_a_letter_pair_that_stands_everywhere_does_not_blow_up() -> None:
    texts = [f"率率{chr(0x4E00 + number)}" for number in range(1500)]
    found = joined(texts, 0.3)
    assert len(found) == 1500 * 1499 // 2
    assert len(found) > PAIRS_AT_ONCE // 2


_ODD = "资\x00率1。a𠀀\ud800؟ "
"""Scripts mixed, NUL, a letter beyond the basic plane, half of a pair of surrogates, digits, marks."""


@settings(max_examples=120, deadline=None)
@given(st.lists(st.text(alphabet=_ODD, max_size=5), unique=True, max_size=40), st.sampled_from([0.3, 1.0]))
def test_no_letter_collides_with_another(texts: list[str], threshold: float) -> None:
    assert joined(texts, threshold) == pytest.approx(brute_force(texts, threshold))


def test_a_letter_before_nul_is_not_the_letter_alone() -> None:
    assert joined(["率", "率\x00", "\x00", "\x00\x00", ""], 0.1) == {}


def long_text(length: int, seed: int) -> str:
    """Letters drawn at random from a thousand."""
    drawn = np.random.default_rng(seed).integers(0x4E00, 0x4E00 + 1000, length)
    return "".join(map(chr, drawn.tolist()))


_BASES = long_text(200, 3), long_text(80, 4) + long_text(200, 3)[40:160]


@settings(max_examples=60, deadline=None)
@given(
    st.sets(st.tuples(st.integers(0, 60), st.integers(25, 140), st.integers(0, 1)), max_size=15),
    st.sampled_from([0.2, 0.5, 0.8]),
)
def test_texts_about_as_long_as_long_ones_are(cuts: set[tuple[int, int, int]], threshold: float) -> None:
    texts = sorted({_BASES[base][begin : begin + length] for begin, length, base in cuts})
    assert joined(texts, threshold) == pytest.approx(brute_force(texts, threshold))


def test_long_texts_that_share_thousands_of_letter_pairs_are_compared_once() -> None:
    base = long_text(4000, 1)
    texts = [base[: 3000 + number] + long_text(20, number) for number in range(150)]
    start = time.process_time()
    found = joined(texts, 0.6)
    assert len(found) == 150 * 149 // 2
    assert time.process_time() - start < 10


def test_one_text_of_a_hundred_thousand_letters() -> None:
    book = long_text(100_000, 2)
    found = joined([book, "群众满意度", book[:90_000], "群众满意度率"], 0.6)
    assert sorted(found) == [(0, 2), (1, 3)]


def test_equal_texts_are_paired_with_the_first_of_them_only() -> None:
    texts = ["", "群众满意度", *["资金支付率"] * 100_000, "资金支付率率", "", "群众满意度"]
    found = joined(texts, 0.8)
    assert len(found) == 99_999 + 2
    assert found[2, 100_001] == 1.0
    assert found[2, 100_002] == pytest.approx(4 / 5)
    assert found[1, 100_004] == 1.0


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["1", "11", "111", "12"], {(1, 2): 1.0}),
        (["。", "。。", "……", "…… "], {(2, 3): 0.5}),
        (["满意度abc", "满意度abd", "满意度абв"], {(0, 1): 4 / 6}),
        (["", "一"], {}),
        ([], {}),
    ],
)
def test_odd_texts_have_their_right_relation(
    texts: list[str], expected: dict[tuple[int, int], float]
) -> None:
    assert joined(texts, 0.5) == pytest.approx(expected)


@pytest.mark.parametrize("threshold", [0.0, -1.0, 1.1])
def test_a_threshold_that_means_nothing_is_refused(threshold: float) -> None:
    with pytest.raises(ValueError, match="threshold"):
        list(alike_pairs(["一", "二"], threshold))
