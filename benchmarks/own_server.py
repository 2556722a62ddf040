"""A Neo4j server of a benchmark's own (自备的服务器), which make neo4j has fetched."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console

from graph.neo4j_server import Neo4jServer


@contextmanager
def own_server(folder: Path, console: Console) -> Iterator[str]:
    """Start a server in a folder, its address and password in the environment; stop it at the end."""
    server = Neo4jServer(folder)
    server.start(console)
    os.environ.update(server.environment())
    try:
        yield os.environ["NEO4J_URI"]
    finally:
        server.stop(console)
