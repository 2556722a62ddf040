"""Amounts that stand outside the form (文中和他表的金额): whose, of which year, with their place."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from ingest.reading import read_document, read_targets
from ontology.model import PrintedTarget

TITLE = "甲县园林局2023年部门预算公开\n"
TABLE = "一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t养护绿地面积\t≥8亩\n"


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., list[PrintedTarget]]:
    def targets(before: str, *entries: str, tail: str = "") -> list[PrintedTarget]:
        path = tmp_path / "a.txt"
        form = "\n".join(["项目支出绩效目标表", "项目名称\t城市绿化养护项目", *entries])
        path.write_text(f"{TITLE}{before}\n{form}\n{TABLE}{tail}", "utf-8")
        return list(read_targets(read_document(path)).targets)

    return targets


@pytest.mark.parametrize(
    ("before", "amount", "printed"),
    [
        ("2023年安排城市绿化养护项目80万元。", 800_000, "80万元"),
        ("安排资金80万元，实施城市绿化养护项目。", 800_000, "80万元"),
        ("上年度城市绿化养护项目因招标节约资金3.2万元。", None, None),
        ("2022年城市绿化养护项目支出决算80万元。", None, None),
        ("2022年安排城市绿化养护项目80万元。", None, None),
        ("城市绿化养护项目惠及居民，户均收入3万元。", None, None),
        (
            "项目支出预算表\n单位：万元\n项目名称\t2022年预算数\t2023年预算数\n城市绿化养护项目\t60\t70\n\n下表列出绩效目标。\n",
            700_000,
            "70",
        ),
        (
            "2022年项目支出决算表\n单位：万元\n项目名称\t金额\n城市绿化养护项目\t60\n\n下表列出绩效目标。\n",
            None,
            None,
        ),
    ],
)
def test_an_amount_is_this_projects_and_this_years(
    read: Callable[..., list[PrintedTarget]], before: str, amount: int | None, printed: str | None
) -> None:
    (target,) = read(before)
    assert target.budget == (None if amount is None else Decimal(amount))
    assert next((s.printed for s in target.sources if s.field == "budget"), None) == printed


@pytest.mark.parametrize(
    ("before", "amount"),
    [
        ("安排会议费50万元。", None),
        ("现下达资金50万元，请抓紧实施。", 500_000),
        ("现将绿化资金50万元拨付给你局。", 500_000),
        ("单位：万元", 500_000),
    ],
)
def test_a_number_without_a_unit(
    read: Callable[..., list[PrintedTarget]], before: str, amount: int | None
) -> None:
    (target,) = read(before, "预算金额\t50")
    assert target.budget == (None if amount is None else Decimal(amount))


def test_a_value_of_an_indicator_is_no_amount(read: Callable[..., list[PrintedTarget]]) -> None:
    tail = "\t成本指标\t批复养护成本\t≤1080元\n\n项目支出绩效目标表\n项目名称\t河道清淤\n预算金额\t1,080.00\n"
    assert [target.budget for target in read("", "预算金额（万元）\t8", tail=tail + TABLE)] == [80_000, None]


def test_the_unit_at_the_top_holds_for_the_forms_below(read: Callable[..., list[PrintedTarget]]) -> None:
    far = "这段话把两张表隔开，使后一张表不与前一张表相连。" * 4
    tail = f"\n{far}\n\n项目支出绩效目标表\n项目名称\t河道清淤\n预算金额\t1,080.00\n{TABLE}"
    budgets = [t.budget for t in read("金额单位：万元", "预算金额\t6", tail=tail)]
    assert budgets == [60_000, 10_800_000]


def test_a_goal_under_a_label_printed_again_goes_on(read: Callable[..., list[PrintedTarget]]) -> None:
    (target,) = read("", "年度绩效目标\t目标1：养护绿地。", "年度绩效目标\t目标2：补种树木。")
    assert target.objective == "目标1：养护绿地。目标2：补种树木。"
    lines = [(s.printed, s.line) for s in target.sources if s.field == "objective"]
    assert [printed for printed, _ in lines] == ["目标1：养护绿地。", "目标2：补种树木。"]
    assert lines[1][1] == (lines[0][1] or 0) + 1


def test_both_goals_and_the_unit_have_their_place(read: Callable[..., list[PrintedTarget]]) -> None:
    (target,) = read("", "预算单位\t甲县园林局", "中期目标\t三年养护绿地。", "年度目标\t今年补种树木。")
    places = {source.field: source.printed for source in target.sources}
    assert (places["long_term_objective"], places["objective"]) == ("三年养护绿地。", "今年补种树木。")
    assert places["unit"] == "甲县园林局"


def test_a_goal_that_goes_on_below_names_each_cell(read: Callable[..., list[PrintedTarget]]) -> None:
    (target,) = read("", "年度目标\t养护绿地，", "\t补种树木。")
    assert target.objective == "养护绿地，补种树木。"
    assert [s.printed for s in target.sources if s.field == "objective"] == ["养护绿地，", "补种树木。"]
