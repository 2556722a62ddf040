"""`relate`, `duplicates`, `boilerplate`, `reuse --axis` and `judge` from the command line."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from graph.store import open_store
from tests.samples import Command, graph_of, write_form

JIXIAO = str(Path(sys.executable).with_name("jixiao"))


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with two projects that print the same four rows, and one of another year."""
    folder = tmp_path_factory.mktemp("copied")
    write_form(folder / "a.txt", project="图书购置")
    write_form(folder / "b.txt", project="少儿图书购置", books=500)
    write_form(folder / "c.txt", project="图书购置", year=2023)
    done = subprocess.run(
        [JIXIAO, "build", str(folder), "--workspace", str(folder / "w")], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return folder / "w"


def test_two_texts_for_people(jixiao: Command) -> None:
    answer = jixiao("relate", "资金支付及时率|100%", "资金拨付及时率|≥95%")
    assert answer.status == 0, answer.err
    assert "意思相同：" in answer.out
    assert "不同：“提升”和“降低”相反" in jixiao("relate", "提升服务水平", "降低服务水平").out


def test_two_texts_for_programs(jixiao: Command) -> None:
    found = json.loads(jixiao("relate", "读者满意度|≥95%", "读者满意度|≥90%", "--json").out)
    assert found["relation"] == "same_template" and "指标值的数不同" in found["reason"]
    assert found["differences"] == []


def test_many_pairs_on_standard_input() -> None:
    pairs = [
        {"a": {"name": "群众满意度"}, "b": {"name": "公众满意度", "printed_value": None, "more": 1}},
        {"a": {"name": "保障草原监测工作"}, "b": {"name": "提升亮灯率"}},
    ]
    sent = "\n".join(json.dumps(pair, ensure_ascii=False) for pair in pairs) + "\n\n"
    done = subprocess.run(
        [JIXIAO, "relate", "--jsonl"], input=sent, capture_output=True, text=True, check=True
    )
    assert [json.loads(line)["relation"] for line in done.stdout.splitlines()] == ["paraphrase", "different"]


def test_two_rows_of_one_file_and_project_are_of_one_target() -> None:
    def asked(file: str, other_file: str) -> str:
        one = {"name": "苗木养护完好率", "printed_value": "100%", "file": file, "project": "苗圃"}
        other = {"name": "完好养护苗木", "file": other_file, "project": "苗圃"}
        sent = json.dumps({"a": one, "b": other}, ensure_ascii=False)
        command = [JIXIAO, "relate", "--jsonl"]
        done = subprocess.run(command, input=sent, capture_output=True, text=True, check=True)
        return str(json.loads(done.stdout)["relation"])

    assert asked("甲.txt", "乙.txt") == "paraphrase"
    assert asked("甲.txt", "甲.txt") == "different"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("x", "不是完整的 JSON"),
        ("[]", "不是 JSON 对象"),
        ('{"a": {"name": "甲"}}', "缺少字段 b"),
        ('{"a": {"name": true}, "b": {"name": "乙"}}', "有的值应为文字，却不是"),
        ('{"a": {"name": "甲", "project": 1}, "b": {"name": "乙"}}', "字段 project 的值不对"),
        ('{"a": {"name": "甲", "x": ' + "[" * 100_000, "不是完整的 JSON"),
        (r'{"a": {"name": "\ud800"}, "b": {"name": "乙"}}', "不是完整的 JSON"),
    ],
)
def test_a_line_that_is_no_pair_is_told_of_and_the_others_are_answered(line: str, told: str) -> None:
    good = '{"a": {"name": "甲"}, "b": {"name": "甲"}}'
    done = subprocess.run(
        [JIXIAO, "relate", "--jsonl"], input=f"{good}\n{line}\n{good}\n", capture_output=True, text=True
    )
    assert done.returncode == 1
    assert f"标准输入第 2 行不是一对指标（{told}）" in done.stderr and done.stderr.count("\n") == 1
    answers = [json.loads(answer) for answer in done.stdout.splitlines()]
    assert [(answer["line"], answer["relation"]) for answer in answers] == [
        (1, "identical"),
        (3, "identical"),
    ]


