"""The server reads the graph ahead, once for each version of the data."""

import gc
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest
import streamlit as st

from app.explore_command import opening_lines
from app.explorer_settings import READY
from app.views import ahead, data, search
from app.views.ahead import keep_ahead, read_ahead
from app.views.comparisons import boilerplate
from graph.store import GraphStore
from graph.this_machine import free_port
from ontology.errors import StoreError
from tests.conftest import ROOT
from tests.samples import Command

PROGRAM = "import sys; from app.cli import run; sys.exit(run(sys.argv[1:]))"


@pytest.fixture
def workspace(
    tmp_path: Path, jixiao: Command, examples: list[Path], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """The examples' workspace, which the pages of this process show."""
    folder = tmp_path / "工作区"
    jixiao("build", *examples, "--workspace", folder)
    monkeypatch.setenv("JIXIAO_WORKSPACE", str(folder))
    monkeypatch.delenv("JIXIAO_EXPLORER_STORE", raising=False)
    forget()
    yield folder
    forget()
    gc.unfreeze()


def forget() -> None:
    st.cache_resource.clear()
    st.cache_data.clear()


@pytest.fixture
def asked(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every text that the graph is asked from here on."""
    texts: list[str] = []
    opened = data.store()
    run = type(opened).run

    def noted(self: GraphStore, text: str, *given: object, **options: object) -> object:
        texts.append(text)
        return run(self, text, *given, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(type(opened), "run", noted)
    return texts


def test_what_was_read_ahead_is_not_read_again(asked: list[str]) -> None:
    found = read_ahead(None)
    assert found == data.version() and asked
    asked.clear()
    assert search.read_facets(found) and boilerplate().templates
    assert asked == []


def test_the_same_version_is_not_read_again_and_another_one_is(
    asked: list[str], workspace: Path, jixiao: Command, examples: list[Path]
) -> None:
    before = read_ahead(None)
    asked.clear()
    assert read_ahead(before) == before
    assert asked == []
    jixiao("build", "--workspace", workspace, "--forget", examples[0])
    data.look_again()
    assert read_ahead(before) not in (before, None)
    assert asked


def test_what_was_read_is_not_searched_for_garbage(workspace: Path) -> None:
    gc.unfreeze()
    found = search.read_facets(read_ahead(None) or "")
    assert gc.get_freeze_count() > 0
    assert not any(found is item for item in gc.get_objects())


def test_nothing_is_read_where_nothing_was_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIXIAO_WORKSPACE", str(tmp_path / "工作区"))
    assert read_ahead(None) is None


def test_what_cannot_be_read_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    ended, known = Event(), list[str | None]()

    def read(before: str | None) -> str | None:
        known.append(before)
        if len(known) == 2:
            raise StoreError("图谱暂时打不开")
        if len(known) == 4:
            ended.set()
        return "v1"

    monkeypatch.setattr(ahead, "read_ahead", read)
    monkeypatch.setattr(ahead, "_LOOK_EVERY_S", 0.0)
    keep_ahead(ended)
    assert known == [None, "v1", None, "v1"]


WARNING = "没有设密码"


@pytest.mark.parametrize(
    ("host", "address", "warned"),
    [
        ("127.0.0.1", "http://127.0.0.1:8501（", False),
        ("localhost", "http://localhost:8501（", False),
        ("::1", "http://[::1]:8501（", False),
        ("0.0.0.0", "http://127.0.0.1:8501，别的机器用本机的其他地址", True),
        ("192.168.1.7", "http://192.168.1.7:8501（", True),
        ("budget.example", "http://budget.example:8501（", True),
    ],
)
def test_an_address_that_opens_is_said_and_others_want_a_password(
    host: str, address: str, warned: bool
) -> None:
    said = "\n".join(opening_lines(host, 8501, has_password=False))
    assert address in said and (WARNING in said) is warned
    assert WARNING not in "\n".join(opening_lines(host, 8501, has_password=True))


def test_an_open_server_without_a_password_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JIXIAO_EXPLORER_PASSWORD", raising=False)
    log = tmp_path / "server.log"
    serve_until(
        lambda: WARNING in log.read_text("utf-8"),
        log, "--workspace", str(tmp_path / "工作区"), "--host", "0.0.0.0", "--no-browser",
    )  # fmt: skip


def test_modules_in_the_folder_one_stands_in_are_not_run(workspace: Path, tmp_path: Path) -> None:
    place = tmp_path / "别人的"
    place.mkdir()
    for name in ("streamlit", "graph", "app", "click"):
        (place / f"{name}.py").write_text(f"raise SystemExit('{name} of this folder was run')\n", "utf-8")
    log = place / "server.log"
    serve_until(lambda: READY in log.read_text("utf-8"), log, "--workspace", str(workspace), "--no-browser")
    assert "was run" not in log.read_text("utf-8")


def test_the_server_says_when_it_has_read_the_graph(workspace: Path, tmp_path: Path) -> None:
    log = tmp_path / "server.log"
    serve_until(lambda: READY in log.read_text("utf-8"), log, "--workspace", str(workspace), "--no-browser")
    assert "Traceback" not in log.read_text("utf-8")


def test_the_browser_is_opened_at_its_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened, browser = tmp_path / "opened", tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > "{opened}"\n', "utf-8")
    browser.chmod(0o700)
    monkeypatch.setenv("BROWSER", str(browser))
    # Without it Streamlit asks at a first start for an address of mail.
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / ".streamlit" / "credentials.toml").write_text('[general]\nemail = ""\n', "utf-8")
    port = serve_until(
        lambda: opened.exists() and opened.stat().st_size > 0,
        tmp_path / "server.log",
        "--workspace",
        str(tmp_path / "工作区"),
    )
    assert opened.read_text("utf-8") == f"http://127.0.0.1:{port}\n"


def serve_until(is_there: Callable[[], bool], log: Path, *given: str) -> int:
    """Run the command of the explorer as people do, until something is there; the port."""
    port = free_port(18_800)
    command = [sys.executable, "-P", "-c", PROGRAM, "explore", "--port", str(port), *given]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with (
        log.open("wb") as out,
        subprocess.Popen(command, stdout=out, stderr=out, cwd=log.parent, env=environment) as server,
    ):
        try:
            end = time.monotonic() + 60
            while not is_there():
                assert server.poll() is None and time.monotonic() < end, log.read_text("utf-8")
                time.sleep(0.1)
        finally:
            server.terminate()
    return port
