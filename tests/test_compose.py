"""docker-compose.yml: well formed, the Neo4j of development, no password in it, reachable from here only."""

import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from graph.neo4j_server import CONF, Neo4jServer, server_version
from tests.samples import raw_driver

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


def settings_of(environment: Mapping[str, str]) -> dict[str, str]:
    """Settings as the image makes them of its environment, with the values where nobody sets another."""
    return {
        name.removeprefix("NEO4J_").replace("_", ".").replace("..", "_"): re.sub(
            r"\$\{\w+:-(.*)\}", r"\1", value
        )
        for name, value in environment.items()
        if name != "NEO4J_AUTH"
    }


def unknown(settings: Iterable[str], known: Iterable[str]) -> set[str]:
    return {*settings} - {*known}


CONF_SETTINGS = dict(line.split("=", 1) for line in CONF.splitlines())


def test_what_both_servers_set_is_equal(services: dict[str, Any]) -> None:
    found = settings_of(services["neo4j"]["environment"])
    both = found.keys() & CONF_SETTINGS.keys()
    assert {name: found[name] for name in both} == {name: CONF_SETTINGS[name] for name in both}
    assert both >= {
        "dbms.security.allow_csv_import_from_file_urls",
        "db.transaction.monitor.check.interval",
        "dbms.usage_report.enabled",
    }
    # What only this machine's server sets is where it listens: a container listens on all of its own.
    assert all(
        name.endswith(("listen_address", "advertised_address")) for name in CONF_SETTINGS.keys() - both
    )


def test_memory_is_limited(services: dict[str, Any]) -> None:
    found = settings_of(services["neo4j"]["environment"])
    for part in ("heap.initial_size", "heap.max_size", "pagecache.size"):
        assert re.fullmatch(r"\d+[mg]", found[f"server.memory.{part}"])


def test_the_real_server_knows_every_setting(services: dict[str, Any], neo4j_address: str) -> None:
    """The image does not start with a setting that the server does not know."""
    with raw_driver() as driver:
        records = driver.execute_query("SHOW SETTINGS YIELD name").records
    known = [record["name"] for record in records]
    environment = services["neo4j"]["environment"]
    assert unknown(settings_of(environment), known) == unknown(CONF_SETTINGS, known) == set()
    for slip in ("inital__size", "initial_size", "initial__Size"):
        misspelt = environment | {f"NEO4J_server_memory_heap_{slip}": "1g"}
        assert len(unknown(settings_of(misspelt), known)) == 1


def test_ports_are_those_of_this_machine(services: dict[str, Any]) -> None:
    assert all(port.startswith("127.0.0.1:") for port in services["neo4j"]["ports"])


def test_the_app_waits_for_a_healthy_server(services: dict[str, Any]) -> None:
    assert services["app"]["depends_on"] == {"neo4j": {"condition": "service_healthy"}}
    build = services["app"]["build"]
    assert (ROOT / build["context"] / build["dockerfile"]).is_file()


def check_health(services: dict[str, Any], ports: Mapping[str, object]) -> bool:
    """Run the health check here, with the ports of a server of ours."""
    how, command = services["neo4j"]["healthcheck"]["test"]
    assert how == "CMD-SHELL"
    for port, ours in ports.items():
        assert command.count(f":{port}") == 1
        command = command.replace(f":{port}", f":{ours}")
    return subprocess.run(["sh", "-c", command], check=False).returncode == 0


@pytest.mark.skipif(shutil.which("wget") is None, reason="没有 wget，镜像里有")
def test_a_server_is_healthy_when_bolt_and_http_answer(
    services: dict[str, Any], neo4j_server: Neo4jServer
) -> None:
    conf = (neo4j_server.folder / "home" / "conf" / "neo4j.conf").read_text("utf-8")
    bolt, http = (
        re.findall(rf"server\.{name}\.listen_address=.*:(\d+)", conf)[0] for name in ("bolt", "http")
    )
    assert check_health(services, {"7474": http, "7687": bolt})
    assert not check_health(services, {"7474": 1, "7687": bolt})
    assert not check_health(services, {"7474": http, "7687": 1})


def test_dependencies_are_a_layer_of_their_own() -> None:
    """A changed module must not install spaCy again: what comes before depends on no code."""
    text = (ROOT / "app" / "Dockerfile").read_text("utf-8").replace("\\\n", "")
    steps = [line.split(maxsplit=1) for line in text.splitlines() if line.startswith(("COPY ", "RUN "))]
    first, last = (number for number, (_, line) in enumerate(steps) if "pip install" in line)
    copied = [line for verb, line in steps[:first] if verb == "COPY"]
    assert copied == ["pyproject.toml requirements.lock ./"]
    assert "--constraint requirements.lock" in steps[first][1] and "--no-deps" in steps[last][1]
    program = steps[first][1].split('"')[1]
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    extras = declared["project"]["optional-dependencies"]
    wanted = [*declared["project"]["dependencies"], *extras["app"], *extras["language"], *extras["neo4j"]]
    assert sorted(done.stdout.splitlines()) == sorted([*declared["build-system"]["requires"], *wanted])


def test_what_the_image_copies_is_there_and_not_ignored() -> None:
    kept = {line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line[:1] == "!"}
    lines = (ROOT / "app" / "Dockerfile").read_text("utf-8").splitlines()
    copied = {name for line in lines if line.startswith("COPY ") for name in line.split()[1:-1]}
    assert copied == kept
    assert all((ROOT / name).exists() for name in copied)
