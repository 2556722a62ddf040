"""The Cypher texts (查询语句) that write a store and clear it up, once; the questions stand in queries.py.

They keep to the same rules. What stands in angle brackets is a name from the checked vocabulary,
filled in by `fill`; values are parameters.
"""

from functools import cache

from graph.schema import CONNECTIONS, Connection

# ---- writing --------------------------------------------------------------------------------------

CREATE_CONSTRAINT = """
CREATE CONSTRAINT <NAME> IF NOT EXISTS FOR (n:<LABEL>) REQUIRE n.<PROPERTY> IS UNIQUE
"""

CREATE_INDEX = """
CREATE INDEX <NAME> IF NOT EXISTS FOR (n:<LABEL>) ON (n.<PROPERTY>)
"""

# rows: id, properties
MERGE_NODES = """
UNWIND $rows AS row
MERGE (n:<LABEL> {id: row.id})
SET n += row.properties
SET n.run_id = $run_id
"""

# rows: start_id, end_id, properties
MERGE_RELATIONSHIPS = """
UNWIND $rows AS row
MATCH (a:<START> {id: row.start_id})
MATCH (b:<END> {id: row.end_id})
MERGE (a)-[r:<TYPE><DISTINCTION>]->(b)
SET r += row.properties
SET r.run_id = $run_id
"""

# ---- cleaning up after a changed or removed disclosure ----------------------------------------------

# WITH in the middle: a planner left alone begins at the few categories and walks to every indicator.

# → id of the shared nodes that may lose what keeps them
FIND_RELEASED = """
MATCH (<OWNED>:<OWNED_LABEL>)
WHERE <OWNED>.disclosure_id IN $disclosure_ids
WITH <OWNED>
MATCH (a:<START>)-[r:<TYPE>]->(b:<END>)
WHERE r.run_id <> $run_id
RETURN DISTINCT <KEPT>.id AS id
"""

DELETE_STALE_RELATIONSHIPS = """
MATCH (<OWNED>:<OWNED_LABEL>)
WHERE <OWNED>.disclosure_id IN $disclosure_ids
WITH <OWNED>
MATCH (a:<START>)-[r:<TYPE>]->(b:<END>)
WHERE r.run_id <> $run_id
DELETE r
"""

DELETE_STALE_NODES = """
MATCH (n:<LABEL>)
WHERE n.disclosure_id IN $disclosure_ids AND n.run_id <> $run_id
DETACH DELETE n
"""

# → id of those nodes among $ids that nothing keeps any more
FIND_UNKEPT = """
UNWIND $ids AS id
MATCH (n:<LABEL> {id: id})
WHERE <UNKEPT>
RETURN n.id AS id
"""

# → id of the nodes that the nodes $ids keep
FIND_KEPT_BY = """
UNWIND $ids AS id
MATCH (<KEEPER>:<KEEPER_LABEL> {id: id})
WITH <KEEPER>
MATCH (a:<START>)-[:<TYPE>]->(b:<END>)
RETURN DISTINCT <KEPT>.id AS id
"""

DELETE_NODES = """
UNWIND $ids AS id
MATCH (n:<LABEL> {id: id})
DETACH DELETE n
"""

# ---- what is derived from the whole graph ------------------------------------------------------------

DELETE_OTHER_RELATIONSHIPS = """
MATCH (:<START>)-[r:<TYPE>]->(:<END>)
WHERE r.run_id <> $run_id
DELETE r
"""

DELETE_OTHER_NODES = """
MATCH (n:<LABEL>)
WHERE n.run_id <> $run_id
DETACH DELETE n
"""

# ---- what is computed over the whole graph at publication -------------------------------------------

REFRESH_CONCEPT_COUNTS = """
MATCH (c:IndicatorConcept)<-[:EXPRESSES]-(i:Indicator)<-[:HAS_INDICATOR]-(t:PerformanceTarget)
OPTIONAL MATCH (p:Project)-[:HAS_TARGET]->(t)
OPTIONAL MATCH (t)-[:STATED_IN]->(:Disclosure)<-[:PUBLISHED]-(u:BudgetUnit)
WITH c, count(DISTINCT i) AS occurrences, count(DISTINCT p) AS projects, count(DISTINCT u) AS units
SET c.occurrences = occurrences, c.projects = projects, c.units = units
"""

