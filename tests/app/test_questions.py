"""The worked questions of docs/graph.md, asked of the graph of the examples; its lists are complete."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.builder import build_workspace
from app.named_questions import question_text
from app.report import ISSUE_WORDS
from app.terminal import shown
from graph import queries
from graph.query_names import unknown_names
from graph.questions import QUESTIONS as BY_NAME
from graph.reuse import concept_occurrences, reuse_ranking
from graph.store import GraphStore, open_store
from ontology.headings import heading
from ontology.vocabulary import VOCABULARY
from tests.samples import empty_server

GUIDE = (Path(__file__).parents[2] / "docs" / "graph.md").read_text("utf-8")
QUESTIONS = dict(re.findall(r"\*\*(\d+) .*?\*\*.*?```cypher\n(.*?)```", GUIDE, re.DOTALL))
NAMED = {
    block: question_text(name, [word for word in shlex.split(options) if word != "--param"])
    for block, name, options in re.findall(r"(```\njixiao query --question (\S+)(.*)\n```\n)", GUIDE)
}
"""The guide's commands that ask a question by its name: what each asks, with which values."""
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
def workspace(examples: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace of all examples."""
    folder = tmp_path_factory.mktemp("工作区") / "w"
    build_workspace(examples, folder, track=iter)
    return folder


@pytest.fixture(scope="module")
def store(workspace: Path) -> Iterator[GraphStore]:
    """The embedded graph of all examples."""
    with open_store(workspace / "graph.kgl", read_only=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def server_store(workspace: Path, neo4j_address: str) -> Iterator[GraphStore]:
    """The same graph on a Neo4j server, loaded from the same records."""
    empty_server()
    build_workspace([], workspace, track=iter, address=neo4j_address)
    with open_store(neo4j_address, read_only=True) as opened:
        yield opened


ASKED = {
    **QUESTIONS,
    "nodes": queries.COUNT_NODES,
    "relationships": queries.COUNT_RELATIONSHIPS,
    "kinds": queries.COUNT_VALUE_KINDS,
    "disclosures": queries.LIST_DISCLOSURES,
    "without targets": queries.FILES_WITHOUT_TARGETS,
    "without indicators": queries.TARGETS_WITHOUT_INDICATORS,
}


@pytest.mark.parametrize("number", ASKED)
def test_every_store_gives_the_same_answer(store: GraphStore, server_store: GraphStore, number: str) -> None:
    params = PARAMS.get(number)
    rows, of_server = (plain_rows(opened.run(ASKED[number], params)) for opened in (store, server_store))
    assert rows and rows == of_server


def test_reuse_is_the_same_on_every_store(store: GraphStore, server_store: GraphStore) -> None:
    ranking = reuse_ranking(store, limit=20, min_projects=2)
    assert ranking and ranking == reuse_ranking(server_store, limit=20, min_projects=2)
    for item in ranking:
        places = concept_occurrences(store, item.concept_id)
        assert places == concept_occurrences(server_store, item.concept_id)


def plain_rows(rows: list[dict[str, object]]) -> list[str]:
    """Rows that can be compared: in no order, lists in them in none either."""
    return sorted(
        repr([sorted(map(repr, value)) if isinstance(value, list) else value for value in row.values()])
        for row in rows
    )


@pytest.mark.parametrize("number", FOUND)
def test_a_worked_question_is_answered(store: GraphStore, number: str) -> None:
    assert unknown_names(QUESTIONS[number]) == []
    rows = store.run(QUESTIONS[number], PARAMS.get(number))
    count, held = FOUND[number]
    assert len(rows) >= count
    assert any(held.items() <= row.items() for row in rows)


PRINTED = {
    **{f"```cypher\n{text}```\n": (text, PARAMS.get(number)) for number, text in QUESTIONS.items()},
    **NAMED,
}


@pytest.mark.parametrize("block", PRINTED)
def test_the_guide_prints_what_the_examples_answer(store: GraphStore, block: str) -> None:
    printed = GUIDE.split(block)[1].split("\n**")[0].split("\n## ")[0]
    count = re.search(r"共 (\d+) 行", printed)
    lines = [line for line in printed.splitlines() if line.startswith("| ")]
    heads, *shown_rows = ([cell.strip() for cell in line.strip("|").split(" | ")] for line in lines)
    rows = store.run(*PRINTED[block])
    assert count and int(count[1]) == len(rows) and heads == list(rows[0])
    answers = [[shown(value).replace("\n", " ").strip() for value in row.values()] for row in rows]
    assert shown_rows and all(row in answers for row in shown_rows)


def test_every_question_of_the_guide_is_asked() -> None:
    assert QUESTIONS.keys() == FOUND.keys() and GUIDE.count("```cypher") == len(QUESTIONS)
    assert NAMED and GUIDE.count("\njixiao query --question ") == len(NAMED)
    assert f"列出 {len(BY_NAME)} 个现成的问题" in GUIDE


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
