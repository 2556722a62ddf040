"""The words around a number and what they do to it (计算符号的文字写法), read from value_words.toml.

以上 and 以内 include the number, 超过 does not: Civil Code (民法典) article 1259.
"""

import tomllib
from pathlib import Path
from typing import Any, NamedTuple

from ontology.errors import VocabularyError
from ontology.model import Comparator

FILE = Path(__file__).with_name("value_words.toml")

AT_LEAST, AT_MOST = Comparator.AT_LEAST, Comparator.AT_MOST
MORE_THAN, LESS_THAN, EQUAL = Comparator.MORE_THAN, Comparator.LESS_THAN, Comparator.EQUAL

_DECLARED: dict[str, Any] = tomllib.loads(FILE.read_text("utf-8"))


def _comparators(table: str) -> dict[str, Comparator]:
    found: dict[str, Comparator] = {}
    for sign, words in _DECLARED[table].items():
        for word in words:
            if word in found:
                raise VocabularyError(f"{FILE.name} 的 [{table}] 里“{word}”出现两次：{found[word]} 和 {sign}")
            found[word] = Comparator(sign)
    return found


def _words(key: str) -> frozenset[str]:
    return frozenset(_DECLARED["words"][key])


def _kinds(table: dict[str, list[str]]) -> dict[str, str]:
    """The words of a table with their kinds; a word under two kinds is a mistake."""
    found: dict[str, str] = {}
    for kind, words in table.items():
        for word in words:
            if word in found:
                raise VocabularyError(f"{FILE.name} 里“{word}”出现两次：{found[word]} 和 {kind}")
            found[word] = kind
    return found


SIGN = r"[≥≤＞＜>=<＝=﹥﹤﹦≧≦⩾⩽═]"
"""One sign of comparison as printed, in a regular expression."""

SYMBOLS = _comparators("symbols")
"""Signs that bind the number after them; = binds only where nothing stronger does."""

_OPPOSITES = {MORE_THAN: AT_MOST, LESS_THAN: AT_LEAST}


def _negated(comparators: dict[str, Comparator]) -> dict[str, Comparator]:
    """不得 and 超过 make 不得超过: at most."""
    return {
        negation + word: _OPPOSITES[comparator]
        for negation in NEGATIONS
        for word, comparator in comparators.items()
        if comparator in _OPPOSITES and not word.startswith(("不", "未"))
    }


NEGATIONS: tuple[str, ...] = tuple(_DECLARED["negations"]["words"])
"""Words that turn a comparison round: 不 before 超过."""

COMPARED = _comparators("before")
"""Words that bind the number after them, without a negation before them."""

UNREACHED = _comparators("unreached")
"""Words that say a number was not reached; a score rule has them without a bound: 未达到0分."""

BEFORE = {**SYMBOLS, **COMPARED, **_negated(COMPARED), **UNREACHED}
"""Signs and words that bind the number after them."""

UNWANTED = tuple(
    sorted({negation + verb for negation in NEGATIONS for verb in _DECLARED["unwanted"]["words"]})
)
"""How a name ends that says what must not happen: a number behind it is no aim."""

NOT_REQUIRED = tuple(_DECLARED["unwanted"]["not_required"])
"""How a name ends that says what need not be."""

AFTER = _comparators("after")
"""Words that bind the number before them."""

WEAK = _comparators("weak")
"""Bind only where no other word does: 控制在5.66万元 is a ceiling, 控制在80%以上 is not."""

APPROXIMATE = _words("approximate")
"""The number is printed as inexact."""

NEGATIVE = _words("negative")
"""Signs of a number below nothing."""

NOT_NEGATIVE = _words("not_negative")
"""Words that hold one of them and say nothing of a number: 减负."""

SPREAD = _words("spread")
"""± in sign and word."""

HALVES = _comparators("halves")
"""Half of a whole in one word, and how it binds: 过半 is more."""

