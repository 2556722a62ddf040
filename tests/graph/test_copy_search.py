"""Which targets share their indicators: those of comparing all pairs plainly, and no blow-up."""

import time
from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.copies import compare_targets, left_out, target_groups
from graph.copy_search import LARGEST_CLASS, Sharing, equal_groups, sharing_targets
from graph.corpus import IndicatorItem, TargetItem
from graph.matching import most_pairs
from graph.row_index import FEWEST_SHARED, LEAST_SHARE
from nlp.normal_form import concept_of
from nlp.relate import IndicatorText, relate
from nlp.relation_values import value_key
from nlp.templates import general_frame, template_key
from ontology.ids import stable_id
from ontology.model import Relation
from tests.samples import target_pairs

GENERAL = (
    "完成及时率|100%", "验收合格率|≥98%", "群众满意度|≥95%", "资金到位率|100%", "项目完成率|100%",
    "成本控制率|≤100%", "质量达标率|≥95%", "培训人次|≥100人次", "社会效益|显著", "完成时间|12月底前",
    "经济效益|良好", "可持续影响|长期",
)  # fmt: skip


def target(number: int, project: str, rows: tuple[str, ...], year: int = 2024) -> TargetItem:
    """A project's target of rows 名称|指标值."""
    items = []
    for at, row in enumerate(rows):
        name, _, value = row.partition("|")
        text = IndicatorText(name=name, printed_value=value, context=f"{project} 青泉县图书馆")
        items.append(IndicatorItem(id=f"{number}-{at}", text=text, class_id=None, concept_id=name))
    return TargetItem(
        id=stable_id("target", number), name=project, scope="项目", file=f"{number}.txt", objective=None,
        fiscal_year=year, budget=None, project_id=f"p{number}", project=project, unit_id="u", unit="单位",
        region=None, indicators=tuple(items),
    )  # fmt: skip


def plainly_shared(one: IndicatorText, other: IndicatorText) -> bool:
    """Whether two indicators are shared, with their full contexts and nothing remembered."""
    if plain_keys(one).isdisjoint(plain_keys(other)):
        return False
    if (other.name, other.printed_value) < (one.name, one.printed_value):
        one, other = other, one
    if relate(one, other).relation in (Relation.IDENTICAL, Relation.SAME_TEMPLATE):
        return True
    key = plain_twin(one)
    return key is not None and key == plain_twin(other)


def plain_twin(text: IndicatorText) -> str | None:
    frame, value = template_key(text.name, text.context, bare=True), value_key(text.printed_value)
    return f"{frame} {value}" if frame and value and "{" in frame else None


def plain_keys(text: IndicatorText) -> set[str]:
    name = text.name or text.printed_value
    keys = (
        concept_of(name),
        template_key(name),
        template_key(name, text.context),
        plain_twin(text),
        general_frame(name),
    )
    return {key for key in keys if key}


def all_pairs_plainly(targets: list[TargetItem]) -> dict[frozenset[str], tuple[int, float]]:
    """Every pair that shares half of the smaller one's indicators, by trying whatever may be paired."""
    found = {}
    for one, other in combinations(targets, 2):
        edges = [[plainly_shared(a.text, b.text) for b in other.indicators] for a in one.indicators]
        smaller = min(len(one.indicators), len(other.indicators))
        shared = most_by_trying(edges)
        if smaller and shared >= FEWEST_SHARED and shared / smaller >= LEAST_SHARE:
            found[frozenset((one.id, other.id))] = shared, round(shared / smaller, 4)
    return found


def most_by_trying(edges: list[list[bool]]) -> int:
    """The most rows that can be paired, by trying everything."""
    if not edges:
        return 0
    best = most_by_trying(edges[1:])
    for at, is_edge in enumerate(edges[0]):
        if is_edge:
            rest = [row[:at] + row[at + 1 :] for row in edges[1:]]
            best = max(best, 1 + most_by_trying(rest))
    return best


NAMES = (
    "路灯完好率", "喷泉完好率", "保障路灯正常运行", "保障喷泉正常运行", "群众满意度", "群众 满意度",
    "维修次数", "完成时间", "各项路灯工作的正常进行", "",
)  # fmt: skip
VALUES = ("98%", "≥95%", "≤5%", "12月底前", "良好", "保障图书馆正常开放")
ROWS = st.tuples(st.sampled_from(NAMES), st.sampled_from(VALUES)).filter(
    lambda row: bool(row[0]) or "保障" in row[1]
)
TARGETS = st.lists(
    st.tuples(st.sampled_from(("路灯维护", "喷泉维护", "图书购置")), st.lists(ROWS, min_size=1, max_size=5)),
    min_size=2,
    max_size=7,
)


