"""Every Cypher text (查询语句) of the graph, once.

The texts keep to what Neo4j 5 and KGLite answer alike: ASCII names, nodes merged before relationships,
scalars and maps returned, no pattern property that a store may not know yet. Values are parameters.
What stands in angle brackets is a name from the checked vocabulary, filled in by `fill`.
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
WHERE <OWNED>.disclosure_id = $disclosure_id
WITH <OWNED>
MATCH (a:<START>)-[r:<TYPE>]->(b:<END>)
WHERE r.run_id <> $run_id
RETURN DISTINCT <KEPT>.id AS id
"""

DELETE_STALE_RELATIONSHIPS = """
MATCH (<OWNED>:<OWNED_LABEL>)
WHERE <OWNED>.disclosure_id = $disclosure_id
WITH <OWNED>
MATCH (a:<START>)-[r:<TYPE>]->(b:<END>)
WHERE r.run_id <> $run_id
DELETE r
"""

DELETE_STALE_NODES = """
MATCH (n:<LABEL>)
WHERE n.disclosure_id = $disclosure_id AND n.run_id <> $run_id
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

# ---- questions --------------------------------------------------------------------------------------

# → id
LIST_DISCLOSURES = """
MATCH (d:Disclosure)
RETURN d.id AS id
"""

# → file
FILES_WITHOUT_TARGETS = """
MATCH (d:Disclosure)
WHERE NOT (d)<-[:STATED_IN]-(:PerformanceTarget)
RETURN d.file AS file
ORDER BY file
"""

# → label, nodes
COUNT_NODES = """
MATCH (n)
RETURN labels(n)[0] AS label, count(n) AS nodes
ORDER BY label
"""

# → relationship, relationships
COUNT_RELATIONSHIPS = """
MATCH ()-[r]->()
RETURN type(r) AS relationship, count(r) AS relationships
ORDER BY relationship
"""

# → kind, indicators, distinct_values
COUNT_VALUE_KINDS = """
MATCH (i:Indicator)-[:HAS_VALUE]->(v:TargetValue)
RETURN v.kind AS kind, count(i) AS indicators, count(DISTINCT v) AS distinct_values
ORDER BY indicators DESC, kind
"""

# → concept_id, concept, occurrences, projects, units, years (unordered)
REUSE_RANKING = """
MATCH (c:IndicatorConcept)
WHERE c.projects >= $min_projects
WITH c
ORDER BY c.projects DESC, c.occurrences DESC, c.name
LIMIT $row_limit
MATCH (c)<-[:EXPRESSES]-(:Indicator)<-[:HAS_INDICATOR]-(t:PerformanceTarget)
RETURN c.id AS concept_id, c.name AS concept, c.occurrences AS occurrences, c.projects AS projects,
       c.units AS units, collect(DISTINCT t.fiscal_year) AS years
ORDER BY projects DESC, occurrences DESC, concept
"""

# → indicator_id, name, printed_value, value, class_id, class_level, parent_id, unit,
#   project, target, fiscal_year, file, places: list of {field, printed, table_name, page, sheet, row,
#   column, line, place}
CONCEPT_OCCURRENCES = """
MATCH (c:IndicatorConcept)<-[:EXPRESSES]-(i:Indicator)<-[:HAS_INDICATOR]-(t:PerformanceTarget)
WHERE c.id = $concept_id
MATCH (t)-[:STATED_IN]->(d:Disclosure)
OPTIONAL MATCH (u:BudgetUnit)-[:PUBLISHED]->(d)
OPTIONAL MATCH (p:Project)-[:HAS_TARGET]->(t)
OPTIONAL MATCH (i)-[:IN_CATEGORY]->(k:Category)
OPTIONAL MATCH (k)-[:BROADER]->(b:Category)
OPTIONAL MATCH (i)-[:HAS_VALUE]->(v:TargetValue)
OPTIONAL MATCH (i)-[r:PRINTED_IN]->(s:SourceTable)
RETURN i.id AS indicator_id, i.name AS name, i.printed_value AS printed_value, v.name AS value,
       k.id AS class_id, k.level AS class_level, b.id AS parent_id,
       u.name AS unit, p.name AS project, t.name AS target, t.fiscal_year AS fiscal_year, d.file AS file,
       collect({field: r.field, printed: r.printed, table_name: s.name, page: s.page, sheet: s.sheet,
                row: r.row, column: r.column, line: r.line, place: r.place}) AS places
ORDER BY unit, fiscal_year, project, indicator_id
"""

# → project, unit, target_id, scope, fiscal_year, objective, budget, indicator_id, name, printed_value,
#   value, class_id, class_level, parent_id (in the order of printing)
PROJECT_TREE = """
MATCH (p:Project)-[:HAS_TARGET]->(t:PerformanceTarget)
WHERE p.id = $project_id
OPTIONAL MATCH (u:BudgetUnit)-[:HAS_PROJECT]->(p)
OPTIONAL MATCH (t)-[:HAS_INDICATOR]->(i:Indicator)
OPTIONAL MATCH (i)-[:IN_CATEGORY]->(k:Category)
OPTIONAL MATCH (k)-[:BROADER]->(b:Category)
OPTIONAL MATCH (i)-[:HAS_VALUE]->(v:TargetValue)
OPTIONAL MATCH (i)-[r:PRINTED_IN]->(:SourceTable)
RETURN p.name AS project, u.name AS unit, t.id AS target_id, t.scope AS scope, t.fiscal_year AS fiscal_year,
       t.objective AS objective, t.budget AS budget, i.id AS indicator_id, i.name AS name,
       i.printed_value AS printed_value, v.name AS value, k.id AS class_id,
       k.level AS class_level, b.id AS parent_id,
       min(r.line) AS first_line, min(r.row) AS first_row
ORDER BY fiscal_year, target_id, first_line, first_row, indicator_id
"""


def fill(text: str, **names: str) -> str:
    """Given a text with <NAMES>, return it with the vocabulary's names in their place."""
    for place, name in names.items():
        text = text.replace(f"<{place}>", name)
    return text


@cache
def create_constraint(label: str, property_name: str) -> str:
    """Text that makes a property unique for a label."""
    return fill(
        CREATE_CONSTRAINT, NAME=f"{label}_{property_name}".lower(), LABEL=label, PROPERTY=property_name
    )


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
