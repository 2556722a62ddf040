"""The legend of a reuse map (图例): each kind of node by colour and shape, each relation by its line."""

import base64
import html

import streamlit as st

from app.views.graph_view import EDGE_LOOKS, NODE_LOOKS
from app.views.map_words import EDGE_WORDS, KIND_WORDS
from app.views.words import t
from graph.map_ties import EdgeKind

_SHAPES = {
    "round-rectangle": '<rect x="2" y="2" width="16" height="16" rx="3" {}/>',
    "diamond": '<path d="M10 1 19 10 10 19 1 10Z" {}/>',
    "ellipse": '<circle cx="10" cy="10" r="8" {}/>',
}
_DASHES = {"solid": "", "dashed": "6 3", "dotted": "3 5"}
_BORDER = "#757575"


def show_legend() -> None:
    """Draw what the signs of the map mean, and what a click does."""
    items = [_item(node_sign(*looks), t(KIND_WORDS[kind])) for kind, looks in NODE_LOOKS.items()]
    lines = {
        EdgeKind.USES: (EdgeKind.HOLDS, EdgeKind.USES),
        EdgeKind.SIMILAR: (EdgeKind.SIMILAR,),
        EdgeKind.COPIES: (EdgeKind.COPIES,),
    }
    items += [
        _item(edge_sign(*EDGE_LOOKS[kind]), " / ".join(t(EDGE_WORDS[own]) for own in alike))
        for kind, alike in lines.items()
    ]
    st.html(f'<div style="display:flex;flex-wrap:wrap;gap:.3rem 1rem">{"".join(items)}</div>')


def node_sign(colour: str, shape: str) -> str:
    """A node's sign as SVG."""
    drawn = _SHAPES[shape].format(f'fill="{colour}" stroke="{_BORDER}" stroke-width="2"')
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20">{drawn}</svg>'


def edge_sign(colour: str, line: str, width: float) -> str:
    """A relation's line as SVG."""
    dashes = f' stroke-dasharray="{_DASHES[line]}"' if _DASHES[line] else ""
    drawn = f'<path d="M0 10H32" stroke="{colour}" stroke-width="{width}"{dashes}/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="32" height="20">{drawn}</svg>'


def _item(svg: str, words: str) -> str:
    # As an image: the browser's page takes no drawing that stands in its own text.
    coded = base64.b64encode(svg.encode()).decode()
    image = f'<img alt="" src="data:image/svg+xml;base64,{coded}">'
    return (
        f'<span style="display:inline-flex;align-items:center;gap:.35rem">{image}{html.escape(words)}</span>'
    )
