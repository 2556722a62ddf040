"""Whether two statements differ only in the project's own object (对象互换): one template, or two things.

保障防汛工作顺利进行 and 保障普查工作顺利进行 follow one template: what is left says nothing of a task, or
what is exchanged stands in each project's own name or goal.
"""

from collections.abc import Sequence
from dataclasses import replace

from nlp.name_alignment import Aligned, Difference, content_of, printed
from nlp.normal_form import concept_of
from nlp.parts import SLOTS, Part, PartKind, is_statement
from nlp.relation_words import ENSURING, GENERIC
from ontology.model import Relation

_EXCHANGED = SLOTS | {PartKind.WORD, PartKind.ACTION, PartKind.PEOPLE}
_MOST_EXCHANGED = 2
_THINGS = frozenset({PartKind.WORD, PartKind.PEOPLE})
_LONG_FRAME = 3
REWORDED = 2
"""Words put otherwise from which two names are said in other words, and follow no one template."""


def exchanged_objects(aligned: Aligned, contexts: tuple[str, str]) -> tuple[Relation, str] | None:
    """Whether only the project's own object differs, with a statement left over."""
    frame = [a for a, _ in aligned.common if a.kind not in SLOTS]
    ensuring, aligned = _without_ensuring(aligned)
    frame += ensuring if any(part.kind is PartKind.MANNER for part in frame) else []
    sides = [(side, contexts[at]) for pair in aligned.unlike for at, side in enumerate(pair)]
    if not all(_may_be_exchanged(side) for side, _ in sides) or not _says_something(frame):
        return None
    if not 0 < len(aligned.unlike) <= _MOST_EXCHANGED or _predicates(aligned):
        return None
    exchanged = [(part, context) for side, context in sides for part in side if part.kind not in SLOTS]
    owned = [_is_own(part, context) for part, context in exchanged]
    neutral = [part.meaning in GENERIC for part, _ in exchanged]
    own = not exchanged or (
        any(owned) and (_is_one_thing(aligned) or all(x or y for x, y in zip(owned, neutral, strict=True)))
    )
    general = _is_general(aligned, frame) and any(_keeps_going(part) for part in frame)
    named = (
        own
        or all(content_of(a) and content_of(b) for a, b in aligned.unlike)
        or _names_a_task(aligned)
        or _names_bodies(aligned)
    )
    if not (own or general) or not named:
        return None
    told = "；".join(
        f"“{d.one}”和“{d.other}”" if d.one and d.other else f"只有一处有“{d.one or d.other}”"
        for d in (Difference(printed(a), printed(b)) for a, b in aligned.pairs)
    )
    return Relation.SAME_TEMPLATE, f"只差各自的对象：{told}"


def _without_ensuring(aligned: Aligned) -> tuple[list[Part], Aligned]:
    """What only one name says of ensuring (保障) what both say goes on as it should, and the rest."""
    ensuring = [side[0] for side in (aligned.one, aligned.other) if side and side[0].meaning in ENSURING]
    left = [
        (tuple(p for p in a if p not in ensuring), tuple(p for p in b if p not in ensuring))
        for a, b in aligned.unlike
    ]
    if left == list(aligned.unlike):
        return [], aligned
    return ensuring[:1], replace(aligned, unlike=tuple(pair for pair in left if pair[0] or pair[1]))


def _is_general(aligned: Aligned, frame: Sequence[Part]) -> bool:
    """Whether what two names share says nothing of a task, but for the heads of what is exchanged."""
    heads = {
        whole[whole.index(stretch[-1]) + 1 :][:1]
        for at, whole in enumerate((aligned.one, aligned.other))
        for pair in aligned.unlike
        if (stretch := pair[at])
    }
    return all(part.meaning in GENERIC or (part,) in heads for part in frame)


def _says_something(frame: Sequence[Part]) -> bool:
    """Whether what two names share is a statement, if only 按…标准列支."""
    return is_statement(frame) or (
        len(frame) > 1 and any(part.kind in (PartKind.ACTION, PartKind.MANNER) for part in frame)
    )


def _predicates(aligned: Aligned) -> bool:
    """Whether an exchanged word is what is done, not what it is done to: 及时拨付 and 及时开支."""
    for side, whole in ((0, aligned.one), (1, aligned.other)):
        for pair in aligned.unlike:
            for part in pair[side]:
                at = whole.index(part)
                after_manner = at > 0 and whole[at - 1].kind is PartKind.MANNER
                if part.kind is PartKind.ACTION and after_manner and at == len(whole) - 1:
                    return True
    return False


def _names_a_task(aligned: Aligned) -> bool:
    """Whether what only one name has is a word of a task: 日常 is none, 防汛 is one."""
    return any(part.meaning not in GENERIC for pair in aligned.unlike for side in pair for part in side)


def _names_bodies(aligned: Aligned) -> bool:
    """Whether two names say the same in the same words of two bodies or documents."""
    named = (PartKind.BODY, PartKind.TITLE)
    exchanged = any(a.kind in named and concept_of(a.text) != concept_of(b.text) for a, b in aligned.common)
    reworded = sum(a.kind not in SLOTS and a.text != b.text for a, b in aligned.common)
    return exchanged and reworded < REWORDED


def _is_one_thing(aligned: Aligned) -> bool:
    """Whether one thing stands for one other in a long statement: the one project's own, the other's too."""
    shared = [part for part, _ in aligned.common if part.kind not in SLOTS]
    return (
        len(aligned.unlike) == 1
        and all(len(side) == 1 and side[0].kind in _THINGS for side in aligned.unlike[0])
        and len(content_of(shared)) >= _LONG_FRAME
    )


def _keeps_going(part: Part) -> bool:
    """Whether a word says that something of any kind goes on as it should: 保障, 正常, 按时."""
    return part.kind is PartKind.MANNER or part.meaning in ENSURING


def _may_be_exchanged(parts: Sequence[Part]) -> bool:
    return all(part.kind in _EXCHANGED for part in parts)


def _is_own(part: Part, context: str) -> bool:
    return len(part.text) > 1 and (part.text in context or part.meaning in context)
