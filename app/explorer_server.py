"""The explorer's server (浏览器的服务): it reads the graph ahead, so that the first reader need not wait."""

import webbrowser
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Event, Thread

import streamlit as st
from streamlit.starlette import App

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


app = App(Path(__file__).with_name("explorer.py"), lifespan=_while_serving)
