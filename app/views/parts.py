"""What several pages draw (页面部件): titles, empty states, links, places in files."""

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any, TypeVar

import streamlit as st

from app.explorer_settings import read_settings
from app.loading import Loading, example_files, load_examples
from app.views.address import begin_page, left_out
from app.views.data import is_empty, look_again
from app.views.progress import show_progress
from app.views.words import is_english, language_in_address, t
from graph.reuse import Occurrence
from ontology.errors import JixiaoError

T = TypeVar("T")
_PAGES, _EXAMPLES = "pages", "examples"
MOST_ROWS = 1_000
"""Rows of a list that grows with the graph."""


def page(
    title: str, said: str, *, needs_graph: bool = True
) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """A page with its title and one sentence on what it is for; what fails on it is said in one sentence.

    One that needs a graph offers to load the examples where nothing was loaded yet.
    """

    def decorated(show: Callable[[], None]) -> Callable[[], None]:
        @wraps(show)
        def shown() -> None:
            st.title(t(title), anchor=False)
            st.caption(t(said))
            below = st.container()
            begin_page()
            try:
                if needs_graph and (_EXAMPLES in st.session_state or is_empty()):
                    _offer_examples()
                else:
                    show()
            except JixiaoError as error:
                say_error(str(error))
            with below:
                _say_left_out()

        return shown

    return decorated


def _say_left_out() -> None:
    found = "；".join(left_out())
    if found:
        st.warning(
            t("网址里有这里没有的选项，没有用上：{found}", found=plain(found)), icon=":material/link_off:"
        )


def _offer_examples() -> None:
    """Where nothing was loaded yet: say what to do, and do it where a button is pressed."""
    if _EXAMPLES in st.session_state:
        show_progress(st.session_state[_EXAMPLES])
        # Only now: whoever leaves the page meanwhile sees on the next one how far it has come.
        loading: Loading = st.session_state.pop(_EXAMPLES)
        if loading.report is not None:
            look_again()
            go("overview")
        say_error(loading.why_not)
    if _wants_examples():
        settings = read_settings()
        st.session_state[_EXAMPLES] = load_examples(settings.folder, address=settings.address)
        st.rerun()


def say_error(sentence: str) -> None:
    """Say what went wrong; names of files and people's own words in it are shown letter by letter."""
    st.error(said_by_program(sentence), icon=":material/error:")


def said_by_program(sentence: str) -> str:
    """A sentence of the program, which speaks Chinese in either language; in English that is said first."""
    return f"{t('程序提示：')} {plain(sentence)}" if is_english() else plain(sentence)


def _wants_examples() -> bool:
    st.info(t("这里还没有图谱。可以先载入示例看一看，也可以导入自己的文件。"), icon=":material/start:")
    pressed = False
    with st.container(horizontal=True, vertical_alignment="center"):
        if example_files():
            pressed = st.button(t("载入示例"), type="primary", icon=":material/library_add:")
        link(t("导入文件"), "upload")
    if not example_files():
        st.caption(t("安装的程序里没有示例文件，源代码的 examples 文件夹里有。"))
    return pressed


def remember_pages(pages: Mapping[str, Any]) -> None:
    """Keep this session's pages by their paths, for links from one to another."""
    st.session_state[_PAGES] = dict(pages)


def go(path: str, **params: str) -> None:
    """Open another page with what is chosen on it, in the same language."""
    st.switch_page(st.session_state[_PAGES][path], query_params=params | language_in_address())


def link(label: str, path: str, **params: str) -> None:
    """A link to another page in the same language; the label is shown letter by letter."""
    own = st.session_state[_PAGES][path]
    st.page_link(own, label=plain(label), query_params=params | language_in_address())


def section(title: str) -> None:
    """The heading of a part of a page, next below the page's title."""
    st.header(t(title), anchor=False)


def empty(sentence: str) -> None:
    """Say that there is nothing, and what to do."""
    st.info(t(sentence), icon=":material/search_off:")


def cut(found: Sequence[T]) -> Sequence[T]:
    """As much of a list as a page shows; how much it does not is said."""
    say_cut(MOST_ROWS, len(found))
    return found[:MOST_ROWS]


def say_cut(shown: int, total: int) -> None:
    """Say that a list is cut, where it is."""
    if total > shown:
        st.info(t("只列出前 {shown} 行，共 {count} 行。", shown=f"{shown:,}", count=f"{total:,}"))


def plain(text: str) -> str:
    """A text of a document as Markdown that shows it letter by letter."""
    return "".join(f"\\{char}" if char in _MARKDOWN else char for char in text).replace("\n", "  \n")


_MARKDOWN = frozenset("\\`*_{}[]()<>#+-.!|~$:^=&\"'@")


def place_words(item: Occurrence) -> str:
    """Where an occurrence is printed: file, table, cell."""
    where = item.places[0] if item.places else None
    return (
        f"{item.file} {where.table_name.removeprefix(item.file).strip()}{where.place}" if where else item.file
    )
