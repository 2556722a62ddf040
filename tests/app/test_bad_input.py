"""Bad input: one plain sentence, the right exit status, no harm to the other files and the workspace."""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.samples import Command, names_in, write_form

NOBODY = 65534

BAD: dict[str, tuple[bytes, str]] = {
    "空.txt": (b"", "是空的"),
    "空白.txt": (" \n\u3000\n".encode(), "是空的"),
    "表格.txt": (b"PK\x03\x04" + bytes(range(256)) * 20, "Office 或压缩文件"),
    "程序.txt": (b"\x7fELF" + bytes(range(256)) * 20, "内容是程序"),
    "乱码.txt": (bytes(range(256)) * 40, "二进制内容"),
    "错标.txt": (b"\xff\xfe" + "数量指标".encode() * 99 + b"\x80", "标明是 utf-16 编码，内容却不是"),
    "长行.txt": (("数量指标：完成若干。" * 1_700_000).encode(), "第 1 行长 17,000,000 个字符"),
    "图片.md": (b"\x89PNG\r\n\x1a\n" + bytes(300), "内容是图片"),
}
"""Files by their names: what they hold, and what the sentence about each must say."""


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_told_of_and_the_others_are_read(
    folder: Path, workspace: Path, jixiao: Command, name: str
) -> None:
    content, told = BAD[name]
    (folder / name).write_bytes(content)
    write_form(folder / "好.txt")
    answer = jixiao("build", folder, "--workspace", workspace)
    assert answer.status == 1
    sentences = [line for line in answer.err.splitlines() if line.startswith("错误：")]
    assert len(sentences) == 1 and name in sentences[0] and told in sentences[0]
    assert "Traceback" not in answer.err
    assert names_in(workspace, "Project") == {"图书购置"}
    logged = [json.loads(line) for line in (workspace / "issues.jsonl").read_text("utf-8").splitlines()]
    assert [entry["message"] for entry in logged if entry["level"] == "error"] == [
        sentences[0].removeprefix("错误：")
    ]


def test_a_type_that_cannot_be_read_yet_fails_only_where_it_is_named(
    folder: Path, workspace: Path, jixiao: Command, tmp_path: Path
) -> None:
    good = write_form(folder / "好.txt")
    (folder / "好.pdf").write_bytes(good.read_bytes())
    (folder / "扫描.PDF").write_bytes(b"%PDF-1.4")
    answer = jixiao("build", folder, "--workspace", workspace)
    assert (answer.status, answer.err) == (0, "")
    assert "这种类型还不能读，请先转成文本（.txt）：\n  好.pdf\n  扫描.PDF\n" in answer.out
    assert "失败" not in answer.out and "内容相同" not in answer.out
    answer = jixiao("extract", folder, "--json", tmp_path / "out.json")
    assert answer.status == 0 and "2 个文件的类型还不能读，没有读：好.pdf、扫描.PDF" in answer.err
    answer = jixiao("build", folder / "扫描.PDF", "--workspace", workspace)
    assert answer.status == 1 and "类型是“.PDF”，目前能读的类型是" in answer.err


def test_a_folder_with_nothing_to_read_is_told_of(folder: Path, workspace: Path, jixiao: Command) -> None:
    (folder / "账.csv").write_bytes(b"x")
    answer = jixiao("build", folder, "--workspace", workspace)
    assert answer.status == 2 and f"{folder} 中没有找到可读的文件，应有 .txt、.md 文件" in answer.err
    assert "没有读：.csv 1 个" in answer.out and "读取 0 份" not in answer.out and not workspace.exists()
    answer = jixiao("extract", folder, "--json", "-")
    assert (answer.status, answer.out) == (2, "") and "没有找到可读的文件" in answer.err
    write_form(folder / "a.txt")
    jixiao("build", folder, "--workspace", workspace)
    (folder / "a.txt").unlink()
    answer = jixiao("build", folder, "--workspace", workspace)
    assert answer.status == 0 and "随之移除" in answer.out
    assert jixiao("build", folder, "--workspace", workspace).status == 2


def test_rows_and_targets_that_gave_nothing_are_told_by_file(
    folder: Path, workspace: Path, jixiao: Command
) -> None:
    head = "项目支出绩效目标表\n序号\t项目名称\t金额（万元）\t年度绩效目标\t绩效指标\n"
    row = "1\t图书购置\t12.00\t丰富馆藏\t产出指标：数量指标：新增图书≥300册\n"
    (folder / "a.txt").write_text(f"{head}{row}2\t期刊订阅\t3.00\t订阅期刊\t另行下达\n", "utf-8")
    answer = jixiao("build", folder, "--workspace", workspace)
    assert "没有读到指标的绩效目标：\n  a.txt “期刊订阅”\n" in answer.out
    assert "有没读成指标的行（看 jixiao trace 文件 --rows）：\n  a.txt 1 行\n" in answer.out


