"""What a workspace holds of files that came from a browser (载入的文件), from its records alone."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.uploads import uploads_folder
from app.workspace import Workspace, decode_records, is_workspace, read_workspace
from ontology.errors import WorkspaceError
from ontology.model import Disclosure, Issue, IssueLevel

_LETTERS = 8


@dataclass(frozen=True, slots=True)
class LoadedFile:
    """One file: its records; in `told` why there are none; in `same_as` the file that has its content."""

    name: str
    told: str | None = None
    same_as: str | None = None
    disclosure: Disclosure | None = None

    @property
    def targets(self) -> int:
        """How many performance targets were read."""
        return len(self.disclosure.targets) if self.disclosure else 0

    @property
    def indicators(self) -> int:
        """How many indicators were read."""
        return sum(len(target.indicators) for target in self.disclosure.targets) if self.disclosure else 0

    @property
    def issues(self) -> Sequence[Issue]:
        """What there is to say of it; rows that were seen and are no data are not worth a look."""
        if self.told is not None:
            return [Issue(level=IssueLevel.ERROR, code="file-unread", message=self.told)]
        found = self.disclosure.issues if self.disclosure else ()
        return [issue for issue in found if issue.code != "row-ignored"]

    @property
    def unread_rows(self) -> int:
        """How many rows gave nothing."""
        return sum(issue.code == "row-unread" for issue in self.issues)


def name_mark(name: str) -> str:
    """What stands for the name of a file in an address: short, and the same after a rebuild."""
    return hashlib.sha256(name.encode()).hexdigest()[:_LETTERS]


def loaded_names(folder: Path) -> dict[str, str]:
    """What the files are called that came from browsers, by their marks; raises WorkspaceError."""
    if not is_workspace(folder):
        return {}
    manifest = read_workspace(folder).manifest
    keys = manifest.keys_under(uploads_folder(folder))
    names = {name_mark(manifest.path_of(key).name): manifest.name_of(key) for key in keys}
    return dict(sorted(names.items(), key=lambda item: item[1]))


def paths_of(folder: Path, marks: Collection[str]) -> list[Path]:
    """Where the files of these marks lie, of those that came from browsers; raises WorkspaceError."""
    manifest = read_workspace(folder).manifest
    paths = (manifest.path_of(key) for key in manifest.keys_under(uploads_folder(folder)))
    return [path for path in paths if name_mark(path.name) in marks]


def read_loaded(folder: Path, marks: Sequence[str]) -> list[LoadedFile]:
    """The files that the workspace has of these marks, in their order; raises WorkspaceError."""
    if not is_workspace(folder):
        return []
    workspace = read_workspace(folder)
    known = workspace.manifest.keys_under(uploads_folder(folder))
    keys = {name_mark(workspace.manifest.path_of(key).name): key for key in known}
    contents = workspace.manifest.contents()
    return [_read(workspace, keys[mark], contents) for mark in dict.fromkeys(marks) if mark in keys]


def _read(workspace: Workspace, key: str, contents: Mapping[str, Sequence[str]]) -> LoadedFile:
    manifest, name = workspace.manifest, workspace.manifest.name_of(key)
    entry = manifest.files[key]
    if entry.sha256 is None or not entry.counts or entry.sha256 not in manifest.records:
        return LoadedFile(name, told=entry.failure or "还没有读")
    # What was there already counts, wherever it lies.
    uploads = uploads_folder(workspace.folder)
    first = min(contents[entry.sha256], key=lambda own: (manifest.path_of(own).is_relative_to(uploads), own))
    try:
        disclosure = decode_records(workspace.read_records(entry.sha256))
    except WorkspaceError as error:
        return LoadedFile(name, told=str(error))
    return LoadedFile(name, same_as=manifest.name_of(first) if first != key else None, disclosure=disclosure)
