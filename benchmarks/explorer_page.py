"""The explorer as a process, and people at the browser who read it (浏览器里的读者), timed.

Something is done when it is seen: the script has run, nothing stale, no skeleton and no spinner is left,
every table and the map are drawn, and the browser has painted it.
"""

import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page

from app.explorer_settings import READY
from graph.this_machine import free_port

START_TIMEOUT_S = 900

WAIT_MS = 60_000
PROGRAM = "import sys; from app.cli import run; sys.exit(run(sys.argv[1:]))"
# Streamlit asks for these below the page's own path first, then where they are.
_PROBE = re.compile(r"/[^/]+/_stcore/(health|host-config)")
# Without the hint below a field that is being typed into.
_TOLD = """() => [...document.querySelectorAll('[data-testid=stMain] :is([data-testid=stCaptionContainer],'
  + '[data-testid=stButton],[data-testid=stHeading],[data-testid=stMetric],[data-testid=stAlert])')]
  .map(x => x.innerText).join('\\n')"""
_MAP = """() => [...document.querySelectorAll('iframe')].map(
  x => x.contentDocument?.getElementById('cy')?._cyreg?.cy).find(x => x)"""
_SEEN = f"""([what, value]) => {{
  const q = s => document.querySelector(s);
  if (!q('[data-testid=stApp][data-test-script-state=notRunning]')) return false;
  if (q('[data-stale=true], [data-testid=stSkeleton], [data-testid=stSpinner]')) return false;
  if ([...document.querySelectorAll('[data-testid=stDataFrame]')].some(x => !x.querySelector('canvas')))
    return false;
  if (!q('h1')?.innerText) return false;
  if (what === 'title') return q('h1').innerText === value;
  if (what === 'changed') return ({_TOLD})() !== value;
  if (what === 'grown') return (({_MAP})()?.nodes().length ?? 0) > value;
  return true;
}}"""
# The node nearest to the middle: bars lie over the edges. It moves until all of the map is fitted in.
_NODE = f"""async () => {{
  const frame = [...document.querySelectorAll('iframe')].find(
    x => x.contentDocument?.getElementById('cy')?._cyreg?.cy);
  const cy = ({_MAP})();
  const far = x => Math.hypot(
    x.renderedPosition().x - cy.width() / 2, x.renderedPosition().y - cy.height() / 2);
  const node = cy.nodes().filter(x => /\\+\\d+$/.test(x.data('_caption'))).sort((a, b) => far(a) - far(b))[0];
  if (!node) return null;
  frame.scrollIntoView({{block: 'center'}});
  const place = () => {{
    const [box, at] = [frame.getBoundingClientRect(), node.renderedPosition()];
    const own = frame.contentDocument.getElementById('cy').getBoundingClientRect();
    return [box.x + own.x + at.x, box.y + own.y + at.y];
  }};
  for (let before = null; String(before) !== String(place());) {{
    before = place();
    await new Promise(done => setTimeout(done, 300));
  }}
  return place();
}}"""
_PAINTED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


@dataclass
class Server:
    """A running server: where it answers, its process, what it wrote."""

    address: str
    process: "subprocess.Popen[bytes]"
    log: Path

    @property
    def resident_mb(self) -> float:
        """Memory that the process holds."""
        status = Path(f"/proc/{self.process.pid}/status").read_text("ascii")
        (kb,) = re.findall(r"VmRSS:\s+(\d+) kB", status)
        return int(kb) / 1024

    @property
    def tracebacks(self) -> int:
        """How often it told of an exception."""
        return self.log.read_text("utf-8").count("Traceback (most recent call last)")


@contextmanager
def explorer(folder: Path, address: str | None, log: Path) -> Iterator[tuple[Server, float, float]]:
    """`jixiao explore` on a workspace; with seconds until it answers, and until its start-up is done."""
    port = free_port(18_700)
    given = ["--store", address] if address else []
    command = [sys.executable, "-c", PROGRAM, "explore", "--workspace", str(folder), "--no-browser",
               "--port", str(port), *given]  # fmt: skip
    start = time.perf_counter()
    with serving(command, port, log) as server:
        answers = time.perf_counter() - start
        _wait(server, lambda: READY in log.read_text("utf-8"))
        yield server, answers, time.perf_counter() - start


