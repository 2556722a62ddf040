"""Questions asked by name: which there are, what they need, and the same answers as their texts give."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from app.question_headings import HEADINGS
from graph import questions
from graph.query_names import unknown_names
from graph.questions import PARAMETERS, QUESTIONS, nearest_questions
from ontology.errors import VocabularyError
from tests.samples import Command, write_form


@pytest.fixture
def built(folder: Path, workspace: Path, jixiao: Command) -> Path:
    """Two projects, one of them over two years."""
    write_form(folder / "2023.txt", year=2023, books=2024)
    write_form(folder / "2024.txt", year=2024, books=3000)
    write_form(folder / "书架.txt", project="书架更新2024", year=2024, books=40)
    assert jixiao("build", folder, "--workspace", workspace).status == 0
    return workspace


def test_a_question_is_asked_by_name(built: Path, jixiao: Command) -> None:
    asked = ["query", "--question", "reuse_over_years", "--workspace", built]
    rows = json.loads(jixiao(*asked, "--json").out)
    assert len(rows) == 4 and {(row["project"], row["years"]) for row in rows} == {("图书购置", 2)}
    assert len(json.loads(jixiao(*asked, "--param", "row_limit=2", "--json").out)) == 2
    assert json.loads(jixiao(*asked, "--param", "min_count=3", "--json").out) == []
    lines = jixiao(*asked, "--csv").out.splitlines()
    assert len(lines) == 5 and lines[0] == "project_id,project,concept_id,concept,years"
    shown = jixiao(*asked)
    assert "图书购置" in shown.out and "共 4 行" in shown.err


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_column_has_a_heading(name: str) -> None:
    text = QUESTIONS[name].text
    columns = re.findall(r"AS ([a-z_]+)", text[text.rindex("RETURN") :])
    assert columns and set(columns) <= set(HEADINGS)


def test_people_read_headings_and_programs_names(built: Path, jixiao: Command) -> None:
    asked = ["query", "--question", "reuse_over_years", "--workspace", built]
    assert jixiao(*asked).out.split()[:4] == ["项目", "指标", "年", "项目编号"]
    assert jixiao(*asked, "--csv").out.splitlines()[0] == "project_id,project,concept_id,concept,years"


def test_what_one_question_lists_the_next_one_takes(built: Path, jixiao: Command) -> None:
    """A word made of figures is a word nevertheless, in JSON's quotes or without."""
    for word in ("2024", '"2024"'):
        asked = ["query", "--question", "projects", "--param", f"word={word}", "--json", "--workspace", built]
        (project,) = json.loads(jixiao(*asked).out)
        assert project["project"] == "书架更新2024"
    own = f"project_id={project['project_id']}"
    tree = jixiao("query", "--question", "project", "--param", own, "--json", "--workspace", built)
    assert json.loads(tree.out)[0]["name"] == "新增图书册数"


def test_a_server_is_asked_by_name(built: Path, jixiao: Command, empty_neo4j: str) -> None:
    assert jixiao("build", "--workspace", built, "--store", empty_neo4j).status == 0
    for name, given in (("words", "word=满意"), ("same_value", "min_count=1"), ("scores", "total=90.5")):
        asked = ["query", "--question", name, "--param", given, "--csv"]
        own, of_server = jixiao(*asked, "--workspace", built), jixiao(*asked, "--store", empty_neo4j)
        assert own.status == 0 and own.out == of_server.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "缺少“CYPHER”，应为查询语句；或用 --question 问现成的问题，有哪些见 --questions"),
        (["RETURN 1 AS n", "--question", "words"], "CYPHER、--question、--questions 只能用一个"),
        (["--questions", "--question", "words"], "CYPHER、--question、--questions 只能用一个"),
        (["--questions", "--param", "word=x"], "--param 要和 CYPHER 或 --question 一起用"),
        (["--question", "word"], "没有问题“word”，是否想用 words（名称里有某个词的指标）"),
        (["--question", "预算最多的"], "没有问题“预算最多的”，是否想用 large_projects（预算最多的项目）"),
        (["--question", "zzzz"], "没有问题“zzzz”；全部问题见 jixiao query --questions"),
        (["--question", ""], "没有问题“”；全部问题见"),
        (["--question", "project"], "缺少参数 project_id（项目的编号，问题 projects 的 project_id 一栏）"),
        (["--question", "words", "--param", "words=x"], "没有参数 words；它有：word、row_limit"),
        (["--question", "nodes", "--param", "x=1"], "没有参数 x；它没有参数"),
        (["--question", "words", "--param", "row_limit=-1"], "是“-1”，应为不小于 0 的整数"),
        (["--question", "scores", "--param", "total=很多"], "参数 total（应有的合计）是“很多”，应为数"),
        (["--question", "words", "--param", "满意度"], "应写成 名=值"),
    ],
)
def test_wrong_use_is_one_plain_sentence(jixiao: Command, arguments: list[str], said: str) -> None:
    answer = jixiao("query", *arguments)
    assert (answer.status, answer.out) == (2, "")
    assert said in answer.err and len(answer.err.splitlines()) == 1


def test_every_question_is_listed(jixiao: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shown = jixiao("query", "--questions")
    assert shown.status == 0 and f"共 {len(QUESTIONS)} 行" in shown.err
    assert "concept_id（必填） min_count=2 row_limit=50" in shown.out
    listed = json.loads(jixiao("query", "--questions", "--json").out)
    assert [item["name"] for item in listed] == list(QUESTIONS)
    assert all(item["question"] in shown.out for item in listed)
    (occurrences,) = (item for item in listed if item["name"] == "occurrences")
    defaults = [(item["name"], item["default"]) for item in occurrences["parameters"]]
    assert defaults == [("concept_id", None), ("row_start", 0), ("row_limit", 100)]
    assert "$concept_id" in occurrences["cypher"]
    assert len(jixiao("query", "--questions", "--csv").out.splitlines()) == len(QUESTIONS) + 1


def test_every_parameter_has_words_and_is_used() -> None:
    used = {parameter.name for question in QUESTIONS.values() for parameter in question.parameters}
    assert used == PARAMETERS.keys()
    assert all(unknown_names(question.text) == [] for question in QUESTIONS.values())
    for question in QUESTIONS.values():
        for name, default in question.defaults.items():
            assert isinstance(default, str) == (PARAMETERS[name].kind == "text")


def test_a_parameter_without_words_is_told_of_at_once() -> None:
    declared = tomllib.loads('title = "甲"\ntext = "RETURN $x"\nneeds = ["x"]')
    with pytest.raises(VocabularyError, match="甲的问题 的参数 x 没有写进 parameters"):
        questions._read("甲的问题", declared)
    with pytest.raises(VocabularyError, match="参数 x 的 kind 是 int，应为 integer、number、text"):
        questions._read_parameter("x", {"words": "几", "kind": "int"})


def test_a_questions_own_name_is_the_nearest() -> None:
    assert all(nearest_questions(name)[0] == name for name in QUESTIONS)
    assert all(nearest_questions(question.title)[0] == name for name, question in QUESTIONS.items())
