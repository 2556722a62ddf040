"""Where results go: links, pipes, devices, places that do not exist, terminals of another encoding."""

import errno
import io
import json
import os
import re
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console
from rich.progress import Task, TaskID

from app.terminal import RateColumn, column_widths, print_table, track_files
from ontology.errors import os_reason
from tests.samples import Command, write_form

COMMAND = Path(sys.executable).with_name("jixiao")


@pytest.fixture
def built(folder: Path, workspace: Path, jixiao: Command) -> Path:
    """A workspace of one project with four indicators."""
    write_form(folder / "2023.txt", year=2023, books=2500)
    write_form(folder / "2024.txt", project="期刊订阅", year=2024)
    assert jixiao("build", folder, "--workspace", workspace).status == 0
    return workspace


def test_a_link_stays_a_link(folder: Path, tmp_path: Path, jixiao: Command) -> None:
    write_form(folder / "a.txt")
    real, link = tmp_path / "real.json", tmp_path / "link.json"
    real.write_text("before")
    link.symlink_to(real)
    assert jixiao("extract", folder, "--json", link).status == 0
    assert link.is_symlink() and json.loads(real.read_text("utf-8"))["documents"]
    assert not list(tmp_path.glob(".*.tmp"))


def test_a_pipe_is_written_into(folder: Path, tmp_path: Path, jixiao: Command) -> None:
    write_form(folder / "a.txt")
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    assert jixiao("extract", folder, "--json", pipe).status == 0
    reader.join(timeout=20)
    assert pipe.is_fifo() and json.loads(got[0])["documents"]


@pytest.mark.parametrize(
    ("place", "said"), [("", "名称是空的"), ("没有/a.json", "文件夹不存在"), (".", "是文件夹，应为文件")]
)
def test_a_place_that_cannot_be_is_told_of_before_the_work(
    folder: Path, tmp_path: Path, jixiao: Command, place: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    answer = jixiao("extract", folder / "没有", "--json", place)
    assert answer.status == 2 and said in answer.err and "不存在，应为文件或文件夹" not in answer.err
    assert not (tmp_path / "没有").exists()


@pytest.mark.parametrize(
    ("command", "status"),
    [
        ("reuse --min-projects 1 --json - --workspace '{0}' | head -c 1", 0),
        ("query 'MATCH (n) RETURN n.id AS id' --json --workspace '{0}' | true", 0),
        ("build '{1}' '{1}/没有' --workspace '{0}' | true", 2),
        ("trace '{1}/2023.txt' | head -1", 0),
        ("--help | true", 0),
    ],
)
def test_a_reader_that_leaves_changes_no_status(built: Path, folder: Path, command: str, status: int) -> None:
    line = f"sleep 0.2; '{COMMAND}' " + command.format(built, folder)
    shell = ["bash", "-c", f"{line}; exit ${{PIPESTATUS[0]}}"]
    done = subprocess.run(shell, capture_output=True, text=True, check=False)
    assert done.returncode == status, done.stderr
    assert "Traceback" not in done.stderr and "Exception ignored" not in done.stderr


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_full_device_is_told_of(built: Path, unbuffered: str) -> None:
    question = "MATCH (n) RETURN n.id AS id"
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [COMMAND, "query", question, "--workspace", built],
            stdout=full,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
            check=False,
        )
    assert done.returncode == 2 and "无法写出结果" in done.stderr.decode()
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("encoding", ["ascii", "gbk"])
def test_a_terminal_of_another_encoding_shows_what_it_can(built: Path, encoding: str) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    command = [str(COMMAND), "reuse", "--min-projects", "1", "--workspace", str(built)]
    shown = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert (shown.returncode, shown.stderr) == (0, b"")
    as_json = subprocess.run([*command, "--json", "-"], env=environment, capture_output=True, check=True)
    assert "到馆读者人次" in [item["concept"] for item in json.loads(as_json.stdout.decode("utf-8"))]


