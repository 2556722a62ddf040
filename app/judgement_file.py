"""The workspace's file of judgements (人工判断文件): a JSON line for each, apart from what is computed.

People may edit it; a line that is no judgement is told of with its number, and nothing is lost.
"""

import hashlib
from pathlib import Path

import msgspec

from app.workspace import write_safely
from graph.judgements import Judgement, Judgements
from ontology.errors import WorkspaceError, os_reason

FILE = "judgements.jsonl"


def read_judgements(folder: Path) -> Judgements:
    """All judgements of a workspace; raises WorkspaceError for a line that is none."""
    found = []
    for number, line in enumerate(_read(folder).splitlines(), start=1):
        if line.strip():
            try:
                found.append(msgspec.json.decode(line, type=Judgement))
            except msgspec.DecodeError as error:
                raise WorkspaceError(
                    f"{folder / FILE} 第 {number} 行不是一条判断（{error}）；"
                    '应为 {"subject": "indicators", "one": …, "other": …, "verdict": "same|different|unsure"}'
                ) from error
    return Judgements(tuple(found))


def add_judgement(folder: Path, judgement: Judgement) -> None:
    """Keep one more judgement; of a pair the newest counts, the earlier ones stay as its history."""
    data = _read(folder)
    if data and not data.endswith(b"\n"):
        data += b"\n"
    write_safely(folder / FILE, data + msgspec.json.encode(judgement) + b"\n")


def digest_of_judgements(folder: Path) -> str:
    """What changes when a judgement is added or changed."""
    return hashlib.sha256(_read(folder)).hexdigest()[:16]


def _read(folder: Path) -> bytes:
    try:
        return (folder / FILE).read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise WorkspaceError(f"无法读取 {folder / FILE}（{os_reason(error)}）；请检查权限") from error
