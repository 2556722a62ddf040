"""Values stated in words (定性指标值) and texts that say nothing (空值)."""

import re
import tomllib
from itertools import pairwise
from pathlib import Path

from nlp.measure_units import SCALES, UNIT_KINDS, UnitKind
from nlp.unit_phrases import YEARS
from nlp.value_tokens import NUMBER, OTHER, WORD, Numerals, Token
from nlp.value_words import AFTER, APPROXIMATE, AVERAGED, BEFORE, EVERY, NEUTRAL, SYMBOLS, WEAK
from ontology.errors import VocabularyError

FILE = Path(__file__).with_name("qualitative.toml")
LONGEST_WORDED_VALUE = 12
_NOTHING = frozenset(
    {"不适用", "N/A", "n/a", "NA", "null", "NULL", "None", "none", "nan", "NaN", "#N/A", "空", "暂无"}
)
_BLANK = re.compile(r"[-—/\\_.…·。,、;:|~'\"“”‘’()\[\]\s]*")
_PLACEHOLDER = re.compile(r"[Xx*×○〇_#?]{2,}|^[Xx*]$")
_NUMBERED = (*"ABCDEFGHIJKLMNOPQRSTUVWXYZ/-—", "第", "号", "No.")
"""Before a number these make it a name: GB/T2260, 第3."""
_MEASURING = frozenset({UnitKind.RATE, UnitKind.MONEY, UnitKind.COUNT, UnitKind.PHYSICAL})


_DECLARED: dict[str, list[str]] = tomllib.loads(FILE.read_text("utf-8"))
_ELSEWHERE = tuple(_DECLARED["elsewhere"])
_GRADES = frozenset(_DECLARED["grades"])
_NUMERALS, _VAGUE = frozenset(_DECLARED["numerals"]), frozenset(_DECLARED["vague"])
_POINTS_IN_TIME = frozenset({"月", "日", "号", "点", "时"})


def _read_words() -> tuple[frozenset[str], frozenset[str]]:
    for key, words in _DECLARED.items():
        if len(set(words)) != len(words):
            twice = sorted({word for word in words if words.count(word) > 1})
            raise VocabularyError(f"{FILE.name} 的 {key} 里有重复的词：{'、'.join(twice)}")
    return frozenset(_DECLARED["states"]), frozenset(_DECLARED["manners"])


_STATES, _MANNERS = _read_words()
_MARKS = frozenset().union(BEFORE, WEAK, NEUTRAL, APPROXIMATE, AVERAGED, EVERY)
_SEPARATORS = frozenset("、,;/和及与且并")


def is_empty(text: str) -> bool:
    """Whether a compact text says nothing: blank, dashes, 不适用."""
    return _BLANK.fullmatch(text) is not None or text in _NOTHING


def is_worded_value(text: str) -> bool:
    """Whether a short text is made of value words only: 优, 显著提升, 及时、准确."""
    if not 0 < len(text) <= LONGEST_WORDED_VALUE:
        return False
    # For each place: not reachable, reachable, or reachable with a word that is a value by itself.
    reached = [0] * (len(text) + 1)
    reached[0] = 1
    for start in range(len(text)):
        if not reached[start]:
            continue
        if text[start] in _SEPARATORS:
            reached[start + 1] = max(reached[start + 1], reached[start])
        for end in range(start + 1, len(text) + 1):
            word = text[start:end]
            if word in _STATES:
                reached[end] = 2
            elif word in _MANNERS:
                reached[end] = max(reached[end], reached[start])
    return reached[-1] == 2


