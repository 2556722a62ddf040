"""Concepts that say one thing: nearly all that comparing every two finds, and nothing but verified pairs."""

from itertools import combinations
from pathlib import Path

import pytest

from graph import like_names
from graph.cliques import cliques
from graph.corpus import IndicatorItem, TargetItem
from graph.judgements import Judgements
from graph.like_names import MOST_NAMES, names_sharing_words
from graph.similar import similar_concepts
from nlp.relate import IndicatorText, by_rules
from ontology.model import Relation

EXAMPLES = Path(__file__).parents[2] / "examples"


def target_of(names: list[str]) -> TargetItem:
    items = [
        IndicatorItem(id=f"i{at}", text=IndicatorText(name=name), class_id=None, concept_id=f"c{at:05}")
        for at, name in enumerate(names)
    ]
    return TargetItem(
        id="t", name="项目", scope="项目", file="a.txt", objective=None, fiscal_year=2024, budget=None,
        project_id="p", project="项目", unit_id="u", unit="单位", region=None, indicators=tuple(items),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("参加培训人员满意度", "满意度"),
        ("设备验收合格率", "项目设备采购验收合格率"),
        ("重点任务按期完成率", "完成率"),
        ("水质合格比例", "河道水质达标率"),
    ],
)
def test_words_find_what_letters_do_not(one: str, other: str) -> None:
    ids = {
        frozenset((a, b)) for a, b, _ in similar_concepts([target_of([one, other, "道路长度"])], Judgements())
    }
    assert ids == {frozenset(("c00000", "c00001"))}


def test_names_that_say_nothing_are_like_none() -> None:
    assert similar_concepts([target_of(["20万元", "30万元", "2023年", "A"])], Judgements()) == []


def test_nine_in_ten_of_all_like_pairs_of_the_examples_are_found() -> None:
    names = example_names()
    texts = [IndicatorText(name=name) for name in names]
    every = {
        (i, j)
        for i, j in combinations(range(len(texts)), 2)
        if by_rules(texts[i], texts[j]).relation is not Relation.DIFFERENT
    }
    found = set(names_sharing_words(names))
    assert len(every & found) >= 0.9 * len(every) > 30
    assert len(found) < len(names) * len(names) / 50


def example_names() -> list[str]:
    """The first words of the cells in the text examples: names enough of all kinds."""
    found: dict[str, None] = {}
    for path in sorted(EXAMPLES.rglob("*.txt")):
        for line in path.read_text("utf-8").splitlines():
            for cell in line.replace("|", "\t").split("\t"):
                if 4 <= len(cell.strip()) <= 14 and cell.strip().endswith(("率", "度", "数", "量", "时间")):
                    found[cell.strip()] = None
    return list(found)[:300]


def test_a_general_word_alone_finds_none_where_very_many_have_it(monkeypatch: pytest.MonkeyPatch) -> None:
    letters = "甲乙丙丁戊己庚辛壬癸"
    names = [
        f"{one}{other}区{three}段完成率" for one in letters for other in letters for three in letters[:3]
    ]
    assert len(names) > MOST_NAMES
    found = len(list(names_sharing_words(names)))
    monkeypatch.setattr(like_names, "MOST_NAMES", 10**9)
    assert 0 < 2 * found < len(list(names_sharing_words(names)))


def test_groups_hold_only_what_is_linked_with_all_of_them() -> None:
    chain = {"a": {"b"}, "b": {"a", "c"}, "c": {"b", "d", "e"}, "d": {"c", "e"}, "e": {"c", "d"}}
    assert cliques(chain) == [("c", "d", "e")]
