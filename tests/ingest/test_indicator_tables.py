"""Tables of one project: which class, name and value a row has, and that no cell of it is lost."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.reading import DocumentReading, read_document, read_targets

HEAD = "一级指标|二级指标|三级指标|指标值"
Read = Callable[..., DocumentReading]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read_table(*rows: str, head: str = HEAD) -> DocumentReading:
        form = ("甲县2024年项目支出绩效目标表", "项目名称|渠道维修", "年度总体目标|修好渠道")
        path = tmp_path / "a.txt"
        path.write_text("\n".join((*form, head, *rows)).replace("|", "\t") + "\n", "utf-8")
        return read_targets(read_document(path))

    return read_table


@pytest.mark.parametrize("printed", ["on each row", "once"])
def test_short_class_labels_stay_in_their_cells(read: Read, printed: str) -> None:
    first, second = ("产出", "数量") if printed == "on each row" else ("", "")
    (target,) = read(
        "产出|数量|采样监测点|26个",
        f"{first}|{second}|培训人次|≥40人次",
        f"{first}|质量|合格率|≥98%",
        f"{first}|时效|上报时间|≤2小时",
        "效益|社会|群众出行|改善",
        "效益|经济|节约水费|≥2万元",
    ).targets
    assert [(i.printed_category, i.printed_subcategory, i.name) for i in target.indicators[:4]] == [
        ("产出", "数量", "采样监测点"),
        ("产出", "数量", "培训人次"),
        ("产出", "质量", "合格率"),
        ("产出", "时效", "上报时间"),
    ]
    assert {i.printed_category for i in target.indicators[4:]} == {"效益"}
