"""The explorer's words (界面用语): in Chinese where they stand, in English in english.toml."""

import tomllib
from functools import lru_cache
from pathlib import Path

import streamlit as st

from app.views.address import carry, choose_button

ENGLISH_FILE = Path(__file__).with_name("english.toml")
_IN_ADDRESS, _CHOSEN = "lang", "language"
_CHINESE, _ENGLISH = "zh", "en"
_LANGUAGES = {_CHINESE: "中文", _ENGLISH: "English"}


@lru_cache(maxsize=1)
def english() -> dict[str, str]:
    """What each Chinese word of the interface is in English."""
    words: dict[str, str] = tomllib.loads(ENGLISH_FILE.read_text("utf-8"))
    return words


def t(chinese: str, /, **values: object) -> str:
    """A word or sentence of the interface in the language chosen, with `{name}` filled in.

    Names and texts from documents never pass through here: they are data in either language.
    """
    text = english().get(chinese, chinese) if is_english() else chinese
    return text.format(**values) if values else text


def language() -> str:
    """The language chosen: zh or en."""
    chosen: str = st.session_state.get(_CHOSEN, _CHINESE)
    return chosen


def is_english() -> bool:
    """Whether the reader chose English."""
    return language() == _ENGLISH


def language_in_address() -> dict[str, str]:
    """What an address of another page needs so that it opens in the same language."""
    return {_IN_ADDRESS: language()} if is_english() else {}


def choose_language() -> None:
    """Let the reader choose the language; it stands in the address, on every page that they go to."""
    carry(_IN_ADDRESS, _CHINESE)
    with st.sidebar:
        st.session_state[_CHOSEN] = choose_button(
            "语言 / Language", tuple(_LANGUAGES), _IN_ADDRESS, say=_LANGUAGES.__getitem__
        )