@contextmanager
def serving(command: Sequence[str], port: int, log: Path) -> Iterator[Server]:
    """A server of Streamlit from its start to its end."""
    with log.open("wb") as out, subprocess.Popen(command, stdout=out, stderr=out, cwd=log.parent) as process:
        server = Server(f"http://127.0.0.1:{port}", process, log)
        try:
            _wait(server, lambda: _answers(server))
            yield server
        finally:
            process.terminate()


def _answers(server: Server) -> bool:
    try:
        with urllib.request.urlopen(f"{server.address}/_stcore/health", timeout=5):
            return True
    except OSError:
        return False


def _wait(server: Server, is_there: Callable[[], bool]) -> None:
    end = time.monotonic() + START_TIMEOUT_S
    while not is_there():
        if server.process.poll() is not None or time.monotonic() > end:
            raise SystemExit(f"网页没有启动：{server.log.read_text('utf-8')[-2000:]}")
        time.sleep(0.05)


@dataclass
class Reader:
    """Somebody at the browser; what the browser complains of is noted."""

    page: Page
    context: BrowserContext
    server: Server
    errors: list[str] = field(default_factory=list)

    def _note(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not _PROBE.search(message.location["url"]):
            self.errors.append(f"{message.text} {message.location['url']}")

    async def seen(self, what: str = "", value: str | int = "") -> None:
        """Wait until the page is painted; `what` a title, words or a map that changed."""
        await self.page.wait_for_function(_SEEN, arg=[what, value])
        await self.page.evaluate(_PAINTED)
        found = await self.page.query_selector("[data-testid=stException], [data-testid=stAlertContentError]")
        if found:
            self.errors.append(f"{self.page.url}: {(await found.inner_text())[:300]}")

    async def titles(self) -> list[str]:
        """What the menu leads to; an icon stands before each."""
        links = self.page.get_by_test_id("stSidebarNav").get_by_role("link")
        return [text.split()[-1] for text in await links.all_inner_texts()]

    async def open(self, path: str, title: str) -> float:
        """Seconds from the address to the page."""
        return await _timed(
            self.page.goto(f"{self.server.address}/{path}"), lambda: self.seen("title", title)
        )

    async def turn_to(self, title: str) -> float:
        """Seconds from the click in the menu to the page."""
        link = self.page.get_by_test_id("stSidebarNav").get_by_role("link", name=title, exact=True)
        await link.scroll_into_view_if_needed()
        return await _timed(link.click(), lambda: self.seen("title", title))

    async def change(self, act: Callable[[], Awaitable[object]]) -> float:
        """Seconds from an act to what it changes in the words of the page."""
        before = str(await self.page.evaluate(_TOLD))
        return await _timed(act(), lambda: self.seen("changed", before))

    async def grow(self, act: Callable[[], Awaitable[object]]) -> float:
        """Seconds from an act to more nodes on the map."""
        before = int(await self.page.evaluate(f"() => ({_MAP})().nodes().length"))
        return await _timed(act(), lambda: self.seen("grown", before))

    async def click_row(self, row: int) -> None:
        """Choose a row of the first table by its box: a place, for tables are drawn."""
        table = self.page.get_by_test_id("stDataFrame").first
        await table.scroll_into_view_if_needed()
        await table.click(position={"x": 17, "y": 35 + 35 * row + 17})

    async def open_row(self, row: int, title: str) -> float:
        """Seconds from the click on a row of the first table to the page that it opens."""
        return await _timed(self.click_row(row), lambda: self.seen("title", title))

    async def node_to_click(self) -> tuple[float, float] | None:
        """Where in the window a node stands that has more neighbours than are drawn; None: nowhere."""
        found = await self.page.evaluate(_NODE)
        return (found[0], found[1]) if found else None


async def _timed(act: Awaitable[object], seen: Callable[[], Awaitable[None]]) -> float:
    start = time.perf_counter()
    await act
    await seen()
    return time.perf_counter() - start


async def new_reader(browser: Browser, server: Server) -> Reader:
    """A new person with a browser of their own."""
    context = await browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 900})
    page = await context.new_page()
    page.set_default_timeout(WAIT_MS)
    reader = Reader(page, context, server)
    page.on("console", reader._note)
    page.on("pageerror", lambda error: reader.errors.append(str(error)))
    return reader
