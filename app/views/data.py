"""What the pages read (页面数据): the graph, opened once for all sessions, and its version.

A reader of the embedded graph follows each new publication; the records give it anew where it is damaged.
"""

import hashlib
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from typing import Any, ParamSpec, TypeVar

import streamlit as st

from app.builder import open_graph
from app.explorer_settings import Settings, read_settings
from graph import queries
from graph.questions import QUESTIONS
from graph.store import GraphStore

P = ParamSpec("P")
R = TypeVar("R")
QUESTION_TIMEOUT_S = 20.0
_VERSION_LETTERS = 10


@st.cache_resource(show_spinner=False)
def _opened(settings: Settings) -> tuple[GraphStore, list[str], ExitStack]:
    """The store for as long as the server runs, and what there was to say when it was opened.

    What keeps it open is returned too: thrown away, it would close the store.
    """
    remarks: list[str] = []
    stack = ExitStack()
    store = stack.enter_context(
        open_graph(settings.folder, remarks.append, track=lambda files: files, address=settings.address)
    )
    return store, remarks, stack


def store() -> GraphStore:
    """The graph that the explorer shows; raises JixiaoError where there is none."""
    return _opened(read_settings())[0]


def remarks() -> list[str]:
    """What there is to say of the graph: a build under way, damaged records."""
    return _opened(read_settings())[1]


def rows(text: str, params: Mapping[str, object] | None = None) -> list[dict[str, Any]]:
    """The answer to a question that our own code asks."""
    return store().run(text, params, timeout_s=QUESTION_TIMEOUT_S)


def answer(name: str, **params: object) -> list[dict[str, Any]]:
    """The answer to a ready-made question."""
    question = QUESTIONS[name]
    return rows(question.text, {**question.defaults, **params})


@st.cache_data(ttl=5, show_spinner=False)
def _version(settings: Settings) -> str:
    listed = sorted((row["id"], row["loaded_from"] or "") for row in rows(queries.LIST_DISCLOSURES))
    return hashlib.sha256(repr(listed).encode()).hexdigest()[:_VERSION_LETTERS]


def version() -> str:
    """The version of the data: the same for the same records made by the same program."""
    return _version(read_settings())


def remember(max_entries: int = 200) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Remember what a function returns that takes the data's version as its first argument.

    All sessions share it, so nobody may change it. (An argument named with _ would not count.)
    """
    return st.cache_resource(ttl=3600, max_entries=max_entries, show_spinner=False)