def test_extract_tells_of_a_bad_file_too(folder: Path, tmp_path: Path, jixiao: Command) -> None:
    (folder / "空.txt").write_bytes(b"")
    write_form(folder / "好.txt")
    out = tmp_path / "out.json"
    answer = jixiao("extract", folder, "--json", out)
    assert answer.status == 1 and "是空的" in answer.err
    assert [d["file"] for d in json.loads(out.read_text("utf-8"))["documents"]] == ["好.txt"]


def test_a_path_that_does_not_exist(folder: Path, workspace: Path, jixiao: Command) -> None:
    good = write_form(folder / "好.txt")
    answer = jixiao("build", folder / "没有.txt", good, "--workspace", workspace)
    assert answer.status == 2
    assert f"路径 {folder / '没有.txt'} 不存在" in answer.err
    assert names_in(workspace, "Project") == {"图书购置"}


def test_nothing_but_missing_paths_makes_no_workspace(folder: Path, workspace: Path, jixiao: Command) -> None:
    answer = jixiao("build", folder / "没有", "--workspace", workspace)
    assert answer.status == 2 and "不存在" in answer.err
    assert not workspace.exists()


def test_a_file_without_targets_is_no_failure_but_is_said(
    folder: Path, workspace: Path, jixiao: Command
) -> None:
    (folder / "预算.txt").write_text(
        "青泉县图书馆2024年部门预算\n\n收入合计\t120.00\n支出合计\t120.00\n", "utf-8"
    )
    answer = jixiao("build", folder, "--workspace", workspace)
    assert answer.status == 0 and answer.err == ""
    assert "没有绩效目标：\n  预算.txt" in answer.out
    assert "全文没有提到绩效目标" in (workspace / "issues.jsonl").read_text("utf-8")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_usual_encoding_gives_the_same_graph(
    folder: Path, workspace: Path, jixiao: Command, encoding: str
) -> None:
    path = write_form(folder / "a.txt")
    path.write_bytes(path.read_text("utf-8").encode(encoding))
    assert jixiao("build", folder, "--workspace", workspace).status == 0
    assert names_in(workspace, "Indicator") == {
        "新增图书册数",
        "图书编目差错率",
        "到馆读者人次",
        "读者满意度",
    }


