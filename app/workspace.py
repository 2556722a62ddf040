"""The workspace (工作区): the records of every file, from which any graph can be built again.

    workspace.json     format, which files were read, which records are in the graph
    records/SHA.json   the records of one file, by the hash of its content
    issues.jsonl       what could not be read or was decided by a rule, one line each
    graph.kgl          the embedded graph

Every file is written beside its place and moved there, so a killed build leaves the one before.
"""

import hashlib
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import msgspec
from filelock import FileLock, Timeout

from ontology.errors import WorkspaceBusy, WorkspaceError
from ontology.model import Disclosure, Issue, IssueLevel

FORMAT = 1
MANIFEST = "workspace.json"
ISSUE_LOG = "issues.jsonl"
_LOCK = ".lock"
_READING_PACKAGES = ("ontology", "nlp", "ingest")


class FileEntry(msgspec.Struct, frozen=True, omit_defaults=True):
    """One file that was read: the hash of its content, or why it could not be read."""

    sha256: str | None
    failure: str | None = None
    detail: str | None = None
    """Where in the program it failed, when that is the program's fault."""


class RecordEntry(msgspec.Struct, frozen=True):
    """The records of one content: their own hash, the file they name, the reader that made them."""

    digest: str
    file: str
    reader: str


class Manifest(msgspec.Struct):
    """What the workspace holds: files by path, records by content hash, the records in the graph."""

    format: int = FORMAT
    files: dict[str, FileEntry] = {}
    records: dict[str, RecordEntry] = {}
    graph: dict[str, str] = {}


class _Issues(msgspec.Struct):
    """The part of a file's records that goes into the issue log."""

    file: str
    issues: tuple[Issue, ...]


@dataclass(slots=True)
class Workspace:
    """An open workspace folder."""

    folder: Path
    manifest: Manifest = field(default_factory=Manifest)

    @property
    def graph_file(self) -> Path:
        """Where the embedded graph is kept."""
        return self.folder / "graph.kgl"

    def records_file(self, sha256: str) -> Path:
        """Where the records of a content are kept."""
        return self.folder / "records" / f"{sha256}.json"

    def has_records(self, sha256: str, *, file: str) -> bool:
        """Whether a content was read, as this file and by this version of the reader, and is kept."""
        entry = self.manifest.records.get(sha256)
        is_new = entry is not None and (entry.file, entry.reader) == (file, reader_fingerprint())
        return is_new and self.records_file(sha256).is_file()

    def save_records(self, disclosure: Disclosure) -> None:
        """Keep the records of one file."""
        data = msgspec.json.encode(disclosure)
        write_safely(self.records_file(disclosure.sha256), data)
        digest = hashlib.sha256(data).hexdigest()
        self.manifest.records[disclosure.sha256] = RecordEntry(digest, disclosure.file, reader_fingerprint())

    def load_records(self, sha256: str) -> Disclosure:
        """The records of one content; raises WorkspaceError where they are damaged."""
        path = self.records_file(sha256)
        try:
            return msgspec.json.decode(path.read_bytes(), type=Disclosure)
        except (OSError, msgspec.DecodeError) as error:
            raise WorkspaceError(
                f"记录文件 {path} 无法读取（{error}）；请重新运行 jixiao build 读取原文件"
            ) from error

    def contents(self) -> dict[str, list[str]]:
        """Every content that can be read, by hash, with the files that hold it, by name."""
        contents: dict[str, list[str]] = {}
        for name, entry in sorted(self.manifest.files.items()):
            if entry.sha256 is not None and entry.failure is None:
                contents.setdefault(entry.sha256, []).append(name)
        return contents

    def save_manifest(self) -> None:
        """Keep what the workspace holds."""
        write_safely(
            self.folder / MANIFEST, msgspec.json.format(msgspec.json.encode(self.manifest), indent=1)
        )

    def save_issues(self) -> Counter[str]:
        """Write the issue log anew from the records and the files that failed; returns the issues by code."""
        lines = []
        codes: Counter[str] = Counter()
        for path, entry in sorted(self.manifest.files.items()):
            if entry.failure:
                failure = {
                    "file": path,
                    "level": IssueLevel.ERROR,
                    "code": "file-unread",
                    "message": entry.failure,
                }
                lines.append(
                    msgspec.json.encode(failure | ({"detail": entry.detail} if entry.detail else {}))
                )
                codes["file-unread"] += 1
        for sha256 in self.manifest.records:
            kept = msgspec.json.decode(self.records_file(sha256).read_bytes(), type=_Issues)
            for issue in kept.issues:
                lines.append(msgspec.json.encode({"file": kept.file, **msgspec.to_builtins(issue)}))
                codes[issue.code] += 1
        write_safely(self.folder / ISSUE_LOG, b"".join(line + b"\n" for line in lines))
        return codes

    def forget_unused(self) -> None:
        """Drop the records of contents that no file holds any more."""
        used = self.contents()
        for sha256 in [sha256 for sha256 in self.manifest.records if sha256 not in used]:
            del self.manifest.records[sha256]
            self.records_file(sha256).unlink(missing_ok=True)


