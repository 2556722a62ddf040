"""How the tests write a target value down."""

from ontology.model import TargetValue


def describe(value: TargetValue) -> str:
    """Kind, comparator, number, unit and day of a value, or the bounds of a range, in one line."""
    parts: list[object] = [value.kind, value.comparator]
    if value.number is not None:
        parts.append(value.number)
    elif value.low is not None and value.high is not None:
        opening = "[" if value.low_closed else "("
        closing = "]" if value.high_closed else ")"
        parts.append(f"{opening}{value.low},{value.high}{closing}")
    parts += [value.measure_unit, value.day]
    return " ".join(str(part) for part in parts if part is not None)
