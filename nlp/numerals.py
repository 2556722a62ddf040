"""Numbers in Arabic and Chinese numerals (数字), small and capital."""

import re
from collections.abc import Sequence
from decimal import Decimal

_DIGITS = {
    **dict(zip("零一二三四五六七八九", range(10), strict=True)),
    **dict(zip("〇壹贰叁肆伍陆柒捌玖", range(10), strict=True)),
    "两": 2,
    "貳": 2,
    "叄": 3,
    "參": 3,
    "陸": 6,
}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}

ARABIC = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?|\.[0-9]+")
_SMALL = "".join(_DIGITS)
_MULTIPLIERS = _TENS | _MYRIADS
_TIMES = "".join(_MULTIPLIERS)
CHINESE = re.compile(
    # 三点五分 may be a time of day or points.
    f"[{_SMALL}十拾][{_SMALL}{_TIMES}]*(?:点[{_SMALL}]+(?![{_SMALL}{''.join(_TENS)}半]|分(?![之钟])))?|半"
)
MIXED = re.compile(f"[0-9]{{1,4}}[{_TIMES}]{{1,2}}(?:[0-9]{{1,4}}[{_TIMES}]{{1,2}})+")
"""Arabic digits between Chinese multipliers: 3万5千."""
SPOKEN_SHORT = re.compile(f"[百佰千仟][{_SMALL}]$")
"""两千五, where the last digit counts hundreds."""
MAX_CHINESE = 30
"""Longer runs of Chinese numerals are no number."""


def read_arabic(text: str) -> Decimal:
    """Given a text that ARABIC matches, return its number: 1,234.50 → 1234.5."""
    # Equal values are one node of the graph, so 100.00 and 100 have to print alike too.
    whole, _, fraction = text.replace(",", "").partition(".")
    fraction = fraction.rstrip("0")
    return Decimal(f"{whole}.{fraction}" if fraction else whole or "0")


def read_chinese(text: str) -> Decimal | None:
    """Given Chinese numerals, return their number: 一百二十 → 120, and None for 三五."""
    if text == "半":
        return Decimal("0.5")
    if not text or len(text) > MAX_CHINESE:
        return None
    text, point, fraction = text.partition("点")
    if point:
        whole = read_chinese(text)
        if whole is None or whole != int(whole):
            return None
        return read_arabic(f"{whole}." + "".join(str(_DIGITS[char]) for char in fraction))
    if all(char in _DIGITS for char in text):
        return _read_digits(text)
    return _read_multiplied(text)


def _read_digits(text: str) -> Decimal | None:
    """二〇二三 is 2023; 三五 (three to five) is no number."""
    if len(text) > 1 and not (len(text) == 4 and text[0] in "一二壹贰"):
        return None
    return Decimal("".join(str(_DIGITS[char]) for char in text))


def read_mixed(text: str) -> Decimal | None:
    """Given Arabic digits between Chinese multipliers, return their number: 3万5千 → 35000."""
    return _read_multiplied(re.findall(r"[0-9]+|.", text))


def _digit_of(sign: str) -> int | None:
    return int(sign) if sign[0] in "0123456789" else _DIGITS.get(sign)


def _read_multiplied(signs: Sequence[str]) -> Decimal | None:
    total = section = 0
    digit: int | None = None
    place = 1
    last_ten = last_myriad = 10**12
    for before, sign in zip(("", *signs), signs, strict=False):
        number = _digit_of(sign)
        if number is not None:
            if digit:
                return None
            # 三百五 is 350, 三百零五 is 305.
            digit, place = number, _MULTIPLIERS.get(before, 10) // 10
        elif sign in _TENS:
            if _TENS[sign] >= last_ten or digit == 0 or (digit or 0) > 9:
                return None
            last_ten = _TENS[sign]
            section += (1 if digit is None else digit) * last_ten
            digit = None
        else:
            if _MYRIADS[sign] >= last_myriad or not (section or digit) or (digit and section and place > 1):
                return None
            last_myriad, last_ten = _MYRIADS[sign], 10**12
            total += (section + (digit or 0)) * last_myriad
            section, digit = 0, None
    return Decimal(total + section + (digit or 0) * place)
