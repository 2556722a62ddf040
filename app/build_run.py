"""One build under way (构建过程): which files there are, what they hold, what the graph shows."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from uuid import uuid4

from app.build_report import BuildReport
from app.files import FileList, FoundFile, hash_file, is_gone
from app.judgement_file import digest_of_judgements, read_judgements
from app.manifest import FileEntry, path_key
from app.pipeline import ReadFailure, guard, load_disclosure, load_document
from app.workspace import ISSUE_LOG, Workspace, decode_issues, decode_records
from graph.derived import derive
from graph.judged import unknown_sides
from graph.judgements import Judgements
from graph.reuse import (
    files_without_targets,
    graph_counts,
    stored_disclosures,
    targets_without_indicators,
)
from graph.store import GraphStore
from ontology.errors import WorkspaceError, os_reason
from ontology.ids import disclosure_id
from ontology.model import Issue

Track = Callable[[Sequence[str]], Iterable[str]]
"""Goes through names and shows how far it has come."""


@dataclass(slots=True)
class Build:
    """One build under way; `in_graph` says of each disclosure in the graph what it was loaded from.

    `must_publish` even where nothing is written: the graph is new, or the last build may have been cut off.
    """

    workspace: Workspace
    store: GraphStore
    report: BuildReport
    track: Track
    must_publish: bool = False
    place: str = "graph"
    """Which of the workspace's graphs it is: its own, or one on a server."""
    run_id: str = field(default_factory=lambda: uuid4().hex)
    in_graph: dict[str, str | None] = field(default_factory=dict)
    issues: dict[str, tuple[Issue, ...]] = field(default_factory=dict)
    """What there is to say of each content."""
    has_written: bool = False

    def begin(self) -> None:
        """From here to the publication, whoever asks is told that there is more than the graph shows."""
        self.must_publish |= self.workspace.manifest.unfinished
        self.workspace.manifest.unfinished = True
        self.workspace.save_manifest()

    # ---- which files there are -----------------------------------------------------------------------

    def note_files(self, found: FileList) -> None:
        """Hash every file, and forget those that vanished or moved."""
        manifest = self.workspace.manifest
        present = {path_key(file.path)[0] for file in found.files}
        for file in found.files:
            self._note(file)
        here = {manifest.files[key].sha256 for key in present if manifest.files[key].counts}
        for key in sorted(manifest.files.keys() - present):
            path = manifest.path_of(key)
            vanished = _is_under(path, found.folders) and not _is_under(path, found.failures)
            moved = manifest.files[key].sha256 in here and is_gone(path)
            if vanished or moved:
                self._remove(key)

    def forget(self, paths: Collection[Path]) -> None:
        """Forget every file at or under the paths."""
        for path in paths:
            for key in self.workspace.manifest.keys_under(path):
                self._remove(key)

    def _remove(self, key: str) -> None:
        del self.workspace.manifest.files[key]
        self.report.removed.append(key)

    def _note(self, file: FoundFile) -> None:
        key, raw = path_key(file.path)
        known = self.workspace.manifest.files.get(key)
        name = known.name if known and known.name else file.name
        try:
            entry = FileEntry(hash_file(file.path), name=name, raw_path=raw)
        except OSError as error:
            reason = "链接指向的文件不存在" if is_gone(file.path) else f"{os_reason(error)}；请检查权限"
            told = f"文件 {name} 无法读取（{reason}）"
            # It is there, only not to be opened now: what was read from it before still counts.
            kept = known is not None and known.counts
            sha256 = known.sha256 if known else None
            entry = FileEntry(sha256, told, name=name, kept=kept, raw_path=raw)
            self.report.failures[key] = told
        self.workspace.manifest.files[key] = entry

    # ---- what they hold ------------------------------------------------------------------------------

    def load_contents(self, asked: set[str]) -> None:
        """Bring the records and the graph of every content up to date; `asked` are this build's files."""
        self.in_graph = stored_disclosures(self.store)
        manifest = self.workspace.manifest
        contents = manifest.contents()
        self.workspace.save_manifest()
        names = [manifest.name_of(keys[0]) for keys in contents.values()]
        for _, (sha256, keys) in zip(self.track(names), contents.items(), strict=False):
            self.report.repeated += [(key, keys[0]) for key in keys[1:] if key in asked]
            self._load_content(sha256, keys, is_asked=not asked.isdisjoint(keys))

    def _load_content(self, sha256: str, keys: Sequence[str], *, is_asked: bool) -> None:
        """One content: from its records, else from the first of its files that can be read."""
        data = self._kept_records(sha256)
        name = self.workspace.manifest.name_of(keys[0])
        if data is not None and self.workspace.is_current(sha256, file=name):
            self._use_records(sha256, data)
            if is_asked:
                self.report.unchanged.append(keys[0])
        elif not self._read_files(sha256, keys, has_records=data is not None):
            self._stand_in(sha256, keys, data)

    def _stand_in(self, sha256: str, keys: Sequence[str], data: bytes | None) -> None:
        """Where a content cannot be read again, what was read from it before still counts."""
        files = self.workspace.manifest.files
        standing = [key for key in keys if files[key].counts and files[key].sha256 == sha256]
        if not standing:
            return
        name = self.workspace.manifest.name_of(standing[0])
        if data is not None:
            self._use_records(sha256, data)
            self.report.remarks.append(f"文件 {name} 现在不能重新读取，沿用以前读出的记录")
            return
        for key in standing:
            self._fail(
                key, ReadFailure(f"文件 {name} 不在原处，记录也已损坏；请把它放回后重新运行 jixiao build")
            )

    def _read_files(self, sha256: str, keys: Sequence[str], *, has_records: bool) -> bool:
        """Read a content from the first of its files that gives it; whether one did.

        A file that fails loses what it held, unless the fault is the program's and records are there.
        """
        manifest = self.workspace.manifest
        for key in keys:
            path, name = manifest.path_of(key), manifest.name_of(key)
            if is_gone(path) or manifest.files[key].failure:
                continue
            step = partial(load_document, path, self.workspace, self.store, run_id=self.run_id, name=name)
            result = guard(name, step)
            if isinstance(result, ReadFailure):
                self._fail(key, result, kept=has_records and result.detail is not None)
                continue
            self.has_written = True
            self.report.read.append(key)
            self.issues[result.sha256] = result.issues
            if result.sha256 == sha256:
                return True
            # It changed while it was being read; its other names may still hold what it held.
            known = manifest.files[key]
            manifest.files[key] = FileEntry(result.sha256, name=known.name, raw_path=known.raw_path)
        return False

    def _kept_records(self, sha256: str) -> bytes | None:
        """The records of a content as they were written; None where there are none, or not any more."""
        if sha256 not in self.workspace.manifest.records:
            return None
        try:
            return self.workspace.read_records(sha256)
        except WorkspaceError as error:
            self.report.remarks.append(f"{error}；已重新读取原文件")
            return None

    def _use_records(self, sha256: str, data: bytes) -> None:
        """Bring the graph up to what the records of a content say."""
        self.issues[sha256] = decode_issues(data)
        stamp = self.workspace.stamp(sha256)
        if self.in_graph.get(disclosure_id(sha256)) != stamp:
            load_disclosure(decode_records(data), self.store, run_id=self.run_id, loaded_from=stamp)
            self.has_written = True

    def _fail(self, key: str, failure: ReadFailure, *, kept: bool = False) -> None:
        known = self.workspace.manifest.files[key]
        told = failure.message + (f"；详情在 {self.workspace.folder / ISSUE_LOG}" if failure.detail else "")
        self.report.failures[key] = told
        self.workspace.manifest.files[key] = FileEntry(
            known.sha256, told, failure.detail, known.name, kept, known.raw_path
        )

    # ---- the graph -----------------------------------------------------------------------------------

    def publish(self) -> None:
        """Take out of the graph what no record states any more, and show it to readers."""
        self.workspace.forget_unused()
        manifest = self.workspace.manifest
        manifest.unfinished = False
        self._publish_graph(manifest.records)
        self.report.counts = graph_counts(self.store)
        self.report.without_targets = files_without_targets(self.store)
        self.report.empty_targets = targets_without_indicators(self.store)
        self.report.issues = self.workspace.save_issues(self.issues)
        self.report.unread_rows = self._unread_rows()

    def _unread_rows(self) -> list[tuple[str, int]]:
        """The files with rows of which nothing could be made, by name, and how many rows."""
        manifest = self.workspace.manifest
        counts = (
            (manifest.name_of(keys[0]), sum(issue.code == "row-unread" for issue in self.issues.get(sha, ())))
            for sha, keys in manifest.contents().items()
        )
        return sorted((name, count) for name, count in counts if count)

    def restore(self) -> None:
        """Fill the graph from the records alone, and show it to readers."""
        self.in_graph = stored_disclosures(self.store)
        manifest = self.workspace.manifest
        wanted = []
        names = [entry.file for entry in manifest.records.values()]
        for _, sha256 in zip(self.track(names), list(manifest.records), strict=False):
            try:
                self._use_records(sha256, self.workspace.read_records(sha256))
            except WorkspaceError as error:
                # What the graph still holds of it is more than the damaged records can give.
                if self.in_graph.get(disclosure_id(sha256)) != self.workspace.stamp(sha256):
                    self.report.remarks.append(self.workspace.not_in_graph(sha256, error))
                    continue
            wanted.append(sha256)
        self._publish_graph(wanted)

    def derive_anew(self) -> None:
        """Make what follows from the whole graph and the judgements anew, and show it to readers."""
        manifest, judged = self.workspace.manifest, digest_of_judgements(self.workspace.folder)
        derive(self.store, self._judgements(), run_id=self.run_id)
        self.store.publish()
        manifest.judged[self.place] = judged
        self.workspace.save_manifest()

    def _judgements(self) -> Judgements:
        """What people have judged; the report tells of each line that is no judgement, once."""
        told: list[str] = []
        judgements = read_judgements(self.workspace.folder, told.append)
        self.report.remarks += [sentence for sentence in told if sentence not in self.report.remarks]
        return judgements

    def _publish_graph(self, wanted: Iterable[str]) -> None:
        manifest, judged = self.workspace.manifest, digest_of_judgements(self.workspace.folder)
        stale = stored_disclosures(self.store).keys() - {disclosure_id(sha256) for sha256 in wanted}
        for own_id in sorted(stale):
            self.store.delete_disclosure(own_id)
        judgements = self._judgements()
        if stale or self.has_written or self.must_publish or manifest.judged.get(self.place) != judged:
            derive(self.store, judgements, run_id=self.run_id)
            self.store.publish()
            manifest.judged[self.place] = judged
        self._tell_unused(judgements)
        self.workspace.save_manifest()

    def _tell_unused(self, judgements: Judgements) -> None:
        """Tell of judgements that are about what the graph does not hold."""
        for judgement in judgements.listed:
            unknown = unknown_sides(self.store, judgement)
            if unknown:
                names = "、".join(f"“{name}”" for name in unknown)
                self.report.remarks.append(f"图谱里没有{names}，关于它的人工判断没有用上，仍留在文件里")


def _is_under(path: Path, folders: Iterable[Path]) -> bool:
    return any(path.is_relative_to(folder) for folder in folders)
