"""Copied targets (雷同目标): targets that share their indicators, and indicators repeated within one.

A pair shares half of the smaller one's indicators at least. Each indicator counts once, in the largest
number of pairs that there can be; what says nothing (only numbers, a single letter) counts nowhere.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from graph.cliques import cliques
from graph.comparable import Kinship, compared_text, kinship, related
from graph.copy_search import COPIED, label_of
from graph.corpus import IndicatorItem, TargetItem
from graph.judgements import Judgement, Verdict
from graph.matching import most_pairs
from nlp.normal_form import concept_of
from nlp.relate import IndicatorText, RelationReading, may_be_paraphrases
from ontology.model import Relation


@dataclass(frozen=True, slots=True)
class SharedIndicator:
    """Two indicators that two targets share, how, and why it is said."""

    one: IndicatorItem
    other: IndicatorItem
    reading: RelationReading

    @property
    def turned(self) -> "SharedIndicator":
        """The same with the two targets in the other order."""
        # A reason quotes its two sides in their order.
        return SharedIndicator(self.other, self.one, related(self.other.text, self.one.text))


@dataclass(frozen=True, slots=True)
class TargetPair:
    """Two targets and what they share; `share` is the part of the smaller one's indicators."""

    one: TargetItem
    other: TargetItem
    shared: tuple[SharedIndicator, ...]
    share: float
    judged: Judgement | None = None

    @property
    def label(self) -> str:
        """copied from 80 % of the smaller one's indicators on, or as judged; partly_copied below."""
        is_judged_same = self.judged is not None and self.judged.verdict is Verdict.SAME
        return COPIED if is_judged_same else label_of(self.share)

    @property
    def in_order(self) -> tuple[TargetItem, TargetItem]:
        """The two targets, that of the earlier year first; of one year, or none, by their ids."""
        one, other = sorted((self.one, self.other), key=lambda item: item.order)
        return one, other

    @property
    def shared_in_order(self) -> tuple[SharedIndicator, ...]:
        """What they share, told from the one that is first in order."""
        is_turned = self.in_order[0] is not self.one
        return tuple(item.turned for item in self.shared) if is_turned else self.shared

    @property
    def earlier(self) -> TargetItem | None:
        """The one that appears earlier, where the years tell."""
        one, other = self.in_order
        if one.fiscal_year is None or other.fiscal_year is None or one.fiscal_year == other.fiscal_year:
            return None
        return one

    @property
    def earlier_word(self) -> str | None:
        """Where it stands first, where the years tell: said without blame."""
        first = self.earlier
        return None if first is None else f"先见于 {first.fiscal_year} 年“{first.name}”"


@dataclass(frozen=True, slots=True)
class Repeat:
    """Indicators of one target that say the same, and how."""

    target: TargetItem
    indicators: tuple[IndicatorItem, ...]
    reading: RelationReading
    judged: Judgement | None = None

    @property
    def reason(self) -> str:
        """Why it is said, with the classes that it stands under where they are several."""
        classes = list(dict.fromkeys(item.class_name for item in self.indicators if item.class_name))
        several = f"；分别列在{'、'.join(classes)}之下" if len(classes) > 1 else ""
        return self.reading.reason + several


def compare_targets(
    one: TargetItem, other: TargetItem, apart: Container[frozenset[str | None]] = frozenset()
) -> TargetPair:
    """What two targets share: each indicator at most once, as many as can be, equal ones first.

    Two concepts (by their ids) that are `apart` are not shared, whatever their words say.
    """
    mine, theirs = _speaking(one), _speaking(other)
    tiers: dict[Kinship, dict[int, list[int]]] = {kind: defaultdict(list) for kind in Kinship}
    kinds: dict[tuple[int, int], Kinship] = {}
    for i, (item, text) in enumerate(mine):
        for j, (another, against) in enumerate(theirs):
            kind = kinship(text, against)
            if kind is not None and frozenset((item.concept_id, another.concept_id)) not in apart:
                tiers[kind][i].append(j)
                kinds[i, j] = kind
    found = most_pairs([tiers[kind] for kind in Kinship])
    shared = tuple(
        SharedIndicator(mine[i][0], theirs[j][0], related(mine[i][1], theirs[j][1]))
        for i, j in sorted(found.items(), key=lambda pair: (kinds[pair], pair))
    )
    smaller = min(len(mine), len(theirs))
    return TargetPair(one, other, shared, round(len(shared) / smaller, 4) if smaller else 0.0)


def _speaking(target: TargetItem) -> list[tuple[IndicatorItem, IndicatorText]]:
    """The indicators of a target that say something, with what they are compared by."""
    texts = ((item, compared_text(item.text)) for item in target.indicators)
    return [(item, text) for item, text in texts if text is not None]


def left_out(targets: Iterable[TargetItem]) -> int:
    """How many indicators say nothing, and are compared with none: only numbers, marks, a single letter."""
    return sum(compared_text(item.text) is None for target in targets for item in target.indicators)


def repeats_within(targets: Iterable[TargetItem]) -> Iterator[Repeat]:
    """Indicators that stand twice in one target: with equal names, or saying the same in other words."""
    for target in targets:
        named = [(item, text) for item, text in _speaking(target) if text.name]
        groups: dict[str | None, list[tuple[IndicatorItem, IndicatorText]]] = defaultdict(list)
        for item, text in named:
            groups[concept_of(text.name)].append((item, text))
        for group in groups.values():
            if len(group) > 1:
                reading = related(group[0][1], group[1][1], within=True)
                yield Repeat(target, tuple(item for item, _ in group), reading)
        heads = [group[0] for group in groups.values()]
        for (one, text), (other, against) in combinations(heads, 2):
            contains = _contains(text.name, against.name)
            if not contains and not may_be_paraphrases(text, against):
                continue
            # Asked in the order of their letters, the same two texts of another target are known.
            sides = sorted((text, against), key=_letters)
            if contains or related(*sides, within=True).relation is Relation.PARAPHRASE:
                yield Repeat(target, (one, other), related(text, against, within=True))


def _letters(text: IndicatorText) -> tuple[str, str]:
    return text.name, text.printed_value


def _contains(one: str, other: str) -> bool:
    """Whether one name stands whole in the other, and is long enough to be no accident."""
    shorter, longer = sorted((concept_of(one) or "", concept_of(other) or ""), key=len)
    return len(shorter) >= 8 and shorter in longer


def target_groups(
    pairs: Iterable[tuple[TargetItem, TargetItem]], equal: Iterable[Sequence[TargetItem]] = ()
) -> list[tuple[TargetItem, ...]]:
    """Groups of three and more targets in which every two are a pair: none is in by way of another only.

    `equal` are targets with the same indicators of which the first stands for all in `pairs`. The most
    connected targets come first; each target is in one group.
    """
    large = [tuple(group) for group in equal]
    taken = {target.id for group in large for target in group}
    near: dict[str, set[str]] = defaultdict(set)
    targets: dict[str, TargetItem] = {}
    for one, other in pairs:
        if one.id not in taken and other.id not in taken:
            near[one.id].add(other.id)
            near[other.id].add(one.id)
            targets |= {one.id: one, other.id: other}
    return [*large, *(tuple(targets[member] for member in group) for group in cliques(near))]
