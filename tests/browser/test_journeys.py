"""Journeys through the explorer that change nothing, in a real browser, on either store.

The last two of the ten main ones, which judge and load, stand in test_changes.py.
"""

import csv
import io
import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser

from ontology.ids import stable_id
from tests.browser.conftest import Explorer, Reader

MORE_THAN = """count => document.querySelector('iframe').contentDocument.getElementById('cy')._cyreg.cy
    .nodes().length > count"""
NODE_IDS = "cy.nodes().map(node => node.id())"


def test_1_the_overview_says_what_is_loaded(reader: Reader) -> None:
    reader.open()
    assert reader.title() == "总览"
    found = reader.metrics()
    assert (found["公开文件"], found["指标"], found["不同的指标"]) == ("40", "676", "565")
    reader.keep("1-overview")


def test_2_from_a_word_to_the_marked_cell(reader: Reader) -> None:
    reader.open("search")
    reader.type_into("词语或拼音首字母", "群众满意度")
    reader.says("找到 9 个指标")
    reader.keep("2-search")
    reader.click_row(0)
    reader.wait_for_title("指标")
    assert reader.page.locator("h2").first.inner_text() == "受益群众满意度"
    assert reader.asked()["id"]
    reader.keep("2-indicator")
    reader.click_row(0, table=reader.page.get_by_test_id("stDataFrame").count() - 2)
    reader.wait_for_title("出处")
    marked = reader.page.locator("td.marked")
    assert marked.count() == 1 and "受益群众满意度" in marked.inner_text()
    assert "03_free_text_cells.txt" in reader.page.get_by_test_id("stMain").inner_text()
    reader.keep("2-source")


def test_2_by_initials(reader: Reader) -> None:
    reader.open("search")
    reader.type_into("词语或拼音首字母", "qzmyd")
    reader.says("找到 9 个指标")
    assert reader.asked()["q"] == ["qzmyd"]


def test_2_by_unit_and_year(reader: Reader) -> None:
    reader.open("search")
    reader.choose("单位", "砚清县水务局")
    reader.says("找到 152 个指标")
    reader.choose("年度", "2024")
    reader.page.wait_for_function("!document.body.innerText.includes('找到 152 个指标')")
    reader.wait()
    assert reader.asked() == {"units": [UNIT], "years": ["2024"]}
    reader.keep("2-filters")


def test_3_a_project_as_a_tree(reader: Reader) -> None:
    reader.open("project")
    reader.type_into("项目名称里的词", "防汛抗旱应急物资储备")
    reader.keep("3-projects")
    reader.click_row(0)
    reader.page.locator("h2", has_text="防汛抗旱应急物资储备").wait_for()
    reader.wait()
    years = reader.page.get_by_test_id("stMain").get_by_test_id("stButtonGroup")
    assert years.count() >= 1
    reader.keep("3-project")


def on_map(reader: Reader, asked: str) -> Any:
    """What the drawing says of itself."""
    frame = reader.page.frame_locator("iframe").locator("#cy")
    frame.locator("canvas").first.wait_for()
    return frame.evaluate(f"box => {{ const cy = box._cyreg.cy; return {asked}; }}")


def wait_for_nodes(reader: Reader, count: int) -> None:
    """Wait until the drawing has so many nodes, and the table as many rows."""
    reader.page.frame_locator("iframe").locator("#cy canvas").first.wait_for()
    reader.page.wait_for_function(
        "count => document.querySelector('iframe').contentDocument.getElementById('cy')._cyreg.cy"
        ".nodes().length === count",
        arg=count,
    )
    reader.page.get_by_label(f"图上的点，{count}", exact=True).first.wait_for(state="attached")
    reader.wait()


def click_node(reader: Reader, node_id: str) -> None:
    """Click a node where it is drawn."""
    place = on_map(reader, f"cy.getElementById('{node_id}').renderedPosition()")
    box = reader.page.locator("iframe").bounding_box()
    assert box is not None
    reader.page.mouse.click(box["x"] + place["x"], box["y"] + place["y"])


def test_4_the_map_grows_from_an_indicator(reader: Reader) -> None:
    reader.open("reuse_map")
    reader.type_into("名称里的词", "受益群众满意度")
    reader.click_row(0)
    wait_for_nodes(reader, 9)
    reader.keep("4-map")
    # A click opens everything that hangs on a node.
    project = next(own for own in on_map(reader, NODE_IDS) if own.startswith("project-"))
    more = int(on_map(reader, f"cy.getElementById('{project}').data('_caption')").partition("+")[2])
    click_node(reader, project)
    reader.page.wait_for_url(f"**open=*{project}*")
    wait_for_nodes(reader, 9 + more)
    # A button opens one relation, ten at a time.
    reader.choose("选一个点", "指标 服务对象满意度")
    reader.press("使用它的项目 +")
    reader.page.wait_for_url("**open=*.projects*")
    reader.page.wait_for_function(MORE_THAN, arg=9 + more)
    assert reader.asked()["at"][0].startswith("concept-")
    drawn = set(on_map(reader, NODE_IDS))
    wait_for_nodes(reader, len(drawn))
    assert project in drawn and len(drawn) > 9 + more
    reader.keep("4-grown")
    # The table says the same, a step back takes the last one back, and each node has a page.
    names = on_map(reader, "cy.nodes().map(node => node.data('name'))")
    shown = [row[1] for row in reader.cells()[1:]]
    assert shown == names[: len(shown)] and len(shown) >= 9
    reader.press("退一步")
    wait_for_nodes(reader, 9 + more)
    reader.press("打开它的页面")
    reader.wait_for_title("指标")
    assert reader.page.locator("h2").first.inner_text() == "服务对象满意度"


