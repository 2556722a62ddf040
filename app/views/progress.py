"""How far a loading has come (载入进度), on the page that waits for it."""

import streamlit as st

from app.loading import Loading
from app.views.words import t

_LOOK_EVERY_S = 0.2


def show_progress(loading: Loading) -> None:
    """Draw how far it has come until it has ended; a page that is left meanwhile does not stop it."""
    bar = st.progress(0.0, text=t("准备载入…"))
    while not loading.ended.wait(_LOOK_EVERY_S):
        total, done = len(loading.names), loading.done
        if not total:
            continue
        if done >= total:
            text = t("{count} 份文件已读，正在比较哪些雷同、相近…", count=f"{total:,}")
        else:
            text = t("正在读第 {number} 份，共 {count} 份", number=f"{done + 1:,}", count=f"{total:,}")
        bar.progress(done / total, text=text)
    bar.empty()
