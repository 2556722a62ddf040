"""What the explorer shows (浏览器的设置): which graph; it stands in the environment."""

import os
from dataclasses import dataclass
from pathlib import Path

from ontology.errors import WorkspaceError

READY = "图谱已读好"
"""What the server says when it has read the graph, and no page waits for that any more."""
_FOLDER, _ADDRESS = "JIXIAO_WORKSPACE", "JIXIAO_EXPLORER_STORE"
_PASSWORD = "JIXIAO_EXPLORER_PASSWORD"


@dataclass(frozen=True, slots=True)
class Settings:
    """The workspace, and the Neo4j server where the graph is not the workspace's own."""

    folder: Path
    address: str | None = None

    def environment(self) -> dict[str, str]:
        """The same as variables of the environment."""
        found = {_FOLDER: str(self.folder)}
        return found | ({_ADDRESS: self.address} if self.address else {})


def read_settings() -> Settings:
    """What the environment says."""
    folder = Path(os.environ.get(_FOLDER) or "jixiao-workspace")
    return Settings(folder, os.environ.get(_ADDRESS) or None)


def read_password() -> str | None:
    """The password that shared servers ask for; None: everybody who reaches the page may look.

    Raises WorkspaceError for one that a browser cannot send.
    """
    found = os.environ.get(_PASSWORD) or None
    if found is not None and not found.isprintable():
        raise WorkspaceError(f"环境变量 {_PASSWORD} 里有换行或不是 UTF-8 的字，应为能在网页上输入的密码")
    return found
