"""The relation of two indicators (指标关系): identical, same template, paraphrase, different, and why.

Name and value are compared together. No single likeness decides: what is measured, whom it is about,
which way it goes, in what unit, and what is left when numbers, dates, bodies, places and the project's
own object are taken out.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

from nlp.name_alignment import Difference, paraphrase_keys
from nlp.name_measures import asks_when, measure_of_name, name_without_time, names_measure
from nlp.normal_form import concept_of
from nlp.relation_evidence import Evidence, evidence
from nlp.relation_names import Ground, NameRelation, measures_agree, relate_names
from nlp.relation_values import (
    UNIT_PRICE,
    ValueRelation,
    implies_date,
    is_money,
    is_none,
    is_whole,
    measure_of,
    relate_values,
    value_key,
)
from nlp.second_look import is_doubtful, is_open, second_look
from ontology.model import Relation

Weigh: TypeAlias = Callable[[NameRelation, Evidence], NameRelation]
"""Given what the rules say of two names, and the evidence, return the relation that it weighs for."""

_PER_PIECE = re.compile("[单均每]")
_PROJECT = "项目"
_WHERE_DATED = "一处的期限写在名称里，另一处写在指标值里"
_AMOUNT_NAMED = "一处只在名称里写了金额，另一处的指标值就是这个金额"


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorText:
    """What two indicators are compared by; `context` holds its project's name, unit and goal.

    `target` names the target that it stands in, where that is known: who lists two indicators in one
    target seldom means the same by them.
    """

    name: str
    printed_value: str = ""
    context: str = ""
    target: str = ""


@dataclass(frozen=True, slots=True)
class RelationReading:
    """A relation, the reason in plain words, where the names differ, and how much they share (0 to 1)."""

    relation: Relation
    reason: str
    differences: tuple[Difference, ...] = ()
    likeness: float = 1.0


def by_rules(one: IndicatorText, other: IndicatorText) -> RelationReading:
    """Given two indicators of very many, return what the rules say of them, and why.

    Of those that a search meets nearly all are different: what only a second look would find is left out,
    and what it doubts too.
    """
    return relate(one, other, only_rules=True)


def relate(
    one: IndicatorText, other: IndicatorText, *, weigh: Weigh = second_look, only_rules: bool = False
) -> RelationReading:
    """Given two indicators that somebody compares, return their relation and why.

    Where no rule finds one, and where one finds it by how much is shared, `weigh` decides by all the
    evidence; with `only_rules` only the latter.

    >>> relate(IndicatorText(name="提升服务水平"), IndicatorText(name="降低服务水平")).reason
    '“提升”和“降低”相反'
    """
    names = concept_of(one.name), concept_of(other.name)
    values = _values(one, other)
    if names[0] is None and names[1] is None:
        return _nameless(values, one, other)
    if names[0] == names[1]:
        return _same_name(values, one, other)
    if None in names:
        if values.is_equal and concept_of(one.printed_value):
            return RelationReading(Relation.PARAPHRASE, "指标值相同，一处没有印名称", likeness=0.6)
        return RelationReading(Relation.DIFFERENT, "一处没有印名称，指标值也不同", likeness=0.0)
    return _other_name(values, one, other, weigh, only_rules=only_rules)


def may_be_paraphrases(one: IndicatorText, other: IndicatorText) -> bool:
    """Whether two indicators can say the same in other words: a quick look that misses none."""
    if asks_when(one.name) != asks_when(other.name) or not (concept_of(one.name) and concept_of(other.name)):
        return True
    if _is_amount_of(one, other) or _is_amount_of(other, one):
        return True
    keys = paraphrase_keys(one.name), paraphrase_keys(other.name)
    return not keys[0].isdisjoint(keys[1]) and not _measure_apart(one.name, other.name, keys)


def _measure_apart(one: str, other: str, keys: tuple[frozenset[str], frozenset[str]]) -> bool:
    """Whether two names measure two things, so that no words in common can make one of them.

    Names of the same words in another order, and one short for the other, are left to be read.
    """
    measures = measure_of_name(one), measure_of_name(other)
    if None in measures or measures_agree(*measures):
        return False
    return not (keys[0] <= keys[1] or keys[1] <= keys[0] or _is_written_in(one, other))


def _is_written_in(one: str, other: str) -> bool:
    """Whether the letters of one name all stand in the other."""
    return set(one) <= set(other) or set(other) <= set(one)


def _values(one: IndicatorText, other: IndicatorText) -> ValueRelation:
    """How two values stand to each other; 单页成本 is per page, whether its value says so or not."""
    values = relate_values(one.printed_value, other.printed_value)
    if values.reason == UNIT_PRICE and _PER_PIECE.search(one.name) and _PER_PIECE.search(other.name):
        return replace(values, conflict=False, reason="指标值的数不同")
    return values


def _nameless(values: ValueRelation, one: IndicatorText, other: IndicatorText) -> RelationReading:
    if not concept_of(one.printed_value) or not concept_of(other.printed_value):
        return RelationReading(Relation.DIFFERENT, "没有可比的文字", likeness=0.0)
    if values.is_equal:
        return RelationReading(Relation.IDENTICAL, "都没有印名称，指标值相同")
    return _from_names(relate_names(one.printed_value, other.printed_value), "都没有印名称，指标值")


def _same_name(values: ValueRelation, one: IndicatorText, other: IndicatorText) -> RelationReading:
    if values.is_equal:
        return RelationReading(Relation.IDENTICAL, f"名称相同，{values.reason}")
    if values.conflict and (values.is_strict or names_measure(one.name)):
        return RelationReading(Relation.DIFFERENT, f"名称相同，但{values.reason}", likeness=0.5)
    if values.same_meaning:
        return RelationReading(Relation.PARAPHRASE, f"名称相同，{values.reason}")
    if values.both_words:
        words = relate_names(one.printed_value, other.printed_value, (one.context, other.context))
        if words.ground is Ground.NOTHING:
            return RelationReading(Relation.PARAPHRASE, "名称相同，指标值只差程度的说法", likeness=0.9)
        return _from_names(words, "名称相同，指标值")
    return RelationReading(Relation.SAME_TEMPLATE, f"名称相同，{values.reason}", likeness=0.9)


def _other_name(
    values: ValueRelation, one: IndicatorText, other: IndicatorText, weigh: Weigh, *, only_rules: bool
) -> RelationReading:
    if _is_amount_of(one, other) or _is_amount_of(other, one):
        return RelationReading(Relation.PARAPHRASE, _AMOUNT_NAMED, (Difference(one.name, other.name),), 0.5)
    if values.both_money and one.name.endswith(_PROJECT) and other.name.endswith(_PROJECT):
        differences = (Difference(one.name, other.name),)
        return RelationReading(Relation.SAME_TEMPLATE, "都是项目和它的金额", differences, 0.5)
    names = _names_related(one, other)
    asks = names_measure(one.name) and names_measure(other.name)
    if names.relation is not Relation.DIFFERENT and values.conflict and (values.is_strict or asks):
        return RelationReading(Relation.DIFFERENT, values.reason, names.differences, names.likeness)
    at_odds = values.conflict and (values.is_strict or asks)
    may_be_open = not only_rules and not at_odds and is_open(names, (one.name, other.name))
    if may_be_open or is_doubtful(names):
        is_one_target = bool(one.target) and one.target == other.target
        printed = one.printed_value, other.printed_value
        names = weigh(names, evidence((one.name, other.name), printed, names, values, is_one_target))
    reason = names.reason
    if names.relation is not Relation.DIFFERENT and not values.same_meaning and values.are_printed:
        reason = f"{reason}；{values.reason}"
    return RelationReading(names.relation, reason, names.differences, names.likeness)


def _is_amount_of(one: IndicatorText, other: IndicatorText) -> bool:
    """Whether a name is no more than the amount of money that is the value of a project."""
    is_named = is_money(one.name) and (not one.printed_value or is_whole(one.printed_value))
    is_project = other.name.endswith(_PROJECT) and concept_of(other.name) != _PROJECT
    return is_named and is_project and value_key(one.name) == value_key(other.printed_value)


def _names_related(one: IndicatorText, other: IndicatorText) -> NameRelation:
    """What the rules say of two names, with the date in the value where one name asks when."""
    contexts = one.context, other.context
    counted = measure_of(one.printed_value), measure_of(other.printed_value)
    none = is_none(one.printed_value), is_none(other.printed_value)
    timed = asks_when(one.name), asks_when(other.name)
    if timed[0] != timed[1]:
        found = relate_names(_said(one, timed[0]), _said(other, timed[1]), contexts, counted, none)
        if found.relation is Relation.SAME_TEMPLATE and found.ground is Ground.WORDS:
            return replace(found, relation=Relation.PARAPHRASE, reason=f"{_WHERE_DATED}，{found.reason}")
        return found
    return relate_names(one.name, other.name, contexts, counted, none)


def _said(item: IndicatorText, asks: bool) -> str:
    """What an indicator says; 完工时间 with a date says what 2023年底前完工 says."""
    if not asks or not implies_date(item.printed_value):
        return item.name
    done = name_without_time(item.name)
    return (
        item.printed_value if item.printed_value.rstrip("。；;").endswith(done) else item.printed_value + done
    )


def _from_names(found: NameRelation, about: str) -> RelationReading:
    return RelationReading(found.relation, f"{about}：{found.reason}", found.differences, found.likeness)
