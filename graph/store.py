"""The graph store (图谱库): one small contract, whatever database keeps the graph.

A writer fills the store disclosure by disclosure and publishes once. Readers of a file see what was
last published; a server shows each disclosure as soon as it is whole, and right counts from the
publication on. Everything in a store can be built again from the records.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType, TracebackType
from typing import Any, Protocol, Self

from graph.batch import GraphBatch
from graph.embedded_store import EmbeddedReader, EmbeddedWriter
from ontology.errors import MissingExtra, StoreError, os_reason

_HOST_AND_PORT = re.compile(r"[\w-]{2,}(?:\.[\w-]+)*:\d{2,5}")
NEO4J_SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")


class GraphStore(Protocol):
    """Where the graph is kept; `with` closes it, and what was not published is forgotten."""

    def run(
        self,
        text: str,
        params: Mapping[str, object] | None = None,
        *,
        timeout_s: float | None = None,
        max_rows: int | None = None,
    ) -> list[dict[str, Any]]:
        """Answer a Cypher question, a dict per row; a text that writes is refused with QueryError.

        `max_rows` keeps the first rows of the answer: ask for one more than is shown to know that
        there are more.
        """

    def is_unfinished(self) -> bool:
        """Whether readers may see half a build: one is under way, or was cut off before its publication."""

    def publication(self) -> str | None:
        """What tells the last publication from every other; None where readers may see half a build."""

    def write(self, batch: GraphBatch, *, run_id: str) -> None:
        """Add a disclosure's nodes and relationships, or bring them up to date; again changes nothing."""

    def delete_stale(self, disclosure_id: str, *, run_id: str) -> None:
        """Delete what the disclosure stated in other runs, then shared nodes that nothing keeps."""

    def delete_disclosure(self, disclosure_id: str) -> None:
        """Delete everything the disclosure stated, then shared nodes that nothing keeps."""

    def replace_derived(self, batch: GraphBatch, *, run_id: str) -> None:
        """Write what was derived from the whole graph, in the place of what was derived before."""

    def publish(self) -> None:
        """Bring the whole graph's counts up to date and show readers all that was written."""

    def close(self) -> None:
        """Give the store back; closing again does nothing."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        error_type: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None: ...


def open_store(url_or_path: str | Path, *, read_only: bool = False) -> GraphStore:
    """Open the store at a file path (embedded) or at a neo4j:// or bolt:// address (a Neo4j server).

    Who may enter a server stands in the environment. Raises StoreError, StoreDamaged where the records
    must give the graph anew, WorkspaceBusy where another process writes it, MissingExtra.
    """
    if is_server(url_or_path):
        store: GraphStore = _server_module().open_server(str(url_or_path), read_only=read_only)
        return store
    path = Path(url_or_path)
    return EmbeddedReader(path) if read_only else EmbeddedWriter(path)


def discard_store(url_or_path: str | Path) -> None:
    """Remove a store that is damaged or of another version, so that the next one to open it starts empty."""
    if is_server(url_or_path):
        _server_module().discard(str(url_or_path))
        return
    path = Path(url_or_path)
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise StoreError(f"无法删除损坏的图谱文件 {path}：{os_reason(error)}") from error


def is_server(url_or_path: str | Path) -> bool:
    """Whether this is an address and no path; raises StoreError for one that is neither.

    An address is named by its scheme only: it may hold a password.
    """
    text = str(url_or_path)
    scheme, mark, _ = text.partition("://")
    if not text:
        raise StoreError(f"图谱地址是空的，应为文件路径或 {'、'.join(NEO4J_SCHEMES)} 地址")
    if not mark:
        if _HOST_AND_PORT.fullmatch(text) and not Path(text).exists():
            raise StoreError(f"{text} 像是服务器的地址，应写成 neo4j://{text} 或 bolt://{text}")
        return False
    if scheme.lower() not in NEO4J_SCHEMES:
        raise StoreError(f"不认识的图谱地址 {scheme}://，应为文件路径或 {'、'.join(NEO4J_SCHEMES)} 地址")
    return True


def _server_module() -> ModuleType:
    try:
        # The driver takes a moment to import: only where a server is asked for.
        from graph import neo4j_store
    except ModuleNotFoundError as error:
        raise MissingExtra(f"用 Neo4j 要有 {error.name}，请用 pip install 'jixiao[neo4j]' 安装") from error
    return neo4j_store
