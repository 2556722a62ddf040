"""What people call the parts of a reuse map (复用图的用语)."""

from graph.map_ties import EdgeKind, MapKind, Tie

PAGES = {MapKind.UNIT: "project", MapKind.PROJECT: "project", MapKind.INDICATOR: "indicator"}
"""Where a node's own page is."""
KIND_WORDS = {MapKind.UNIT: "单位", MapKind.PROJECT: "项目", MapKind.INDICATOR: "指标"}
EDGE_WORDS = {
    EdgeKind.HOLDS: "设立项目",
    EdgeKind.USES: "使用指标",
    EdgeKind.SIMILAR: "指标相近",
    EdgeKind.COPIES: "目标雷同",
}
_TIE_WORDS = {
    (MapKind.UNIT, "projects"): "它的项目",
    (MapKind.UNIT, "indicators"): "使用的指标",
    (MapKind.UNIT, "copies"): "目标雷同的",
    (MapKind.PROJECT, "units"): "它的单位",
    (MapKind.PROJECT, "indicators"): "使用的指标",
    (MapKind.PROJECT, "copies"): "目标雷同的",
    (MapKind.INDICATOR, "projects"): "使用它的项目",
    (MapKind.INDICATOR, "units"): "使用它的单位",
    (MapKind.INDICATOR, "similar"): "相近的指标",
}


def tie_words(tie: Tie) -> str:
    """What the neighbours by a tie are called on the node that they hang on."""
    return _TIE_WORDS[tie.start, tie.name]