@pytest.mark.parametrize(
    ("a", "b", "relation"),
    [
        ('{"name": "完成率", "printed_value": 95}', '{"name": "完成率", "printed_value": "95"}', "identical"),
        (
            '{"name": "完成率", "printed_value": 1.50}',
            '{"name": "完成率", "printed_value": "1.50"}',
            "identical",
        ),
        ('{"name": 2024}', '{"name": "2024"}', "identical"),
        ('"完成率|95"', '{"name": "完成率", "printed_value": 95}', "identical"),
        ('"群众满意度"', ' "公众满意度"', "paraphrase"),
    ],
)
def test_numbers_and_bare_texts_are_taken_as_printed(a: str, b: str, relation: str) -> None:
    done = subprocess.run(
        [JIXIAO, "relate", "--jsonl"], input=f'{{"a": {a}, "b": {b}}}', capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["relation"] == relation


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("relate", "甲"), "给了 1 个指标，应为两个"),
        (("relate", "甲", "乙", "--jsonl"), "--jsonl 从标准输入读，不能再给文本"),
        (("duplicates", "--csv", "-", "--json", "-"), "只能有一个写到标准输出"),
        (("duplicates", "--min-share", "0.2"), "--min-share 应为 0.5 到 1 的数"),
        (("boilerplate", "--threshold", "高"), "--threshold 应为 0 到 1 的数"),
        (("duplicates", "--min-share", "nan"), "--min-share 应为 0.5 到 1 的数"),
        (("boilerplate", "--threshold", "NaN"), "--threshold 应为 0 到 1 的数"),
        (("boilerplate", "--threshold", "inf"), "--threshold 应为 0 到 1 的数"),
        (("boilerplate", "--threshold", "-0.1"), "--threshold 应为 0 到 1 的数"),
        (("judge", "甲", "甲 ", "--verdict", "same"), "A 和 B 是同一个，应为两个不同的"),
    ],
)
def test_wrong_use(jixiao: Command, arguments: tuple[str, ...], told: str) -> None:
    answer = jixiao(*arguments)
    assert answer.status == 2 and told in answer.err


def test_copied_targets_for_people(jixiao: Command, copied: Path) -> None:
    out = jixiao("duplicates", "--workspace", copied).out
    assert "雷同的绩效目标：3 对" in out and "雷同 100%" in out
    assert "先见于 2023 年“图书购置”" in out
    assert "同一模板  新增图书册数 ≥3000册 | 新增图书册数 ≥500册" in out
    assert "两两雷同的组：1 组" in out and "3 个：" in out


def test_copied_targets_for_programs(jixiao: Command, copied: Path, tmp_path: Path) -> None:
    answer = jixiao("duplicates", "--workspace", copied, "--json", tmp_path / "d.json")
    assert answer.status == 0, answer.err
    found = json.loads((tmp_path / "d.json").read_text("utf-8"))
    pair = found["target_pairs"][0]
    assert {"a", "b", "label", "share", "earlier", "judgement", "shared"} == set(pair)
    assert pair["a"]["file"] in {"a.txt", "b.txt", "c.txt"} and pair["a"]["project"]
    assert len(pair["shared"]) == 4 and pair["label"] == "copied"
    assert {item["kind"] for item in found["copied_objectives"]} == {"other_goal"}
    fewer = json.loads(jixiao("duplicates", "--workspace", copied, "--min-share", "1", "--json", "-").out)
    assert all(item["share"] == 1 for item in fewer["target_pairs"])


