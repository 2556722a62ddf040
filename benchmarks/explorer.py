"""How fast the explorer is in a browser (浏览器里的速度), on generated indicators in either store.

    python benchmarks/explorer.py [--indicators 200000] [--sessions 20] [--store embedded|neo4j|both]

A page of Streamlit that says no more than a title is the baseline, read by as many at once: what
Streamlit and the browsers cost on this machine. Server, database and all browsers share its cores.
With `--folder` what is generated stays there for the next run. Needs Chromium, and for Neo4j what
make neo4j fetches.
"""

import argparse
import asyncio
import shutil
import statistics
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from playwright.async_api import Browser, async_playwright
from rich.console import Console
from rich.table import Table

from app.fingerprints import graph_fingerprint
from benchmarks.explorer_page import Reader, Server, explorer, new_reader, serving
from benchmarks.generated_workspace import fill, make_workspace
from benchmarks.own_server import own_server
from benchmarks.stores import parameters
from graph import queries
from graph.store import open_store
from graph.this_machine import free_port

MOST_S = {"第一页": 2.0, "换页": 1.0, "检索": 0.3, "展开": 0.5}
"""More than this at p95 is shown in red."""
ROUNDS = 5
FIRST = "总览"
WORDS = ("满意度", "mylj", "档案", "完成率", "档案 维修", "gxl", "道路养护", "zzz", "第1局", "合格率", "sk")
CLASSES = ("output", "benefit")
BASELINE = """import streamlit as st
def one():
    st.title("甲")
    st.caption(st.text_input("字"))
def other():
    st.title("乙")
st.navigation([st.Page(one, title="甲", default=True), st.Page(other, title="乙")]).run()
"""
CONSOLE = Console(width=110)
Times = Mapping[str, list[float]]


