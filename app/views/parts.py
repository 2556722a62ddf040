"""What several pages draw (页面部件): titles, empty states, links, places in files."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

import streamlit as st

from app.explorer_settings import read_settings
from app.loading import Loading, example_files, load_examples
from app.views.data import is_empty, look_again
from app.views.progress import show_progress
from app.views.words import t
from graph.reuse import Occurrence, PrintedPlace
from ontology.errors import JixiaoError

_PAGES, _EXAMPLES = "pages", "examples"
_LONGEST_IN_ADDRESS = 120


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
            try:
                if needs_graph and (_EXAMPLES in st.session_state or is_empty()):
                    _offer_examples()
                else:
                    show()
            except JixiaoError as error:
                say_error(str(error))

        return shown

    return decorated


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
    st.error(plain(sentence), icon=":material/error:")


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
    """Open another page with what is chosen on it."""
    st.switch_page(st.session_state[_PAGES][path], query_params=params)


def link(label: str, path: str, **params: str) -> None:
    """A link to another page; the label is shown letter by letter."""
    st.page_link(st.session_state[_PAGES][path], label=plain(label), query_params=params)


def section(title: str) -> None:
    """The heading of a part of a page, next below the page's title."""
    st.header(t(title), anchor=False)


def empty(sentence: str) -> None:
    """Say that there is nothing, and what to do."""
    st.info(t(sentence), icon=":material/search_off:")


def plain(text: str) -> str:
    """A text of a document as Markdown that shows it letter by letter."""
    return "".join(f"\\{char}" if char in _MARKDOWN else char for char in text).replace("\n", "  \n")


_MARKDOWN = frozenset("\\`*_{}[]()<>#+-.!|~$:^=&\"'@")


def source_params(file: str, place: PrintedPlace) -> dict[str, str]:
    """What the page of a source needs in its address to show a printed string in its file."""
    return {"file": file, "line": str(place.line or 0), "printed": place.printed[:_LONGEST_IN_ADDRESS]}


def place_words(item: Occurrence) -> str:
    """Where an occurrence is printed: file, table, cell."""
    where = item.places[0] if item.places else None
    return (
        f"{item.file} {where.table_name.removeprefix(item.file).strip()}{where.place}" if where else item.file
    )
