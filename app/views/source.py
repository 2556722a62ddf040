"""The page that shows a printed string in its file (出处)."""

import html

import streamlit as st

from app.explorer_settings import read_settings
from app.source_fragment import Fragment, read_fragment
from app.views.parts import empty, page, plain
from app.views.view import View
from app.views.words import t

_STYLE = """<style>
.fragment {border-collapse: collapse; font-size: .95rem}
.fragment td {border: 1px solid rgba(128,128,128,.45); padding: .3rem .6rem; vertical-align: top;
  white-space: pre-wrap}
.fragment td.line {opacity: .7; text-align: right; font-variant-numeric: tabular-nums}
.fragment td.marked {outline: 3px solid #0072B2; outline-offset: -3px; font-weight: 700}
</style>"""


@page("出处", "这条内容在原文件里的位置，前后几行一起列出，有框的是它所在的格。")
def show() -> None:
    """Draw the rows round a cell; what is printed is escaped, and nothing else."""
    asked = st.query_params
    if "file" not in asked or not asked.get("line", "").isdecimal():
        empty("请从指标、项目等页面的“出处”打开。")
        return
    found = read_fragment(
        read_settings().folder, asked["file"], line=int(asked["line"]), printed=asked.get("printed", "")
    )
    if found.remark:
        st.warning(t(found.remark))
    st.markdown(f"**{plain(found.file)}**")
    st.caption(f"SHA-256 {found.sha256}")
    st.html(_STYLE + _table(found))


def _table(found: Fragment) -> str:
    rows = []
    for row in found.rows:
        cells = "".join(
            f"<td{' class=marked' if at in row.marked else ''}>{html.escape(text)}</td>"
            for at, text in enumerate(row.cells)
        )
        rows.append(f'<tr><td class="line">{row.line}</td>{cells}</tr>')
    return f'<table class="fragment"><tbody>{"".join(rows)}</tbody></table>'


VIEW = View("source", "出处", ":material/find_in_page:", show, in_menu=False)
