"""The explorer's first script (浏览器入口), run anew at every click; pages stand in app/views/."""

import hmac
import time
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from app.explorer_settings import read_password
from app.views import FIRST, SECTIONS
from app.views.address import keep_history
from app.views.parts import remember_pages
from app.views.view import View
from app.views.words import choose_language, t

_PASSED = "password-passed"
_PAUSE_S = 1.0
"""How long a wrong password waits for its answer: nobody tries many in a row."""
# A file of ours: an icon by its name would be fetched from another host.
_ICON = Path(__file__).with_name("favicon.svg")
# Streamlit's own CSV of a table would hold formulas, and says neither the date nor the version of the data.
# Its captions are too pale to be read by everybody.
_STYLE = """<style>
button[aria-label^="Download as CSV"] {display: none}
[data-testid="stCaptionContainer"] {color: inherit; opacity: .8}
[data-testid="stMainBlockContainer"] {padding-top: 3.5rem}
h1 {font-size: 2.1rem !important}
h2 {font-size: 1.6rem !important}
h3 {font-size: 1.3rem !important}
</style>"""


def _is_let_in() -> bool:
    """Whether this session may look: always without a password, else once it was typed."""
    return read_password() is None or bool(st.session_state.get(_PASSED))


def _ask_password() -> None:
    st.title(t("绩效图谱"), anchor=False)
    typed = st.text_input(t("密码"), type="password", autocomplete="current-password")
    if typed and hmac.compare_digest(typed.encode(), (read_password() or "").encode()):
        st.session_state[_PASSED] = True
        st.rerun()
    if typed:
        time.sleep(_PAUSE_S)
        st.error(t("密码不对"))


def main() -> None:
    """Show the page that the address names."""
    st.set_page_config(page_title="绩效图谱", page_icon=_ICON, layout="wide")
    st.html(_STYLE)
    choose_language()
    pages = {view.path: _page(view) for views in SECTIONS.values() for view in views}
    remember_pages(pages)
    menu = {t(title): [pages[view.path] for view in views] for title, views in SECTIONS.items()}
    # Before the password too: without a menu the browser would forget which page was asked for.
    chosen = st.navigation(menu, position="sidebar" if _is_let_in() else "hidden")
    if _is_let_in():
        chosen.run()
    else:
        _ask_password()
    keep_history()


def _page(view: View) -> StreamlitPage:
    return st.Page(
        view.show,
        title=t(view.title),
        icon=view.icon,
        url_path=view.path,
        default=view is FIRST,
        visibility="visible" if view.in_menu else "hidden",
    )


main()
