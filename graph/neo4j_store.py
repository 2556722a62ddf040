"""The graph store on a Neo4j server (Neo4j 图谱库), through the official driver.

What a file states is written and cleaned up in one transaction: a reader sees a file whole, or not at
all, and a load that broke off has lost nothing and doubled nothing. Files are visible as they come;
counts over the whole graph are right from `publish` on.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import TracebackType
from typing import Any, NoReturn, Self

import neo4j
from neo4j.exceptions import ClientError, TransientError

from graph import upkeep, upkeep_queries
from graph.batch import GraphBatch
from graph.neo4j_answers import answer
from graph.neo4j_connection import Neo4jAddress, connect, ignored_connection_errors, translated_errors
from graph.neo4j_schema import check_schema, create_schema, markers
from ontology.errors import StoreError, WorkspaceBusy

ROWS_PER_TRANSACTION = 20_000
_BUSY_S = 1.0


class _Neo4j:
    """What reader and writer share: a driver, and questions."""

    def __init__(self, url: str) -> None:
        self._address = Neo4jAddress(url)
        self._driver: neo4j.Driver | None = connect(self._address)

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
            translated_errors(self._address),
            self._driver.session(database=self._address.database, default_access_mode=access) as session,
        ):
            yield session


class Neo4jReader(_Neo4j):
    """The graph on a server, for reading."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        try:
            with self._session(neo4j.READ_ACCESS) as session:
                check_schema(session, self._address, read_only=True)
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
                if not check_schema(session, self._address, read_only=False):
                    create_schema(session)
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
                with ignored_connection_errors():
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
        translated_errors(address),
        connect(address) as driver,
        driver.session(database=address.database) as session,
    ):
        while session.run(upkeep_queries.DELETE_SOME).single(strict=True)["deleted"]:
            pass
        for name in markers(session):
            session.run(upkeep_queries.fill(upkeep_queries.DROP_INDEX, NAME=name)).consume()


def _bring_up_to_date(
    execute: upkeep.Execute, batches: list[GraphBatch], stale: list[str], run_id: str
) -> None:
    upkeep.write_batches(execute, batches, run_id=run_id)
    if stale:
        upkeep.delete_stale(execute, stale, run_id=run_id)
