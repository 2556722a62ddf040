"""Folding of width, punctuation and stray blanks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.normalize import compact, fold_width


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("≥９５％", "≥95%"),
        ("﹥100﹪", ">100%"),
        ("≧5，≦6；", "≥5,≤6;"),
        ("2023年⼀⽉", "2023年一月"),
        ("5㎡、3m³、①、20℃", "5㎡、3m³、①、20℃"),
        ("２０２０－２０２１～〜", "2020-2021~~"),
        ("a\u200bb\ufeff", "ab"),
        ("5×6＊7", "5*6*7"),
    ],
)
def test_width_is_folded(printed: str, folded: str) -> None:
    assert fold_width(printed) == folded


@pytest.mark.parametrize(
    ("printed", "together"),
    [
        ("667. 54 万元", "667.54万元"),
        ("1 0 0 %", "100%"),
        ("2023年1\n2月底", "2023年12月底"),
        ("95 100", "95 100"),
        ("6　月\t底", "6月底"),
    ],
)
def test_white_space_goes_except_between_two_numbers(printed: str, together: str) -> None:
    assert compact(printed) == together


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold_width(fold_width(text)) == fold_width(text)
    assert compact(compact(text)) == compact(text)
