"""Files that come from a browser (上传的文件): what is taken, and under which name it is kept.

A name from a browser is data: it is made safe before it names a file, and never says where one lies.
"""

import os
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.workspace import UPLOADS
from ingest.reading import COMING, READERS
from ontology.errors import WorkspaceError, os_reason

MOST_FILES = 20
MOST_MEGABYTES = 20
_MEGABYTE = 1024 * 1024
_LONGEST_STEM, _LONGEST_ENDING = 160, 32
"""Bytes: a file system takes 255 for a whole name, and a number may come behind."""
_NO_NAME = "文件"
_SEPARATORS = re.compile(r"[/\\]")
_FORBIDDEN = re.compile(r'[<>:"|?*]')
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
"""What Windows takes for a device, whatever ending follows."""
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Controls, marks that turn the direction of writing, halves of pairs, ends of lines."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as a browser sent it."""

    name: str
    data: bytes


def uploads_folder(folder: Path) -> Path:
    """Where a workspace keeps what came from browsers."""
    return Path(os.path.normpath(folder.absolute())) / UPLOADS


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something is not taken: a sentence, and what stands in its gaps."""

    words: str
    values: Mapping[str, object]

    @property
    def said(self) -> str:
        """The sentence with its gaps filled."""
        return self.words.format(**self.values)


def why_not_taken(name: str, size: int) -> Refusal | None:
    """Why a file is not taken; None where it is."""
    ending, kinds = Path(safe_name(name)).suffix.lower(), "、".join(READERS)
    if ending in COMING:
        return Refusal("{ending} 还不能读，请先转成文本（{kinds}）", {"ending": ending, "kinds": kinds})
    if ending not in READERS:
        return Refusal("不是能读的类型（{kinds}）", {"kinds": kinds})
    if size == 0:
        return Refusal("是空文件", {})
    if size > MOST_MEGABYTES * _MEGABYTE:
        return Refusal(
            "有 {size} MB，一个文件最多 {most} MB",
            {"size": f"{size / _MEGABYTE:.1f}", "most": MOST_MEGABYTES},
        )
    return None


def why_too_many(count: int) -> Refusal | None:
    """Why so many files are not taken at once; None where they are."""
    if count <= MOST_FILES:
        return None
    return Refusal(
        "一次最多 {most} 个文件，选了 {count} 个；请分几次载入", {"most": MOST_FILES, "count": count}
    )


def safe_name(name: str) -> str:
    """A name that names a file in one folder on every system, and nothing else.

    >>> safe_name("../../etc/2024年预算.txt"), safe_name("CON.md"), safe_name("..")
    ('2024年预算.txt', '_CON.md', '文件')
    """
    last = unicodedata.normalize("NFC", _SEPARATORS.split(name)[-1])
    visible = "".join(char for char in last if unicodedata.category(char) not in _INVISIBLE)
    allowed = _FORBIDDEN.sub("_", visible).rstrip(" .")
    stem, dot, ending = allowed.rpartition(".") if "." in allowed else (allowed, "", "")
    # A name that begins with a point or ~$ is hidden, or a lock of an office program.
    stem = _cut(stem.lstrip(" .~$"), _LONGEST_STEM).rstrip(" .") or _NO_NAME
    return f"{'_' if _DEVICES.match(stem) else ''}{stem}{dot}{_cut(ending, _LONGEST_ENDING)}"


def _cut(text: str, most: int) -> str:
    """As much of a text as fits into so many bytes."""
    return text.encode()[:most].decode(errors="ignore")


def store_uploads(folder: Path, uploads: Sequence[Upload]) -> list[Path]:
    """Keep files in a workspace's folder of uploads, and return where.

    A name that is taken by another content gets a number; the same content is not written again.
    Raises WorkspaceError for what is not taken or cannot be written; then nothing is kept.
    """
    too_many = why_too_many(len(uploads))
    if too_many:
        raise WorkspaceError(too_many.said)
    for upload in uploads:
        refusal = why_not_taken(upload.name, len(upload.data))
        if refusal:
            raise WorkspaceError(f"文件 {safe_name(upload.name)} 没有载入：{refusal.said}")
    place = uploads_folder(folder)
    written: list[Path] = []
    try:
        place.mkdir(parents=True, exist_ok=True)
        return list(dict.fromkeys(_store(place, upload, written) for upload in uploads))
    except OSError as error:
        forget_files(written)
        raise WorkspaceError(f"无法写入 {place}（{os_reason(error)}）；请检查磁盘空间和权限") from error


def _store(place: Path, upload: Upload, written: list[Path]) -> Path:
    """Write one file, or find it there; `written` gets what is new before it is whole."""
    path = place / safe_name(upload.name)
    stem, ending, number = path.stem, path.suffix, 1
    while True:
        try:
            # "x": what already lies there is never written over.
            with path.open("xb") as file:
                written.append(path)
                file.write(upload.data)
        except FileExistsError:
            if path.is_file() and not path.is_symlink() and path.read_bytes() == upload.data:
                return path
        else:
            return path
        number += 1
        path = place / f"{stem}({number}){ending}"


def forget_files(paths: Sequence[Path]) -> list[str]:
    """Take files away again that were kept in vain; returns a sentence for each that could not be."""
    told = []
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            told.append(f"文件 {path} 没有删掉（{os_reason(error)}），请在服务器上删去")
    return told
