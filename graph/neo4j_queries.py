"""The Cypher texts (查询语句) that only a Neo4j server is given: lock, schema, whose graph it is."""

from graph.schema import ASKED_PROPERTIES, SEARCHED
from graph.upkeep_queries import create_constraint, create_index, fill

MARKER_PREFIX = "jixiao_schema_"
FULLTEXT_INDEX = "jixiao_text"

# Never committed: it is a lock that ends with its connection.
TAKE_LEASE = """
MERGE (n:JixiaoWriter {id: 0})
RETURN n.id AS id
"""

LIST_CONSTRAINTS = """
SHOW CONSTRAINTS YIELD name
RETURN name
"""

LEASE_CONSTRAINT = "jixiaowriter_id"
CREATE_LEASE_CONSTRAINT = create_constraint("JixiaoWriter", "id")

# → id, status of the transaction that takes a lease; $lease is in its metadata
FIND_LEASE = """
SHOW TRANSACTIONS YIELD transactionId, status, metaData
WHERE metaData.lease = $lease
RETURN transactionId AS id, status
"""

END_TRANSACTION = """
TERMINATE TRANSACTIONS $id
"""

# → name. That of one index says whose graph it is, and of which version: people see no node for it.
LIST_INDEXES = """
SHOW INDEXES YIELD name
RETURN name
"""

CREATE_MARKER = """
CREATE INDEX <NAME> IF NOT EXISTS FOR (n:Disclosure) ON (n.run_id)
"""

DROP_INDEX = """
DROP INDEX <NAME> IF EXISTS
"""

UNFINISHED = "jixiao_unfinished"
"""Name of the index that stands while a build is under way; no node has its label: people see none."""

CREATE_UNFINISHED = """
CREATE INDEX <NAME> IF NOT EXISTS FOR (n:JixiaoUnfinished) ON (n.id)
"""

# → run_id
LAST_DERIVED = """
MATCH (n:IndicatorTemplate)
RETURN n.run_id AS run_id
LIMIT 1
"""

CREATE_FULLTEXT_INDEX = """
CREATE FULLTEXT INDEX <NAME> IF NOT EXISTS FOR (n:<LABELS>) ON EACH [<PROPERTIES>]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'cjk'}}
"""

AWAIT_INDEXES = """
CALL db.awaitIndexes(300)
"""

# A graph that came in by neo4j-admin has no schema yet; a node says of which version it is.
FIND_IMPORT = """
MATCH (n:JixiaoImport)
RETURN n.version AS version
"""

DELETE_IMPORT = """
MATCH (n:JixiaoImport)
DELETE n
"""

FIND_ANY = """
MATCH (n)
RETURN 1 AS found
LIMIT 1
"""

# What no run of ours has written.
FIND_FOREIGN = """
MATCH (n)
WHERE n.run_id IS NULL AND NOT n:JixiaoImport AND NOT n:JixiaoWriter
RETURN 1 AS found
LIMIT 1
"""

# → deleted: how many
DELETE_SOME_RELATIONSHIPS = """
MATCH ()-[r]->()
WITH r LIMIT 10000
DELETE r
RETURN count(*) AS deleted
"""

DELETE_SOME_NODES = """
MATCH (n)
WHERE NOT n:JixiaoWriter
WITH n LIMIT 10000
DELETE n
RETURN count(*) AS deleted
"""


def marker(schema_version: int) -> str:
    """Name of the index that marks a graph of this version of the vocabulary."""
    return f"{MARKER_PREFIX}{schema_version}"


def server_schema(schema_version: int) -> tuple[str, ...]:
    """Texts that make what only a server needs: indexes for questions, and last the marker."""
    labels, properties = SEARCHED
    return (
        *(create_index(label, name) for label, name in ASKED_PROPERTIES),
        fill(
            CREATE_FULLTEXT_INDEX,
            NAME=FULLTEXT_INDEX,
            LABELS="|".join(labels),
            PROPERTIES=", ".join(f"n.{name}" for name in properties),
        ),
        fill(CREATE_MARKER, NAME=marker(schema_version)),
    )
