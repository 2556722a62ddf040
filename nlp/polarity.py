"""Which way is better (指标方向性): more (正向), less (反向), or neither (中性), and why it is taken so."""

import tomllib
from pathlib import Path
from typing import NamedTuple

from nlp.normalize import compact
from nlp.value_words import AT_LEAST, AT_MOST, LESS_THAN, MORE_THAN
from ontology.errors import VocabularyError
from ontology.model import Polarity, TargetValue, ValueKind

FILE = Path(__file__).with_name("polarity.toml")


class PolarityReading(NamedTuple):
    """A polarity and what says so: printed, the value's sign, a word of movement, the name."""

    polarity: Polarity
    reason: str


def _read(table: str) -> dict[str, Polarity]:
    declared: dict[str, list[str]] = tomllib.loads(FILE.read_text("utf-8"))[table]
    words: dict[str, Polarity] = {}
    for key, listed in declared.items():
        for word in listed:
            if word in words:
                raise VocabularyError(f"{FILE.name} 的 [{table}] 里“{word}”出现两次")
            words[word] = Polarity[key.upper()]
    return words


_PRINTED, _MOVES, _NAMES = _read("printed"), _read("moves"), _read("names")
_LONGEST_FIRST = sorted(_NAMES, key=len, reverse=True)


def read_polarity(
    name: str, value: TargetValue, *, printed_value: str = "", printed_polarity: str | None = None
) -> PolarityReading | None:
    """Given an indicator, return which way is better and why; None where nothing says so.

    A score rule and words like 100% say nothing by themselves: then the name decides.
    """
    printed = _PRINTED.get(compact(printed_polarity or ""))
    if printed is not None:
        return PolarityReading(printed, f"表中印的是“{compact(printed_polarity or '')}”")
    if value.kind is not ValueKind.DEADLINE and value.comparator in (AT_LEAST, MORE_THAN):
        return PolarityReading(Polarity.POSITIVE, "指标值有下限")
    if value.comparator in (AT_MOST, LESS_THAN):
        return PolarityReading(Polarity.NEGATIVE, "指标值有上限")
    if value.low is not None and value.high is not None and value.low != value.high:
        return PolarityReading(Polarity.NEUTRAL, "指标值是区间")
    moved = _moves(compact(printed_value))
    if moved is not None:
        return PolarityReading(moved[1], f"指标值说“{moved[0]}”")
    word = next((word for word in _LONGEST_FIRST if compact(name).endswith(word)), None)
    if word is not None:
        return PolarityReading(_NAMES[word], f"指标是“{word}”")
    moved = _moves(compact(name))
    return PolarityReading(moved[1], f"指标说“{moved[0]}”") if moved else None


def _moves(text: str) -> tuple[str, Polarity] | None:
    """The word of movement in a text; None where there is none, or words that contradict each other."""
    found = {word: polarity for word, polarity in _MOVES.items() if word in text}
    if len(set(found.values())) != 1:
        return None
    return next(iter(found.items()))
