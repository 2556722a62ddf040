"""Tables for spreadsheets: whatever stands in a cell, the file opens and nothing in it is a formula."""

import csv
import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from app import sheets
from app.sheets import Sheet, cell_text, split_sheet, with_titles, write_xlsx
from app.terminal import to_csv


def cells(place: Path) -> dict[str, list[list[object]]]:
    """What a workbook holds, sheet by sheet."""
    book = load_workbook(place)
    return {page.title: [[cell.value for cell in row] for row in page.iter_rows()] for page in book}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (float("nan"), "nan"),
        (float("inf"), "inf"),
        (float("-inf"), "-inf"),
        (1.5, 1.5),
        (10**400, str(10**400)),
        (1234567890123456789, "1234567890123456789"),
        (-999_999_999_999_999, -999_999_999_999_999),
        ("半个\ud83d字", "半个�字"),
        ("\x00\x01\x1f\x7f\x9f", "�" * 5),
        ("\ufffe\uffff", "��"),
        ("一行\r\n二行\r三行", "一行\n二行\n三行"),
        ("=1+1", "=1+1"),
        (True, "true"),
    ],
)
def test_any_value_can_be_written(tmp_path: Path, value: object, expected: object) -> None:
    place = tmp_path / "t.xlsx"
    write_xlsx(str(place), [Sheet("表", ["栏\ud800\x00", "b"], [[value, 1]])])
    ((heading, _), (found, one)) = cells(place)["表"]
    assert (heading, found, one) == ("栏��", expected, 1)
    assert all(cell.data_type in "sn" for row in load_workbook(place)["表"].iter_rows() for cell in row)


@pytest.mark.parametrize("letter", ["字", "😀"])
def test_a_text_too_long_for_a_cell_says_that_it_is_cut(letter: str) -> None:
    assert cell_text(letter * 10) == letter * 10
    found = cell_text(letter * 40_000)
    assert found.endswith(f"{letter}…") and len(found.encode("utf-16-le")) // 2 in (32_766, 32_767)


@pytest.mark.parametrize(
    ("rows", "titles"), [(3, ["表"]), (4, ["表 1", "表 2"]), (7, ["表 1", "表 2", "表 3"])]
)
def test_a_table_longer_than_a_sheet_goes_on_in_numbered_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: int, titles: list[str]
) -> None:
    assert sheets.MOST_ROWS + 1 == 1_048_576
    monkeypatch.setattr(sheets, "MOST_ROWS", 3)
    place = tmp_path / "t.xlsx"
    write_xlsx(str(place), [Sheet("表", ["数"], [[number] for number in range(rows)])])
    found = cells(place)
    assert list(found) == titles
    assert all(page[0] == ["数"] and len(page) <= 4 for page in found.values())
    assert [row for page in found.values() for row in page[1:]] == [[number] for number in range(rows)]


def test_a_full_sheet_is_not_split() -> None:
    full = Sheet("表", ["数"], range(1_048_575))  # type: ignore[arg-type]
    assert [part.title for part in split_sheet(full)] == ["表"]
    over = Sheet("表", ["数"], range(1_048_576))  # type: ignore[arg-type]
    assert [(part.title, len(part.rows)) for part in split_sheet(over)] == [("表 1", 1_048_575), ("表 2", 1)]


def test_titles_are_told_apart(tmp_path: Path) -> None:
    long = "指" * 40
    printed = ["Abc", "aBC", "a/b", "a?b", "", "'引'", "History", long, long, "ABC"]
    found = [sheet.title for sheet in with_titles(Sheet(title, ["数"], []) for title in printed)]
    assert found == [
        "Abc", "aBC (2)", "a_b", "a_b (2)", "表", "引", "History (2)", "指" * 30 + "…",
        "指" * 26 + "… (2)", "ABC (3)",
    ]  # fmt: skip
    write_xlsx(str(tmp_path / "t.xlsx"), [Sheet(title, ["数"], []) for title in printed])
    assert list(cells(tmp_path / "t.xlsx")) == found


@pytest.mark.parametrize(
    "text",
    [
        "=1",
        "+1",
        "-1",
        "@a",
        "\t=1",
        "\r=1",
        "\n=1",
        "＝1",
        "＋1",
        "－1",
        "＠a",
        "﹦1",
        " =1",
        "\u3000＝1",
        "\ufeff=1",
    ],
)
def test_no_cell_of_csv_is_a_formula(text: str) -> None:
    ((heading, _), (cell, number)) = csv.reader(io.StringIO(to_csv([text, "数"], [[text, -1]]), newline=""))
    assert heading == cell == f"'{text}" and number == "-1"


@pytest.mark.parametrize("text", ["≥95%", "完成-1", "", " "])
def test_other_cells_of_csv_stay_as_they_are(text: str) -> None:
    assert to_csv(["a", "b"], [[text, 1]]) == f"a,b\r\n{text},1\r\n"


def test_half_a_letter_does_not_stop_csv() -> None:
    assert to_csv(["a"], [["半\ud800"]]).encode("utf-8").decode() == "a\r\n半�\r\n"
