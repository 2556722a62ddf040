"""People's own questions to the embedded store: refused, limited, answered plainly."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from graph.build import build_graph
from graph.store import open_store
from ontology.errors import QueryError
from ontology.ids import stable_id
from ontology.model import TargetValue, ValueKind
from ontology.vocabulary import VOCABULARY

if TYPE_CHECKING:
    from tests.graph.conftest import Samples


@pytest.mark.parametrize(
    "text",
    [
        "LOAD CSV FROM 'file:///etc/hostname' AS line RETURN line",
        "load  csv FROM $file AS line RETURN line",
        "LOAD\n\tCSV FROM '/etc/hostname' AS line RETURN line",
        "LOAD // comment\n CSV FROM '/etc/hostname' AS line RETURN line",
        "PROFILE LOAD CSV FROM '/etc/hostname' AS line RETURN line",
        "MATCH (n) RETURN n.id AS x UNION LOAD CSV FROM '/etc/hostname' AS line RETURN line[0] AS x",
    ],
)
@pytest.mark.parametrize("read_only", [True, False])
def test_files_of_the_machine_are_not_read(published: Path, text: str, read_only: bool) -> None:
    with (
        open_store(published, read_only=read_only) as store,
        pytest.raises(QueryError, match="不能使用 LOAD CSV"),
    ):
        store.run(text, {"file": "/etc/hostname"})


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("MATCH (n RETURN n", "^查询语句第 1 行第 17 列有语法错误：Unexpected token"),
        ("MATCH (n) RETURN n.name AS 名称", "标签、属性和别名只能用英文字母"),
        ("RETURN nosuch(1)", "^查询无法执行：Unknown function: nosuch$"),
        ("MATCH (n) WHERE n.name = $name RETURN n", r"^查询无法执行：Missing parameter: \$name$"),
        ("MATCH (n) RETURN n.name FORMAT CSV", "不能以 FORMAT CSV 结尾"),
        ("", "有语法错误"),
    ],
)
def test_a_wrong_question_is_one_sentence(published: Path, text: str, sentence: str) -> None:
    with (
        open_store(published, read_only=True) as reader,
        pytest.raises(QueryError, match=sentence) as caught,
    ):
        reader.run(text)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("value", [object(), 2**70])
def test_a_parameter_of_a_wrong_kind(published: Path, value: object) -> None:
    with (
        open_store(published, read_only=True) as reader,
        pytest.raises(QueryError, match="查询无法执行"),
    ):
        reader.run("RETURN $value AS value", {"value": value})


def test_unknown_names_are_empty_answers(published: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with open_store(published, read_only=True) as reader:
        assert reader.run("MATCH (n:Nothing) RETURN n.name AS name") == []
        assert reader.run("MATCH (n:Project) RETURN n.nothing AS x") == [{"x": None}]
        assert reader.run("MATCH (:Project)-[:NOTHING]->(n) RETURN n.name AS name") == []
    assert capfd.readouterr() == ("", "")


def test_public_properties_may_stand_in_a_pattern(published: Path) -> None:
    with open_store(published, read_only=True) as reader:
        assert reader.run("MATCH (t:PerformanceTarget {objective: '无'}) RETURN t.id AS id") == []
        assert reader.run("MATCH (p:Project {budget: 1.0}) RETURN p.id AS id") == []


def test_whole_nodes_come_as_what_was_stored(published: Path) -> None:
    project = {
        "labels": ["Project"],
        "id": stable_id("project", "甲县交通局", "道路养护"),
        "name": "道路养护",
        "run_id": "1",
    }
    with open_store(published, read_only=True) as reader:
        row = reader.run("MATCH p = (a:Project)-[r:HAS_TARGET]->(b) RETURN a, r, p, [a] AS list")[0]
    assert row["a"] == project
    assert row["r"] == {"type": "HAS_TARGET", "run_id": "1"}
    assert row["list"] == [project]
    assert row["p"]["nodes"][0] == project
    assert row["p"]["relationships"] == [row["r"]]


def test_values_keep_their_types(published: Path) -> None:
    with open_store(published, read_only=True) as reader:
        text = "RETURN $day AS day, 1 AS one, 1.5 AS half, true AS yes, null AS none, {a: [1]} AS map"
        assert reader.run(text, {"day": date(2023, 1, 2)}) == [
            {"day": date(2023, 1, 2), "one": 1, "half": 1.5, "yes": True, "none": None, "map": {"a": [1]}}
        ]


def test_nodes_and_relationships_have_the_declared_properties_and_no_others(
    store_path: Path, samples: "Samples"
) -> None:
    values = [
        TargetValue(kind=ValueKind.QUANTITY, low=Decimal(1), high=Decimal(2), day=date(2023, 1, 2)),
        samples.at_least_95,
    ]
    indicators = [
        samples.indicator(value=value, row=row, max_score=Decimal(5), definition="解释")
        for row, value in enumerate(values)
    ]
    with open_store(store_path) as store:
        target = samples.target(indicators=indicators, budget="1", objective="目标")
        store.write(build_graph(samples.disclosure(targets=[target])), run_id="1")
        store.publish()
        nodes: dict[str, set[str]] = {}
        for row in store.run("MATCH (n) RETURN n"):
            nodes.setdefault(row["n"].pop("labels")[0], set()).update(row["n"])
        relationships: dict[str, set[str]] = {}
        for row in store.run("MATCH ()-[r]->() RETURN r"):
            relationships.setdefault(row["r"].pop("type"), set()).update(row["r"])
    declared = {item.name: {prop.name for prop in item.properties} for item in VOCABULARY.classes}
    # What the sample leaves out: its file has no pages or sheets, its indicators no basis.
    declared["SourceTable"] -= {"page", "sheet"}
    declared["Indicator"] -= {"basis", "printed_category", "printed_subcategory"}
    declared["Indicator"] -= {"actual_value", "score", "weight", "long_term_value", "scoring_rule"}
    assert nodes == declared
    assert relationships == {item.name: {"run_id", *item.properties} for item in VOCABULARY.relationships}
