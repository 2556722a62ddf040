"""The graph store on a Neo4j server (Neo4j 图谱库), through the official driver.

What a file states is written and cleaned up in one transaction: a reader sees a file whole, or not at
all, and a load that broke off has lost nothing and doubled nothing. Files are visible as they come;
counts over the whole graph are right from `publish` on.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import TracebackType
from typing import Any, NoReturn, Self
from urllib.parse import urlsplit

import neo4j
from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConfigurationError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
    TransientError,
)

from graph import upkeep, upkeep_queries
from graph.batch import GraphBatch
from graph.neo4j_answers import answer
from graph.schema import SCHEMA_VERSION
from ontology.errors import StoreDamaged, StoreError, WorkspaceBusy

URI, USERNAME, PASSWORD, DATABASE = "NEO4J_URI", "NEO4J_USERNAME", "NEO4J_PASSWORD", "NEO4J_DATABASE"
"""The names that Neo4j's own tools read from the environment."""
OLDEST_VERSION = (5, 13)
ROWS_PER_TRANSACTION = 20_000
_CONNECT_S = 10
_RETRY_S = 30
_BUSY_S = 1.0


class Neo4jAddress:
    """Where a graph is kept on a server: what of it may be shown, and what not."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        if "@" in parts.netloc:
            raise StoreError(f"图谱地址里不能写用户名和密码，请用环境变量 {USERNAME}、{PASSWORD}")
        self.uri = f"{parts.scheme.lower()}://{parts.netloc}"
        self.database = parts.path.strip("/") or os.environ.get(DATABASE) or "neo4j"
        self.shown = f"{self.uri}/{self.database}"


class _Neo4j:
    """What reader and writer share: a driver, and questions."""

    def __init__(self, url: str) -> None:
        self._address = Neo4jAddress(url)
        self._driver: neo4j.Driver | None = _connect(self._address)

    def run(
        self,
        text: str,
        params: Mapping[str, object] | None = None,
        *,
        timeout_s: float | None = None,
        max_rows: int | None = None,
    ) -> list[dict[str, Any]]:
        """Answer a question on what the server holds."""
        with self._session(neo4j.READ_ACCESS) as session:
            return answer(session, text, params, timeout_s=timeout_s, max_rows=max_rows)

    def close(self) -> None:
        """Close the connections; again does nothing."""
        if self._driver is not None:
            self._driver.close()
            self._driver = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        error_type: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    @contextmanager
    def _session(self, access: str = neo4j.WRITE_ACCESS) -> Iterator[neo4j.Session]:
        """A session, whose failures are one plain sentence."""
        if self._driver is None:
            raise StoreError(f"图谱 {self._address.shown} 已经关闭，应重新打开后再用")
        with (
            _translated_errors(self._address),
            self._driver.session(database=self._address.database, default_access_mode=access) as session,
        ):
            yield session


class Neo4jReader(_Neo4j):
    """The graph on a server, for reading."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        try:
            with self._session(neo4j.READ_ACCESS) as session:
                _check_schema(session, self._address, read_only=True)
        except BaseException:
            self.close()
            raise

    def write(self, batch: GraphBatch, *, run_id: str) -> None:
        self._refuse()

    def delete_stale(self, disclosure_id: str, *, run_id: str) -> None:
        self._refuse()

    def delete_disclosure(self, disclosure_id: str) -> None:
        self._refuse()

    def publish(self) -> None:
        self._refuse()

    def _refuse(self) -> NoReturn:
        raise StoreError(f"图谱 {self._address.shown} 是以只读方式打开的，不能写入")


