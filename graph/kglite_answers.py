"""What KGLite answers, made plain (查询结果): rows without its made-up keys, its errors as our sentences."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Protocol

import kglite

from graph.cypher_text import AsciiText, to_ascii
from graph.engine_words import in_chinese, syntax_hint
from graph.read_only import WRITING, refuse_unsafe
from ontology.errors import QueryError
from ontology.vocabulary import VOCABULARY

# KGLite's LOAD CSV reads any file of the machine, even through a read-only handle. The search does not
# skip strings: a false alarm costs a sentence, a miss costs a file.
_LOAD_CSV = re.compile(r"\bLOAD(?:\s|//[^\n]*(?:\n|$))+CSV\b", re.IGNORECASE)
_HEAD = re.compile(r"^(?:Cypher (?:syntax|execution)|Schema) error(?: at line \d+, col \d+)?: ")
_POSITION = re.compile(r" ?at position (\d+)")
_NODE_KEYS = {"id", "labels", "properties"}
_RELATIONSHIP_KEYS = {"id", "start", "end", "type", "properties"}
_INVENTED_KEYS = {"title", "type"}
_INTERNAL_KEYS = {prop.name for item in VOCABULARY.classes for prop in item.properties if prop.internal}
_PROPERTIES_KEYS = {"run_id", "type"}


class Answering(Protocol):
    """A KGLite handle that answers Cypher."""

    def cypher(
        self,
        query: str,
        *,
        params: dict[str, Any] | None = None,
        timeout_ms: int | None = None,
        row_limit: int | None = None,
    ) -> Any: ...


_SCALARS = frozenset({str, int, float, bool, type(None)})


def answer(
    graph: Answering,
    text: str,
    params: Mapping[str, object] | None,
    *,
    timeout_s: float | None,
    max_rows: int | None,
) -> list[dict[str, Any]]:
    """Ask a question and return its rows; every failure is a QueryError of one sentence."""
    refuse_unsafe(text)
    ours = to_ascii(text)
    refuse_file_access(ours.text)
    given = {ours.parameter(name): value for name, value in (params or {}).items()}
    timeout_ms = None if timeout_s is None else max(1, round(timeout_s * 1000))
    with _translated_errors(ours, timeout_s):
        result = graph.cypher(ours.text, params=given, timeout_ms=timeout_ms, row_limit=max_rows)
    if not isinstance(result, kglite.ResultView):
        raise QueryError("查询语句不能以 FORMAT CSV 结尾，请用命令的 --csv 选项输出表格")
    return list(_plain_rows(result.to_list(), ours))


def _plain_rows(rows: list[dict[str, Any]], ours: AsciiText) -> Iterator[dict[str, Any]]:
    """Rows as people named their columns; every row has the same columns in the same order."""
    names = [ours.restore(name) for name in rows[0]] if rows else []
    for row in rows:
        values = [value if type(value) in _SCALARS else plain_value(value) for value in row.values()]
        yield dict(zip(names, values, strict=True))


def refuse_file_access(text: str) -> None:
    """Refuse a question that reads files of the machine."""
    if _LOAD_CSV.search(text):
        raise QueryError("查询语句不能使用 LOAD CSV 读取文件，只能查询图谱中的内容")


def plain_value(value: Any) -> Any:
    """Nodes, relationships and paths as maps of what was stored for people; everything else as it is."""
    if isinstance(value, list):
        return [plain_value(item) for item in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == _NODE_KEYS and isinstance(value["labels"], list):
        return {"labels": value["labels"], **_stored(value["properties"])}
    if value.keys() == _RELATIONSHIP_KEYS and isinstance(value["type"], str):
        return {"type": value["type"], **_stored(value["properties"])}
    if value.keys() >= _PROPERTIES_KEYS:
        return _stored(value)
    return {name: plain_value(part) for name, part in value.items()}


def _stored(properties: dict[str, Any]) -> dict[str, Any]:
    left_out = _INVENTED_KEYS | _INTERNAL_KEYS
    return {name: value for name, value in properties.items() if name not in left_out}


@contextmanager
def _translated_errors(ours: AsciiText, timeout_s: float | None) -> Iterator[None]:
    try:
        yield
    except kglite.ReadOnlyError as error:
        raise QueryError(WRITING) from error
    except kglite.CypherTimeoutError as error:
        limit = "时限内" if timeout_s is None else f" {timeout_s:g} 秒内"
        raise QueryError(f"查询未能在{limit}完成，已停止，请缩小范围或加上 LIMIT") from error
    except kglite.CypherSyntaxError as error:
        raise QueryError(_syntax_sentence(error, ours)) from error
    except (kglite.KgError, TypeError, ValueError, OverflowError) as error:
        raise QueryError(f"查询无法执行{in_chinese(ours.restore(_reason(error)))}") from error


def _syntax_sentence(error: kglite.CypherSyntaxError, ours: AsciiText) -> str:
    reason = _reason(error)
    offset = _POSITION.search(reason)
    place = ""
    if error.line is not None and error.col is not None:
        place = "第 {} 行第 {} 列".format(*ours.place_in_line(error.line, error.col))
    elif offset is not None:
        place = "第 {} 行第 {} 列".format(*ours.place(int(offset[1])))
    words = ours.restore(_POSITION.sub("", reason))
    return f"查询语句{place}有语法错误{syntax_hint(words)}（引擎的原话：{words}）"


def _reason(error: Exception) -> str:
    return _HEAD.sub("", " ".join(line.strip() for line in _told(error)))


def _told(error: Exception) -> list[str]:
    """The engine's words without its picture of the place: what comes before the text that it quotes."""
    lines = str(error).splitlines()
    caret = next((number for number, line in enumerate(lines) if line.strip() == "^"), None)
    return lines if caret is None else lines[: max(1, caret - 1)]
