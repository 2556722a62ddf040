"""Choices that stand in the address by their ids (网址里的选择).

A choice that Streamlit binds stands there as it is worded, in the reader's language and with its counts;
here it stands as it is named in the data, so that the link means the same in either language and after
the next build. The address is the truth: going back in the browser brings an earlier choice back.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

T = TypeVar("T", bound=object)
_LEFT_OUT = "address-left-out"
# Streamlit notes two or three places in the browser's history for one click that leads to another page; going
# back would stop at half of an address. What follows by itself takes the place of what it follows.
_HISTORY = """<script>
if (!window.jixiaoHistory) {
  window.jixiaoHistory = true;
  let acted = false, last = Date.now();
  for (const act of ['pointerdown', 'keydown', 'popstate']) {
    window.addEventListener(act, () => { acted = true; }, true);
  }
  // What is done within a graph is heard of only by what its frame says.
  window.addEventListener('message', ({data}) => {
    acted = acted || data?.type === 'streamlit:setComponentValue';
  });
  const push = history.pushState.bind(history);
  history.pushState = (...place) => {
    const follows = !acted && Date.now() - last < 3000;
    acted = false;
    last = Date.now();
    if (follows) { history.replaceState(...place); } else { push(...place); }
  };
}
</script>"""


def keep_history() -> None:
    """See that one act of the reader is one step back in the browser."""
    st.html(_HISTORY, unsafe_allow_javascript=True)


def choose(
    label: str,
    options: Sequence[T],
    key: str,
    *,
    say: Callable[[T], str],
    default: T | None = None,
    told: bool = False,
) -> T:
    """A list to choose one from; what the address names and is not on it, is the default (the first).

    Where it is `told`, the page says so; a choice that hangs on another one may go without a word.
    """
    first = options[0] if default is None else default
    asked = _asked(label if told else None, options, key)
    st.session_state[_state(key)] = first if asked is None else asked
    return st.selectbox(
        label, options, key=_state(key), format_func=_apart(options, say), on_change=_write, args=(key, first)
    )


def choose_if_any(
    label: str, options: Sequence[T], key: str, *, say: Callable[[T], str], placeholder: str
) -> T | None:
    """A list to choose one from, or none."""
    st.session_state[_state(key)] = _asked(label, options, key)
    return st.selectbox(
        label, options, key=_state(key), format_func=_apart(options, say), on_change=_write, args=(key, None),
        index=None, placeholder=placeholder,
    )  # fmt: skip


def choose_button(
    label: str,
    options: Sequence[T],
    key: str,
    *,
    say: Callable[[T], str],
    default: T | None = None,
    told: bool = False,
) -> T:
    """A row of buttons of which one is pressed."""
    first = options[0] if default is None else default
    asked = _asked(label if told else None, options, key)
    st.session_state[_state(key)] = first if asked is None else asked
    chosen = st.segmented_control(
        label, options, key=_state(key), format_func=_apart(options, say), required=True, on_change=_write,
        args=(key, first),
    )  # fmt: skip
    return first if chosen is None else chosen


def choose_several(
    label: str, options: Sequence[T], key: str, *, say: Callable[[T], str], placeholder: str
) -> frozenset[T]:
    """A list to choose any number from; the address names each, and the page says which it lacks."""
    by_word = {str(option): option for option in options}
    asked = [word for word in dict.fromkeys(st.query_params.get_all(key)) if word]
    _leave_out(label, [word for word in asked if word not in by_word])
    st.session_state[_state(key)] = [by_word[word] for word in asked if word in by_word]
    chosen = st.multiselect(
        label, options, key=_state(key), format_func=_apart(options, say), placeholder=placeholder,
        on_change=_write_several, args=(key,),
    )  # fmt: skip
    return frozenset(chosen)


def carry(key: str, default: object) -> None:
    """Take a choice along to an address that does not name it: Streamlit's own menu leads to bare ones.

    Who goes back in the browser comes to an address that says all there is to say.
    """
    context = get_script_run_ctx()
    is_back = context is not None and context.is_history_navigation
    chosen = st.session_state.get(_state(key), default)
    if key not in st.query_params and chosen != default and not is_back:
        st.query_params[key] = str(chosen)


def begin_page() -> None:
    """From here on note what the address names and the page does not have."""
    st.session_state[_LEFT_OUT] = []
    # A link to the very page that it stands on leaves the old address in the browser until it is told.
    st.query_params.update({})


def left_out() -> list[str]:
    """What the address names and the page does not have: a label and ids each."""
    return list(st.session_state.get(_LEFT_OUT, ()))


def _leave_out(label: str, words: Sequence[str]) -> None:
    if words:
        st.session_state.setdefault(_LEFT_OUT, []).append(" ".join((label, *words)))


def _asked(label: str | None, options: Sequence[T], key: str) -> T | None:
    """The option that the address names; where it names another, that is noted under the label."""
    asked = st.query_params.get(key, "")
    found = next((option for option in options if str(option) == asked), None)
    if found is None and asked and label is not None:
        _leave_out(label, [asked])
    return found


def _apart(options: Sequence[T], say: Callable[[T], str]) -> Callable[[T], str]:
    """How options are said; ids tell apart those of one name: Streamlit knows each by its words."""
    words = {str(option): say(option) for option in options}
    counted = Counter(words.values())

    def said(option: T) -> str:
        own = str(option)
        word = words[own] if own in words else say(option)
        return f"{word}（{own}）" if counted[word] > 1 else word

    return said


def _write(key: str, default: object) -> None:
    chosen = st.session_state[_state(key)]
    if chosen == default:
        st.query_params.pop(key, None)
    else:
        st.query_params[key] = str(chosen)


def _write_several(key: str) -> None:
    chosen = st.session_state[_state(key)]
    if chosen:
        st.query_params[key] = [str(option) for option in chosen]
    else:
        st.query_params.pop(key, None)


def _state(key: str) -> str:
    # Another name than in the address: Streamlit writes what it binds itself.
    return f"{key}-chosen"
