"""Names of projects in titles, and titles that name none."""

import pytest

from ingest.document import Document, Paragraph
from ingest.draft import DraftTarget
from ingest.project_names import name_lone_project, names_undertaking, project_of_title
from ontology.model import TargetScope


@pytest.mark.parametrize(
    ("title", "project"),
    [
        ("关于乙镇花椒烘干房建设项目绩效目标设定的公示", "乙镇花椒烘干房建设项目"),
        ("标 题: | 乙县2024年家政培训项目绩效目标编制 |", "乙县2024年家政培训项目"),
        ("乙市图书馆2023年阅读推广经费项目支出绩效目标申报表", "阅读推广经费项目"),
        ("附表3 2021年度流动展览项目自评表", "流动展览项目"),
        ("关于“2019年实训室改造项目”经费绩效评价情况的公示", "2019年实训室改造项目"),
        ("甲县2023年部门预算项目支出绩效目标公开表", None),
        ("2021年度县级专项资金绩效目标自评表", None),
        ("甲县档案局2023年项目支出绩效自评报告", None),
        ("部门整体支出绩效目标表", None),
        ("2023年度中央对地方转移支付资金绩效评价结果公告", None),
        ("本单位按规定编制了绩效目标。各项目绩效目标", None),
    ],
)
def test_titles(title: str, project: str | None) -> None:
    assert project_of_title(title) == project


def test_headings_that_end_as_a_project_does() -> None:
    assert names_undertaking("（一）集镇管网修复工程（二期）") and not names_undertaking("一、基本情况")


def document(*lines: str) -> Document:
    return Document("一.txt", "", tuple(Paragraph(text, line) for line, text in enumerate(lines, start=1)))


@pytest.mark.parametrize(
    ("scope", "lines", "project"),
    [
        (TargetScope.PROJECT, ["乙县水利局", "河道清漂项目绩效自评表"], "河道清漂项目"),
        (TargetScope.PROJECT, ["关于“河道清漂项目”", "绩效评价情况的公示"], "河道清漂项目"),
        (TargetScope.PROJECT, ["绩效目标表", "该河道清漂项目于2021年申请预算。"], "河道清漂项目"),
        (TargetScope.PROJECT, ["项目支出绩效目标表"], None),
        (TargetScope.DEPARTMENT, ["河道清漂项目绩效自评表"], None),
    ],
)
def test_the_only_target_without_a_name_takes_the_titles(
    scope: TargetScope, lines: list[str], project: str | None
) -> None:
    target = DraftTarget(scope=scope)
    name_lone_project([target], document(*lines))
    assert target.project == project


def test_of_several_targets_none_takes_a_title() -> None:
    targets = [DraftTarget(scope=TargetScope.PROJECT), DraftTarget(scope=TargetScope.PROJECT)]
    name_lone_project(targets, document("河道清漂项目绩效自评表"))
    assert [target.project for target in targets] == [None, None]
