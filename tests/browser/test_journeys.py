"""Ten journeys through the explorer, in a real browser, on either store."""

import csv
import io
import json
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser

from ontology.ids import stable_id
from tests.browser.conftest import Explorer, Reader


def asked(reader: Reader) -> dict[str, list[str]]:
    """What the address says."""
    return parse_qs(urlsplit(reader.page.url).query)


def metrics(reader: Reader) -> dict[str, str]:
    names = reader.page.get_by_test_id("stMetricLabel").all_inner_texts()
    return dict(zip(names, reader.page.get_by_test_id("stMetricValue").all_inner_texts(), strict=True))


def test_1_the_overview_says_what_is_loaded(reader: Reader) -> None:
    reader.open()
    assert reader.title() == "总览"
    found = metrics(reader)
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
    assert asked(reader)["id"]
    reader.keep("2-indicator")
    reader.click_row(0, table=reader.page.get_by_test_id("stDataFrame").count() - 1)
    reader.wait_for_title("出处")
    marked = reader.page.locator("td.marked")
    assert marked.count() == 1 and "受益群众满意度" in marked.inner_text()
    assert "03_free_text_cells.txt" in reader.page.get_by_test_id("stMain").inner_text()
    reader.keep("2-source")


def test_3_by_initials(reader: Reader) -> None:
    reader.open("search")
    reader.type_into("词语或拼音首字母", "qzmyd")
    reader.says("找到 9 个指标")
    assert asked(reader)["q"] == ["qzmyd"]


def test_4_by_unit_and_year(reader: Reader) -> None:
    reader.open("search")
    reader.choose("单位", "砚清县水务局")
    reader.says("找到 152 个指标")
    reader.choose("年度", "2024")
    reader.page.wait_for_function("!document.body.innerText.includes('找到 152 个指标')")
    reader.wait()
    assert asked(reader) == {"units": [UNIT], "years": ["2024"]}
    reader.keep("4-filters")


def test_5_a_project_as_a_tree(reader: Reader) -> None:
    reader.open("project")
    reader.type_into("项目名称里的词", "防汛抗旱应急物资储备")
    reader.keep("5-projects")
    reader.click_row(0)
    reader.page.locator("h2", has_text="防汛抗旱应急物资储备").wait_for()
    reader.wait()
    assert reader.page.get_by_role("tab").count() >= 1
    reader.keep("5-project")


def test_6_copied_targets_side_by_side(reader: Reader) -> None:
    reader.open("duplicates")
    reader.says("4 对")
    reader.keep("6-duplicates")
    reader.click_row(0)
    reader.page.get_by_role("button", name="回到全部").wait_for()
    reader.wait()
    assert asked(reader).keys() >= {"one", "other"}
    reader.keep("6-pair")
    reader.page.get_by_role("button", name="回到全部").click()
    reader.says("4 对")


def test_7_the_threshold_of_boilerplate_stands_in_the_address(reader: Reader) -> None:
    reader.open("boilerplate?from=0.2")
    reader.says("676 条指标中 348 条是套话")
    reader.page.get_by_role("slider").focus()
    reader.page.keyboard.press("ArrowRight")
    reader.page.wait_for_url("**/boilerplate?from=0.25")
    reader.wait()
    reader.keep("7-boilerplate")


def test_8_own_cypher_is_answered_and_a_write_refused(reader: Reader) -> None:
    reader.open("query")
    reader.choose("问题", "自己写 Cypher")
    box = reader.page.get_by_label("Cypher")
    box.fill("MATCH (u:BudgetUnit) RETURN u.name AS 单位 ORDER BY u.name")
    box.press("Control+Enter")
    reader.page.get_by_test_id("stDataFrame").wait_for()
    reader.wait()
    reader.keep("8-cypher")
    box.fill("MATCH (n) DETACH DELETE n")
    box.press("Control+Enter")
    reader.says("这里只能查询，不能写入")
    reader.keep("8-refused")
    reader.open()
    assert metrics(reader)["指标"] == "676"


UNIT = stable_id("unit", "砚清县水务局")
ADDRESSES = {
    "search": f"search?q=满意度&units={UNIT}&years=2024",
    "boilerplate": "boilerplate?from=0.2&scope=project",
    "query": "query?ask=cypher&text=MATCH (u:BudgetUnit) RETURN count(u) AS n",
    "english": "search?lang=en&q=qzmyd",
}


@pytest.mark.parametrize("name", ADDRESSES)
def test_9_a_copied_address_opens_the_same_page(browser: Browser, reader: Reader, name: str) -> None:
    reader.open(ADDRESSES[name])
    said = reader.page.get_by_test_id("stMain").inner_text()
    assert reader.page.get_by_test_id("stDataFrame").count() >= 1
    assert asked(reader).keys() == parse_qs(urlsplit(ADDRESSES[name]).query).keys()
    with browser.new_context(locale="zh-CN") as elsewhere:
        other = Reader(elsewhere.new_page(), reader.explorer)
        other.open(reader.page.url)
        assert other.page.get_by_test_id("stMain").inner_text() == said
        other.keep(f"9-{name}")


@pytest.fixture
def evil(explorer: Explorer) -> str:
    """An address whose answer is formulas."""
    return f"{explorer.address}/query?ask=cypher&text=RETURN '=1%2B1' AS a, '@SUM(A1)' AS b, 7 AS c"


def test_10_downloads_open_and_say_what_they_are(reader: Reader, evil: str, tmp_path: Path) -> None:
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
