"""The drawing of a map (图): nodes and relations through streamlit-cytoscape, and which node was clicked."""

import atexit
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.components.v1 import declare_component
from streamlit.components.v1.custom_component import CustomComponent
from streamlit_cytoscape import EdgeStyle, Event, NodeStyle

from app.views.data import data_version
from app.views.words import language, t
from graph.map_ties import EdgeKind, MapEdge, MapKind, MapNode
from ontology.errors import MissingExtra

HEIGHT = 640
_GREY = "#757575"
"""Grey that stands out from a white and from a black page alike, for lines and for borders."""
NODE_LOOKS = {
    MapKind.UNIT: ("#0072B2", "round-rectangle"),
    MapKind.PROJECT: ("#E69F00", "diamond"),
    MapKind.INDICATOR: ("#009E73", "ellipse"),
}
"""A colour that colour-blind people can tell and a shape for each: none is told by colour alone."""
EDGE_LOOKS = {
    EdgeKind.HOLDS: (_GREY, "solid", 1.5),
    EdgeKind.USES: (_GREY, "solid", 1.5),
    EdgeKind.SIMILAR: ("#009E73", "dashed", 2.5),
    EdgeKind.COPIES: ("#D55E00", "dotted", 4),
}
_LABEL = {
    "width": 26, "height": 26, "border-width": 2, "border-color": _GREY, "min-zoomed-font-size": 0,
    "font-size": 12, "text-wrap": "wrap", "text-max-width": "200px", "text-valign": "bottom",
    "text-margin-y": 3,
}  # fmt: skip
_MOST_LETTERS = 10
# Whole attributes and tags: "Fullscreen" alone also stands in an id, and would break the page's script.
_WORDS = {
    ">Streamlit Link Analysis<": "复用图", ">No selected elements<": "未选中",
    'title="Refresh Layout"': "重新排列", 'title="Download as JSON"': "下载 JSON",
    'title="Fullscreen"': "全屏", 'title="Zoom In"': "放大", 'title="Zoom Out"': "缩小",
    'title="Fit to Screen"': "适合窗口", 'title="Recenter Veiw"': "居中", ">Export Graph<": "导出",
    ">File name<": "文件名", "> Include visual styles<": "包含样式", ">Cancel<": "取消",
    ">Download<": "下载",
}  # fmt: skip
# The panel covers nodes, shows raw keys and is hard to read: what it tells stands beside the graph.
# A dark map is as dark as the page round it.
_HEAD = "<style>#infopanel{display:none} [data-theme=dark]{--neutral-1:#171614!important}</style></head>"
_IMAGE = (
    '<hr class="bar__hr"><div id="savePng" class="bar__item" title="{title}"><svg class="bar__icon" '
    'viewBox="0 0 24 24"><path d="M3 3h18v18H3zm2 2v14h14V5zm2 11 3-4 2 3 3-4 4 6H6z"/></svg></div>'
    '</div><div id="viewbar" class="bar">'
)
_SCRIPT = Path(__file__).with_suffix(".js")


def draw(
    nodes: Sequence[MapNode],
    edges: Sequence[MapEdge],
    places: Mapping[str, tuple[int, int]],
    *,
    more: Mapping[str, int],
    key: str,
    on_click: Callable[[str], None],
) -> None:
    """Draw a map; `on_click` gets the id of a node that is clicked, before the page is drawn anew.

    `more` is how many neighbours each node has that are not drawn.
    """
    style = [_node_style(kind) for kind in NODE_LOOKS] + [_edge_style(kind) for kind in EDGE_LOOKS]
    _frontend(language())(
        elements={
            "nodes": [_node(node, places[node.id], more.get(node.id, 0)) for node in nodes],
            "edges": [_edge(edge) for edge in edges],
        },
        style=style,
        height=f"{HEIGHT}px",
        key=key,
        nodeActions=[],
        edgeActions=[],
        collapseParallelEdges=False,
        priorityEdgeLabel=None,
        metaEdgeStyle={},
        infopanelActions=[],
        hideUnderscoreAttrs=True,
        # An unused key makes another layout of it, so that the whole map is fitted in again after growth.
        layout={"name": "preset", "fit": True, "padding": 40, "animate": False, "shown": len(nodes),
                "about": _about()},
        events=[Event("open", "tap", "node").dump()],
        on_change=lambda: _tell(st.session_state[key], on_click),
    )  # fmt: skip


