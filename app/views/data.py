"""What the pages read (页面数据): the graph, opened once for all sessions, and its version.

A reader of the embedded graph follows each new publication; the records give it anew where it is damaged.
"""

import hashlib
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any, ParamSpec, TypeVar

import streamlit as st

from app.builder import open_graph
from app.explorer_settings import Settings, read_settings
from app.judgement_file import digest_of_judgements
from app.views.words import t
from app.workspace import is_workspace
from graph import queries
from graph.questions import QUESTIONS
from graph.store import GraphStore
from ontology.errors import StoreEmpty

P = ParamSpec("P")
R = TypeVar("R")
QUESTION_TIMEOUT_S = 20.0
EVERY = 1_000_000
"""So many rows that an answer is not cut."""
_VERSION_LETTERS = 10
_UNFINISHED = "正在载入文件，载完以前数字会变，雷同和相近的还没有算"


@dataclass(frozen=True, slots=True)
class _Opened:
    """The store for as long as the server runs, and what there was to say when it was opened.

    `stack` closes the store when it is forgotten.
    """

    store: GraphStore
    publication: str | None
    remarks: list[str]
    stack: ExitStack


@st.cache_resource(show_spinner=False)
def _opened(settings: Settings) -> _Opened:
    remarks: list[str] = []
    stack = ExitStack()
    store = stack.enter_context(
        open_graph(settings.folder, remarks.append, track=lambda files: files, address=settings.address)
    )
    return _Opened(store, store.publication(), remarks, stack)


def store() -> GraphStore:
    """The graph that the explorer shows; raises JixiaoError where there is none."""
    return _opened(read_settings()).store


def remarks() -> list[str]:
    """What there is to say of the graph as it is now: a build under way, damaged records."""
    settings = read_settings()
    opened, now = _opened(settings), _loaded(settings)
    if now.publication == opened.publication:
        return opened.remarks
    return [t(_UNFINISHED)] if now.publication is None else []


def is_empty() -> bool:
    """Whether nothing was loaded yet: there is no workspace, or no file in the graph."""
    settings = read_settings()
    if settings.address is None and not is_workspace(settings.folder):
        return True
    try:
        return _loaded(settings).files == 0
    except StoreEmpty:
        return True


def look_again() -> None:
    """After a build or a judgement of ours: what was known of the graph before holds no longer."""
    _loaded.clear()


def rows(text: str, params: Mapping[str, object] | None = None) -> list[dict[str, Any]]:
    """The answer to a question that our own code asks."""
    return store().run(text, params, timeout_s=QUESTION_TIMEOUT_S)


def answer(name: str, **params: object) -> list[dict[str, Any]]:
    """The answer to a ready-made question."""
    return _answer(version(), name, tuple(sorted(params.items())))


@dataclass(frozen=True, slots=True)
class _Loaded:
    """How many files are in the graph, the version of the data, and what tells this publication of it.

    A graph of which half a build shows has no publication.
    """

    files: int
    version: str
    publication: str | None
    seen_at: int


@st.cache_data(ttl=5, show_spinner=False)
def _loaded(settings: Settings) -> _Loaded:
    publication = store().publication()
    listed = sorted((row["id"], row["loaded_from"] or "") for row in rows(queries.LIST_DISCLOSURES))
    judged = digest_of_judgements(settings.folder)
    version_ = hashlib.sha256(repr((listed, judged)).encode()).hexdigest()[:_VERSION_LETTERS]
    return _Loaded(len(listed), version_, publication, time.time_ns())


def data_version() -> str:
    """The version of the data: the same for the same records and judgements, made by the same program."""
    return _loaded(read_settings()).version


def version() -> str:
    """What the pages remember their data by: another one for each publication of the graph.

    The version of the data alone would not do: judgements are written before the graph follows them, and
    files that leave bring an earlier version back. While half a build shows, nothing is remembered long.
    """
    now = _loaded(read_settings())
    return f"{now.version}-{now.seen_at if now.publication is None else now.publication}"


def is_unfinished() -> bool:
    """Whether half a build shows."""
    return _loaded(read_settings()).publication is None


def remember(max_entries: int = 200) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Remember what a function returns that takes the data's version as its first argument.

    All sessions share it, so nobody may change it. (An argument named with _ would not count.) It goes when
    so many others were asked for later: what took long to read is not read again by the clock.
    """
    return st.cache_resource(max_entries=max_entries, show_spinner=False)


@remember()
def _answer(version_: str, name: str, params: tuple[tuple[str, object], ...]) -> list[dict[str, Any]]:
    question = QUESTIONS[name]
    return rows(question.text, {**question.defaults, **dict(params)})
