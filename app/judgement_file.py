"""The workspace's file of judgements (人工判断文件): a JSON line for each, apart from what is computed.

People may edit it; a line that is no judgement is told of with its number, the others count, and nothing
is lost.
"""

import codecs
import hashlib
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import msgspec

from app.json_lines import LINE_ERRORS, why_not
from app.workspace import write_safely
from graph.judgements import Judgement, Judgements, Subject, Verdict
from nlp.normal_form import concept_of
from ontology.errors import WorkspaceError, os_reason

FILE = "judgements.jsonl"
_EXPECTED = '{"subject": "indicators|targets", "one": …, "other": …, "verdict": "same|different|unsure"}'
_PAIR = 2


class _Line(msgspec.Struct, forbid_unknown_fields=True):
    """A line as it must be: a field that nobody knows may be a wrong name for one that counts."""

    subject: Subject
    one: str
    other: str
    verdict: Verdict
    remark: str = ""
    judge: str = ""
    day: str = ""


def read_judgements(folder: Path, tell: Callable[[str], None]) -> Judgements:
    """All judgements of a workspace; `tell` gets a sentence for each line that is none."""
    found = []
    for number, line in enumerate(_read(folder).splitlines(), start=1):
        line = line.removeprefix(codecs.BOM_UTF8)
        if not line.strip():
            continue
        try:
            judgement = Judgement(**msgspec.structs.asdict(msgspec.json.decode(line, type=_Line)))
            wrong = wrong_sides(judgement)
        except LINE_ERRORS as error:
            wrong = why_not(error)
        if wrong is None:
            found.append(judgement)
        else:
            tell(f"{folder / FILE} 第 {number} 行不是一条判断（{wrong}），没有算上；应为 {_EXPECTED}")
    return Judgements(tuple(found))


def wrong_sides(judgement: Judgement) -> str | None:
    """Why a judgement is not about two things; None where it is."""
    for side in (judgement.one, judgement.other):
        is_blank = not side.strip() or (judgement.subject is Subject.INDICATORS and concept_of(side) is None)
        if is_blank:
            return f"“{side}”里没有文字"
    return None if len(judgement.key) == _PAIR else "A 和 B 是同一个，应为两个不同的"


def judgement_to_json(judgement: Judgement | None) -> dict[str, Any] | None:
    """What a person said of a pair as JSON values; None where nobody has."""
    if judgement is None:
        return None
    return {name: value for name, value in asdict(judgement).items() if name in _SAID}


_SAID = ("verdict", "remark", "judge", "day")


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
