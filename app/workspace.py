"""The workspace (工作区): the records of every file, from which any graph can be built again.

    workspace.json     format, which files were read, their records
    records/SHA.json   the records of one file, by the hash of its content
    records.jsonl      while a build is under way: the records kept since it began, one line each
    issues.jsonl       what could not be read or was decided by a rule, one line each
    graph.kgl          the embedded graph
    judgements.jsonl   what people have judged
    uploads/           files that came from a browser

Every file is written beside its place and moved there, so a killed build leaves the one before.
"""

import hashlib
import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import msgspec
from filelock import FileLock, Timeout

from app.fingerprints import graph_fingerprint, reader_fingerprint
from app.manifest import FORMAT, MANIFEST, Manifest, RecordEntry
from ontology.errors import WorkspaceBusy, WorkspaceError, os_reason
from ontology.model import Disclosure, Issue, IssueLevel

ISSUE_LOG = "issues.jsonl"
UPLOADS = "uploads"
_LOCK = ".lock"
_JOURNAL = "records.jsonl"
_GRAPH = "graph.kgl"
_OWN = (".", MANIFEST, ISSUE_LOG, "records", _GRAPH, "judgements.jsonl", UPLOADS)
"""How the names of what a workspace holds begin."""
_RECORDS = re.compile(r"[0-9a-f]{64}\.json")


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
        return self.folder / _GRAPH

    def records_file(self, sha256: str) -> Path:
        """Where the records of a content are kept."""
        return self.folder / "records" / f"{sha256}.json"

    def is_current(self, sha256: str, *, file: str) -> bool:
        """Whether a content was read as this file and by this version of the reader."""
        entry = self.manifest.records.get(sha256)
        return entry is not None and (entry.file, entry.reader) == (file, reader_fingerprint())

    def stamp(self, sha256: str) -> str:
        """What a content's part of a graph is loaded from: its records and the program that makes graphs."""
        made_of = f"{self.manifest.records[sha256].digest[:32]}-{graph_fingerprint()[:32]}"
        return f"{self.manifest.workspace_id}:{made_of}"

    def has_loaded(self, stamp: str | None) -> bool:
        """Whether what a graph says it was loaded from is this workspace."""
        return stamp is not None and stamp.partition(":")[0] == self.manifest.workspace_id

    def save_records(self, disclosure: Disclosure) -> None:
        """Keep the records of one file."""
        data = msgspec.json.encode(disclosure)
        write_safely(self.records_file(disclosure.sha256), data)
        digest = hashlib.sha256(data).hexdigest()
        entry = RecordEntry(digest, disclosure.file, reader_fingerprint())
        self.manifest.records[disclosure.sha256] = entry
        _note_records(self.folder / _JOURNAL, {disclosure.sha256: entry})

    def read_records(self, sha256: str) -> bytes:
        """The records of one content as kept; raises WorkspaceError where they are gone or changed."""
        path = self.records_file(sha256)
        try:
            data = path.read_bytes()
        except OSError as error:
            raise WorkspaceError(f"记录文件 {path} 无法读取（{os_reason(error)}）") from error
        if hashlib.sha256(data).hexdigest() != self.manifest.records[sha256].digest:
            raise WorkspaceError(f"记录文件 {path} 与写入时不同，已损坏")
        return data

    def not_in_graph(self, sha256: str, error: WorkspaceError) -> str:
        """What to say of a content whose records cannot give its part of the graph."""
        return (
            f"{error}，图谱中没有文件 {self.manifest.records[sha256].file}；"
            f"请用原来的路径再运行 jixiao build 路径… --workspace {self.folder}，会重新读取它"
        )

    def save_manifest(self) -> None:
        """Keep what the workspace holds."""
        write_safely(
            self.folder / MANIFEST, msgspec.json.format(msgspec.json.encode(self.manifest), indent=1)
        )
        (self.folder / _JOURNAL).unlink(missing_ok=True)

    def save_issues(self, issues: Mapping[str, tuple[Issue, ...]]) -> Counter[str]:
        """Write the issue log anew: files that failed, and what there is to say of each content.

        `issues` are by content hash. Returns how many there are of each code.
        """
        lines: list[dict[str, object]] = []
        codes: Counter[str] = Counter()
        for key, entry in sorted(self.manifest.files.items()):
            if entry.failure:
                told = {
                    "file": self.manifest.name_of(key),
                    "path": key,
                    "level": IssueLevel.ERROR,
                    "code": "file-unread",
                }
                detail = {"detail": entry.detail} if entry.detail else {}
                lines.append({**told, "message": entry.failure, **detail})
        for sha256, keys in sorted(self.manifest.contents().items(), key=lambda item: item[1]):
            place = {"file": self.manifest.name_of(keys[0]), "path": keys[0]}
            lines += [{**place, **msgspec.to_builtins(issue)} for issue in issues.get(sha256, ())]
        for line in lines:
            codes[str(line["code"])] += 1
        write_safely(self.folder / ISSUE_LOG, b"".join(msgspec.json.encode(line) + b"\n" for line in lines))
        return codes

    def forget_unused(self) -> None:
        """Drop the records of contents that no file holds any more."""
        used = self.manifest.contents()
        for sha256 in [sha256 for sha256 in self.manifest.records if sha256 not in used]:
            del self.manifest.records[sha256]
            self.records_file(sha256).unlink(missing_ok=True)

    def sweep(self) -> None:
        """Remove what a killed build left: half-written files, records that nothing knows of."""
        records = self.folder / "records"
        unknown = [
            path
            for path in records.glob("*.json")
            if _RECORDS.fullmatch(path.name) and path.stem not in self.manifest.records
        ]
        for left in [*self.folder.glob("*.tmp"), *records.glob("*.tmp"), *unknown]:
            left.unlink(missing_ok=True)


