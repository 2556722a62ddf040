"""Flat tables as text, a project a row, all its classes as text (文本中的一行一项目)."""

from decimal import Decimal
from time import perf_counter

import pytest

from ingest.document import Cell, Row
from ingest.text_rows import read_text_rows

HEADER = "序号 项目名称 金额（万元） 年度绩效目标 绩效指标"
FIRST = (
    "1 路灯维护 3.50 及时更换坏灯，方便夜间出行。 "
    "一、产出指标 (一)数量指标：更换路灯≥80盏。 二、效益指标 (一)社会效益指标：夜间事故0起。"
)
SECOND = (
    "2 公厕保洁 12 保持公厕整洁。 "
    "【产出指标-数量指标】保洁公厕(9座)；【满意度指标-服务对象满意度指标】居民满意度(≥90%)。"
)


def read(*lines: str) -> tuple[list[tuple[object, ...]], dict[int, int]]:
    rows = [Row((Cell(text, number, 0),), line=number) for number, text in enumerate(lines, start=1)]
    targets, counts = read_text_rows(rows)
    stated: list[tuple[object, ...]] = []
    for target in targets:
        indicators = [(i.name, i.printed_value, i.sources[0].line) for i in target.indicators]
        stated.append((target.project, target.budget, target.objective, indicators))
    return stated, counts.by_line


def lights(line: int) -> tuple[object, ...]:
    indicators = [("更换路灯", "≥80盏", line), ("夜间事故", "0起", line)]
    return ("路灯维护", Decimal(35_000), "及时更换坏灯，方便夜间出行。", indicators)


def toilets(line: int) -> tuple[object, ...]:
    indicators = [("保洁公厕", "9座", line), ("居民满意度", "≥90%", line)]
    return ("公厕保洁", Decimal(120_000), "保持公厕整洁。", indicators)


def test_a_row_a_line() -> None:
    stated, used = read(HEADER, FIRST, HEADER, SECOND, "合计 15.50")
    assert stated == [lights(2), toilets(4)]
    assert used == {2: 2, 4: 2}


def test_all_rows_on_the_line_of_the_headings() -> None:
    stated, used = read(f"{HEADER} {FIRST} {SECOND} 合计 15.50")
    assert stated == [lights(1), toilets(1)]
    assert used == {1: 4}


def test_nothing_between_the_cells() -> None:
    stated, _ = read("".join(f"{HEADER}{FIRST}{SECOND}合计15.50".split()))
    assert stated == [lights(1), toilets(1)]


def test_a_row_that_the_page_wrapped() -> None:
    at = FIRST.index("二、")
    stated, used = read(HEADER, FIRST[:at], FIRST[at:], SECOND)
    assert stated[0][3] == [("更换路灯", "≥80盏", 2), ("夜间事故", "0起", 3)]
    assert used == {2: 1, 3: 1, 4: 2}


def test_the_unit_of_money_stands_above() -> None:
    stated, _ = read(
        "单位：元", HEADER.replace("金额（万元）", "预算金额"), FIRST.replace("3.50", "35,000.00")
    )
    assert stated[0][1] == Decimal(35_000)


@pytest.mark.parametrize(
    "lines",
    [
        (HEADER, "1 路灯维护 3.50 及时更换坏灯。"),
        (FIRST, SECOND),
        ("项目名称 金额（万元） 说明", FIRST),
        (HEADER, FIRST.removeprefix("1 ")),
    ],
    ids=["no classes", "no headings", "no indicators among the headings", "no serial number"],
)
def test_what_is_no_such_table_is_left_alone(lines: tuple[str, ...]) -> None:
    assert read(*lines) == ([], {})


def test_a_row_on_the_line_of_others_that_is_not_read_is_told_of() -> None:
    unknown = "2 公厕保洁 若干 保持整洁。 一、产出指标 (一)数量指标：保洁公厕≥9座。 "
    rows = [Row((Cell(f"{HEADER} {FIRST} {unknown}3{SECOND[1:]}", 1, 0),), line=1)]
    targets, counts = read_text_rows(rows)
    assert [target.project for target in targets] == ["路灯维护", "公厕保洁"]
    assert [(row.line, text) for row, text in counts.unread] == [(1, unknown)]


def test_cells_that_cannot_be_told_apart_are_not_guessed() -> None:
    header = "序号 项目名称 主管部门 实施单位 金额（万元） 年度绩效目标 绩效指标"
    assert read(header, "".join(FIRST.replace("3.50", "城管局 养护队 3.50").split()))[0] == []


def test_ten_times_as_long_a_row_takes_about_ten_times_as_long() -> None:
    header = "序号 单位名称 主管部门 实施单位 项目名称 预算金额 绩效目标 绩效指标"
    classes = "一、产出指标(一)数量指标：更换路灯≥80盏。二、效益指标(一)社会效益指标：事故0起。"

    def shortest_time(letters: int) -> float:
        times = []
        for _ in range(3):
            start = perf_counter()
            read(header, f"1{'路灯' * letters}{classes}")
            times.append(perf_counter() - start)
        return min(times)

    assert shortest_time(600) <= 30 * max(shortest_time(60), 0.0005)
