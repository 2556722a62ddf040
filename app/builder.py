"""Building a workspace (构建): changed files are read, and the graph made to hold exactly the records."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from uuid import uuid4

from app.files import FileList, collect_files, hash_file
from app.pipeline import ReadFailure, guard, load_disclosure, load_document
from app.workspace import FileEntry, Workspace, open_workspace, read_workspace
from graph.reuse import GraphCounts, files_without_targets, graph_counts, stored_disclosures
from graph.store import GraphStore, discard_store, open_store
from ontology.errors import StoreDamaged, WorkspaceError
from ontology.ids import disclosure_id

Track = Callable[[Sequence[str]], Iterable[str]]
"""Goes through names and shows how far it has come."""

_SAVE_EVERY_S = 5.0


@dataclass(slots=True)
class BuildReport:
    """What a build did, for the person at the terminal; files by their paths."""

    folder: Path
    read: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    repeated: list[tuple[str, str]] = field(default_factory=list)
    """Files whose content stands under another name too, and the name under which it was read."""
    missing: list[str] = field(default_factory=list)
    failures: dict[str, str] = field(default_factory=dict)
    ignored: Counter[str] = field(default_factory=Counter)
    remarks: list[str] = field(default_factory=list)
    counts: GraphCounts | None = None
    issues: Counter[str] = field(default_factory=Counter)
    """Issues of the whole workspace by code."""
    without_targets: list[str] = field(default_factory=list)
    """Names of the files that hold no performance target."""


def rebuild_graph(folder: Path, *, track: Track) -> BuildReport:
    """Build a workspace's graph again from its records; raises WorkspaceError and StoreError."""
    report = BuildReport(folder)
    with open_workspace(folder) as workspace, _open_graph(workspace, report) as store:
        build = _Build(workspace, store, report, track)
        build.load_contents(set())
        build.publish()
    return report


def build_workspace(paths: Iterable[Path], folder: Path, *, track: Track) -> BuildReport:
    """Read the files that changed since the last build, and bring the graph to what all records say.

    A folder among the paths is mirrored: what vanished from it leaves the workspace. A file that
    fails is told of and the others go on. Raises WorkspaceError and StoreError.
    """
    found = collect_files(paths)
    report = BuildReport(folder, missing=found.missing, ignored=found.ignored)
    report.failures = {str(path): told for path, told in found.failures.items()}
    if found.files or found.folders:
        with open_workspace(folder) as workspace, _open_graph(workspace, report) as store:
            build = _Build(workspace, store, report, track)
            build.note_files(found)
            build.load_contents({str(path) for path in found.files})
            build.publish()
    return report


