"""The schema of a graph on a Neo4j server (Neo4j 图谱结构): whose graph it is, constraints and indexes."""

from collections.abc import Mapping
from typing import Any

import neo4j

from graph import neo4j_queries, upkeep
from graph.neo4j_connection import Neo4jAddress
from graph.schema import SCHEMA_VERSION
from graph.upkeep_queries import fill
from ontology.errors import StoreDamaged, StoreEmpty, StoreError


def markers(session: neo4j.Session) -> list[str]:
    """Names of the indexes that mark a graph of ours, of any version."""
    return [name for name in _indexes(session) if name.startswith(neo4j_queries.MARKER_PREFIX)]


def check_schema(session: neo4j.Session, address: Neo4jAddress, *, read_only: bool) -> bool:
    """Whether the database holds a graph of this version with its schema; False for one still without.

    Raises StoreDamaged for a graph of another version, StoreError for what is no graph of ours.
    """
    found = markers(session)
    if neo4j_queries.marker(SCHEMA_VERSION) in found:
        return True
    imported = session.run(neo4j_queries.FIND_IMPORT).single()
    if not found and imported and imported["version"] == SCHEMA_VERSION:
        return read_only
    if found or imported:
        raise StoreDamaged(
            f"图谱 {address.shown} 由其他版本的词汇表写成，应由记录重建："
            f"jixiao build --store {address.shown} --workspace 工作区"
        )
    if session.run(neo4j_queries.FIND_ANY).single():
        raise StoreError(f"Neo4j {address.shown} 里有别的内容，不是绩效图谱；请另建一个空的数据库")
    if read_only:
        raise StoreEmpty(f"Neo4j {address.shown} 还是空的，应先运行 jixiao build --store {address.shown}")
    return False


def create_schema(session: neo4j.Session) -> None:
    """Constraints and indexes, and last the mark of whose graph it is."""

    def execute(text: str, params: Mapping[str, object]) -> list[dict[str, Any]]:
        return session.run(text, dict(params)).data()

    upkeep.create_schema(execute)
    for text in neo4j_queries.server_schema(SCHEMA_VERSION):
        execute(text, {})
    execute(neo4j_queries.AWAIT_INDEXES, {})
    execute(neo4j_queries.DELETE_IMPORT, {})


def is_unfinished(session: neo4j.Session) -> bool:
    """Whether a build is under way, or was cut off before its publication."""
    return neo4j_queries.UNFINISHED in _indexes(session)


def mark_unfinished(session: neo4j.Session) -> None:
    session.run(fill(neo4j_queries.CREATE_UNFINISHED, NAME=neo4j_queries.UNFINISHED)).consume()


def drop_index(session: neo4j.Session, name: str) -> None:
    session.run(fill(neo4j_queries.DROP_INDEX, NAME=name)).consume()


def _indexes(session: neo4j.Session) -> list[str]:
    return [row["name"] for row in session.run(neo4j_queries.LIST_INDEXES)]