def write_safely(path: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all."""
    beside = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        raise WorkspaceError(f"无法写入 {path}（{error.strerror}）；请检查磁盘空间和权限") from error


@contextmanager
def open_workspace(folder: Path) -> Iterator[Workspace]:
    """Open a workspace for writing; one process at a time, others get WorkspaceBusy at once.

    Raises WorkspaceError where the folder holds something else, is of a newer version, or cannot be written.
    """
    _prepare_folder(folder)
    lock = FileLock(folder / _LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise WorkspaceBusy(
            f"工作区 {folder} 正由另一个进程写入；请等它结束，或用 --workspace 另选一个"
        ) from error
    except OSError as error:
        raise WorkspaceError(f"无法写入工作区 {folder}（{error.strerror}）；请检查权限") from error
    try:
        workspace = Workspace(folder, read_manifest(folder))
        if not (folder / MANIFEST).is_file():
            workspace.save_manifest()
        for left in [*folder.glob("*.tmp"), *(folder / "records").glob("*.tmp")]:
            left.unlink()
        yield workspace
    finally:
        lock.release()


def _prepare_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        names = {path.name for path in folder.iterdir()} - {_LOCK}
    except OSError as error:
        raise WorkspaceError(f"无法使用工作区 {folder}（{error.strerror}）；应为可写的文件夹") from error
    if names and MANIFEST not in names:
        raise WorkspaceError(
            f"文件夹 {folder} 里有别的文件，不是工作区；请为 --workspace 另选一个空的或新的文件夹"
        )


def read_workspace(folder: Path) -> Workspace:
    """Open a workspace for reading; raises WorkspaceError where there is none."""
    if not (folder / MANIFEST).is_file():
        raise WorkspaceError(
            f"{folder} 不是工作区（没有 {MANIFEST}）；请先运行 jixiao build 文件… --workspace {folder}"
        )
    return Workspace(folder, read_manifest(folder))


def read_manifest(folder: Path) -> Manifest:
    """What a workspace says of itself; an empty one where nothing was written yet."""
    path = folder / MANIFEST
    if not path.is_file():
        return Manifest()
    try:
        data = path.read_bytes()
        version = msgspec.json.decode(data, type=dict[str, object]).get("format")
    except (OSError, msgspec.DecodeError) as error:
        raise WorkspaceError(
            f"{path} 已损坏（{error}）；请删除工作区 {folder} 后重新运行 jixiao build"
        ) from error
    if not isinstance(version, int) or version > FORMAT:
        raise WorkspaceError(
            f"工作区 {folder} 的格式是 {version}，本版本只认识到 {FORMAT}；请升级 jixiao，或另选工作区"
        )
    return msgspec.json.decode(data, type=Manifest)


@cache
def reader_fingerprint() -> str:
    """A hash of everything that decides how a file is read: code and vocabulary."""
    root = Path(__file__).resolve().parent.parent
    digest = hashlib.sha256()
    for package in _READING_PACKAGES:
        for path in sorted((root / package).rglob("*")):
            if path.suffix in (".py", ".ttl", ".toml"):
                digest.update(path.relative_to(root).as_posix().encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()
