"""The right to write a graph on a server (写入锁): one process at a time, given back however it ends."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from uuid import uuid4

import neo4j
from neo4j.exceptions import ClientError, DriverError, Neo4jError, TransactionError, TransientError

from graph import neo4j_queries
from graph.neo4j_connection import Server
from ontology.errors import StoreError, WorkspaceBusy

_LOOK_AGAIN_S = 1.0
_PATIENCE_S = 30.0


class Lease:
    """A transaction that makes a node and never commits it, so that another one has to wait.

    It ends with its connection: a killed writer leaves nothing to be cleared. Raises WorkspaceBusy where
    another process holds it.
    """

    def __init__(self, server: Server) -> None:
        self._server = server
        self._metadata = {"jixiao": "writer", "lease": uuid4().hex}
        self._session = server.session()
        try:
            with self._without_waiting():
                self._make_lockable()
                # No limit of the server's either: the lease has to last as long as the build.
                self._transaction = self._session.begin_transaction(metadata=self._metadata, timeout=0)
                self._transaction.run(neo4j_queries.TAKE_LEASE).consume()
        except BaseException:
            self._session.close()
            raise

    def check(self) -> None:
        """Raise StoreError where the server has ended it: another process may be writing by now."""
        try:
            self._transaction.run(neo4j_queries.TAKE_LEASE).consume()
        except (ClientError, TransientError, TransactionError) as error:
            raise StoreError(
                f"Neo4j {self._server.address.shown} 收回了写入的锁，也许另一个进程在写；"
                "再运行同一条命令会接着做完"
            ) from error

    def close(self) -> None:
        """Give it back; what a cut connection has already closed says nothing new."""
        for part in (self._transaction, self._session):
            with suppress(DriverError, Neo4jError):
                part.close()

    def _make_lockable(self) -> None:
        """Have the constraint without which two such nodes could be made side by side."""
        names = [row["name"] for row in self._session.run(neo4j_queries.LIST_CONSTRAINTS)]
        if neo4j_queries.LEASE_CONSTRAINT not in names:
            # Several that make it at once are a deadlock to the server: such an attempt is repeated.
            create = neo4j.unit_of_work(metadata=self._metadata)(_create_constraint)
            self._session.execute_write(create)

    @contextmanager
    def _without_waiting(self) -> Iterator[None]:
        """While the lease is taken, have the server end what waits for another process.

        A limit on the transaction would do so too, and end the lease in the middle of the build.
        """
        taken, ended = threading.Event(), threading.Event()
        watch = threading.Thread(target=self._end_waiting, args=(taken, ended), daemon=True)
        watch.start()
        try:
            yield
            taken.set()
            watch.join()
            # It may have been ended in the moment in which it was got.
            if ended.is_set():
                self.check()
        except (DriverError, Neo4jError, StoreError) as error:
            if not ended.is_set():
                raise
            shown = self._server.address.shown
            raise WorkspaceBusy(f"图谱 {shown} 正由另一个进程写入，请等它结束后再试") from error
        finally:
            taken.set()
            watch.join()

    def _end_waiting(self, taken: threading.Event, ended: threading.Event) -> None:
        begun = time.monotonic()
        while not taken.wait(_LOOK_AGAIN_S):
            # A cut connection ends the waiting as well, and is told of there.
            with suppress(DriverError, Neo4jError), self._server.session() as session:
                for row in session.run(neo4j_queries.FIND_LEASE, {"lease": self._metadata["lease"]}).data():
                    # A server just started may be slow; only who waits for another one is busy.
                    if row["status"].startswith("Blocked") or time.monotonic() - begun > _PATIENCE_S:
                        ended.set()
                        session.run(neo4j_queries.END_TRANSACTION, {"id": row["id"]}).consume()


def _create_constraint(transaction: neo4j.ManagedTransaction) -> None:
    transaction.run(neo4j_queries.CREATE_LEASE_CONSTRAINT).consume()
