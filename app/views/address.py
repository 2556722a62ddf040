"""Choices that stand in the address by their ids (网址里的选择).

A choice that Streamlit binds stands there as it is worded, in the reader's language and with its counts;
here it stands as it is named in the data, so that the link means the same in either language and after
the next build. The address is the truth: going back in the browser brings an earlier choice back.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

T = TypeVar("T", bound=object)


def choose(
    label: str, options: Sequence[T], key: str, *, say: Callable[[T], str], default: T | None = None
) -> T:
    """A list to choose one from; what the address names and is not on it, is the default (the first)."""
    first = options[0] if default is None else default
    st.session_state[_state(key)] = _asked(options, key, first)
    return st.selectbox(label, options, key=_state(key), format_func=say, on_change=_write, args=(key, first))


def choose_button(
    label: str, options: Sequence[T], key: str, *, say: Callable[[T], str], default: T | None = None
) -> T:
    """A row of buttons of which one is pressed."""
    first = options[0] if default is None else default
    st.session_state[_state(key)] = _asked(options, key, first)
    chosen = st.segmented_control(
        label, options, key=_state(key), format_func=say, required=True, on_change=_write, args=(key, first)
    )
    return first if chosen is None else chosen


def _asked(options: Sequence[T], key: str, default: T) -> T:
    asked = st.query_params.get(key, str(default))
    return next((option for option in options if str(option) == asked), default)


def _write(key: str, default: object) -> None:
    chosen = st.session_state[_state(key)]
    if chosen == default:
        st.query_params.pop(key, None)
    else:
        st.query_params[key] = str(chosen)


def _state(key: str) -> str:
    # Another name than in the address: Streamlit writes what it binds itself.
    return f"{key}-chosen"
