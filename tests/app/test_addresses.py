"""Addresses of pages: by ids that hold in either language and after the next build."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from app.cli import run
from app.loaded_files import name_mark
from graph.judgements import concept_id
from graph.store import open_store
from ontology.ids import stable_id
from tests.pages import check, choose_row, open_page, page_of, table, words_on
from tests.samples import write_form

UNIT = stable_id("unit", "青泉县图书馆")
OWN = "MATCH (u:BudgetUnit) RETURN u.id AS 单位编号"
Asked = dict[str, str | list[str]]


@dataclass(frozen=True)
class Builds:
    """Workspaces of the same files: built once, built anew, and built on when another file had come."""

    first: Path
    anew: Path
    grown: Path


@pytest.fixture(scope="session")
def builds(tmp_path_factory: pytest.TempPathFactory) -> Builds:
    """Two projects with copied targets and indicators near each other; then another year of one."""
    folder = tmp_path_factory.mktemp("addresses")
    files = folder / "公开"
    write_form(files / "a.txt", project="图书购置")
    other = write_form(files / "b.txt", project="少儿图书购置", books=500)
    other.write_text(other.read_text("utf-8").replace("读者满意度", "读者满意率"), "utf-8")
    found = Builds(folder / "一", folder / "二", folder / "三")
    sides = "读者满意度", "读者满意率"
    for workspace in (found.first, found.anew, found.grown):
        uploads = workspace / "uploads"
        assert run(["build", str(files), "--workspace", str(workspace)]) == 0
        uploads.mkdir()
        shutil.copy(files / "a.txt", uploads / "上传.txt")
        assert run(["build", str(files), str(uploads), "--workspace", str(workspace)]) == 0
        assert run(["judge", *sides, "--verdict", "unsure", "--workspace", str(workspace)]) == 0
    write_form(files / "c.txt", project="图书购置", year=2025, books=4000)
    assert run(["build", str(files), "--workspace", str(found.grown)]) == 0
    return found


def addresses(workspace: Path) -> dict[str, tuple[str, Asked]]:
    """An address of each page on which something can be chosen, by the ids of one build."""
    with open_store(workspace / "graph.kgl", read_only=True) as store:
        targets = [
            row["id"] for row in store.run("MATCH (t:PerformanceTarget) RETURN t.id AS id ORDER BY id")
        ]
        projects = [row["id"] for row in store.run("MATCH (p:Project) RETURN p.id AS id ORDER BY id")]
    own, near = concept_id("读者满意度"), concept_id("读者满意率")
    chosen: Asked = {
        "classes": ["quantity", "beneficiarySatisfaction"],
        "units": UNIT,
        "years": "2024",
        "kinds": "rate",
    }
    return {
        "search": ("search", chosen),
        "indicator": ("indicator", {"id": own, "other": near}),
        "project": ("project", {"id": projects[0]}),
        "map": ("reuse_map", {"id": own, "open": f"{own},{projects[0]}.indicators", "at": projects[0]}),
        "starts": ("reuse_map", {"kind": "unit"}),
        "duplicates": ("duplicates", {"one": targets[0], "other": targets[1]}),
        "source": ("source", {"of": targets[0]}),
        "compare": ("compare", {"by": "units", "one": UNIT, "year": "2024"}),
        "boilerplate": ("boilerplate", {"scope": "project", "from": "0.2"}),
        "judgements": ("judgements", {"verdict": "unsure"}),
        "question": ("query", {"ask": "occurrences", "p-concept_id": own}),
        "own": ("query", {"ask": "cypher", "text": OWN}),
        "upload": ("upload", {"loaded": name_mark("上传.txt")}),
    }


def opened(workspace: Path, patch: pytest.MonkeyPatch, path: str, asked: Asked) -> AppTest:
    page = page_of(workspace, patch, path)
    for key, value in asked.items():
        page.query_params[key] = value
    page.run()
    check(page)
    return page


def chosen_on(page: AppTest) -> dict[str, object]:
    """What stands in the lists and on the buttons of a page, by the ids in the address."""
    listed = [*page.selectbox, *page.multiselect, *page.button_group]
    return {str(item.key): item.value for item in listed if str(item.key).endswith("-chosen")}


NAMES = [
    "search", "indicator", "project", "map", "starts", "duplicates", "source", "compare", "boilerplate",
    "judgements", "question", "own", "upload",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_an_address_opens_the_same_after_a_rebuild(
    builds: Builds, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    path, asked = addresses(builds.first)[name]
    before = opened(builds.first, monkeypatch, path, asked)
    after = opened(builds.anew, monkeypatch, path, asked)
    assert words_on(after) == words_on(before) and len(before.warning) == 0
    assert chosen_on(after) == chosen_on(before)
    assert [item.value.to_dict() for item in after.dataframe] == [
        item.value.to_dict() for item in before.dataframe
    ]
    assert len(before.dataframe) > 0 or path == "compare"


@pytest.mark.parametrize("name", NAMES)
def test_an_address_opens_the_same_after_a_file_has_come(
    builds: Builds, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    path, asked = addresses(builds.first)[name]
    before = opened(builds.first, monkeypatch, path, asked)
    after = opened(builds.grown, monkeypatch, path, asked)
    assert len(after.warning) == 0 and [item.value for item in after.error] == []
    assert [item.value for item in after.header] == [item.value for item in before.header]
    assert [item.value for item in after.title] == [item.value for item in before.title]
    assert chosen_on(after) == chosen_on(before)
    assert len(after.dataframe) >= len(before.dataframe)


@pytest.mark.parametrize("name", NAMES)
def test_an_address_means_the_same_in_english(
    builds: Builds, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    path, asked = addresses(builds.first)[name]
    chinese = opened(builds.first, monkeypatch, path, asked)
    english = opened(builds.first, monkeypatch, path, asked | {"lang": "en"})
    assert len(english.warning) == 0 and english.title[0].value != chinese.title[0].value
    same = chosen_on(chinese) | {"lang-chosen": "en"}
    assert chosen_on(english) == same
    assert [len(item.value) for item in english.dataframe] == [len(item.value) for item in chinese.dataframe]


def test_what_is_chosen_goes_into_the_address_by_its_id(
    builds: Builds, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page(builds.first, monkeypatch, "search")
    classes, units = page.multiselect[0], page.multiselect[1]
    classes.select("数量指标").select("服务对象满意度指标").run()
    units.select("青泉县图书馆").run()
    assert page.query_params["classes"] == ["quantity", "beneficiarySatisfaction"]
    assert page.query_params["units"] == UNIT
    page.multiselect[0].set_value([]).run()
    assert "classes" not in page.query_params


def test_what_the_address_has_and_the_page_lacks_is_said(
    builds: Builds, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: Asked = {"years": ["2024", "1066"], "units": "**unit**"}
    page = opened(builds.first, monkeypatch, "search", asked)
    (said,) = (item.value for item in page.warning)
    assert "年度 1066" in said and "\\*\\*unit\\*\\*" in said and "2024" not in said
    assert page.multiselect[2].value == [2024]
    assert len(table(page, "指标", "共性")) > 0


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("query", {"ask": "没有"}),
        ("boilerplate", {"scope": "项目"}),
        ("judgements", {"verdict": "说不准"}),
        ("duplicates", {"show": "雷同"}),
    ],
)
def test_one_choice_that_is_unknown_is_said(
    builds: Builds, monkeypatch: pytest.MonkeyPatch, path: str, asked: Asked
) -> None:
    page = opened(builds.first, monkeypatch, path, asked)
    (value,) = asked.values()
    assert [str(value) in item.value for item in page.warning] == [True]


def test_units_of_one_name_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    def script() -> None:
        import streamlit as st

        from app.views.address import choose_several

        found = choose_several("单位", ("u-1", "u-2"), "units", say=lambda _: "同名", placeholder="")
        st.text(",".join(sorted(found)))

    page = AppTest.from_function(script)
    page.query_params["units"] = "u-2"
    page.run()
    assert page.text[0].value == "u-2"


class TestLanguage:
    def test_it_stays_on_the_way_from_page_to_page(
        self, builds: Builds, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        page = open_page(builds.first, monkeypatch, "search", lang="en")
        page = choose_row(page, "found", 0)
        assert page.title[0].value == "Indicator" and page.query_params["lang"] == "en"
        hrefs = [parse_qs(item.proto.query_string) for item in page.get("page_link")]
        assert hrefs and all(own["lang"] == ["en"] for own in hrefs)

    def test_the_menu_leads_to_the_same_language(
        self, builds: Builds, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        page = open_page(builds.first, monkeypatch, "search", lang="en")
        page.query_params.clear()
        page.run()
        assert page.title[0].value == "Search" and page.query_params["lang"] == "en"

    def test_chinese_needs_no_word_in_the_address(
        self, builds: Builds, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        page = open_page(builds.first, monkeypatch, "search", lang="en")
        page.button_group[0].set_value("zh").run()
        assert page.title[0].value == "检索" and "lang" not in page.query_params

    @pytest.mark.parametrize("unknown", ["fr", "English", "EN", ""])
    def test_an_unknown_one_is_chinese(
        self, builds: Builds, monkeypatch: pytest.MonkeyPatch, unknown: str
    ) -> None:
        assert open_page(builds.first, monkeypatch, "search", lang=unknown).title[0].value == "检索"

    def test_what_the_program_says_is_led_in(self, builds: Builds, monkeypatch: pytest.MonkeyPatch) -> None:
        asked = {"ask": "cypher", "text": "CREATE (n:Project)"}
        chinese = open_page(builds.first, monkeypatch, "query", **asked)
        english = open_page(builds.first, monkeypatch, "query", lang="en", **asked)
        assert english.error[0].value == f"The program says: {chinese.error[0].value}"
