"""No barrier on any page, light or dark, and nothing cut at the side: what axe-core and the browser find."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, BrowserContext

from app.views import FIRST, SECTIONS
from graph.store import open_store
from tests.browser.conftest import Explorer, Reader, is_required, serve, workspace_of

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
# The menu is Streamlit's own, with elements between its list and the items. Nothing else is let pass.
RUN = """async () => (await axe.run()).violations
    .filter(own => ['serious', 'critical'].includes(own.impact) || own.id === 'heading-order')
    .flatMap(own => own.nodes
        .filter(node => !(['list', 'listitem'].includes(own.id)
            && document.querySelector(node.target[0]).closest('[data-testid=stSidebarNav]')))
        .map(node => `${own.id}: ${node.html.slice(0, 200)} ${node.any.map(check => check.message)}`))"""
IS_DARK = """() => getComputedStyle(document.querySelector('[data-testid=stApp]'))
    .backgroundColor.match(/\\d+/)[0] < 128"""
# What a page hides of its words at the side; tables scroll, and lists of choices say more when opened.
CUT = """async () => {
    const cut = () => [...document.querySelectorAll('[data-testid=stMain], [data-testid=stMain] *')]
        .filter(own => own.scrollWidth > own.clientWidth + 1 && own.clientWidth > 1
            && getComputedStyle(own).overflowX !== 'visible' && own.innerText?.trim()
            && !own.closest('[data-testid=stDataFrame], [data-testid=stSelectbox], [role=tablist]'));
    // A page of another width takes a moment to settle.
    for (let tries = 0; tries < 50 && cut().length; tries++) await new Promise(end => setTimeout(end, 100));
    return cut().map(own => own.dataset.testid + ': ' + own.innerText.slice(0, 80));
}"""
WIDTHS = (1920, 1280)
PATHS = ["" if view is FIRST else view.path for views in SECTIONS.values() for view in views]
CHOSEN = {
    "indicator": "MATCH (c:IndicatorConcept) WHERE c.name = '受益群众满意度' RETURN c.id AS id",
    "project": "MATCH (p:Project) WHERE p.name = '防汛抗旱应急物资储备' RETURN p.id AS id",
    "reuse_map": "MATCH (c:IndicatorConcept) WHERE c.name = '受益群众满意度' RETURN c.id AS id",
    "duplicates": "MATCH (a:PerformanceTarget)-[:SHARES_INDICATORS_WITH]->(b:PerformanceTarget) "
    "RETURN a.id AS one, b.id AS other LIMIT 1",
    "source": "MATCH (d:Disclosure) WHERE d.file STARTS WITH '03' "
    "RETURN d.file AS file, '12' AS line, '受益群众满意度' AS printed",
}
"""What stands in the addresses of pages that show one thing."""


@pytest.fixture(scope="module")
def explorer(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory, examples: list[Path]
) -> Iterator[Explorer]:
    """The explorer on the embedded store: what is drawn does not depend on the store."""
    if not AXE.is_file():
        if is_required():
            pytest.fail("没有 axe-core")
        pytest.skip("没有 axe-core，请先运行 make browser-test（要 npm）")
    workspace = workspace_of(tmp_path_factory, examples)
    yield from serve("embedded", workspace)


def address_of(explorer: Explorer, path: str) -> list[str]:
    """The addresses of a page: without anything chosen, and with."""
    if path not in CHOSEN:
        return [path]
    with open_store(explorer.workspace / "graph.kgl", read_only=True) as store:
        (row,) = store.run(CHOSEN[path])
    return [path, f"{path}?{urlencode(row)}"]


@pytest.fixture(scope="module", params=["light", "dark"])
def theme(request: pytest.FixtureRequest) -> str:
    """What the reader's system prefers."""
    return str(request.param)


@pytest.fixture(scope="module")
def context(browser: Browser, theme: str) -> Iterator[BrowserContext]:
    """One reader for all pages of a theme, who fetches Streamlit once."""
    with browser.new_context(
        locale="zh-CN", viewport={"width": 1280, "height": 900}, reduced_motion="reduce",
        color_scheme="dark" if theme == "dark" else "light",
    ) as own:  # fmt: skip
        yield own


@pytest.mark.parametrize("path", PATHS)
def test_no_barrier(context: BrowserContext, explorer: Explorer, path: str, theme: str) -> None:
    found = []
    reader = Reader(context.new_page(), explorer)
    for number, address in enumerate(address_of(explorer, path)):
        reader.open(address)
        for width in WIDTHS:
            reader.page.set_viewport_size({"width": width, "height": 900})
            reader.keep(f"axe-{path or 'overview'}-{theme}-{width}{'-chosen' * number}")
            found += reader.page.evaluate(CUT)
        reader.page.add_script_tag(path=AXE)
        found += reader.page.evaluate(RUN)
        assert reader.page.evaluate(IS_DARK) == (theme == "dark")
    reader.page.close()
    assert found == []
    assert reader.errors == [] and reader.hosts <= {"127.0.0.1"}
