"""Names and identities of target values."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.value_names import COMPARATOR_SIGNS, KIND_WORDS, plain_number, value_id, value_name
from ontology.model import Comparator, TargetValue, ValueKind


def _range(low: str | None, high: str | None, *, low_closed: bool, high_closed: bool) -> TargetValue:
    return TargetValue(
        kind=ValueKind.QUANTITY,
        low=None if low is None else Decimal(low),
        high=None if high is None else Decimal(high),
        low_closed=low_closed,
        high_closed=high_closed,
        measure_unit="个",
    )


@pytest.mark.parametrize(
    ("value", "printed", "expected"),
    [
        (
            TargetValue(
                kind=ValueKind.RATE,
                comparator=Comparator.AT_LEAST,
                number=Decimal("95.0"),
                measure_unit="%",
            ),
            "大于等于95%",
            "≥95%",
        ),
        (TargetValue(kind=ValueKind.QUANTITY, number=Decimal("1E+3"), measure_unit="人"), "一千人", "1000人"),
        (
            TargetValue(kind=ValueKind.MONEY, comparator=Comparator.LESS_THAN, number=Decimal("0.50")),
            "<0.5",
            "<0.5",
        ),
        (_range("5", "10", low_closed=True, high_closed=True), "5-10个", "5~10个"),
        (_range("5", "10", low_closed=False, high_closed=True), "5个以上不超过10个", ">5且≤10个"),
        (_range(None, "10", low_closed=False, high_closed=False), "10个以下", "<10个"),
        (
            TargetValue(
                kind=ValueKind.QUANTITY, comparator=Comparator.EQUAL, number=Decimal(200), measure_unit="人"
            ),
            "200人左右",
            "约200人",
        ),
        (
            TargetValue(
                kind=ValueKind.QUANTITY,
                comparator=Comparator.EQUAL,
                number=Decimal(200),
                measure_unit="人",
                low=Decimal(200),
                high=Decimal(200),
                low_closed=True,
                high_closed=True,
            ),
            "200人",
            "=200人",
        ),
        (TargetValue(kind=ValueKind.DEADLINE, day=date(2023, 12, 31)), "年底前", "2023-12-31前"),
        (TargetValue(kind=ValueKind.QUALITATIVE), "显著提升", "显著提升"),
        (TargetValue(kind=ValueKind.SCORE_RULE), "每少一次扣1分", "每少一次扣1分"),
        (TargetValue(kind=ValueKind.UNKNOWN), "详见附件", "详见附件"),
        (TargetValue(kind=ValueKind.UNKNOWN), "", "未能读懂"),
        (TargetValue(kind=ValueKind.DEADLINE), "每月15日前", "每月15日前"),
        (TargetValue(kind=ValueKind.MONEY, measure_unit="元"), "300元×20人", "300元×20人"),
        (TargetValue(kind=ValueKind.DEADLINE), "", "完成期限"),
    ],
)
def test_value_name(value: TargetValue, printed: str, expected: str) -> None:
    assert value_name(value, printed) == expected


def test_every_kind_and_comparator_has_a_word() -> None:
    assert set(KIND_WORDS) == set(ValueKind)
    assert set(COMPARATOR_SIGNS) == set(Comparator)
    assert len(set(KIND_WORDS.values())) == len(ValueKind)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9))
def test_plain_number_is_the_same_number(number: Decimal) -> None:
    text = plain_number(number)
    assert Decimal(text) == number
    assert plain_number(Decimal(text)) == text
    assert "E" not in text


@pytest.mark.parametrize("same", ["95", "95.0", "95.00", "9.5E+1"])
def test_equal_numbers_are_one_value(same: str) -> None:
    def rate(number: str) -> TargetValue:
        return TargetValue(kind=ValueKind.RATE, comparator=Comparator.AT_LEAST, number=Decimal(number))

    assert value_id(rate(same), "≥95") == value_id(rate("95"), "不低于95")


@pytest.mark.parametrize(
    "other",
    [
        TargetValue(kind=ValueKind.QUANTITY, comparator=Comparator.AT_LEAST, number=Decimal(95)),
        TargetValue(kind=ValueKind.RATE, comparator=Comparator.MORE_THAN, number=Decimal(95)),
        TargetValue(kind=ValueKind.RATE, number=Decimal(95)),
        TargetValue(kind=ValueKind.RATE, comparator=Comparator.AT_LEAST, number=Decimal(96)),
        TargetValue(
            kind=ValueKind.RATE, comparator=Comparator.AT_LEAST, number=Decimal(95), measure_unit="%"
        ),
        TargetValue(kind=ValueKind.RATE, low=Decimal(95), low_closed=True),
        TargetValue(kind=ValueKind.RATE, low=Decimal(95), low_closed=False),
        TargetValue(kind=ValueKind.RATE, high=Decimal(95), high_closed=True),
        TargetValue(kind=ValueKind.RATE, day=date(2023, 1, 1)),
    ],
)
def test_values_that_differ_have_different_ids(other: TargetValue) -> None:
    value = TargetValue(kind=ValueKind.RATE, comparator=Comparator.AT_LEAST, number=Decimal(95))
    assert value_id(other, "≥95") != value_id(value, "≥95")


def test_qualitative_values_are_told_apart_by_their_words() -> None:
    value = TargetValue(kind=ValueKind.QUALITATIVE)
    assert value_id(value, "显著提升") == value_id(value, "显著提升")
    assert value_id(value, "显著提升") != value_id(value, "有所提升")


def test_values_without_number_or_day_are_not_one_value() -> None:
    value = TargetValue(kind=ValueKind.DEADLINE, comparator=Comparator.AT_MOST)
    assert value_id(value, "每月15日前") != value_id(value, "每季度末")
    empty = TargetValue(kind=ValueKind.EMPTY)
    assert value_id(empty, "—") == value_id(empty, "/")


@pytest.mark.parametrize("kind", [ValueKind.QUALITATIVE, ValueKind.SCORE_RULE, ValueKind.UNKNOWN])
def test_values_told_by_their_text_are_equal_where_the_text_is(kind: ValueKind) -> None:
    value = TargetValue(kind=kind)
    assert value_id(value, "每少一次扣1分") == value_id(value, "每少一次扣1分")
    assert value_id(value, "每少一次扣1分") != value_id(value, "每多一次加1分")
