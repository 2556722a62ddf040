"""Judging in the browser: beside pairs of targets and indicators, and all judgements on one page."""

import json
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from app.judgement_file import add_judgement
from app.judging import keep_judgement
from app.workspace import open_workspace
from graph.judgements import Judgement, Subject, Verdict, concept_id
from graph.store import open_store
from ontology.errors import WorkspaceError
from tests.pages import open_page, table, words_on
from tests.samples import Command, write_form

FILE = "judgements.jsonl"
HOSTILE = "=1+1 <img src=x onerror=alert(1)> **粗** [链](http://x)"


@pytest.fixture
def built(jixiao: Command, workspace: Path, folder: Path) -> Path:
    """A workspace with two projects whose targets are copied, and two indicators near each other."""
    write_form(folder / "a.txt", project="图书购置")
    other = write_form(folder / "b.txt", project="少儿图书购置", books=500)
    other.write_text(other.read_text("utf-8").replace("读者满意度", "读者满意率"), "utf-8")
    assert jixiao("build", folder, "--workspace", workspace).status == 0
    return workspace


def rows(jixiao: Command, workspace: Path, text: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(jixiao("query", text, "--json", "--workspace", workspace).out)
    return found


@pytest.fixture
def pair(jixiao: Command, built: Path) -> dict[str, str]:
    """The two targets as the address of their page names them."""
    text = "MATCH (t:PerformanceTarget) RETURN t.id AS id ORDER BY id"
    one, other = (row["id"] for row in rows(jixiao, built, text))
    return {"one": one, "other": other}


def judge(page: AppTest, label: str, remark: str = "", name: str = "") -> AppTest:
    next(field for field in page.text_input if field.label == "理由").set_value(remark)
    next(field for field in page.text_input if field.label == "判断人").set_value(name)
    next(button for button in page.button if button.label == label).click().run()
    assert not page.exception
    return page


def kept(workspace: Path) -> list[dict[str, str]]:
    path = workspace / FILE
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


class TestTargets:
    def test_a_pair_judged_apart_stays_so_after_a_rebuild(
        self,
        jixiao: Command,
        built: Path,
        folder: Path,
        pair: dict[str, str],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        assert "1 对" in words_on(open_page(built, monkeypatch, "duplicates"))
        page = judge(open_page(built, monkeypatch, "duplicates", **pair), "不是一回事", HOSTILE, " 张三 ")
        (line,) = kept(built)
        assert {line["one"], line["other"]} == set(pair.values()) and line["subject"] == "targets"
        assert (line["verdict"], line["remark"], line["judge"]) == ("different", HOSTILE, "张三")
        said = f"人工判断：不是一回事：{HOSTILE}（张三 {line['day']}）"
        # st.text shows letter by letter.
        assert said in [text.value for text in page.text] and "已记下" in words_on(page)
        for _ in ("at once", "after a build"):
            assert "0 对" in words_on(open_page(built, monkeypatch, "duplicates"))
            again = open_page(built, monkeypatch, "duplicates", **pair)
            assert said in [text.value for text in again.text] and not again.success
            (built / "graph.kgl").unlink()
            assert jixiao("build", folder, "--workspace", built).status == 0
            # What all sessions remember for some seconds, and for as long as the data are the same.
            st.cache_data.clear()
            st.cache_resource.clear()

    def test_a_page_read_between_a_judgement_and_its_graph_is_read_again(
        self,
        jixiao: Command,
        built: Path,
        folder: Path,
        pair: dict[str, str],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        add_judgement(built, Judgement(subject=Subject.TARGETS, verdict=Verdict.DIFFERENT, **pair))
        assert "1 对" in words_on(open_page(built, monkeypatch, "duplicates"))
        assert jixiao("build", folder, "--workspace", built).status == 0
        st.cache_data.clear()  # what is known of the graph for some seconds
        assert "0 对" in words_on(open_page(built, monkeypatch, "duplicates"))

    def test_two_judged_the_same_are_listed_however_little_they_share(
        self,
        jixiao: Command,
        folder: Path,
        workspace: Path,
        examples: list[Path],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        write_form(folder / "a.txt")
        assert jixiao("build", folder, examples[0], "--workspace", workspace).status == 0
        with open_store(workspace / "graph.kgl", read_only=True) as store:
            rows = store.run("MATCH (t:PerformanceTarget) RETURN t.id AS id, t.name AS name ORDER BY name")
        one = next(row["id"] for row in rows if row["name"] == "图书购置")
        other = next(row["id"] for row in rows if row["id"] != one)
        judgement = Judgement(subject=Subject.TARGETS, one=one, other=other, verdict=Verdict.SAME)
        keep_judgement(workspace, judgement, track=lambda names: names)
        (row,) = table(open_page(workspace, monkeypatch, "duplicates", share="100"), "结论", "共有比例")
        assert (row["结论"], row["判断"]) == ("雷同", "是一回事") and row["共有比例"] != "100%"
        page = open_page(workspace, monkeypatch, "duplicates", one=one, other=other)
        assert page.header[0].value.startswith("雷同")

    def test_nothing_is_judged_against_itself(
        self, built: Path, pair: dict[str, str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        own = pair["one"]
        page = open_page(built, monkeypatch, "duplicates", one=own, other=own)
        assert "是一回事" not in [button.label for button in page.button]
        judgement = Judgement(subject=Subject.TARGETS, one=own, other=own, verdict=Verdict.SAME)
        with pytest.raises(WorkspaceError, match="应为两个不同的"):
            keep_judgement(built, judgement, track=lambda names: names)
        assert kept(built) == []

    def test_pairs_judged_apart_are_counted_where_they_are_missing(
        self, built: Path, pair: dict[str, str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert "没有列在这里" not in words_on(open_page(built, monkeypatch, "duplicates"))
        judge(open_page(built, monkeypatch, "duplicates", **pair), "不是一回事")
        assert "判断为不是一回事的 1 对没有列在这里" in words_on(open_page(built, monkeypatch, "duplicates"))

    def test_a_judgement_can_be_changed(
        self, built: Path, pair: dict[str, str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        page = open_page(built, monkeypatch, "duplicates", **pair)
        judge(judge(page, "不是一回事"), "是一回事", "看错了")
        assert [line["verdict"] for line in kept(built)] == ["different", "same"]
        again = open_page(built, monkeypatch, "duplicates", **pair)
        assert "是一回事" in again.header[0].value and again.text_input[0].value == "看错了"
        listed = open_page(built, monkeypatch, "duplicates").dataframe[0].value
        assert list(listed["判断"]) == ["是一回事"]
        table = open_page(built, monkeypatch, "judgements").dataframe[0].value
        assert list(table["判断"]) == ["是一回事", "不是一回事"] and list(table["备注"]) == ["", "后来改了"]

    def test_a_busy_workspace_keeps_nothing(
        self, built: Path, pair: dict[str, str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        page = open_page(built, monkeypatch, "duplicates", **pair)
        with open_workspace(built):
            judge(page, "是一回事", "同一笔钱")
        assert "正由另一个进程写入" in words_on(page) and kept(built) == []

    def test_the_graph_of_another_workspace_is_not_judged(
        self,
        jixiao: Command,
        built: Path,
        folder: Path,
        pair: dict[str, str],
        monkeypatch: pytest.MonkeyPatch,
        empty_neo4j: str,
    ) -> None:
        mine = built.parent / "v"
        assert jixiao("build", folder, "--workspace", mine, "--store", empty_neo4j).status == 0
        for workspace in (built, built.parent / "none"):
            page = open_page(workspace, monkeypatch, "duplicates", address=empty_neo4j, **pair)
            assert "从别的工作区载入的，判断要在那个工作区里做" in words_on(page)
            assert "是一回事" not in [button.label for button in page.button]
        judge(open_page(mine, monkeypatch, "duplicates", address=empty_neo4j, **pair), "不是一回事")
        assert len(kept(mine)) == 1 and kept(built) == []
        assert "0 对" in words_on(open_page(mine, monkeypatch, "duplicates", address=empty_neo4j))


class TestIndicators:
    def test_near_indicators_are_judged_on_the_card(
        self, built: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        own = concept_id("读者满意度")
        page = open_page(built, monkeypatch, "indicator", id=own, other=concept_id("读者满意率"))
        judge(page, "不是一回事", "问法不同")
        (line,) = kept(built)
        assert (line["subject"], line["one"], line["other"]) == ("indicators", "读者满意度", "读者满意率")
        again = open_page(built, monkeypatch, "indicator", id=own, other=concept_id("读者满意率"))
        assert "人工判断：不是一回事：问法不同" in words_on(again)
        near = next(table.value for table in again.dataframe if "判断" in table.value)
        assert dict(zip(near["指标"], near["判断"], strict=True)) == {"读者满意率": "不是一回事"}

    def test_without_a_choice_there_is_nothing_to_judge(
        self, built: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        page = open_page(built, monkeypatch, "indicator", id=concept_id("读者满意度"), other="没有的")
        assert "是一回事" not in [button.label for button in page.button]


class TestPage:
    def test_no_judgements_says_where_to_judge(self, built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        assert "还没有判断" in words_on(open_page(built, monkeypatch, "judgements"))

    def test_all_are_listed_the_newest_first(
        self, jixiao: Command, built: Path, pair: dict[str, str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        where = "--workspace", built
        told = "--verdict", "same", "--remark", HOSTILE, "--judge", "李四"
        assert jixiao("judge", "读者满意度", "读者 满意率", *told, *where).status == 0
        sides = pair["one"], pair["other"]
        assert jixiao("judge", *sides, "--targets", "--verdict", "unsure", *where).status == 0
        page = open_page(built, monkeypatch, "judgements")
        table = page.dataframe[0].value
        assert list(table["对象"]) == ["绩效目标", "指标"]
        assert {table["甲"][0], table["乙"][0]} == {"图书购置 2024", "少儿图书购置 2024"}
        assert list(table.iloc[1, 1:]) == [
            "是一回事",
            "",
            "指标",
            "读者满意度",
            "读者 满意率",
            HOSTILE,
            "李四",
        ]
        only = open_page(built, monkeypatch, "judgements", verdict="unsure").dataframe[0].value
        assert list(only["判断"]) == ["说不准"]
        none = open_page(built, monkeypatch, "judgements", verdict="different")
        assert "没有这样的判断" in words_on(none)

    def test_what_has_left_and_what_is_no_judgement(
        self, built: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        line = {"subject": "targets", "one": "target-0", "other": "target-1", "verdict": "same"}
        (built / FILE).write_text(json.dumps(line) + "\n不是判断 **粗**\n", "utf-8")
        page = open_page(built, monkeypatch, "judgements")
        assert "第 2 行不是一条判断" in words_on(page)
        assert list(page.dataframe[0].value["甲"]) == ["已不在图谱里（target-0）"]
