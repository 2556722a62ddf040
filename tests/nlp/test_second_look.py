"""A second look where no rule finds a relation, or finds one by common words, and what it learnt from."""

from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from nlp.relate import IndicatorText, by_rules, relate
from nlp.relation_pairs import KINDS, MarkedPair, gold_pairs, gold_row_pairs, own_pairs
from nlp.second_look import BIAS, WEIGHTS, Looks, second_look
from nlp.train_relations import by_rules_alone, cross_validate, looks_told, macro_f1, open_evidence, train
from ontology.model import Relation

GOLD = Path(__file__).parents[3] / "shared" / "gold"
OPEN = IndicatorText(name="政务外网使用正常"), IndicatorText(name="接入政务外网的单位网络运行正常")
"""Two names of which no rule says that they are one thing."""


def pair(one: str, other: str, value: str = "", other_value: str = "") -> MarkedPair:
    """Two indicators, as if somebody had labelled them."""
    sides = IndicatorText(name=one, printed_value=value), IndicatorText(name=other, printed_value=other_value)
    return MarkedPair(*sides, Relation.PARAPHRASE, "hard")


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
    assert open_evidence(pair(one, other)) is None


@pytest.mark.parametrize("values", [("≥9次", "≤9次"), ("增长5%", "下降5%")])
def test_values_at_odds_are_not_weighed(values: tuple[str, str]) -> None:
    assert open_evidence(pair(OPEN[0].name, OPEN[1].name)) is not None
    assert open_evidence(pair(OPEN[0].name, OPEN[1].name, *values)) is None


def test_two_measures_that_are_named_are_not_weighed() -> None:
    assert open_evidence(pair("网络正常运行率", "网络正常运行时间")) is None


def test_what_is_found_by_common_words_is_doubted() -> None:
    one, other = IndicatorText(name="人均培训成本"), IndicatorText(name="项目总成本")
    ruled = relate(one, other, weigh=lambda found, _: found)
    assert ruled.relation is Relation.PARAPHRASE
    for found in (relate(one, other), by_rules(one, other)):
        assert found.relation is Relation.DIFFERENT
        assert found.reason.endswith("合起来看不是一件事")


def test_every_piece_of_evidence_has_its_weight_and_no_weight_is_left_over() -> None:
    evidence = open_evidence(pair(OPEN[0].name, OPEN[1].name))
    assert evidence is not None
    looks = train(own_pairs())
    for weights in looks:
        assert [*weights] == [BIAS, *evidence]
    told = [line.partition(" =")[0] for line in looks_told(looks).splitlines()]
    assert told == [line.partition(" =")[0] for line in WEIGHTS.read_text("utf-8").splitlines()]


def test_training_learns_what_people_said_and_gives_the_same_again() -> None:
    pairs = own_pairs()
    looks, again = train(pairs), train(pairs)
    for weights, other in zip(looks, again, strict=True):
        assert all(np.array_equal(weights[name], other[name]) for name in weights)
    turned = {Relation.PARAPHRASE: Relation.DIFFERENT, Relation.DIFFERENT: Relation.PARAPHRASE}
    opposite = train([replace(own, relation=turned.get(own.relation, own.relation)) for own in pairs])

    def right(by: Looks) -> int:
        weigh = partial(second_look, looks=by)
        return sum(own.relation is relate(own.one, own.other, weigh=weigh).relation for own in pairs)

    assert right(looks) > right(opposite) + 200


def test_own_pairs_are_of_every_kind_and_relation() -> None:
    pairs = own_pairs()
    assert {own.kind for own in pairs} == {"hard", "met", "found"}
    assert {own.relation for own in pairs} == set(Relation) - {Relation.IDENTICAL}
    assert any(own.one.target and own.one.target == own.other.target for own in pairs)


@pytest.mark.shared
@pytest.mark.skipif(not GOLD.is_dir(), reason="../shared/gold 不在，交叉验证跳过")
def test_pairs_are_read_by_weights_that_have_not_seen_them() -> None:
    pairs = [*gold_pairs(GOLD), *gold_row_pairs(GOLD), *own_pairs()]
    found = cross_validate(pairs, 5)
    score: dict[str, tuple[float, float]] = {}
    for kind in KINDS:
        some = [one for one in pairs if one.kind == kind]
        weighed = [said for one, said in zip(pairs, found, strict=True) if one.kind == kind]
        score[kind] = macro_f1(some, weighed), macro_f1(some, [by_rules_alone(one) for one in some])
    assert score["gold"][0] >= 0.92
    assert score["chosen"][0] >= 0.86
    assert score["found"][0] >= 0.8
    assert all(weighed > ruled - 0.01 for weighed, ruled in score.values())
    assert score["found"][0] > score["found"][1] + 0.25
