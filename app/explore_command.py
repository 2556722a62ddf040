"""The command that opens the explorer (浏览命令): Streamlit serves it on this machine."""

import os
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from ipaddress import ip_address
from pathlib import Path

import click

from app.explorer_settings import Settings, read_password
from app.options import store_option, workspace_option
from app.terminal import say
from app.zh_click import ZhCommand
from graph.this_machine import free_port
from ontology.errors import MissingExtra

PORT = 8501
_EVERYWHERE = "0.0.0.0"
_FONTS = "'Noto Sans CJK SC', 'Source Han Sans SC', 'Microsoft YaHei', 'PingFang SC', sans-serif"
"""Fonts with Chinese letters on Linux, Windows and macOS; none is fetched."""
_SCRIPT = Path(__file__).with_name("explorer_server.py")


@click.command(cls=ZhCommand, short_help="在浏览器里看图谱：检索、指标、项目、复用", options_metavar="[选项]")
@workspace_option
@store_option
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    metavar="端口",
    help=f"网页的端口（默认 {PORT}，被占用时另找一个）",
)
@click.option("--host", default="127.0.0.1", metavar="地址", help="在哪个地址上提供（默认只在本机）")
@click.option("--no-browser", is_flag=True, help="不打开浏览器，只打印网址")
def explore(folder: Path, address: str | None, port: int | None, host: str, no_browser: bool) -> int:
    """在浏览器里看图谱：哪些指标被反复使用、用在哪里、出处是哪一格。

    \b
    还没有建图谱的，打开后可以先载入示例。按 Ctrl-C 停止。
    给别的机器看的（--host 0.0.0.0），请设环境变量 JIXIAO_EXPLORER_PASSWORD，打开时要输入它。
    """
    if find_spec("streamlit") is None:
        raise MissingExtra("网页需要 streamlit；请在源代码的文件夹里运行 make web，或装 jixiao[app]")
    port = port or free_port(PORT)
    settings = Settings(folder=folder.absolute(), address=address)
    for line in opening_lines(host, port, has_password=read_password() is not None):
        say(line)
    sys.stdout.flush()
    # The server takes this process over, so that Ctrl-C and signals reach it alone.
    os.execve(sys.executable, _server(host, port, no_browser=no_browser), os.environ | settings.environment())
    return 0


def opening_lines(host: str, port: int, *, has_password: bool) -> Iterator[str]:
    """What is said before the server starts: where it can be opened, and what is missing for safety."""
    if host == _EVERYWHERE:
        yield f"网址：http://127.0.0.1:{port}，别的机器用本机的其他地址（按 Ctrl-C 停止）"
    else:
        yield f"网址：http://{f'[{host}]' if ':' in host else host}:{port}（按 Ctrl-C 停止）"
    if not (has_password or _is_loopback(host)):
        yield "注意：没有设密码，连得到这台机器的人都能看、能载入文件。请设环境变量 JIXIAO_EXPLORER_PASSWORD"


def _is_loopback(host: str) -> bool:
    """Whether only this machine reaches an address; a name that is no address may lead anywhere."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _server(host: str, port: int, *, no_browser: bool) -> list[str]:
    options = {
        "server.address": host,
        "server.port": str(port),
        "server.headless": str(no_browser).lower(),
        "server.fileWatcherType": "none",
        "server.maxUploadSize": "20",
        "browser.gatherUsageStats": "false",
        "runner.magicEnabled": "false",
        "client.toolbarMode": "minimal",
        "client.showErrorDetails": "none",
        # Its English greeting, and a warning at every export that is written on a thread.
        "logger.hideWelcomeMessage": "true",
        "logger.level": "error",
        # A font for both would be a theme of its own: a dark browser would get a light page.
        "theme.light.font": _FONTS,
        "theme.dark.font": _FONTS,
        # With a colour for each, a page is light or dark as the reader's system is; else always light.
        "theme.light.primaryColor": "#005A8C",
        "theme.dark.primaryColor": "#56B4E9",
    }
    given = [f"--{name}={value}" for name, value in options.items()]
    # -P: a file of the folder one stands in (streamlit.py, graph.py) must not take a module's place.
    return [sys.executable, "-P", "-m", "streamlit", "run", str(_SCRIPT), *given]
