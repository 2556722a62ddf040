"""How two indicators' names stand to each other (名称的关系): by the parts they share and exchange."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import NamedTuple

from nlp.exchanged_objects import REWORDED, exchanged_objects
from nlp.name_alignment import Aligned, Difference, align, content_of, core_parts, likeness, printed
from nlp.name_measures import level_of_name, measure_of_name, without_whole_year
from nlp.opposites import find_opposite, is_none_in_both, negated_once
from nlp.parts import SLOTS, Part, PartKind, is_statement
from nlp.relation_values import value_key
from nlp.relation_words import GENERIC
from nlp.same_deadline import is_one_deadline, is_same_day
from ontology.model import Relation

ALIKE = 0.6
"""Share of their words' weight that two paraphrases have in common at least."""
ALIKE_PLAINLY = 0.5
"""The same with general words counted in full."""
ALIKE_EXCHANGED = 0.85
"""The same where each names something that the other does not."""
ALIKE_MEASURED = 0.5
"""The same where both end with the same measure."""
_SATISFACTION = frozenset({"满意", "满意度"})
_COST = "费"
_BARE = 2
"""Parts of a name that says no more than what is measured: 错误 and 率."""
_FEWEST_SHARED = 2
_SHORTEST_NAME = 2
_PAIR = 2


class Ground(Enum):
    """What a rule decided by."""

    NOTHING = auto()
    """At least one name says nothing."""
    OPPOSITE = auto()
    DENIED = auto()
    WORDS = auto()
    """The words are the same, or one is short for the other."""
    MEASURE = auto()
    OBJECT = auto()
    TEMPLATE = auto()
    THING = auto()
    FEW = auto()
    SHARE = auto()
    PART = auto()
    """One measure, and one name says less."""
    FINER = auto()
    """One measure, and much the same words."""


class Verdict(NamedTuple):
    """What a rule says of two names, and why."""

    relation: Relation
    reason: str
    ground: Ground


@dataclass(frozen=True, slots=True)
class NameRelation:
    """How two names stand to each other, why, where they differ, and how much they share (0 to 1).

    `unlike` is what of the differences is left without words that only stand elsewhere or are nearly the
    same. `aligned` is what the relation was decided by: the two names in the order of their letters.
    """

    relation: Relation
    reason: str
    differences: tuple[Difference, ...] = ()
    likeness: float = 0.0
    ground: Ground = Ground.NOTHING
    unlike: tuple[Difference, ...] = ()
    aligned: Aligned | None = None


@dataclass(frozen=True, slots=True)
class _Said:
    """What is known of two names beside their words: in what projects they stand, and what they measure."""

    names: tuple[str, str]
    contexts: tuple[str, str]
    measures: tuple[str | None, str | None]
    """What each name says that it measures."""
    asked: tuple[str | None, str | None]
    """The same, or what its value implies where the name says none."""
    is_none: tuple[bool, bool]
    """Whether its value is 0, which the other, if it denies, may say in words."""

    @property
    def turned(self) -> "_Said":
        """The same with the two names in the other order."""
        return _Said(
            self.names[::-1], self.contexts[::-1], self.measures[::-1], self.asked[::-1], self.is_none[::-1]
        )


def relate_names(
    one: str,
    other: str,
    contexts: tuple[str, str] = ("", ""),
    counted: tuple[str, str] = ("", ""),
    is_none: tuple[bool, bool] = (False, False),
) -> NameRelation:
    """Given two names that are not equal, return their relation; which comes first changes nothing.

    `contexts` are the names of their projects and units, in which a project's own object stands;
    `counted` the measures that their values imply (次数 of ≥12次), used where a name says none; `is_none`
    says of which the value is 0.
    """
    is_turned = one > other
    if is_turned:
        one, other, contexts, counted, is_none = other, one, contexts[::-1], counted[::-1], is_none[::-1]
    aligned = align(core_parts(one), core_parts(other))
    if not aligned.one or not aligned.other:
        return NameRelation(Relation.DIFFERENT, "至少一处没有可比的文字")
    share = likeness(aligned)
    said = _said_of((one, other), contexts, counted, is_none)
    relation, reason, ground = _decide(aligned, share, said)
    if is_turned and "“" in reason:
        # The relation is decided in one order; the words that the reason quotes stand in the order given.
        given = _decide(aligned.turned, share, said.turned)
        reason = given.reason if given.relation is relation else reason
    given_order = aligned.turned if is_turned else aligned
    unlike = tuple(Difference(printed(a), printed(b)) for a, b in given_order.unlike)
    return NameRelation(relation, reason, given_order.differences, round(share, 3), ground, unlike, aligned)