# The newest year's budget; where one year states several, the largest, so that the order of files is nothing.
REFRESH_PROJECT_BUDGETS = """
MATCH (p:Project)
OPTIONAL MATCH (p)-[:HAS_TARGET]->(t:PerformanceTarget)
WITH p, t.budget AS budget, coalesce(t.fiscal_year, 0) AS year
ORDER BY year DESC, budget DESC
WITH p, collect(budget) AS budgets
SET p.budget = budgets[0]
"""

REFRESH_DERIVED = (REFRESH_CONCEPT_COUNTS, REFRESH_PROJECT_BUDGETS)


def fill(text: str, **names: str) -> str:
    """Given a text with <NAMES>, return it with the vocabulary's names in their place."""
    for place, name in names.items():
        text = text.replace(f"<{place}>", name)
    return text


@cache
def create_constraint(label: str, property_name: str) -> str:
    """Text that makes a property unique for a label."""
    name = _schema_name(label, property_name)
    return fill(CREATE_CONSTRAINT, NAME=name, LABEL=label, PROPERTY=property_name)


@cache
def create_index(label: str, property_name: str) -> str:
    """Text that indexes a property of a label."""
    return fill(CREATE_INDEX, LABEL=label, PROPERTY=property_name, NAME=_schema_name(label, property_name))


@cache
def merge_nodes(label: str) -> str:
    """Text that writes nodes of a label."""
    return fill(MERGE_NODES, LABEL=label)


@cache
def merge_relationships(item: Connection) -> str:
    """Text that writes relationships of a connection, one between two nodes unless told apart."""
    distinction = ", ".join(f"{name}: row.properties.{name}" for name in item.told_apart_by)
    return _of(item, MERGE_RELATIONSHIPS, DISTINCTION=f" {{{distinction}}}" if distinction else "")


@cache
def find_released(item: Connection) -> str:
    """Text that lists the shared nodes whose connection to a disclosure's node is stale."""
    return _of(item, FIND_RELEASED)


@cache
def delete_stale_relationships(item: Connection) -> str:
    """Text that deletes a disclosure's stale relationships of a connection."""
    return _of(item, DELETE_STALE_RELATIONSHIPS)


@cache
def delete_stale_nodes(label: str) -> str:
    """Text that deletes a disclosure's stale nodes of a label."""
    return fill(DELETE_STALE_NODES, LABEL=label)


@cache
def delete_other_relationships(item: Connection) -> str:
    """Text that deletes all relationships of a connection that other runs wrote."""
    return _of(item, DELETE_OTHER_RELATIONSHIPS)


@cache
def delete_other_nodes(label: str) -> str:
    """Text that deletes all nodes of a label that other runs wrote."""
    return fill(DELETE_OTHER_NODES, LABEL=label)


@cache
def find_unkept(label: str) -> str:
    """Text that lists the shared nodes of a label that nothing keeps any more."""
    patterns = dict.fromkeys(_keeping_pattern(item) for item in CONNECTIONS if item.kept == label)
    return fill(FIND_UNKEPT, LABEL=label, UNKEPT=" AND ".join(f"NOT {pattern}" for pattern in patterns))


@cache
def find_kept_by(item: Connection) -> str:
    """Text that lists the nodes which nodes about to be deleted keep."""
    return _of(item, FIND_KEPT_BY)


@cache
def delete_nodes(label: str) -> str:
    """Text that deletes nodes of a label with their relationships."""
    return fill(DELETE_NODES, LABEL=label)


def _schema_name(label: str, property_name: str) -> str:
    return f"{label}_{property_name}".lower()


def _of(item: Connection, text: str, **more: str) -> str:
    """The text about a connection (a)-[r]->(b), its variables named by the part they play."""
    variables = {"start": "a", "end": "b"}
    labels = {"start": item.start, "end": item.end}
    owned = item.owned_end or "start"
    kept = item.keeps or "end"
    keeper = "start" if kept == "end" else "end"
    return fill(
        text,
        START=item.start,
        TYPE=item.type,
        END=item.end,
        OWNED=variables[owned],
        OWNED_LABEL=labels[owned],
        KEEPER=variables[keeper],
        KEEPER_LABEL=labels[keeper],
        KEPT=variables[kept],
        **more,
    )


def _keeping_pattern(item: Connection) -> str:
    return f"(n)-[:{item.type}]->()" if item.keeps == "start" else f"(n)<-[:{item.type}]-()"
