"""The search page (检索): indicators by words, class, unit, year, kind of value."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from app.views.address import choose_several
from app.views.data import EVERY, answer, remember, rows, version
from app.views.parts import empty, go, page, plain
from app.views.pinyin import initials_of
from app.views.tables import Table, show_table
from app.views.view import View
from app.views.words import t
from graph import queries
from graph.value_names import KIND_WORDS
from nlp.normal_form import concept_of
from ontology.categories import category
from ontology.model import ValueKind

_CHOICES = {"classes": "分类", "units": "单位", "years": "年度", "kinds": "值的种类"}
SHOWN = 500
"""Indicators that a page lists; the others are counted."""


@dataclass(frozen=True, slots=True)
class Facets:
    """One concept and everything that it can be found by."""

    concept_id: str
    name: str
    initials: str
    is_common: bool
    occurrences: int
    projects: int
    units: int
    unit_ids: frozenset[str]
    years: frozenset[int]
    class_ids: frozenset[str]
    kinds: frozenset[str]


@remember(max_entries=2)
def read_facets(version_: str) -> list[Facets]:
    """Every concept of the graph, the most used first."""
    # Most concepts stand under the same few classes and years: equal sets are kept once.
    known: dict[frozenset[Any], frozenset[Any]] = {}
    found = [_facets(row, known) for row in rows(queries.CONCEPT_FACETS)]
    return sorted(found, key=lambda item: (-item.projects, -item.occurrences, item.name))


def _facets(row: dict[str, Any], known: dict[frozenset[Any], frozenset[Any]]) -> Facets:
    name = row["name"] or ""
    sets = (frozenset(row[key]) for key in ("unit_ids", "years", "class_ids", "kinds"))
    return Facets(
        row["concept_id"], name, initials_of(name), bool(row["is_common"]), row["occurrences"] or 0,
        row["projects"] or 0, row["units"] or 0, *(known.setdefault(own, own) for own in sets),
    )  # fmt: skip


@remember(max_entries=2)
def _options(version_: str) -> dict[str, frozenset[Any]]:
    """Every class, unit, year and kind of value that a concept stands under."""
    concepts = read_facets(version_)
    return {
        "classes": frozenset().union(*{item.class_ids for item in concepts}),
        "units": frozenset().union(*{item.unit_ids for item in concepts}),
        "years": frozenset().union(*{item.years for item in concepts}),
        "kinds": frozenset().union(*{item.kinds for item in concepts}),
    }


def find(
    concepts: list[Facets],
    words: str,
    *,
    units: frozenset[str] = frozenset(),
    years: frozenset[int] = frozenset(),
    classes: frozenset[str] = frozenset(),
    kinds: frozenset[str] = frozenset(),
) -> list[Facets]:
    """The concepts that hold every word (or whose pinyin initials do) and stand under one of each choice."""
    if unusable(words):
        return []
    wanted = [(word, word.lower()) for word in (concept_of(typed) or "" for typed in words.split())]
    return [
        item
        for item in concepts
        if all(word in item.name or letters in item.initials for word, letters in wanted)
        and (not units or item.unit_ids & units)
        and (not years or item.years & years)
        and (not classes or item.class_ids & classes)
        and (not kinds or item.kinds & kinds)
    ]


def unusable(words: str) -> list[str]:
    """The words in which nothing is left to look for: marks are no part of what names are compared by."""
    return [typed for typed in words.split() if not concept_of(typed)]


@page("检索", "按词语、拼音首字母（如 qzmyd）、分类、单位、年度和值的种类找指标；点一行打开它的卡片。")
def show() -> None:
    """Draw the choices and what they find."""
    concepts = read_facets(version())
    if not concepts:
        empty("图谱里还没有指标。请到“导入”页载入有绩效目标的文件。")
        return
    words = st.text_input(
        t("词语或拼音首字母"), key="q", bind="query-params", placeholder=t("如：满意度"), type="search"
    )
    choices = _choices()
    found = find(concepts, words, **choices)
    st.caption(t("找到 {count} 个指标", count=f"{len(found):,}"))
    left_out = unusable(words)
    if left_out:
        st.info(
            t("这些词里没有可以检索的字：{words}。请去掉它们再试。", words=plain(" ".join(left_out))),
            icon=":material/search_off:",
        )
        return
    if not found:
        empty("没有这样的指标。换一个词，或去掉一些条件再试。")
        return
    _table(found, is_narrowed=any(choices.values()))


def _table(found: Sequence[Facets], *, is_narrowed: bool) -> None:
    listed = [
        (item.name, t("共性") if item.is_common else "", item.projects, item.units, item.occurrences,
         "、".join(map(str, sorted(item.years))))
        for item in found[:SHOWN]
    ]  # fmt: skip
    if len(found) > SHOWN:
        st.info(
            t(
                "只列出前 {shown} 个，共 {count} 个；加一些条件可以缩小范围。",
                shown=SHOWN,
                count=f"{len(found):,}",
            )
        )
    headings = ("指标", "共性", "项目数", "单位数", "条数", "年度")
    if is_narrowed:
        st.caption(t("项目数、单位数、条数和年度是整个图谱里的，不只是所选范围里的。"))
    show_table(
        Table("指标检索", headings, listed),
        "found",
        links=lambda at: go("indicator", id=found[at].concept_id),
    )


def _choices() -> dict[str, Any]:
    """What the reader has chosen of classes, units, years and kinds of value."""
    names = {row["unit_id"]: row["unit"] or t("单位不详") for row in answer("units", row_limit=EVERY)}
    found = _options(version())
    classes = sorted(found["classes"], key=_class_order)
    units = sorted(found["units"], key=lambda own: names.get(own, own))
    years, kinds = sorted(found["years"]), sorted(found["kinds"])
    choices: dict[str, tuple[list[Any], Callable[[Any], str]]] = {
        "classes": (classes, lambda own: category(own).label),
        "units": (units, lambda own: names.get(own, own)),
        "years": (years, str),
        "kinds": (kinds, lambda kind: t(KIND_WORDS[ValueKind(kind)])),
    }
    chosen: dict[str, Any] = {}
    for column, (name, (options, say)) in zip(st.columns(len(choices)), choices.items(), strict=True):
        with column:
            chosen[name] = choose_several(t(_CHOICES[name]), options, name, say=say, placeholder=t("全部"))
    return chosen


def _class_order(class_id: str) -> tuple[int, int]:
    found = category(class_id)
    return found.level, found.position


VIEW = View("search", "检索", ":material/search:", show, read_ahead=lambda: _options(version()))
