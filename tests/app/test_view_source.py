"""Every fact opens its source: the cell is marked in its file, found by the file's content."""

import html
import re
import shutil
import time
from pathlib import Path

import pytest

from app.cli import run
from app.source_fragment import Fragment, find_origin, read_fragment
from app.views.fragment import GOAL, STATEMENT
from app.workspace import decode_records, read_workspace
from ontology.errors import WorkspaceError
from ontology.headings import heading
from ontology.model import Disclosure, Source
from tests.pages import choose_row, open_page, table, words_on
from tests.samples import FORM


def disclosures(workspace: Path) -> list[Disclosure]:
    found = read_workspace(workspace)
    return [decode_records(found.read_records(sha256)) for sha256 in found.manifest.records]


def marked(drawn: str) -> list[str]:
    """What is marked in a fragment."""
    return re.findall(r'<td class="marked[^"]*">.*?<mark>(.*?)</mark>', drawn, re.DOTALL)


def marked_text(fragment: Fragment) -> str:
    """All that is marked, without white space."""
    cells = [cell for row in fragment.rows for cell in row.cells]
    return "".join("".join(cell.text[slice(*cell.marked)].split()) for cell in cells if cell.marked)


def is_within(wanted: str, text: str) -> bool:
    """Whether the letters of one text stand in another in their order."""
    letters = iter(text)
    return all(letter in letters for letter in wanted)


def test_every_name_value_and_goal_is_marked_in_its_file(examples_workspace: Path) -> None:
    """Also where a text goes over lines, a whole table stands on one, or spaces stand in words."""
    wrong, seen = [], 0
    for disclosure in disclosures(examples_workspace):
        origin = find_origin(examples_workspace, disclosure.id)
        for target in disclosure.targets:
            for own_id in (target.id, *(indicator.id for indicator in target.indicators)):
                for source in origin.sources_of(own_id):
                    if source.field not in (*STATEMENT, *GOAL):
                        continue
                    seen += 1
                    shown = marked_text(read_fragment(origin, [source]))
                    wanted = "".join(source.printed.split())
                    if shown != wanted and not (is_within(wanted, shown) and len(shown) <= len(wanted) + 4):
                        wrong.append((disclosure.file, source, shown))
    assert wrong == []
    assert seen > 1_200


def test_of_two_equal_cells_the_one_that_was_read_is_marked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = FORM.format(project="图书购置", year=2024, books=3000, budget="12.00", objective="丰富馆藏。")
    text = text.replace("新增图书册数\t≥3000册", "新增图书册数\t≥3000册\t≥3000册")
    (tmp_path / "甲.txt").write_text(f"青泉县图书馆2024年预算公开\n\n{text}", "utf-8")
    assert run(["build", str(tmp_path), "--workspace", str(tmp_path / "工作区")]) == 0
    (disclosure,) = disclosures(tmp_path / "工作区")
    (indicator,) = [
        own
        for target in disclosure.targets
        for own in target.indicators
        if own.printed.name == "新增图书册数"
    ]
    (value,) = [source for source in indicator.printed.sources if source.field == "value"]
    found = read_fragment(find_origin(tmp_path / "工作区", disclosure.id), [value])
    (row,) = [row for row in found.rows if row.is_marked]
    texts = [cell.text for cell in row.cells]
    assert texts.count("≥3000册") == 2
    assert [at for at, cell in enumerate(row.cells) if cell.marked] == [(value.column or 0) - 1]


def test_the_row_that_heads_the_columns_stands_above_a_row_far_below(examples_workspace: Path) -> None:
    headed = 0
    for disclosure in disclosures(examples_workspace):
        origin = find_origin(examples_workspace, disclosure.id)
        for target in disclosure.targets:
            *_, last = target.indicators or [None]
            if last is None or last.printed.sources[0].table is None:
                continue
            first, *others = read_fragment(origin, last.printed.sources[:1], around=0).rows
            words = [cell.text for cell in first.cells]
            if others and not first.is_marked:
                assert any(word.startswith(("三级指标", "指标", "绩效指标")) for word in words), words
                headed += 1
    assert headed >= 20


