"""A stretch of a file on a page (出处片段): rows round printed strings, their cells marked."""

import html
from collections.abc import Sequence

import streamlit as st

from app.explorer_settings import read_settings
from app.source_fragment import ROWS_AROUND, Fragment, FragmentCell, Origin, find_origin, read_fragment
from app.views.data import remember, rows, version
from app.views.words import language, t
from graph import page_queries
from ontology.headings import heading
from ontology.model import Source

STATEMENT = ("name", "nature", "comparator", "value", "standard", "measure_unit")
"""The fields in which an indicator and its value are printed."""
GOAL = ("objective",)
"""The field in which a target's own goal is printed."""
_ASKED = {"indicator": page_queries.INDICATOR_DISCLOSURE, "target": page_queries.TARGET_DISCLOSURE}
_LONG = 6
"""Letters of a text that has room in a column of its own width."""
_STYLE = """<style>
.fragment-frame {overflow-x: auto}
.fragment {border-collapse: collapse; font-size: .95rem}
.fragment td {border: 1px solid rgba(128,128,128,.45); padding: .3rem .6rem; vertical-align: top;
  white-space: pre-wrap; overflow-wrap: break-word; min-width: 3.2rem; max-width: 32rem}
.fragment td.long {min-width: 7rem}
.fragment td.line {opacity: .8; text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums}
.fragment td.marked {outline: 3px solid #0072B2; outline-offset: -3px}
.fragment mark {background: none; color: inherit; font-weight: 700; text-decoration: underline 2px #0072B2}
</style>"""


def origin_of(own_id: str) -> Origin | None:
    """The file that a target, an indicator or a disclosure was read from; None where the graph has none.

    Raises WorkspaceError where the explorer's workspace does not know the file.
    """
    found = _disclosure_of(version(), own_id)
    return None if found is None else find_origin(read_settings().folder, found)


@remember(max_entries=2_000)
def _disclosure_of(version_: str, own_id: str) -> str | None:
    asked = _ASKED.get(own_id.partition("-")[0])
    if asked is None:
        return own_id if own_id.startswith("disclosure-") else None
    found = rows(asked, {"id": own_id})
    return str(found[0]["disclosure_id"]) if found else None


def sources_in(origin: Origin, own_id: str, fields: Sequence[str]) -> list[Source]:
    """The places where the fields of a target or an indicator are printed."""
    return [source for source in origin.sources_of(own_id) if source.field in fields]


def field_words(field: str) -> str:
    """What people call a column or an entry of a form."""
    try:
        known = heading(field)
    except KeyError:
        return field  # a column that the ontology does not know goes by its own heading
    return known.label_en if language() == "en" else known.label


def place_said(source: Source | None) -> str | None:
    """The table, the cell and the line of a printed string; None where no place is known."""
    if source is None:
        return None
    told = {
        "表 {number} ": source.table or None,
        "第{number}行": source.row,
        "第{number}列": source.column,
        "（文本第{number}行）": source.line,
    }
    return "".join(t(words, number=number) for words, number in told.items() if number is not None)


def place_params(source: Source) -> dict[str, str]:
    """A place as an address names it."""
    found = {"line": source.line, "table": source.table, "row": source.row, "column": source.column}
    return {name: str(value) for name, value in found.items() if value is not None}


def show_fragment(origin: Origin, asked: Sequence[Source], *, around: int = ROWS_AROUND) -> None:
    """Draw the rows round some places; what is printed is escaped, and nothing else."""
    found = read_fragment(origin, asked, around=around)
    if found.remark:
        st.warning(t(found.remark), icon=":material/warning:")
    st.text("\n".join(origin.names))
    st.html(_STYLE + _table(found))
    st.caption(f"SHA-256 {origin.sha256}")


def _table(found: Fragment) -> str:
    drawn = []
    for row in found.rows:
        if row.after_gap:
            drawn.append('<tr><td class="line">⋮</td></tr>')
        cells = "".join(map(_cell, row.cells))
        drawn.append(f'<tr><td class="line">{row.line}</td>{cells}</tr>')
    body = f'<table class="fragment"><tbody>{"".join(drawn)}</tbody></table>'
    # What is wider than the page is scrolled, with the keyboard too.
    return f'<div class="fragment-frame" tabindex="0" role="region" aria-label="{t("原文")}">{body}</div>'


def _cell(cell: FragmentCell) -> str:
    long = " long" if len(cell.text) >= _LONG else ""
    if cell.marked is None:
        return f'<td class="plain{long}">{html.escape(cell.text)}</td>'
    start, end = cell.marked
    before, asked, after = cell.text[:start], cell.text[start:end], cell.text[end:]
    inner = f"{html.escape(before)}<mark>{html.escape(asked)}</mark>{html.escape(after)}"
    return f'<td class="marked{long}">{inner}</td>'
