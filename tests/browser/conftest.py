"""A real server of the explorer, and a real Chromium that reads it."""

import os
import re
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

from app.cli import run
from graph.this_machine import free_port
from tests.conftest import ROOT
from tests.samples import empty_server

START_TIMEOUT_S = 60
WAIT_MS = 30_000
SETTLE_MS = 400
_PROGRAM = "import sys; from app.cli import run; sys.exit(run(sys.argv[1:]))"
# Streamlit asks for these below the page's own path first, then where they are.
_PROBE = re.compile(r"/[^/]+/_stcore/(health|host-config)$")

HEIGHT = """() => (document.querySelector('[data-testid=stMain]') ?? document.body).scrollHeight"""
ROWS = """frame => [...frame.querySelectorAll('table tr')]
    .map(row => [...row.querySelectorAll('th, td')].map(cell => cell.textContent))"""


def is_required() -> bool:
    """Whether a missing browser is a failure, as in CI."""
    return os.environ.get("JIXIAO_BROWSER") == "required"


@dataclass
class Explorer:
    """A running explorer: where it answers, and the workspace that it shows."""

    store: str
    address: str
    workspace: Path


@dataclass
class Reader:
    """Somebody at the browser; what the browser complains of and whom it asks is noted."""

    page: Page
    explorer: Explorer
    errors: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.page.set_default_timeout(WAIT_MS)
        self.page.on("console", self._note_message)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", self._note_request)

    def _note_message(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not _PROBE.search(urlsplit(message.location["url"]).path):
            self.errors.append(f"{message.text} {message.location['url']}")

    def _note_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob"):
            self.hosts.add(parts.hostname or "")

    def open(self, path: str = "") -> None:
        """Open an address and wait until the page stands."""
        self.page.goto(path if "://" in path else f"{self.explorer.address}/{path}")
        self.page.wait_for_selector("h1")
        self.wait()

    def wait(self) -> None:
        """Wait until the script has run and everything shown is of this run."""
        self.page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
        self.page.wait_for_function(
            "!document.querySelector('[data-stale=true], [data-testid=stSkeleton], [data-testid=stSpinner]')"
        )

    def title(self) -> str:
        return self.page.locator("h1").inner_text()

    def wait_for_title(self, title: str) -> None:
        self.page.wait_for_function("title => document.querySelector('h1')?.innerText === title", arg=title)
        self.wait()

    def says(self, words: str) -> None:
        """Wait until the page says something."""
        self.page.get_by_text(words).first.wait_for()
        self.wait()

    def type_into(self, label: str, words: str) -> None:
        """Type into a field and leave it."""
        box = self.page.get_by_label(label, exact=True).first
        box.fill(words)
        box.press("Enter")
        self.wait()

    def choose(self, label: str, option: str) -> None:
        """Choose one option of a list; typing brings a far one near."""
        box = self.page.get_by_role("combobox", name=label).first
        box.click()
        box.press_sequentially(option)
        self.page.get_by_role("option", name=option, exact=True).click()
        self.page.keyboard.press("Escape")
        self.wait()

    def click_row(self, row: int, table: int = 0) -> None:
        """Choose a row of a table by its box; tables are drawn, so it is a place, not an element."""
        frame = self.page.get_by_test_id("stDataFrame").nth(table)
        frame.scroll_into_view_if_needed()
        frame.locator("canvas").first.wait_for()
        frame.click(position={"x": 17, "y": 35 + 35 * row + 17})

    def press(self, words: str) -> None:
        """Press a button that holds some words, one of a row of buttons, or follow a link."""
        main = self.page.get_by_test_id("stMain")
        button, choice, link = (main.get_by_role(role, name=words) for role in ("button", "radio", "link"))
        button.or_(choice).or_(link).first.click()
        self.wait()

    def cells(self, table: int = 0) -> list[list[str]]:
        """What the rows of a table say that are on the screen, the headings first."""
        frame = self.page.get_by_test_id("stDataFrame").nth(table)
        frame.scroll_into_view_if_needed()
        frame.locator("table tr").first.wait_for(state="attached")
        # What is drawn anew is told to those who do not see it a moment later.
        found: list[list[str]] = []
        while True:
            before = found
            self.page.wait_for_timeout(SETTLE_MS)
            found = frame.evaluate(ROWS)
            if found == before:
                return found

    def asked(self) -> dict[str, list[str]]:
        """What the address says."""
        return parse_qs(urlsplit(self.page.url).query)

    def metrics(self) -> dict[str, str]:
        """The figures of the page by their names."""
        names = self.page.get_by_test_id("stMetricLabel").all_inner_texts()
        values = self.page.get_by_test_id("stMetricValue").all_inner_texts()
        return dict(zip(names, values, strict=True))

    def keep(self, name: str) -> None:
        """Keep a picture of the page where CI collects them."""
        folder = os.environ.get("JIXIAO_SCREENSHOTS")
        if folder:
            place = Path(folder) / self.explorer.store
            place.mkdir(parents=True, exist_ok=True)
            # The page scrolls inside the window: all of it is seen in one that is as high.
            before = self.page.viewport_size or {"width": 1280, "height": 900}
            height = self.page.evaluate(HEIGHT)
            self.page.set_viewport_size({"width": before["width"], "height": max(before["height"], height)})
            self.page.wait_for_timeout(500)
            self.page.screenshot(path=place / f"{name}.png")
            self.page.set_viewport_size({"width": before["width"], "height": before["height"]})


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; skips where it is not installed."""
    found = shutil.which("chromium")
    if found is None:
        if is_required():
            pytest.fail("没有 Chromium")
        pytest.skip("没有 Chromium，请先安装（Debian：apt-get install chromium fonts-noto-cjk）")
    with sync_playwright() as playwright:
        own = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield own
        own.close()


@pytest.fixture(scope="module", params=["embedded", "neo4j"])
def store(request: pytest.FixtureRequest, browser: Browser) -> tuple[str, ...]:
    """A store without a graph: its name, and how the commands name it."""
    if request.param == "embedded":
        return ("embedded",)
    address = request.getfixturevalue("neo4j_address")
    empty_server()
    return ("neo4j", "--store", address)


@pytest.fixture(scope="module")
def explorer(
    store: tuple[str, ...], tmp_path_factory: pytest.TempPathFactory, examples: list[Path]
) -> Iterator[Explorer]:
    """The explorer on the examples, in either store."""
    name, *given = store
    workspace = workspace_of(tmp_path_factory, examples, *given)
    yield from serve(name, workspace, *given)


def workspace_of(tmp_path_factory: pytest.TempPathFactory, examples: list[Path], *given: str) -> Path:
    """A workspace with the graph of the examples."""
    workspace = tmp_path_factory.mktemp("browser") / "工作区"
    assert run(["build", *map(str, examples), "--workspace", str(workspace), *given]) == 0
    return workspace


def serve(store: str, workspace: Path, *given: str, **environment: str) -> Iterator[Explorer]:
    """Run the command of the explorer as people do, until it is done with."""
    port = free_port(18_501)
    command = ["explore", "--workspace", str(workspace), "--port", str(port), "--no-browser", *given]
    with (
        (workspace.parent / "server.log").open("wb") as log,
        subprocess.Popen(
            [sys.executable, "-c", _PROGRAM, *command], stdout=log, stderr=log, cwd=workspace.parent,
            env=os.environ | {"PYTHONPATH": str(ROOT)} | environment,
        ) as server,
    ):  # fmt: skip
        address = f"http://127.0.0.1:{port}"
        try:
            wait_until_healthy(address, server)
            yield Explorer(store, address, workspace)
        finally:
            server.terminate()


def wait_until_healthy(address: str, server: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + START_TIMEOUT_S
    while True:
        assert server.poll() is None and time.monotonic() < end, "the explorer did not come up"
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=5):
                return
        except urllib.error.URLError:
            time.sleep(0.1)


@pytest.fixture
def reader(browser: Browser, explorer: Explorer) -> Iterator[Reader]:
    """A new reader; whatever is done, no other host is asked and the browser has nothing to complain of."""
    with browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 900}) as context:
        own = Reader(context.new_page(), explorer)
        yield own
        assert own.errors == []
        assert own.hosts <= {"127.0.0.1"}
