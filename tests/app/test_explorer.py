"""The explorer's pages on the examples, on nothing, and on texts that mean harm."""

import ast
import re
import string
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from app.boilerplate_shares import SCOPES
from app.cli import run
from app.comparison_tables import KIND_WORDS as COPY_WORDS
from app.comparison_tables import LABEL_WORDS, RELATION_WORDS, SAME_PROJECT_WORDS
from app.question_headings import HEADINGS
from app.report import ISSUE_WORDS
from app.views import SECTIONS
from app.views.parts import plain
from app.views.words import english
from graph.judgements import VERDICT_WORDS
from graph.questions import PARAMETERS, QUESTIONS
from graph.store import open_store
from graph.value_names import KIND_WORDS
from ontology.ids import stable_id
from ontology.model import TargetScope
from tests.pages import SCRIPT, choose_row, open_page, table, words_on
from tests.samples import FORM, write_form

PATHS = ["", *(view.path for views in SECTIONS.values() for view in views)]
OWN = "cypher"
UNIT = stable_id("unit", "砚清县水务局")
IMAGE = "<img src=x onerror=alert(1)>"
MARKED_UP = "**丰富** [馆藏](http://a.example) $x$ :red[服务]"


@pytest.fixture(scope="session")
def built(examples_workspace: Path) -> Path:
    """The examples' workspace."""
    return examples_workspace


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of one file whose names and values are HTML, Markdown and formulas."""
    folder = tmp_path_factory.mktemp("hostile")
    text = FORM.format(
        project="&lt;img src=x onerror=alert(1)&gt;",
        year=2024,
        books=3000,
        budget="12.00",
        objective=MARKED_UP,
    )
    text = text.replace("新增图书册数\t≥3000册", "新增**_图书_**:red[甲]\t=1+1")
    (folder / "![图](http:a.example).txt").write_text(f"青泉县图书馆2024年预算公开\n\n{text}", "utf-8")
    assert run(["build", str(folder), "--workspace", str(folder / "工作区")]) == 0
    return folder / "工作区"


def counts(page: AppTest) -> dict[str, str]:
    return {item.label: str(item.value) for item in page.metric}


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_opens(built: Path, monkeypatch: pytest.MonkeyPatch, path: str, language: str) -> None:
    page = open_page(built, monkeypatch, path, lang=language)
    view = next(own for views in SECTIONS.values() for own in views if own.path == (path or "overview"))
    assert page.title[0].value == (view.title if language == "zh" else english()[view.title])


@pytest.mark.parametrize("path", PATHS)
def test_without_a_graph_every_page_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    page = open_page(tmp_path / "没有", monkeypatch, path)
    assert len(page.error) + len(page.info) + len(page.button) + len(page.get("file_uploader")) > 0
    assert len(page.dataframe) == 0


def test_the_overview_counts(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = open_page(built, monkeypatch)
    found = counts(page)
    assert list(found) == ["公开文件", "预算单位", "项目", "绩效目标", "指标", "不同的指标"]
    with open_store(built / "graph.kgl", read_only=True) as store:
        for label, words in {
            "Disclosure": "公开文件",
            "Indicator": "指标",
            "IndicatorConcept": "不同的指标",
        }.items():
            (row,) = store.run(f"MATCH (n:{label}) RETURN count(n) AS nodes")
            assert found[words] == f"{row['nodes']:,}"
    assert int(found["公开文件"]) == 40
    unread = [row for row in table(page, "文件", "种类") if row["种类"] == "没有绩效目标的文件"]
    assert [row["文件"] for row in unread] == [
        "26_budget_without_targets.txt",
        "27_blank_template.txt",
        "28_prose_only.txt",
    ]


@pytest.mark.parametrize(
    ("params", "least", "holds"),
    [
        ({"q": "群众 满意度"}, 5, lambda row: "群众" in row["指标"] and "满意度" in row["指标"]),
        ({"q": "qzmyd"}, 5, lambda row: "群众满意度" in row["指标"]),
        ({"q": "QZmyd"}, 5, lambda row: "群众满意度" in row["指标"]),
        ({"q": "满意度", "years": "2024"}, 10, lambda row: "2024" in row["年度"]),
        ({"units": UNIT}, 100, lambda row: row["单位数"] >= 1),
        ({"classes": "beneficiarySatisfaction", "kinds": "rate"}, 20, lambda row: row["条数"] >= 1),
        ({"kinds": "deadline"}, 5, lambda row: row["条数"] >= 1),
    ],
)  # fmt: skip
def test_search_finds_what_is_asked_for(
    built: Path,
    monkeypatch: pytest.MonkeyPatch,
    params: dict[str, str],
    least: int,
    holds: Callable[[dict[str, Any]], bool],
) -> None:
    found = table(open_page(built, monkeypatch, "search", **params), "指标", "共性")
    everything = table(open_page(built, monkeypatch, "search"), "指标", "共性")
    assert least <= len(found) < len(everything)
    assert all(map(holds, found))


def test_search_that_finds_nothing_says_what_to_do(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = open_page(built, monkeypatch, "search", q="没有这样的指标名")
    assert [item.value for item in page.info] == ["没有这样的指标。换一个词，或去掉一些条件再试。"]


@pytest.mark.parametrize("words", ["%", "，", "满意度 ，", "，满意度"])
def test_a_word_without_letters_finds_nothing_and_is_said(
    built: Path, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    page = open_page(built, monkeypatch, "search", q=words)
    if words == "，满意度":
        assert len(table(page, "指标", "共性")) > 5
    else:
        assert len(page.dataframe) == 0 and "没有可以检索的字" in page.info[0].value


def test_boilerplate_without_a_name_opens_its_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_form(tmp_path / "a.txt")
    path.write_text(
        path.read_text("utf-8").replace("新增图书册数\t≥3000册", "—\t按计划完成工作任务"), "utf-8"
    )
    assert run(["build", str(path), "--workspace", str(tmp_path / "工作区")]) == 0
    page = open_page(tmp_path / "工作区", monkeypatch, "boilerplate")
    rows = [row["指标"] for row in table(page, "程度")]
    page = choose_row(page, "boilerplate", rows.index("按计划完成工作任务"))
    assert page.title[0].value == "出处"


def test_a_card_opened_by_its_address_is_the_same(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = choose_row(open_page(built, monkeypatch, "search", q="qzmyd"), "found", 1)
    params = {"id": str(page.query_params["id"])}
    again = open_page(built, monkeypatch, "indicator", **params)
    assert words_on(again) == words_on(page) and counts(again) == counts(page)
    for headings in (("指标值", "条数"), ("单位", "年度")):
        assert table(again, *headings) == table(page, *headings)


def test_a_project_shows_its_targets(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = open_page(built, monkeypatch, "project", word="防汛抗旱应急物资储备")
    page = choose_row(page, "projects", 0)
    assert page.header[0].value == "防汛抗旱应急物资储备"
    (years,) = (own for own in page.button_group if own.key == "year-chosen")
    assert len(years.options) == len(set(years.options)) > 0
    leaves = table(page, "一级指标")
    assert ("满意度指标", "受益群众满意度", "≥92%") in {
        (row["一级指标"], row["三级指标"], row["指标值"]) for row in leaves
    }


def test_boilerplate_counts_from_the_threshold_in_the_address(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = {}
    for least in ("0.2", "0.5"):
        page = open_page(built, monkeypatch, "boilerplate", **{"from": least})
        (caption,) = (own.value for own in page.caption if "条是套话" in own.value)
        total, said[least] = map(int, re.findall(r"\d+", caption))
        assert total == 676
    assert 0 < said["0.5"] < said["0.2"]
    scores = [float(str(row["程度"])) for row in table(page, "程度")]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_ready_made_question_opens(built: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    page = open_page(built, monkeypatch, "query", ask=name)
    assert [item.value for item in page.error] == []
    if QUESTIONS[name].needs:
        assert "请填写" in words_on(page)


def test_own_cypher_is_answered_and_no_column_is_lost(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "MATCH (u:BudgetUnit) RETURN u.name AS name, u.name AS 名称 ORDER BY u.name"
    page = open_page(built, monkeypatch, "query", ask=OWN, text=text)
    rows = table(page, "名称")
    assert len(rows) == 6 and all(row["名称"] == row["名称 (2)"] for row in rows)


@pytest.mark.parametrize(
    "text", ["MATCH (n) DETACH DELETE n", "CREATE (n:Project {id: 'x'})", "RETURN nonsense("]
)
def test_writes_and_slips_are_refused_in_a_sentence(
    built: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    page = open_page(built, monkeypatch, "query", ask=OWN, text=text)
    assert len(page.error) == 1 and len(page.dataframe) == 0


UNKNOWN = [
    ("indicator", {"id": "没有"}), ("project", {"id": "没有"}), ("duplicates", {"one": "x", "other": "y"}),
    ("source", {"file": "没有.txt", "line": "3"}), ("source", {"file": "../../etc/passwd", "line": "1"}),
    ("source", {"file": "01_tab_forms.txt", "line": "x"}), ("search", {"years": "1066", "units": "没有"}),
    ("boilerplate", {"from": "nan"}), ("query", {"ask": "没有"}), ("duplicates", {"share": "-5"}),
]  # fmt: skip


@pytest.mark.parametrize(("path", "params"), UNKNOWN)
def test_unknown_ids_are_said_to_be_so(
    built: Path, monkeypatch: pytest.MonkeyPatch, path: str, params: dict[str, str]
) -> None:
    page = open_page(built, monkeypatch, path, **params)
    if path in ("indicator", "project", "duplicates", "source") and "share" not in params:
        assert [own.value for own in (*page.info, *page.error)] != []
    assert "root:" not in words_on(page)


def test_hostile_texts_are_shown_letter_by_letter(hostile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = open_page(hostile, monkeypatch, "project")
    assert [row["项目"] for row in table(page, "项目", "单位")] == [IMAGE]
    page = choose_row(page, "projects", 0)
    assert page.header[0].value == plain(IMAGE)
    assert [own.value for own in page.text] == [MARKED_UP]
    leaves = table(page, "一级指标")
    assert ("新增**_图书_**:red[甲]", "=1+1") in {(row["三级指标"], row["指标值"]) for row in leaves}
    page = open_page(hostile, monkeypatch, "search", q="新增")
    name = str(table(page, "指标", "共性")[0]["指标"])
    page = choose_row(page, "found", 0)
    assert page.header[0].value == plain(name)
    source = choose_row(page, "uses", 0)
    assert "<img" not in next(item.proto.body for item in source.get("html"))
    assert any("![图](http:a.example).txt" in own.value for own in source.text)


@pytest.mark.parametrize("path", ["source", "indicator", "project", "search"])
def test_what_an_address_says_is_never_markup(
    built: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    evil = "![x](http://a.example/x.png)"
    page = open_page(built, monkeypatch, path, id=evil, file=evil, line="3", printed=evil, q=evil, word=evil)
    assert evil not in words_on(page)


CHINESE = re.compile("[一-鿿]")
NOT_WORDS = {"中文", "语言 / Language", "MATCH (u:BudgetUnit) RETURN u.name AS 单位"}
"""The languages' own names, and an example of a text that people write."""


