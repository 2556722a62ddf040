"""The page of judgements (判断): all that people have judged, the newest first."""

from collections.abc import Mapping

import msgspec
import streamlit as st

from app.judgement_file import FILE
from app.views.address import choose_button
from app.views.data import rows
from app.views.judging import bad_lines, judgements, verdict_words
from app.views.parts import empty, go, page, said_by_program
from app.views.tables import Table, show_table
from app.views.view import View
from app.views.words import t
from graph import queries
from graph.judgements import VERDICT_WORDS, Judgement, Judgements, Subject, Verdict, concept_id

_SUBJECT_WORDS = {Subject.TARGETS: "绩效目标", Subject.INDICATORS: "指标"}
_ALL = "all"


@page("判断", "大家对指标和绩效目标的判断：是不是一回事、理由、谁在哪天判断的；同一对以最新的为准。")
def show() -> None:
    """Draw the judgements, each with a link to its pair."""
    for sentence in bad_lines():
        st.warning(said_by_program(sentence), icon=":material/warning:")
    found = judgements()
    if not found.listed:
        empty("还没有判断。在“雷同”里打开一对目标，或在指标卡片的“相近的指标”里，就可以判断。")
        return
    chosen = choose_button(
        t("判断"), (_ALL, *map(str, Verdict)), "verdict", told=True,
        say=lambda verdict: t("全部") if verdict == _ALL else t(VERDICT_WORDS[Verdict(verdict)]),
    )  # fmt: skip
    listed = [item for item in reversed(found.listed) if chosen in (_ALL, item.verdict)]
    st.caption(t("{count} 条", count=f"{len(listed):,}"))
    if not listed:
        empty("没有这样的判断。选“全部”看所有的判断。")
        return
    _table(listed, found)
    lines = b"".join(msgspec.json.encode(item) + b"\n" for item in found.listed)
    st.download_button(
        t("全部判断的文件，可放进另一个工作区"), lines, FILE, "application/jsonl", on_click="ignore",
        icon=":material/download:", type="tertiary",
    )  # fmt: skip


def _table(listed: list[Judgement], found: Judgements) -> None:
    names = _target_names(listed)
    cells = [
        (item.day, verdict_words(item), "" if _newest(item, found) is item else t("后来改了"),
         t(_SUBJECT_WORDS[item.subject]), names.get(item.one, item.one), names.get(item.other, item.other),
         item.remark, item.judge)
        for item in listed
    ]  # fmt: skip
    headings = ("日期", "判断", "备注", "对象", "甲", "乙", "理由", "判断人")
    st.caption(t("点一行，打开这一对，可以改判。"))
    show_table(Table("判断", headings, cells), "judgements", links=lambda at: _open(listed[at]))


def _target_names(listed: list[Judgement]) -> Mapping[str, str]:
    """The targets that judgements are about as people call them; those that have left keep their id."""
    ids = {side for item in listed if item.subject is Subject.TARGETS for side in (item.one, item.other)}
    known = rows(queries.TARGETS_NAMED, {"ids": sorted(ids)}) if ids else []
    names = {row["target_id"]: f"{row['name'] or t('名称不详')} {row['fiscal_year'] or ''}" for row in known}
    return {own: names.get(own, t("已不在图谱里（{id}）", id=own)).strip() for own in ids}


def _newest(item: Judgement, found: Judgements) -> Judgement | None:
    lookup = found.of_targets if item.subject is Subject.TARGETS else found.of_indicators
    return lookup(item.one, item.other)


def _open(item: Judgement) -> None:
    if item.subject is Subject.TARGETS:
        go("duplicates", one=item.one, other=item.other)
    else:
        go("indicator", id=concept_id(item.one), other=concept_id(item.other))


VIEW = View("judgements", "判断", ":material/gavel:", show)
