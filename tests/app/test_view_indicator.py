"""The card of an indicator: its values over the years, and the wordings of its name."""

import json
from pathlib import Path
from typing import Any

import pytest
from streamlit.dataframe_util import convert_arrow_bytes_to_pandas_df

from app.cli import run
from graph.judgements import concept_id
from tests.pages import open_page, table
from tests.samples import FORM


@pytest.fixture(scope="module")
def worded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which one indicator is printed in three ways, with two values in two years."""
    folder = tmp_path_factory.mktemp("worded")
    for year, books, name in (
        (2023, 3000, "新增图书册数"),
        (2024, 3000, "新增图书册数"),
        (2025, 4500, "新增“图书”册数"),
        (2026, 4500, "新增图书（册）数"),
    ):
        text = FORM.format(project="图书购置", year=year, books=books, budget="12.00", objective="丰富馆藏。")
        text = text.replace("新增图书册数", name)
        (folder / f"{year}.txt").write_text(f"青泉县图书馆{year}年预算公开\n\n{text}", "utf-8")
    assert run(["build", str(folder), "--workspace", str(folder / "工作区")]) == 0
    return folder / "工作区"


def rows_of(chart: Any) -> list[dict[str, Any]]:
    """The rows that a plot draws."""
    (data,) = chart.proto.datasets
    rows: list[dict[str, Any]] = convert_arrow_bytes_to_pandas_df(data.data.data).to_dict("records")
    return rows


def test_values_are_counted_by_year(worded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = open_page(worded, monkeypatch, "indicator", id=concept_id("新增图书册数"))
    (chart,) = page.get("vega_lite_chart")
    spec = json.loads(chart.proto.spec)
    counted = {(row["value"], row["year"]): row["count"] for row in rows_of(chart)}
    assert counted == {
        ("≥3000册", "2023"): 1,
        ("≥3000册", "2024"): 1,
        ("≥4500册", "2025"): 1,
        ("≥4500册", "2026"): 1,
    }
    assert spec["title"]["text"] == "新增图书册数"
    assert f"id={concept_id('新增图书册数')}" in spec["title"]["subtitle"][1]
    values = {row["指标值"]: row["条数"] for row in table(page, "指标值", "条数")}
    assert values["≥3000册"] == 2


def test_wordings_differ_in_colour(worded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = open_page(worded, monkeypatch, "indicator", id=concept_id("新增图书册数"))
    (drawn,) = [item.proto.body for item in page.get("html") if 'class="aligned"' in item.proto.body]
    assert "<td>新增图书册数</td>" in drawn
    assert "<td>新增<mark>“</mark>图书<mark>”</mark>册数</td>" in drawn
