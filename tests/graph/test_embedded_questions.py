"""People's own questions to the embedded store: refused, limited, answered plainly."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from graph.build import build_graph
from graph.derived import derive
from graph.judgements import Judgements
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
        "LOAD /* 注 */ CSV FROM '/etc/hostname' AS line RETURN line",
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
        ("MATCH (n RETURN n", "^查询语句第 1 行第 17 列有语法错误（引擎的原话：Unexpected token"),
        ("RETURN 1 AS 数，2 AS 个", "^查询语句第 1 行第 14 列有语法错误，应把全角的 ， 改为半角"),
        ("/* 注\n释 */ RETURN 1 AS 个数, )", "^查询语句第 2 行第 22 列有语法错误"),
        ("MATCH (n:Project {名称: 1}) RETURN n", "属性名应为英文"),
        ("MATCH (n:Project {nosuch: 1}) RETURN n", "^查询无法执行：Project 没有属性 nosuch$"),
        ("RETURN nosuch(1)", "^查询无法执行：没有函数 nosuch$"),
        ("RETURN 单 AS 单位", "^查询无法执行：没有变量 单，应先在"),
        ("RETURN 1 / 0 AS x", "^查询无法执行：除数是 0$"),
        ("RETURN size(1) AS x", "^查询无法执行（引擎的原话：size"),
        ("MATCH (n) WHERE n.name =~ '(' RETURN n", "^查询无法执行：正则表达式“.”不对$"),
        (
            "MATCH (n) WHERE n.name = $name RETURN n",
            r"^查询无法执行：没有给参数 \$name 的值，应加 --param name=值$",
        ),
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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("MATCH (项目:Project) RETURN 项目.name AS 名称, count(*) AS 个数", {"名称": "道路养护", "个数": 1}),
        ("MATCH (a:Project) RETURN a.name AS `项目 名称`", {"项目 名称": "道路养护"}),
        ("MATCH (a:Project) WHERE a.name = $名 RETURN count(a) AS 个数", {"个数": 1}),
        ("UNWIND $行 AS 行 RETURN 行.键 AS 值, 行['键'] AS 同", {"值": 1, "同": 1}),
        ("WITH {键: 1} AS m RETURN m.键 AS 值, m AS 图", {"值": 1, "图": {"键": 1}}),
        ("RETURN '单位 AS 单' AS 单位, \"//\" AS 单 // 完", {"单位": "单位 AS 单", "单": "//"}),
        ("MATCH (p:Project)-[关系:HAS_TARGET]->(目标) RETURN type(关系)", {"type(关系)": "HAS_TARGET"}),
    ],
)
def test_names_may_be_chinese(published: Path, text: str, expected: dict[str, object]) -> None:
    with open_store(published, read_only=True) as reader:
        params = {"名": "道路养护", "行": [{"键": 1}]}
        assert reader.run(text, {name: params[name] for name in params if f"${name}" in text}) == [expected]


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
    }
    with open_store(published, read_only=True) as reader:
        row = reader.run("MATCH p = (a:Project)-[r:HAS_TARGET]->(b) RETURN a, r, p, [a] AS list")[0]
        held = reader.run(
            "MATCH (a:Project)-[r:HAS_TARGET]->() RETURN properties(a) AS a, properties(r) AS r"
        )
    assert row["a"] == project
    assert row["r"] == {"type": "HAS_TARGET"}
    assert held == [{"a": {"id": project["id"], "name": "道路养护"}, "r": {}}]
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
        TargetValue(
            kind=ValueKind.QUANTITY,
            low=Decimal(1),
            high=Decimal(2),
            low_closed=True,
            high_closed=False,
            day=date(2023, 1, 2),
        ),
        samples.at_least_95,
    ]
    indicators = [
        samples.indicator(value=value, row=row, max_score=Decimal(5), definition="解释")
        for row, value in enumerate(values)
    ]
    with open_store(store_path) as store:
        alike = samples.indicator("人民群众满意度", row=9)
        target = samples.target(indicators=[*indicators, alike], budget="1", objective="目标")
        other = samples.target("另一项目", indicators=[*indicators, alike])
        store.write(build_graph(samples.disclosure(targets=[target, other])), run_id="1")
        derive(store, Judgements(), run_id="1")
        store.publish()
        nodes: dict[str, set[str]] = {}
        for row in store.run("MATCH (n) RETURN n"):
            nodes.setdefault(row["n"].pop("labels")[0], set()).update(row["n"])
        relationships: dict[str, set[str]] = {}
        for row in store.run("MATCH ()-[r]->() RETURN r"):
            relationships.setdefault(row["r"].pop("type"), set()).update(row["r"])
    declared = {item.name: set(item.public_names) for item in VOCABULARY.classes}
    # What the sample leaves out: its file has no pages or sheets, its indicators no basis.
    declared["SourceTable"] -= {"page", "sheet"}
    declared["Indicator"] -= {"basis", "printed_category", "printed_subcategory"}
    declared["Indicator"] -= {
        "actual_value",
        "score",
        "weight",
        "long_term_value",
        "scoring_rule",
        "polarity",
    }
    assert nodes == declared
    assert relationships == {item.name: set(item.properties) for item in VOCABULARY.relationships}
