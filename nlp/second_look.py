"""A second look at two names (复核): all that speaks for one relation or another, weighed.

It is taken where no rule finds a relation, for indicators that somebody compares, and always where a
rule finds one by how much the names share or by what is exchanged in them: of what a search finds so,
half would be wrong. What rules settle (opposites, values at odds, the same words) is not weighed. The
weights are those of two multinomial logistic regressions, trained on pairs that people labelled
(`nlp/train_relations.py`).
"""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from nlp.name_alignment import Aligned, content_of
from nlp.name_measures import names_measure
from nlp.parts import SLOTS
from nlp.relation_evidence import Evidence, shared_letters
from nlp.relation_names import Ground, NameRelation
from ontology.model import Relation

WEIGHTS = Path(__file__).with_name("relation_weights.toml")
CLASSES = (Relation.SAME_TEMPLATE, Relation.PARAPHRASE, Relation.DIFFERENT)
BIAS = "常数"
FEWEST_SHARED = 0.1
"""Part of all letter pairs that two names share at least; of those that share fewer nearly all differ."""
CLEARLY = 0.35
"""By how much evidence must weigh more than what the rules say (logarithm of the odds)."""
_OPEN = frozenset({Ground.MEASURE, Ground.OBJECT, Ground.FEW, Ground.THING})
_DOUBTED = frozenset({Ground.SHARE, Ground.PART, Ground.FINER, Ground.TEMPLATE})

Weights: TypeAlias = Mapping[str, npt.NDArray[np.float64]]
"""What each piece of evidence weighs for each class."""


class Looks(NamedTuple):
    """The weights of the two questions: whether there is a relation after all, and whether it is none."""

    open: Weights
    doubt: Weights


def is_doubtful(found: NameRelation) -> bool:
    """Whether a rule found a relation by weighing words, which all the evidence may outweigh."""
    return found.relation is not Relation.DIFFERENT and found.ground in _DOUBTED


def is_open(found: NameRelation, names: tuple[str, str]) -> bool:
    """Whether a rule found no relation, for a reason that other evidence may outweigh."""
    if found.relation is not Relation.DIFFERENT or found.ground not in _OPEN or found.aligned is None:
        return False
    if found.ground is Ground.MEASURE and all(map(names_measure, names)):
        return False
    shares = any(one.kind not in SLOTS for one, _ in found.aligned.common)
    return (shares or bool(found.aligned.near)) and shared_letters(names) >= FEWEST_SHARED


def second_look(found: NameRelation, evidence: Evidence, looks: Looks | None = None) -> NameRelation:
    """Given what the rules say and the evidence, return the relation that it weighs for most.

    A doubtful relation stays as it is or is none; where there was none, either may be found. What the
    rules say stands unless the evidence outweighs it clearly.
    """
    open_, doubt = _looks() if looks is None else looks
    weights = doubt if is_doubtful(found) else open_
    scores = sum((value * weights[name] for name, value in evidence.items()), weights[BIAS])
    is_none = np.array([one is Relation.DIFFERENT for one in CLASSES])
    scores = scores + np.where(is_none == (found.relation is Relation.DIFFERENT), CLEARLY, 0.0)
    relation = CLASSES[int(np.argmax(scores))]
    if (relation is Relation.DIFFERENT) == (found.relation is Relation.DIFFERENT):
        return found
    return replace(found, relation=relation, reason=_reason(relation, found))


@cache
def _looks() -> Looks:
    declared = tomllib.loads(WEIGHTS.read_text("utf-8"))
    open_, doubt = (
        {name: np.array(values) for name, values in declared[question].items()} for question in Looks._fields
    )
    return Looks(open_, doubt)


_SAID = {
    Relation.PARAPHRASE: "合起来看说的是一件事",
    Relation.SAME_TEMPLATE: "合起来看是同一句话换了对象",
    Relation.DIFFERENT: "合起来看不是一件事",
}


def _reason(relation: Relation, found: NameRelation) -> str:
    """What two names share and where they differ, told in the order in which they were given."""
    exchanged = [f"“{item.one}”和“{item.other}”" for item in found.unlike if item.one and item.other]
    added = [f"“{item.one or item.other}”" for item in found.unlike if not (item.one and item.other)]
    told = [
        f"{'、'.join(dict.fromkeys(exchanged))}说法不同" if exchanged else "",
        f"只有一处有{'、'.join(dict.fromkeys(added))}" if added else "",
        _SAID[relation],
    ]
    return "；".join(filter(None, (_shared(found.aligned), "，".join(filter(None, told)))))


def _shared(aligned: Aligned | None) -> str:
    """The words that two names have in common, those that name something first; "" where there are none."""
    if aligned is None:
        return ""
    common = [one for one, _ in aligned.common if one.kind not in SLOTS]
    told = content_of(common) or common
    if told:
        return f"都说到{'、'.join(dict.fromkeys(f'“{part.text}”' for part in told))}"
    near = list(dict.fromkeys(f"“{part.text}”" for part in aligned.near))
    return f"{'和'.join(near[:2])}相近" if len(near) > 1 else ""
