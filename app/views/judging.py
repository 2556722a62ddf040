"""What people judge of a pair (判断): said beside it, and given with three buttons."""

from datetime import date

import streamlit as st

from app.builder import judgements_for
from app.explorer_settings import Settings, read_settings
from app.judging import keep_judgement, may_judge
from app.views.data import look_again, remember, store, version
from app.views.words import t
from graph.judgements import VERDICT_WORDS, Judgement, Judgements, Subject, Verdict

_LONGEST_REMARK, _LONGEST_NAME = 300, 40
_NOTE = "judged"
_ICONS = {
    Verdict.SAME: ":material/check:",
    Verdict.DIFFERENT: ":material/close:",
    Verdict.UNSURE: ":material/help:",
}
_HELP = {
    Verdict.SAME: "以后总算作一回事",
    Verdict.DIFFERENT: "以后不再算作一回事",
    Verdict.UNSURE: "照程序算的，以前的判断不再作数",
}


@remember(max_entries=2)
def _judgements(version_: str, settings: Settings) -> tuple[Judgements, list[str]]:
    told: list[str] = []
    return judgements_for(store(), settings.folder, told.append, address=settings.address), told


def judgements() -> Judgements:
    """What people have judged of the graph that is shown."""
    return _judgements(version(), read_settings())[0]


def bad_lines() -> list[str]:
    """A sentence for each line of the file of judgements that is none."""
    return _judgements(version(), read_settings())[1]


@remember(max_entries=2)
def _may_judge(version_: str, settings: Settings) -> bool:
    return may_judge(store(), settings.folder)


def verdict_words(judged: Judgement | None) -> str:
    """What was judged, in a cell of a table."""
    return t(VERDICT_WORDS[judged.verdict]) if judged else ""


def say_judgement(judged: Judgement | None) -> None:
    """Say what a person judged, why, who and when; nothing where nobody has."""
    if judged is None:
        return
    by = " ".join(part for part in (judged.judge, judged.day) if part)
    told = t("人工判断：{verdict}", verdict=t(VERDICT_WORDS[judged.verdict]))
    # The remark and the name are people's own: shown letter by letter.
    st.text(told + (f"：{judged.remark}" if judged.remark else "") + (f"（{by}）" if by else ""))


def judge_pair(subject: Subject, one: str, other: str, judged: Judgement | None) -> None:
    """Say what was judged of a pair, and let the reader judge it."""
    say_judgement(judged)
    if not _may_judge(version(), read_settings()):
        st.info(t("这个图谱是从别的工作区载入的，判断要在那个工作区里做。"), icon=":material/block:")
        return
    with st.form(f"judge-{subject}", enter_to_submit=False):
        left, right = st.columns((2, 1))
        remark = left.text_input(
            t("理由"), judged.remark if judged else "", max_chars=_LONGEST_REMARK, placeholder=t("可不填"),
            key=f"why-{one}-{other}",
        )  # fmt: skip
        name = right.text_input(
            t("判断人"), max_chars=_LONGEST_NAME, placeholder=t("可不填"), key="judge-name",
            persist_state="session",
        )  # fmt: skip
        verdict = _verdict_buttons()
    if verdict is not None:
        said = {"remark": _one_line(remark), "judge": _one_line(name), "day": date.today().isoformat()}
        _keep(Judgement(subject=subject, one=one, other=other, verdict=verdict, **said))
    if st.session_state.pop(_NOTE, False):
        st.success(t("已记下，图谱已照判断更新；重建图谱后仍然有效。"), icon=":material/check_circle:")


def _verdict_buttons() -> Verdict | None:
    with st.container(horizontal=True):
        pressed = {
            verdict: st.form_submit_button(
                t(words), icon=_ICONS[verdict], key=f"judge-{verdict}", help=t(_HELP[verdict])
            )
            for verdict, words in VERDICT_WORDS.items()
        }
    return next((verdict for verdict, is_pressed in pressed.items() if is_pressed), None)


def _one_line(typed: str | None) -> str:
    return " ".join((typed or "").split())


def _keep(judgement: Judgement) -> None:
    settings = read_settings()
    with st.spinner(t("正在照判断更新图谱…")):
        keep_judgement(settings.folder, judgement, track=lambda names: names, address=settings.address)
    look_again()
    st.session_state[_NOTE] = True
    st.rerun()
