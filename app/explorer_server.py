"""The explorer's server (浏览器的服务): it reads the graph ahead, so that the first reader need not wait.

Where a password is set, a door stands before everything.
"""

import webbrowser
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Event, Thread

import streamlit as st
from starlette.middleware import Middleware
from streamlit.starlette import App

from app.door import Door
from app.explorer_settings import read_password

_EVERYWHERE = "0.0.0.0"


@asynccontextmanager
async def _while_serving(_app: App) -> AsyncGenerator[None, None]:
    ended = Event()
    # A server that is stopped does not wait for what it reads.
    Thread(target=_keep_ahead, args=(ended,), name="jixiao-ahead", daemon=True).start()
    if not st.get_option("server.headless"):
        # On a thread: a browser in the terminal returns when it is left.
        Thread(target=webbrowser.open, args=(_address(),), name="jixiao-browser", daemon=True).start()
    yield
    ended.set()


def _address() -> str:
    host = st.get_option("server.address")
    return f"http://{'127.0.0.1' if host == _EVERYWHERE else host}:{st.get_option('server.port')}"


def _keep_ahead(ended: Event) -> None:
    # Only here: the pages take a second to import, and their caches want a server that runs.
    from app.views.ahead import keep_ahead

    keep_ahead(ended)


_PASSWORD = read_password()
app = App(
    Path(__file__).with_name("explorer.py"),
    lifespan=_while_serving,
    middleware=[Middleware(Door, _PASSWORD)] if _PASSWORD else [],
)
