"""Where the example disclosures are, and a Neo4j server of the tests' own."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console

from graph.neo4j_server import Neo4jServer
from tests.samples import empty_server

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def examples() -> list[Path]:
    """The example disclosures in the order of their numbers."""
    found = sorted(path for path in (ROOT / "examples").iterdir() if path.suffix in (".txt", ".md"))
    assert len(found) >= 16
    return found


@pytest.fixture(scope="session")
def neo4j_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neo4jServer]:
    """A server of the tests' own, so that nobody's graph is emptied; skips where it was never fetched."""
    folder = tmp_path_factory.mktemp("neo4j")
    folder.chmod(0o755)  # as an earlier version, or the user, left it
    server = Neo4jServer(folder)
    if not server.is_fetched and os.environ.get("JIXIAO_NEO4J") != "required":
        pytest.skip("没有 Neo4j，请先运行 make neo4j（只要一次）")
    console = Console(quiet=True)
    server.start(console)
    yield server
    server.stop(console)


@pytest.fixture(scope="session")
def neo4j_address(neo4j_server: Neo4jServer) -> Iterator[str]:
    """Where the server answers; who may enter stands in the environment."""
    found = neo4j_server.environment()
    with pytest.MonkeyPatch.context() as patch:
        for name, value in found.items():
            patch.setenv(name, value)
        yield found["NEO4J_URI"]


@pytest.fixture
def empty_neo4j(neo4j_address: str) -> str:
    """The address of a server without a graph."""
    empty_server()
    return neo4j_address
