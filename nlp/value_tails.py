"""What may follow a value (指标值之后的文字): a note in parentheses, a noun, what is done with so much."""

from nlp.value_tokens import DATE, NUMBER, OTHER, PUNCTUATION, WORD, Cursor, Numerals, Token, text_of
from nlp.value_words import (
    AFTER,
    APPROXIMATE,
    AT_LEAST,
    BEFORE,
    EQUAL,
    MORE_THAN,
    NAMED,
    RATE_TAILS,
    SYMBOLS,
)
from ontology.model import TargetValue, ValueKind

LONGEST_NOUN = 8
LONGEST_COUNTED = 4
LONGEST_ACTION = 16
LONGEST_DONE = 4

_TENS = tuple("十百千万亿")
_NOT_DONE = frozenset("低高超少多上下")
_NO_NOUN = "扣不未无非为是得的"
_BINDING = frozenset(BEFORE) | frozenset(AFTER) | APPROXIMATE


def is_number(token: Token) -> bool:
    """Whether a token is a date or a number in Arabic figures."""
    return token.kind is DATE or (token.kind is NUMBER and token.numerals is Numerals.ARABIC)


def is_tens(label: str, number: Token) -> bool:
    """数十, 几百: a number nobody states."""
    return label.endswith(("数", "几", "上")) and number.text[:1] in _TENS


def finishes(cursor: Cursor, value: TargetValue) -> bool:
    """Whether only a note in parentheses and words that add no number follow a value."""
    rest = _without_note(cursor.rest())
    if not rest:
        return True
    if any(is_number(token) or token.text in SYMBOLS or token.text in PUNCTUATION for token in rest):
        return False
    text = text_of(rest)
    if value.kind is ValueKind.RATE:
        return text in RATE_TAILS or _is_done(text) or _is_share(text)
    if value.kind is ValueKind.DURATION:
        # 30日内办结 says what is to be done in time; 24小时值班 is no time to keep.
        upward = cursor.tokens[cursor.index - 1].text in AFTER and value.comparator in (AT_LEAST, MORE_THAN)
        if upward and not _is_known(rest):
            return False
        return value.comparator is not EQUAL and len(text) <= LONGEST_ACTION
    if cursor.tokens[cursor.index - 1].text in AFTER and not _is_known(rest):
        # 10家以上企业 counts them, 30户以上自然村 names villages of that size.
        sized = value.measure_unit is None or value.measure_unit.lstrip("万亿百千") in NAMED["sizes"]
        if sized or value.kind is not ValueKind.QUANTITY or len(text) > LONGEST_COUNTED:
            return False
    return value.measure_unit is not None and _is_noun(text) and _is_counted(cursor)


def _is_known(rest: list[Token]) -> bool:
    """Whether all that follows is known to say what is done or who is counted: 100人以上参加."""
    known = all(token.kind is WORD and not token.text.isascii() for token in rest)
    return known and not any(token.text in AFTER or token.text in BEFORE for token in rest)


def _is_share(text: str) -> bool:
    """What so much is a share of, and what is true of it: 的群众满意."""
    noun = text.removeprefix("的")
    ending = next((n for n in range(1, len(noun) - 1) if noun[n:] in RATE_TAILS), None)
    return ending is not None and ending <= LONGEST_NOUN and _is_noun(noun) and not set(noun) & _NOT_DONE


def _without_note(rest: list[Token]) -> list[Token]:
    """What follows a value, without a note in parentheses; one that binds a number is no note."""
    opened = [n for n, token in enumerate(rest) if token.text == "("]
    note = rest[opened[0] + 1 : -1] if opened else []
    if len(note) == 1 and note[0].kind is NUMBER:
        # 3（5） may be either.
        return rest
    if len(opened) != 1 or rest[-1].text != ")" or any(token.text in _BINDING for token in rest):
        return rest
    return rest[: opened[0]]


def _is_counted(cursor: Cursor) -> bool:
    """Whether a text starts with an Arabic number, 1个平台; with a name too there is more than one noun."""
    before = cursor.tokens[: cursor.index]
    return any(is_number(token) for token in before) and not any(token.kind is OTHER for token in before)


def _is_done(text: str) -> bool:
    """What is done to so much: 100%配备."""
    return len(text) <= LONGEST_DONE and _is_noun(text) and not set(text) & _NOT_DONE


def _is_noun(text: str) -> bool:
    """What a count counts: 平台 in 1个平台."""
    return len(text) <= LONGEST_NOUN and all(
        "一" <= letter <= "鿿" and letter not in _NO_NOUN for letter in text
    )
