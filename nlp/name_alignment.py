"""Two indicators' names laid side by side (名称对齐): what they share, and what stands for what.

Words count by what they say. Light words and punctuation are left out; a word that stands elsewhere in
the other name has only moved, and one that is a part of another is nearly it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache

from nlp.parts import SLOTS, Part, PartKind, parts_of
from nlp.relation_words import DOING, GENERIC, NEGATING

_WEIGHTS = {
    PartKind.NUMBER: 0.1,
    PartKind.TIME: 0.1,
    PartKind.TITLE: 0.6,
    PartKind.BODY: 0.4,
    PartKind.PLACE: 0.2,
    PartKind.MEASURE: 1.0,
    PartKind.MANNER: 0.3,
    PartKind.ACTION: 0.8,
    PartKind.PEOPLE: 0.8,
    PartKind.WORD: 1.0,
}
_GENERAL = 0.6
"""How much a general word weighs of what a word of the task weighs."""
_ADDED_GENERAL = 0.5
"""How much a general word weighs that one name has and the other has nothing for."""
_NEARLY = 0.7
"""How much two words count of which one is a part of the other."""
_LONG_WORD = 2
_DENYING, _DATED, _ONLY_SLOTS = "\0denying", "\0dated", "\0slots"
_ADDED = frozenset({PartKind.NUMBER, PartKind.TIME, PartKind.BODY, PartKind.PLACE})


Stretches = tuple[tuple[Part, ...], tuple[Part, ...]]
"""What stands at one place in two names; one of them may be empty."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What stands at the same place in two texts; one of them may be empty."""

    one: str
    other: str


@dataclass(frozen=True, slots=True)
class Aligned:
    """Two names, part by part: what they share, and the pairs of stretches that differ."""

    one: tuple[Part, ...]
    other: tuple[Part, ...]
    common: tuple[tuple[Part, Part], ...]
    pairs: tuple[Stretches, ...]
    unlike: tuple[Stretches, ...]
    """The pairs without the words that stand elsewhere in the other name, or are nearly the same."""
    near: tuple[Part, ...]
    only: tuple[Part, ...]
    """Numbers, dates, bodies and places that only one name has: they make no difference by themselves."""
    has_moved: bool

    @property
    def differences(self) -> tuple[Difference, ...]:
        """Where the two names differ, as printed: in other words, and in words that say the same."""
        reworded = [((a,), (b,)) for a, b in self.common if a.text != b.text]
        both = sorted([*self.pairs, *reworded], key=lambda pair: (pair[0] or pair[1])[0].start)
        return tuple(Difference(printed(a), printed(b)) for a, b in both)

    @property
    def turned(self) -> "Aligned":
        """The same with the two names in the other order."""
        return replace(
            self,
            one=self.other,
            other=self.one,
            common=tuple((b, a) for a, b in self.common),
            pairs=tuple((b, a) for a, b in self.pairs),
            unlike=tuple((b, a) for a, b in self.unlike),
        )


def align(one: tuple[Part, ...], other: tuple[Part, ...]) -> Aligned:
    """Given the parts of two names that say something, lay them side by side."""
    matcher = SequenceMatcher(None, [p.meaning for p in one], [p.meaning for p in other], autojunk=False)
    common: list[tuple[Part, Part]] = []
    pairs = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            common.extend(zip(one[i1:i2], other[j1:j2], strict=True))
        else:
            pairs.append((one[i1:i2], other[j1:j2]))
    left, near, has_moved = _without_pairs(pairs)
    only = tuple(part for a, b in left for part in (*_only(a, b), *_only(b, a)))
    unlike = tuple(
        (tuple(p for p in a if p not in only), tuple(p for p in b if p not in only)) for a, b in left
    )
    unlike = tuple(pair for pair in unlike if pair[0] or pair[1])
    return Aligned(one, other, tuple(common), tuple(pairs), unlike, near, only, has_moved)


@lru_cache(maxsize=200_000)
def core_parts(text: str) -> tuple[Part, ...]:
    """The parts of a text that say something; equal slots side by side are one."""
    kept: list[Part] = []
    for part in parts_of(text):
        if part.kind in (PartKind.LIGHT, PartKind.MARK):
            continue
        if kept and part.kind in SLOTS and kept[-1].kind is part.kind:
            last = kept.pop()
            part = Part(text[last.start : part.end], last.start, part.end, part.kind, part.meaning)
        kept.append(part)
    return tuple(kept)


