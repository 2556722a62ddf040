"""What a workspace says of itself (工作区清单): its files and their records."""

import os
from pathlib import Path

import msgspec

from app.files import WORKSPACE_MARK, printable

FORMAT = 1
MANIFEST = WORKSPACE_MARK


class FileEntry(msgspec.Struct, frozen=True, omit_defaults=True):
    """One file that was read: the hash of its content, or why it could not be read."""

    sha256: str | None
    failure: str | None = None
    detail: str | None = None
    """Where in the program it failed, when that is the program's fault."""
    name: str = ""
    """What people call it: its name below the folder that was asked for."""
    kept: bool = False
    """It could not be read this time, and what was read from it before still counts."""
    raw_path: str | None = None
    """The bytes of its path in hex digits, where they are no UTF-8."""

    @property
    def counts(self) -> bool:
        """Whether it stands for a content that was read."""
        return self.sha256 is not None and (self.failure is None or self.kept)


class RecordEntry(msgspec.Struct, frozen=True):
    """The records of one content: their own hash, the file they name, the reader that made them."""

    digest: str
    file: str
    reader: str


class Manifest(msgspec.Struct):
    """What the workspace holds: files by path, records by content hash."""

    format: int = FORMAT
    workspace_id: str = ""
    """Tells the graphs on a server apart: one is loaded from one workspace."""
    files: dict[str, FileEntry] = {}
    records: dict[str, RecordEntry] = {}
    judged: dict[str, str] = {}
    """Of which judgements (by a hash of their file) each of the workspace's graphs knows."""
    unfinished: bool = False
    """Whether a build began and has not ended: the graph then shows less than the files hold."""

    def path_of(self, key: str) -> Path:
        """Where the file of an entry lies."""
        raw = self.files[key].raw_path
        return Path(os.fsdecode(bytes.fromhex(raw))) if raw else Path(key)

    def name_of(self, key: str) -> str:
        """What people call the file of an entry."""
        return self.files[key].name or Path(key).name

    def keys_under(self, path: Path) -> list[str]:
        """The entries of the files at or under a path."""
        return sorted(key for key in self.files if self.path_of(key).is_relative_to(path))

    def unread(self) -> list[str]:
        """Contents that no records tell of yet."""
        return [sha256 for sha256 in self.contents() if sha256 not in self.records]

    def contents(self) -> dict[str, list[str]]:
        """Every content that was read, by hash, with the keys of the files that hold it."""
        contents: dict[str, list[str]] = {}
        for key, entry in sorted(self.files.items()):
            if entry.sha256 is not None and entry.counts:
                contents.setdefault(entry.sha256, []).append(key)
        return contents


def path_key(path: Path) -> tuple[str, str | None]:
    """A path as the key of its entry, and its bytes in hex digits where they are no UTF-8."""
    text = str(path)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raw = os.fsencode(path)
        return f"{printable(path)} ({raw.hex()[-12:]})", raw.hex()
    return text, None
