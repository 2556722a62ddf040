"""What several pages draw (页面部件): titles, empty states, links, places in files."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

import streamlit as st

from app.views.words import t
from graph.reuse import Occurrence, PrintedPlace
from ontology.errors import JixiaoError

_PAGES = "pages"
_LONGEST_IN_ADDRESS = 120


def page(title: str, said: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """A page with its title and one sentence on what it is for; what fails on it is said in one sentence."""

    def decorated(show: Callable[[], None]) -> Callable[[], None]:
        @wraps(show)
        def shown() -> None:
            st.title(t(title))
            st.caption(t(said))
            try:
                show()
            except JixiaoError as error:
                st.error(plain(str(error)), icon=":material/error:")
                st.markdown(
                    t("先在命令行建图谱：`jixiao build 文件或文件夹… --workspace 文件夹`，再刷新这一页。")
                )

        return shown

    return decorated


def remember_pages(pages: Mapping[str, Any]) -> None:
    """Keep this session's pages by their paths, for links from one to another."""
    st.session_state[_PAGES] = dict(pages)


def go(path: str, **params: str) -> None:
    """Open another page with what is chosen on it."""
    st.switch_page(st.session_state[_PAGES][path], query_params=params)


def link(label: str, path: str, **params: str) -> None:
    """A link to another page; the label is shown letter by letter."""
    st.page_link(st.session_state[_PAGES][path], label=plain(label), query_params=params)


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
