"""The right to write a graph on a server (写入锁): one process at a time, given back however it ends."""

from contextlib import suppress

import neo4j
from neo4j.exceptions import ClientError, DriverError, Neo4jError, TransientError

from graph import neo4j_queries
from graph.neo4j_connection import Neo4jAddress
from ontology.errors import StoreError, WorkspaceBusy

_BUSY_S = 1.0


class Lease:
    """A transaction that makes a node and never commits it, so that another one has to wait.

    It ends with its connection: a killed writer leaves nothing to be cleared. Raises WorkspaceBusy where
    another process holds it.
    """

    def __init__(self, driver: neo4j.Driver, address: Neo4jAddress) -> None:
        self._address = address
        self._try(driver)
        self._session = driver.session(database=address.database)
        self._transaction = self._session.begin_transaction()
        self._transaction.run(neo4j_queries.TAKE_LEASE).consume()

    def _try(self, driver: neo4j.Driver) -> None:
        """Ask for it with a limit, which the transaction that is kept cannot have."""
        with driver.session(database=self._address.database) as session:
            try:
                with session.begin_transaction(timeout=_BUSY_S) as attempt:
                    attempt.run(neo4j_queries.TAKE_LEASE).consume()
                    attempt.rollback()
            except (ClientError, TransientError) as error:
                if "Timed" in (error.code or "") or "Lock" in (error.code or ""):
                    raise WorkspaceBusy(
                        f"图谱 {self._address.shown} 正由另一个进程写入，请等它结束后再试"
                    ) from error
                raise

    def check(self) -> None:
        """Raise StoreError where the server has ended it: another process may be writing by now."""
        try:
            self._transaction.run(neo4j_queries.TAKE_LEASE).consume()
        except (ClientError, TransientError) as error:
            raise StoreError(
                f"Neo4j {self._address.shown} 收回了写入的锁，也许另一个进程在写；再运行同一条命令会接着做完"
            ) from error

    def close(self) -> None:
        """Give it back; what a cut connection has already closed says nothing new."""
        for part in (self._transaction, self._session):
            with suppress(DriverError, Neo4jError):
                part.close()
