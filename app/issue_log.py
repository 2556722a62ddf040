"""The issue log of a workspace as it is read again (问题清单)."""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from app.workspace import ISSUE_LOG, read_workspace
from ontology.errors import WorkspaceError, os_reason
from ontology.ids import disclosure_id
from ontology.model import IssueLevel, Source


class LoggedIssue(msgspec.Struct, frozen=True):
    """One line of the log; `own_id` is the disclosure's, None where the file could not be read."""

    file: str
    path: str
    level: IssueLevel
    code: str
    message: str
    source: Source | None = None
    own_id: str | None = None


def log_state(folder: Path) -> tuple[int, int, int] | None:
    """What changes when the log is written anew; None where there is none."""
    try:
        found = (folder / ISSUE_LOG).stat()
    except FileNotFoundError:
        return None
    return found.st_mtime_ns, found.st_ino, found.st_size


def read_issues(folder: Path) -> Sequence[LoggedIssue]:
    """What there is to say of a workspace's files, the gravest first; raises WorkspaceError."""
    manifest = read_workspace(folder).manifest
    path = folder / ISSUE_LOG
    try:
        lines = path.read_bytes().splitlines()
        found = [msgspec.json.decode(line, type=LoggedIssue) for line in lines]
    except FileNotFoundError:
        return ()  # a build is under way, its log comes last
    except OSError as error:
        raise WorkspaceError(f"无法读取 {path}（{os_reason(error)}）；请检查权限") from error
    except msgspec.DecodeError as error:
        raise WorkspaceError(f"{path} 已损坏；再运行一次 jixiao build，会重新写出它") from error
    order = list(IssueLevel)[::-1]
    hashes = {key: entry.sha256 for key, entry in manifest.files.items() if entry.counts}
    told = [
        msgspec.structs.replace(issue, own_id=disclosure_id(sha256)) if sha256 else issue
        for issue in found
        for sha256 in [hashes.get(issue.path)]
    ]
    return sorted(told, key=lambda issue: order.index(issue.level))
