"""What turns one of two alike names into the opposite of the other (方向相反).

An act and its opposite, a floor and a ceiling, a negation in one name only, and the same two acts done to
each other's objects: 提升收入降低成本 and 降低收入提升成本.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations

from nlp.name_alignment import Aligned, content_of
from nlp.normal_form import concept_of
from nlp.parts import Part, PartKind
from nlp.relation_values import are_opposite_bounds
from nlp.relation_words import NEGATING, RESTRICTING, are_opposite

_PASSIVE = re.compile(r"被(?P<act>[\u4e00-\u9fff]{2})")
_NEGATED = frozenset("不未无非")
_BOUNDED = frozenset({PartKind.NUMBER, PartKind.TIME})
_LONGEST_TURNED = 4
_FEWEST_SHARED = 2
_SHORTEST_DENIAL = 2
_HAPPENING = frozenset({"发生", "出现", "产生", "造成"})


def find_opposite(
    aligned: Aligned, names: tuple[str, str], is_none: tuple[bool, bool] = (False, False)
) -> str | None:
    """Given two names and how they align, say what is opposite in them; None where nothing is.

    `is_none` says of which the value is 0: what happens 0 times is not the opposite of what is averted.
    """
    pair = _opposite_words(aligned, is_none)
    return (
        _opposite_bounds(aligned)
        or (f"“{pair[0].text}”和“{pair[1].text}”相反" if pair else None)
        or _opposite_letters(*names)
        or _passive_once(*names)
        or _swapped_roles(aligned)
        or _restricted_once(aligned)
    )


def _opposite_words(aligned: Aligned, is_none: tuple[bool, bool]) -> tuple[Part, Part] | None:
    """An act that stands in one name only, its opposite in the other only, wherever they stand."""
    for x, y in _exchanged(aligned):
        if (x.meaning in NEGATING and is_none[1]) or (y.meaning in NEGATING and is_none[0]):
            continue
        if are_opposite(x.meaning, y.meaning) or _turn_round(x.text, y.text):
            return x, y
    return None


@lru_cache(maxsize=65_536)
def _turn_round(one: str, other: str) -> bool:
    """Whether two words are opposite by their letters alone."""
    return (
        _differ_in_opposite_letters(one, other) or _is_negation_of(one, other) or _is_negation_of(other, one)
    )


def _exchanged(aligned: Aligned) -> Iterator[tuple[Part, Part]]:
    """Words of the two names that may stand for each other: not those that both have."""
    yield from ((x, y) for x, y in aligned.common if x.text != y.text)
    yield from ((x, y) for one, other in aligned.pairs for x in one for y in other)
    left = [[part for pair in aligned.unlike for part in pair[at]] for at in (0, 1)]
    yield from ((x, y) for x in left[0] for y in left[1])


def _opposite_bounds(aligned: Aligned) -> str | None:
    for x, y in aligned.common:
        if x.kind is y.kind and x.kind in _BOUNDED and are_opposite_bounds(x.text, y.text):
            return f"“{x.text}”和“{y.text}”方向相反"
    return None


def _opposite_letters(one: str, other: str) -> str | None:
    """Two names equal but for letters that are opposites, however the words are cut: 大班额, 小班额."""
    letters = concept_of(one) or "", concept_of(other) or ""
    if not _letters_turned(*letters):
        return None
    at = next(at for at, (x, y) in enumerate(zip(*letters, strict=True)) if x != y)
    return f"“{letters[0][at]}”和“{letters[1][at]}”相反"


def _passive_once(one: str, other: str) -> str | None:
    """Who is acted on in one name acts in the other: 被投诉人 and 投诉人."""
    for passive, active in ((one, other), (other, one)):
        for match in _PASSIVE.finditer(passive):
            if "被" not in active and match["act"] in active:
                return f"“{match[0]}”和“{match['act']}”不是一方"
    return None


def _differ_in_opposite_letters(one: str, other: str) -> bool:
    """Whether two words differ in opposite letters only: 节前 and 节后, 增收 and 减收."""
    return len(one) <= _LONGEST_TURNED and _letters_turned(one, other)


def _letters_turned(one: str, other: str) -> bool:
    if len(one) != len(other):
        return False
    unlike = [(x, y) for x, y in zip(one, other, strict=True) if x != y]
    return bool(unlike) and all(are_opposite(x, y) for x, y in unlike)


def _is_negation_of(one: str, other: str) -> bool:
    """Whether one word is the other behind a negation: 不合格 and 合格, 无害化 and 有害."""
    if len(one) < _SHORTEST_DENIAL or one[0] not in _NEGATED:
        return False
    said, plain = one[1:], other[1:] if other[:1] == "有" else other
    return bool(plain) and (said == plain or (other[:1] == "有" and said.startswith(plain)))


def _swapped_roles(aligned: Aligned) -> str | None:
    """Two opposite acts that both names hold, each done to what the other does in the other name."""
    if not aligned.has_moved:
        return None
    said = [part.meaning for part in aligned.one]
    also = {part.meaning for part in aligned.other}
    for act, opposite in combinations([word for word in dict.fromkeys(said) if word in also], 2):
        if are_opposite(act, opposite):
            one, other = (_objects(side, (act, opposite)) for side in (aligned.one, aligned.other))
            if len(one[act] & other[opposite]) > len(one[act] & other[act]):
                return f"“{act}”和“{opposite}”的对象换了"
    return None


def _objects(parts: Sequence[Part], acts: tuple[str, str]) -> dict[str, frozenset[str]]:
    """What two acts of a name are done to: what stands behind each, or before it where the name begins so."""
    first, last = sorted([part.meaning for part in parts].index(act) for act in acts)
    stretches = (
        (parts[:first], parts[first + 1 : last])
        if content_of(parts[:first])
        else (parts[first + 1 : last], parts[last + 1 :])
    )
    meant = [frozenset(part.meaning for part in stretch) for stretch in stretches]
    return {parts[first].meaning: meant[0], parts[last].meaning: meant[1]}


def negated_once(aligned: Aligned, is_none: tuple[bool, bool] = (False, False)) -> str | None:
    """A negation in one of two alike names; 杜绝 and 不发生 deny as 无 does, and 0 起 as well (`is_none`)."""
    sides = aligned.one, aligned.other
    times = [sum(part.meaning in NEGATING for part in side) for side in sides]
    if times[0] % 2 == times[1] % 2:
        return None
    plain = times[0] % 2
    if is_none[plain]:
        return None
    shared = len(aligned.common) + len(aligned.near) // 2
    only_that = all(part.meaning in NEGATING for pair in aligned.unlike for side in pair for part in side)
    return "一处是否定的说法" if shared >= _FEWEST_SHARED or (shared and only_that) else None


def is_none_in_both(aligned: Aligned, is_none: tuple[bool, bool]) -> bool:
    """Whether one name denies what happens 0 times by the other's value, and both speak of the same."""
    sides = aligned.one, aligned.other
    denies = [any(part.meaning in NEGATING for part in side) for side in sides]
    left = [
        part
        for pair in aligned.unlike
        for side in pair
        for part in content_of(side)
        if part.meaning not in NEGATING | _HAPPENING
    ]
    shares = bool(content_of([one for one, _ in aligned.common]))
    return shares and not left and any(denies[at] and is_none[1 - at] for at in (0, 1))


def _restricted_once(aligned: Aligned) -> str | None:
    """A word that only one name has and that leaves the faulty ones of what is counted: 逾期, 重复."""
    found = [
        [part.text for part in side if part.meaning in RESTRICTING] for side in (aligned.one, aligned.other)
    ]
    if bool(found[0]) == bool(found[1]):
        return None
    word = (found[0] or found[1])[0]
    return f"只有一处限于“{word}”的"
