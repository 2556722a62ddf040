"""Where a command writes its result (输出): a file, whole or not at all, or standard output."""

import os
import stat
import sys
from contextlib import suppress
from pathlib import Path

import msgspec

from ontology.errors import OutputError, os_reason

STANDARD_OUTPUT = "-"


def check_place(place: str) -> None:
    """See that a result can be written to a place before the work begins; raises OutputError."""
    if place == STANDARD_OUTPUT:
        return
    if not place.strip():
        raise OutputError("输出文件的名称是空的，应为文件，或 - 表示标准输出")
    path = Path(place)
    if path.is_dir():
        raise OutputError(f"输出位置 {path} 是文件夹，应为文件")
    if not _target(path).parent.is_dir():
        raise OutputError(f"输出文件 {path} 所在的文件夹不存在，应先建好")


def write_output(place: str, data: bytes) -> None:
    """Write a result to a file, or to standard output for “-”; raises OutputError.

    A link stays a link, and a pipe or device is written into, not replaced.
    """
    if place == STANDARD_OUTPUT:
        sys.stdout.flush()
        stream = getattr(sys.stdout, "buffer", None)
        if stream is None:
            sys.stdout.write(data.decode("utf-8"))
        else:
            stream.write(data)
            stream.flush()
        return
    check_place(place)
    path = Path(place)
    try:
        if path.exists() and not stat.S_ISREG(path.stat().st_mode):
            path.write_bytes(data)
        else:
            _replace(_target(path), data)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(f"无法写入 {path}（{os_reason(error)}）；请检查磁盘空间和权限") from error


def write_json(place: str, value: object) -> None:
    """Write a value as JSON."""
    write_output(place, msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n")


def write_csv(place: str, text: str) -> None:
    """Write CSV; into a file with the mark by which Excel takes it for UTF-8."""
    write_output(place, text.encode("utf-8" if place == STANDARD_OUTPUT else "utf-8-sig"))


def _target(path: Path) -> Path:
    """The file itself, where the path is a link to it."""
    return path.resolve() if path.is_symlink() else path


def _replace(path: Path, data: bytes) -> None:
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with beside.open("wb") as file:
            file.write(data)
        if path.exists():
            beside.chmod(stat.S_IMODE(path.stat().st_mode))
        beside.replace(path)
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
