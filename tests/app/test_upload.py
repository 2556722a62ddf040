"""Files from a browser: what is taken, under which name, and what the pages say of it."""

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app.loaded_files import name_mark
from app.loading import load_uploads
from app.uploads import MOST_FILES, MOST_MEGABYTES, Upload, safe_name, store_uploads
from app.views import SECTIONS
from app.workspace import open_workspace
from graph.store import discard_store
from ontology.errors import WorkspaceBusy, WorkspaceError
from tests.pages import open_page, table, words_on
from tests.samples import Command, names_in, write_form

TEXT = "text/plain"
NEED_A_GRAPH = [view.path for views in SECTIONS.values() for view in views if view.path not in ("upload",)]


@pytest.fixture
def form(tmp_path: Path) -> bytes:
    """A small disclosure as a browser sends it."""
    return write_form(tmp_path / "sent" / "a.txt").read_bytes()


def choose(page: AppTest, *files: tuple[str, bytes]) -> AppTest:
    page.file_uploader[0].set_value([(name, data, TEXT) for name, data in files]).run()
    assert not page.exception
    return page


def press(page: AppTest, label: str) -> AppTest:
    next(button for button in page.button if button.label.startswith(label)).click().run()
    assert not page.exception
    return page


def stored(workspace: Path) -> set[str]:
    return {path.name for path in (workspace / "uploads").glob("*")}


class TestNames:
    @pytest.mark.parametrize(
        ("name", "safe"),
        [
            ("2024年部门预算公开.txt", "2024年部门预算公开.txt"),
            ("../../etc/passwd.txt", "passwd.txt"),
            ("..\\..\\windows\\x.md", "x.md"),
            ("/abs/x.txt", "x.txt"),
            ("C:x.txt", "C_x.txt"),
            ("..", "文件"),
            ("", "文件"),
            (" . ", "文件"),
            (".txt", "文件.txt"),
            (".hidden.txt", "hidden.txt"),
            ("~$预算.txt", "预算.txt"),
            ("CON", "_CON"),
            ("con.tar.md", "_con.tar.md"),
            ("LPT1 .txt", "_LPT1.txt"),
            ("CONTRACT.txt", "CONTRACT.txt"),
            ("a\x00b\n\x1b[2J.txt", "ab[2J.txt"),
            ("\u202etxt.exe", "txt.exe"),
            ("\ud800x.txt", "x.txt"),
            ("x.txt...  ", "x.txt"),
            ("<img src=x onerror=alert(1)>.md", "_img src=x onerror=alert(1)_.md"),
        ],
    )
    def test_a_name_is_only_a_name(self, name: str, safe: str) -> None:
        assert safe_name(name) == safe
        assert safe_name(safe) == safe

    @pytest.mark.parametrize("name", ["a" * 5_000 + ".txt", "预" * 5_000 + ".txt", "x." + "算" * 5_000])
    def test_a_long_name_is_cut_at_a_letter(self, name: str, tmp_path: Path) -> None:
        safe = safe_name(name)
        assert len(safe.encode()) < 240 and "\ufffd" not in safe
        assert not name.endswith(".txt") or safe.endswith(".txt")
        (tmp_path / safe).write_bytes(b"")


class TestStore:
    def test_nothing_is_written_over(self, tmp_path: Path) -> None:
        first, *others = store_uploads(
            tmp_path, [Upload("a.txt", b"1"), Upload("x/a.txt", b"2"), Upload("a.txt", b"1")]
        )
        assert first.read_bytes() == b"1" and [path.read_bytes() for path in others] == [b"2"]
        (again,) = store_uploads(tmp_path, [Upload("..\\a.txt", b"3")])
        assert first.read_bytes() == b"1" and again.read_bytes() == b"3"
        assert stored(tmp_path) == {"a.txt", "a(2).txt", "a(3).txt"}
        assert store_uploads(tmp_path, [Upload("a.txt", b"2")]) == others

    def test_a_link_that_lies_there_is_not_followed(self, tmp_path: Path) -> None:
        outside = tmp_path / "outside.txt"
        (tmp_path / "uploads").mkdir()
        (tmp_path / "uploads" / "a.txt").symlink_to(outside)
        (path,) = store_uploads(tmp_path, [Upload("a.txt", b"1")])
        assert path.name == "a(2).txt" and not outside.exists()

    @pytest.mark.parametrize(
        ("uploads", "told"),
        [
            ([Upload(f"{n}.txt", b"x") for n in range(MOST_FILES + 1)], "一次最多 20 个文件，选了 21 个"),
            ([Upload("a.txt", b"x"), Upload("b.exe", b"x")], "b.exe 没有载入：不是能读的类型"),
            ([Upload("a.txt", b"x"), Upload("b.XLSX", b"x")], ".xlsx 还不能读，请先转成文本"),
            ([Upload("a.txt", b"x" * (MOST_MEGABYTES * 1024 * 1024 + 1))], "一个文件最多 20 MB"),
        ],
    )
    def test_what_is_not_taken_leaves_nothing(self, uploads: list[Upload], told: str, tmp_path: Path) -> None:
        with pytest.raises(WorkspaceError, match=told):
            store_uploads(tmp_path / "w", uploads)
        assert not (tmp_path / "w").exists()