@dataclass(slots=True)
class _Build:
    """One build under way; `in_graph` are the records that the graph holds, by content and their hash."""

    workspace: Workspace
    store: GraphStore
    report: BuildReport
    track: Track
    run_id: str = field(default_factory=lambda: uuid4().hex)
    in_graph: dict[str, str] = field(default_factory=dict)
    has_written: bool = False

    def note_files(self, found: FileList) -> None:
        """Hash every file, and forget those that vanished from a folder that is mirrored."""
        files = self.workspace.manifest.files
        for path in found.files:
            try:
                files[str(path)] = FileEntry(hash_file(path))
            except OSError as error:
                failure = ReadFailure(f"文件 {path} 无法读取（{error.strerror}）；请检查权限")
                self._fail([str(path)], None, failure)
        present = set(found.files)
        for name in sorted(files):
            path = Path(name)
            if path not in present and _is_under(path, found.folders) and not _is_under(path, found.failures):
                del files[name]
                self.report.removed.append(name)

    def load_contents(self, asked: set[str]) -> None:
        """Bring the records and the graph of every content up to date; `asked` are this build's files."""
        stored = stored_disclosures(self.store)
        self.in_graph = {
            sha256: digest
            for sha256, digest in self.workspace.manifest.graph.items()
            if disclosure_id(sha256) in stored
        }
        contents = self.workspace.contents()
        saved = time.monotonic()
        try:
            for sha256 in self.track(list(contents)):
                names = contents[sha256]
                self.report.repeated += [(name, names[0]) for name in names[1:] if name in asked]
                self._load_content(sha256, names, is_asked=not asked.isdisjoint(names))
                if time.monotonic() - saved > _SAVE_EVERY_S:
                    self.workspace.save_manifest()
                    saved = time.monotonic()
        except KeyboardInterrupt:
            # What was read is kept; the graph is not published and stays as it was.
            self.workspace.save_manifest()
            raise

    def publish(self) -> None:
        """Take out of the graph what no record states any more, and show it to readers."""
        self.workspace.forget_unused()
        wanted = {sha256: entry.digest for sha256, entry in self.workspace.manifest.records.items()}
        stale = stored_disclosures(self.store) - {disclosure_id(sha256) for sha256 in wanted}
        for own_id in sorted(stale):
            self.store.delete_disclosure(own_id)
        if stale or self.has_written or not self.workspace.graph_file.is_file():
            self.store.publish()
        self.report.counts = graph_counts(self.store)
        self.report.without_targets = files_without_targets(self.store)
        self.workspace.manifest.graph = wanted
        self.workspace.save_manifest()
        self.report.issues = self.workspace.save_issues()

    def _load_content(self, sha256: str, names: list[str], *, is_asked: bool) -> None:
        path = Path(names[0])
        if self.workspace.has_records(sha256, file=path.name) and self._load_records(sha256):
            if is_asked:
                self.report.unchanged.append(names[0])
            return
        if not path.exists() and sha256 in self.workspace.manifest.records and self._load_records(sha256):
            self.report.remarks.append(f"文件 {path} 已不在原处，沿用以前读出的记录")
            return
        step = partial(load_document, path, self.workspace, self.store, run_id=self.run_id)
        result = guard(path, step)
        if isinstance(result, ReadFailure):
            self._fail(names, sha256, result)
            return
        self.has_written = True
        self.report.read.append(names[0])
        if result.sha256 != sha256:
            self.workspace.manifest.files[names[0]] = FileEntry(result.sha256)

    def _load_records(self, sha256: str) -> bool:
        """Bring the graph up to date from records; False where they are damaged and must be read again."""
        if self.in_graph.get(sha256) == self.workspace.manifest.records[sha256].digest:
            return True
        try:
            disclosure = self.workspace.load_records(sha256)
        except WorkspaceError as error:
            self.report.remarks.append(str(error))
            return False
        load_disclosure(disclosure, self.store, run_id=self.run_id)
        self.has_written = True
        return True

    def _fail(self, names: Iterable[str], sha256: str | None, failure: ReadFailure) -> None:
        for name in names:
            self.report.failures[name] = failure.message
            self.workspace.manifest.files[name] = FileEntry(sha256, failure.message, failure.detail)


@contextmanager
def open_graph(folder: Path, report: Callable[[str], None], *, track: Track) -> Iterator[GraphStore]:
    """Open a workspace's published graph for reading; one that cannot be used is first built again.

    Raises WorkspaceError where the folder is no workspace; `report` is told of a rebuilding.
    """
    graph_file = read_workspace(folder).graph_file
    try:
        store = open_store(graph_file, read_only=True)
    except StoreDamaged:
        for remark in rebuild_graph(folder, track=track).remarks:
            report(remark)
        store = open_store(graph_file, read_only=True)
    with store:
        yield store


@contextmanager
def _open_graph(workspace: Workspace, report: BuildReport) -> Iterator[GraphStore]:
    """Open the workspace's graph for writing; one that cannot be used is emptied, to be built anew."""
    path = workspace.graph_file
    if workspace.manifest.graph and not path.is_file():
        report.remarks.append(f"没有图谱文件 {path}，已由记录重建")
    try:
        store = open_store(path)
    except StoreDamaged as error:
        report.remarks.append(f"{error}；已重建")
        discard_store(path)
        store = open_store(path)
    with store:
        yield store


def _is_under(path: Path, folders: Iterable[Path]) -> bool:
    return any(path.is_relative_to(folder) for folder in folders)
