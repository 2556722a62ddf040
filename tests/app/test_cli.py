"""The commands: what they print, what they write, how they refuse wrong use."""

import csv
import io
import json
import re
from pathlib import Path

import pytest
from rich.cells import cell_len

from app.commands import jixiao as commands
from graph.reuse import Occurrence, concept_occurrences
from graph.store import GraphStore
from tests.samples import Command, write_form


@pytest.fixture
def built(folder: Path, workspace: Path, jixiao: Command) -> Path:
    """A workspace of two years of one project and one of another."""
    write_form(folder / "2023.txt", year=2023, books=2500)
    write_form(folder / "2024.txt", year=2024, books=3000)
    write_form(folder / "书架.txt", project="书架更新", year=2024, books=40)
    assert jixiao("build", folder, "--workspace", workspace).status == 0
    return workspace


def test_build_prints_a_summary(folder: Path, workspace: Path, jixiao: Command) -> None:
    write_form(folder / "a.txt")
    (folder / "图.jpg").write_bytes(b"x")
    answer = jixiao("build", folder, "--workspace", workspace)
    assert answer.status == 0
    assert "读取 1 份文件，未变 0 份" in answer.out
    for word in ("公开文件", "预算单位", "项目", "绩效目标", "三级指标", "比率", "数量"):
        assert word in answer.out
    assert "没有读：.jpg 1 个" in answer.out


def test_query_of_the_readme(built: Path, jixiao: Command) -> None:
    text = (
        "MATCH (p:Project)-[:HAS_TARGET]->(:PerformanceTarget)-[:HAS_INDICATOR]->(i:Indicator)"
        "-[:IN_CATEGORY]->(c) RETURN p.name, c.label, i.name, i.printed_value LIMIT 20"
    )
    answer = jixiao("query", text, "--workspace", built)
    assert answer.status == 0
    for word in ("书架更新", "数量指标", "新增图书册数", "≥2500册"):
        assert word in answer.out
    assert "共 12 行" in answer.err


def test_query_as_json_and_csv(built: Path, jixiao: Command) -> None:
    text = (
        "MATCH (p:Project) WHERE p.name CONTAINS $word "
        "RETURN p.name AS name, p.budget AS budget ORDER BY name"
    )
    answer = jixiao("query", text, "--param", "word=图书", "--json", "--workspace", built)
    assert json.loads(answer.out) == [{"name": "图书购置", "budget": 120000.0}]
    answer = jixiao("query", text, "--param", "word=图书", "--csv", "--workspace", built)
    assert list(csv.reader(io.StringIO(answer.out))) == [["name", "budget"], ["图书购置", "120000"]]


def test_parameters_are_json_or_words(built: Path, jixiao: Command) -> None:
    text = "MATCH (t:PerformanceTarget) WHERE t.fiscal_year = $year RETURN count(t) AS n"
    assert json.loads(jixiao("query", text, "--param", "year=2024", "--json", "--workspace", built).out) == [
        {"n": 2}
    ]
    text = "MATCH (p:Project) WHERE p.name IN $names RETURN count(p) AS n"
    answer = jixiao("query", text, "--param", 'names=["书架更新"]', "--json", "--workspace", built)
    assert json.loads(answer.out) == [{"n": 1}]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("MATCH (n) DELETE n", "只能查询"),
        ("CREATE (n:Project {id: 'x'})", "只能查询"),
        ("LOAD CSV FROM 'file:///etc/passwd' AS row RETURN row", "读取文件"),
        ("MATCH (n RETURN n", "语法错误"),
        ("MATCH (n) WHERE n.name = $absent RETURN n.name", "absent"),
    ],
)
def test_a_query_that_is_refused(built: Path, jixiao: Command, text: str, said: str) -> None:
    answer = jixiao("query", text, "--workspace", built)
    assert (answer.status, answer.out) == (2, "")
    assert said in answer.err and len(answer.err.splitlines()) == 1


def test_a_misspelt_name_is_told_of_and_the_answer_given(built: Path, jixiao: Command) -> None:
    question = "MATCH (p:Project) RETURN DISTINCT p.nosuch AS 值"
    answer = jixiao("query", question, "--json", "--workspace", built)
    assert (answer.status, json.loads(answer.out)) == (0, [{"值": None}])
    assert "注意：Project 没有属性 nosuch；有：id、name、budget" in answer.err


def test_reuse_counts_projects_and_shows_places(built: Path, jixiao: Command) -> None:
    answer = jixiao("reuse", "--limit", "4", "--workspace", built)
    assert answer.status == 0
    assert "2 个项目，1 个单位，3 次（2023、2024）" in answer.out
    assert "青泉县图书馆 2024 年 “书架更新”  书架.txt 第1表第8行第3列（文本第11行）" in answer.out
    assert "指标值：≥2500册、≥3000册、≥40册" in answer.out


