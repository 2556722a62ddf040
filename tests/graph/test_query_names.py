"""Names that the graph does not have are told of, and no others."""

import re

import pytest

from graph import queries
from graph.query_names import unknown_names


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "MATCH (i:Indikator) RETURN i.name",
            "图中没有 Indikator，是否想用 Indicator；有：",
        ),
        ("MATCH (p:项目) RETURN p.name", "图中没有 项目，是否想用 Project；有："),
        (
            "MATCH (a)-[:HAS_TARGETS|HAS_PROJECT]->(b) RETURN a",
            "图中没有 HAS_TARGETS，是否想用 HAS_TARGET",
        ),
        ("MATCH (i:Indicator) RETURN i.nosuch", "Indicator 没有属性 nosuch；有：actual_value、"),
        ("MATCH (i:Indicator) RETURN i.指标值原文", "Indicator 没有属性 指标值原文，是否想用 printed_value"),
        ("MATCH ()-[r:PRINTED_IN]->() RETURN r.page", "PRINTED_IN 没有属性 page，是否想用 place"),
        ("MATCH (n) WHERE NOT n:Foo RETURN n.name", "图中没有 Foo；有："),
    ],
)
def test_an_unknown_name_is_told_with_those_that_there_are(text: str, said: str) -> None:
    (sentence,) = unknown_names(text)
    assert sentence.startswith(said)


@pytest.mark.parametrize(
    "text",
    [
        "RETURN 'a (x:Foo)' AS x // (y:Foo)",
        "MATCH (v:TargetValue) WHERE v.date.year < 2024 RETURN v.low",
        "MATCH (n) RETURN {a: n.nosuch, b: 1} AS m, [x IN [1] | x] AS l",
        "UNWIND $rows AS row MATCH (p:Project {name: row.单位}) RETURN p.run_id",
        *(text for name, text in vars(queries).items() if re.fullmatch(r"[A-Z_]+", name)),
    ],
)
def test_nothing_is_said_of_what_may_be_right(text: str) -> None:
    assert unknown_names(text) == []
