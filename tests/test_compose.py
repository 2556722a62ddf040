"""docker-compose.yml: well formed, the Neo4j of development, no password in it, reachable from here only."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from graph.neo4j_server import server_version

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docker-compose.yml").read_text("utf-8")


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(TEXT)
    assert found.keys() == {"services", "volumes"}
    named = {volume.split(":")[0] for item in found["services"].values() for volume in item["volumes"]}
    assert {name for name in named if name.isidentifier() or ("-" in name and "/" not in name)} <= {
        *found["volumes"],
        *(name for name in named if name.startswith("$")),
    }
    return dict(found["services"])


def test_the_server_is_that_of_development(services: dict[str, Any]) -> None:
    assert services["neo4j"]["image"] == f"neo4j:{server_version()}-community"


def test_the_password_comes_from_the_environment(services: dict[str, Any]) -> None:
    assert services["neo4j"]["environment"]["NEO4J_AUTH"].startswith("neo4j/${NEO4J_PASSWORD:?")
    assert services["app"]["environment"]["NEO4J_PASSWORD"] == "${NEO4J_PASSWORD}"
    # The image takes every other NEO4J_… for a setting, and does not start with one it does not know.
    settings = services["neo4j"]["environment"].keys() - {"NEO4J_AUTH"}
    assert all(name.removeprefix("NEO4J_").islower() and "_" in name for name in settings)


def test_ports_are_those_of_this_machine(services: dict[str, Any]) -> None:
    assert all(port.startswith("127.0.0.1:") for port in services["neo4j"]["ports"])


def test_the_app_waits_for_a_healthy_server(services: dict[str, Any]) -> None:
    assert services["app"]["depends_on"] == {"neo4j": {"condition": "service_healthy"}}
    assert services["neo4j"]["healthcheck"]["test"][0] == "CMD-SHELL"
    build = services["app"]["build"]
    assert (ROOT / build["context"] / build["dockerfile"]).is_file()


def test_what_the_image_copies_is_there_and_not_ignored() -> None:
    kept = {line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line[:1] == "!"}
    lines = (ROOT / "app" / "Dockerfile").read_text("utf-8").splitlines()
    copied = {name for line in lines if line.startswith("COPY ") for name in line.split()[1:-1]}
    assert copied == kept
    assert all((ROOT / name).exists() for name in copied)
