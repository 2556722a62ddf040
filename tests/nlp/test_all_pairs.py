"""The join finds exactly the pairs that comparing every two texts finds."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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


def test_long_texts_are_compared_too() -> None:
    base = "".join(chr(0x4E00 + number) for number in range(500))
    texts = [base, base[:480] + "完", base[250:], "短", ""]
    assert joined(texts, 0.4) == pytest.approx(brute_force(texts, 0.4))


def test_a_letter_pair_that_stands_everywhere_does_not_blow_up() -> None:
    texts = [f"率率{chr(0x4E00 + number)}" for number in range(1500)]
    found = joined(texts, 0.3)
    assert len(found) == 1500 * 1499 // 2
    assert len(found) > PAIRS_AT_ONCE // 2


@pytest.mark.parametrize("threshold", [0.0, -1.0, 1.1])
def test_a_threshold_that_means_nothing_is_refused(threshold: float) -> None:
    with pytest.raises(ValueError, match="threshold"):
        list(alike_pairs(["一", "二"], threshold))
