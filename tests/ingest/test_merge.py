"""The same target printed twice is one (合并); two targets that look alike stay two."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from ingest.merge import project_key
from ingest.reading import DocumentReading, read_document, read_targets
from ontology.model import IssueLevel

HEAD = "一级指标\t二级指标\t三级指标\t指标值\n"


def form(
    project: str, *entries: str, rows: Sequence[str] = ("改造教室间数\t≥8间", "检修灯具盏数\t≥96盏")
) -> str:
    lines = ["项目支出绩效目标表", f"项目名称\t{project}", *entries, HEAD.strip()]
    lines += [f"{'产出指标' if i == 0 else ''}\t数量指标\t{row}" for i, row in enumerate(rows)]
    return "\n".join(lines) + "\n"


def read(path: Path, *forms: str) -> DocumentReading:
    path.write_text("\n".join(forms), "utf-8")
    return read_targets(read_document(path))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("教室改造项目", "预算单位\t甲县第一小学"), ("教室改造项目", "预算单位\t甲县第二小学")),
        (("教室改造项目", "实施单位\t甲县第一小学"), ("教室改造项目", "实施单位\t甲县第二小学")),
        (("教室改造项目", "预算金额（万元）\t50"), ("教室改造项目", "预算金额（万元）\t30")),
        (("中小学教室改造项目",), ("小学教室改造项目",)),
        (("旧教室灯具线路改造项目",), ("新教室灯具线路改造项目",)),
        (("本县教室灯具线路改造",), ("县教室灯具线路改造",)),
        (("教室改造（一期）",), ("教室改造（二期）",)),
        (("2022年教室改造项目",), ("2023年教室改造项目",)),
    ],
)
def test_targets_that_are_told_apart_stay_two(
    tmp_path: Path, first: Sequence[str], second: Sequence[str]
) -> None:
    assert len(read(tmp_path / "a.txt", form(*first), form(*second)).targets) == 2


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("教室改造项目",), ("教室改造经费",)),
        (("2023年教室改造项目",), ("教室改造项目",)),
        (("教室（二期）改造项目",), ("教室二期改造",)),
        (("教室改造项目", "预算金额（万元）\t50"), ("教室改造项目", "预算金额（元）\t500,000")),
        (("教室改造项目", "预算金额（万元）\t50.12"), ("教室改造项目", "预算金额（元）\t501,234")),
        (("教室改造项目", "预算单位\t甲县第一小学"), ("教室改造项目",)),
    ],
)
def test_one_target_printed_twice_is_one(tmp_path: Path, first: Sequence[str], second: Sequence[str]) -> None:
    reading = read(tmp_path / "a.txt", form(*first), form(*second))
    assert [[i.statements for i in target.indicators] for target in reading.targets] == [[2, 2]]
    (issue,) = [issue for issue in reading.issues if issue.code == "target-merged"]
    assert issue.level == IssueLevel.NOTE and "印了 2 次" in issue.message


def test_rows_that_differ_by_a_number_make_two_targets(tmp_path: Path) -> None:
    forms = [
        form("教室改造项目", rows=[f"第{n}批次改造教室间数\t≥8间", f"第{n}批次检修灯具盏数\t≥96盏"])
        for n in "一二三"
    ]
    reading = read(tmp_path / "a.txt", *forms)
    assert [target.indicators[0].name[:2] for target in reading.targets] == ["第一", "第二", "第三"]


@pytest.mark.parametrize(
    ("first", "second", "rows"),
    [
        # One row in other words, in the same place.
        ("校园线路检修和维护达标长度\t≥3公里", "校园线路检修维护达标长度\t≥3公里", 3),
        ("校园线路检修达标长度\t≥3 公里", "校园线路检修维护达标长度\t3公里", 3),
        # Two rows.
        ("一号校区线路检修达标长度\t≥3公里", "二号校区线路检修达标长度\t≥3公里", 4),
        ("旧校区线路检修维护达标长度\t≥3公里", "校区线路检修维护达标长度\t≥3公里", 4),
        ("校园线路检修维护达标长度\t≥3公里", "校园线路检修维护达标长度\t≥4公里", 4),
    ],
)
def test_the_union_keeps_every_row(tmp_path: Path, first: str, second: str, rows: int) -> None:
    common = ("改造教室间数\t≥8间", "检修灯具盏数\t≥96盏")
    forms = [form("教室改造项目", rows=(*common, row)) for row in (first, second)]
    (target,) = read(tmp_path / "a.txt", *forms).targets
    assert len(target.indicators) == rows


def test_a_name_of_generic_words_keeps_them() -> None:
    assert project_key("专项经费") == "专项经费"
