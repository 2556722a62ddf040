"""The embedded graph store (嵌入式图谱库): KGLite, one file, readers never blocked by the writer.

The writer works in memory and publishes by replacing the file; a killed or failed build leaves the
last published file as it was. There is no write-ahead log, on purpose: replaying one would show
readers half a build, and the records can give the graph again.
"""

import os
import threading
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import kglite

from graph import upkeep
from graph.batch import GraphBatch
from graph.kglite_answers import answer
from graph.schema import SCHEMA_VERSION
from graph.store_base import OpenStore, ReadOnlyStore
from ontology.errors import StoreDamaged, StoreError, WorkspaceBusy

kglite.set_query_warning_policy("silent")
# Opening for writing has no argument for this; without it a flipped bit is read, and published, as data.
os.environ["KGLITE_VERIFY"] = "eager"


class EmbeddedWriter(OpenStore):
    """The store open for writing, by one process at a time."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self._path = path
        self._graph: kglite.KnowledgeGraph | None = _open_for_writing(path)
        upkeep.create_schema(self._execute)

    def run(
        self,
        text: str,
        params: Mapping[str, object] | None = None,
        *,
        timeout_s: float | None = None,
        max_rows: int | None = None,
    ) -> list[dict[str, Any]]:
        """Answer a question on what was written so far, published or not."""
        graph = self._open_graph()
        graph.read_only(True)
        try:
            return answer(graph, text, params, timeout_s=timeout_s, max_rows=max_rows)
        finally:
            graph.read_only(False)

    def is_unfinished(self) -> bool:
        """Never: a build that was cut off left the file of the one before."""
        return False

    def publication(self) -> str | None:
        """None: what is being written was not published."""
        return None

    def write(self, batch: GraphBatch, *, run_id: str) -> None:
        upkeep.write_batches(self._execute, [batch], run_id=run_id)

    def delete_stale(self, disclosure_id: str, *, run_id: str) -> None:
        upkeep.delete_stale(self._execute, [disclosure_id], run_id=run_id)

    def delete_disclosure(self, disclosure_id: str) -> None:
        upkeep.delete_disclosure(self._execute, disclosure_id)

    def replace_derived(self, batch: GraphBatch, *, run_id: str) -> None:
        upkeep.replace_derived(self._execute, batch, run_id=run_id)

    def publish(self) -> None:
        upkeep.refresh_derived(self._execute)
        graph = self._open_graph()
        try:
            with warnings.catch_warnings():
                # Says only that a reader will hold some columns in memory, which ours do anyway.
                warnings.simplefilter("ignore", kglite.MappedFallbackWarning)
                graph.save()
        except (kglite.KgError, OSError, ValueError) as error:
            raise StoreError(f"无法保存图谱文件 {self._path}（引擎的原话：{error}）") from error

    def close(self) -> None:
        if self._graph is not None:
            _release(self._graph)
            self._graph = None

    def _open_graph(self) -> kglite.KnowledgeGraph:
        if self._graph is None:
            self._refuse_closed()
        return self._graph

    def _execute(self, text: str, params: Mapping[str, object]) -> list[dict[str, Any]]:
        graph = self._open_graph()
        try:
            result = graph.cypher(text, params=dict(params), timeout_ms=0)
        except kglite.KgError as error:
            raise StoreError(f"写入图谱 {self._path} 失败（引擎的原话：{error}）") from error
        return result.to_list() if isinstance(result, kglite.ResultView) else []


class EmbeddedReader(ReadOnlyStore):
    """The published store, for any number of readers and threads; follows each new publication."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self._path = path
        self._lock = threading.Lock()
        self._signature = _signature(path)
        self._snapshot = _load_snapshot(path)

    def run(
        self,
        text: str,
        params: Mapping[str, object] | None = None,
        *,
        timeout_s: float | None = None,
        max_rows: int | None = None,
    ) -> list[dict[str, Any]]:
        """Answer a question on what was last published."""
        return answer(self._newest(), text, params, timeout_s=timeout_s, max_rows=max_rows)

    def is_unfinished(self) -> bool:
        """Never: what is published is a whole build."""
        return False

    def publication(self) -> str | None:
        """What changes when the file is replaced."""
        self._newest()
        return "-".join(map(str, self._signature or ()))

    def close(self) -> None:
        """Nothing to give back: a snapshot takes no lock."""

    def _newest(self) -> kglite.FrozenGraph:
        with self._lock:
            signature = _signature(self._path)
            # While a damaged file is being rebuilt there is none: the last snapshot still answers.
            if signature is not None and signature != self._signature:
                self._snapshot = _load_snapshot(self._path)
                # The one from before loading: a file replaced meanwhile is loaded once more.
                self._signature = signature
            return self._snapshot


def _signature(path: Path) -> tuple[int, int, int] | None:
    """What changes when a file is replaced; None where there is no file."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_mtime_ns, found.st_ino, found.st_size


def _open_for_writing(path: Path) -> kglite.KnowledgeGraph:
    is_new = _signature(path) is None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        graph = kglite.open(str(path), durable="off")
    except kglite.WriterLeaseHeldError as error:
        raise WorkspaceBusy(f"图谱 {path} 正由{_holder(error)}写入，请等它结束后再试") from error
    except (kglite.FileFormatError, kglite.FileIoError, OSError) as error:
        raise _file_error(path, error) from error
    if is_new:
        graph.set_schema_version(SCHEMA_VERSION)
    elif graph.schema_version != SCHEMA_VERSION:
        _release(graph)
        raise _version_error(path)
    return graph


def _holder(error: kglite.WriterLeaseHeldError) -> str:
    if error.holder["self"]:
        return "本进程"
    return "另一个进程" if error.holder["pid"] is None else f"进程 {error.holder['pid']} "


def _load_snapshot(path: Path) -> kglite.FrozenGraph:
    try:
        # Columns in memory: mapped ones would end the process if the file were overwritten in place.
        graph = kglite.load(str(path), verify="eager", columns="memory")
    except (kglite.FileError, kglite.FileFormatError, kglite.FileIoError, OSError) as error:
        raise _file_error(path, error) from error
    if graph.schema_version != SCHEMA_VERSION:
        raise _version_error(path)
    return graph.freeze()


def _release(graph: kglite.KnowledgeGraph) -> None:
    """Give up the writer's lease; leaving as after an error is the way that does not publish."""
    graph.__exit__(StoreError, StoreError("closed without publishing"), None)


def _file_error(path: Path, error: Exception) -> StoreError:
    if path.is_dir():
        return StoreError(f"{path} 是文件夹，应为图谱文件")
    if isinstance(error, kglite.FileError):
        return StoreDamaged(f"没有图谱文件 {path}，应先运行 jixiao build")
    if isinstance(error, kglite.FileFormatError):
        return StoreDamaged(f"图谱文件 {path} 已损坏或由其他版本写成，应由记录重建")
    return StoreError(f"无法打开图谱文件 {path}（引擎的原话：{error}）")


def _version_error(path: Path) -> StoreDamaged:
    return StoreDamaged(f"图谱文件 {path} 由其他版本的词汇表写成，应由记录重建")
