"""Pages of the explorer opened without a browser, each as a session of its own."""

import logging
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

# It would say that there is no browser, into an output that pytest has closed.
logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context").disabled = True


def _script(path: str) -> None:
    # AppTest runs this text alone, so what it needs stands inside.
    import streamlit as st

    from app.views import SECTIONS
    from app.views.parts import remember_pages

    views = [view for section in SECTIONS.values() for view in section]
    pages = {
        view.path: st.Page(view.show, title=view.title, url_path=view.path, default=view.path == path)
        for view in views
    }
    remember_pages(pages)
    st.navigation(list(pages.values())).run()


def open_page(
    path: str, workspace: Path, patch: pytest.MonkeyPatch, *, address: str | None = None, **params: str
) -> AppTest:
    """A new session that opens a page of a workspace's explorer with what its address chooses."""
    patch.setenv("JIXIAO_WORKSPACE", str(workspace))
    if address is None:
        patch.delenv("JIXIAO_EXPLORER_STORE", raising=False)
    else:
        patch.setenv("JIXIAO_EXPLORER_STORE", address)
    page = AppTest.from_function(_script, default_timeout=120, args=(path,))
    page.query_params.update(params)
    page.run()
    assert not page.exception, page.exception
    return page


def words_on(page: AppTest) -> str:
    """Every sentence on a page."""
    elements = (page.title, page.header, page.subheader, page.caption, page.text, page.info, page.warning)
    found = [element.value for kind in elements for element in kind]
    found += [element.value for kind in (page.error, page.success) for element in kind]
    found += [f"{metric.label} {metric.value}" for metric in page.metric]
    return "\n".join(map(str, found))