def test_reuse_asks_for_the_places_it_shows(
    folder: Path, workspace: Path, jixiao: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("图书购置", "书架更新", "期刊订阅", "馆舍维修", "读者活动"):
        write_form(folder / f"{name}.txt", project=name)
    assert jixiao("build", folder, "--workspace", workspace).status == 0
    asked: list[int | None] = []

    def noted(store: GraphStore, own_id: str, *, limit: int | None) -> tuple[Occurrence, ...]:
        asked.append(limit)
        return concept_occurrences(store, own_id, limit=limit)

    monkeypatch.setattr("app.reuse_commands.concept_occurrences", noted)
    lines = jixiao("reuse", "--limit", "1", "--workspace", workspace).out.splitlines()
    assert [line.strip()[:1] for line in lines] == ["1", "指", "·", "·", "·", "·", "…"]
    assert lines[-2].endswith("…… 共 5 处")
    assert lines[-1].startswith("…… 共 4 个")
    assert asked == [3]
    every = json.loads(jixiao("reuse", "--limit", "1", "--json", "-", "--workspace", workspace).out)
    assert [len(item["places"]) for item in every] == [5, 5, 5, 5], "files hold everything"


def test_reuse_as_csv_opens_in_excel(built: Path, jixiao: Command, tmp_path: Path) -> None:
    path = tmp_path / "复用.csv"
    assert jixiao("reuse", "--csv", path, "--workspace", built).status == 0
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert len(rows) == 12
    first = next(row for row in rows if row["指标"] == "新增图书册数" and row["年度"] == "2023")
    assert (first["项目数"], first["指标值"], first["文件"], first["行"], first["列"], first["文本行"]) == (
        "2", "≥2500册", "2023.txt", "5", "3", "8",
    )  # fmt: skip


def test_reuse_as_json_has_every_place(built: Path, jixiao: Command) -> None:
    found = json.loads(jixiao("reuse", "--json", "-", "--workspace", built).out)
    assert [item["projects"] for item in found] == [2, 2, 2, 2]
    assert {len(item["places"]) for item in found} == {3}


def test_cells_are_never_formulas_in_excel(folder: Path, workspace: Path, jixiao: Command) -> None:
    write_form(folder / "a.txt", project="=HYPERLINK(1)经费")
    jixiao("build", folder, "--workspace", workspace)
    out = jixiao("query", "MATCH (p:Project) RETURN p.name AS name", "--csv", "--workspace", workspace).out
    assert out.splitlines()[1].lstrip('"').startswith("'=")


def test_numbers_stay_numbers_in_csv(built: Path, jixiao: Command) -> None:
    answer = jixiao("query", "RETURN -5 AS n, '-5' AS t, [1, 'a'] AS l", "--csv", "--workspace", built)
    assert list(csv.reader(io.StringIO(answer.out))) == [["n", "t", "l"], ["-5", "'-5", '[1, "a"]']]


def test_a_map_of_ones_own_keeps_its_keys(built: Path, jixiao: Command) -> None:
    question = "RETURN {id: 1, labels: 2, properties: {title: 'x', a: 1}} AS m"
    (row,) = json.loads(jixiao("query", question, "--json", "--workspace", built).out)
    assert row["m"] == {"id": 1, "labels": 2, "properties": {"title": "x", "a": 1}}


def test_a_question_that_takes_too_long(
    built: Path, jixiao: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.graph_commands._QUERY_TIMEOUT_S", 0.02)
    slow = "UNWIND range(1, 3000) AS x UNWIND range(1, 3000) AS y RETURN sum(x * y) AS s"
    answer = jixiao("query", slow, "--workspace", built)
    assert answer.status == 2 and "未能在 0.02 秒内完成" in answer.err


def test_the_version_is_told(jixiao: Command) -> None:
    answer = jixiao("--version")
    assert answer.status == 0 and re.fullmatch(r"jixiao \d+\.\d+\.\d+\S*\n", answer.out)


def test_names_are_never_markup_in_the_terminal(folder: Path, workspace: Path, jixiao: Command) -> None:
    write_form(folder / "a.txt", project="[red]图书[/red]购置")
    jixiao("build", folder, "--workspace", workspace)
    answer = jixiao("query", "MATCH (p:Project) RETURN p.name AS name", "--workspace", workspace)
    assert "[red]图书[/red]购置" in answer.out


def test_extract_gives_every_string_its_place(folder: Path, jixiao: Command) -> None:
    path = write_form(folder / "a.txt")
    document = json.loads(jixiao("extract", path, "--json", "-").out)["documents"][0]
    assert (document["budget_unit"], document["fiscal_year"]) == ("青泉县图书馆", 2024)
    target = document["targets"][0]
    assert (target["project"], target["budget_yuan"], target["objective"]) == (
        "图书购置",
        120000,
        "丰富馆藏，服务读者。",
    )
    indicator = target["indicators"][0]
    assert indicator["target_value"] == {
        "kind": "quantity", "comparator": ">=", "number": 3000, "approximate": False, "measure_unit": "册",
        "low": 3000, "high": None, "low_closed": True, "high_closed": None, "date": None,
        "canonical_unit": "册", "canonical_factor": 1, "unit_iri": None,
    }  # fmt: skip
    assert {
        "field": "value",
        "printed": "≥3000册",
        "table": 1,
        "row": 5,
        "column": 4,
        "line": 8,
    } in indicator["sources"]


def test_trace_shows_every_step_and_row(folder: Path, jixiao: Command) -> None:
    path = write_form(folder / "a.txt")
    answer = jixiao("trace", path, "--rows")
    assert answer.status == 0
    steps = ["1 读文件", "2 找绩效目标", "3 读出目标", "4 解读", "5 校验", "6 建图"]
    places = [answer.out.index(step) for step in steps]
    assert places == sorted(places)
    assert "表1第5行第3列（文本第8行）" in answer.out
    assert "读出指标" in answer.out and "表头" in answer.out
    assert "受益对象 读者，度量 满意度" in answer.out and "反向" in answer.out
    assert "年度总体目标 │ 丰富馆藏，服务读者。" in answer.out and "原因" not in answer.out


def test_trace_marks_where_it_cuts_a_row(folder: Path, jixiao: Command) -> None:
    path = write_form(folder / "a.txt", project="图书购置和馆藏建设" * 9)
    assert "馆藏… " in jixiao("trace", path, "--rows").out


def test_trace_of_a_bad_file(folder: Path, jixiao: Command) -> None:
    answer = jixiao("trace", folder / "没有.txt")
    assert answer.status == 2 and "不存在，应为文件" in answer.err
    answer = jixiao("trace", folder)
    assert answer.status == 2 and "是文件夹，应为文件" in answer.err
    (folder / "空.txt").write_bytes(b"")
    answer = jixiao("trace", folder / "空.txt")
    assert answer.status == 1 and "是空的" in answer.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["frob"], "没有命令 frob"),
        (["build"], "缺少“路径…”"),
        (["build", "x", "--frob"], "没有选项 --frob"),
        (["build", "x", "--workspac", "y"], "没有选项 --workspac；是否想用 --workspace"),
        (["build", "--workspace"], "--workspace 后面缺少值"),
        (["reuse", "--limit", "0"], "--limit 应为不小于 1 的整数"),
        (["reuse", "--limit", "many"], "--limit 应为不小于 1 的整数"),
        (["reuse", "--workspace", "nowhere"], "不是工作区"),
        (["extract", "x"], "缺少 --json"),
        (["query", "RETURN 1", "--param", "x"], "应写成 名=值"),
        (["trace", "a", "b"], "多余的参数 b"),
        (["query", "RETURN 1", "--csv", "--json"], "--csv 和 --json 只能用一个"),
        (["reuse", "--csv", "-", "--json", "-"], "只能有一个写到标准输出"),
        (["build", "--forget", "nosuch", "--workspace", "nowhere"], "不是工作区"),
        (["extract", "nosuch", "--json", "-"], "路径 nosuch 不存在"),
    ],
)
def test_wrong_use_is_one_chinese_sentence(jixiao: Command, arguments: list[str], said: str) -> None:
    answer = jixiao(*arguments)
    assert (answer.status, answer.out) == (2, "")
    assert said in answer.err and answer.err.startswith("错误：") and len(answer.err.splitlines()) == 1


