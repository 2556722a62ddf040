"""Tokens of a target value (指标值): numbers, dotted dates, known words, and whatever is left."""

import re
from collections.abc import Container
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from nlp.measure_units import PERIODS, SCALES, UNIT_KINDS
from nlp.numerals import (
    ARABIC,
    CHINESE,
    MAX_CHINESE,
    MIXED,
    SPOKEN_SHORT,
    read_arabic,
    read_chinese,
    read_mixed,
)
from nlp.value_words import (
    AFTER,
    APPROXIMATE,
    AVERAGED,
    BEFORE,
    CURRENCIES,
    DATES,
    DONE,
    EVERY,
    HALVES,
    IN_PARENTHESES,
    NEGATIVE,
    NEUTRAL,
    NOT_NEGATIVE,
    RATE_TAILS,
    SPREAD,
    WEAK,
)

PUNCTUATION = frozenset(',;:。、()[]/*+-—~·!?|"“”÷') | {"——", "--", "~~"}
LEADING = " ,;:。、!?—★☆●■◆"
TRAILING = LEADING + "."
"""Punctuation at the ends of a value; a point before a number is part of it."""
OTHER_WORDS = frozenset(
    {
        "每",
        "分之",
        "整",
        "且",
        "并",
        "和",
        "及",
        "x",
        "X",
        "百分之",
        "千分之",
        "万分之",
        "百分之百",
        "百分百",
    }
)
SEPARATORS = frozenset({"-", "—", "——", "--", "~", "~~", "至", "到"})
JOINS_ENDS = frozenset({"和", "与", "及"})
"""Words between both ends of a range that 之间 closes: 500和600元之间."""

NUMBER, DATE, WORD, OTHER, GAP, END = "number", "date", "word", "other", "gap", "end"


class Numerals(Enum):
    """Whether a number was printed in Arabic or in Chinese numerals."""

    ARABIC = 1
    CHINESE = 2


class Token(NamedTuple):
    """One token: its kind, what is printed, where it starts in the folded text, and a number's value."""

    kind: str
    text: str
    start: int
    number: Decimal | None = None
    numerals: Numerals = Numerals.ARABIC


DOTTED_DATE = re.compile(
    r"(?:19|20)[0-9]{2}(?:([./—-])(?:0?[1-9]|1[0-2])\1(?:3[01]|[12][0-9]|0?[1-9])(?![0-9]))"
)

_WORDS = (
    frozenset().union(
        UNIT_KINDS, PERIODS, SCALES, BEFORE, AFTER, WEAK, APPROXIMATE, IN_PARENTHESES, NEUTRAL, AVERAGED
    )
    | NEGATIVE
    | NOT_NEGATIVE
    | SPREAD
    | DONE
    | frozenset(HALVES).union(CURRENCIES)
    | frozenset(EVERY).union(*DATES.values())
    | RATE_TAILS
    | PUNCTUATION
    | OTHER_WORDS
)


def _by_first_letter(words: frozenset[str]) -> dict[str, tuple[str, ...]]:
    first: dict[str, list[str]] = {}
    for word in sorted(words, key=lambda w: (-len(w), w)):
        first.setdefault(word[0], []).append(word)
    return {letter: tuple(found) for letter, found in first.items()}


_LEXICON = _by_first_letter(_WORDS)
_LONGEST_DIGITS = 30


def _read_word(text: str, start: int) -> str | None:
    for word in _LEXICON.get(text[start], ()):
        if text.startswith(word, start):
            return word
    return None


def _read_number(text: str, start: int) -> Token | None:
    if text[start] in "0123456789" or (text[start] == "." and text[start + 1 : start + 2].isdecimal()):
        if text[start] in "12" and (match := DOTTED_DATE.match(text, start)):
            return Token(DATE, match[0], start)
        if (match := MIXED.match(text, start)) and (token := _multiplied(match[0], start)):
            return token
        match = ARABIC.match(text, start)
        if match is None:
            return None
        if len(match[0]) > _LONGEST_DIGITS:
            return Token(OTHER, match[0], start)
        return Token(NUMBER, match[0], start, read_arabic(match[0]))
    match = CHINESE.match(text, start, start + MAX_CHINESE)
    if match is None:
        return None
    return _multiplied(match[0], start)


def _multiplied(printed: str, start: int) -> Token | None:
    """The number of 一亿五千 or 3万5千, without the scale that belongs to the unit behind it."""
    bare = printed.rstrip("万亿萬億")
    # 五万元 is 5 of the unit 万元, like 5万元; 一亿五千万元 has no such unit and is read whole.
    if not any(letter in bare for letter in "万亿萬億"):
        if bare != printed and SPOKEN_SHORT.search(bare):
            return None
        printed = bare
    arabic = printed[0].isascii()
    number = read_mixed(printed) if arabic else read_chinese(printed)
    if number is None:
        return None
    return Token(NUMBER, printed, start, number, Numerals.ARABIC if arabic else Numerals.CHINESE)


def split_tokens(text: str) -> list[Token]:
    """Given a compact text, return its tokens, an END token last; joined they are the text again."""
    tokens: list[Token] = []
    position = unknown_from = 0
    while position < len(text):
        token = _read_token(text, position)
        if token is None:
            position += 1
            continue
        if unknown_from < position:
            tokens.append(Token(OTHER, text[unknown_from:position], unknown_from))
        tokens.append(token)
        position = unknown_from = position + len(token.text)
    if unknown_from < position:
        tokens.append(Token(OTHER, text[unknown_from:position], unknown_from))
    tokens.append(Token(END, "", position))
    return tokens


def _is_inside_name(text: str, position: int) -> bool:
    """Whether Latin letters go on here: the M of PM2.5 is no unit."""
    around = text[max(0, position - 1) : position + 1]
    return len(around) == 2 and around.isascii() and around.isalpha()


def _read_token(text: str, position: int) -> Token | None:
    if text[position] == " ":
        return Token(GAP, " ", position)
    if _is_inside_name(text, position):
        return None
    word = _read_word(text, position)
    return Token(WORD, word, position) if word else _read_number(text, position)


def text_of(tokens: list[Token]) -> str:
    """The text that the tokens were split from."""
    return "".join(token.text for token in tokens)


class Cursor:
    """A place in the tokens; a production either moves it or leaves it where it was."""

    __slots__ = ("index", "tokens")

    def __init__(self, tokens: list[Token], index: int = 0) -> None:
        self.tokens = tokens
        self.index = index

    @property
    def token(self) -> Token:
        """The token to be read next."""
        return self.tokens[self.index]

    @property
    def ended(self) -> bool:
        """Whether everything has been read."""
        return self.tokens[self.index].kind is END

    def look(self, ahead: int) -> Token:
        """Token `ahead` places further on, END beyond the last."""
        index = self.index + ahead
        return self.tokens[index] if index < len(self.tokens) else self.tokens[-1]

    def accept(self, words: Container[str]) -> str | None:
        """Read one word of `words`, None where another token stands."""
        token = self.tokens[self.index]
        if token.kind is WORD and token.text in words:
            self.index += 1
            return token.text
        return None

    def accept_number(self) -> Decimal | None:
        """Read a number, None where none stands."""
        token = self.tokens[self.index]
        if token.kind is NUMBER:
            self.index += 1
            return token.number
        return None

    def rest(self) -> list[Token]:
        """The tokens not yet read, without END."""
        return self.tokens[self.index : -1]
