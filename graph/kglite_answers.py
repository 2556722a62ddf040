"""What KGLite answers, made plain (查询结果): rows without its made-up keys, its errors as our sentences."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Protocol

import kglite

from ontology.errors import QueryError

# KGLite's LOAD CSV reads any file of the machine, even through a read-only handle. The search does not
# skip strings: a false alarm costs a sentence, a miss costs a file.
_LOAD_CSV = re.compile(r"\bLOAD(?:\s|//[^\n]*(?:\n|$))+CSV\b", re.IGNORECASE)
_POSITION = re.compile(r"^Cypher (?:syntax|execution) error(?: at line \d+, col \d+)?: ")
_NODE_KEYS = {"id", "labels", "properties"}
_RELATIONSHIP_KEYS = {"id", "start", "end", "type", "properties"}
_INVENTED_KEYS = {"title", "type"}


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


def answer(
    graph: Answering,
    text: str,
    params: Mapping[str, object] | None,
    *,
    timeout_s: float | None,
    max_rows: int | None,
) -> list[dict[str, Any]]:
    """Ask a question and return its rows; every failure is a QueryError of one sentence."""
    refuse_file_access(text)
    timeout_ms = None if timeout_s is None else max(1, round(timeout_s * 1000))
    with _translated_errors(timeout_s):
        result = graph.cypher(text, params=dict(params or {}), timeout_ms=timeout_ms, row_limit=max_rows)
    if not isinstance(result, kglite.ResultView):
        raise QueryError("查询语句不能以 FORMAT CSV 结尾，请用命令的 --csv 选项输出表格")
    return [{name: plain_value(value) for name, value in row.items()} for row in result]


def refuse_file_access(text: str) -> None:
    """Refuse a question that reads files of the machine."""
    if _LOAD_CSV.search(text):
        raise QueryError("查询语句不能使用 LOAD CSV 读取文件，只能查询图谱中的内容")


def plain_value(value: Any) -> Any:
    """Nodes, relationships and paths as maps of what was stored; everything else as it is."""
    if isinstance(value, list):
        return [plain_value(item) for item in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == _NODE_KEYS and isinstance(value["labels"], list):
        return {"labels": value["labels"], **_stored(value["properties"])}
    if value.keys() == _RELATIONSHIP_KEYS and isinstance(value["type"], str):
        return {"type": value["type"], **_stored(value["properties"])}
    return {name: plain_value(part) for name, part in value.items()}


def _stored(properties: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in properties.items() if name not in _INVENTED_KEYS}


@contextmanager
def _translated_errors(timeout_s: float | None) -> Iterator[None]:
    try:
        yield
    except kglite.ReadOnlyError as error:
        raise QueryError("这里只能查询，不能写入：语句中有 CREATE、MERGE、SET、DELETE 等写入操作") from error
    except kglite.CypherTimeoutError as error:
        limit = "时限内" if timeout_s is None else f" {timeout_s:g} 秒内"
        raise QueryError(f"查询未能在{limit}完成，已停止，请缩小范围或加上 LIMIT") from error
    except kglite.CypherSyntaxError as error:
        raise QueryError(_syntax_sentence(error)) from error
    except (kglite.KgError, TypeError, ValueError, OverflowError) as error:
        raise QueryError(f"查询无法执行：{_first_line(error)}") from error


def _syntax_sentence(error: kglite.CypherSyntaxError) -> str:
    reason = _first_line(error)
    if error.line is None or error.col is None:
        hint = "（标签、属性和别名只能用英文字母）" if "Unexpected character" in reason else ""
        return f"查询语句有语法错误{hint}：{reason}"
    return f"查询语句第 {error.line} 行第 {error.col} 列有语法错误：{reason}"


def _first_line(error: Exception) -> str:
    return _POSITION.sub("", str(error).split("\n", 1)[0])