def test_help_has_a_short_name(jixiao: Command) -> None:
    for command in ([], ["query"]):
        answer = jixiao(*command, "-h")
        assert answer.status == 0 and answer.out == jixiao(*command, "--help").out
        assert "-h" in answer.out


@pytest.mark.parametrize("name", ["", *commands.commands])
def test_help_is_chinese_and_complete(jixiao: Command, name: str) -> None:
    answer = jixiao(*([name] if name else []), "--help")
    assert answer.status == 0 and answer.out.startswith("用法：jixiao")
    assert "Usage" not in answer.out and "Options" not in answer.out and "Show this" not in answer.out
    command = commands.commands[name] if name else commands
    for param in command.params:
        if param.param_type_name == "option":
            assert param.opts[0] in answer.out
    assert "[required]" not in answer.out and "[x" not in answer.out


def test_help_of_options_stands_in_one_column_on_a_terminal(jixiao: Command) -> None:
    options = jixiao("reuse", "--help").out.split("选项：\n")[1].splitlines()
    starts = {cell_len(re.match(r"  \S+(?: \S+)?\s{2,}", line)[0]) for line in options}  # type: ignore[index]
    assert len(options) == 9 and len(starts) == 1


def test_help_of_queries_names_all_that_the_graph_holds(jixiao: Command, built: Path) -> None:
    shown = jixiao("query", "--help").out
    asked = "MATCH (a)-[r]->(b) RETURN DISTINCT labels(a)[0] AS a, type(r) AS r, labels(b)[0] AS b"
    rows = json.loads(jixiao("query", asked, "--workspace", built, "--json").out)
    assert len(rows) >= 10
    for row in rows:
        assert f"({row['a']})" in shown and f"-[:{row['r']}]->({row['b']})" in shown
