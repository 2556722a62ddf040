"""What speaks for two names saying the same, and against it (关系的依据), each as a number.

Rules read the names part by part; where none of them settles it, what they found is weighed together
with how much the names share (`nlp/second_look.py`). Which name comes first changes nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from nlp.name_alignment import Aligned, align, content_of, core_parts, likeness
from nlp.name_measures import names_measure
from nlp.normal_form import concept_of
from nlp.parts import SLOTS, Part, PartKind
from nlp.relation_names import Ground, NameRelation, shares_enough
from nlp.relation_values import ValueRelation, is_score_rule, is_worded, value_key
from nlp.relation_words import ENSURING, GENERIC

_LONG = 40
"""Letters above which a name's length says nothing more."""
_SATISFIED = "满意"
_NAMED = frozenset({PartKind.BODY, PartKind.PLACE})


Evidence: TypeAlias = Mapping[str, float]


def evidence(
    names: tuple[str, str],
    printed: tuple[str, str],
    found: NameRelation,
    values: ValueRelation,
    is_one_target: bool,
) -> Evidence:
    """Given two names, their printed values, and what the rules say of both, return the evidence."""
    aligned = found.aligned
    if aligned is None:
        raise ValueError("names that say nothing have no evidence")
    return {
        **_ruled(found),
        **_shared(aligned, names, printed),
        **_unlike(aligned),
        **_stated(aligned, names),
        "指标值相同": float(values.is_equal),
        "指标值相抵触": float(values.conflict),
        "没有印的指标值": float(sum(not value_key(value) for value in printed)),
        "指标值是评分办法": float(any(map(is_score_rule, printed))),
        "在一个目标里": float(is_one_target),
    }


def _ruled(found: NameRelation) -> dict[str, float]:
    return {
        "规则：度量不同": float(found.ground is Ground.MEASURE),
        "规则：对象不同": float(found.ground is Ground.OBJECT),
        "规则：共有的词太少": float(found.ground is Ground.FEW),
        "规则：不是一件事": float(found.ground is Ground.THING),
        "规则：只差各自的对象": float(found.ground is Ground.TEMPLATE),
        "规则：度量相同，少说了一些": float(found.ground is Ground.PART),
        "规则：度量相同，说得更细": float(found.ground is Ground.FINER),
        "共有的词": found.likeness,
    }


def _shared(aligned: Aligned, names: tuple[str, str], printed: tuple[str, str]) -> dict[str, float]:
    letters = [concept_of(name) or "" for name in names]
    # What one name says, the value may say in the other: 服务体系|逐步完善 and 完善服务体系.
    said = sorted(
        f"{name} {value}" if is_worded(value) else name for name, value in zip(names, printed, strict=True)
    )
    together = align(core_parts(said[0]), core_parts(said[1]))
    lengths = sorted(min(len(text), _LONG) for text in letters)
    common = [one for one, _ in aligned.common if one.kind not in SLOTS]
    return {
        "共有的字": shared_letters(names),
        "连文字的指标值一起共有的词": likeness(together),
        "共有的专属词": float(len(_own(common))),
        "相近的词": len(aligned.near) / 2,
        "次序不同": float(aligned.has_moved),
        "共有的词够多": float(shares_enough(aligned)),
        "较短的字数": float(lengths[0]),
        "字数之差": float(lengths[1] - lengths[0]),
        "数或名称不同": float(
            any(a.kind in SLOTS and concept_of(a.text) != concept_of(b.text) for a, b in aligned.common)
        ),
    }


def _unlike(aligned: Aligned) -> dict[str, float]:
    exchanged = [pair for pair in aligned.unlike if all(map(content_of, pair))]
    added = [part for pair in aligned.unlike if not all(pair) for side in pair for part in side]
    named = [sum(part.kind in _NAMED for part in side) for side in (aligned.one, aligned.other)]
    acts, manners = (
        [{part.meaning for part in side if part.kind is kind} for side in (aligned.one, aligned.other)]
        for kind in (PartKind.ACTION, PartKind.MANNER)
    )
    return {
        "专属词换了": float(sum(any(map(_own, map(content_of, pair))) for pair in exchanged)),
        "只有一处有的专属词": float(len(_own(content_of(added)))),
        "只有一处有的程度词": float(sum(part.kind is PartKind.MANNER for part in added)),
        "机构地名之差": float(abs(named[0] - named[1])),
        "动作换了": float(min(len(acts[0] - acts[1]), len(acts[1] - acts[0]))),
        "程度词换了": float(min(len(manners[0] - manners[1]), len(manners[1] - manners[0]))),
        "共有的程度词": float(len(manners[0] & manners[1])),
    }


def _stated(aligned: Aligned, names: tuple[str, str]) -> dict[str, float]:
    sides = aligned.one, aligned.other
    return {
        "没有专属词的名称": float(sum(not _own(content_of(side)) for side in sides)),
        "都是度量": float(all(map(names_measure, names))),
        "都量满意": float(all(_SATISFIED in name for name in names)),
        "都说照常按要求": float(all(any(map(_keeps_going, side)) for side in sides)),
        "末尾的词相同": float(aligned.one[-1].meaning == aligned.other[-1].meaning),
    }


def _own(parts: Iterable[Part]) -> Sequence[Part]:
    """The words that say something of the task, not only what any project says."""
    return [part for part in parts if part.meaning not in GENERIC]


def _keeps_going(part: Part) -> bool:
    return part.kind is PartKind.MANNER or part.meaning in ENSURING


def shared_letters(names: tuple[str, str]) -> float:
    """How many of all letter pairs of two names are in both (Jaccard similarity)."""
    one, other = (_letter_pairs(concept_of(name) or "") for name in names)
    return len(one & other) / (len(one | other) or 1)


def _letter_pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)} or {text}