class Neo4jWriter(_Neo4j):
    """The graph on a server, open for writing by one process at a time."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self._waiting: list[GraphBatch] = []
        self._rows = 0
        self._run_id = ""
        self._stale: list[str] = []
        self._lease: tuple[neo4j.Session, neo4j.Transaction] | None = None
        try:
            with self._session() as session:
                if not _check_schema(session, self._address, read_only=False):
                    _create_schema(session)
            self._lease = self._take_lease()
        except BaseException:
            self.close()
            raise

    def run(
        self,
        text: str,
        params: Mapping[str, object] | None = None,
        *,
        timeout_s: float | None = None,
        max_rows: int | None = None,
    ) -> list[dict[str, Any]]:
        """Answer a question on what was written so far."""
        self._flush()
        return super().run(text, params, timeout_s=timeout_s, max_rows=max_rows)

    def write(self, batch: GraphBatch, *, run_id: str) -> None:
        """Take a disclosure in; it is sent with others, as many as make a good transaction."""
        upkeep.check_run_id(run_id)
        # Only here: the disclosures that wait are whole, each with its clean-up.
        if run_id != self._run_id or self._rows >= ROWS_PER_TRANSACTION:
            self._flush()
        self._run_id = run_id
        self._waiting.append(batch)
        self._rows += sum(map(len, batch.nodes.values())) + sum(map(len, batch.relationships.values()))

    def delete_stale(self, disclosure_id: str, *, run_id: str) -> None:
        """Clean up after a disclosure, in the transaction that writes it."""
        if run_id != self._run_id:
            self._flush()
            self._run_id = run_id
        self._stale.append(disclosure_id)

    def delete_disclosure(self, disclosure_id: str) -> None:
        self._flush()
        self._in_transaction(lambda execute: upkeep.delete_disclosure(execute, disclosure_id))

    def publish(self) -> None:
        self._flush()
        self._in_transaction(upkeep.refresh_derived)

    def close(self) -> None:
        """Close the connections; what was not sent is forgotten, as with every store."""
        if self._lease is not None:
            for part in reversed(self._lease):
                with _ignored_connection_errors():
                    part.close()
            self._lease = None
        super().close()

    def _flush(self) -> None:
        """Send what waits: all of it, or nothing."""
        batches, stale, run_id = self._waiting, self._stale, self._run_id
        self._waiting, self._stale, self._rows = [], [], 0
        if batches or stale:
            self._in_transaction(lambda execute: _bring_up_to_date(execute, batches, stale, run_id))

    def _in_transaction(self, work: Callable[[upkeep.Execute], None]) -> None:
        """Do some work in one transaction, again where the server asks for it."""

        def do(transaction: neo4j.ManagedTransaction) -> None:
            work(lambda text, params: transaction.run(text, dict(params)).data())

        with self._session() as session:
            session.execute_write(do)

    def _take_lease(self) -> tuple[neo4j.Session, neo4j.Transaction]:
        """Hold a lock as long as this writer lives: a transaction that makes a node and never commits it.

        It ends with the connection, so that a killed writer leaves nothing to be cleared.
        """
        with self._session() as session:
            try:
                with session.begin_transaction(timeout=_BUSY_S) as attempt:
                    attempt.run(upkeep_queries.TAKE_LEASE).consume()
                    attempt.rollback()
            except (ClientError, TransientError) as error:
                if "Timed" in (error.code or "") or "Lock" in (error.code or ""):
                    raise WorkspaceBusy(
                        f"图谱 {self._address.shown} 正由另一个进程写入，请等它结束后再试"
                    ) from error
                raise
        assert self._driver is not None
        kept = self._driver.session(database=self._address.database)
        transaction = kept.begin_transaction()
        transaction.run(upkeep_queries.TAKE_LEASE).consume()
        return kept, transaction


def open_server(url: str, *, read_only: bool) -> Neo4jReader | Neo4jWriter:
    """Open the graph at an address."""
    return Neo4jReader(url) if read_only else Neo4jWriter(url)


def discard(url: str) -> None:
    """Empty the graph of another version on a server, so that the next writer starts anew."""
    address = Neo4jAddress(url)
    with (
        _translated_errors(address),
        _connect(address) as driver,
        driver.session(database=address.database) as session,
    ):
        while session.run(upkeep_queries.DELETE_SOME).single(strict=True)["deleted"]:
            pass
        for name in _markers(session):
            session.run(upkeep_queries.fill(upkeep_queries.DROP_INDEX, NAME=name)).consume()


def _bring_up_to_date(
    execute: upkeep.Execute, batches: list[GraphBatch], stale: list[str], run_id: str
) -> None:
    upkeep.write_batches(execute, batches, run_id=run_id)
    if stale:
        upkeep.delete_stale(execute, stale, run_id=run_id)


# ---- connecting -----------------------------------------------------------------------------------------


def _connect(address: Neo4jAddress) -> neo4j.Driver:
    """A driver whose server answers and is new enough; raises StoreError."""
    password = os.environ.get(PASSWORD)
    if password is None:
        raise StoreError(f"没有 Neo4j 的密码，请设环境变量 {PASSWORD}（用户名在 {USERNAME}，默认 neo4j）")
    with _translated_errors(address):
        driver = neo4j.GraphDatabase.driver(
            address.uri,
            auth=(os.environ.get(USERNAME, "neo4j"), password),
            connection_timeout=_CONNECT_S,
            max_transaction_retry_time=_RETRY_S,
            notifications_min_severity="OFF",
        )
        try:
            driver.verify_connectivity()
            _check_version(address, driver.get_server_info().agent)
        except BaseException:
            driver.close()
            raise
    return driver


def _check_version(address: Neo4jAddress, agent: str) -> None:
    """Raise StoreError for a server that is too old; `agent` is like Neo4j/5.26.18."""
    printed = agent.rpartition("/")[2]
    version = tuple(int(part) for part in printed.split(".")[:2] if part.isdigit())
    if version < OLDEST_VERSION:
        oldest = ".".join(map(str, OLDEST_VERSION))
        raise StoreError(f"{address.uri} 是 Neo4j {printed}，应为 {oldest} 或更新的版本")


@contextmanager
def _translated_errors(address: Neo4jAddress) -> Iterator[None]:
    try:
        yield
    except AuthError as error:
        raise StoreError(
            f"Neo4j {address.uri} 不接受用户名和密码，请检查环境变量 {USERNAME}、{PASSWORD}"
        ) from error
    except (ServiceUnavailable, SessionExpired) as error:
        raise StoreError(
            f"连不上 Neo4j {address.uri}，或连接断了；请看它是否在运行（make neo4j 可以启动一个），"
            "然后再运行同一条命令，会接着做完"
        ) from error
    except ConfigurationError as error:
        raise StoreError(f"图谱地址 {address.uri} 不对（驱动的原话：{error}）") from error
    except Neo4jError as error:
        raise StoreError(_refusal(address, error)) from error
    except DriverError as error:
        raise StoreError(f"Neo4j {address.uri} 出错（驱动的原话：{error}）") from error


def _refusal(address: Neo4jAddress, error: Neo4jError) -> str:
    code = error.code or ""
    words = " ".join((error.message or "").split())
    if code.endswith("DatabaseNotFound"):
        return f"Neo4j {address.uri} 上没有数据库 {address.database}"
    if "ReadOnly" in code or "read only" in words.lower():
        return f"Neo4j {address.shown} 是只读的，不能写入"
    if "TransactionLogError" in code or "disk" in words.lower() or "space" in words.lower():
        return f"Neo4j {address.shown} 写不进去，可能磁盘已满（数据库的原话：{words}）"
    return f"Neo4j {address.shown} 拒绝了写入或查询（数据库的原话：{words}）"


@contextmanager
def _ignored_connection_errors() -> Iterator[None]:
    """Closing what a cut connection has already closed says nothing new."""
    try:
        yield
    except (DriverError, Neo4jError):
        return


# ---- the schema -----------------------------------------------------------------------------------------


def _markers(session: neo4j.Session) -> list[str]:
    names = (row["name"] for row in session.run(upkeep_queries.LIST_INDEXES))
    return [name for name in names if name.startswith(upkeep_queries.MARKER_PREFIX)]


def _check_schema(session: neo4j.Session, address: Neo4jAddress, *, read_only: bool) -> bool:
    """Whether the database holds a graph of this version with its schema; False for one still without.

    Raises StoreDamaged for a graph of another version, StoreError for what is no graph of ours.
    """
    markers = _markers(session)
    if upkeep_queries.marker(SCHEMA_VERSION) in markers:
        return True
    imported = session.run(upkeep_queries.FIND_IMPORT).single()
    if not markers and imported and imported["version"] == SCHEMA_VERSION:
        return read_only
    if markers or imported:
        raise StoreDamaged(
            f"图谱 {address.shown} 由其他版本的词汇表写成，应由记录重建："
            f"jixiao build --store {address.shown} --workspace 工作区"
        )
    if session.run(upkeep_queries.FIND_ANY).single():
        raise StoreError(f"Neo4j {address.shown} 里有别的内容，不是绩效图谱；请另建一个空的数据库")
    if read_only:
        raise StoreDamaged(f"Neo4j {address.shown} 还是空的，应先运行 jixiao build --store {address.shown}")
    return False


def _create_schema(session: neo4j.Session) -> None:
    """Constraints and indexes, and last the mark of whose graph it is."""

    def execute(text: str, params: Mapping[str, object]) -> list[dict[str, Any]]:
        return session.run(text, dict(params)).data()

    upkeep.create_schema(execute)
    for text in upkeep_queries.server_schema(SCHEMA_VERSION):
        execute(text, {})
    execute(upkeep_queries.AWAIT_INDEXES, {})
    execute(upkeep_queries.DELETE_IMPORT, {})
