"""The template of an indicator (指标模板): its words, with slots for what differs from project to project.

Numbers, dates, titles of documents, bodies, places, and the project's own object become slots:
保障{对象}工作顺利进行 is what 保障防汛工作顺利进行 in 防汛抗旱经费 has in common with its like.
"""

from functools import lru_cache

from nlp.normal_form import concept_of
from nlp.parts import SLOTS, Part, PartKind, is_statement, parts_of
from nlp.relation_values import bound_side
from nlp.relation_words import GENERIC

OWN_OBJECT = "对象"
_OWN_SLOT = f"{{{OWN_OBJECT}}}"
_OBJECTS = frozenset({PartKind.WORD, PartKind.ACTION, PartKind.PEOPLE})
_ALWAYS = frozenset({PartKind.NUMBER, PartKind.TIME})


def template_of(name: str, context: str = "") -> str | None:
    """Given an indicator's name and its project's and unit's names, return its template; None if blank.

    In front of a bare measure the object is what the indicator is about, and stays: 路灯亮灯率.

    >>> template_of("2023年群众满意度")
    '{时间}群众满意度'
    >>> template_of("保障防汛工作正常进行", "防汛经费")
    '保障{对象}工作正常进行'
    """
    return _joined(name, _own_objects(name, context), light=True, bare=False)


def template_key(name: str, context: str = "", *, bare: bool = False) -> str | None:
    """What is the same for names that follow one template: its words without the light ones.

    With `bare` the object in front of a bare measure becomes a slot too.

    >>> template_key("各项防汛工作的正常进行", "防汛经费") == template_key("防汛工作正常进行", "防汛经费")
    True
    """
    return _joined(name, _own_objects(name, context), light=False, bare=bare)


@lru_cache(maxsize=100_000)
def general_frame(name: str) -> str | None:
    """What a name says of its object: its general acts and manners, as meanings; None for no statement.

    >>> general_frame("保障防汛工作顺利进行") == general_frame("确保普查工作正常开展")
    True
    """
    parts = [part for part in parts_of(name) if part.meaning in GENERIC and part.kind is not PartKind.LIGHT]
    said = [part.meaning for part in parts if part.kind in (PartKind.ACTION, PartKind.MANNER)]
    return "…".join(said) if is_statement(parts) else None


def _own_objects(name: str, context: str) -> tuple[str, ...]:
    """Of the words of a name that may be a project's own object those that stand in the context."""
    # Projects' names and goals are many, what they share with a name is little: that is remembered.
    return tuple(word for word in _objects_of(name) if word in context) if context else ()


@lru_cache(maxsize=200_000)
def _objects_of(name: str) -> tuple[str, ...]:
    found = (part for part in parts_of(name) if part.kind in _OBJECTS and part.meaning not in GENERIC)
    return tuple(dict.fromkeys(part.text for part in found if len(part.text) > 1))


@lru_cache(maxsize=400_000)
def _joined(name: str, own: tuple[str, ...], *, light: bool, bare: bool) -> str | None:
    parts = [part for part in parts_of(name) if part.kind is not PartKind.MARK]
    slots = [_slot(part, own) for part in parts]
    if not bare and not is_statement([part for part, slot in zip(parts, slots, strict=True) if slot is None]):
        slots = [slot if part.kind in _ALWAYS else None for part, slot in zip(parts, slots, strict=True)]
    pieces: list[str] = []
    for part, slot in zip(parts, slots, strict=True):
        if slot is None:
            if bare and pieces and pieces[-1] == _OWN_SLOT and _is_general_object(part):
                continue
            if light or part.kind is not PartKind.LIGHT:
                pieces.append(concept_of(part.text) or "")
        elif not pieces or pieces[-1] != slot:
            pieces.append(slot)
    return "".join(pieces) or concept_of(name)


def _is_general_object(part: Part) -> bool:
    """Whether a word belongs to the object before it without saying what it is: 人员 of 值班人员."""
    return part.kind in _OBJECTS and part.meaning in GENERIC


def _slot(part: Part, own: tuple[str, ...]) -> str | None:
    if part.kind in SLOTS:
        return _with_side(part)
    return _OWN_SLOT if part.kind in _OBJECTS and part.meaning not in GENERIC and part.text in own else None


def _with_side(part: Part) -> str:
    """A slot, and which way its number or date leaves open: 不低于90% and 不高于90% are no one template."""
    slot = f"{{{part.kind.value}}}"
    if part.kind is PartKind.NUMBER:
        return ("", "≥", "≤")[bound_side(part.text)] + slot
    return slot + "后" if part.kind is PartKind.TIME and bound_side(part.text) > 0 else slot
