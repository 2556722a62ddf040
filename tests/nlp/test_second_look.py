"""A second look where no rule finds a relation, and what it was trained on."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from nlp.relate import IndicatorText, by_rules, relate
from nlp.relation_evidence import Evidence
from nlp.relation_names import NameRelation
from nlp.relation_pairs import MarkedPair, gold_pairs, gold_row_pairs, own_pairs
from nlp.second_look import BIAS, WEIGHTS, second_look
from nlp.train_relations import cross_validate, macro_f1, train, weights_told
from ontology.model import Relation

GOLD = Path(__file__).parents[3] / "shared" / "gold"
OPEN = IndicatorText(name="政务外网使用正常"), IndicatorText(name="接入政务外网的单位网络运行正常")
"""Two names of which no rule says that they are one thing."""


def evidence_of(one: IndicatorText, other: IndicatorText) -> Evidence | None:
    """What is weighed of two indicators; None where the rules settle their relation."""
    kept: list[Evidence] = []

    def keep(found: NameRelation, evidence: Evidence) -> NameRelation:
        kept.append(evidence)
        return found

    relate(one, other, weigh=keep)
    return kept[0] if kept else None


def test_two_names_that_no_rule_brings_together_are_one_thing() -> None:
    assert by_rules(*OPEN).relation is Relation.DIFFERENT
    found = relate(*OPEN)
    assert found.relation is Relation.PARAPHRASE
    assert found.reason == (
        "都说到“政务”、“外网”；“使用”和“单位网络运行”说法不同，只有一处有“接入”，合起来看说的是一件事"
    )
    turned = relate(*OPEN[::-1])
    assert turned.relation is Relation.PARAPHRASE
    assert "“单位网络运行”和“使用”" in turned.reason


def test_what_stands_in_one_target_seldom_says_the_same() -> None:
    one, other = (
        IndicatorText(name="苗木养护完好率", printed_value="100%"),
        IndicatorText(name="完好养护苗木"),
    )
    assert relate(one, other).relation is Relation.PARAPHRASE
    within = relate(replace(one, target="甲"), replace(other, target="甲"))
    assert within.relation is Relation.DIFFERENT
    assert relate(replace(one, target="甲"), replace(other, target="乙")).relation is Relation.PARAPHRASE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("提升政务服务水平", "降低政务服务水平"),  # opposites
        ("发生安全事故", "不发生安全事故"),  # denied once
        ("修缮校舍", "采购疫苗"),  # nothing in common
        ("培训农技人员", "培训农技人员"),  # the same
    ],
)
def test_what_the_rules_settle_is_not_weighed(one: str, other: str) -> None:
    assert evidence_of(IndicatorText(name=one), IndicatorText(name=other)) is None


def test_a_floor_and_a_ceiling_are_not_weighed() -> None:
    one, other = (
        replace(item, printed_value=value) for item, value in zip(OPEN, ("≥9次", "≤9次"), strict=True)
    )
    assert evidence_of(one, other) is None


def test_every_piece_of_evidence_has_its_weight_and_no_weight_is_left_over() -> None:
    found = evidence_of(*OPEN)
    assert found is not None
    weights = train(own_pairs())
    assert [*weights] == [BIAS, *found]
    told = weights_told(weights)
    declared = WEIGHTS.read_text("utf-8")
    assert [line.partition(" =")[0] for line in told.splitlines()] == [
        line.partition(" =")[0] for line in declared.splitlines()
    ]


def test_training_learns_what_people_said_and_gives_the_same_again() -> None:
    pairs = own_pairs()
    weights = train(pairs)
    again = train(pairs)
    assert all(np.array_equal(weights[name], again[name]) for name in weights)
    turned = {Relation.PARAPHRASE: Relation.DIFFERENT, Relation.DIFFERENT: Relation.PARAPHRASE}
    opposite = train([replace(pair, relation=turned.get(pair.relation, pair.relation)) for pair in pairs])
    hard = [pair for pair in pairs if pair.counts == 0.3]

    def right(by: dict[str, np.ndarray]) -> int:
        found = (relate(pair.one, pair.other, weigh=lambda f, e: second_look(f, e, by)) for pair in hard)
        return sum(pair.relation is item.relation for pair, item in zip(hard, found, strict=True))

    assert right(dict(weights)) > right(dict(opposite)) + 50


def test_own_pairs_are_of_all_relations_and_both_kinds() -> None:
    pairs = own_pairs()
    assert {pair.counts for pair in pairs} == {0.3, 0.1}
    assert {pair.relation for pair in pairs} == set(Relation) - {Relation.IDENTICAL}
    assert any(pair.one.target and pair.one.target == pair.other.target for pair in pairs)


@pytest.mark.shared
@pytest.mark.skipif(not GOLD.is_dir(), reason="../shared/gold 不在，交叉验证跳过")
def test_the_gold_is_read_by_weights_that_have_not_seen_it() -> None:
    gold, rows, own = gold_pairs(GOLD), gold_row_pairs(GOLD), own_pairs()
    assert macro_f1(gold, cross_validate(gold, [*rows, *own], 5)) >= 0.92
    chosen: list[MarkedPair] = [pair for pair in rows if pair.counts == 1]
    assert len(chosen) > 250
    weighed = macro_f1(chosen, cross_validate(chosen, [*gold, *rows, *own], 5))
    ruled = macro_f1(chosen, [by_rules(pair.one, pair.other).relation for pair in chosen])
    assert weighed >= 0.87
    assert weighed > ruled + 0.03
