"""Flat tables with many projects: whose they are."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from ingest.reading import read_document, read_targets

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
