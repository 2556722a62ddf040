"""Words as two indicators are compared by them (比较用词): synonyms, opposites, light and general words.

They stand in relation_words.toml with their sources; a word in two groups, or a synonym that is an
opposite as well, is a mistake that fails at import.
"""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from ontology.errors import VocabularyError

FILE = Path(__file__).with_name("relation_words.toml")

_DECLARED: dict[str, Any] = tomllib.loads(FILE.read_text("utf-8"))


def _meanings(groups: list[dict[str, Any]]) -> dict[str, str]:
    """Each word with the first one of its group, which stands for what they all say."""
    found: dict[str, str] = {}
    for group in groups:
        for word in group["words"]:
            if word in found:
                raise VocabularyError(f"{FILE.name} 的同义词里“{word}”出现两次，应只在一组里")
            found[word] = group["words"][0]
    return found


def _with_stems(found: dict[str, str], groups: list[dict[str, Any]]) -> dict[str, str]:
    """The words, and what they name without the measure: 差错率 and 错误率 make 差错 and 错误 one."""
    for group in groups:
        stems = [word[:-1] for word in group["words"] if len(word) > 2 and word[-1] in _RATED]
        said = next((found[stem] for stem in stems if stem in found), stems[0] if stems else "")
        for stem in stems:
            found.setdefault(stem, said)
    return found


def _opposites(groups: list[dict[str, Any]]) -> frozenset[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    declared: set[frozenset[str]] = set()
    for group in groups:
        for left in group["left"]:
            for right in group["right"]:
                if frozenset((left, right)) in declared:
                    raise VocabularyError(f"{FILE.name} 里“{left}”和“{right}”两次列为反义词，应只列一次")
                declared.add(frozenset((left, right)))
                if meaning_of(left) == meaning_of(right):
                    raise VocabularyError(f"{FILE.name} 里“{left}”和“{right}”既是同义词又是反义词")
                found |= {(meaning_of(left), meaning_of(right)), (meaning_of(right), meaning_of(left))}
    return frozenset(found)


_RATED = frozenset("率度性")
TAILS = frozenset("率度性量数费")
"""Last letters of a word that say how it is measured."""
_MEANINGS = _with_stems(_meanings(_DECLARED["synonyms"]), _DECLARED["synonyms"])


def meaning_of(word: str) -> str:
    """What a word says: the word that stands for its group of synonyms, else the word itself."""
    return _MEANINGS.get(word, word)


_OPPOSITES = _opposites(_DECLARED["antonyms"])
LIGHT = frozenset(_DECLARED["light"]["words"])
"""Words that may be left out without changing what is measured."""
GENERAL_WORDS = frozenset(_DECLARED["generic"]["words"])
"""Words that could stand in nearly every project of every unit."""
GENERIC = frozenset(meaning_of(word) for word in _DECLARED["generic"]["words"])
"""What the general words say, as meanings."""


def is_general(word: str) -> bool:
    """Whether a word could stand in nearly every project of every unit, itself or by what it says."""
    return word in GENERAL_WORDS or meaning_of(word) in GENERIC


OPPOSED = frozenset(
    word for group in _DECLARED["antonyms"] for side in ("left", "right") for word in group[side]
)
"""Words that have an opposite."""


def is_listed(word: str) -> bool:
    """Whether the lists have a word of their own for this."""
    return word in _MEANINGS or word in LIGHT or word in OPPOSED


@lru_cache(maxsize=65_536)
def are_opposite(one: str, other: str) -> bool:
    """Whether two words (as meanings) turn an indicator round: 提升 and 降低, 内网 and 外网."""
    return (one, other) in _OPPOSITES


ENSURING = frozenset(meaning_of(word) for word in _DECLARED["ensuring"]["words"])
"""Words that say of anything that it goes on as it should."""
SIZES = frozenset(_DECLARED["sizes"]["words"])
"""Measures that are measured in units of their own: 面积, 长度."""
WHOLE_YEAR = frozenset(_DECLARED["whole_year"]["words"])
"""Words for the whole year: the time that an indicator is for where it names none."""
NEGATING = frozenset(meaning_of(word) for word in _DECLARED["negating"]["words"])
"""What words say that deny what follows them, as meanings."""
RESTRICTING = frozenset(meaning_of(word) for word in _DECLARED["restricting"]["words"])
"""What words say that leave only the faulty ones of what is counted (逾期, 重复), as meanings."""
DOING = frozenset(meaning_of(word) for word in _DECLARED["doing"]["words"])
"""Verbs that say only that something is done."""
_MEASURES: dict[str, str] = {word: kind for kind, words in _DECLARED["measures"].items() for word in words}


def measure_class(word: str) -> str:
    """What a measure measures: 率 for 满意度 and 比例, 费 for 成本, 次数 as it is; words with 数 count."""
    return _MEASURES.get(word, word)


def is_measured(word: str) -> bool:
    """Whether a word asks for a number of its class: 率, 费, 次数; 水平 and 效果 do not."""
    return word in _MEASURES or (len(word) > 1 and word.endswith("数")) or word in SIZES
