"""Readers of other habits: in English, by the keyboard, behind a password, with a full map."""

import csv
import os
import re
import shutil
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from app.views import SECTIONS
from app.views.words import english
from graph.store import open_store
from tests.browser.conftest import Explorer, Reader, serve, workspace_of
from tests.browser.test_accessibility import AXE, RUN

CHINESE = re.compile("[一-鿿]")
PASSWORD = "砚清 2024"
MOST_USED = "MATCH (c:IndicatorConcept) WHERE c.name = '服务对象满意度' RETURN c.id AS id"
USING = """
MATCH (c:IndicatorConcept)<-[:EXPRESSES]-(:Indicator)<-[:HAS_INDICATOR]-(:PerformanceTarget)
      <-[:HAS_TARGET]-(p:Project)
WHERE c.id = $id
RETURN DISTINCT p.id AS id
ORDER BY id
"""
FOCUSED = """() => { const own = document.activeElement;
    return own.getAttribute('aria-label') || own.dataset.testid || own.innerText || ''; }"""
MAP_HEIGHT = """async box => { const image = new Image();
    image.src = box._cyreg.cy.png({full: true, scale: 2}); await image.decode(); return image.height; }"""
# What can be read of the names: how high they are, and whether two that show lie upon each other.
NAMES = """box => { const cy = box._cyreg.cy;
    const shown = cy.nodes().filter(node => node.numericStyle('text-opacity') > 0).toArray();
    const boxes = shown.map(node => node.renderedBoundingBox({includeNodes: false, includeEdges: false,
        includeOverlays: false}));
    const covers = (a, b) => a.x1 < b.x2 && b.x1 < a.x2 && a.y1 < b.y2 && b.y1 < a.y2;
    return {count: cy.nodes().length, shown: shown.length,
        least: Math.min(...shown.map(node => node.numericStyle('font-size') * cy.zoom())),
        covered: boxes.filter((one, at) => boxes.some((other, to) => to > at && covers(one, other))).length};
}"""


@pytest.fixture(scope="module")
def explorer(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory, examples: list[Path]
) -> Iterator[Explorer]:
    """The explorer on the embedded store: how it is read does not depend on the store."""
    yield from serve("embedded", workspace_of(tmp_path_factory, examples))


def test_english_stays_from_page_to_page(reader: Reader) -> None:
    reader.open()
    reader.page.get_by_role("radio", name="English").click()
    reader.wait_for_title("Overview")
    assert reader.asked().keys() == {"lang"}
    for views in SECTIONS.values():
        for view in views:
            if view.in_menu:
                reader.page.get_by_test_id("stSidebarNav").get_by_text(english()[view.title]).last.click()
                reader.wait_for_title(english()[view.title])
                assert not CHINESE.search(reader.page.get_by_test_id("stCaptionContainer").first.inner_text())
    reader.keep("english")
    reader.page.get_by_role("radio", name="中文").click()
    reader.wait_for_title("导入")


def test_what_is_saved_in_english_is_headed_in_english(reader: Reader, tmp_path: Path) -> None:
    reader.open("search?q=qzmyd&lang=en")
    with reader.page.expect_download() as caught:
        reader.page.get_by_role("button", name="CSV", exact=True).click()
    caught.value.save_as(tmp_path / "found.csv")
    headings, *rows = csv.reader((tmp_path / "found.csv").read_text("utf-8-sig").splitlines())
    assert headings[0] == english()["指标"] and "群众满意度" in "".join(rows[0])


def test_the_keyboard_is_enough(reader: Reader) -> None:
    reader.open("search")
    keyboard = reader.page.keyboard

    def tab_to(label: str) -> None:
        for _ in range(40):
            keyboard.press("Tab")
            if reader.page.evaluate(FOCUSED) == label:
                return
        pytest.fail(f"Tab does not come to {label}")

    tab_to("词语或拼音首字母")
    keyboard.type("群众满意度")
    keyboard.press("Enter")
    reader.says("找到 9 个指标")
    tab_to("data-grid-canvas")
    keyboard.press("ArrowDown")
    keyboard.press("Shift+Space")
    reader.wait_for_title("指标")
    assert "群众满意度" in reader.page.locator("h2").first.inner_text()