CURRENCIES: dict[str, str] = _DECLARED["currencies"]
"""Names of money before a number, and the unit they make."""


class Parts(NamedTuple):
    """A unit, the smaller one that may follow it, and how many of it make one; none where it is left out."""

    great: frozenset[str]
    small: frozenset[str]
    number: int


PARTS = [Parts(frozenset(p["great"]), frozenset(p["small"]), p["count"]) for p in _DECLARED["parts"]]
"""Units that are printed in two parts: 15元5角."""

INCLUDED, EXCLUDED = "含", "不含"
IN_PARENTHESES: dict[str, str] = {
    **dict.fromkeys(_words("included"), INCLUDED),
    **dict.fromkeys(_words("excluded"), EXCLUDED),
}
"""（含） and （不含） after a number overrule the word's own reading."""

NEUTRAL = _words("neutral")
"""Words before a number that do not change how it binds."""

DONE = _words("done")
"""Verbs after a date that make it the time by which something is done."""

RATE_TAILS = _words("rate_tails")
"""Words after a percentage that only say what it is a share of."""

AVERAGED: dict[str, str] = _DECLARED["averaged"]
"""Words that state an amount per something without 每."""

EVERY: dict[str, str] = _DECLARED["every"]
"""每季度 and the like, with the period."""

ZERO_NOUNS: frozenset[str] = frozenset(_DECLARED["zero"]["nouns"])
"""Nouns after 零 that make it a count of nothing."""

DATES: dict[str, frozenset[str]] = {key: frozenset(words) for key, words in _DECLARED["dates"].items()}
"""Words of dates by what they do."""

_STEP_BEGINNINGS: tuple[str, ...] = tuple(_DECLARED["steps"]["beginnings"])
_STEP_WORDS: frozenset[str] = frozenset(_DECLARED["steps"]["words"])


def is_step(word: str) -> bool:
    """Whether a word behind 每 is a step and nothing counted: 少 in 每少1个."""
    return word in _STEP_WORDS or word.startswith(_STEP_BEGINNINGS)


POINTS: dict[str, tuple[str, ...]] = {key: tuple(words) for key, words in _DECLARED["points"].items()}
"""Words of score rules by what they do."""

NAMED: dict[str, frozenset[str]] = {key: frozenset(words) for key, words in _DECLARED["named"].items()}
"""Units and words of numbers that belong to a name."""

LABELS: dict[str, tuple[str, ...]] = {key: tuple(words) for key, words in _DECLARED["labels"].items()}
"""How a name ends before its value, by what it names, and what may not stand between the two."""
_kinds({kind: list(words) for kind, words in LABELS.items() if kind != "not_before_number"})


def labels(*kinds: str) -> tuple[str, ...]:
    """How the names of some kinds end: of_rates, of_money."""
    return tuple(word for kind in kinds for word in LABELS[kind])


COUNTED: dict[str, str] = _kinds(_DECLARED["counted"])
"""Nouns before 数 that end like a measure unit, with the unit that counts them; empty where none does."""

NO_SHARES: dict[str, tuple[str, ...]] = {k: tuple(words) for k, words in _DECLARED["no_shares"].items()}
"""Names that end like shares of a hundred and are none, and what they are told per."""

_NOTES: frozenset[str] = frozenset(_DECLARED["notes"]["words"])
_NOTE_BEGINNINGS: tuple[str, ...] = tuple(_DECLARED["notes"]["beginnings"])


def is_note(bracketed: str) -> bool:
    """Whether the words of a bracket behind a name say nothing of the unit: 省级, 含续建."""
    if bracketed in _NOTES:
        return True
    return bracketed.startswith(_NOTE_BEGINNINGS) and all("一" <= letter <= "鿿" for letter in bracketed)


IN_TIMES: tuple[str, ...] = tuple(_DECLARED["in_times"]["names"])
"""How a name ends that is counted in times."""
