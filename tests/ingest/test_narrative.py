"""Targets in running text and in forms printed as lines (文字叙述)."""

from decimal import Decimal

import pytest

from ingest.read_text import bytes_to_document
from ingest.reading import DocumentReading, read_targets


def read(text: str) -> DocumentReading:
    return read_targets(bytes_to_document(text.encode(), file="notice.txt"))


FORM = """{0}项目名称：{1}
{0}预算金额：{2}
{0}总体目标：更新路灯，方便出行。
产出指标
数量指标：更新路灯≥100盏
效益指标
社会效益指标：受益人口≥5千人
"""


@pytest.mark.parametrize("number", ["", "1.", "一、"])
def test_entries_on_lines_of_their_own_are_those_of_a_form(number: str) -> None:
    text = FORM.format(number, "城区路灯更新", "100万元") + FORM.format(number, "村道路灯新建", "86.5万元")
    found = [(t.project, t.budget, t.objective, len(t.indicators)) for t in read(text).targets]
    assert found == [
        ("城区路灯更新", Decimal(1_000_000), "更新路灯，方便出行。", 2),
        ("村道路灯新建", Decimal(865_000), "更新路灯，方便出行。", 2),
    ]


def test_an_amount_may_have_its_unit_in_the_label() -> None:
    text = FORM.format("", "城区路灯更新", "860").replace("项目名称", "一、资金名称")
    (target,) = read(text.replace("预算金额", "年度资金总额（万元）")).targets
    assert (target.project, target.budget) == ("城区路灯更新", Decimal(8_600_000))


LEVELS = """科技创新券项目
绩效目标：兑现创新券，支持企业创新。
一、产出指标
（一）数量指标
支持企业数量{0}≥50家
兑现创新券金额{0}860万元
（二）质量指标
兑现准确率{0}≥95%
二、效益指标
社会效益指标
带动就业人数{0}≥500人
"""


@pytest.mark.parametrize("between", ["　　", "：", "\t", " "])
@pytest.mark.parametrize("numbered", [True, False])
def test_an_indicator_of_money_is_no_project(between: str, numbered: bool) -> None:
    text = LEVELS if numbered else LEVELS.replace("（一）", "").replace("（二）", "")
    (target,) = read(text.format(between)).targets
    assert target.project == "科技创新券项目"
    assert [(i.name, i.printed_value) for i in target.indicators] == [
        ("支持企业数量", "≥50家"),
        ("兑现创新券金额", "860万元"),
        ("兑现准确率", "≥95%"),
        ("带动就业人数", "≥500人"),
    ]


BARE = "产出指标 数量指标 更新路灯 ≥20盏\n质量指标 合格率 ≥95%\n效益指标 社会效益指标 受益人口 ≥500人\n"


@pytest.mark.parametrize(
    ("above", "project"),
    [
        ("现将有关情况公开如下", None),
        ("绩效目标：兑现创新券，支持企业创新。", None),
        ("城区路灯更新项目", "城区路灯更新项目"),
        ("城区路灯更新 86.5", "城区路灯更新"),
    ],
)
def test_only_what_is_named_like_a_project_is_guessed_to_be_one(above: str, project: str | None) -> None:
    (target,) = read(f"{above}\n{BARE}").targets
    assert target.project == project


def test_what_looks_like_a_target_and_is_not_read_is_told_of() -> None:
    reading = read("某项目，数量指标：更新路灯≥20盏，质量指标：合格率≥95%，其余见附表，不再赘述。")
    assert [row.fate for row in reading.rows] == ["unread"]
    assert "没有填写内容" not in reading.issues[0].message


def test_a_goal_may_begin_like_an_explanation() -> None:
    (target,) = read("路灯项目\n年度绩效目标：指导全县各乡镇更新路灯。\n绩效指标：更新路灯≥20盏。").targets
    assert target.objective == "指导全县各乡镇更新路灯。"