def main() -> None:
    """Generate, start, measure, and print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--indicators", type=int, default=200_000, metavar="N")
    parser.add_argument("--sessions", type=int, default=20, metavar="N")
    parser.add_argument("--store", choices=("embedded", "neo4j", "both"), default="both")
    parser.add_argument("--folder", type=Path, help="keep what is generated here, and use it again")
    given = parser.parse_args()
    with _folder(given.folder) as folder:
        workspace = folder / f"workspace-{given.indicators}"
        if not workspace.is_dir():
            make_workspace(workspace, given.indicators)
        baselines = asyncio.run(_baselines(folder, given.sessions))
        for store in ("embedded", "neo4j") if given.store == "both" else (given.store,):
            with _address(store, folder / f"neo4j-{given.indicators}") as address:
                done = folder / f"filled-{store}-{given.indicators}-{graph_fingerprint()[:8]}"
                if not done.exists():
                    fill(workspace, address, CONSOLE)
                    done.touch()
                CONSOLE.rule(f"{store}，{given.indicators:,} 条指标，{given.sessions} 个会话")
                asyncio.run(_measure(workspace, address, folder / "server.log", given.sessions, baselines))


async def _measure(
    workspace: Path, address: str | None, log: Path, sessions: int, baselines: tuple[Times, Times]
) -> None:
    ids = _ids(workspace, address)
    with explorer(workspace, address, log) as (server, answers, ready):
        CONSOLE.print(f"启动：{answers:.1f} 秒后应答，{ready:.1f} 秒后就绪；{server.resident_mb:,.0f} MB")
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox"]
            )
            _print("一个会话，秒", await _one_reader(browser, server, ids), baselines[0])
            await _many_readers(browser, server, sessions, baselines[1])
            await browser.close()


# ---- one reader -----------------------------------------------------------------------------------------


async def _one_reader(browser: Browser, server: Server, ids: Mapping[str, str | Sequence[str]]) -> Times:
    times: dict[str, list[float]] = defaultdict(list)
    reader = await new_reader(browser, server)
    times["第一页：启动后第一个"].append(await reader.open("", FIRST))
    titles = await reader.titles()
    for title in titles:
        times[f"换页：{title}，启动后第一次"].append(await reader.turn_to(title))
    for _ in range(ROUNDS):
        for title in titles:
            times[f"换页：{title}"].append(await reader.turn_to(title))
    await _search(reader, times)
    await _grow(reader, ids["starts"], times)
    for number in range(ROUNDS):
        times["第一页：最常用指标的链接"].append(await reader.open(f"indicator?id={ids['concept']}", "指标"))
        await reader.turn_to("检索")
        times["换页：最常用的几个指标，从检索点开"].append(await reader.open_row(number, "指标"))
        await reader.turn_to("雷同")
        times["换页：一对雷同的目标，从列表点开"].append(
            await reader.change(partial(reader.click_row, number))
        )
    await _leave(reader)
    for _ in range(ROUNDS):
        other = await new_reader(browser, server)
        times["第一页：新来的人"].append(await other.open("", FIRST))
        await _leave(other)
    return times


async def _search(reader: Reader, times: dict[str, list[float]]) -> None:
    await reader.turn_to("检索")
    box = reader.page.get_by_label("词语或拼音首字母").first
    for number in range(2 * len(WORDS)):
        await box.fill(WORDS[number % len(WORDS)])
        times["检索：词语、拼音"].append(await reader.change(lambda: box.press("Enter")))
    for class_id in CLASSES:
        # By its address: the menu of a list is Streamlit's own.
        times["第一页：按分类检索的链接"].append(await reader.open(f"search?classes={class_id}", "检索"))


async def _grow(reader: Reader, starts: Sequence[str], times: dict[str, list[float]]) -> None:
    for start in starts:
        times["第一页：一张图的链接"].append(await reader.open(f"reuse_map?id={start}", "复用图"))
        await reader.seen("grown", 1)
        button = reader.page.get_by_test_id("stMain").get_by_role("button", name="+").first
        if await button.count():
            times["展开：按钮"].append(await reader.grow(button.click))
        place = await reader.node_to_click()
        if place:
            times["展开：点图上的点"].append(await reader.grow(partial(reader.page.mouse.click, *place)))


async def _leave(reader: Reader) -> None:
    for error in reader.errors:
        CONSOLE.print(f"[red]{error}")
    await reader.context.close()


# ---- many readers ---------------------------------------------------------------------------------------


async def _many_readers(browser: Browser, server: Server, sessions: int, baseline: Times) -> None:
    """Memory with more and more sessions, then all of them at once through every page."""
    none = server.resident_mb
    readers: list[Reader] = []
    for many in sorted({1, sessions // 2, sessions} - {0}):
        while len(readers) < many:
            readers.append(await new_reader(browser, server))
            await readers[-1].open("", FIRST)
            await readers[-1].turn_to("检索")
        used = server.resident_mb
        CONSOLE.print(f"{many} 个会话：{used:,.0f} MB，每个 {(used - none) / many:.1f} MB")
    times: dict[str, list[float]] = defaultdict(list)
    await asyncio.gather(*(_walk(reader, times) for reader in readers))
    _print(f"{sessions} 个会话同时，秒", times, baseline)
    used = server.resident_mb
    CONSOLE.print(f"之后：{used:,.0f} MB，每个 {(used - none) / len(readers):.1f} MB")
    for reader in readers:
        await _leave(reader)
    errors = sum(len(reader.errors) for reader in readers) + server.tracebacks
    CONSOLE.print(f"{'[red]' if errors else ''}错误：{errors}")


async def _walk(reader: Reader, times: dict[str, list[float]]) -> None:
    for title in await reader.titles():
        times[f"换页：{title}"].append(await reader.turn_to(title))
    await reader.turn_to("检索")
    box = reader.page.get_by_label("词语或拼音首字母").first
    for word in WORDS[:3]:
        await box.fill(word)
        times["检索：词语、拼音"].append(await reader.change(lambda: box.press("Enter")))


# ---- what is measured against ---------------------------------------------------------------------------


async def _baselines(folder: Path, sessions: int) -> tuple[Times, Times]:
    """The same of a page that only says a title: one reader, and so many at once."""
    script, port = folder / "baseline.py", free_port(18_600)
    script.write_text(BASELINE, "utf-8")
    options = ["--server.headless=true", "--server.fileWatcherType=none", "--browser.gatherUsageStats=false"]
    command = [sys.executable, "-m", "streamlit", "run", str(script), f"--server.port={port}", *options]
    one: dict[str, list[float]] = defaultdict(list)
    many: dict[str, list[float]] = defaultdict(list)
    with serving(command, port, folder / "baseline.log") as server:
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox"]
            )
            for _ in range(ROUNDS):
                await _read_titles(await new_reader(browser, server), one)
            readers = [await new_reader(browser, server) for _ in range(sessions)]
            await asyncio.gather(*(_read_titles(reader, many) for reader in readers))
            await browser.close()
    return one, many


async def _read_titles(reader: Reader, times: dict[str, list[float]]) -> None:
    times["第一页"].append(await reader.open("", "甲"))
    box = reader.page.get_by_label("字")
    for word in ("一", "二"):
        await box.fill(word)
        found = await reader.change(partial(box.press, "Enter"))
        times["检索"].append(found)
        times["展开"].append(found)
    for title in ("乙", "甲", "乙"):
        times["换页"].append(await reader.turn_to(title))
    await _leave(reader)


def _ids(workspace: Path, address: str | None) -> dict[str, str | Sequence[str]]:
    """What is opened: the most used indicator, a pair of alike targets, starts of maps."""
    with open_store(address or workspace / "graph.kgl", read_only=True) as store:
        found = parameters(store)
        pairs = store.run(queries.SHARING_TARGETS, {"min_share": 0.5})
        used = store.run(queries.REUSE_RANKING, {"min_projects": 2, "row_limit": 400})
    starts = [str(row["concept_id"]) for row in used[:: max(1, len(used) // 10)]]
    starts += [str(found[name]) for name in ("project_id", "other_id", "unit_id")]
    pair = f"one={pairs[0]['one_id']}&other={pairs[0]['other_id']}" if pairs else ""
    return {"concept": str(found["concept_id"]), "pair": pair, "starts": starts}


def _print(title: str, times: Times, baseline: Times) -> None:
    table = Table("", "次", "p50", "p95", "最多", "基线 p50", "相对基线", title=title)
    for name, found in times.items():
        kind = name.partition("：")[0]
        base = statistics.median(baseline[kind])
        p95 = _p95(found)
        shown = f"{'[red]' if p95 > MOST_S[kind] else ''}{p95:.2f}"
        middle = statistics.median(found)
        table.add_row(
            name, str(len(found)), f"{middle:.2f}", shown, f"{max(found):.2f}", f"{base:.2f}",
            f"{middle / base:.1f}",
        )  # fmt: skip
    CONSOLE.print(table)


def _p95(found: Sequence[float]) -> float:
    return statistics.quantiles(found, n=20, method="inclusive")[-1] if len(found) > 1 else found[0]


@contextmanager
def _folder(given: Path | None) -> Iterator[Path]:
    if given is not None:
        given.mkdir(parents=True, exist_ok=True)
        yield given.absolute()
        return
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


@contextmanager
def _address(store: str, folder: Path) -> Iterator[str | None]:
    """The address of a server of its own, in the environment with its password; None: embedded."""
    if store == "embedded":
        yield None
        return
    with own_server(folder, CONSOLE) as address:
        yield address


if __name__ == "__main__":
    main()
