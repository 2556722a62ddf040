"""`judge`, and what the commands make of the file of judgements, however it was edited."""

import codecs
import csv
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.samples import Command, raw_driver, write_form

JIXIAO = str(Path(sys.executable).with_name("jixiao"))
FILE = "judgements.jsonl"
GOOD = {"subject": "indicators", "one": "读者满意度", "other": "到馆读者人次", "verdict": "same"}


def line(**fields: str) -> str:
    """A line of the file, in which some fields stand otherwise."""
    return json.dumps(GOOD | fields, ensure_ascii=False)


@pytest.fixture
def judged(jixiao: Command, tmp_path: Path) -> Path:
    """A workspace with two projects that print the same four rows, and one that shares none with them."""
    folder = tmp_path / "公开"
    write_form(folder / "a.txt", project="图书购置")
    write_form(folder / "b.txt", project="少儿图书购置", books=500)
    other = write_form(folder / "c.txt", project="道路清扫")
    text = other.read_text("utf-8")
    for mine, theirs in (
        ("新增图书册数", "清扫面积"), ("图书编目差错率", "道路保洁达标率"), ("到馆读者人次", "投诉下降率"),
        ("读者满意度", "居民满意度"), ("丰富馆藏，服务读者。", "城区道路干净。"),
    ):  # fmt: skip
        text = text.replace(mine, theirs)
    other.write_text(text, "utf-8")
    workspace = tmp_path / "w"
    assert jixiao("build", folder, "--workspace", workspace).status == 0
    return workspace


def duplicates(jixiao: Command, workspace: Path, *options: str) -> dict[str, list[dict[str, Any]]]:
    answer = jixiao("duplicates", "--workspace", workspace, "--json", "-", *options)
    assert answer.status == 0, answer.err
    found: dict[str, list[dict[str, Any]]] = json.loads(answer.out)
    return found


def target_ids(jixiao: Command, workspace: Path) -> dict[str, str]:
    text = "MATCH (t:PerformanceTarget) RETURN t.name AS name, t.id AS id"
    rows = json.loads(jixiao("query", text, "--json", "--workspace", workspace).out)
    return {row["name"]: row["id"] for row in rows}


