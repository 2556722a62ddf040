"""Building a workspace (构建): changed files are read, and the graph made to hold exactly the records."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from app.build_report import BuildReport
from app.build_run import Build, Track
from app.files import collect_files, printable
from app.judgement_file import FILE, digest_of_judgements, read_judgements
from app.manifest import path_key
from app.workspace import Workspace, is_workspace, open_workspace, read_workspace
from graph.judgements import Judgements
from graph.reuse import stored_disclosures
from graph.store import GraphStore, discard_store, open_store
from ontology.errors import StoreDamaged, StoreEmpty, WorkspaceError
from ontology.ids import disclosure_id


def build_workspace(
    paths: Iterable[Path],
    folder: Path,
    *,
    track: Track,
    forget: Collection[Path] = (),
    address: str | None = None,
) -> BuildReport:
    """Read the files that changed since the last build, and bring the graph to what all records say.

    The graph is the workspace's own, or that at an address (a Neo4j server), for which no path need be
    given. A folder among the paths is mirrored: what vanished from it leaves the workspace; so does what
    lies at or under a path to `forget`. A file that fails is told of and the others go on. Raises
    WorkspaceError, also where there is nothing to forget at such a path, and StoreError.
    """
    if forget:
        _check_known(forget, read_workspace(folder))
    found = collect_files(paths)
    report = BuildReport(folder, missing=found.missing, coming=found.coming, ignored=found.ignored)
    report.failures = {printable(path): told for path, told in found.failures.items()}
    if found.files or forget or ((found.folders or address) and is_workspace(folder)):
        with open_workspace(folder) as workspace, _open_graph(workspace, address, report) as opened:
            store, must_publish = opened
            if address is not None:
                _check_owner(workspace, store)
            place = graph_place(address)
            build = Build(workspace, store, report, track, must_publish=must_publish, place=place)
            build.begin()
            build.note_files(found)
            build.forget([path.absolute() for path in forget])
            build.load_contents({path_key(file.path)[0] for file in found.files})
            build.publish()
    if not report.removed:
        report.missing += found.nothing_found()
    return report


def _check_known(paths: Iterable[Path], workspace: Workspace) -> None:
    """Raise WorkspaceError where a path is asked to be forgotten of which the workspace knows nothing."""
    for path in paths:
        if not workspace.manifest.keys_under(path.absolute()):
            raise WorkspaceError(f"工作区 {workspace.folder} 中没有 {printable(path)} 的文件，无可移除")


def check_owner_of(folder: Path, address: str | None) -> None:
    """Raise WorkspaceError where the graph at an address (if any) is not one of this workspace's."""
    if address is None:
        return
    try:
        with open_store(address, read_only=True) as store:
            workspace = read_workspace(folder) if is_workspace(folder) else Workspace(folder)
            _check_owner(workspace, store)
    except StoreEmpty:
        return


def rebuild_graph(folder: Path, *, track: Track) -> list[str]:
    """Make a workspace's graph again from its records alone; returns what there is to say of it.

    No file is read and no record touched. Raises WorkspaceError and StoreError.
    """
    report = BuildReport(folder)
    with open_workspace(folder) as workspace, _open_graph(workspace, None, report) as (store, must_publish):
        Build(workspace, store, report, track, must_publish=must_publish).restore()
    return report.remarks


def rederive(
    folder: Path, change: Callable[[GraphStore], None], *, track: Track, address: str | None = None
) -> list[str]:
    """Change the judgements of a workspace, and bring what its graph derives up to them.

    `change` gets the graph as the records have it. No file and no record is loaded or taken out. Returns
    what there is to say. Raises WorkspaceError where the folder is no workspace or the graph another
    one's, StoreError, and whatever `change` does.
    """
    read_workspace(folder)
    report = BuildReport(folder)
    with (
        open_workspace(folder) as workspace,
        _open_graph(workspace, address, report) as (store, must_publish),
    ):
        if address is not None:
            _check_owner(workspace, store)
        build = Build(workspace, store, report, track, must_publish=True, place=graph_place(address))
        if must_publish:
            # The graph is new or was cut off: only the records can say what belongs into it.
            build.restore()
        change(store)
        build.derive_anew()
    return report.remarks


def judgements_for(
    store: GraphStore, folder: Path, tell: Callable[[str], None], *, address: str | None = None
) -> Judgements:
    """What people have judged of a graph, as their file says it now; none of a graph of no workspace here.

    `tell` gets a sentence for each line that is no judgement, and one where the graph still shows what
    was derived from an earlier state of the file.
    """
    if address is not None and not is_workspace(folder):
        return Judgements()
    workspace = read_workspace(folder)
    if not all(map(workspace.has_loaded, stored_disclosures(store).values())):
        return Judgements()
    manifest = workspace.manifest
    judged = manifest.judged.get(graph_place(address))
    if judged is not None and judged != digest_of_judgements(folder) and not manifest.unfinished:
        tell(
            f"{folder / FILE} 在图谱推得之后改过；这里已照新的，图谱里存着的要等下一次 jixiao build，"
            "原来判断为不同、现在改了的，那时才会再列出"
        )
    return read_judgements(folder, tell)