def test_a_query_into_a_file(built: Path, tmp_path: Path, jixiao: Command) -> None:
    question = "MATCH (p:Project) RETURN p.name AS name ORDER BY p.name"
    table = tmp_path / "out.csv"
    assert jixiao("query", question, "--csv", "--output", table, "--workspace", built).status == 0
    assert table.read_bytes().startswith(b"\xef\xbb\xbfname\r\n")
    answer = jixiao("query", question, "--output", table, "--workspace", built)
    assert answer.status == 2 and "要和 --csv、--json 中的一个一起用" in answer.err
    answer = jixiao("query", "MATCH (p:Project {name: 'x'}) RETURN p", "--csv", "--workspace", built)
    assert (answer.status, answer.out) == (0, "") and "没有符合条件的行" in answer.err


@pytest.mark.parametrize(
    ("heads", "row", "room", "expected"),
    [
        (["指标", "file"], ["读者满意度", "a.txt"], 40, [10, 5]),
        (["i.printed_value", "文件"], ["≥95%", "01_tab_forms.txt"], 31, [15, 16]),
        (["i.printed_value", "文件"], ["≥95%", "01_tab_forms.txt"], 30, None),
        (["值", "文件"], ["丰富馆藏，服务读者。" * 9, "01_tab_forms.txt"], 40, [24, 16]),
        (["值", "散列"], ["1", "f" * 64], 40, [2, 38]),
        (["甲", "乙"], ["一二三四五六", "一二"], 14, [10, 4]),
        (["甲"], ["一行\n更长的一行"], 40, [10]),
    ],
)
def test_no_heading_and_no_word_is_cut(
    heads: list[str], row: list[str], room: int, expected: list[int] | None
) -> None:
    assert column_widths(heads, [row], room) == expected


def test_a_row_that_is_too_wide_is_listed_down_the_page(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.terminal._PIPED_WIDTH", 30)
    print_table(["i.printed_value", "d.file", "是"], [["≥95%", "01_tab_forms.txt", True]])
    assert capsys.readouterr().out.splitlines() == [
        "── 1 ──",
        "i.printed_value  ≥95%",
        "d.file           01_tab_forms.txt",
        "是               true",
    ]


def test_progress_says_how_many_files_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = io.StringIO()
    console = Console(file=shown, force_terminal=True, width=80, highlight=False)
    monkeypatch.setattr("app.terminal.make_console", lambda **_: console)
    names = [f"{number}/{'预算公开' * 9}.txt" for number in range(20)]
    for _ in track_files(names):
        time.sleep(0.02)
    lines = re.split(r"[\r\n]", re.sub(r"\x1b\[[\d;?]*[a-zA-Z]", "", shown.getvalue()))
    (last,) = [line for line in lines if "20/20" in line]
    rate = re.search(r"20/20 +(\d+) 份/秒 0:00:00", last)
    assert rate and 20 < int(rate[1]) <= 50
    assert max(map(cell_len, lines)) <= 80


@pytest.mark.parametrize(("rate", "said"), [(431.2, "431"), (9.53, "9.5"), (2.0, "2"), (0.034, "0.034")])
def test_a_rate_has_two_figures_that_say_something(rate: float, said: str) -> None:
    task = Task(TaskID(0), "", 10, 10, _get_time=time.monotonic, finished_speed=rate)
    assert RateColumn().render(task).plain == f"{said} 份/秒"
    task.finished_speed = None
    assert RateColumn().render(task).plain == ""


@pytest.mark.parametrize(
    ("number", "said"),
    [(errno.EACCES, "没有权限"), (errno.ENOSPC, "磁盘已满"), (errno.EPIPE, "系统的原话：")],
)
def test_the_system_speaks_chinese_where_we_know_its_words(number: int, said: str) -> None:
    assert os_reason(OSError(number, os.strerror(number))).startswith(said)
