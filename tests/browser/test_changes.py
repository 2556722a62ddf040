"""The two of the ten journeys that change the graph: loading and judging, on workspaces of their own."""

import re
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload

from app.cli import run
from tests.browser.conftest import Explorer, Reader, serve
from tests.samples import write_form

MEGABYTE = 1024 * 1024
EXAMPLES = 40
# Whatever bars of progress say while a page loads, however short.
WATCH_BARS = """() => { window.said = []; new MutationObserver(() => {
    const bar = document.querySelector('[data-testid=stProgress]');
    if (bar && window.said.at(-1) !== bar.innerText) window.said.push(bar.innerText);
}).observe(document.body, {subtree: true, childList: true, characterData: true}); }"""


@pytest.fixture(scope="module")
def explorer(store: tuple[str, ...], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Explorer]:
    """The explorer where nothing was loaded yet."""
    name, *given = store
    yield from serve(name, tmp_path_factory.mktemp("changes") / "工作区", *given)


@pytest.fixture
def loaded(reader: Reader) -> Reader:
    """A reader of the examples, which are loaded by a click where nobody has yet."""
    reader.open()
    if reader.page.get_by_role("button", name="载入示例").count():
        load_examples(reader)
    return reader


def load_examples(reader: Reader) -> None:
    reader.page.get_by_role("button", name="载入示例").click()
    reader.page.get_by_text("公开文件").first.wait_for(timeout=120_000)
    reader.wait()


def until(condition: Callable[[], bool], *, seconds: float = 30) -> None:
    """Wait for what the pages notice some seconds after it was done elsewhere."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(1)


def files_loaded(reader: Reader) -> int:
    reader.open()
    return int(reader.metrics()["公开文件"])


def text_file(name: str, data: bytes) -> FilePayload:
    return {"name": name, "mimeType": "text/plain", "buffer": data}


def choose(reader: Reader, files: Sequence[FilePayload]) -> None:
    reader.page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(files)


def test_9_an_empty_workspace_offers_the_examples(reader: Reader) -> None:
    reader.open("compare")
    reader.keep("9-empty")
    reader.says("这里还没有图谱")
    reader.page.evaluate(WATCH_BARS)
    load_examples(reader)
    assert reader.title() == "总览" and reader.metrics()["公开文件"] == str(EXAMPLES)
    assert any(f"共 {EXAMPLES} 份" in said for said in reader.page.evaluate("window.said"))
    reader.keep("9-loaded")


def test_9_files_with_every_kind_of_trouble(loaded: Reader, examples: list[Path], tmp_path: Path) -> None:
    before = files_loaded(loaded)
    loaded.open("upload")
    good = write_form(tmp_path / "图书馆.txt", project="馆舍维修").read_bytes()
    choose(
        loaded,
        [
            text_file("图书馆.txt", good),
            text_file("乱码.txt", bytes(range(256)) * 20),
            text_file("<b>没有目标</b>.md", "只有一段话。".encode()),
            text_file("示例.txt", examples[0].read_bytes()),
            text_file("太大.txt", b"x" * (20 * MEGABYTE + 1)),
            {"name": "照片.png", "mimeType": "image/png", "buffer": b"\x89PNG"},
        ],
    )
    loaded.says("载入 4 个文件")
    told = {row[0]: row[2] for row in loaded.cells()[1:]}
    assert "不是能读的类型" in told["照片.png"] and told["图书馆.txt"] == "可以"
    assert loaded.page.locator("[aria-invalid=true]", has_text="太大.txt").count() == 1
    loaded.keep("9-chosen")
    loaded.page.evaluate(WATCH_BARS)
    loaded.press("载入 4 个文件")
    loaded.says("载入的文件")
    assert loaded.page.evaluate("window.said")[0].startswith("准备载入")
    assert {row[0]: row[-1] for row in loaded.cells()[1:]} == {
        "图书馆.txt": "已读", "示例.txt": f"内容与 {examples[0].name} 相同，只算一次",
        "乱码.txt": "没有读出", "b_.md": "已读，没有绩效目标",
    }  # fmt: skip
    assert "乱码.txt" in {row[0] for row in loaded.cells(1)[1:]}
    loaded.keep("9-report")
    assert files_loaded(loaded) == before + 2


def test_9_too_many_files_are_not_taken(loaded: Reader) -> None:
    loaded.open("upload")
    choose(loaded, [text_file(f"{number}.txt", b"x") for number in range(21)])
    loaded.says("一次最多 20 个文件，选了 21 个")
    assert loaded.page.get_by_role("button", name="载入 21 个文件").is_disabled()
    loaded.keep("9-too-many")


def test_10_a_judgement_stays(loaded: Reader, store: tuple[str, ...], tmp_path: Path) -> None:
    loaded.open("duplicates")
    before = int(loaded.page.get_by_text(re.compile("^[0-9]+ 对$")).inner_text().split()[0])
    loaded.keep("10-duplicates")
    loaded.click_row(0)
    loaded.page.get_by_role("button", name="回到全部").wait_for()
    loaded.wait()
    assert loaded.asked().keys() >= {"one", "other"}
    loaded.keep("10-pair")
    loaded.page.get_by_label("理由").fill("两笔钱 <b>**粗**</b>")
    loaded.page.get_by_label("判断人").fill("王五")
    loaded.press("不是一回事")
    loaded.says("已记下")
    pair, said = loaded.page.url, "人工判断：不是一回事：两笔钱 <b>**粗**</b>（王五"
    loaded.keep("10-judged")

    def is_kept() -> None:
        loaded.open(pair)
        loaded.says(said)
        loaded.open("judgements")
        assert {"不是一回事", "两笔钱 <b>**粗**</b>"} <= {*loaded.cells()[1]}

    is_kept()
    loaded.keep("10-judgements")
    loaded.open("duplicates")
    loaded.says(f"{before - 1} 对")
    # The next build, on the command line and of another file, keeps it.
    files = files_loaded(loaded)
    other = write_form(tmp_path / "别的.txt", project="阅览室开放")
    assert run(["build", str(other), "--workspace", str(loaded.explorer.workspace), *store[1:]]) == 0
    until(lambda: files_loaded(loaded) == files + 1)
    is_kept()
    loaded.click_row(0)
    loaded.wait_for_title("雷同")
    loaded.says(said)