class TestRelate:
    def test_a_judgement_stands_beside_the_relation(self, jixiao: Command, judged: Path) -> None:
        told = "--remark", "问法相同", "--judge", "张三", "--workspace", judged
        assert jixiao("judge", "读者满意度", "居民满意度", "--verdict", "same", *told).status == 0
        pair = "居民 满意度|≥95%", "读者满意度|≥90%"
        out = jixiao("relate", *pair, "--workspace", judged).out
        alone = jixiao("relate", *pair).out
        assert out.startswith(alone) and "人工判断是一回事：问法相同（张三 " in out.removeprefix(alone)
        found = json.loads(jixiao("relate", *pair, "--json", "--workspace", judged).out)
        assert found["relation"] == json.loads(jixiao("relate", *pair, "--json").out)["relation"]
        judgement = found["judgement"]
        assert (judgement["verdict"], judgement["remark"], judgement["judge"]) == ("same", "问法相同", "张三")

    @pytest.mark.parametrize("verdict", ["same", "different", "unsure"])
    def test_in_lines_and_at_once_after_an_edit(self, judged: Path, verdict: str) -> None:
        (judged / FILE).write_text(line(verdict=verdict), "utf-8")
        pairs = [
            {"a": {"name": "到馆读者 人次", "printed_value": 5}, "b": "读者满意度|≥95%"},
            {"a": "读者满意度", "b": "居民满意度"},
        ]
        done = subprocess.run(
            [JIXIAO, "relate", "--jsonl", "--workspace", str(judged)],
            input="\n".join(json.dumps(pair) for pair in pairs),
            capture_output=True,
            text=True,
            check=True,
        )
        one, other = (json.loads(answer)["judgement"] for answer in done.stdout.splitlines())
        assert one["verdict"] == verdict and other is None

    def test_a_folder_that_is_no_workspace_is_told_of_where_it_was_asked_for(
        self, jixiao: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        answer = jixiao("relate", "甲", "乙", "--workspace", tmp_path / "w")
        assert answer.status == 2 and "不是工作区" in answer.err
        monkeypatch.setenv("JIXIAO_WORKSPACE", str(tmp_path / "w"))
        assert jixiao("relate", "甲", "乙").status == 0


class TestDuplicates:
    def test_targets_judged_the_same_are_a_pair(self, jixiao: Command, judged: Path) -> None:
        ids = target_ids(jixiao, judged)
        books, roads = ids["图书购置"], ids["道路清扫"]
        assert len(duplicates(jixiao, judged)["target_pairs"]) == 1
        line_ = line(subject="targets", one=books, other=roads, remark="同一笔钱")
        (judged / FILE).write_text(line_, "utf-8")
        for _ in ("at once", "after a build"):
            pair = duplicates(jixiao, judged)["target_pairs"][-1]
            assert pair["label"] == "copied" and pair["shared"] == [] and pair["share"] == 0
            assert pair["judgement"]["remark"] == "同一笔钱"
            out = jixiao("duplicates", "--workspace", judged, "--min-share", "1").out
            assert "人工判断是一回事：同一笔钱" in out
            rows = list(
                csv.DictReader(jixiao("duplicates", "--workspace", judged, "--csv", "-").out.splitlines())
            )
            assert [row["人工判断"] for row in rows][-1] == "人工判断是一回事：同一笔钱"
            assert jixiao("build", judged.parent / "公开", "--workspace", judged).status == 0
        shares = "MATCH (a)-[r:SHARES_INDICATORS_WITH]->(b) RETURN r.label AS label, r.share AS share"
        rows = json.loads(jixiao("query", shares, "--json", "--workspace", judged).out)
        assert {"label": "copied", "share": 0} in rows and len(rows) == 2

    def test_targets_judged_apart_are_no_pair_at_once(self, jixiao: Command, judged: Path) -> None:
        ids = target_ids(jixiao, judged)
        (judged / FILE).write_text(
            line(subject="targets", one=ids["图书购置"], other=ids["少儿图书购置"], verdict="different"),
            "utf-8",
        )
        assert duplicates(jixiao, judged)["target_pairs"] == []

    def test_repeats_within_a_target_follow_judgements(self, jixiao: Command, judged: Path) -> None:
        assert duplicates(jixiao, judged)["within_target"] == []
        (judged / FILE).write_text(line(remark="都数读者"), "utf-8")
        found = duplicates(jixiao, judged)["within_target"]
        assert {item["project"] for item in found} == {"图书购置", "少儿图书购置"}
        for item in found:
            assert set(item["names"]) == {"读者满意度", "到馆读者人次"}
            assert item["reason"].startswith("人工判断是一回事：都数读者")
        (judged / FILE).write_text(line(verdict="different"), "utf-8")
        assert duplicates(jixiao, judged)["within_target"] == []

    def test_a_computed_repeat_judged_apart_is_none(self, jixiao: Command, tmp_path: Path) -> None:
        form = write_form(tmp_path / "a.txt")
        form.write_text(
            form.read_text("utf-8").replace("到馆读者人次\t≥5万人次", "读者满意率\t≥95%"), "utf-8"
        )
        jixiao("build", form, "--workspace", tmp_path / "w")
        assert len(duplicates(jixiao, tmp_path / "w")["within_target"]) == 1
        for verdict, left in (("different", 0), ("unsure", 1)):
            (tmp_path / "w" / FILE).write_text(line(other="读者满意率", verdict=verdict), "utf-8")
            assert len(duplicates(jixiao, tmp_path / "w")["within_target"]) == left
        assert "人工判断说不准" in jixiao("duplicates", "--workspace", tmp_path / "w").out


class TestFile:
    @pytest.mark.parametrize(
        ("bad", "told"),
        [
            ("不是判断", "不是完整的 JSON"),
            ("[]", "不是 JSON 对象"),
            ('{"subject": "indicators", "one": "甲", "other": "乙"}', "缺少字段 verdict"),
            (line(verdict="Same"), "字段 verdict 的值不对"),
            (line(remarks="多写了 s"), "没有 remarks 这个字段"),
            (line(one="到馆读者 人次"), "A 和 B 是同一个"),
            (line(one=" "), "“ ”里没有文字"),
            (line(one="。"), "“。”里没有文字"),
            (
                r'{"subject": "indicators", "one": "\ud800", "other": "乙", "verdict": "same"}',
                "不是完整的 JSON",
            ),
            ('{"remark": ' + "[" * 100_000, "字段 remark 的值不对"),
        ],
    )
    def test_a_bad_line_is_told_of_and_the_others_count(
        self, jixiao: Command, judged: Path, bad: str, told: str
    ) -> None:
        text = f"{line(verdict='unsure')}\n\n{bad}\n{line()}"
        (judged / FILE).write_text(text, "utf-8")
        built = jixiao("build", judged.parent / "公开", "--workspace", judged)
        assert built.status == 0
        related = jixiao("relate", "读者满意度", "到馆读者人次", "--workspace", judged)
        listed = jixiao("duplicates", "--workspace", judged)
        for answer in (built, related, listed):
            assert (answer.out + answer.err).count(f"judgements.jsonl 第 3 行不是一条判断（{told}") == 1
        assert "人工判断是一回事" in related.out and "目标内重复的指标：2 处" in listed.out
        more = "judge", "读者满意度", "居民满意度", "--verdict", "same", "--workspace", judged
        answer = jixiao(*more)
        assert answer.status == 0 and "第 3 行不是一条判断" in answer.err
        assert (judged / FILE).read_text("utf-8").startswith(text + "\n")

    def test_bytes_that_are_no_utf8_are_a_bad_line(self, jixiao: Command, judged: Path) -> None:
        (judged / FILE).write_bytes(line(remark="满意").encode("gb18030") + b"\n" + line().encode() + b"\n")
        answer = jixiao("relate", "读者满意度", "到馆读者人次", "--workspace", judged)
        assert answer.status == 0 and "第 1 行不是一条判断（不是 UTF-8）" in answer.err
        assert "人工判断是一回事" in answer.out

    def test_a_file_saved_by_a_spreadsheet_or_notepad_is_read(self, jixiao: Command, judged: Path) -> None:
        (judged / FILE).write_bytes(codecs.BOM_UTF8 + line().encode() + b"\r\n")
        answer = jixiao("relate", "读者满意度", "到馆读者人次", "--workspace", judged)
        assert "人工判断是一回事" in answer.out and answer.err == ""

    def test_a_judgement_of_what_is_not_there_is_told_of_and_kept(
        self, jixiao: Command, judged: Path
    ) -> None:
        written = line(one="没有的指标") + "\n"
        (judged / FILE).write_text(written, "utf-8")
        answer = jixiao("build", judged.parent / "公开", "--workspace", judged)
        assert answer.status == 0
        assert "图谱里没有“没有的指标”，关于它的人工判断没有用上" in answer.out + answer.err
        assert (judged / FILE).read_text("utf-8") == written


class TestJudge:
    @pytest.mark.parametrize(
        ("arguments", "told"),
        [
            (("读者满意度", "读者满意"), "图谱里没有指标“读者满意”；"),
            (("甲", "乙"), "图谱里没有指标“甲”和“乙”；"),
            (("读者满意度", "target-0", "--targets"), "图谱里没有目标“读者满意度”和“target-0”；"),
            (("读者满意度", "\udcff"), "B 里有不是 UTF-8 的字"),
            (("读者满意度", "居民满意度", "--remark", "\ud800"), "--remark 里有不是 UTF-8 的字"),
            (("读者满意度", "居民满意度", "--judge", "\udcff"), "--judge 里有不是 UTF-8 的字"),
            (("。", "！"), "“。”里没有文字"),
        ],
    )
    def test_what_is_not_in_the_graph_is_not_judged(
        self, jixiao: Command, judged: Path, arguments: tuple[str, ...], told: str
    ) -> None:
        answer = jixiao("judge", *arguments, "--verdict", "same", "--workspace", judged)
        assert answer.status == 2 and told in answer.err and answer.err.count("\n") == 1
        assert not (judged / FILE).exists()

    def test_a_lost_graph_is_first_made_again(self, jixiao: Command, judged: Path) -> None:
        (judged / "graph.kgl").unlink()
        words = "judge", "读者满意度", "居民满意度", "--verdict", "same", "--workspace", judged
        assert jixiao(*words).status == 0
        text = "MATCH ()-[r:SIMILAR_TO]->() RETURN r.reason AS reason"
        rows = json.loads(jixiao("query", text, "--json", "--workspace", judged).out)
        assert {"reason": "人工判断是一回事"} in rows

    def test_the_graph_of_another_workspace_is_refused(
        self, jixiao: Command, judged: Path, tmp_path: Path, empty_neo4j: str
    ) -> None:
        form = write_form(tmp_path / "b.txt", project="馆舍维修")
        assert jixiao("build", form, "--workspace", tmp_path / "v", "--store", empty_neo4j).status == 0
        where = "--workspace", judged, "--store", empty_neo4j
        answer = jixiao("judge", "读者满意度", "到馆读者人次", "--verdict", "same", *where)
        assert answer.status == 2 and "有 1 份文件是由别的工作区载入的" in answer.err
        assert not (judged / FILE).exists()
        with raw_driver() as driver:
            text = "MATCH ()-[r:SIMILAR_TO {reason: '人工判断是一回事'}]->() RETURN count(r) AS n"
            assert driver.execute_query(text).records[0]["n"] == 0
        # Nor are the judgements of this workspace taken for the other's.
        (judged / FILE).write_text(line(), "utf-8")
        found = json.loads(jixiao("duplicates", *where, "--json", "-").out)
        assert found["within_target"] == []
