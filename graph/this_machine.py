"""What a server of ours needs of this machine (本机): ports that are free, files that nobody else reads."""

import os
import socket
from pathlib import Path

OWN = 0o077
"""The mask under which only the owner may read what is written."""


def make_private(folder: Path) -> None:
    """Make a folder, or take one that is there, so that only its owner may look into it."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner may read, from its first moment on."""
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)


def open_private(name: str | Path, flags: int) -> int:
    """An opener (as `open` takes it) of files that only their owner may read."""
    return os.open(name, flags, 0o600)


def is_free(port: int) -> bool:
    """Whether nobody listens on a port of the loopback."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def free_port(wanted: int) -> int:
    """The port that is usual, or another that is free."""
    if is_free(wanted):
        return wanted
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
