"""Where two texts differ, coloured (差异着色): what only one has is marked, by colour and by a line."""

import html
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

import streamlit as st

from app.aligned_text import is_soon_aligned
from app.views.words import t
from nlp.parts import parts_of

_STYLE = """<style>
.aligned {border-collapse: collapse; width: 100%}
.aligned th, .aligned td {border: 1px solid rgba(128,128,128,.45); padding: .3rem .6rem; text-align: left;
  font-weight: 400; white-space: pre-wrap; overflow-wrap: anywhere}
.aligned th {width: 5.5rem; white-space: nowrap}
.aligned mark {color: inherit; border-bottom: 3px solid #0072B2; background: rgba(0,114,178,.18)}
.aligned tr + tr mark {border-bottom: 3px dashed #D55E00; background: rgba(213,94,0,.18)}
</style>"""


def marked_apart(one: str, other: str) -> tuple[str, str]:
    """Two texts as HTML, escaped, what the other one does not have in <mark>: word by word.

    Nothing is marked in texts that repeat themselves so much that aligning them would take long.

    >>> marked_apart("资金拨付率", "资金支付率")
    ('资金<mark>拨付</mark>率', '资金<mark>支付</mark>率')
    """
    mine, theirs = _pieces(one), _pieces(other)
    if not is_soon_aligned(mine, theirs):
        return html.escape(one), html.escape(other)
    found = SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes()
    left, right = [], []
    for kind, start, end, from_, to in found:
        is_same = kind == "equal"
        left.append(_piece(mine[start:end], is_same=is_same))
        right.append(_piece(theirs[from_:to], is_same=is_same))
    return "".join(left), "".join(right)


def _pieces(text: str) -> list[str]:
    """The words of a text and what stands between them; joined they are the text again."""
    starts = sorted({0, *(at for part in parts_of(text) for at in (part.start, part.end))})
    return [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]


def _piece(words: list[str], *, is_same: bool) -> str:
    text = html.escape("".join(words))
    return text if is_same or not text else f"<mark>{text}</mark>"


def show_apart(one: tuple[str, str], other: tuple[str, str]) -> None:
    """Draw two texts one above the other, each with what it is called, their differences coloured."""
    (name, text), (other_name, other_text) = one, other
    _draw(zip((name, other_name), marked_apart(text, other_text), strict=True))


def show_variants(variants: Sequence[tuple[str, str]]) -> None:
    """Draw the wordings of one thing, each with what is said of it: the first, and how the others differ."""
    (said, first), *others = variants
    rows = [(said, html.escape(first))]
    rows += [(other, marked_apart(first, text)[1]) for other, text in others]
    _draw(rows)


def _draw(rows: Iterable[tuple[str, str]]) -> None:
    """Draw rows of what is said, and HTML."""
    body = "".join(f"<tr><th>{html.escape(said)}</th><td>{drawn}</td></tr>" for said, drawn in rows)
    name = html.escape(t("差异"))
    st.html(f'{_STYLE}<table class="aligned" aria-label="{name}"><tbody>{body}</tbody></table>')
