"""Disclosures made up at any size (生成的公开): realistic skew, the same at every run.

A few indicators stand in most projects, most in one or two; units publish three years each; values
repeat. Everything goes the real way from records to graph; nothing is read from files.
"""

import random
from collections.abc import Iterator
from decimal import Decimal
from itertools import accumulate

from nlp.normal_form import concept_of
from nlp.target_value import parse_target_value
from ontology.ids import stable_id
from ontology.model import (
    Disclosure,
    Entity,
    Indicator,
    PerformanceTarget,
    PrintedIndicator,
    PrintedTarget,
    Source,
    TargetScope,
    TargetValue,
)

TARGETS, INDICATORS = 10, 20
"""Targets of a disclosure, indicators of a target."""
YEARS = (2022, 2023, 2024)

_OBJECTS = [
    "档案", "道路", "水库", "公园", "图书", "疫苗", "食品", "设备", "网络", "路灯", "林木", "河道",
    "校舍", "课程", "展览", "培训", "资金", "补贴", "住房", "公厕",
]  # fmt: skip
_ACTIONS = [
    "维修", "养护", "采购", "发放", "检测", "清理", "建设", "改造", "登记", "巡查", "审核", "宣传",
    "回访", "更新", "安装",
]  # fmt: skip
_MEASURES = [
    "数量", "完成率", "合格率", "及时率", "覆盖率", "成本", "次数", "面积", "满意度", "知晓率",
]  # fmt: skip
_VALUES = [
    "≥95%", "≥90%", "100%", "≤5%", "≥12次", "3个", "50万元", "≤2.5万元", "12月底前", "长期", "≥1000人",
    "每月1次", "良好",
]  # fmt: skip
_CLASSES = (
    ("output", "quantity"),
    ("output", "quality"),
    ("output", "timeliness"),
    ("benefit", "socialBenefit"),
    ("satisfaction", "beneficiarySatisfaction"),
)


def disclosures(indicators: int, *, seed: int = 0) -> Iterator[Disclosure]:
    """Disclosures with about so many indicators in all."""
    order = random.Random(seed)
    names = [f"{o}{a}{m}" for o in _OBJECTS for a in _ACTIONS for m in _MEASURES]
    order.shuffle(names)
    weights = list(accumulate(1 / (rank + 1) for rank in range(len(names))))
    values = {printed: parse_target_value(printed, fiscal_year=2024) for printed in _VALUES}
    for number in range(max(1, indicators // (TARGETS * INDICATORS))):
        unit, year = f"第{number // len(YEARS)}局", YEARS[number % len(YEARS)]
        own_id = stable_id("disclosure", "generated", number)
        targets = []
        for position in range(TARGETS):
            target_id = stable_id("target", own_id, position)
            chosen = order.choices(names, cum_weights=weights, k=INDICATORS)
            found = []
            for row, text in enumerate(chosen):
                # Half of the names have something of their own, as those of real projects do.
                name = text if order.random() < 0.5 else f"{unit}{text}"
                printed = order.choice(_VALUES)
                found.append(_indicator(target_id, row, name, printed, values[printed], order))
            targets.append(_target(target_id, f"项目{position}", unit, year, found, order))
        yield Disclosure(
            id=own_id,
            file=f"{unit}/{year}.txt",
            sha256=stable_id("sha", own_id),
            name=f"{unit}{year}年预算公开",
            budget_unit=unit,
            region=f"第{number % 40}县",
            fiscal_year=year,
            targets=tuple(targets),
        )


def _indicator(
    target_id: str, row: int, name: str, printed: str, value: TargetValue, order: random.Random
) -> Indicator:
    category, subcategory = order.choice(_CLASSES)
    cells = (("name", name, 3), ("value", printed, 4))
    return Indicator(
        id=stable_id("indicator", target_id, row),
        printed=PrintedIndicator(
            name=name,
            printed_value=printed,
            category=category,
            subcategory=subcategory,
            sources=tuple(
                Source(field=field, printed=text, line=row + 5, table=1, row=row + 5, column=column)
                for field, text, column in cells
            ),
        ),
        target_value=value,
        concept=concept_of(name),
        entities=(Entity(0, 2, "OBJECT", name[-6:-4]), Entity(2, 4, "ACTION", name[-4:-2])),
    )


def _target(
    target_id: str, project: str, unit: str, year: int, found: list[Indicator], order: random.Random
) -> PerformanceTarget:
    printed = PrintedTarget(
        scope=TargetScope.PROJECT,
        project=project,
        objective=f"{unit}完成{project}的年度任务",
        budget=Decimal(order.randrange(1, 500) * 10_000),
        tables=(1,),
    )
    return PerformanceTarget(id=target_id, printed=printed, fiscal_year=year, indicators=tuple(found))
