"""What is copied, on its page: the same as the command lists, each with its way to the source."""

import html
import json
import time
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

from app.cli import run
from app.views import duplicates
from app.views.differences import marked_apart
from tests.pages import choose_row, open_page, table, words_on


@pytest.fixture(scope="module")
def listed(examples_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the command lists."""
    path = tmp_path_factory.mktemp("listed") / "duplicates.json"
    assert run(["duplicates", "--workspace", str(examples_workspace), "--json", str(path)]) == 0
    told: dict[str, Any] = json.loads(path.read_bytes())
    return told


def test_the_pairs_are_those_of_the_command(
    examples_workspace: Path, monkeypatch: pytest.MonkeyPatch, listed: dict[str, Any]
) -> None:
    page = open_page(examples_workspace, monkeypatch, "duplicates")
    pairs = table(page, "结论", "共有比例")
    shown = [(row["共有比例"], row["目标甲"], row["目标乙"]) for row in pairs]
    assert len(pairs) == len(listed["target_pairs"]) > 3
    assert [share for share, _, _ in shown] == [f"{pair['share']:.0%}" for pair in listed["target_pairs"]]
    only = open_page(examples_workspace, monkeypatch, "duplicates", share="100")
    assert {row["共有比例"] for row in table(only, "结论")} == {"100%"}


@pytest.mark.parametrize(
    ("part", "first", "field", "column"),
    [
        ("within", "处", "within_target", "处"),
        ("objectives", "单位", "copied_objectives", None),
        ("groups", "组", "groups", "组"),
        ("indicators", "组", "indicator_groups", "组"),
    ],
)
def test_each_list_is_that_of_the_command(
    examples_workspace: Path,
    monkeypatch: pytest.MonkeyPatch,
    listed: dict[str, Any],
    part: str,
    first: str,
    field: str,
    column: str | None,
) -> None:
    page = open_page(examples_workspace, monkeypatch, "duplicates", show=part)
    if not listed[field]:
        assert len(page.info) == 1
        return
    rows = table(page, first)
    if column is not None:
        assert len({row[column] for row in rows}) == len(listed[field])
    else:
        assert {row["总体目标中的话"] for row in rows} <= {item["text"] for item in listed[field]}
        assert len(rows) > 0


def test_a_pair_stands_side_by_side_with_its_differences_and_sources(
    examples_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page(examples_workspace, monkeypatch, "duplicates")
    pairs = table(page, "结论")
    page = choose_row(page, "pairs", 0)
    assert page.header[0].value.startswith(str(pairs[0]["结论"]))
    shared = table(page, "指标甲", "指标值甲")
    assert shared and all(row["理由"] for row in shared)
    page = choose_row(page, "shared", 1)
    drawn = [item.proto.body for item in page.get("html")]
    assert sum('class="fragment"' in body for body in drawn) == 2
    (apart,) = [body for body in drawn if 'class="aligned"' in body]
    assert str(shared[1]["指标甲"])[:2] in apart
    asked = {name: str(page.query_params[name]) for name in page.query_params}
    assert asked.keys() == {"one", "other", "row"}
    again = open_page(examples_workspace, monkeypatch, "duplicates", **asked)
    assert [item.proto.body for item in again.get("html")] == drawn
    assert words_on(again) == words_on(page)


def test_a_pair_that_has_left_is_said_to_have_left(
    examples_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page(examples_workspace, monkeypatch, "duplicates", one="target-0", other="target-1")
    assert "图谱里没有这两个目标" in page.info[0].value


def test_a_copied_objective_leads_to_both_sources(
    examples_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page(examples_workspace, monkeypatch, "duplicates", show="objectives")
    rows = table(page, "单位", "目标")
    led_to = set()
    for number, row in enumerate(rows):
        page = open_page(examples_workspace, monkeypatch, "duplicates", show="objectives")
        page = choose_row(page, "objectives", number)
        asked = str(page.query_params["row"])
        again = open_page(examples_workspace, monkeypatch, "duplicates", show="objectives", row=asked)
        assert str(row["原话"]) in words_on(again)
        own, original = asked.split(".")
        sources = [
            parse_qs(item.proto.query_string)["of"][0]
            for item in again.get("page_link")
            if item.proto.page == "source"
        ]
        assert sources[0] == own
        if row["重复了"] != "项目名称":
            assert sources[1] == original != own
        led_to.add(str(row["重复了"]))
    assert "自己的指标" in led_to


def test_a_unit_that_has_left_is_said_to_have_left(
    examples_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(duplicates, "is_large", lambda: True)
    page = open_page(examples_workspace, monkeypatch, "duplicates", show="within", unit="gone")
    assert ["gone" in item.value for item in page.warning] == [True]


@pytest.mark.parametrize(
    ("one", "other", "marked"),
    [
        ("资金拨付率", "资金支付率", ("资金<mark>拨付</mark>率", "资金<mark>支付</mark>率")),
        ("道路 里程", "道路里程", ("道路<mark> </mark>里程", "道路里程")),
        ("<b>甲</b>", "甲", ("<mark>&lt;b&gt;</mark>甲<mark>&lt;/b&gt;</mark>", "甲")),
        ("相同", "相同", ("相同", "相同")),
        ("", "新增", ("", "<mark>新增</mark>")),
    ],
)
def test_differences_are_marked_and_texts_escaped(one: str, other: str, marked: tuple[str, str]) -> None:
    assert marked_apart(one, other) == marked


@pytest.mark.parametrize(("one", "other"), [("率" * 40_000, "率" * 39_999 + "<"), ("率,", "率率,")])
def test_texts_that_repeat_themselves_are_soon_shown(one: str, other: str) -> None:
    one, other = (one * 40_000)[:40_000], (other * 40_000)[:40_000]
    begun = time.process_time()
    assert marked_apart(one, other) == (html.escape(one), html.escape(other))
    assert time.process_time() - begun < 2


def test_differences_of_long_goals_are_marked() -> None:
    goal = "".join(f"完成第{number}项农村公路养护工程，改善群众出行条件；" for number in range(60))
    assert marked_apart(goal, goal.replace("第59项", "第59条"))[1].count("<mark>") == 1
