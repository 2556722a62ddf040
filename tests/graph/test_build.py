"""From records to graph, read back from a real store as sets of tuples."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from graph.batch import BatchBuilder
from graph.build import build_graph
from graph.schema import DERIVED_LABELS, WRITTEN_PROPERTIES
from graph.store import GraphStore
from nlp.target_value import parse_target_value
from ontology.errors import DocumentError
from ontology.ids import stable_id
from ontology.model import Disclosure, TargetScope, TargetValue, ValueKind

if TYPE_CHECKING:
    from tests.graph.conftest import Samples


def _load(store: GraphStore, disclosure: Disclosure) -> None:
    store.write(build_graph(disclosure), run_id="1")
    store.publish()


def _pairs(store: GraphStore, pattern: str) -> set[tuple[object, object]]:
    rows = store.run(f"MATCH {pattern} RETURN a.name AS a, b.name AS b")
    assert len({(row["a"], row["b"]) for row in rows}) == len(rows)
    return {(row["a"], row["b"]) for row in rows}


def test_a_projects_target_hangs_on_the_project(store: GraphStore, samples: "Samples") -> None:
    _load(store, samples.disclosure("a.txt", [samples.target("道路养护", budget="1200.55")]))

    assert _pairs(store, "(a:BudgetUnit)-[:PUBLISHED]->(b:Disclosure)") == {("甲县交通局", "a.txt 公开")}
    assert _pairs(store, "(a:BudgetUnit)-[:HAS_PROJECT]->(b:Project)") == {("甲县交通局", "道路养护")}
    assert _pairs(store, "(a)-[:HAS_TARGET]->(b:PerformanceTarget)") == {("道路养护", "道路养护")}
    assert _pairs(store, "(a:PerformanceTarget)-[:STATED_IN]->(b:Disclosure)") == {("道路养护", "a.txt 公开")}
    assert store.run("MATCH (t:PerformanceTarget) RETURN t.budget AS budget, t.scope AS scope") == [
        {"budget": 1200.55, "scope": "项目"}
    ]


@pytest.mark.parametrize(
    ("project", "name"), [(None, "甲县交通局 部门整体"), ("年度主要任务一", "年度主要任务一")]
)
def test_a_departments_target_hangs_on_the_unit(
    store: GraphStore, samples: "Samples", project: str | None, name: str
) -> None:
    _load(store, samples.disclosure(targets=[samples.target(project, scope=TargetScope.DEPARTMENT)]))

    assert _pairs(store, "(a)-[:HAS_TARGET]->(b:PerformanceTarget)") == {("甲县交通局", name)}
    assert store.run("MATCH (p:Project) RETURN p.name AS name") == []


def test_a_project_without_a_name_is_no_project(store: GraphStore, samples: "Samples") -> None:
    _load(store, samples.disclosure(targets=[samples.target(None)]))

    assert _pairs(store, "(a)-[:HAS_TARGET]->(b:PerformanceTarget)") == {("甲县交通局", "甲县交通局 项目")}
    assert store.run("MATCH (p:Project) RETURN p.name AS name") == []


def test_a_subordinate_units_project_is_its_own(store: GraphStore, samples: "Samples") -> None:
    targets = [
        samples.target("办公设备购置", unit="甲县公路站", budget="10"),
        samples.target("办公设备购置", unit="甲县航道站", budget="20"),
        samples.target("道路养护", unit="县交通局"),
        samples.target(None, scope=TargetScope.DEPARTMENT, unit="甲县公路站"),
    ]
    _load(store, samples.disclosure(targets=targets))

    assert _pairs(store, "(a:BudgetUnit)-[:HAS_PROJECT]->(b:Project)") == {
        ("甲县公路站", "办公设备购置"),
        ("甲县航道站", "办公设备购置"),
        # Printed in short, it is the unit that publishes.
        ("甲县交通局", "道路养护"),
    }
    assert _pairs(store, "(a:BudgetUnit)-[:HAS_TARGET]->(b:PerformanceTarget)") == {
        ("甲县公路站", "甲县公路站 部门整体")
    }
    assert _pairs(store, "(a:BudgetUnit)-[:PUBLISHED]->(b:Disclosure)") == {("甲县交通局", "a.txt 公开")}


def test_no_unit_is_invented(store: GraphStore, samples: "Samples") -> None:
    targets = [samples.target("道路养护"), samples.target(None, scope=TargetScope.DEPARTMENT)]
    _load(store, samples.disclosure("a.txt", targets, unit=None))
    _load(store, samples.disclosure("b.txt", targets, unit=None))

    assert store.run("MATCH (u:BudgetUnit) RETURN u.name AS name") == []
    # Two files that name no unit need not mean the same project.
    assert store.run("MATCH (p:Project) RETURN count(p) AS projects") == [{"projects": 2}]
    rows = store.run("MATCH (t:PerformanceTarget)-[:STATED_IN]->(d) RETURN t.name AS name, d.file AS file")
    assert {(row["name"], row["file"]) for row in rows} == {
        (name, file) for name in ("道路养护", "部门整体") for file in ("a.txt", "b.txt")
    }


YEARS_AND_BUDGETS: list[tuple[int | None, str | None]] = [
    (2023, "30"),
    (2022, "99"),
    (2024, "10"),
    (2024, "20"),
    (2025, None),
    (None, "77"),
]


@pytest.mark.parametrize("stated", [YEARS_AND_BUDGETS, YEARS_AND_BUDGETS[::-1]], ids=["forth", "back"])
def test_one_project_over_years_and_files(
    store: GraphStore, samples: "Samples", stated: list[tuple[int | None, str | None]]
) -> None:
    for year, budget in stated:
        target = samples.target("道路养护", fiscal_year=year, budget=budget)
        _load(store, samples.disclosure(f"{year}-{budget}.txt", [target]))
    _load(store, samples.disclosure("other.txt", [samples.target("道路养护")], unit="乙县交通局"))

    rows = store.run("MATCH (u)-[:HAS_PROJECT]->(p:Project) RETURN u.name AS unit, p.budget AS budget")
    assert {(row["unit"], row["budget"]) for row in rows} == {("甲县交通局", 20.0), ("乙县交通局", None)}
    assert store.run(
        "MATCH (p:Project {id: $id})-[:HAS_TARGET]->(t) RETURN count(t) AS targets",
        {"id": stable_id("project", "甲县交通局", "道路养护")},
    ) == [{"targets": 6}]


@pytest.mark.parametrize(
    ("category", "subcategory", "classes"),
    [
        ("output", "quantity", {("数量指标", "产出指标")}),
        ("cost", "economicCost", {("经济成本指标", "成本指标")}),
        ("output", "outputCost", {("成本指标", "产出指标")}),
        ("satisfaction", None, {("满意度指标", None)}),
        (None, "quality", {("质量指标", "产出指标")}),
        (None, None, set()),
    ],
)
def test_classes(
    store: GraphStore,
    samples: "Samples",
    category: str | None,
    subcategory: str | None,
    classes: set[tuple[str, str | None]],
) -> None:
    indicator = samples.indicator(category=category, subcategory=subcategory)
    _load(store, samples.disclosure(targets=[samples.target(indicators=[indicator])]))

    rows = store.run(
        "MATCH (:Indicator)-[:IN_CATEGORY]->(k:Category) OPTIONAL MATCH (k)-[:BROADER]->(b:Category)"
        " RETURN k.label AS label, b.label AS parent, k.level AS level, b.level AS parent_level"
    )
    assert {(row["label"], row["parent"]) for row in rows} == classes
    assert all((row["level"], row["parent_level"]) in {(2, 1), (1, None)} for row in rows)


def test_equal_values_are_one_node_and_empty_ones_none(store: GraphStore, samples: "Samples") -> None:
    by_the_end_of_june = TargetValue(kind=ValueKind.DEADLINE, day=date(2023, 6, 30))
    indicators = [
        samples.indicator("满意度"),
        samples.indicator("合格率", printed_value="不低于95.0%"),
        samples.indicator("完成时间", printed_value="6月底前", value=by_the_end_of_june),
        samples.indicator("未填", printed_value="", value=TargetValue(kind=ValueKind.EMPTY)),
    ]
    _load(store, samples.disclosure(targets=[samples.target(indicators=indicators)]))

    assert _pairs(store, "(a:Indicator)-[:HAS_VALUE]->(b:TargetValue)") == {
        ("满意度", "≥95%"),
        ("合格率", "≥95%"),
        ("完成时间", "2023-06-30前"),
    }
    rows = store.run("MATCH (v:TargetValue) RETURN v.kind AS kind, v.number AS number, v.date AS date")
    assert {(row["kind"], row["number"], row["date"]) for row in rows} == {
        ("rate", 95.0, None),
        ("deadline", None, date(2023, 6, 30)),
    }
    empty = store.run("MATCH (i:Indicator {name: '未填'}) RETURN i.printed_value AS printed_value")
    assert empty == [{"printed_value": None}]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("约200人", {"name": "约200人", "about": True, "number": 200.0, "low": None, "closed": None}),
        ("200人", {"name": "=200人", "about": False, "number": 200.0, "low": 200.0, "closed": True}),
        (">200人", {"name": ">200人", "about": False, "number": 200.0, "low": 200.0, "closed": False}),
        ("200-300人", {"name": "200~300人", "about": None, "number": None, "low": 200.0, "closed": True}),
    ],
)
def test_inexact_numbers_and_open_ends_are_told(
    store: GraphStore, samples: "Samples", printed: str, expected: dict[str, object]
) -> None:
    value = parse_target_value(printed)
    indicator = samples.indicator(printed_value=printed, value=value)
    _load(store, samples.disclosure(targets=[samples.target(indicators=[indicator])]))
    text = """MATCH (v:TargetValue) RETURN v.name AS name, v.approximate AS about, v.number AS number,
              v.low AS low, v.low_closed AS closed"""
    assert store.run(text) == [expected]


def test_the_place_of_every_printed_string(store: GraphStore, samples: "Samples") -> None:
    indicators = [samples.indicator(row=3, table=2), samples.indicator("沿线就业", row=8, table=None)]
    _load(store, samples.disclosure("a.txt", [samples.target(indicators=indicators, tables=(2, 5))]))

    assert _pairs(store, "(a:Disclosure)-[:HAS_TABLE]->(b:SourceTable)") == {
        ("a.txt 公开", "a.txt 第2表"),
        ("a.txt 公开", "a.txt 第5表"),
        ("a.txt 公开", "a.txt 正文"),
    }
    rows = store.run(
        "MATCH (i:Indicator)-[r:PRINTED_IN]->(s:SourceTable) RETURN i.name AS name, s.name AS table_name,"
        " r.field AS field, r.printed AS printed, r.row AS row, r.column AS column, r.line AS line"
    )
    assert {tuple(row.values()) for row in rows} == {
        ("群众满意度", "a.txt 第2表", "name", "群众满意度", 3, 3, 103),
        ("群众满意度", "a.txt 第2表", "printed_value", "≥95%", 3, 4, 103),
        ("沿线就业", "a.txt 正文", "name", "沿线就业", 8, 3, 108),
        ("沿线就业", "a.txt 正文", "printed_value", "≥95%", 8, 4, 108),
    }


def test_an_indicator_without_a_name_expresses_nothing(store: GraphStore, samples: "Samples") -> None:
    _load(store, samples.disclosure(targets=[samples.target(indicators=[samples.indicator("")])]))

    rows = store.run("MATCH (i:Indicator) RETURN i.name AS name, i.max_score AS max_score")
    assert rows == [{"name": None, "max_score": None}]
    assert store.run("MATCH (c:IndicatorConcept) RETURN c.name AS name") == []


def test_decimals_become_floats(samples: "Samples") -> None:
    indicator = samples.indicator(max_score=Decimal("12.5"))
    batch = build_graph(samples.disclosure(targets=[samples.target(indicators=[indicator], budget="0.1")]))

    assert batch.nodes["Indicator"][0].properties["max_score"] == 12.5
    assert batch.nodes["PerformanceTarget"][0].properties["budget"] == 0.1


def test_every_node_states_every_property_of_its_label(samples: "Samples") -> None:
    batch = build_graph(samples.disclosure(targets=[samples.target(indicators=[samples.indicator()])]))

    assert {label: {frozenset(row.properties) for row in rows} for label, rows in batch.nodes.items()} == {
        label: {names} for label, names in WRITTEN_PROPERTIES.items() if label not in DERIVED_LABELS
    }


def test_two_targets_with_one_id_are_refused(samples: "Samples") -> None:
    disclosure = samples.disclosure("a.txt", [samples.target(), samples.target("另一项目")])
    twice = replace(disclosure, targets=(disclosure.targets[0], disclosure.targets[0]))
    with pytest.raises(DocumentError, match=r"文件 a\.txt 中有两个 PerformanceTarget 的编号都是"):
        build_graph(twice)


class TestBatchBuilder:
    def test_writes_what_is_not_said_as_null(self) -> None:
        batch = BatchBuilder("a.txt")
        batch.add("BudgetUnit", "u", name="单位")
        assert batch.finish().nodes["BudgetUnit"][0].properties == {"name": "单位", "region": None}

    def test_refuses_a_property_the_vocabulary_does_not_know(self) -> None:
        with pytest.raises(ValueError, match="Project 没有属性 budget"):
            BatchBuilder("a.txt").add("Project", "p", name="项目", budget=1.0)

    def test_refuses_a_relationship_the_vocabulary_does_not_know(self) -> None:
        batch = BatchBuilder("a.txt")
        project = batch.add("Project", "p", name="项目")
        unit = batch.add("BudgetUnit", "u", name="单位")
        with pytest.raises(ValueError, match=r"没有 \(:Project\)-\[:HAS_PROJECT\]->\(:BudgetUnit\)"):
            batch.connect(project, "HAS_PROJECT", unit)

    def test_refuses_a_property_a_relationship_does_not_have(self) -> None:
        batch = BatchBuilder("a.txt")
        project = batch.add("Project", "p", name="项目")
        unit = batch.add("BudgetUnit", "u", name="单位")
        with pytest.raises(ValueError, match="HAS_PROJECT 没有属性 row"):
            batch.connect(unit, "HAS_PROJECT", project, row=1)

    def test_refuses_an_end_that_is_not_in_the_batch(self) -> None:
        batch = BatchBuilder("a.txt")
        project = BatchBuilder("b.txt").add("Project", "p", name="项目")
        with pytest.raises(ValueError, match="未加入批次的节点 Project p"):
            batch.connect(batch.add("BudgetUnit", "u"), "HAS_PROJECT", project)
