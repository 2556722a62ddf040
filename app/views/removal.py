"""Taking files out of the graph again (移除) that came from a browser."""

import streamlit as st

from app.explorer_settings import read_settings
from app.loaded_files import loaded_names
from app.loading import remove_uploads
from app.views.words import t


def show_removal(loading_key: str, number: int) -> None:
    """List what came from browsers and let the reader take some of it out; the build that does it is kept.

    `loading_key` is where the session keeps a build under way, `number` how many it has seen: after each
    nothing is chosen any more.
    """
    settings = read_settings()
    names = loaded_names(settings.folder)
    if not names:
        return
    with st.expander(t("移除从网页载入的文件（{count} 个）", count=f"{len(names):,}")):
        chosen = st.multiselect(
            t("要移除的文件"), list(names), format_func=names.__getitem__, key=f"remove-{number}",
            placeholder=t("选一些文件"),
        )  # fmt: skip
        sure = st.checkbox(
            t("从图谱里移除，并删掉工作区里的这些文件；别的人也看不到了"), key=f"remove-sure-{number}"
        )
        if st.button(
            t("移除 {count} 个文件", count=len(chosen)),
            disabled=not (chosen and sure),
            icon=":material/delete:",
        ):
            st.session_state[loading_key] = remove_uploads(settings.folder, chosen, address=settings.address)
            st.rerun()
