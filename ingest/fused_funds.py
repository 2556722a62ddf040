"""Amounts that ran together with the numbers behind them (连写的金额): budget, execution, points, rate.

A flattened self-evaluation prints 152152100%: the budget, what was spent, and the rate of execution.
The numbers are told apart only where one way to cut them makes the rate true.
"""

import re
from decimal import Decimal

_RUN = re.compile(r"(?P<digits>[\d.]+)[%％]")
_NUMBER = re.compile(r"(?:0|[1-9]\d{0,7})(?:\.\d{1,6})?")
_LONGEST_RUN = 40
_CREDIBLE = (10, 150)
"""Rates of execution, in percent, that are worth a guess."""
_FULL_POINTS = ("", "10", "10.0", "10.00")
"""The points for the execution of the budget, where the form gives some."""


def split_fused_budget(text: str) -> str | None:
    """Given a run of numbers that ends in a rate, return the budget that begins it; None if not clear.

    >>> [split_fused_budget(text) for text in ("137.6137.6100%", "656510100.00%10", "5560%")]
    ['137.6', '65', None]
    """
    match = _RUN.match(text)
    if match is None or len(match["digits"]) > _LONGEST_RUN:
        return None
    found = {
        budget
        for points in _FULL_POINTS
        for budget, spent, rate in _three_numbers(match["digits"], points)
        if _is_rate(Decimal(budget), Decimal(spent), rate)
    }
    return found.pop() if len(found) == 1 else None


def _three_numbers(digits: str, points: str) -> list[tuple[str, str, str]]:
    cuts = []
    for first in range(1, len(digits) - 1):
        for second in range(first + 1, len(digits)):
            rest = digits[second:]
            parts = (digits[:first], digits[first:second], rest.removeprefix(points))
            if rest.startswith(points) and all(_NUMBER.fullmatch(part) for part in parts):
                cuts.append(parts)
    return cuts


def _is_rate(budget: Decimal, spent: Decimal, rate: str) -> bool:
    """Whether the rate is that of the two amounts, as exactly as it is printed."""
    decimals = len(rate.partition(".")[2])
    allowed = Decimal(1).scaleb(-decimals) / 2
    credible = budget > 0 and _CREDIBLE[0] <= Decimal(rate) <= _CREDIBLE[1]
    return credible and abs(spent / budget * 100 - Decimal(rate)) <= allowed
