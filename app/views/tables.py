"""Tables on a page (页面上的表): shown with links, and written as CSV, Excel and JSON."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import count
from typing import Any, Literal
from urllib.parse import urlencode

import msgspec
import streamlit as st

from app.sheets import Sheet, xlsx_of
from app.terminal import shown, to_csv
from app.views.data import data_version
from app.views.words import t

_MONEY = frozenset({"预算（元）"})
"""Columns whose numbers are sums of money, and are read by thousands."""


_CLICKED: tuple[Literal["single-row"], Literal["single-cell"]] = ("single-row", "single-cell")


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its title: headings (as the interface words them in Chinese) and rows of plain values."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[object]]


def show_table(
    table: Table, key: str, *, links: Callable[[int], None] | None = None, height: int | None = None
) -> None:
    """Draw a table with its downloads; `links` is called with the number of a row that is chosen."""
    headings = _headings(table)
    turn = f"{key}-turn"
    frame = {heading: _column([row[at] for row in table.rows]) for at, heading in enumerate(headings)}
    chosen = st.dataframe(
        frame,
        key=f"{key}-{st.session_state.get(turn, 0)}",
        hide_index=True,
        height=height or "auto",
        on_select="rerun" if links else "ignore",
        selection_mode=_CLICKED,
        alt=f"{t(table.title)}，{len(table.rows)}",
        column_config={
            name: st.column_config.NumberColumn(format="localized")
            for name, printed in zip(headings, table.headings, strict=True)
            if printed in _MONEY
        },
    )
    picked = _picked(chosen["selection"]) if links else None  # type: ignore[index]
    if links and picked is not None:
        # The choice is followed once: the next table in this place may be of another thing, or come back.
        st.session_state[turn] = st.session_state.get(turn, 0) + 1
        links(picked)
    show_downloads(table, key)


def _picked(selection: Mapping[str, Any]) -> int | None:
    """The number of the row whose box or one of whose cells was clicked."""
    rows, cells = selection["rows"], selection["cells"]
    if rows:
        return int(rows[0])
    return int(cells[0][0]) if cells else None


def _headings(table: Table) -> list[str]:
    """A table's headings in the language chosen; equal ones are numbered, so that no column is lost."""
    headings: list[str] = []
    for heading in map(t, table.headings):
        equal = (heading if n == 1 else f"{heading} ({n})" for n in count(1))
        headings.append(next(name for name in equal if name not in headings))
    return headings


def _column(values: Sequence[object]) -> Sequence[object]:
    """A column as the page shows it: numbers where all are, else everything as text, nothing for None."""
    if all(isinstance(value, (int, float)) for value in values):
        return values
    return [shown(value) for value in values]


def show_downloads(table: Table, key: str) -> None:
    """Buttons that write a table; each file says what it is of, when, and of which data."""
    about = {
        t("内容"): t(table.title),
        t("网址"): page_address(),
        t("日期"): date.today().isoformat(),
        t("数据版本"): data_version(),
    }
    name = f"{t(table.title)}_{date.today():%Y%m%d}_{data_version()}"
    # A file is written on a thread of its own, where nobody knows the reader's language.
    worded = Table(t(table.title), _headings(table), table.rows)
    forms: dict[str, tuple[str, Callable[[], bytes]]] = {
        "csv": ("text/csv", partial(_csv, worded, about)),
        "xlsx": (
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            partial(_xlsx, worded, about, t("说明")),
        ),
        "json": ("application/json", partial(_json, worded, about)),
    }
    with st.container(horizontal=True, gap="small"):
        for ending, (mime, data) in forms.items():
            st.download_button(
                ending.upper(), data, f"{name}.{ending}", mime, key=f"{key}-{ending}", on_click="ignore",
                icon=":material/download:", type="tertiary",
                help=t("把整张表写成 {form} 文件", form=ending.upper()),
            )  # fmt: skip


def page_address() -> str:
    """The address of the page as it stands, with all that is chosen on it."""
    asked = [(name, value) for name in st.query_params for value in st.query_params.get_all(name)]
    return f"{st.context.url or ''}{'?' if asked else ''}{urlencode(asked)}"


def _csv(table: Table, about: Mapping[str, str]) -> bytes:
    text = to_csv(table.headings, table.rows)
    remarks = to_csv(list(about), [list(about.values())])
    return f"{text}\r\n{remarks}".encode("utf-8-sig")


def _xlsx(table: Table, about: Mapping[str, str], about_title: str) -> bytes:
    about_sheet = Sheet(about_title, ["", ""], list(about.items()))
    return xlsx_of([Sheet(table.title, table.headings, table.rows), about_sheet])


def _json(table: Table, about: Mapping[str, str]) -> bytes:
    rows = [dict(zip(table.headings, row, strict=True)) for row in table.rows]
    return msgspec.json.format(msgspec.json.encode({"about": about, "rows": rows}), indent=1)
