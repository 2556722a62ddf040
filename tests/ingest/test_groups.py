"""Flat tables with many projects: whose they are."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from ingest.reading import DocumentReading, read_document, read_targets

HEADER = "单位名称\t项目名称\t预算数（万元）\t一级指标\t二级指标\t三级指标\t指标值"


def read(path: Path, rows: Sequence[str]) -> list[tuple[str | None, str | None, Decimal | None, int]]:
    path.write_text("\n".join(["甲县水务局2024年部门项目绩效目标表", HEADER, *rows]) + "\n", "utf-8")
    return [
        (target.unit, target.project, target.budget, len(target.indicators))
        for target in read_targets(read_document(path)).targets
    ]


@pytest.mark.parametrize("repeated", [True, False], ids=["on each row", "printed once"])
def test_projects_of_one_name_and_two_units_are_two(tmp_path: Path, repeated: bool) -> None:
    first, second = "甲县水文站\t办公设备购置\t10", "甲县河道管理站\t办公设备购置\t20"
    rows = [
        f"{first}\t产出指标\t数量指标\t购置电脑\t5台",
        f"{first if repeated else chr(9) * 2}\t\t质量指标\t验收合格率\t100%",
        f"{second}\t产出指标\t数量指标\t购置电脑\t8台",
        f"{second if repeated else chr(9) * 2}\t\t质量指标\t验收合格率\t100%",
    ]
    assert read(tmp_path / "a.txt", rows) == [
        ("甲县水文站", "办公设备购置", Decimal(100_000), 2),
        ("甲县河道管理站", "办公设备购置", Decimal(200_000), 2),
    ]


def test_codes_in_front_of_units_are_no_part_of_their_names(tmp_path: Path) -> None:
    rows = ["712001-甲县水文站\t办公设备购置\t10\t产出指标\t数量指标\t购置电脑\t5台"]
    assert read(tmp_path / "a.txt", rows)[0][0] == "甲县水文站"


def read_all(path: Path, header: str, rows: Sequence[str]) -> DocumentReading:
    path.write_text("\n".join(["甲县园林局2024年部门项目绩效目标表", header, *rows]) + "\n", "utf-8")
    return read_targets(read_document(path))


def test_a_project_on_a_row_of_its_own_names_the_rows_below(tmp_path: Path) -> None:
    rows = ["城区绿化养护\t50\t\t\t\t", "\t\t产出指标\t数量指标\t养护绿地\t≥8亩"]
    rows += ["河道清淤工程\t80\t\t\t\t", "\t\t产出指标\t数量指标\t清淤河道\t≥8公里"]
    header = "项目名称\t预算数（万元）\t一级指标\t二级指标\t三级指标\t指标值"
    reading = read_all(tmp_path / "a.txt", header, rows)
    assert [(t.project, t.unit, t.budget, len(t.indicators)) for t in reading.targets] == [
        ("城区绿化养护", None, Decimal(500_000), 1),
        ("河道清淤工程", None, Decimal(800_000), 1),
    ]


@pytest.mark.parametrize(
    ("above", "unit"),
    [
        ("一、基础教育管理\t52.60\t\t\t\t", None),
        ("301-甲县园林局\t52.60\t\t\t\t", "甲县园林局"),
        ("单位：甲县园林局\t52.60\t\t\t\t", "甲县园林局"),
    ],
)
def test_only_a_body_above_projects_is_their_unit(tmp_path: Path, above: str, unit: str | None) -> None:
    rows = [above, "学籍管理\t21.60\t产出指标\t数量指标\t办理学籍\t≥8件"]
    header = "项目名称\t预算数（万元）\t一级指标\t二级指标\t三级指标\t指标值"
    (target,) = read_all(tmp_path / "a.txt", header, rows).targets
    assert (target.project, target.unit) == ("学籍管理", unit)


def test_each_entry_of_a_flat_target_has_its_place(tmp_path: Path) -> None:
    rows = ["甲县水文站\t办公设备购置\t10\t保障办公。\t产出指标\t数量指标\t购置电脑\t5台"]
    header = "单位名称\t项目名称\t预算数（万元）\t绩效目标\t一级指标\t二级指标\t三级指标\t指标值"
    (target,) = read_all(tmp_path / "a.txt", header, rows).targets
    assert {(s.field, s.printed, s.column) for s in target.sources} == {
        ("unit", "甲县水文站", 1),
        ("project", "办公设备购置", 2),
        ("budget", "10", 3),
        ("objective", "保障办公。", 4),
    }
