"""Loading from the browser (从浏览器载入): one build at a time in this server, on a thread of its own.

A page is run anew at every click and cut off where it is left: a build on the page's own thread would be
cut off with it.
"""

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock, Thread

from app.build_report import BuildReport
from app.builder import build_workspace, check_owner_of
from app.loaded_files import paths_of
from app.manifest import path_key
from app.uploads import Upload, forget_files, store_uploads, uploads_folder
from app.workspace import is_workspace, read_workspace
from ingest.reading import READERS
from ontology.errors import JixiaoError, WorkspaceBusy, WorkspaceError

_EXAMPLES = "JIXIAO_EXAMPLES"
_ALONE = Lock()


@dataclass(slots=True)
class Loading:
    """A build under way: how far it has come, and at the end what it did or why it could not."""

    names: Sequence[str] = ()
    done: int = 0
    stored: Sequence[Path] = ()
    report: BuildReport | None = None
    error: JixiaoError | None = None
    ended: Event = field(default_factory=Event)

    def track(self, names: Sequence[str]) -> Iterator[str]:
        """Go through names, and note how far it has come."""
        self.names, self.done = names, 0
        for name in names:
            yield name
            self.done += 1

    @property
    def why_not(self) -> str:
        """Why it gave no report, in a sentence."""
        if self.error is not None:
            return str(self.error)
        return "载入时程序出错，请把服务器上的详情告诉维护者；再载入一次会接着做完"


def load_uploads(folder: Path, uploads: Sequence[Upload], *, address: str | None) -> Loading:
    """Begin to keep files in the workspace and to read them; raises WorkspaceBusy while another does."""

    def work(loading: Loading) -> BuildReport:
        check_owner_of(folder, address)
        before = set(uploads_folder(folder).glob("*"))
        loading.stored = store_uploads(folder, uploads)
        try:
            return build_workspace(loading.stored, folder, track=loading.track, address=address)
        except JixiaoError:
            forget_files(_unknown(folder, set(loading.stored) - before))
            raise

    return _begin(work)


def remove_uploads(folder: Path, marks: Collection[str], *, address: str | None) -> Loading:
    """Begin to take files out of the graph and away that came from browsers; raises WorkspaceBusy."""

    def work(loading: Loading) -> BuildReport:
        check_owner_of(folder, address)
        paths = paths_of(folder, marks)
        if not paths:
            raise WorkspaceError("工作区里没有这些文件；它们可能已被移除")
        report = build_workspace((), folder, track=loading.track, forget=paths, address=address)
        # Only now: a file that went before its records would be told of as missing.
        report.remarks += forget_files(paths)
        return report

    return _begin(work)


def load_examples(folder: Path, *, address: str | None) -> Loading:
    """Begin to read the project's examples; raises WorkspaceBusy while another loads, WorkspaceError."""
    files = example_files()
    if not files:
        raise WorkspaceError("这里没有示例文件；请从“导入”页载入自己的文件")
    return _begin(lambda loading: build_workspace(files, folder, track=loading.track, address=address))


def example_files() -> list[Path]:
    """The project's examples, or those in a folder that the environment names; a bare package has none."""
    folder = Path(os.environ.get(_EXAMPLES) or Path(__file__).parents[1] / "examples")
    return sorted(path for path in folder.glob("*") if path.suffix in READERS and path.is_file())


def _begin(work: Callable[[Loading], BuildReport]) -> Loading:
    loading = Loading()
    if not _ALONE.acquire(blocking=False):
        raise WorkspaceBusy("这里正有别人在载入文件；请等它结束，再按一次")
    # A server that is stopped does not wait for it: what a build was cut off from, the next one finishes.
    Thread(target=_run, args=(loading, work), name="jixiao-load", daemon=True).start()
    return loading


def _run(loading: Loading, work: Callable[[Loading], BuildReport]) -> None:
    try:
        loading.report = work(loading)
    except JixiaoError as error:
        loading.error = error
    finally:
        _ALONE.release()
        loading.ended.set()


def _unknown(folder: Path, paths: set[Path]) -> list[Path]:
    """Which of the files the workspace does not know."""
    known = read_workspace(folder).manifest.files if is_workspace(folder) else {}
    return [path for path in paths if path_key(path)[0] not in known]