def _said_of(
    names: tuple[str, str], contexts: tuple[str, str], counted: tuple[str, str], is_none: tuple[bool, bool]
) -> _Said:
    """What is known of two names beside their words."""
    one, other = names
    measures = measure_of_name(one), measure_of_name(other)
    asked = (
        measures[0] or level_of_name(one) or counted[0] or None,
        measures[1] or level_of_name(other) or counted[1] or None,
    )
    denied = [is_none[at] and not is_none[1 - at] and measures[1 - at] is None for at in (0, 1)]
    return _Said(names, contexts, measures, asked, (denied[0], denied[1]))


def _decide(aligned: Aligned, share: float, said: _Said) -> Verdict:
    opposite = find_opposite(aligned, said.names, said.is_none)
    if opposite:
        return Verdict(Relation.DIFFERENT, opposite, Ground.OPPOSITE)
    denied = negated_once(aligned, said.is_none)
    if denied:
        return Verdict(Relation.DIFFERENT, denied, Ground.DENIED)
    if is_none_in_both(aligned, said.is_none):
        return Verdict(Relation.PARAPHRASE, "一处说不发生，另一处的指标值是 0", Ground.WORDS)
    return _of_one_direction(aligned, share, said)


def _of_one_direction(aligned: Aligned, share: float, said: _Said) -> Verdict:
    """How two names stand to each other of which none turns the other round."""
    if not aligned.common and not aligned.near and not aligned.has_moved and aligned.only:
        return Verdict(Relation.DIFFERENT, "没有相同的用词", Ground.FEW)
    if not aligned.unlike and not aligned.near:
        return _same_words(aligned, said.names)
    if aligned.unlike and all(_is_short_for(*pair) for pair in aligned.unlike):
        return Verdict(Relation.PARAPHRASE, "一处用的是简称", Ground.WORDS)
    if is_one_deadline(aligned):
        return Verdict(Relation.PARAPHRASE, "只说了期限，是同一天", Ground.WORDS)
    if any(said.measures):
        return _measured(aligned, said.asked, share, is_said=all(said.measures))
    exchanged = exchanged_objects(aligned, said.contexts)
    if exchanged:
        return Verdict(*exchanged, Ground.TEMPLATE)
    told = [(a, b) for a, b in aligned.unlike if _is_exchange(a, b)]
    if told and share < ALIKE_EXCHANGED:
        one, other = told[0]
        told_of = f"说的不是一件事：“{printed(one)}”和“{printed(other)}”"
        return Verdict(Relation.DIFFERENT, told_of, Ground.THING)
    if not shares_enough(aligned):
        return Verdict(Relation.DIFFERENT, "相同或同义的用词太少", Ground.FEW)
    only_manners = not any(content_of(side) for pair in aligned.unlike for side in pair)
    if share >= ALIKE or only_manners:
        reason = f"大部分用词相同或同义（{share:.0%}），说的是一件事"
        return Verdict(Relation.PARAPHRASE, reason, Ground.SHARE)
    return Verdict(Relation.DIFFERENT, f"相同或同义的用词不多（{share:.0%}）", Ground.FEW)


def shares_enough(aligned: Aligned) -> bool:
    """Whether two statements share a thing or an act, and more than one word where they have more."""
    common = [a for a, _ in aligned.common if a.kind not in SLOTS]
    fewest = min(_FEWEST_SHARED, len(aligned.one), len(aligned.other))
    shared = len(common) + len(aligned.near) // 2
    has_thing = bool(content_of(common)) or bool(aligned.near)
    return has_thing and shared >= fewest and likeness(aligned, added_general=1.0) >= ALIKE_PLAINLY


def _is_short_for(one: Sequence[Part], other: Sequence[Part]) -> bool:
    """Whether one stretch is short for the other: 环保 for 环境保护."""
    short, long = sorted((printed(one), printed(other)), key=len)
    if len(short) < _SHORTEST_NAME or long.startswith(short) or short[0] != long[0]:
        return False
    letters = iter(long)
    return all(letter in letters for letter in short)


def _measured_of(parts: Sequence[Part]) -> bool:
    """Whether parts say of what something is measured, or done how: 按期 in 按期完成率, 满意 in 满意度."""
    return bool(content_of(parts)) or any(
        part.kind is PartKind.MANNER or part.text in _SATISFACTION for part in parts
    )


def _is_exchange(one: Sequence[Part], other: Sequence[Part]) -> bool:
    """Whether two stretches name two things, at least one of them a task's own."""
    things = content_of(one), content_of(other)
    own = any(part.meaning not in GENERIC for side in things for part in side)
    return own and _measured_of(one) and _measured_of(other)


