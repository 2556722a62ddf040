"""What people's own questions may do (只读查询): read the graph, and nothing else.

The same check before every store, on the pieces of the text and not on its letters, so that comments,
cases and quotes hide nothing. Each store then also refuses to write by its own means.
"""

from collections.abc import Sequence
from itertools import pairwise

from graph.cypher_text import Token, spoken
from ontology.errors import QueryError

WRITING = "这里只能查询，不能写入：语句中有 CREATE、MERGE、SET、DELETE 等写入操作"
FIRST_WORDS = ("MATCH", "OPTIONAL", "WITH", "UNWIND", "CALL", "RETURN")
SHOWN = frozenset({"INDEX", "INDEXES", "CONSTRAINT", "CONSTRAINTS"})
PROCEDURES = frozenset(
    {
        "db.labels",
        "db.relationshiptypes",
        "db.propertykeys",
        "db.schema.visualization",
        "db.schema.nodetypeproperties",
        "db.schema.reltypeproperties",
        "db.index.fulltext.querynodes",
        "db.index.fulltext.queryrelationships",
    }
)
"""The procedures that may be called; any other may write, or reach files and the network."""
_FUNCTION_FAMILIES = frozenset(
    {"date", "datetime", "time", "localtime", "localdatetime", "duration", "point", "vector.similarity"}
)
_WRITES = frozenset(
    {
        "CREATE",
        "MERGE",
        "SET",
        "DELETE",
        "DETACH",
        "REMOVE",
        "FOREACH",
        "DROP",
        "ALTER",
        "GRANT",
        "DENY",
        "REVOKE",
    }
)


def refuse_unsafe(text: str) -> None:
    """Raise QueryError for a question that could do more than read the graph."""
    # Neo4j replaces \\uXXXX before it looks at quotes: with it a string may end where none is seen.
    if "\\u" in text.lower():
        raise QueryError("查询语句不能用 \\u 转义，请直接写出那个字")
    said = spoken(text)
    words = [token.name.upper() if token.kind == "word" and token.name else "" for token in said]
    _refuse_phrases(words)
    _refuse_calls(said, words)
    if any(token.text == ";" for token in said[:-1]):
        raise QueryError("一次只能问一句，中间不能有分号")
    if not said:
        raise QueryError("查询语句是空的，有语法错误")
    if words[0] in _WRITES:
        raise QueryError(WRITING)
    if words[0] not in FIRST_WORDS and not is_show(text):
        raise QueryError(f"查询语句不能以 {said[0].text} 开头，应为 {'、'.join(FIRST_WORDS)} 之一")


def is_show(text: str) -> bool:
    """Whether a text lists the graph's indexes or constraints, which Neo4j counts as administration."""
    words = [(token.name or "").upper() for token in spoken(text)[:2]]
    return words[:1] == ["SHOW"] and words[1:] != [] and words[1] in SHOWN


def _refuse_phrases(words: Sequence[str]) -> None:
    """Phrases that reach out of the graph, or write in steps of their own."""
    for first, second in pairwise(words):
        if (first, second) == ("LOAD", "CSV"):
            raise QueryError("查询语句不能使用 LOAD CSV 读取文件，只能查询图谱中的内容")
    # The last one: an alias may be called so before.
    last = len(words) - 1 - [*reversed(words)].index("TRANSACTIONS") if "TRANSACTIONS" in words else 0
    if "IN" in words[:last]:
        raise QueryError("查询语句不能使用 IN TRANSACTIONS")
    if "USE" in words[:1]:
        raise QueryError("查询语句不能用 USE 换数据库")


def _refuse_calls(said: Sequence[Token], words: Sequence[str]) -> None:
    """Procedures and functions with a dot in their names, but for those that only read."""
    for place, token in enumerate(said):
        if token.name is None or (place and said[place - 1].text == "."):
            continue
        path, end = _path(said, place)
        is_procedure = place > 0 and words[place - 1] == "CALL"
        is_function = "." in path and end < len(said) and said[end].text == "("
        if is_procedure and path.lower() not in PROCEDURES:
            raise QueryError(f"查询语句不能调用过程 {path}，只能用查看图谱结构和全文检索的过程")
        if is_function and not is_procedure and path.lower().rpartition(".")[0] not in _FUNCTION_FAMILIES:
            raise QueryError(f"查询语句不能调用函数 {path}")


def _path(said: Sequence[Token], place: int) -> tuple[str, int]:
    """The name with dots that begins at a place, and where it ends."""
    parts = [said[place].name or ""]
    place += 1
    while place + 1 < len(said) and said[place].text == "." and said[place + 1].name is not None:
        parts.append(said[place + 1].name or "")
        place += 2
    return ".".join(parts), place
