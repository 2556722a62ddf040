"""The entries of a project's form (栏目): its amount, its goal, its unit, as forms print them."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from ingest.reading import DocumentReading, read_document, read_targets

INDICATORS = """
绩效指标\t一级指标\t二级指标\t三级指标\t指标值
\t产出指标\t数量指标\t检修水泵台数\t≥8台
\t\t质量指标\t检修合格率\t≥96%
\t效益指标\t社会效益指标\t停水时长\t≤2小时
"""


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., DocumentReading]:
    def read_form(head: str, tail: str = INDICATORS) -> DocumentReading:
        path = tmp_path / "form.txt"
        path.write_text(f"项目支出绩效目标表\n{head.strip()}{tail}", "utf-8")
        return read_targets(read_document(path))

    return read_form


@pytest.mark.parametrize(
    ("head", "amount"),
    [
        # An amount behind a label that nobody knows.
        ("单位：万元\n项目名称\t水泵检修\n资金盘子及去处\t预算数\t12.50\t其中：财政资金\t12.50", 125_000),
        ("项目名称\t水泵检修\n转移支付预算数（A）\t12.6万", 126_000),
        ("项目名称\t水泵检修\n年度财政资金总额\t56万元", 560_000),
        # The unit stands with the part only.
        ("项目名称\t水泵检修\n预算数：\t46.5\n其中：中央补助\t46.5万元", 465_000),
        # No unit anywhere: unknown.
        ("项目名称\t水泵检修\n预算数：\t46.5", None),
        # The headings of the amounts moved to the left; the second is the year's.
        (
            "项目名称\t水泵检修\n项目资金（万元）\n年初预算数\t全年预算数\t全年执行数\t执行率\n年度资金总额\t35\t33\t31\t94%",
            330_000,
        ),
        (
            "项目名称\t水泵检修\n项目资金（万元）\t\t年初预算数\t全年预算数\t全年执行数\n\t年度资金总额\t35\t33\t31",
            330_000,
        ),
    ],
)
def test_amount(read: Callable[..., DocumentReading], head: str, amount: int | None) -> None:
    (target,) = read(head).targets
    assert target.budget == (None if amount is None else Decimal(amount))


@pytest.mark.parametrize(
    ("head", "goal"),
    [
        ("项目名称\t水泵检修\n年度绩效目标\t1.检修水泵；\n2.保证供水。", "1.检修水泵；2.保证供水。"),
        # Spaces that a converter turned into question marks.
        ("项目名称\t水泵检修\n绩?????? 效??? 目??? 标\t检修水泵，保证供水。", "检修水泵，保证供水。"),
        (
            "项目名称\t水泵检修\n总体目标\t中期滚动目标（2024年—2026年）\t年度目标\n\t三年检修24台。\t今年检修8台。",
            "今年检修8台。",
        ),
        # Points beside the label are no goal.
        ("项目名称\t水泵检修\n年度绩效目标\t（98分）", None),
    ],
)
def test_goal(read: Callable[..., DocumentReading], head: str, goal: str | None) -> None:
    (target,) = read(head).targets
    assert target.objective == goal


def test_a_blank_entry_does_not_take_the_next_label(read: Callable[..., DocumentReading]) -> None:
    reading = read("填报单位（盖章）：单位负责人：陆知秋\n项目名称\t水泵检修\n主管部门\t清溪县水务局")
    assert reading.header.budget_unit == "清溪县水务局"


def test_a_unit_with_its_code_beside_the_unit_of_money(read: Callable[..., DocumentReading]) -> None:
    reading = read("308204清溪县自来水管理所\t单位：万元\n项目名称\t水泵检修\n预算数\t8")
    assert (reading.header.budget_unit, reading.targets[0].budget) == ("清溪县自来水管理所", Decimal(80_000))


def test_names_of_targets_do_not_become_projects(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(
        "2021年防汛资金绩效自评报告\n（一）绩效目标分解下达情况\n年度绩效目标：保证安全。\n"
        "数量指标：设站数量12座\n质量指标：设备完好率95%\n时效指标：按时完成率100%\n",
        "utf-8",
    )
    assert all("情况" not in (t.project or "") for t in read_targets(read_document(path)).targets)


def test_a_number_takes_the_unit_that_the_document_prints_with_it_elsewhere(tmp_path: Path) -> None:
    path = tmp_path / "form.txt"
    head = "项目名称\t水泵检修\n年度资金总额\t210"
    notice = "经研究，下达水利资金210万元，请抓紧实施。\n补助标准210元/台。"
    path.write_text(f"{notice.splitlines()[0]}\n项目支出绩效目标表\n{head}{INDICATORS}", "utf-8")
    assert read_targets(read_document(path)).targets[0].budget == Decimal(2_100_000)
    # With two units, it is not clear which is meant.
    path.write_text(f"{notice}\n项目支出绩效目标表\n{head}{INDICATORS}", "utf-8")
    assert read_targets(read_document(path)).targets[0].budget is None


def test_the_code_before_a_name_is_no_part_of_it(read: Callable[..., DocumentReading]) -> None:
    reading = read("项目名称\t51142523R000009114062-水泵检修\n预算数（万元）\t8")
    assert [t.project for t in reading.targets] == ["水泵检修"]


def test_what_a_form_asks_to_be_written_is_no_goal(read: Callable[..., DocumentReading]) -> None:
    reading = read("项目名称\t水泵检修\n年度目标\t请逐条写明年度任务（限100字）")
    assert [t.objective for t in reading.targets] == [None]


@pytest.mark.parametrize(
    ("printed", "amount"),
    [
        ("2023年安排120", 1_200_000),
        ("120.5（万元）", 1_205_000),
        ("50万元（其中财政拨款30万元）", 500_000),
        ("45.60其中：财政拨款45.60", 456_000),
        ("人民币1,080.50万元整", 10_805_000),
        ("52.6万元水泵检修项目共52.6万元（其中管道20万元）", 526_000),
        # No, or more than one, amount in yuan: unknown.
        ("共3个标段，合计120", None),
        ("1 200.00", None),
        ("50-60万元", None),
        ("一期50万元，二期30万元", None),
        ("100 万美元", None),
        ("上年结余12万元", None),
    ],
)
def test_an_entry_is_one_amount_or_unknown(
    read: Callable[..., DocumentReading], printed: str, amount: int | None
) -> None:
    reading = read(f"单位：万元\n项目名称\t水泵检修\n预算数\t{printed}")
    assert reading.targets[0].budget == (None if amount is None else Decimal(amount))
    told = [
        issue.source.printed for issue in reading.issues if issue.code == "amount-unread" and issue.source
    ]
    assert told == ([] if amount is not None else [printed])
