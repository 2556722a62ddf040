"""The explorer's words (界面用语): in Chinese where they stand, in English in english.toml."""

import tomllib
from functools import lru_cache
from pathlib import Path

import streamlit as st

ENGLISH_FILE = Path(__file__).with_name("english.toml")
_LANGUAGE = "lang"
_LANGUAGES = {"zh": "中文", "en": "English"}


@lru_cache(maxsize=1)
def english() -> dict[str, str]:
    """What each Chinese word of the interface is in English."""
    words: dict[str, str] = tomllib.loads(ENGLISH_FILE.read_text("utf-8"))
    return words


def t(chinese: str, /, **values: object) -> str:
    """A word or sentence of the interface in the language chosen, with `{name}` filled in.

    Names and texts from documents never pass through here: they are data in either language.
    """
    text = english().get(chinese, chinese) if language() == "en" else chinese
    return text.format(**values) if values else text


def language() -> str:
    """The language chosen: zh or en."""
    chosen: str = st.session_state.get(_LANGUAGE) or "zh"
    return chosen


def choose_language() -> None:
    """Let the reader choose the language; it stands in the address."""
    with st.sidebar:
        st.segmented_control(
            "语言 / Language",
            list(_LANGUAGES),
            format_func=_LANGUAGES.__getitem__,
            default="zh",
            required=True,
            key=_LANGUAGE,
            bind="query-params",
            persist_state="session",
        )