def _only(side: Sequence[Part], against: Sequence[Part]) -> list[Part]:
    kinds = {part.kind for part in against}
    return [part for part in side if part.kind in _ADDED and part.kind not in kinds]


def _without_pairs(
    pairs: Sequence[Stretches],
) -> tuple[list[Stretches], tuple[Part, ...], bool]:
    """Of what differs, what has nothing like it in the other name; what nearly has; whether some moved."""
    mine = [part for pair in pairs for part in pair[0]]
    theirs = [part for pair in pairs for part in pair[1]]
    near: list[Part] = []
    gone: set[int] = set()
    has_moved = False
    for close in (_moved, _near):
        for part in mine:
            match = next((p for p in theirs if id(p) not in gone and close(part, p)), None)
            if id(part) not in gone and match is not None:
                gone |= {id(part), id(match)}
                near += [part, match] if close is _near else []
                has_moved |= close is _moved
    left = [
        (tuple(p for p in a if id(p) not in gone), tuple(p for p in b if id(p) not in gone)) for a, b in pairs
    ]
    return [pair for pair in left if pair[0] or pair[1]], tuple(near), has_moved


def _moved(one: Part, other: Part) -> bool:
    return one.meaning == other.meaning


def _near(one: Part, other: Part) -> bool:
    """Whether two words are nearly one: one in the other, or the same head behind general words."""
    if one.kind in SLOTS or other.kind in SLOTS:
        return False
    short, long = (one, other) if len(one.text) <= len(other.text) else (other, one)
    return _nearly(short.text, short.meaning, long.text, long.meaning)


@lru_cache(maxsize=65_536)
def _nearly(short: str, means: str, long: str, long_means: str) -> bool:
    if means in NEGATING and long_means in NEGATING:
        return True
    if short.isascii():
        # A and 5A are two grades.
        return False
    both_general = means in GENERIC and long_means in GENERIC
    inside = short in long and (len(short) > 1 or long.endswith(short))
    if inside and (both_general or means not in GENERIC):
        return True
    return both_general and len(short) > _LONG_WORD and short[-2:] == long[-2:]


def likeness(aligned: Aligned, *, added_general: float = _ADDED_GENERAL) -> float:
    """Weight of the words two names share, as a part of the weight of all their words.

    General words that only one name has count by `added_general`.
    """
    total = sum(map(_weight, (*aligned.one, *aligned.other)))
    unlike = sum(
        _weight(part) * (added_general if part.meaning in GENERIC and not all(pair) else 1.0)
        for pair in aligned.unlike
        for side in pair
        for part in side
    )
    near = sum(map(_weight, aligned.near))
    return 1 - (unlike + (1 - _NEARLY) * near) / total if total else 0.0


def _weight(part: Part) -> float:
    return _WEIGHTS[part.kind] * (_GENERAL if part.meaning in GENERIC else 1.0)


@lru_cache(maxsize=200_000)
def paraphrase_keys(name: str) -> frozenset[str]:
    """What a name must have one of in common with every name that says the same in other words.

    The meanings and letters of its words; a name that denies, one that is dated, and one of numbers and
    names alone may be like another such name without a letter in common.
    """
    parts = core_parts(name)
    words = [part for part in parts if part.kind not in SLOTS]
    found = {part.meaning for part in words} | set("".join(part.text for part in words))
    if any(part.meaning in NEGATING for part in words):
        found.add(_DENYING)
    if any(part.kind is PartKind.TIME for part in parts):
        found.add(_DATED)
    return frozenset(found if words else {*found, _ONLY_SLOTS})


def canonical_name(name: str) -> str:
    """What a name says, whatever its words and their order: names alike in meaning are alike in this.

    >>> canonical_name("确保资金及时拨付")
    '保障|及时|拨付|资金'
    """
    return "|".join(sorted(part.meaning for part in core_parts(name)))


def content_of(parts: Sequence[Part]) -> list[Part]:
    """The parts that name a thing, an act or people; what is only done (开展) is none."""
    return [
        part
        for part in parts
        if part.kind in (PartKind.WORD, PartKind.ACTION, PartKind.PEOPLE, PartKind.TITLE)
        and part.meaning not in DOING
    ]


def printed(parts: Sequence[Part]) -> str:
    """The letters of some parts, run together."""
    return "".join(part.text for part in parts)
