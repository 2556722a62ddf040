"""Addresses in a real browser: one step back undoes one act, and a language stays on the way."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser

from graph.judgements import concept_id
from ontology.ids import stable_id
from tests.browser.conftest import Explorer, Reader, serve, workspace_of

UNIT = stable_id("unit", "砚清县水务局")
SCHOOLS = stable_id("unit", "澜岫县教育局")
CARD = concept_id("受益群众满意度")


@pytest.fixture(scope="module")
def explorer(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory, examples: list[Path]
) -> Iterator[Explorer]:
    """The explorer on the embedded store: what addresses say does not depend on the store."""
    yield from serve("embedded", workspace_of(tmp_path_factory, examples))


def place(reader: Reader) -> tuple[str, dict[str, list[str]]]:
    """The page and what its address says."""
    parts = urlsplit(reader.page.url)
    return parts.path.strip("/"), parse_qs(parts.query)


def back(reader: Reader, page: str, asked: dict[str, list[str]]) -> None:
    """Go one step back, which must lead to this address."""
    reader.page.go_back()
    reader.page.wait_for_timeout(500)
    reader.wait()
    assert place(reader) == (page, asked)


def test_each_choice_is_one_step_back(reader: Reader) -> None:
    reader.open("search")
    everything = reader.page.get_by_text("个指标").first.inner_text()
    reader.choose("单位", "砚清县水务局")
    reader.says("找到 152 个指标")
    reader.choose("单位", "澜岫县教育局")
    reader.page.wait_for_function("!document.body.innerText.includes('找到 152 个指标')")
    reader.wait()
    assert place(reader) == ("search", {"units": [UNIT, SCHOOLS]})
    back(reader, "search", {"units": [UNIT]})
    reader.says("找到 152 个指标")
    main = reader.page.get_by_test_id("stMain")
    assert main.get_by_test_id("stMultiSelect").nth(1).inner_text().count("砚清县水务局") == 1
    back(reader, "search", {})
    reader.says(everything)
    reader.page.go_forward()
    reader.says("找到 152 个指标")


def test_a_click_on_a_row_is_one_step_back(reader: Reader) -> None:
    reader.open(f"search?q=满意度&units={UNIT}&lang=en")
    before = reader.page.get_by_test_id("stMain").inner_text()
    reader.click_row(0)
    reader.wait_for_title("Indicator")
    page, asked = place(reader)
    assert page == "indicator" and asked.keys() == {"id", "lang"}
    back(reader, "search", {"q": ["满意度"], "units": [UNIT], "lang": ["en"]})
    assert reader.page.get_by_test_id("stMain").inner_text() == before


def test_the_menu_keeps_the_language_and_is_one_step_back(reader: Reader) -> None:
    reader.open("search?q=qzmyd")
    reader.page.get_by_role("button", name="English").or_(
        reader.page.get_by_role("radio", name="English")
    ).first.click()
    reader.wait_for_title("Search")
    assert place(reader) == ("search", {"q": ["qzmyd"], "lang": ["en"]})
    reader.page.get_by_test_id("stSidebarNav").get_by_text("Boilerplate", exact=True).click()
    reader.wait_for_title("Boilerplate")
    assert place(reader) == ("boilerplate", {"lang": ["en"]})
    back(reader, "search", {"q": ["qzmyd"], "lang": ["en"]})
    reader.wait_for_title("Search")
    back(reader, "search", {"q": ["qzmyd"]})
    reader.wait_for_title("检索")


@pytest.mark.parametrize(
    ("address", "words", "chosen", "asked"),
    [
        ("boilerplate", "项目", "scope", "project"),
        ("compare", "两个年度", "by", "years"),
        ("reuse_map", "项目", "kind", "project"),
    ],
)
def test_a_pressed_button_is_one_step_back(
    reader: Reader, address: str, words: str, chosen: str, asked: str
) -> None:
    reader.open(address)
    main = reader.page.get_by_test_id("stMain")
    main.get_by_test_id("stButtonGroup").get_by_text(words, exact=True).click()
    reader.page.wait_for_url(f"**{chosen}={asked}*")
    reader.wait()
    back(reader, address, {})


def test_steps_on_the_map_go_back_one_by_one(reader: Reader) -> None:
    reader.open(f"reuse_map?id={CARD}&lang=en")
    reader.page.get_by_role("button", name="Expand all").wait_for()
    before = place(reader)
    button = reader.page.get_by_role("button", name="One step back")
    button.click()
    reader.page.wait_for_url("**open=*")
    reader.wait()
    back(reader, *before)


def test_a_link_to_the_same_page_changes_the_address(reader: Reader) -> None:
    reader.open(f"reuse_map?id={CARD}")
    box = reader.page.get_by_role("combobox", name="选一个点").first
    box.click()
    reader.page.get_by_role("option").nth(1).click()
    reader.page.wait_for_url("**at=*")
    reader.wait()
    before = place(reader)
    reader.page.get_by_test_id("stMain").get_by_text("从它重新开始", exact=True).click()
    reader.page.wait_for_url(f"**id={before[1]['at'][0]}")
    reader.wait()
    assert place(reader) == ("reuse_map", {"id": before[1]["at"]})
    back(reader, *before)


def test_a_click_within_the_graph_is_one_step_back(reader: Reader) -> None:
    reader.open(f"reuse_map?id={CARD}")
    frame = reader.page.frame_locator("iframe")
    frame.locator("canvas").first.wait_for()
    reader.page.wait_for_timeout(1000)
    at = frame.locator("#cy").evaluate(
        """graph => {
            const node = graph._cyreg.cy.nodes('[label="project"]')[0].renderedPosition();
            return [node.x, node.y];
        }"""
    )
    frame.locator("#cy").click(position={"x": at[0], "y": at[1]})
    reader.page.wait_for_url("**open=*")
    reader.wait()
    assert place(reader)[1].keys() == {"id", "at", "open"}
    back(reader, "reuse_map", {"id": [CARD]})


def test_a_link_carries_the_language(reader: Reader) -> None:
    reader.open(f"indicator?id={CARD}&lang=en")
    link = reader.page.get_by_test_id("stPageLink-NavLink").first
    address = link.get_attribute("href") or ""
    assert parse_qs(urlsplit(address).query) == {"id": [CARD], "lang": ["en"]}
    reader.open(f"{reader.explorer.address}/{address.lstrip('/')}")
    assert reader.title() == "Reuse map"


def test_what_an_address_has_and_the_graph_lacks_is_said(reader: Reader) -> None:
    reader.open("search?years=2024&years=1066&lang=en")
    said = reader.page.get_by_test_id("stAlert").inner_text()
    assert "Year 1066" in said and "2024" not in said
    reader.keep("address-unknown")