def test_names_on_a_full_map_can_be_read(reader: Reader) -> None:
    with open_store(reader.explorer.workspace / "graph.kgl", read_only=True) as store:
        (start,) = (row["id"] for row in store.run(MOST_USED))
        projects = [row["id"] for row in store.run(USING, {"id": start})]
    reader.open(f"reuse_map?id={start}&open={','.join([start, start, *projects])}")
    box = reader.page.frame_locator("iframe").locator("#cy")
    box.locator("canvas").first.wait_for()
    reader.page.wait_for_timeout(1_000)
    found = box.evaluate(NAMES)
    assert found["count"] == 60 and found["shown"] >= 40
    assert found["least"] >= 11 and found["covered"] == 0
    # One without room shows under the pointer, with its whole name.
    name = "node => { node.emit('mouseover'); return [node.style('label'), node.data('name')]; }"
    hidden = "cy.nodes().filter(node => node.numericStyle('text-opacity') === 0)[0] ?? cy.nodes()[0]"
    label, whole = box.evaluate(f"box => {{ const cy = box._cyreg.cy; return ({name})({hidden}); }}")
    assert label == whole
    reader.keep("map-60")


def test_a_picture_of_the_map_says_where_it_is_from(reader: Reader, tmp_path: Path) -> None:
    with open_store(reader.explorer.workspace / "graph.kgl", read_only=True) as store:
        (start,) = (row["id"] for row in store.run(MOST_USED))
    reader.open(f"reuse_map?id={start}")
    frame = reader.page.frame_locator("iframe")
    frame.locator("#cy canvas").first.wait_for()
    with reader.page.expect_download() as caught:
        frame.get_by_role("button", name="存为图片").click()
    assert re.fullmatch(r"复用图_\d{8}_[0-9a-f]{10}\.png", caught.value.suggested_filename)
    caught.value.save_as(tmp_path / "map.png")
    width, height = png_size((tmp_path / "map.png").read_bytes())
    of_map = frame.locator("#cy").evaluate(MAP_HEIGHT)
    # Below the map stand the day with the version, and the address, on one line at least each.
    assert width >= 1_200 and height >= of_map + 2 * 32
    keep_picture(reader, tmp_path / "map.png")


def png_size(image: bytes) -> tuple[int, int]:
    assert image[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", image[16:24])
    return width, height


def keep_picture(reader: Reader, path: Path) -> None:
    folder = os.environ.get("JIXIAO_SCREENSHOTS")
    if folder:
        place = Path(folder) / reader.explorer.store
        place.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, place / "saved-map.png")


def test_a_password_is_asked_for_once(browser: Browser, explorer: Explorer) -> None:
    for own in serve("embedded", explorer.workspace, JIXIAO_EXPLORER_PASSWORD=PASSWORD):
        with browser.new_context(locale="zh-CN") as context:
            reader = Reader(context.new_page(), own)
            reader.page.goto(f"{own.address}/search?q=群众满意度")
            assert reader.title() == "绩效图谱" and "满意度" not in reader.page.inner_text("body")
            type_password(reader, "砚清")
            reader.page.get_by_text("密码不对").wait_for()
            reader.keep("password")
            if AXE.is_file():
                reader.page.evaluate(AXE.read_text("utf-8"))
                assert reader.page.evaluate(RUN) == []
            type_password(reader, PASSWORD)
            reader.wait_for_title("检索")
            reader.says("找到 9 个指标")
            reader.page.reload()
            reader.wait_for_title("检索")
            other = Reader(context.new_page(), own)
            other.open("indicator")
            assert other.title() == "指标"
            other.page.get_by_role("link", name="退出登录").click()
            other.page.get_by_label("密码").wait_for()
            # The first one is still open, and hears nothing any more.
            reader.page.get_by_test_id("stSidebarNav").get_by_text("对比").click()
            reader.page.wait_for_timeout(1_500)
            assert reader.page.get_by_role("heading", name="对比").count() == 0
            # When it is looked at again, it leads to the form.
            reader.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
            reader.page.get_by_label("密码").wait_for()
            assert "Traceback" not in (explorer.workspace.parent / "server.log").read_text("utf-8")
        with browser.new_context(locale="zh-CN") as context:
            stranger = Reader(context.new_page(), own)
            stranger.page.goto(own.address)
            assert stranger.title() == "绩效图谱"


def type_password(reader: Reader, password: str) -> None:
    reader.page.get_by_label("密码").fill(password)
    reader.page.keyboard.press("Enter")
