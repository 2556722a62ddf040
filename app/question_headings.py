"""How the columns of ready-made questions are headed on the screen (现成问题的表头)."""

from collections.abc import Sequence
from typing import Any

HEADINGS = {
    "label": "种类", "nodes": "节点", "relationship": "关系", "relationships": "条数", "kind": "值的种类",
    "indicators": "指标", "distinct_values": "不同的值", "unit_id": "单位编号", "unit": "单位",
    "region": "地区", "category": "一级指标", "subcategory": "二级指标", "fiscal_year": "年度",
    "targets": "目标", "budget": "预算（元）", "concept_id": "指标编号", "concept": "指标",
    "occurrences": "条数", "projects": "项目数", "units": "单位数", "is_common": "共性", "years": "年",
    "project_id": "项目编号", "project": "项目", "name": "名称", "printed_value": "指标值",
    "value": "读成的值", "class_id": "分类编号", "class_level": "分类级别", "parent_id": "上级分类",
    "target": "目标", "file": "文件", "places": "出处", "target_id": "目标编号", "scope": "范围",
    "objective": "总体目标", "indicator_id": "条目编号", "first_line": "文本行", "first_row": "表行",
    "low": "下限", "high": "上限", "measure_unit": "计量单位", "steps": "步骤", "indicator": "指标",
    "term": "词语", "field": "栏目", "printed": "原文", "table_name": "表", "place": "位置",
    "template": "模板", "one": "甲", "other": "乙", "relation": "关系", "likeness": "相近程度",
    "reason": "理由", "one_id": "甲的编号", "other_id": "乙的编号", "other_year": "乙的年度",
    "shared": "共有", "share": "共有比例",
}  # fmt: skip
"""What people call a column; JSON and CSV keep the names of the query."""


def shown_columns(rows: Sequence[dict[str, Any]]) -> tuple[list[str], list[list[Any]]]:
    """Headings and cells of an answer as people read it: what it is called first, ids behind."""
    names = sorted(rows[0], key=lambda name: name == "id" or name.endswith("_id")) if rows else []
    return [HEADINGS.get(name, name) for name in names], [[row[name] for name in names] for row in rows]