@contextmanager
def open_graph(
    folder: Path, report: Callable[[str], None], *, track: Track, address: str | None = None
) -> Iterator[GraphStore]:
    """Open a graph for reading: that at an address (a Neo4j server), else the workspace's own.

    The workspace's graph is first built again where it cannot be used or does not hold what the records
    say. `report` is told of that, of damaged records, and of a build that has not ended. Raises
    WorkspaceError where the folder is no workspace, StoreError.
    """
    with _open_own(folder, report, track) if address is None else _open_server(address, report) as store:
        yield store


def _open_server(address: str, report: Callable[[str], None]) -> GraphStore:
    store = open_store(address, read_only=True)
    if store.is_unfinished():
        report(_unfinished(f"--workspace 工作区 --store {address}"))
    return store


def _open_own(folder: Path, report: Callable[[str], None], track: Track) -> GraphStore:
    workspace = read_workspace(folder)
    if workspace.manifest.unfinished:
        report(_unfinished(f"--workspace {folder}", workspace))
    try:
        store = open_store(workspace.graph_file, read_only=True)
    except StoreDamaged:
        return _rebuilt(workspace, report, track)
    if workspace.manifest.unfinished or _is_current(workspace, store, report):
        return store
    store.close()
    report(f"图谱文件 {workspace.graph_file} 与记录不符，已由记录重建")
    return _rebuilt(workspace, report, track)


def graph_place(address: str | None) -> str:
    """What the manifest calls a graph: the workspace's own, or one on a server by a hash of its address."""
    return "graph" if address is None else hashlib.sha256(address.encode()).hexdigest()[:16]


def _check_owner(workspace: Workspace, store: GraphStore) -> None:
    """Raise WorkspaceError for a graph that another workspace loaded: its files would go from it."""
    others = [stamp for stamp in stored_disclosures(store).values() if not workspace.has_loaded(stamp)]
    if others:
        raise WorkspaceError(
            f"这个图谱里有 {len(others)} 份文件是由别的工作区载入的，从 {workspace.folder} 载入会删去它们；"
            "请用 --workspace 给出那个工作区，或另建一个空的数据库"
        )


def _rebuilt(workspace: Workspace, report: Callable[[str], None], track: Track) -> GraphStore:
    for remark in rebuild_graph(workspace.folder, track=track):
        report(remark)
    return open_store(workspace.graph_file, read_only=True)


def _is_current(workspace: Workspace, store: GraphStore, report: Callable[[str], None]) -> bool:
    """Whether the graph holds every record that can be read; `report` is told of the others.

    A build into another store leaves this one behind.
    """
    stored, records = stored_disclosures(store), workspace.manifest.records
    lacking = {sha256: None for sha256 in records if disclosure_id(sha256) not in stored}
    if stored != {
        disclosure_id(sha256): workspace.stamp(sha256) for sha256 in records if sha256 not in lacking
    }:
        return False
    # What is damaged would be lacking in a graph made again, too.
    damaged = []
    for sha256 in lacking:
        try:
            workspace.read_records(sha256)
        except WorkspaceError as error:
            damaged.append(workspace.not_in_graph(sha256, error))
        else:
            return False
    for sentence in damaged:
        report(sentence)
    return True


def _unfinished(options: str, workspace: Workspace | None = None) -> str:
    """What to know of a graph whose last build has not ended; a server does not know what it left."""
    contents = len(workspace.manifest.contents()) if workspace else 0
    unread = len(workspace.manifest.unread()) if workspace else 0
    state = f"{contents} 份文件中有 {unread} 份还没有读，" if unread else ""
    return (
        f"有一次构建没有完成（被中断，或正在进行），{state}图谱里的可能不全；"
        f"用原来的路径再运行 jixiao build 路径… {options}，会接着做完"
    )


@contextmanager
def _open_graph(
    workspace: Workspace, address: str | None, report: BuildReport
) -> Iterator[tuple[GraphStore, bool]]:
    """Open a graph for writing, and say whether to publish it whatever changes.

    One that cannot be used is emptied first.
    """
    path = workspace.graph_file if address is None else address
    must_publish = isinstance(path, Path) and not path.is_file()
    if (
        isinstance(path, Path)
        and not path.is_file()
        and workspace.manifest.records
        and not workspace.manifest.unfinished
    ):
        report.remarks.append(f"没有图谱文件 {path}，已由记录重建")
    try:
        store = open_store(path)
    except StoreDamaged as error:
        report.remarks.append(f"{error}；已重建")
        discard_store(path)
        store, must_publish = open_store(path), True
    with store:
        # On a server the last build, from whatever workspace, may have been cut off.
        yield store, must_publish or store.is_unfinished()
