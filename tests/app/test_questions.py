"""The worked questions of docs/graph.md, asked of the graph of the examples; its lists are complete."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.builder import build_workspace
from app.report import ISSUE_WORDS
from graph.query_names import unknown_names
from graph.store import GraphStore, open_store
from ontology.headings import heading
from ontology.vocabulary import VOCABULARY

GUIDE = (Path(__file__).parents[2] / "docs" / "graph.md").read_text("utf-8")
QUESTIONS = dict(re.findall(r"\*\*(\d+) .*?\*\*.*?```cypher\n(.*?)```", GUIDE, re.DOTALL))
PARAMS = {"1": {"unit": "砚清县水务局"}}
FOUND: dict[str, tuple[int, dict[str, object]]] = {
    "1": (23, {"项目": "小型水库安全运行维护", "年度": 2024, "预算": 450000.0}),
    "2": (69, {"指标": "食品留样率", "指标值": "100%"}),
    "3": (1, {"项目": "馆藏档案数字化加工", "年度": 2024, "指标值": "2023年11月底前"}),
    "4": (14, {"项目": "农村人居环境整治", "指标": "改善农村生产生活环境", "指标值": None}),
    "5": (33, {"指标值": "长期稳定"}),
    "6": (12, {"指标值": "≥90%", "条数": 41}),
    "7": (16, {"项目": "红色档案征集", "指标": "征集经费支出"}),
    "8": (7, {"项目": "河道清漂保洁", "合计": 90}),
    "9": (7, {"甲": "乡村教师生活补助", "乙": "乡村教师生活补助", "相同": 8}),
    "10": (4, {"项目": "学籍管理", "年度": 2023}),
    "11": (30, {"指标": "师生满意度"}),
    "12": (26, {"项目": "乡村教师生活补助", "前值": "360 元/人·月", "后值": "380元/人·月"}),
    "13": (5, {"指标": "受益群众满意度", "谁": "受益群众"}),
}
"""How many rows each question gives at least, and what one of them holds."""


@pytest.fixture(scope="module")
def store(examples: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    """The graph of all examples."""
    folder = tmp_path_factory.mktemp("工作区") / "w"
    build_workspace(examples, folder, track=iter)
    with open_store(folder / "graph.kgl", read_only=True) as opened:
        yield opened


@pytest.mark.parametrize("number", FOUND)
def test_a_worked_question_is_answered(store: GraphStore, number: str) -> None:
    assert unknown_names(QUESTIONS[number]) == []
    rows = store.run(QUESTIONS[number], PARAMS.get(number))
    count, held = FOUND[number]
    assert len(rows) >= count
    assert any(held.items() <= row.items() for row in rows)


def test_every_question_of_the_guide_is_asked() -> None:
    assert QUESTIONS.keys() == FOUND.keys() and GUIDE.count("```cypher") == len(QUESTIONS)


def test_an_indicator_of_a_hundred_percent_is_listed_once_wherever_it_stands(store: GraphStore) -> None:
    wanted = store.run(
        "MATCH (i:Indicator)-[:HAS_VALUE]->(v:TargetValue) WHERE v.kind = 'rate' AND v.low = 100 "
        "RETURN count(DISTINCT i) AS n"
    )
    rows = store.run(QUESTIONS["2"])
    assert len(rows) == wanted[0]["n"] and all(row["出处"] for row in rows)


def test_the_guide_names_all_that_there_is(store: GraphStore) -> None:
    names = {name for item in VOCABULARY.classes for name in (item.name, *item.public_names)}
    names |= {item.name for item in VOCABULARY.relationships}
    assert {name for name in names if name not in GUIDE} == set()
    fields = {
        row["field"] for row in store.run("MATCH ()-[r:PRINTED_IN]->() RETURN DISTINCT r.field AS field")
    }
    assert {field for field in fields if f"`{field}`" not in GUIDE} == set()
    assert {code for code in ISSUE_WORDS if f"`{code}`" not in GUIDE} == set()
    assert all(heading(field) for field in fields)
