"""The server for machines without Docker: what it writes is its owner's alone; CI stops only its own."""

import os
import secrets
import socket
import stat
import struct
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from graph import neo4j_server as neo4j_server_module
from graph.neo4j_server import Neo4jServer, main
from ontology.errors import StoreError

ROOT = Path(__file__).parents[2]


def test_what_the_server_writes_is_its_owners_alone(neo4j_server: Neo4jServer) -> None:
    assert stat.S_IMODE(neo4j_server.folder.stat().st_mode) == 0o700
    files = [path for path in neo4j_server.folder.rglob("*") if path.is_file()]
    names = {path.name for path in files}
    assert names >= {"env", "pid", "neo4j.conf", "console.log", "debug.log", "neostore"}
    assert {str(path) for path in files if path.stat().st_mode & 0o077} == set()


def test_any_password_that_is_drawn_can_be_set(
    neo4j_server: Neo4jServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del neo4j_server  # asked for only so that this test skips where it does
    # In base64 these bytes begin with -, as one drawn password of 64 did.
    monkeypatch.setattr(secrets, "token_bytes", lambda size: b"\xfb" * size)
    server = Neo4jServer(tmp_path)
    server._set_up()
    assert len(server.environment()["NEO4J_PASSWORD"]) >= 32


def test_status_says_whether_it_runs(
    neo4j_server: Neo4jServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for folder, status, said in ((neo4j_server.folder, 0, " 在运行：bolt://"), (tmp_path, 1, " 没有在运行")):
        monkeypatch.setattr(sys, "argv", ["neo4j_server", "status", "--folder", str(folder)])
        assert (main(), said in capsys.readouterr().out) == (status, True)


@pytest.mark.parametrize("is_running", [True, False])
def test_ci_stops_only_the_server_it_started(tmp_path: Path, is_running: bool) -> None:
    """The real script, with programs that only note that they were called."""
    log, programs = tmp_path / "log", tmp_path / "bin"
    (tmp_path / ".ci").mkdir()
    (tmp_path / ".ci" / "run").write_bytes((ROOT / ".ci" / "run").read_bytes())
    for place in ("bin/make", "bin/mvn", "bin/java", ".venv/bin/python"):
        path = tmp_path / place
        path.parent.mkdir(parents=True, exist_ok=True)
        status = int(not is_running) if path.name == "python" else 0
        path.write_text(f'#!/bin/sh\necho "{path.name} $*" >> "{log}"\nexit {status}\n')
        path.chmod(0o755)
    environment = os.environ | {"PATH": f"{programs}:{os.environ['PATH']}"}
    subprocess.run(["sh", tmp_path / ".ci" / "run"], env=environment, check=True)
    called = log.read_text().splitlines()
    assert "python -m graph.neo4j_server status" in called and "make test" in called
    assert ("make neo4j" in called, "make neo4j-stop" in called) == (not is_running, not is_running)


def test_a_server_that_breaks_off_while_it_starts_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever takes connections and resets them has not started yet: the sentence says so at the end."""
    monkeypatch.setattr(neo4j_server_module, "START_TIMEOUT_S", 1)
    broken_off = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def reset() -> None:
            while True:
                try:
                    own, _ = listening.accept()
                except OSError:
                    return
                broken_off.append(own.recv(4))
                own.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                own.close()

        thread = threading.Thread(target=reset, daemon=True)
        thread.start()
        server = Neo4jServer(tmp_path)
        server._write_env(listening.getsockname()[1], "x")
        with (
            subprocess.Popen([sys.executable, "-c", "import time; time.sleep(30)"]) as process,
            pytest.raises(StoreError, match="还没有应答"),
        ):
            try:
                server._wait(process)
            finally:
                process.kill()
    assert len(broken_off) > 1, "more than one try"
