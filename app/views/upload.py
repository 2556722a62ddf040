"""The page of uploads (导入): files from the reader's machine, read into the graph, and what came of it."""

import math
from collections.abc import Sequence

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from app.explorer_settings import read_settings
from app.loaded_files import LoadedFile, name_mark, read_loaded
from app.loading import Loading, load_uploads
from app.report import ISSUE_WORDS
from app.uploads import MOST_FILES, MOST_MEGABYTES, Upload, safe_name, why_not_taken, why_too_many
from app.views.data import look_again
from app.views.fragment import place_params, place_said
from app.views.parts import empty, go, link, page, said_by_program, say_error, section
from app.views.progress import show_progress
from app.views.removal import show_removal
from app.views.tables import Table, show_table
from app.views.view import View
from app.views.words import t
from ingest.reading import READERS
from ontology.model import Issue

_LOADING, _ROUND, _REMARKS = "loading", "upload-round", "upload-remarks"
_SHOWN = "loaded"
"""In the address: which files the report is about."""
_KILOBYTE = 1024


@page("导入", "把预算公开文件读进图谱；按“载入”之前，选好的文件只有你自己看得到。", needs_graph=False)
def show() -> None:
    """Draw the chooser, how far the loading has come, and the report of the files that the address names."""
    if _LOADING in st.session_state:
        _finish(st.session_state[_LOADING])
    _choose()
    for remark in st.session_state.get(_REMARKS, ()):
        st.info(said_by_program(remark), icon=":material/info:")
    show_removal(_LOADING, st.session_state.get(_ROUND, 0))
    marks = [mark for mark in st.query_params.get(_SHOWN, "").split(".") if mark]
    if marks:
        _report(read_loaded(read_settings().folder, marks))


def _finish(loading: Loading) -> None:
    """Wait for a loading of this session; then the address says what the report is about."""
    show_progress(loading)
    del st.session_state[_LOADING]
    if loading.report is None:
        # What was chosen is still chosen, to be loaded once more.
        say_error(loading.why_not)
        return
    look_again()
    st.session_state[_REMARKS] = loading.report.remarks
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    if loading.stored:
        st.query_params[_SHOWN] = ".".join(name_mark(path.name) for path in loading.stored)
    else:
        st.query_params.pop(_SHOWN, None)
    st.rerun()


def _choose() -> None:
    _word_the_chooser()
    files = st.file_uploader(
        t("把文件拖到这里，或点按钮选：{kinds}，一次最多 {most} 个，每个最多 {size} MB",
          kinds=" ".join(READERS), most=MOST_FILES, size=MOST_MEGABYTES),
        accept_multiple_files=True, max_upload_size=MOST_MEGABYTES,
        key=f"files-{st.session_state.get(_ROUND, 0)}",
    )  # fmt: skip
    if not files:
        return
    good = _list_chosen(files)
    too_many = why_too_many(len(files))
    if too_many:
        st.warning(t(too_many.words, **too_many.values), icon=":material/block:")
    pressed = st.button(
        t("载入 {count} 个文件", count=len(good)), type="primary", icon=":material/upload_file:",
        disabled=bool(too_many) or not good,
    )  # fmt: skip
    if pressed:
        settings = read_settings()
        uploads = [Upload(file.name, file.getvalue()) for file in good]
        st.session_state[_LOADING] = load_uploads(settings.folder, uploads, address=settings.address)
        st.rerun()


def _list_chosen(files: Sequence[UploadedFile]) -> list[UploadedFile]:
    """List what was chosen, and return what can be loaded of it."""
    refusals = [why_not_taken(file.name, file.size) for file in files]
    frame = {
        t("文件"): [safe_name(file.name) for file in files],
        "KB": [math.ceil(file.size / _KILOBYTE) for file in files],
        t("能否载入"): [
            t("不能：{reason}", reason=t(refusal.words, **refusal.values)) if refusal else t("可以")
            for refusal in refusals
        ],
    }
    st.dataframe(frame, hide_index=True, alt=t("选好的文件"))
    return [file for file, refusal in zip(files, refusals, strict=True) if refusal is None]


def _report(files: Sequence[LoadedFile]) -> None:
    section("载入的文件")
    if not files:
        empty("工作区里没有这些文件；它们可能已被移除。可以在上面再选一次。")
        return
    told = {
        "文件": len(files),
        "没有读出的文件": sum(file.told is not None for file in files),
        "绩效目标": sum(file.targets for file in files),
        "指标": sum(file.indicators for file in files),
        "没有读出的行": sum(file.unread_rows for file in files),
    }
    for column, (label, value) in zip(st.columns(len(told)), told.items(), strict=True):
        column.metric(t(label), f"{value:,}")
    listed = [(file.name, file.targets, file.indicators, file.unread_rows, _outcome(file)) for file in files]
    headings = ("文件", "绩效目标", "指标", "没有读出的行", "结果")
    show_table(Table("载入的文件", headings, listed), "loaded-files")
    _issues(files)
    link(t("看图谱里现在有什么"), "overview")


def _outcome(file: LoadedFile) -> str:
    if file.told is not None:
        return t("没有读出")
    if file.same_as is not None:
        return t("内容与 {other} 相同，只算一次", other=file.same_as)
    return t("已读") if file.targets else t("已读，没有绩效目标")


def _issues(files: Sequence[LoadedFile]) -> None:
    """What is worth a look in these files; a line that is chosen opens its place in the file."""
    found = [(file, issue) for file in files for issue in file.issues]
    if not found:
        return
    section("值得一看")
    st.caption(t("点一行，看它在原文件里的位置。"))
    listed = [
        (file.name, t(ISSUE_WORDS.get(issue.code, issue.code)), place_said(issue.source), issue.message)
        for file, issue in found
    ]
    show_table(
        Table("值得一看", ("文件", "种类", "位置", "说明"), listed), "issues",
        links=lambda at: _open_source(*found[at]),
    )  # fmt: skip


def _open_source(file: LoadedFile, issue: Issue) -> None:
    if file.disclosure is None:
        empty("这个文件没有读出，看不到原文。")
    elif issue.source is not None:
        go("source", of=file.disclosure.id, **place_params(issue.source))


def _word_the_chooser() -> None:
    """The widget's own words are English in every language; what it says of sizes stands in the label."""
    zone = "[data-testid=stFileUploaderDropzone]"
    button = f"{zone} [data-testid=stBaseButton-secondary] p"
    too_large = t("标红的文件超过 {most} MB，不会载入", most=MOST_MEGABYTES)
    st.html(
        f"<style>{button} {{font-size: 0}} {button}::after {{content: '{t('选择文件')}'; font-size: 1rem}}"
        f"{zone}:has([aria-invalid=true]) {{flex-wrap: wrap}}"
        f"{zone}:has([aria-invalid=true])::after {{content: '{too_large}'; flex-basis: 100%}}"
        "[data-testid=stFileUploaderDropzoneInstructions] {display: none}"
        "[data-testid=stTooltipErrorContent] {display: none}"
        "</style>"
    )


VIEW = View("upload", "导入", ":material/upload_file:", show)