def _about() -> dict[str, str]:
    """What a picture of the map says below it, and what its file is called."""
    day = date.today()
    return {
        "said": t("{day}　数据版本 {version}", day=day.isoformat(), version=data_version()),
        "name": f"{t('复用图')}_{day:%Y%m%d}_{data_version()}",
    }


def _tell(event: object, on_click: Callable[[str], None]) -> None:
    if isinstance(event, dict) and event.get("action") == "open":
        on_click(str(event["data"]["target_id"]))


def short(name: str, most: int = _MOST_LETTERS) -> str:
    """A name as it fits below a node."""
    return name if len(name) <= most else f"{name[: most - 1]}…"


def _node(node: MapNode, place: tuple[int, int], more: int) -> dict[str, Any]:
    caption = short(node.name or t("名称不详")) + (f"\n+{more}" if more else "")
    data = {"id": node.id, "label": str(node.kind), "name": node.name, "_caption": caption}
    return {"data": data, "position": {"x": place[0], "y": place[1]}}


def _edge(edge: MapEdge) -> dict[str, Any]:
    own_id = f"{edge.kind}|{edge.start_id}|{edge.end_id}"
    return {"data": {"id": own_id, "label": str(edge.kind), "source": edge.start_id, "target": edge.end_id}}


def _node_style(kind: MapKind) -> dict[str, Any]:
    colour, shape = NODE_LOOKS[kind]
    # Names stay readable where lines cross them.
    page = {"text-background-color": "#171614" if is_dark() else "#ffffff", "text-background-opacity": 0.75}
    return dict(
        NodeStyle(str(kind), colour, "_caption", custom_styles={"shape": shape, **_LABEL, **page}).dump()
    )


def is_dark() -> bool:
    """Whether the reader's page is dark."""
    return st.context.theme.type == "dark"


def _edge_style(kind: EdgeKind) -> dict[str, Any]:
    colour, line, width = EDGE_LOOKS[kind]
    looks: dict[str, Any] = {"line-style": line, "width": width, "curve-style": "bezier"}
    if line == "dotted":
        # Dots of a thick line run into each other.
        looks |= {"line-style": "dashed", "line-dash-pattern": [3, 5]}
    directed = kind in (EdgeKind.HOLDS, EdgeKind.USES)
    return dict(EdgeStyle(str(kind), colour, directed=directed, custom_styles=looks).dump())


@cache  # A component is declared once in a process, not at every run of a page.
def _frontend(language_: str) -> CustomComponent:
    """The wheel's page says no language and speaks English: serve a copy in the reader's."""
    copy = Path(tempfile.mkdtemp(prefix="jixiao-graph-"))
    atexit.register(shutil.rmtree, copy, ignore_errors=True)
    with as_file(files("streamlit_cytoscape") / "frontend" / "build") as build:
        shutil.copytree(build, copy, dirs_exist_ok=True)
    page = translated((copy / "index.html").read_text("utf-8"), language_)
    (copy / "index.html").write_text(page, "utf-8")
    return declare_component(f"reuse_map_{language_}", path=str(copy))


def translated(page: str, language_: str) -> str:
    """The component's page in a language, with buttons for the keyboard and one that saves an image."""
    changes = {old: _worded(old, t(word)) for old, word in _WORDS.items()}
    changes |= {
        "<html>": f'<html lang="{"en" if language_ == "en" else "zh-CN"}">',
        "</head>": _HEAD,
        '</div><div id="viewbar" class="bar">': _IMAGE.format(title=t("存为图片")),
        "</body>": f"<script>{_SCRIPT.read_text('utf-8')}</script></body>",
    }
    for old, new in changes.items():
        if old not in page:
            raise MissingExtra(f"streamlit-cytoscape 的页面变了，找不到 {old}；应安装 0.2 版")
        page = page.replace(old, new)
    return page


def _worded(old: str, word: str) -> str:
    if old.startswith("title="):
        return f'title="{word}"'
    space = " " if old.startswith("> ") else ""
    return f">{space}{word}<"
