"""What Neo4j answers, made plain (查询结果): rows of plain values, its errors as our sentences."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, time
from threading import Lock
from typing import Any

import neo4j
from neo4j.exceptions import ClientError, DatabaseError, DriverError, Neo4jError, TransientError
from neo4j.graph import Node, Path, Relationship
from neo4j.time import Date, DateTime, Duration, Time

from graph.read_only import WRITING, is_show, refuse_unsafe
from ontology.errors import QueryError
from ontology.vocabulary import VOCABULARY

_EXPLAIN = "EXPLAIN "
_MOST_KNOWN, _LONGEST_KNOWN = 500, 5_000
"""Texts that are known to read only: ours, and some of people's own; and their letters."""
_INTERNAL = frozenset(prop.name for item in VOCABULARY.classes for prop in item.properties if prop.internal)
_PLACE = re.compile(r"\s*\(line (\d+), column (\d+) \(offset: \d+\)\)")
_PARAMETERS = re.compile(r"Expected parameter\(s\): (.+)")
_TIMED_OUT = ("TransactionTimedOut", "TransactionTimedOutClientConfiguration")


class ServerQuestions:
    """Asks a server what only reads (只读的提问): what a text would do is asked of the server once.

    Each page asks the same texts again and again, and a round trip takes as long as most answers.
    """

    def __init__(self) -> None:
        self._reading: dict[str, None] = {}
        self._lock = Lock()

    def ask(
        self,
        session: neo4j.Session,
        text: str,
        params: Mapping[str, object] | None,
        *,
        timeout_s: float | None,
        max_rows: int | None,
    ) -> list[dict[str, Any]]:
        """Ask a question in a session that only reads, and return its rows; raises QueryError."""
        refuse_unsafe(text)
        given = dict(params or {})
        with _translated_errors(timeout_s, before=_EXPLAIN):
            self._refuse_writing(session, text, given, timeout_s)
        with _translated_errors(timeout_s):
            result = session.run(_timed(text, timeout_s), given)
            names = result.keys()
            rows = result.fetch(max_rows) if max_rows is not None else list(result)
            return [{name: plain_value(row[name]) for name in names} for row in rows]

    def _refuse_writing(
        self, session: neo4j.Session, text: str, given: dict[str, object], timeout_s: float | None
    ) -> None:
        """The server says what a text would do before it does it: the same whatever is given to it."""
        if text in self._reading:
            return
        plan = session.run(_timed(_EXPLAIN + text, timeout_s), given).consume()
        if plan.query_type != "r" and not is_show(text):
            raise QueryError(WRITING)
        if len(text) > _LONGEST_KNOWN:
            return
        with self._lock:
            if len(self._reading) >= _MOST_KNOWN:
                self._reading.pop(next(iter(self._reading)))
            self._reading[text] = None


def _timed(text: str, timeout_s: float | None) -> neo4j.Query:
    return neo4j.Query(text, timeout=timeout_s)


def plain_value(value: Any) -> Any:
    """Nodes, relationships and paths as maps of what was stored for people; times as Python's."""
    match value:
        case Node():
            return {"labels": sorted(value.labels), **_stored(value)}
        case Relationship():
            return {"type": value.type, **_stored(value)}
        case Path():
            return {
                "nodes": [plain_value(node) for node in value.nodes],
                "relationships": [plain_value(item) for item in value.relationships],
            }
        case dict():
            return {name: plain_value(item) for name, item in value.items()}
        case Date() | DateTime() | Time():
            native: date | datetime | time = value.to_native()
            return native
        case Duration():
            return value.iso_format()
        case list() | tuple():
            return [plain_value(item) for item in value]
        case _:
            return value


def _stored(entity: Node | Relationship) -> dict[str, Any]:
    return {name: plain_value(entity[name]) for name in entity if name not in _INTERNAL}


@contextmanager
def _translated_errors(timeout_s: float | None, before: str = "") -> Iterator[None]:
    try:
        yield
    except (ClientError, TransientError, DatabaseError) as error:
        raise QueryError(sentence(error, timeout_s, before)) from error
    except (DriverError, TypeError, ValueError, OverflowError) as error:
        if isinstance(error, neo4j.exceptions.ServiceUnavailable | neo4j.exceptions.SessionExpired):
            raise
        raise QueryError(f"查询无法执行（驱动的原话：{error}）") from error


def sentence(error: Neo4jError, timeout_s: float | None, before: str = "") -> str:
    """Why a question failed, in one plain sentence; `before` is what was put before the person's own text."""
    code = (error.code or "").rpartition(".")[2]
    words = " ".join((error.message or "").split())
    if code == "AccessMode":
        return WRITING
    if code in _TIMED_OUT:
        limit = "时限内" if timeout_s is None else f" {timeout_s:g} 秒内"
        return f"查询未能在{limit}完成，已停止，请缩小范围或加上 LIMIT"
    missing = _PARAMETERS.search(words)
    if code == "ParameterMissing" and missing:
        name = missing[1].split(",")[0]
        return f"查询无法执行：没有给参数 ${name} 的值，应加 --param {name}=值"
    if code == "ArithmeticError" and "by zero" in words:
        return "查询无法执行：除数是 0"
    if code == "SyntaxError":
        place = _PLACE.search(words)
        where = "第 {} 行第 {} 列".format(*_written_place(place, before)) if place else ""
        # Behind the place stands a picture of it, before it often a list of all that could follow.
        told = re.sub(r": expected .*", "", words[: place.start()] if place else words)
        return f"查询语句{where}有语法错误（数据库的原话：{told}）"
    return f"查询无法执行（数据库的原话：{words}）"


def _written_place(place: re.Match[str], before: str) -> tuple[int, int]:
    """Line and column of a place in what the person wrote: without what we put before it."""
    line, column = int(place[1]), int(place[2])
    return line, column - len(before) if line == 1 else column
