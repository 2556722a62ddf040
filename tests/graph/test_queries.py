"""The Cypher texts: complete, and within what every store understands."""

import re

import pytest

from graph import map_queries, neo4j_queries, page_queries, queries, reuse_map, upkeep_queries
from graph.questions import QUESTIONS as QUESTIONS_BY_NAME
from graph.schema import (
    CONNECTIONS,
    DERIVED_CONNECTIONS,
    DERIVED_LABELS,
    INDEXED_PROPERTIES,
    LABELS,
    OWNED_LABELS,
    UNIQUE_PROPERTIES,
    connection,
)
from graph.store import GraphStore

FILLED = {
    **{f"merge_nodes {label}": upkeep_queries.merge_nodes(label) for label in LABELS},
    **{f"delete_nodes {label}": upkeep_queries.delete_nodes(label) for label in LABELS},
    **{f"delete_stale_nodes {label}": upkeep_queries.delete_stale_nodes(label) for label in OWNED_LABELS},
    **{
        f"find_unkept {label}": upkeep_queries.find_unkept(label)
        for label in LABELS
        if label not in OWNED_LABELS
    },
    **{f"constraint {names}": upkeep_queries.create_constraint(*names) for names in UNIQUE_PROPERTIES},
    **{f"index {names}": upkeep_queries.create_index(*names) for names in INDEXED_PROPERTIES},
    **{f"merge_relationships {c.type} {c.start}": upkeep_queries.merge_relationships(c) for c in CONNECTIONS},
    **{
        f"{function.__name__} {item.type} {item.start}": function(item)
        for function in (
            upkeep_queries.find_released,
            upkeep_queries.delete_stale_relationships,
            upkeep_queries.find_kept_by,
        )
        for item in CONNECTIONS
        if item.keeps
    },
    **{
        f"delete_other_relationships {item.type}": upkeep_queries.delete_other_relationships(item)
        for item in DERIVED_CONNECTIONS
    },
    **{f"delete_other_nodes {label}": upkeep_queries.delete_other_nodes(label) for label in DERIVED_LABELS},
}
QUESTIONS = {
    name: getattr(queries, name)
    for name in (
        "LIST_DISCLOSURES",
        "FILES_WITHOUT_TARGETS",
        "TARGETS_WITHOUT_INDICATORS",
        "COUNT_NODES",
        "COUNT_RELATIONSHIPS",
        "COUNT_VALUE_KINDS",
        "REUSE_RANKING",
        "COUNT_REUSED",
        "CONCEPT_OCCURRENCES",
        "CONCEPT",
        "CONCEPT_RELATIVES",
        "CONCEPT_VALUES",
        "PROJECT_TREE",
        "UNIT_TREE",
        "UNIT_PROJECTS",
        "CORPUS_TARGETS",
        "CORPUS_INDICATORS",
        "CONCEPT_FACETS",
        "PRINTED_PLACES",
        "CONCEPTS_BY_ID",
        "TARGETS_BY_ID",
        "TARGETS_NAMED",
        "SHARING_TARGETS",
        "SIMILAR_CONCEPTS",
    )
}
PAGE_QUESTIONS = {name: text for name, text in vars(page_queries).items() if name.isupper()}
SERVER_SCHEMA = {f"server schema {n}": text for n, text in enumerate(neo4j_queries.server_schema(1))}
ONLY_SERVER = {
    "TAKE_LEASE",
    "CREATE_LEASE_CONSTRAINT",
    "LIST_CONSTRAINTS",
    "FIND_LEASE",
    "END_TRANSACTION",
    "LIST_INDEXES",
    "AWAIT_INDEXES",
    "FIND_ANY",
    "DELETE_SOME_NODES",
    "DELETE_SOME_RELATIONSHIPS",
    "FIND_FOREIGN",
    "FIND_IMPORT",
    "LAST_DERIVED",
    "DELETE_IMPORT",
}
"""Texts that only a Neo4j server is given."""
NAMES = {"MARKER_PREFIX", "FULLTEXT_INDEX", "LEASE_CONSTRAINT", "UNFINISHED", "_TREE"}
"""What is no text of its own: names of indexes and constraints, the common end of two texts."""
COMPETENCY = {f"question {name}": question.text for name, question in QUESTIONS_BY_NAME.items()}
REFRESHES = {f"refresh {n}": text for n, text in enumerate(upkeep_queries.REFRESH_DERIVED)}
REUSE_MAP = {f"map {name}": text for name, text in reuse_map.every_text().items()}
EVERY_TEXT = FILLED | QUESTIONS | PAGE_QUESTIONS | COMPETENCY | REFRESHES | REUSE_MAP
PARAMS: dict[str, object] = {
    "row_start": 0,
    "row_limit": 10,
    "min_projects": 1,
    "concept_id": "c",
    "project_id": "p",
    "unit_id": "u",
    "min_share": 0.5,
    "ids": ["c"],
    "id": "c",
}


def test_no_text_is_forgotten_here() -> None:
    """A new UPPER_SNAKE text must be listed above, as it is or through the function that fills it."""
    texts = {
        name: value
        for module in (queries, upkeep_queries, neo4j_queries, map_queries)
        for name, value in vars(module).items()
        if name.isupper() and isinstance(value, str)
    }
    plain = set(QUESTIONS.values()) | set(REFRESHES.values()) | {map_queries.MAP_SIMILAR}
    others = {name for name, text in texts.items() if text not in plain and "<" not in text}
    assert others - NAMES == ONLY_SERVER
    assert len([text for text in texts.values() if text in plain]) == len(plain)


@pytest.mark.parametrize("name", EVERY_TEXT)
def test_texts_keep_to_the_shared_subset(name: str) -> None:
    text = EVERY_TEXT[name]
    assert text.isascii()
    assert not re.search(r"<[A-Z_]+>", text), "a name is not filled in"
    assert "'" not in text and '"' not in text and "`" not in text, (
        "values are parameters, names need no quotes"
    )
    assert not re.search(r"/\*|//", text)
    assert not re.search(r"\.(title|type)\b", text)
    maps_in_patterns = re.findall(r"\([a-z]*:\w+ (\{[^}]*\})", text)
    assert all(re.fullmatch(r"\{id: [a-z_.$]+\}", found) for found in maps_in_patterns)


@pytest.mark.parametrize("name", QUESTIONS)
def test_questions_run_on_an_empty_store(store: GraphStore, name: str) -> None:
    expected = [{"concepts": 0}] if name == "COUNT_REUSED" else []
    assert store.run(QUESTIONS[name], PARAMS) == expected


def test_printings_are_told_apart_by_field_and_place() -> None:
    text = upkeep_queries.merge_relationships(connection("PRINTED_IN", "Indicator", "SourceTable"))
    assert "[r:PRINTED_IN {field: row.properties.field, place: row.properties.place}]" in text
    assert "[r:HAS_VALUE]" in upkeep_queries.merge_relationships(
        connection("HAS_VALUE", "Indicator", "TargetValue")
    )


def test_a_unit_is_kept_by_its_files_and_by_its_targets() -> None:
    text = upkeep_queries.find_unkept("BudgetUnit")
    assert "NOT (n)-[:PUBLISHED]->()" in text
    assert "NOT (n)-[:HAS_TARGET]->()" in text
    assert "HAS_PROJECT" not in text