@settings(max_examples=150, deadline=None)
@given(TARGETS)
def test_the_pairs_are_those_of_comparing_all_plainly(made: list[tuple[str, list[tuple[str, str]]]]) -> None:
    targets = [
        target(number, project, tuple("|".join(row) for row in rows))
        for number, (project, rows) in enumerate(made)
    ]
    expected = all_pairs_plainly(targets)
    found = list(sharing_targets(targets))
    assert {frozenset((each.one.id, each.other.id)): (each.shared, each.share) for each in found} == expected
    assert len(found) == len(expected) and all((each.pairs, each.unlisted) == (1, 0) for each in found)
    for pair in target_pairs(targets):
        assert (len(pair.shared), pair.share) == expected[frozenset((pair.one.id, pair.other.id))]


@settings(max_examples=200)
@given(st.lists(st.lists(st.booleans(), min_size=4, max_size=4), min_size=1, max_size=5))
def test_most_pairs_are_as_many_as_by_trying(edges: list[list[bool]]) -> None:
    places = list(enumerate(edges))
    tiers = [
        {one: [at for at, edge in enumerate(row) if edge and (one + at) % 2 == odd] for one, row in places}
        for odd in (0, 1)
    ]
    found = most_pairs(tiers)
    assert len(found) == most_by_trying(edges) and len(set(found.values())) == len(found)
    assert all(edges[one][other] for one, other in found.items())


def test_a_row_gives_way_to_one_that_has_no_other_partner() -> None:
    """≥95% and ≤5% cannot be one; 次数 without a value goes with either."""
    one = target(1, "甲", ("处置率|", "处置率|≥95%"))
    other = target(2, "乙", ("处置率|≤5%", "处置率|"))
    assert len(compare_targets(one, other).shared) == most_by_trying(
        [[plainly_shared(a.text, b.text) for b in other.indicators] for a in one.indicators]
    )


def pairs_in(found: list[Sharing]) -> int:
    return sum(each.pairs + each.unlisted for each in found)


class TestManyTargets:
    def test_of_many_equal_ones_each_goes_with_the_earliest(self) -> None:
        targets = [target(n, f"第{n}项目", GENERAL[:8], 2020 + n % 5) for n in range(2000)]
        started = time.process_time()
        found = list(sharing_targets(targets))
        assert time.process_time() - started < 60
        assert len(found) == 1999 and pairs_in(found) == 2000 * 1999 // 2
        assert {each.one.id for each in found} == {min(targets, key=lambda t: (t.fiscal_year or 0, t.id)).id}
        (group,) = equal_groups(targets)
        assert target_groups([(each.one, each.other) for each in found[:3]], [group]) == [tuple(group)]

    def test_many_that_share_half_are_counted_and_the_most_alike_listed(self) -> None:
        sets = list(combinations(GENERAL, 6))
        targets = [target(n, f"第{n}项目", sets[n * 7 % len(sets)]) for n in range(2000)]
        started = time.process_time()
        found = list(sharing_targets(targets))
        assert time.process_time() - started < 120
        rows = [frozenset(item.text.name for item in each.indicators) for each in targets]
        assert pairs_in(found) == sum(len(one & other) >= 3 for one, other in combinations(rows, 2))
        listed = Counter(each.id for pair in found for each in (pair.one, pair.other))
        assert len(listed) == 2000 and len(found) < 60 * 2000

    def test_one_that_was_judged_is_taken_for_no_other(self) -> None:
        targets = [target(n, f"第{n}项目", GENERAL[:4]) for n in range(LARGEST_CLASS + 3)]
        alone = targets[5].id
        found = list(sharing_targets(targets, alone=frozenset({alone})))
        assert pairs_in(found) == len(targets) * (len(targets) - 1) // 2
        assert [each.pairs for each in found if alone in (each.one.id, each.other.id)] == [len(targets) - 1]
        (group,) = equal_groups(targets, alone=frozenset({alone}))
        assert len(group) == len(targets) - 1 and alone not in {member.id for member in group}


@pytest.mark.parametrize("row", ["|≥95%", "1.|100%", "——|", "A|5个", "2023年|12"])
def test_what_says_nothing_is_neither_copied_nor_counted(row: str) -> None:
    one, other = (target(n, f"第{n}项目", (row, row, row, "路灯完好率|98%")) for n in (1, 2))
    assert list(target_pairs([one, other])) == []
    assert left_out([one, other]) == 6


def test_a_value_in_words_counts_where_the_name_is_a_number() -> None:
    one, other = (
        target(n, f"第{n}项目", ("1|保障图书馆正常开放", "2|修缮阅览室墙面", "3|添置古籍书架"))
        for n in (1, 2)
    )
    (pair,) = target_pairs([one, other])
    assert pair.share == 1.0