def decode_records(data: bytes) -> Disclosure:
    """Records as they were kept."""
    return msgspec.json.decode(data, type=Disclosure)


def decode_issues(data: bytes) -> tuple[Issue, ...]:
    """The issues in records as they were kept."""
    return msgspec.json.decode(data, type=_Issues).issues


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
        raise WorkspaceError(f"无法写入 {path}（{os_reason(error)}）；请检查磁盘空间和权限") from error


def _note_records(path: Path, entries: dict[str, RecordEntry]) -> None:
    """Note at once that records are there: the manifest of many files takes too long to write for each."""
    try:
        with path.open("ab") as file:
            file.write(msgspec.json.encode(entries) + b"\n")
    except OSError as error:
        raise WorkspaceError(f"无法写入 {path}（{os_reason(error)}）；请检查磁盘空间和权限") from error


def _noted_records(path: Path) -> dict[str, RecordEntry]:
    """The records kept since the manifest was last written; a line that a killed build tore is none."""
    noted: dict[str, RecordEntry] = {}
    with suppress(FileNotFoundError):
        for line in path.read_bytes().splitlines():
            with suppress(msgspec.DecodeError):
                noted |= msgspec.json.decode(line, type=dict[str, RecordEntry])
    return noted


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
        raise WorkspaceError(f"无法写入工作区 {folder}（{os_reason(error)}）；请检查权限") from error
    try:
        workspace = Workspace(folder, _read_manifest(folder) or Manifest())
        workspace.sweep()
        workspace.manifest.workspace_id = workspace.manifest.workspace_id or uuid4().hex
        if not (folder / MANIFEST).is_file():
            workspace.save_manifest()
        yield workspace
    finally:
        lock.release()


def _prepare_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        names = {path.name for path in folder.iterdir()}
    except OSError as error:
        raise WorkspaceError(f"无法使用工作区 {folder}（{os_reason(error)}）；应为可写的文件夹") from error
    others = {name for name in names if not name.startswith(_OWN)}
    if others and MANIFEST not in names:
        raise WorkspaceError(
            f"文件夹 {folder} 里有别的文件，不是工作区；请为 --workspace 另选一个空的或新的文件夹"
        )


def is_workspace(folder: Path) -> bool:
    """Whether a workspace was begun in a folder."""
    return (folder / MANIFEST).is_file()


def read_workspace(folder: Path) -> Workspace:
    """Open a workspace for reading; raises WorkspaceError where there is none."""
    manifest = _read_manifest(folder)
    if manifest is None:
        raise WorkspaceError(
            f"{folder} 不是工作区（没有 {MANIFEST}）；请先运行 jixiao build 文件… --workspace {folder}"
        )
    return Workspace(folder, manifest)


def _read_manifest(folder: Path) -> Manifest | None:
    """What a workspace says of itself; None where nothing was written yet."""
    path = folder / MANIFEST
    try:
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise WorkspaceError(f"无法读取工作区 {folder}（{os_reason(error)}）；请检查权限") from error
    try:
        version = msgspec.json.decode(data, type=dict[str, object]).get("format")
        if isinstance(version, int) and version <= FORMAT:
            manifest = msgspec.json.decode(data, type=Manifest)
            manifest.records.update(_noted_records(folder / _JOURNAL))
            return manifest
    except msgspec.DecodeError as error:
        raise WorkspaceError(f"{path} 已损坏；请把它移走，再运行 jixiao build 读取原来的文件") from error
    raise WorkspaceError(
        f"工作区 {folder} 的格式是 {version}，本版本只认识到 {FORMAT}；请升级 jixiao，或另选工作区"
    )
