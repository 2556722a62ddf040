"""Reuse: what is used again, where, and how a project's targets look."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from graph.build import build_graph
from graph.reuse import (
    ReusedConcept,
    ValueKindCount,
    concept_occurrences,
    graph_counts,
    project_tree,
    reuse_ranking,
)
from graph.store import GraphStore, open_store
from ontology.ids import stable_id
from ontology.model import Comparator, TargetScope, TargetValue, ValueKind

if TYPE_CHECKING:
    from tests.graph.conftest import Samples

TWELVE_KM = TargetValue(
    kind=ValueKind.QUANTITY,
    comparator=Comparator.EQUAL,
    number=Decimal(12),
    measure_unit="公里",
    low=Decimal(12),
    high=Decimal(12),
    low_closed=True,
    high_closed=True,
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, samples: "Samples") -> Iterator[GraphStore]:
    """Two units: one project over two years, one more project, and a department's overall target."""
    length = samples.indicator(
        "养护里程", printed_value="12公里", value=TWELVE_KM, category="output", subcategory="quantity", row=4
    )
    satisfaction = samples.indicator("群众满意度", row=9)
    cost = samples.indicator("总成本", category="cost", subcategory=None, row=2)
    unclassed = samples.indicator("其他说明", category=None, subcategory=None, row=1)
    roads = [satisfaction, unclassed, length, cost]
    path: Path = tmp_path_factory.mktemp("reuse") / "graph.kgl"
    with open_store(path) as store:
        for disclosure in (
            samples.disclosure("2022.txt", [samples.target("道路养护", [length], fiscal_year=2022)]),
            samples.disclosure(
                "2023.txt",
                [
                    samples.target("道路养护", roads, budget="100", objective="畅通"),
                    samples.target("桥梁养护", [satisfaction], tables=(2,)),
                    samples.target(None, [satisfaction], scope=TargetScope.DEPARTMENT),
                ],
            ),
            samples.disclosure("乙.txt", [samples.target("绿化", [satisfaction])], unit="乙县林业局"),
        ):
            store.write(build_graph(disclosure), run_id="1")
        store.publish()
        yield store


def test_graph_counts(built: GraphStore) -> None:
    counts = graph_counts(built)
    assert counts.nodes == {
        "BudgetUnit": 2,
        "Category": 5,
        "Disclosure": 3,
        "Term": 5,
        "Indicator": 8,
        "IndicatorConcept": 4,
        "IndicatorTemplate": 0,
        "PerformanceTarget": 5,
        "Project": 3,
        "SourceTable": 4,
        "TargetValue": 2,
    }
    assert counts.relationships["HAS_PROJECT"] == 3
    assert counts.relationships["PRINTED_IN"] == 16
    assert counts.value_kinds == (
        ValueKindCount(kind="rate", indicators=6, distinct_values=1),
        ValueKindCount(kind="quantity", indicators=2, distinct_values=1),
    )


def test_reuse_ranking(built: GraphStore) -> None:
    satisfaction = ReusedConcept(
        concept_id=stable_id("concept", "群众满意度"),
        concept="群众满意度",
        occurrences=4,
        projects=3,
        units=2,
        years=(2023,),
        is_common=True,
    )
    assert reuse_ranking(built) == (satisfaction,)
    every = reuse_ranking(built, min_projects=1)
    assert [item.concept for item in every] == ["群众满意度", "养护里程", "其他说明", "总成本"]
    assert every[1].years == (2022, 2023)
    assert reuse_ranking(built, min_projects=1, limit=2) == every[:2]
    assert reuse_ranking(built, min_projects=4) == ()


def test_concept_occurrences(built: GraphStore) -> None:
    found = concept_occurrences(built, stable_id("concept", "群众满意度"))
    assert [(item.unit, item.project, item.target, item.file) for item in found] == [
        ("乙县林业局", "绿化", "绿化", "乙.txt"),
        ("甲县交通局", "桥梁养护", "桥梁养护", "2023.txt"),
        ("甲县交通局", "道路养护", "道路养护", "2023.txt"),
        ("甲县交通局", None, "甲县交通局 部门整体", "2023.txt"),
    ]
    assert {(item.category, item.subcategory, item.printed_value, item.value) for item in found} == {
        ("满意度指标", "服务对象满意度指标", "≥95%", "≥95%")
    }
    assert [
        (place.field, place.table_name, place.row, place.column, place.line) for place in found[0].places
    ] == [
        ("name", "乙.txt 第1表", 9, 3, 109),
        ("printed_value", "乙.txt 第1表", 9, 4, 109),
    ]
    assert found[0].places[0].place == "第9行第3列（文本第109行）"


def test_occurrences_without_a_class_of_level_two(built: GraphStore) -> None:
    (cost,) = concept_occurrences(built, stable_id("concept", "总成本"))
    assert (cost.category, cost.subcategory) == ("成本指标", None)
    (unclassed,) = concept_occurrences(built, stable_id("concept", "其他说明"))
    assert (unclassed.category, unclassed.subcategory) == (None, None)


def test_an_unknown_concept_or_project_is_no_answer(built: GraphStore) -> None:
    assert concept_occurrences(built, "concept-unknown") == ()
    assert project_tree(built, "project-unknown") is None


def test_project_tree(built: GraphStore) -> None:
    tree = project_tree(built, stable_id("project", "甲县交通局", "道路养护"))
    assert tree is not None
    assert (tree.project, tree.unit) == ("道路养护", "甲县交通局")
    assert [(item.fiscal_year, item.budget, item.objective) for item in tree.targets] == [
        (2022, None, None),
        (2023, 100.0, "畅通"),
    ]
    lines = [
        (category.label, subcategory.label, leaf.name, leaf.value)
        for category in tree.targets[1].categories
        for subcategory in category.subcategories
        for leaf in subcategory.indicators
    ]
    assert lines == [
        ("成本指标", None, "总成本", "≥95%"),
        ("产出指标", "数量指标", "养护里程", "=12公里"),
        ("满意度指标", "服务对象满意度指标", "群众满意度", "≥95%"),
        (None, None, "其他说明", "≥95%"),
    ]


def test_a_target_without_indicators_is_a_bare_branch(store: GraphStore, samples: "Samples") -> None:
    store.write(build_graph(samples.disclosure(targets=[samples.target()])), run_id="1")
    tree = project_tree(store, stable_id("project", "甲县交通局", "道路养护"))
    assert tree is not None
    assert [item.categories for item in tree.targets] == [()]
