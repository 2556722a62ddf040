"""The explorer's first script (浏览器入口), run anew at every click; pages stand in app/views/."""

from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from app.door import LOGOUT
from app.explorer_settings import read_password
from app.views import FIRST, SECTIONS
from app.views.address import keep_history
from app.views.parts import remember_pages
from app.views.view import View
from app.views.words import choose_language, t

# Streamlit's own links would open the form in another window. A page that is not let in any more (the server
# began anew, half a day is over, somebody signed out in another tab) leads to the form by itself.
_LEAVE = """<a href="{address}" target="_self">{word}</a><script>
if (!window.jixiaoDoor) {{
  const ask = () => fetch('/_stcore/host-config').then(
    answer => {{ if (answer.status === 401) location.reload(); }}, () => {{}});
  window.jixiaoDoor = setInterval(ask, 15000);
  document.addEventListener('visibilitychange', () => {{ if (!document.hidden) ask(); }});
}}
</script>"""
# A file of ours: an icon by its name would be fetched from another host.
_ICON = Path(__file__).with_name("favicon.svg")
# Streamlit's own CSV of a table would hold formulas, and says neither the date nor the version of the data.
# Its captions are too pale to be read by everybody.
_STYLE = """<style>
button[aria-label^="Download as CSV"] {display: none}
[data-testid="stCaptionContainer"] {color: inherit; opacity: .8}
[data-testid="stMainBlockContainer"] {padding: 3.5rem 2.5rem}
h1 {font-size: 2.1rem !important}
h2 {font-size: 1.6rem !important}
h3 {font-size: 1.3rem !important}
</style>"""


def main() -> None:
    """Show the page that the address names."""
    st.set_page_config(page_title="绩效图谱", page_icon=_ICON, layout="wide")
    st.html(_STYLE)
    choose_language()
    pages = {view.path: _page(view) for views in SECTIONS.values() for view in views}
    remember_pages(pages)
    menu = {t(title): [pages[view.path] for view in views] for title, views in SECTIONS.items()}
    chosen = st.navigation(menu)
    if read_password() is not None:
        st.sidebar.html(_LEAVE.format(address=LOGOUT, word=t("退出登录")), unsafe_allow_javascript=True)
    chosen.run()
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
