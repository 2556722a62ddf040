"""Whose document it is, of which year, and how it is called (文件抬头)."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.document_header import DocumentHeader, unit_region
from ingest.reading import read_document, read_targets

FORM = "项目名称\t{project}\n一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t检修水泵台数\t≥8台\n"


@pytest.fixture
def header(tmp_path: Path) -> Callable[..., DocumentHeader]:
    def read(*lines: str, project: str = "水泵检修") -> DocumentHeader:
        path = tmp_path / "document.txt"
        path.write_text("\n".join([*lines, FORM.format(project=project)]), "utf-8")
        return read_targets(read_document(path)).header

    return read


@pytest.mark.parametrize(
    ("unit", "region"),
    [
        ("甲县水务局", "甲县"),
        ("甲市乙区水务局", "甲市乙区"),
        ("甲市城市管理局", "甲市"),
        ("甲县社区服务中心", "甲县"),
        ("甲市园区管委会", "甲市"),
        ("甲市市区排水管理处", "甲市"),
        ("甲县教育局郊区小学", "甲县"),
        ("城市管理局", None),
        ("社区服务中心", None),
    ],
)
def test_region(unit: str, region: str | None) -> None:
    assert unit_region(unit) == region


def test_titles_weigh_more_than_the_year_in_a_projects_name(header: Callable[..., DocumentHeader]) -> None:
    titles = ("甲县水利局2023年部门预算公开", "2023年项目支出绩效目标表")
    assert header(*titles, project="水泵检修（2021年）").fiscal_year == 2023


@pytest.mark.parametrize("between", [" ", "  ", "    ", "\u3000\u3000", "；", "\t", " 金额", "；金额"])
def test_the_unit_of_money_is_no_part_of_the_budget_unit(
    header: Callable[..., DocumentHeader], between: str
) -> None:
    assert (
        header("项目支出绩效目标表", f"单位名称：甲县水利局{between}单位：万元").budget_unit == "甲县水利局"
    )


@pytest.mark.parametrize(
    "line",
    [
        "单位：甲县水利局　　年度：2024",
        "单位：甲县水利局  单位负责人：周某",
        "（草案）甲县水利局2024年部门预算公开",
    ],
)
def test_a_unit_beside_other_statements(header: Callable[..., DocumentHeader], line: str) -> None:
    assert header("绩效目标公开", line).budget_unit == "甲县水利局"


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("绩效目标", ["unit-unread", "year-unread"]),
        ("绩效目标（2024年度）", ["unit-unread"]),
        ("预算单位：甲县水利局", ["year-unread"]),
        ("甲县水利局2024年部门预算公开", []),
    ],
)
def test_what_is_not_known_of_a_document_is_told(tmp_path: Path, line: str, codes: list[str]) -> None:
    path = tmp_path / "document.txt"
    path.write_text(f"{line}\n{FORM.format(project='水泵检修')}", "utf-8")
    found = [issue.code for issue in read_targets(read_document(path)).issues]
    assert [code for code in found if code in ("unit-unread", "year-unread")] == codes


def test_a_document_without_targets_is_not_asked_for_its_unit(tmp_path: Path) -> None:
    path = tmp_path / "document.txt"
    path.write_text("通知\n请各科室按时上班。\n", "utf-8")
    assert [issue.code for issue in read_targets(read_document(path)).issues] == ["no-target"]


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (
            ("项目\t金额", "绩效评价工作经费\t", "", "甲县水利局2023年部门预算公开"),
            "甲县水利局2023年部门预算公开",
        ),
        (("甲县水利局", "2023年部门预算公开"), "甲县水利局2023年部门预算公开"),
        (
            ("关于甲县2023年预算执行情况和", "2024年预算草案的报告"),
            "关于甲县2023年预算执行情况和2024年预算草案的报告",
        ),
        (("当前位置：首页 > 预算公开", "标 题 项目支出绩效目标表 文 号"), "项目支出绩效目标表"),
        (("一、预算单位构成", "附件1：2023年专项资金绩效目标表.xlsx"), "2023年专项资金绩效目标表"),
    ],
)
def test_a_documents_name_is_a_title(
    header: Callable[..., DocumentHeader], lines: tuple[str, ...], name: str
) -> None:
    assert header(*lines).name == name