def _same_words(aligned: Aligned, names: tuple[str, str]) -> Verdict:
    """Two names with the same words; what differs is light, a synonym, or what stands in a slot."""
    if aligned.has_moved:
        return Verdict(Relation.PARAPHRASE, "用词相同，次序不同", Ground.WORDS)
    slots = [(a, b) for a, b in aligned.common if a.kind in SLOTS and value_key(a.text) != value_key(b.text)]
    if not slots and any(part.kind is PartKind.NUMBER for part in aligned.only):
        return Verdict(Relation.SAME_TEMPLATE, "只有一处在名称里写了数", Ground.WORDS)
    reworded = [(a, b) for a, b in aligned.common if a.kind not in SLOTS and a.text != b.text]
    if not slots and not reworded and without_whole_year(names[0]) == without_whole_year(names[1]):
        return Verdict(Relation.SAME_TEMPLATE, "只差时段，全年是默认的", Ground.WORDS)
    if not slots:
        told = "、".join(f"“{a.text}”和“{b.text}”" for a, b in reworded if len(a.text + b.text) > _PAIR)
        return Verdict(
            Relation.PARAPHRASE, f"只差同义的说法：{told}" if told else "只差虚词或标点", Ground.WORDS
        )
    kinds = "、".join(dict.fromkeys(a.kind.value for a, _ in slots))
    if all(is_same_day(a, b) for a, b in slots):
        return Verdict(Relation.PARAPHRASE, "日期写法不同，是同一天", Ground.WORDS)
    named = [a for a, _ in slots if a.kind not in (PartKind.NUMBER, PartKind.TIME)]
    rest = [a for a, _ in aligned.common if a.kind not in SLOTS]
    if named and rest and not is_statement(rest):
        return Verdict(Relation.DIFFERENT, f"{kinds}不同，此外只有度量词", Ground.WORDS)
    if len(reworded) >= REWORDED:
        return Verdict(Relation.PARAPHRASE, f"{kinds}不同，其余是同义的说法", Ground.WORDS)
    return Verdict(Relation.SAME_TEMPLATE, f"只差{kinds}", Ground.WORDS)


def _measured(
    aligned: Aligned, asked: tuple[str | None, str | None], share: float, *, is_said: bool
) -> Verdict:
    """Two names of which at least one ends with a measure: what is measured, and of what or whom."""
    if not measures_agree(*asked):
        one, other = (f"“{measure}”" if measure else "没有说" for measure in asked)
        return Verdict(Relation.DIFFERENT, f"度量不同：一处是{one}，另一处是{other}", Ground.MEASURE)
    if not any(a.kind not in SLOTS for a, _ in aligned.common) and not aligned.near:
        return Verdict(Relation.DIFFERENT, "没有相同的用词", Ground.FEW)
    bodies = [part for part in aligned.only if part.kind in (PartKind.BODY, PartKind.PLACE)]
    if bodies and any(content_of(side) for pair in aligned.unlike for side in pair):
        return Verdict(Relation.DIFFERENT, f"度量相同，对象不同：只有一处是“{bodies[0].text}”", Ground.OBJECT)
    both = [(a, b) for a, b in aligned.unlike if _measured_of(a) and _measured_of(b)]
    if both:
        told = "；".join(f"“{printed(a)}”和“{printed(b)}”" for a, b in both)
        return Verdict(Relation.DIFFERENT, f"度量相同，对象不同：{told}", Ground.OBJECT)
    more = [part for pair in aligned.unlike for side in pair for part in content_of(side)]
    people = [part for part in more if part.kind is PartKind.PEOPLE]
    if people and not _asks_people(aligned):
        return Verdict(Relation.DIFFERENT, f"“{people[0].text}”只在一处是度量的对象", Ground.OBJECT)
    own = [part for part in more if part.meaning not in GENERIC]
    if own and not is_said:
        return Verdict(
            Relation.DIFFERENT, f"只有一处说了“{own[0].text}”，另一处没有说度量什么", Ground.MEASURE
        )
    sides = [any(pair[at] for pair in aligned.unlike) for at in (0, 1)]
    # What a project costs in all is not what one of its things costs.
    is_bare = min(len(aligned.one), len(aligned.other)) <= _BARE and asked[0] != _COST
    if is_said and not all(sides) and (is_bare or not own):
        return Verdict(Relation.PARAPHRASE, "度量相同，一处没有说对象或少说了一些", Ground.PART)
    if share >= ALIKE_MEASURED:
        return Verdict(Relation.PARAPHRASE, f"度量相同，对象相同或一处说得更细（{share:.0%}）", Ground.FINER)
    return Verdict(Relation.DIFFERENT, f"相同或同义的用词不多（{share:.0%}）", Ground.FEW)


def _asks_people(aligned: Aligned) -> bool:
    return any(part.text in _SATISFACTION for part, _ in aligned.common)


def measures_agree(one: str | None, other: str | None) -> bool:
    """Whether two measures can be one: a bare 数 counts anything, 次数 only times."""
    if one is None or other is None:
        return False
    counts = [measure for measure in (one, other) if measure.endswith("数")]
    return one == other or (len(counts) == 2 and "数" in counts)