def test_from_a_found_indicator_to_its_cell(
    examples_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = choose_row(open_page(examples_workspace, monkeypatch, "search", q="qzmyd"), "found", 0)
    assert (page.title[0].value, page.header[0].value) == ("指标", "受益群众满意度")
    assert [row["指标值"] for row in table(page, "单位", "年度")] == ["≥92%", "≥90%", "≥90%", "≥90%", "≥90%"]
    page = choose_row(page, "uses", 0)
    assert page.title[0].value == "出处"
    fragment = next(item.proto.body for item in page.get("html") if "fragment" in item.proto.body)
    assert marked(fragment) == ["受益群众满意度 ≥92%"]
    asked = {name: str(page.query_params[name]) for name in page.query_params}
    assert asked.keys() == {"of"}
    again = open_page(examples_workspace, monkeypatch, "source", **asked)
    assert words_on(again) == words_on(page)


def test_one_field_is_marked_alone(examples_workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (target,) = [
        target
        for disclosure in disclosures(examples_workspace)
        if disclosure.file == "01_tab_forms.txt"
        for target in disclosure.targets[:1]
    ]
    indicator = target.indicators[0]
    for field in ("name", "value", "category"):
        page = open_page(examples_workspace, monkeypatch, "source", of=indicator.id, field=field)
        fragment = next(item.proto.body for item in page.get("html") if "fragment" in item.proto.body)
        (source,) = [source for source in indicator.printed.sources if source.field == field]
        assert marked(fragment) == [html.escape(source.printed)]
        read = {(str(row["栏目"]), row["原文"]) for row in table(page, "栏目", "原文")}
        assert (heading(field).label, source.printed) in read


def test_an_issue_opens_its_row(examples_workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = open_page(examples_workspace, monkeypatch, issue="class-mismatch")
    (row,) = table(page, "文件", "种类")
    page = choose_row(page, "unread", 0)
    assert page.title[0].value == "出处"
    assert str(row["文件"]) in words_on(page)
    fragment = next(item.proto.body for item in page.get("html") if "fragment" in item.proto.body)
    assert len(marked(fragment)) == 1


@pytest.mark.parametrize(
    ("place", "cells"),
    [
        ({"line": "21"}, 7),
        ({"table": "1", "row": "11"}, 7),
        ({"table": "1", "row": "11", "column": "5"}, 1),
        ({"line": "999999"}, 0),
        ({"line": "9" * 5_000}, None),
    ],
)
def test_a_place_is_marked_or_said_not_to_be_there(
    examples_workspace: Path, monkeypatch: pytest.MonkeyPatch, place: dict[str, str], cells: int | None
) -> None:
    own_id = next(d.id for d in disclosures(examples_workspace) if d.file == "07_self_evaluation.txt")
    page = open_page(examples_workspace, monkeypatch, "source", of=own_id, **place)
    drawn = "".join(item.proto.body for item in page.get("html"))
    assert len(marked(drawn)) == (cells or 0)
    assert ("原文里没有找到这个位置" in words_on(page)) is (cells == 0)


def small_workspace(folder: Path) -> Path:
    text = FORM.format(project="图书购置", year=2024, books=3000, budget="12.00", objective="丰富馆藏。")
    (folder / "甲.txt").write_text(f"青泉县图书馆2024年预算公开\n\n{text}", "utf-8")
    other = text.replace("3000", "4500").replace("2024", "2025")
    (folder / "乙").mkdir()
    (folder / "乙" / "甲.txt").write_text(f"青泉县图书馆2025年预算公开\n\n{other}", "utf-8")
    paths = [str(folder / "甲.txt"), str(folder / "乙" / "甲.txt")]
    assert run(["build", *paths, "--workspace", str(folder / "工作区")]) == 0
    return folder / "工作区"


def test_two_files_of_one_name_are_two(tmp_path: Path) -> None:
    workspace = small_workspace(tmp_path)
    found = disclosures(workspace)
    assert len(found) == 2
    for disclosure in found:
        origin = find_origin(workspace, disclosure.id)
        (target,) = disclosure.targets
        (value,) = [
            source
            for own in target.indicators
            for source in own.printed.sources
            if own.printed.name == "新增图书册数" and source.field == "value"
        ]
        (row,) = [row for row in read_fragment(origin, [value]).rows if row.is_marked]
        assert ("≥4500册" if disclosure.fiscal_year == 2025 else "≥3000册") in [c.text for c in row.cells]


def test_a_changed_file_is_told_of_and_a_missing_one_too(tmp_path: Path) -> None:
    workspace = small_workspace(tmp_path)
    disclosure = next(own for own in disclosures(workspace) if own.fiscal_year == 2024)
    origin = find_origin(workspace, disclosure.id)
    source = disclosure.targets[0].indicators[0].printed.sources[0]
    text = (tmp_path / "甲.txt").read_text("utf-8")
    (tmp_path / "甲.txt").write_text(f"新加的一行\n{text}", "utf-8")
    assert "改动过" in str(read_fragment(origin, [source]).remark)
    shutil.move(tmp_path / "甲.txt", tmp_path / "丙.txt")
    with pytest.raises(WorkspaceError, match="已不在原处"):
        read_fragment(origin, [source])
    with pytest.raises(WorkspaceError, match="没有这个文件"):
        find_origin(workspace, "disclosure-0")


@pytest.mark.parametrize(
    ("cell", "asked", "shown"),
    [
        ("率" * 40_000, "率" * 39_999 + "甲", "率" * 40_000),
        ("率甲" * 20_000, "率率甲" * 13_000, "率甲" * 20_000),
        ("乙" + "率" * 40_000, "率" * 40_000, "率" * 40_000),
    ],
)
def test_long_cells_are_soon_marked(tmp_path: Path, cell: str, asked: str, shown: str) -> None:
    """The whole cell, where only a part of what was read stands in it."""
    workspace = small_workspace(tmp_path)
    disclosure = next(own for own in disclosures(workspace) if own.fiscal_year == 2024)
    origin = find_origin(workspace, disclosure.id)
    (tmp_path / "甲.txt").write_text(f"{cell}\n别的一行\n", "utf-8")
    begun = time.process_time()
    found = read_fragment(origin, [Source(field="name", printed=asked, line=1)])
    assert time.process_time() - begun < 2
    assert marked_text(found) == shown


@pytest.mark.parametrize("own_id", ["", "indicator-0", "target-0", "disclosure-0", "<b>", "unit-1"])
def test_an_unknown_fact_is_said_to_be_unknown(
    examples_workspace: Path, monkeypatch: pytest.MonkeyPatch, own_id: str
) -> None:
    page = open_page(examples_workspace, monkeypatch, "source", of=own_id)
    assert len(page.info) + len(page.error) == 1
