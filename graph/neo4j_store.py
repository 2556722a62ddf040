"""The graph store on a Neo4j server (Neo4j 图谱库), through the official driver.

What a file states is written and cleaned up in one transaction: a reader sees a file whole, or not at
all, and a load that broke off has lost nothing and doubled nothing. Files are visible as they come;
counts over the whole graph are right from `publish` on.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import neo4j

from graph import neo4j_queries, upkeep
from graph.batch import GraphBatch
from graph.neo4j_answers import ServerQuestions
from graph.neo4j_connection import Neo4jAddress, Server, translated_errors
from graph.neo4j_lease import Lease
from graph.neo4j_schema import (
    check_schema,
    create_schema,
    drop_index,
    is_unfinished,
    mark_unfinished,
    markers,
)
from graph.store_base import OpenStore, ReadOnlyStore
from ontology.errors import StoreError

ROWS_PER_TRANSACTION = 20_000


class _Neo4j(OpenStore):
    """What reader and writer share: a server, and questions."""

    def __init__(self, url: str) -> None:
        self._address = Neo4jAddress(url)
        super().__init__(self._address.shown)
        self._server: Server | None = Server(self._address)
        self._questions = ServerQuestions()

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
            return self._questions.ask(session, text, params, timeout_s=timeout_s, max_rows=max_rows)

    def is_unfinished(self) -> bool:
        """Whether a build is under way, or was cut off: files may be missing, and counts behind."""
        with self._session(neo4j.READ_ACCESS) as session:
            return is_unfinished(session)

    def publication(self) -> str | None:
        """The run that last derived what follows from the whole graph; None while a build is under way."""
        if self.is_unfinished():
            return None
        found = self.run(neo4j_queries.LAST_DERIVED)
        return str(found[0]["run_id"]) if found else ""

    def close(self) -> None:
        """Close the connections; again does nothing."""
        if self._server is not None:
            self._server.close()
            self._server = None

    @contextmanager
    def _session(self, access: str = neo4j.WRITE_ACCESS) -> Iterator[neo4j.Session]:
        """A session, whose failures are one plain sentence."""
        if self._server is None:
            self._refuse_closed()
        with translated_errors(self._address), self._server.session(access) as session:
            yield session


class Neo4jReader(_Neo4j, ReadOnlyStore):
    """The graph on a server, for reading."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        try:
            with self._session(neo4j.READ_ACCESS) as session:
                check_schema(session, self._address, read_only=True)
        except BaseException:
            self.close()
            raise


class Neo4jWriter(_Neo4j):
    """The graph on a server, open for writing by one process at a time."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self._waiting: list[GraphBatch] = []
        self._rows = 0
        self._run_id = ""
        self._stale: list[str] = []
        self._lease: Lease | None = None
        self._marked = False
        try:
            with self._session() as session:
                check_schema(session, self._address, read_only=False)
                self._lease = self._take_lease()
                # Whoever held it before may have emptied the graph, or made its schema.
                if not check_schema(session, self._address, read_only=False):
                    create_schema(session)
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
        self._mark()
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
        self._change(lambda execute: upkeep.delete_disclosure(execute, disclosure_id))

    def replace_derived(self, batch: GraphBatch, *, run_id: str) -> None:
        self._flush()
        self._change(lambda execute: upkeep.replace_derived(execute, batch, run_id=run_id))

    def publish(self) -> None:
        self._flush()
        self._change(upkeep.refresh_derived)
        with self._session() as session:
            self._check_lease()
            drop_index(session, neo4j_queries.UNFINISHED)
        self._marked = False

    def close(self) -> None:
        """Close the connections; what was not sent is forgotten, as with every store."""
        if self._lease is not None:
            self._lease.close()
            self._lease = None
        super().close()

    def _flush(self) -> None:
        """Send what waits: all of it, or nothing; what could not be sent goes on waiting."""
        batches, stale, run_id = self._waiting, self._stale, self._run_id
        if batches or stale:
            self._change(lambda execute: _bring_up_to_date(execute, batches, stale, run_id))
        self._waiting, self._stale, self._rows = [], [], 0

    def _change(self, work: Callable[[upkeep.Execute], None]) -> None:
        """Do some work in one transaction, again where the server asks for it."""

        def do(transaction: neo4j.ManagedTransaction) -> None:
            # At every attempt, and once more before it counts: the lease may be lost at any time.
            self._check_lease()
            work(lambda text, params: transaction.run(text, dict(params)).data())
            self._check_lease()

        self._mark()
        with self._session() as session:
            try:
                session.execute_write(do)
            except (TypeError, ValueError, OverflowError) as error:
                raise StoreError(
                    f"有的值 Neo4j {self._address.shown} 存不下（驱动的原话：{error}）"
                ) from error

    def _mark(self) -> None:
        """Let readers know, before anything changes, that from here to the publication not all is there."""
        if not self._marked:
            with self._session() as session:
                self._check_lease()
                mark_unfinished(session)
            self._marked = True

    def _check_lease(self) -> None:
        if self._lease is not None:
            self._lease.check()

    def _take_lease(self) -> Lease:
        if self._server is None:
            self._refuse_closed()
        return Lease(self._server)


def open_server(url: str, *, read_only: bool) -> Neo4jReader | Neo4jWriter:
    """Open the graph at an address."""
    return Neo4jReader(url) if read_only else Neo4jWriter(url)


def discard(url: str) -> None:
    """Empty the graph of another version on a server, so that the next writer starts anew.

    Raises WorkspaceBusy where it is being written, StoreError where other people's nodes stand beside it.
    """
    address = Neo4jAddress(url)
    with translated_errors(address), Server(address) as server, server.session() as session:
        lease = Lease(server)
        try:
            if session.run(neo4j_queries.FIND_FOREIGN).single():
                raise StoreError(
                    f"Neo4j {address.shown} 里除了旧的绩效图谱还有别的内容，没有动它；请另建一个空的数据库"
                )
            # The relationships first: those of a few shared nodes are too many for one transaction.
            for text in (neo4j_queries.DELETE_SOME_RELATIONSHIPS, neo4j_queries.DELETE_SOME_NODES):
                while session.run(text).single(strict=True)["deleted"]:
                    lease.check()
            # The markers last: what was left half emptied is emptied by the next one.
            for name in (neo4j_queries.FULLTEXT_INDEX, *markers(session)):
                drop_index(session, name)
        finally:
            lease.close()


def _bring_up_to_date(
    execute: upkeep.Execute, batches: list[GraphBatch], stale: list[str], run_id: str
) -> None:
    upkeep.write_batches(execute, batches, run_id=run_id)
    if stale:
        upkeep.delete_stale(execute, stale, run_id=run_id)
