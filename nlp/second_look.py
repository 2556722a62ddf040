"""A second look at names in which no rule finds a relation (复核): all that speaks for one, weighed.

The weights are those of a multinomial logistic regression, trained on pairs that people labelled
(`nlp/train_relations.py`). What rules settle (opposites, values at odds) is not weighed.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from nlp.name_alignment import Aligned, content_of
from nlp.parts import SLOTS
from nlp.relation_evidence import Evidence, shared_letters
from nlp.relation_names import Ground, NameRelation
from ontology.model import Relation

WEIGHTS = Path(__file__).with_name("relation_weights.toml")
Weights: TypeAlias = Mapping[str, npt.NDArray[np.float64]]
"""What each piece of evidence weighs for each class."""
CLASSES = (Relation.SAME_TEMPLATE, Relation.PARAPHRASE, Relation.DIFFERENT)
FEWEST_SHARED = 0.1
"""Part of all letter pairs that two names share at least; of those that share fewer nearly all differ."""
BIAS = "常数"
_WEIGHED = frozenset({Ground.MEASURE, Ground.OBJECT, Ground.FEW, Ground.THING})


def may_be_weighed(found: NameRelation, names: tuple[str, str]) -> bool:
    """Whether a rule found no relation, for a reason that other evidence may outweigh."""
    if found.relation is not Relation.DIFFERENT or found.ground not in _WEIGHED or found.aligned is None:
        return False
    shares = any(one.kind not in SLOTS for one, _ in found.aligned.common)
    return (shares or bool(found.aligned.near)) and shared_letters(names) >= FEWEST_SHARED


def second_look(found: NameRelation, evidence: Evidence, weights: Weights | None = None) -> NameRelation:
    """Given what the rules say and the evidence, return the relation that it weighs for most."""
    weights = _weights() if weights is None else weights
    scores = sum((value * weights[name] for name, value in evidence.items()), weights[BIAS])
    relation = CLASSES[int(np.argmax(scores))]
    if relation is Relation.DIFFERENT or found.aligned is None:
        return found
    return replace(found, relation=relation, reason=_reason(relation, found))


@cache
def _weights() -> Weights:
    declared = tomllib.loads(WEIGHTS.read_text("utf-8"))["weights"]
    return {name: np.array(values) for name, values in declared.items()}


def _reason(relation: Relation, found: NameRelation) -> str:
    """What two names share and where they differ, told in the order in which they were given."""
    exchanged = [f"“{item.one}”和“{item.other}”" for item in found.unlike if item.one and item.other]
    added = [f"“{item.one or item.other}”" for item in found.unlike if not (item.one and item.other)]
    said = "合起来看说的是一件事" if relation is Relation.PARAPHRASE else "合起来看是同一句话换了对象"
    told = [
        f"{'、'.join(exchanged)}说法不同" if exchanged else "",
        f"只有一处有{'、'.join(added)}" if added else "",
    ]
    return f"都说到{_shared(found.aligned)}；{'，'.join([*filter(None, told), said])}"


def _shared(aligned: Aligned | None) -> str:
    """The words that two names have in common, those that name something first."""
    if aligned is None:
        return ""
    common = [one for one, _ in aligned.common if one.kind not in SLOTS]
    told = content_of(common) or common or list(aligned.near)
    return "、".join(f"“{part.text}”" for part in told)
