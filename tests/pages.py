"""The explorer's pages run in this process, as a reader would open them."""

import logging
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from app import explorer_settings

# It would say that there is no browser, into an output that pytest has closed.
logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context").disabled = True

SCRIPT = Path(explorer_settings.__file__).with_name("explorer.py")
TIMEOUT_S = 120


def page_of(
    workspace: Path, patch: pytest.MonkeyPatch, path: str = "", *, address: str | None = None, **params: str
) -> AppTest:
    """The page of an address, not yet run; the workspace, and the Neo4j server, are those of the explorer."""
    patch.setenv("JIXIAO_WORKSPACE", str(workspace))
    if address is None:
        patch.delenv("JIXIAO_EXPLORER_STORE", raising=False)
    else:
        patch.setenv("JIXIAO_EXPLORER_STORE", address)
    page = AppTest.from_file(SCRIPT, default_timeout=TIMEOUT_S)
    # Pages are functions, and switch_page knows only files: what the browser sends is this hash of the path.
    page._page_hash = calc_hash(path) if path else ""
    page.query_params.update(params)
    return page


def open_page(
    workspace: Path, patch: pytest.MonkeyPatch, path: str = "", *, address: str | None = None, **params: str
) -> AppTest:
    """The page of an address; it must not fail."""
    page = page_of(workspace, patch, path, address=address, **params).run()
    page._page_hash = ""  # from here on the page is that which the app has gone to
    check(page)
    return page


def check(page: AppTest) -> None:
    """See that nothing failed on a page."""
    assert [item.message for item in page.exception] == []


def words_on(page: AppTest) -> str:
    """Everything that a page says outside its tables."""
    parts = (
        page.title, page.header, page.subheader, page.caption, page.text, page.markdown, page.info,
        page.error, page.warning, page.success,
    )  # fmt: skip
    found = [str(item.value) for part in parts for item in part]
    return "\n".join(found + [f"{item.label} {item.value}" for item in page.metric])


def table(page: AppTest, *headings: str) -> list[dict[str, object]]:
    """The rows of the table that begins with these headings."""
    found = [item.value for item in page.dataframe if list(item.value)[: len(headings)] == [*headings]]
    assert len(found) == 1, [list(item.value) for item in page.dataframe]
    rows: list[dict[str, object]] = found[0].to_dict("records")
    return rows


def choose_row(page: AppTest, key: str, row: int) -> AppTest:
    """Choose a row of a table, as a click does."""
    followed = f"{key}-turn"
    turn = int(page.session_state[followed]) if followed in page.session_state else 0
    page.session_state[f"{key}-{turn}"] = {"selection": {"rows": [row], "columns": [], "cells": []}}
    page.run()
    check(page)
    return page
