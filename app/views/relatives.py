"""What stands near an indicator (相近的指标): why, what people have judged of it, and three buttons."""

from dataclasses import dataclass

import streamlit as st

from app.comparison_tables import RELATION_WORDS
from app.views.address import choose_if_any
from app.views.data import rows
from app.views.differences import show_apart
from app.views.judging import judge_pair, judgements, verdict_words
from app.views.parts import empty, go
from app.views.tables import Table, show_table
from app.views.words import t
from graph import queries
from graph.judgements import Judgement, Subject, Verdict, concept_id
from nlp.normal_form import concept_of
from ontology.model import Relation

_OTHER = "other"


@dataclass(frozen=True, slots=True)
class _Relative:
    """Another indicator: what is computed of the two (nothing of those judged apart), what was judged."""

    concept_id: str
    name: str
    relation: str
    projects: int | None
    reason: str
    judged: Judgement | None


def show_relatives(own_id: str, own_name: str) -> None:
    """Draw the indicators near one, and the form in which a pair is judged."""
    st.subheader(t("相近的指标"))
    found = [*_computed(own_id, own_name), *_judged_apart(own_id)]
    if not found:
        empty("没有相近的指标。可以在检索页找别的词。")
        return
    listed = [
        (item.name, item.relation, verdict_words(item.judged), item.projects, item.reason) for item in found
    ]
    show_table(
        Table("相近的指标", ("指标", "关系", "判断", "项目数", "理由"), listed), "relatives",
        links=lambda at: go("indicator", id=found[at].concept_id),
    )  # fmt: skip
    by_id = {item.concept_id: item for item in found}
    with st.expander(t("判断是不是一回事"), expanded=_OTHER in st.query_params):
        chosen = choose_if_any(
            t("和哪个指标"), list(by_id), _OTHER, say=lambda own: by_id[own].name,
            placeholder=t("选一个指标"),
        )  # fmt: skip
        if chosen is not None:
            show_apart((t("甲"), own_name), (t("乙"), by_id[chosen].name))
            judge_pair(Subject.INDICATORS, own_name, by_id[chosen].name, by_id[chosen].judged)


def _computed(own_id: str, own_name: str) -> list[_Relative]:
    return [
        _Relative(
            row["concept_id"], row["name"], t(RELATION_WORDS[Relation(row["relation"])]), row["projects"],
            row["reason"], judgements().of_indicators(own_name, row["name"]),
        )
        for row in rows(queries.CONCEPT_RELATIVES, {"concept_id": own_id})
    ]  # fmt: skip


def _judged_apart(own_id: str) -> list[_Relative]:
    """Those that people have judged to be another thing: not near any more, and still to be seen."""
    found = []
    for key, judged in judgements().pairs(Subject.INDICATORS, Verdict.DIFFERENT).items():
        if own_id in key:
            printed = judged.other if concept_id(judged.one) == own_id else judged.one
            name = concept_of(printed) or printed
            found.append(_Relative(concept_id(name), name, "", None, judged.said, judged))
    return found
