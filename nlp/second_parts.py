"""What completes a number behind its unit (单位之后的数): 15元5角, 2年6个月, 七成五, 1年半, 18/10万."""

from decimal import Decimal

from nlp.measure_units import SCALES, UNIT_KINDS, UnitKind
from nlp.unit_phrases import COUNTED_TIMES, YEARS, Unit
from nlp.value_tokens import END, NUMBER, Cursor
from nlp.value_words import AFTER, PARTS

_CENT = Decimal("0.01")
_POWERS = frozenset({"1", "10", "100"})


def read_per_many(cursor: Cursor) -> Unit | None:
    """The unit of 18/10万: so many of a hundred thousand."""
    many, scale = cursor.look(1), cursor.look(2).text
    if cursor.token.text != "/" or many.kind is not NUMBER or many.text not in _POWERS or scale not in SCALES:
        return None
    if cursor.look(3).text in UNIT_KINDS:
        return None
    cursor.index += 3
    return Unit(f"/{many.text}{scale}", UnitKind.RATE)


def read_second_part(cursor: Cursor, unit: Unit | None, number: Decimal) -> tuple[Unit | None, Decimal]:
    """Given the unit and number read so far, return them with the smaller unit or the half that follows.

    The greater unit stays where the sum has at most two places: 2年6个月 is 2.5年, 1小时20分钟 is 80分钟.
    """
    # 2024年6月 is a month, and no two thousand years and a half.
    is_year = number in YEARS and unit is not None and unit.text == "年"
    part = next((p for p in PARTS if unit is not None and unit.text in p.great and not is_year), None)
    smaller, following = cursor.token, cursor.look(1)
    printed = smaller.number is not None and part is not None and 1 <= smaller.number < part.number
    fits = part is not None and (
        following.text in part.small
        or (not part.small and (following.kind is END or following.text in AFTER))
    )
    if unit is None or part is None or smaller.number is None or not printed or not fits:
        unit, half = _read_half(cursor, unit)
        return unit, number + half
    cursor.index += 2 if part.small else 1
    share = smaller.number / part.number
    if share == share.quantize(_CENT):
        return unit, number + share
    return Unit(following.text, unit.kind), number * part.number + smaller.number


def _read_half(cursor: Cursor, unit: Unit | None) -> tuple[Unit | None, Decimal]:
    """The half in 1年半 and 1个半月, and the unit with what it counts."""
    token, time = cursor.token, cursor.look(1).text
    if unit is None or token.text != "半" or token.number is None:
        return unit, Decimal(0)
    if unit.text == "个" and time in COUNTED_TIMES:
        cursor.index += 2
        return Unit(f"个{time}", UnitKind.DURATION), token.number
    if unit.kind is not UnitKind.DURATION:
        return unit, Decimal(0)
    cursor.index += 1
    return unit, token.number
