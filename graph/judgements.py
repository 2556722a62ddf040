"""What people have judged (人工判断): that two indicators, or two targets, are the same, or are not.

Judgements stand apart from what is computed, in the words of those who judged, and are applied again
after every rebuild: “not the same” takes a pair out, “same” puts it in, “unsure” changes nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from nlp.normal_form import concept_of
from nlp.relate import IndicatorText, RelationReading
from ontology.ids import stable_id
from ontology.model import Relation

if TYPE_CHECKING:
    from graph.copies import TargetPair


class Verdict(StrEnum):
    """What a person says of a pair."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


VERDICT_WORDS = {Verdict.SAME: "是一回事", Verdict.DIFFERENT: "不是一回事", Verdict.UNSURE: "说不准"}
"""What people call the verdicts."""


_PAIR = 2


class Subject(StrEnum):
    """What a judgement is about."""

    INDICATORS = "indicators"
    TARGETS = "targets"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One judgement of a pair; `one` and `other` are names of indicators, or ids of targets."""

    subject: Subject
    one: str
    other: str
    verdict: Verdict
    remark: str = ""
    judge: str = ""
    day: str = ""

    @property
    def key(self) -> frozenset[str]:
        """The pair, whichever stands first."""
        if self.subject is Subject.TARGETS:
            return frozenset((self.one, self.other))
        return frozenset(concept_id(name) for name in (self.one, self.other))

    @property
    def said(self) -> str:
        """The judgement in plain words, with its remark."""
        return f"人工判断{VERDICT_WORDS[self.verdict]}" + (f"：{self.remark}" if self.remark else "")


@dataclass(frozen=True, slots=True)
class Judgements:
    """All judgements of a workspace; of a pair the newest counts."""

    listed: tuple[Judgement, ...] = ()
    _verdicts: dict[tuple[Subject, frozenset[str]], Judgement] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        self._verdicts.update({(item.subject, item.key): item for item in self.listed})

    def of_indicators(self, one: str, other: str) -> Judgement | None:
        """What was judged of two indicators by their names."""
        return self._verdicts.get((Subject.INDICATORS, frozenset((concept_id(one), concept_id(other)))))

    def of_targets(self, one: str, other: str) -> Judgement | None:
        """What was judged of two targets by their ids."""
        return self._verdicts.get((Subject.TARGETS, frozenset((one, other))))

    @property
    def judged_targets(self) -> frozenset[str]:
        """The ids of the targets that somebody has judged: none of them is taken for another."""
        return frozenset(
            key for subject, pair in self._verdicts for key in pair if subject is Subject.TARGETS
        )

    def allows_targets(self, pair: "TargetPair") -> bool:
        """Whether nobody has judged that two targets are not copied."""
        found = self.of_targets(pair.one.id, pair.other.id)
        return found is None or found.verdict is not Verdict.DIFFERENT

    def pairs(self, subject: Subject, verdict: Verdict) -> dict[frozenset[str], Judgement]:
        """The pairs that were judged so, by the ids of two concepts, or of two targets."""
        return {
            key: item
            for (about, key), item in self._verdicts.items()
            if about is subject and item.verdict is verdict
        }

    def applied(
        self, found: Iterable[tuple[str, str, RelationReading]], texts: dict[str, IndicatorText]
    ) -> list[tuple[str, str, RelationReading]]:
        """Pairs of concepts as people have judged them: without those apart, with those one."""
        kept = {frozenset((one, other)): (one, other, reading) for one, other, reading in found}
        for key in self.pairs(Subject.INDICATORS, Verdict.DIFFERENT):
            kept.pop(key, None)
        for key, item in self.pairs(Subject.INDICATORS, Verdict.SAME).items():
            pair = sorted(key)
            if len(pair) == _PAIR and all(part in texts for part in pair):
                reading = RelationReading(Relation.PARAPHRASE, item.said, likeness=1.0)
                kept[key] = (pair[0], pair[1], reading)
        return list(kept.values())


def concept_id(name: str) -> str:
    """The id of the concept that an indicator of this name expresses."""
    return stable_id("concept", concept_of(name) or "")