def test_tables_hold_no_formulas(jixiao: Command, tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_form(tmp_path / f"{name}.txt", project=f"=1+1 项目{name}")
    jixiao("build", tmp_path / "a.txt", tmp_path / "b.txt", "--workspace", tmp_path / "w")
    for command in ("duplicates", "boilerplate", "reuse"):
        answer = jixiao(
            command, "--workspace", tmp_path / "w", "--xlsx", tmp_path / "t.xlsx", "--csv", tmp_path / "t.csv"
        )
        assert answer.status == 0, answer.err
        data = (tmp_path / "t.csv").read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        rows = list(csv.reader(data.decode("utf-8-sig").splitlines()))
        cells = [cell for row in rows for cell in row if "1+1" in cell]
        assert cells and all(not cell.startswith("=") for cell in cells)
        book = load_workbook(tmp_path / "t.xlsx")
        texts = [
            cell for page in book for row in page.iter_rows() for cell in row if "1+1" in str(cell.value)
        ]
        assert texts and all(cell.data_type == "s" for cell in texts)


def test_boilerplate_for_people_and_programs(jixiao: Command, copied: Path) -> None:
    out = jixiao("boilerplate", "--workspace", copied).out
    assert "12 条指标中" in out and "套话占多少（单位）" in out and "青泉县图书馆" in out
    found = json.loads(jixiao("boilerplate", "--workspace", copied, "--json", "-").out)
    assert len(found["rows"]) == 12 and {row["boilerplate"] for row in found["rows"]} <= {True, False}
    assert {"score", "reason", "own_words", "projects", "units", "is_common"} <= set(found["rows"][0])
    strict = json.loads(jixiao("boilerplate", "--workspace", copied, "--threshold", "1", "--json", "-").out)
    assert [row["score"] for row in strict["rows"]] == [row["score"] for row in found["rows"]]
    assert not any(row["boilerplate"] for row in strict["rows"])


def test_what_was_written_is_told(jixiao: Command, copied: Path, tmp_path: Path) -> None:
    for command in (["duplicates"], ["boilerplate"], ["reuse"], ["reuse", "--axis", "years"]):
        places = [tmp_path / "a.csv", tmp_path / "a.xlsx"]
        told = "--csv", places[0], "--xlsx", places[1], "--json", "-"
        answer = jixiao(*command, *told, "--workspace", copied)
        assert [line for line in answer.err.splitlines() if line.startswith("已写入")] == [
            f"已写入 {place}" for place in places
        ]


def test_duplicates_say_where_each_indicator_is_printed(jixiao: Command, copied: Path) -> None:
    found = json.loads(jixiao("duplicates", "--workspace", copied, "--json", "-").out)
    places = {item["a"]["place"] for pair in found["target_pairs"] for item in pair["shared"]}
    assert places and all(place and "行" in place for place in places)
    rows = list(csv.DictReader(jixiao("duplicates", "--workspace", copied, "--csv", "-").out.splitlines()))
    assert rows[0]["单位甲"] == "青泉县图书馆" and rows[0]["出处甲"] in places
    assert rows[0]["目标编号甲"].startswith("target-")


def test_reuse_along_an_axis(jixiao: Command, copied: Path) -> None:
    out = jixiao("reuse", "--axis", "years", "--workspace", copied).out
    assert "同一项目连年使用的指标：4 个" in out
    assert "    · 青泉县图书馆 “图书购置” 2023、2024：≥95% 2 次" in out
    found = json.loads(jixiao("reuse", "--axis", "unit", "--workspace", copied, "--json", "-").out)
    assert {item["unit_projects"] for item in found} == {2}
    assert [group["projects"] for item in found for group in item["groups"]] == [
        ["图书购置", "少儿图书购置"]
    ] * 4
    assert "多个地区使用的指标：0 个" in jixiao("reuse", "--axis", "regions", "--workspace", copied).out


def test_a_judgement_outlives_a_rebuild(jixiao: Command, tmp_path: Path) -> None:
    form = write_form(tmp_path / "a.txt")
    other = write_form(tmp_path / "b.txt", project="馆舍维修")
    other.write_text(other.read_text("utf-8").replace("读者满意度", "读者满意率"), "utf-8")
    workspace = tmp_path / "w"
    jixiao("build", form, other, "--workspace", workspace)

    def similar() -> set[tuple[object, ...]]:
        return {row for row in graph_of(workspace) if row[0] == "SIMILAR_TO"}

    assert len(similar()) == 1
    told = "--remark", "问的人不同", "--workspace", workspace
    answer = jixiao("judge", "读者满意率", "读者满意度", "--verdict", "different", *told)
    assert answer.status == 0, answer.err
    assert similar() == set()
    (workspace / "graph.kgl").unlink()
    jixiao("build", form, other, "--workspace", workspace)
    assert similar() == set()
    jixiao(
        "judge",
        "新增图书册数",
        "到馆读者人次",
        "--verdict",
        "same",
        "--remark",
        "试一试",
        "--workspace",
        workspace,
    )
    (found,) = similar()
    assert "人工判断是一回事：试一试" in found
    lines = (workspace / "judgements.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["verdict"] for line in lines] == ["different", "same"]


def test_a_judgement_written_by_hand_is_taken_over_by_the_next_build(jixiao: Command, copied: Path) -> None:
    pairs = json.loads(jixiao("duplicates", "--workspace", copied, "--json", "-").out)["target_pairs"]
    one, other = pairs[0]["a"]["target_id"], pairs[0]["b"]["target_id"]
    line = {"subject": "targets", "one": one, "other": other, "verdict": "different"}
    file = copied / "judgements.jsonl"
    file.write_text(json.dumps(line), "utf-8")
    try:
        assert jixiao("build", copied.parent, "--workspace", copied).status == 0
        left = json.loads(jixiao("duplicates", "--workspace", copied, "--json", "-").out)["target_pairs"]
        assert len(left) == len(pairs) - 1
        # Gone from the file, it is back with the next build; until then that is said.
        file.write_text("不是判断\n", "utf-8")
        assert "judgements.jsonl 在图谱推得之后改过" in jixiao("duplicates", "--workspace", copied).err
        answer = jixiao("build", copied.parent, "--workspace", copied)
        assert answer.status == 0 and "judgements.jsonl 第 1 行不是一条判断" in answer.err + answer.out
        again = json.loads(jixiao("duplicates", "--workspace", copied, "--json", "-").out)["target_pairs"]
        assert again == pairs
    finally:
        file.unlink()
        assert jixiao("build", copied.parent, "--workspace", copied).status == 0


def test_what_is_derived_goes_with_the_file_it_came_from(jixiao: Command, tmp_path: Path) -> None:
    one, other = write_form(tmp_path / "a.txt"), write_form(tmp_path / "b.txt", project="少儿图书购置")
    workspace = tmp_path / "w"
    jixiao("build", tmp_path, "--workspace", workspace)
    shares = "MATCH ()-[r:SHARES_INDICATORS_WITH]->() RETURN r.share AS share"
    with open_store(workspace / "graph.kgl", read_only=True) as store:
        assert store.run(shares) == [{"share": 1.0}]
    other.unlink()
    jixiao("build", tmp_path, "--workspace", workspace)
    alone = tmp_path / "alone"
    jixiao("build", one, "--workspace", alone)
    assert {row[:3] for row in graph_of(workspace)} == {row[:3] for row in graph_of(alone)}


def test_what_says_nothing_is_left_out_and_counted(jixiao: Command, tmp_path: Path) -> None:
    for name in ("a", "b"):
        form = write_form(tmp_path / f"{name}.txt", project=f"{name}馆购置")
        form.write_text(form.read_text("utf-8").replace("读者满意度", "1"), "utf-8")
    jixiao("build", tmp_path, "--workspace", tmp_path / "w")
    found = json.loads(jixiao("duplicates", "--workspace", tmp_path / "w", "--json", "-").out)
    assert found["left_out"] == 2 and len(found["target_pairs"][0]["shared"]) == 3
    measured = json.loads(jixiao("boilerplate", "--workspace", tmp_path / "w", "--json", "-").out)
    assert measured["left_out"] == 2 and len(measured["rows"]) == 6
    assert "有 2 条指标没有名称" in jixiao("duplicates", "--workspace", tmp_path / "w").out


def test_shares_of_units_projects_and_targets(jixiao: Command, copied: Path) -> None:
    found = json.loads(jixiao("boilerplate", "--workspace", copied, "--json", "-").out)
    scopes = [item["scope"] for item in found["shares"]]
    assert (scopes.count("单位"), scopes.count("项目"), scopes.count("目标")) == (1, 2, 3)
    assert "套话占多少（目标）" in jixiao("boilerplate", "--workspace", copied).out


def test_groups_of_indicators_are_verified_pair_by_pair(jixiao: Command, tmp_path: Path) -> None:
    for at, name in enumerate(("读者满意度", "读者满意率", "到馆读者满意度")):
        form = write_form(tmp_path / f"{at}.txt", project=f"第{at}馆购置")
        form.write_text(form.read_text("utf-8").replace("读者满意度", name), "utf-8")
    jixiao("build", tmp_path, "--workspace", tmp_path / "w")
    found = json.loads(jixiao("duplicates", "--workspace", tmp_path / "w", "--json", "-").out)
    (group,) = found["indicator_groups"]
    assert len(group["concepts"]) == 3 and group["pairs"] == 3 and group["density"] == 1
    assert "两两相近的指标：1 组" in jixiao("duplicates", "--workspace", tmp_path / "w").out


def test_many_equal_targets_are_listed_with_the_earliest_and_counted(jixiao: Command, tmp_path: Path) -> None:
    for at in range(12):
        write_form(tmp_path / f"{at}.txt", project=f"第{at}馆购置")
    jixiao("build", tmp_path, "--workspace", tmp_path / "w")
    found = json.loads(jixiao("duplicates", "--workspace", tmp_path / "w", "--json", "-").out)
    assert len(found["target_pairs"]) == 11 and found["unlisted_target_pairs"] == 55
    assert [len(group) for group in found["groups"]] == [12]
    assert (
        "列出 11 对雷同的目标，另有 55 对没有列出" in jixiao("duplicates", "--workspace", tmp_path / "w").out
    )