def speaks_in_words(text: str, tokens: list[Token]) -> bool:
    """Whether a text that is no number can be taken as words: 不高于上年度, 保障24小时值班.

    False where something measured stands in it that the grammar could not read (省级5个，市级10个), or
    where only signs and units are left of a form's pattern (≥XX%): then the value is unknown.
    """
    if _PLACEHOLDER.search(text) or text.startswith(_ELSEWHERE) or _is_vague_amount(tokens):
        return False
    if _ends_in_time(tokens):
        return False
    numbers = [token for token in tokens if _is_arabic(token) and token.number not in YEARS]
    if numbers and not any(token.kind is OTHER for token in tokens):
        # 10天至2个月: a value in known words that make no sense together.
        return False
    if _is_count_per(tokens):
        return False
    before = ""
    for token, following in pairwise(tokens):
        arabic = _is_arabic(token)
        if arabic and not before.endswith(_NUMBERED) and _is_measured(following):
            return False
        if token.text in SYMBOLS and following.kind is NUMBER:
            return False
        before = token.text
    return (_has_chinese(text) and any(_is_worded(token) for token in tokens)) or _is_word_with_numeral(
        tokens
    )


def _is_count_per(tokens: list[Token]) -> bool:
    """每隔一年一次: so much per something, in numerals, that the grammar could not read."""
    *before, number, unit, _ = [Token(OTHER, "", 0)] * 3 + tokens
    counted = number.kind is NUMBER and unit.text in UNIT_KINDS
    return counted and any(token.text == "每" or token.text in EVERY for token in before)


def _is_vague_amount(tokens: list[Token]) -> bool:
    """Whether a text is a number of Chinese numerals that is not exact, or may be a name: 几百人, 四期."""
    start, end = 0, len(tokens) - 1
    while start < end and (tokens[start].text in _MARKS or tokens[start].text == "每"):
        # 每村几百人
        start += 2 if tokens[start].text == "每" else 1
    while start < end and (tokens[end - 1].text in AFTER or tokens[end - 1].text in APPROXIMATE):
        end -= 1
    text = "".join(token.text for token in tokens[start:end])
    numeral = text[: next((n for n, c in enumerate(text) if c not in _NUMERALS | _VAGUE), len(text))]
    unit = text[len(numeral) :]
    if not set(numeral) & _NUMERALS:
        return False
    single = len(numeral) == 1
    if single and (numeral == "一" or unit in _GRADES):
        return False
    return unit in UNIT_KINDS or (not unit and not single)


def _ends_in_time(tokens: list[Token]) -> bool:
    """Whether so much time is the last that is said, 提前15天; not a date, 不高于2020年."""
    *_, number, unit, _end = (Token(OTHER, "", 0), Token(OTHER, "", 0), *tokens)
    if unit.text in AFTER and len(tokens) > 3:
        number, unit = tokens[-4], tokens[-3]
    timed = UNIT_KINDS.get(unit.text) is UnitKind.DURATION and unit.text not in _POINTS_IN_TIME
    return timed and _is_arabic(number) and number.number not in YEARS


def _is_arabic(token: Token) -> bool:
    return token.kind is NUMBER and token.numerals is Numerals.ARABIC


def _is_word_with_numeral(tokens: list[Token]) -> bool:
    """一级, 三期: words that hold a Chinese numeral."""
    return len(tokens) > 2 and any(t.kind is NUMBER and t.numerals is Numerals.CHINESE for t in tokens)


def _has_chinese(text: str) -> bool:
    return any("一" <= letter <= "鿿" for letter in text)


def _is_measured(following: Token) -> bool:
    if following.kind not in (WORD, OTHER):
        return True
    if following.kind is OTHER:
        # 5A and 5G are names, 5w and 10k are numbers written short.
        return following.text[0].isascii() and following.text[0] not in "ADGadg"
    return UNIT_KINDS.get(following.text) in _MEASURING or following.text in SCALES or following.text in AFTER


def _is_worded(token: Token) -> bool:
    if token.text in _STATES or token.kind is OTHER:
        return any(letter.isalpha() for letter in token.text)
    if token.kind is not WORD or not _has_chinese(token.text):
        return False
    return token.text not in UNIT_KINDS and token.text not in SCALES
