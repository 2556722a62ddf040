"""Which files a command was asked to read (收集文件)."""

import hashlib
import os
import re
import stat
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from ingest.reading import COMING, READERS
from ontology.errors import os_reason

WORKSPACE_MARK = "workspace.json"
"""The file that makes a folder a workspace; nothing in there is a disclosure."""

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True, order=True)
class FoundFile:
    """A file to be read: where it lies, and its name for people, below the folder that was asked for."""

    path: Path
    name: str


@dataclass(slots=True)
class FileList:
    """The files found at some paths, and what there cannot be read, a sentence for each."""

    files: list[FoundFile] = field(default_factory=list)
    folders: list[Path] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    """Paths that do not exist: wrong use."""
    failures: dict[Path, str] = field(default_factory=dict)
    """Folders and files that exist and cannot be read."""
    coming: list[str] = field(default_factory=list)
    """Names of files in the folders that may be disclosures, of a type that cannot be read yet."""
    ignored: Counter[str] = field(default_factory=Counter)
    """What in the folders is no disclosure and was left alone, by kind."""

    def nothing_found(self) -> list[str]:
        """What to say where the folders hold no file to read and nothing else was told of."""
        if not self.folders or self.files or self.failures or self.missing:
            return []
        places, kinds = "、".join(map(printable, self.folders)), "、".join(READERS)
        return [f"{places} 中没有找到可读的文件，应有 {kinds} 文件（隐藏的和工作区里的不算）"]


def collect_files(paths: Iterable[Path]) -> FileList:
    """Given files and folders, return the disclosures among and under them, each once, by name.

    A folder is searched to its end, without hidden files and folders, links to folders and workspaces;
    a file that is named is taken whatever its extension, so that a wrong one is told of.
    """
    found = FileList()
    files: dict[Path, FoundFile] = {}
    for path in paths:
        place = _normal(path.absolute())
        try:
            mode = place.stat().st_mode
        except (FileNotFoundError, NotADirectoryError):
            found.missing.append(f"路径 {printable(path)} 不存在，应为文件或文件夹")
        except OSError as error:
            found.failures[place] = f"路径 {printable(path)} 无法打开（{os_reason(error)}）；请检查权限"
        else:
            if stat.S_ISDIR(mode):
                found.folders.append(place)
                for file in _files_under(place, found):
                    files[file.path] = file
            elif stat.S_ISREG(mode):
                files.setdefault(place, FoundFile(place, printable(place.name)))
            else:
                found.failures[place] = f"路径 {printable(path)} 不是普通文件，应为文件或文件夹"
    found.files = sorted(files.values())
    return found


def hash_file(path: Path) -> str:
    """SHA-256 of a file's content, in hex digits; raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_gone(path: Path) -> bool:
    """Whether nothing lies at a path; a path that cannot be looked at is not gone."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


def printable(path: str | Path) -> str:
    """A path or name as text that can be shown and stored anywhere.

    A name that is not UTF-8 is nearly always GB18030 (unpacked from an archive of another system).
    Control characters are shown as �.
    """
    text = str(path)
    if not text.isprintable():
        try:
            text.encode("utf-8")
        except UnicodeEncodeError:
            text = os.fsencode(text).decode("gb18030", errors="replace")
    return _CONTROLS.sub("\ufffd", text)


def _files_under(folder: Path, found: FileList) -> Iterable[FoundFile]:
    def tell(error: OSError) -> None:
        place = _normal(Path(error.filename))
        found.failures[place] = f"文件夹 {printable(place)} 无法打开（{os_reason(error)}）；请检查权限"

    for parent, folders, names in os.walk(folder, onerror=tell):
        if WORKSPACE_MARK in names and Path(parent) != folder:
            folders.clear()
            continue
        links = {name for name in folders if (Path(parent) / name).is_symlink()}
        found.ignored["文件夹的链接"] += len(links)
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in links)
        for name in sorted(names):
            path = _normal(Path(parent) / name)
            suffix = path.suffix.lower()
            if name.startswith((".", "~$")):
                continue
            shown = printable(path.relative_to(folder).as_posix())
            if suffix in COMING:
                found.coming.append(shown)
            elif suffix not in READERS:
                found.ignored[printable(suffix) or "无扩展名"] += 1
            elif _may_be_file(path):
                yield FoundFile(path, shown)
            else:
                found.ignored["不是普通文件的"] += 1
    found.ignored = +found.ignored


def _may_be_file(path: Path) -> bool:
    """Whether a path can be opened as a file; one that cannot be looked at is tried, and told of then."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return True


def _normal(path: Path) -> Path:
    """The path without `..`, so that one file has one name; links stay as they are named."""
    return Path(os.path.normpath(path))