def test_4_a_full_map_says_what_has_no_room(reader: Reader) -> None:
    reader.open("reuse_map?kind=unit")
    reader.click_row(0)
    reader.page.get_by_role("button", name="另选起点").wait_for()
    reader.wait()
    start = reader.page.url
    ids = on_map(reader, NODE_IDS)
    reader.open(f"{start}&open={','.join(ids)}")
    wait_for_nodes(reader, 60)
    reader.says("一张图最多画 60 个点")
    reader.keep("4-full")


def test_5_two_units_and_two_years(reader: Reader) -> None:
    reader.open("compare")
    units = reader.metrics()
    assert list(units.values()) == ["5", "2", "135", "151"]
    reader.choose("单位乙", "砚清县水务局")
    reader.says("乙：砚清县水务局")
    assert reader.asked().keys() == {"other"} and reader.metrics() != units
    assert reader.cells()[0][-5:-1] == ["指标", "指标值比较", "指标值甲", "指标值乙"]
    reader.keep("5-units")
    reader.press("两个年度")
    reader.page.wait_for_url("**by=years*")
    reader.says("年度甲")
    assert list(reader.metrics().values()) == ["10", "4", "76", "54"]
    reader.keep("5-years")
    name = reader.cells()[1][1]
    reader.click_row(0)
    reader.wait_for_title("指标")
    assert reader.page.locator("h2").first.inner_text() == name


def test_6_the_threshold_of_boilerplate_stands_in_the_address(reader: Reader) -> None:
    reader.open("boilerplate?from=0.2")
    reader.says("676 条指标中 348 条是套话")
    reader.page.get_by_role("slider").focus()
    reader.page.keyboard.press("ArrowRight")
    reader.page.wait_for_url("**/boilerplate?from=0.25")
    reader.wait()
    reader.keep("6-boilerplate")


def test_7_own_cypher_is_answered_and_a_write_refused(reader: Reader) -> None:
    reader.open("query")
    reader.choose("问题", "自己写 Cypher")
    box = reader.page.get_by_label("Cypher")
    box.fill("MATCH (u:BudgetUnit) RETURN u.name AS 单位 ORDER BY u.name")
    box.press("Control+Enter")
    reader.page.get_by_test_id("stDataFrame").wait_for()
    reader.wait()
    reader.keep("7-cypher")
    box.fill("MATCH (n) DETACH DELETE n")
    box.press("Control+Enter")
    reader.says("这里只能查询，不能写入")
    reader.keep("7-refused")
    reader.open()
    assert reader.metrics()["指标"] == "676"


UNIT = stable_id("unit", "砚清县水务局")
ADDRESSES = {
    "search": f"search?q=满意度&units={UNIT}&years=2024",
    "boilerplate": "boilerplate?from=0.2&scope=project",
    "query": "query?ask=cypher&text=MATCH (u:BudgetUnit) RETURN count(u) AS n",
    "english": "search?lang=en&q=qzmyd",
}


@pytest.mark.parametrize("name", ADDRESSES)
def test_8_a_copied_address_opens_the_same_page(browser: Browser, reader: Reader, name: str) -> None:
    reader.open(ADDRESSES[name])
    said = reader.page.get_by_test_id("stMain").inner_text()
    assert reader.page.get_by_test_id("stDataFrame").count() >= 1
    assert reader.asked().keys() == parse_qs(urlsplit(ADDRESSES[name]).query).keys()
    with browser.new_context(locale="zh-CN") as elsewhere:
        other = Reader(elsewhere.new_page(), reader.explorer)
        other.open(reader.page.url)
        assert other.page.get_by_test_id("stMain").inner_text() == said
        other.keep(f"8-{name}")


@pytest.fixture
def evil(explorer: Explorer) -> str:
    """An address whose answer is formulas."""
    return f"{explorer.address}/query?ask=cypher&text=RETURN '=1%2B1' AS a, '@SUM(A1)' AS b, 7 AS c"


def test_7_downloads_open_and_say_what_they_are(reader: Reader, evil: str, tmp_path: Path) -> None:
    reader.open(evil)
    files = {}
    for ending in ("CSV", "XLSX", "JSON"):
        with reader.page.expect_download() as caught:
            reader.page.get_by_role("button", name=ending, exact=True).click()
        files[ending] = tmp_path / caught.value.suggested_filename
        caught.value.save_as(files[ending])
    assert reader.page.get_by_role("button", name="Download as CSV").count() == 0
    version = files["CSV"].stem.rpartition("_")[2]
    data = files["CSV"].read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert rows[0] == ["a", "b", "c"]
    assert rows[1][2] == "7" and not any(cell.startswith(("=", "@", "+", "-")) for cell in rows[1])
    book = load_workbook(files["XLSX"])
    sheet = book.worksheets[0]
    assert [(cell.value, cell.data_type) for cell in sheet[2]] == [("=1+1", "s"), ("@SUM(A1)", "s"), (7, "n")]
    told = json.loads(files["JSON"].read_bytes())
    assert told["rows"] == [{"a": "=1+1", "b": "@SUM(A1)", "c": 7}]
    about = told["about"]
    assert about["数据版本"] == version and "query" in about["网址"] and len(about["日期"]) == 10
    assert dict(zip(rows[-2], rows[-1], strict=True)).items() >= {"数据版本": version}.items()
    assert (
        dict(own for own in book.worksheets[1].iter_rows(values_only=True) if own[0])["数据版本"] == version
    )
