"""What people have judged (人工判断): that two indicators, or two targets, are the same, or are not.

Judgements stand apart from what is computed, in the words of those who judged, and are applied again
after every rebuild: “not the same” takes a pair out, “same” puts it in, “unsure” changes nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from graph.copies import TargetPair
from nlp.normal_form import concept_of
from nlp.relate import IndicatorText, RelationReading
from ontology.ids import stable_id
from ontology.model import Relation


class Verdict(StrEnum):
    """What a person says of a pair."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


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
        return frozenset(_concept_id(name) for name in (self.one, self.other))


@dataclass(frozen=True, slots=True)
class Judgements:
    """All judgements of a workspace; of a pair the newest counts."""

    listed: tuple[Judgement, ...] = ()
    _verdicts: dict[tuple[Subject, frozenset[str]], Judgement] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        self._verdicts.update({(item.subject, item.key): item for item in self.listed})

    def of_indicators(self, one: str, other: str) -> Judgement | None:
        """What was judged of two indicators by their names."""
        return self._verdicts.get((Subject.INDICATORS, frozenset((_concept_id(one), _concept_id(other)))))

    @property
    def judged_targets(self) -> frozenset[str]:
        """The ids of the targets that somebody has judged: none of them is taken for another."""
        return frozenset(
            key for subject, pair in self._verdicts for key in pair if subject is Subject.TARGETS
        )

    def allows_targets(self, pair: TargetPair) -> bool:
        """Whether nobody has judged that two targets are not copied."""
        found = self._verdicts.get((Subject.TARGETS, frozenset((pair.one.id, pair.other.id))))
        return found is None or found.verdict is not Verdict.DIFFERENT

    def applied(
        self, found: Iterable[tuple[str, str, RelationReading]], texts: dict[str, IndicatorText]
    ) -> list[tuple[str, str, RelationReading]]:
        """Pairs of concepts as people have judged them: without those apart, with those one."""
        about = {
            key: item for (subject, key), item in self._verdicts.items() if subject is Subject.INDICATORS
        }
        kept = {frozenset((one, other)): (one, other, reading) for one, other, reading in found}
        for key, item in about.items():
            pair = sorted(key)
            if item.verdict is Verdict.DIFFERENT:
                kept.pop(key, None)
            elif item.verdict is Verdict.SAME and len(pair) == 2 and all(part in texts for part in pair):
                reading = RelationReading(Relation.PARAPHRASE, _judged(item), likeness=1.0)
                kept[key] = (pair[0], pair[1], reading)
        return list(kept.values())


def _judged(item: Judgement) -> str:
    return "人工判断是一回事" + (f"：{item.remark}" if item.remark else "")


def _concept_id(name: str) -> str:
    return stable_id("concept", concept_of(name) or "")
