"""Which files a command was asked to read (收集文件)."""

import hashlib
import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from ingest.reading import COMING, READERS


@dataclass(slots=True)
class FileList:
    """The files found at some paths, and what there cannot be read, a sentence for each."""

    files: list[Path] = field(default_factory=list)
    folders: list[Path] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    """Paths that do not exist: wrong use."""
    failures: dict[Path, str] = field(default_factory=dict)
    """Folders and files that exist and cannot be read."""
    ignored: Counter[str] = field(default_factory=Counter)
    """Files in folders that are no disclosures, by extension."""


def collect_files(paths: Iterable[Path]) -> FileList:
    """Given files and folders, return the disclosures among and under them, each once, by name.

    A folder is searched to its end, without hidden files and folders; a file that is named is taken
    whatever its extension, so that a wrong one is told of.
    """
    found = FileList()
    files: set[Path] = set()
    for path in paths:
        place = path.absolute()
        if place.is_dir():
            found.folders.append(_normal(place))
            files.update(_files_under(place, found))
        elif place.exists():
            files.add(_normal(place))
        else:
            found.missing.append(f"路径 {path} 不存在，应为文件或文件夹")
    found.files = sorted(files)
    return found


def hash_file(path: Path) -> str:
    """SHA-256 of a file's content, in hex digits; raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _files_under(folder: Path, found: FileList) -> Iterable[Path]:
    def tell(error: OSError) -> None:
        place = _normal(Path(error.filename))
        found.failures[place] = f"文件夹 {place} 无法打开（{error.strerror}）；请检查权限"

    for parent, folders, names in os.walk(folder, onerror=tell):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = _normal(Path(parent) / name)
            suffix = path.suffix.lower()
            if name.startswith((".", "~$")):
                continue
            if suffix in READERS or suffix in COMING:
                yield path
            else:
                found.ignored[suffix or "无扩展名"] += 1


def _normal(path: Path) -> Path:
    """The path without `..`, so that one file has one name; links stay as they are named."""
    return Path(os.path.normpath(path))