REMARKS = ("文件在读过之后", "原文里没有")
"""How the remarks on a file begin; they are shown, and are no errors."""
SHOWN_CONSTANTS = (
    RELATION_WORDS,
    LABEL_WORDS,
    KIND_WORDS,
    COPY_WORDS,
    SAME_PROJECT_WORDS,
    SCOPES,
    ISSUE_WORDS,
    VERDICT_WORDS,
    tuple(map(str, TargetScope)),
)
"""Words from outside the views that the views show."""


def chinese_in(constants: Iterable[Mapping[Any, str] | Sequence[str]]) -> Iterator[str]:
    for own in constants:
        yield from filter(CHINESE.search, own.values() if isinstance(own, Mapping) else own)


def said_by(module: Path) -> set[str]:
    """The Chinese texts of a module but for its docstrings and its errors, which stay in Chinese."""
    tree = ast.parse(module.read_text("utf-8"))
    alone = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    raised = {own for node in ast.walk(tree) if isinstance(node, ast.Raise) for own in ast.walk(node)}
    return {
        node.value
        for node in set(ast.walk(tree)) - alone - raised
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if CHINESE.search(node.value) and node.value not in NOT_WORDS
    }


def refusals() -> set[str]:
    """Why files are not taken."""
    return {
        node.args[0].value
        for node in ast.walk(ast.parse(SCRIPT.with_name("uploads.py").read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Refusal"
        if isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str)
    }


def words_of_the_interface() -> set[str]:
    views = [SCRIPT, *(SCRIPT.parent / "views").glob("*.py")]
    return {
        *(word for module in views for word in said_by(module)),
        *(question.title for question in QUESTIONS.values()),
        *(parameter.asks or parameter.words for parameter in PARAMETERS.values()),
        *HEADINGS.values(),
        *chinese_in(SHOWN_CONSTANTS),
        *refusals(),
        *(own for own in said_by(SCRIPT.with_name("source_fragment.py"))),
    }


def test_every_word_has_its_english() -> None:
    assert words_of_the_interface() - english().keys() == set()


def test_no_english_is_left_over() -> None:
    assert english().keys() - words_of_the_interface() == set()


def test_the_english_fills_in_the_same_names() -> None:
    def names(text: str) -> set[str | None]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}

    assert [chinese for chinese, words in english().items() if names(chinese) != names(words)] == []
    assert [words for words in english().values() if CHINESE.search(words.replace("满意度", ""))] == []