class TestUploadPage:
    def test_what_is_chosen_is_stored_only_when_it_is_loaded(
        self, workspace: Path, form: bytes, monkeypatch: pytest.MonkeyPatch, jixiao: Command
    ) -> None:
        page = choose(open_page(workspace, monkeypatch, "upload"), ("图书馆.txt", form))
        assert not workspace.exists()
        other = open_page(workspace, monkeypatch, "upload")
        assert not other.dataframe and not other.button
        press(page, "载入 1 个文件")
        assert stored(workspace) == {"图书馆.txt"} and names_in(workspace, "Project") == {"图书购置"}
        assert {"文件 1", "绩效目标 1", "指标 4"} <= set(words_on(page).splitlines())
        again = open_page(workspace, monkeypatch, "upload", loaded=page.query_params["loaded"])
        assert again.dataframe[0].value.equals(page.dataframe[0].value)
        assert "公开文件 1" in words_on(open_page(workspace, monkeypatch, "overview"))
        # A build of something else leaves it in.
        write_form(workspace.parent / "b.txt", project="馆舍维修")
        assert jixiao("build", workspace.parent / "b.txt", "--workspace", workspace).status == 0
        assert names_in(workspace, "Project") == {"图书购置", "馆舍维修"}

    def test_hostile_names_stay_inside(
        self, workspace: Path, form: bytes, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        names = ["../x.txt", "CON.txt", "字" * 300 + ".txt", "a\x07\n.txt", "<b>*粗*.md", "x.txt"]
        files = [(name, form + f"\n{number}".encode()) for number, name in enumerate(names)]
        page = press(choose(open_page(workspace, monkeypatch, "upload"), *files), "载入 6 个文件")
        long = "字" * 53 + ".txt"
        assert stored(workspace) == {"x.txt", "x(2).txt", "_CON.txt", long, "a.txt", "_b__粗_.md"}
        assert {path.name for path in workspace.parent.iterdir()} == {"sent", workspace.name}
        assert "文件 6" in words_on(page)
        assert list(page.dataframe[0].value.iloc[:, 0]) == [
            "x.txt", "_CON.txt", long, "a.txt", "_b__粗_.md", "x(2).txt",
        ]  # fmt: skip

    def test_what_is_not_taken_is_told_of_before(
        self, workspace: Path, form: bytes, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        files = [
            ("a.txt", form), ("b.pdf", b"%PDF"), ("c", b"x"), ("d.txt", b"x" * (20 * 1024 * 1024 + 1)),
        ]  # fmt: skip
        page = choose(open_page(workspace, monkeypatch, "upload"), *files)
        told = list(page.dataframe[0].value.iloc[:, 2])
        assert told == [
            "可以", "不能：.pdf 还不能读，请先转成文本（.txt、.md）", "不能：不是能读的类型（.txt、.md）",
            "不能：有 20.0 MB，一个文件最多 20 MB",
        ]  # fmt: skip
        press(page, "载入 1 个文件")
        assert stored(workspace) == {"a.txt"}

    def test_too_many_files_are_not_loaded(
        self, workspace: Path, form: bytes, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        files = [(f"{number}.txt", form) for number in range(MOST_FILES + 1)]
        page = choose(open_page(workspace, monkeypatch, "upload"), *files)
        assert "一次最多 20 个文件，选了 21 个" in words_on(page)
        assert all(button.disabled for button in page.button)

    def test_what_could_not_be_read_is_listed(
        self, workspace: Path, form: bytes, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        other_code = form.decode().encode("gb18030")
        files = [
            ("国标.txt", other_code), ("坏.txt", bytes(range(256)) * 40), ("空.txt", b"\n"),
            ("无.txt", "年度报告\n没有表".encode()), ("同.txt", other_code),
        ]  # fmt: skip
        page = press(choose(open_page(workspace, monkeypatch, "upload"), *files), "载入 5 个文件")
        results = dict(zip(*(page.dataframe[0].value.iloc[:, at] for at in (0, 4)), strict=True))
        assert results["坏.txt"] == "没有读出" and results["无.txt"] == "已读，没有绩效目标"
        assert {results["国标.txt"], results["同.txt"]} == {"已读", "内容与 同.txt 相同，只算一次"}
        issues = page.dataframe[1].value
        told = dict(zip(issues.iloc[:, 0], issues.iloc[:, 3], strict=True))
        assert "二进制" in told["坏.txt"] and told["空.txt"] and told["无.txt"]

    def test_one_loads_at_a_time(self, workspace: Path, form: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
        first = load_uploads(workspace, [Upload("a.txt", form)], address=None)
        with pytest.raises(WorkspaceBusy, match="正有别人在载入文件"):
            load_uploads(workspace, [Upload("b.txt", form + b"\n")], address=None)
        assert first.ended.wait(60) and first.report is not None
        assert stored(workspace) == {"a.txt"}
        page = choose(open_page(workspace, monkeypatch, "upload"), ("b.txt", form + b"\n"))
        with open_workspace(workspace):
            press(page, "载入 1 个文件")
            assert "正由另一个进程写入" in words_on(page) and stored(workspace) == {"a.txt"}
        press(page, "载入 1 个文件")
        assert stored(workspace) == {"a.txt", "b.txt"}

    def test_another_workspaces_server_is_left_alone(
        self, workspace: Path, form: bytes, monkeypatch: pytest.MonkeyPatch, jixiao: Command, empty_neo4j: str
    ) -> None:
        theirs = write_form(workspace.parent / "b.txt", project="馆舍维修")
        where = "--workspace", workspace.parent / "v", "--store", empty_neo4j
        assert jixiao("build", theirs, *where).status == 0
        page = open_page(workspace, monkeypatch, "upload", address=empty_neo4j)
        press(choose(page, ("a.txt", form)), "载入 1 个文件")
        assert "由别的工作区载入" in words_on(page) and not workspace.exists()
        found = json.loads(jixiao("query", "MATCH (p:Project) RETURN p.name AS n", "--json", *where).out)
        assert found == [{"n": "馆舍维修"}]

    def test_files_load_into_the_server_that_is_shown(
        self, workspace: Path, form: bytes, monkeypatch: pytest.MonkeyPatch, empty_neo4j: str
    ) -> None:
        page = open_page(workspace, monkeypatch, "upload", address=empty_neo4j)
        press(choose(page, ("a.txt", form)), "载入 1 个文件")
        assert "指标 4" in words_on(page)
        overview = open_page(workspace, monkeypatch, "overview", address=empty_neo4j)
        assert "公开文件 1" in words_on(overview)


class TestNothingBuilt:
    @pytest.mark.parametrize("path", NEED_A_GRAPH)
    def test_every_page_offers_the_examples(
        self, path: str, workspace: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        page = open_page(workspace, monkeypatch, path)
        assert "载入示例" in [button.label for button in page.button] and not page.error
        assert not workspace.exists()

    def test_the_examples_open_the_overview(self, workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        page = press(open_page(workspace, monkeypatch, "search"), "载入示例")
        assert page.title[0].value == "总览" and "公开文件 40" in words_on(page)

    def test_without_examples_it_says_so(
        self, workspace: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("JIXIAO_EXAMPLES", str(tmp_path / "nowhere"))
        page = open_page(workspace, monkeypatch, "overview")
        assert not page.button and "没有示例文件" in words_on(page)

    def test_a_folder_of_somebody_elses_is_left_alone(
        self, workspace: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        workspace.mkdir()
        (workspace / "论文.docx").write_bytes(b"x")
        page = press(open_page(workspace, monkeypatch, "overview"), "载入示例")
        assert "里有别的文件，不是工作区" in words_on(page)
        assert {path.name for path in workspace.iterdir()} == {"论文.docx"}
        assert "载入示例" in [button.label for button in page.button]


def test_what_was_loaded_can_be_removed_again(
    workspace: Path, form: bytes, monkeypatch: pytest.MonkeyPatch, jixiao: Command
) -> None:
    other = form.replace("图书".encode(), "档案".encode())
    page = choose(open_page(workspace, monkeypatch, "upload"), ("甲.txt", form), ("乙.txt", other))
    page = press(page, "载入")
    assert stored(workspace) == {"甲.txt", "乙.txt"}
    page = open_page(workspace, monkeypatch, "upload")
    choice = page.multiselect(key="remove-0")
    assert [button.disabled for button in page.button if button.label.startswith("移除")] == [True]
    page = choice.set_value([name_mark("甲.txt")]).run()
    page = page.checkbox(key="remove-sure-0").check().run()
    page = press(page, "移除")
    assert stored(workspace) == {"乙.txt"}
    answer = jixiao("query", "MATCH (d:Disclosure) RETURN d.file AS file", "--json", "--workspace", workspace)
    assert [row["file"] for row in json.loads(answer.out)] == ["乙.txt"]


def test_the_first_files_go_into_a_server_that_holds_nothing(
    workspace: Path, form: bytes, empty_neo4j: str
) -> None:
    discard_store(empty_neo4j)
    loading = load_uploads(workspace, [Upload("甲.txt", form)], address=empty_neo4j)
    assert loading.ended.wait(120)
    assert loading.report is not None, loading.why_not


def test_a_file_that_fails_is_told_of_at_once(
    workspace: Path, folder: Path, form: bytes, monkeypatch: pytest.MonkeyPatch, jixiao: Command
) -> None:
    (folder / "甲.txt").write_bytes(form)
    jixiao("build", folder, "--workspace", workspace)
    assert "没有要看的" in words_on(open_page(workspace, monkeypatch))
    (folder / "坏.txt").write_bytes(bytes(range(256)) * 40)
    jixiao("build", folder, "--workspace", workspace)
    page = open_page(workspace, monkeypatch)
    assert [(row["文件"], row["种类"]) for row in table(page, "文件", "种类")] == [
        ("坏.txt", "没有读出的文件")
    ]