def test_a_damaged_byte_costs_a_character_not_the_file(
    folder: Path, workspace: Path, jixiao: Command
) -> None:
    path = write_form(folder / "a.txt")
    data = path.read_bytes()
    at = data.index("丰富馆藏".encode())
    path.write_bytes(data[:at] + b"\xff" + data[at + 1 :])
    answer = jixiao("build", folder, "--workspace", workspace)
    assert answer.status == 0 and "含有坏字节的文件" in answer.out
    assert "第 6 行" in (workspace / "issues.jsonl").read_text("utf-8")
    assert names_in(workspace, "Project") == {"图书购置"}


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that a user without rights can reach, whoever runs the tests."""
    path = Path(tempfile.mkdtemp(prefix="jixiao-test-"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path)


@pytest.fixture
def unprivileged(open_folder: Path) -> Iterator[None]:
    """Root may open everything: as root, the test goes on as nobody."""
    is_root = os.geteuid() == 0
    if is_root:
        os.chown(open_folder, NOBODY, NOBODY)
        os.setegid(NOBODY)
        os.seteuid(NOBODY)
    yield
    if is_root:
        os.seteuid(0)
        os.setegid(0)


@pytest.mark.usefixtures("unprivileged")
def test_folders_and_files_without_rights(open_folder: Path, jixiao: Command) -> None:
    folder, workspace = open_folder / "公开", open_folder / "工作区"
    (folder / "锁住").mkdir(parents=True)
    write_form(folder / "好.txt")
    write_form(folder / "禁读.txt", project="书架更新").chmod(0)
    write_form(folder / "锁住" / "里面.txt", project="期刊订阅")
    (folder / "锁住").chmod(0)
    answer = jixiao("build", folder, "--workspace", workspace)
    (folder / "锁住").chmod(0o755)
    assert answer.status == 1
    assert f"文件夹 {folder / '锁住'} 无法打开" in answer.err
    assert "文件 禁读.txt 无法读取" in answer.err
    assert names_in(workspace, "Project") == {"图书购置"}


@pytest.mark.usefixtures("unprivileged")
def test_files_of_a_locked_folder_are_not_taken_for_vanished(open_folder: Path, jixiao: Command) -> None:
    folder, workspace = open_folder / "公开", open_folder / "工作区"
    (folder / "锁住").mkdir(parents=True)
    write_form(folder / "锁住" / "里面.txt", project="期刊订阅")
    assert jixiao("build", folder, "--workspace", workspace).status == 0
    (folder / "锁住").chmod(0)
    assert jixiao("build", folder, "--workspace", workspace).status == 1
    (folder / "锁住").chmod(0o755)
    assert names_in(workspace, "Project") == {"期刊订阅"}


@pytest.mark.usefixtures("unprivileged")
def test_a_workspace_without_rights(open_folder: Path, jixiao: Command) -> None:
    locked = open_folder / "锁住"
    locked.mkdir()
    path = write_form(open_folder / "好.txt")
    locked.chmod(0o555)
    answer = jixiao("build", path, "--workspace", locked / "工作区")
    assert answer.status == 2 and "无法使用工作区" in answer.err and "可写的文件夹" in answer.err


@pytest.mark.usefixtures("unprivileged")
def test_what_cannot_be_looked_at_is_told_of_and_the_others_are_read(
    open_folder: Path, jixiao: Command
) -> None:
    secret, workspace = open_folder / "秘密", open_folder / "工作区"
    inside = write_form(secret / "里面.txt", project="期刊订阅")
    good = write_form(open_folder / "好.txt")
    secret.chmod(0)
    answer = jixiao("build", inside, good, "--workspace", workspace)
    extracted = jixiao("extract", inside, good, "--json", open_folder / "out.json")
    asked = jixiao("reuse", "--workspace", secret / "工作区")
    secret.chmod(0o755)
    assert answer.status == extracted.status == 1
    for told in (answer.err, extracted.err):
        assert f"路径 {inside} 无法打开" in told and len(told.splitlines()) == 1
    assert names_in(workspace, "Project") == {"图书购置"}
    assert asked.status == 2 and "无法读取工作区" in asked.err


def test_a_file_name_that_is_no_utf8(folder: Path, workspace: Path, jixiao: Command, tmp_path: Path) -> None:
    name = os.fsdecode("预算.txt".encode("gb18030"))
    write_form(folder / name)
    write_form(folder / "b.txt", project="书架更新")
    for _ in range(2):
        answer = jixiao("build", folder, "--workspace", workspace)
        assert (answer.status, answer.err) == (0, "")
    assert "未变 2 份" in answer.out
    assert names_in(workspace, "Project") == {"图书购置", "书架更新"}
    assert jixiao("extract", folder, "--json", tmp_path / "out.json").status == 0
    files = [d["file"] for d in json.loads((tmp_path / "out.json").read_text("utf-8"))["documents"]]
    assert sorted(files) == ["b.txt", "预算.txt"]
    (folder / name).unlink()
    assert "随之移除" in jixiao("build", folder, "--workspace", workspace).out
    assert names_in(workspace, "Project") == {"书架更新"}


def test_what_is_no_plain_file_is_left_alone_and_said(
    folder: Path, workspace: Path, jixiao: Command, tmp_path: Path
) -> None:
    write_form(folder / "好.txt")
    os.mkfifo(folder / "管道.txt")
    write_form(tmp_path / "别处" / "另一份.txt", project="书架更新")
    (folder / "链接").symlink_to(tmp_path / "别处")
    (folder / "断链.txt").symlink_to(tmp_path / "没有")
    answer = jixiao("build", folder, "--workspace", workspace)
    assert answer.status == 1 and "断链.txt 无法读取（链接指向的文件不存在）" in answer.err
    assert "不是普通文件的 1 个" in answer.out and "文件夹的链接 1 个" in answer.out
    assert names_in(workspace, "Project") == {"图书购置"}
    answer = jixiao("build", folder / "管道.txt", "--workspace", workspace)
    assert answer.status == 1 and "不是普通文件" in answer.err


def test_a_workspace_inside_a_folder_is_not_read(folder: Path, jixiao: Command) -> None:
    write_form(folder / "好.txt")
    for _ in range(2):
        answer = jixiao("build", folder, "--workspace", folder / "工作区")
        assert (answer.status, answer.err) == (0, "")
        assert "没有读：" not in answer.out


def test_utf32_is_read_and_control_characters_are_not(folder: Path, workspace: Path, jixiao: Command) -> None:
    path = write_form(folder / "a.txt", project="图书\x1b]0;标题\x07购置")
    answer = jixiao("build", folder, "--workspace", workspace)
    assert "\x1b" not in answer.out and "含有坏字节的文件" in answer.out
    assert "2 个控制字符" in (workspace / "issues.jsonl").read_text("utf-8")
    assert names_in(workspace, "Project") == {"图书]0;标题购置"}
    path.write_bytes(write_form(folder / "b.txt").read_text("utf-8").encode("utf-32"))
    assert jixiao("build", folder, "--workspace", workspace).status == 0
    assert names_in(workspace, "Project") == {"图书购置"}


def test_an_empty_path_is_not_the_present_folder(workspace: Path, jixiao: Command) -> None:
    answer = jixiao("build", "", "--workspace", workspace)
    assert answer.status == 2 and "路径是空的" in answer.err and not workspace.exists()
