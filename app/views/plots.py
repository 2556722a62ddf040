"""Plots on a page (图): written as PNG and SVG, each saying what it is of and when."""

from datetime import date

import altair as alt
import streamlit as st

from app.views.data import data_version
from app.views.tables import page_address
from app.views.words import t

BLUE = "#0072B2"
_PALE = {"light": "#555555", "dark": "#bbbbbb"}
_ACTIONS = {"export": True, "source": False, "compiled": False, "editor": False}


def show_plot(chart: alt.LayerChart | alt.Chart, name: str, about: str) -> None:
    """Draw a plot; `about` says in words what it shows, for those who do not see it.

    What was asked, the day and the version of the data stand below its name, so that a picture of it
    carries them too.
    """
    day = date.today()
    said = t("{day}　数据版本 {version}", day=day.isoformat(), version=data_version())
    title = alt.TitleParams(
        name,
        subtitle=[said, page_address()],
        anchor="start",
        fontSize=14,
        subtitleFontSize=10,
        subtitleColor=_PALE[st.context.theme.type or "light"],
        limit=420,
    )
    options = {"actions": _ACTIONS, "downloadFileName": f"{t('指标值')}_{day:%Y%m%d}_{data_version()}"}
    st.altair_chart(chart.properties(title=title, usermeta={"embedOptions": options}), alt=about)
