"""Every question (查询语句) asked of the graph, once; what writes and clears up stands in upkeep_queries.py.

The texts keep to what Neo4j 5 and KGLite answer alike: ASCII names, nodes merged before relationships,
scalars and maps returned, no pattern property that a store may not know yet. Values are parameters;
what stands in angle brackets is a name from the checked vocabulary.
"""

from collections.abc import Sequence

from graph.schema import Connection

# → id, loaded_from
LIST_DISCLOSURES = """
MATCH (d:Disclosure)
RETURN d.id AS id, d.loaded_from AS loaded_from
"""

# → file
FILES_WITHOUT_TARGETS = """
MATCH (d:Disclosure)
WHERE NOT (d)<-[:STATED_IN]-(:PerformanceTarget)
RETURN d.file AS file
ORDER BY file
"""

# → file, target
TARGETS_WITHOUT_INDICATORS = """
MATCH (t:PerformanceTarget)-[:STATED_IN]->(d:Disclosure)
WHERE NOT (t)-[:HAS_INDICATOR]->(:Indicator)
RETURN d.file AS file, t.name AS target
ORDER BY file, target
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

COUNT_REUSED = """
MATCH (c:IndicatorConcept)
WHERE c.projects >= $min_projects
RETURN count(c) AS concepts
"""

# → concept_id, concept, occurrences, projects, units, is_common, years (unordered)
REUSE_RANKING = """
MATCH (c:IndicatorConcept)
WHERE c.projects >= $min_projects
WITH c
ORDER BY c.projects DESC, c.occurrences DESC, c.name
LIMIT $row_limit
MATCH (c)<-[:EXPRESSES]-(:Indicator)<-[:HAS_INDICATOR]-(t:PerformanceTarget)
RETURN c.id AS concept_id, c.name AS concept, c.occurrences AS occurrences, c.projects AS projects,
       c.units AS units, c.is_common AS is_common, collect(DISTINCT t.fiscal_year) AS years
ORDER BY projects DESC, occurrences DESC, concept
"""

# → indicator_id, name, printed_value, value, class_id, class_level, parent_id, concept_id, unit_id, unit,
#   project, project_id, target, fiscal_year, file, places: list of {field, printed, table_name, page,
#   sheet, row, column, line, place}. The page is cut before what stands in it is looked up: 12,000
#   places take a second.
CONCEPT_OCCURRENCES = """
MATCH (c:IndicatorConcept)<-[:EXPRESSES]-(i:Indicator)<-[:HAS_INDICATOR]-(t:PerformanceTarget)
WHERE c.id = $concept_id
MATCH (t)-[:STATED_IN]->(d:Disclosure)
OPTIONAL MATCH (u:BudgetUnit)-[:PUBLISHED]->(d)
OPTIONAL MATCH (p:Project)-[:HAS_TARGET]->(t)
WITH i, t, d, i.id AS indicator_id, u.id AS unit_id, u.name AS unit, t.fiscal_year AS fiscal_year,
     p.name AS project, p.id AS project_id
ORDER BY unit, fiscal_year, project, indicator_id
SKIP $row_start LIMIT $row_limit
OPTIONAL MATCH (i)-[:IN_CATEGORY]->(k:Category)
OPTIONAL MATCH (k)-[:BROADER]->(b:Category)
OPTIONAL MATCH (i)-[:HAS_VALUE]->(v:TargetValue)
OPTIONAL MATCH (i)-[r:PRINTED_IN]->(s:SourceTable)
RETURN indicator_id, i.name AS name, i.printed_value AS printed_value, v.name AS value,
       k.id AS class_id, k.level AS class_level, b.id AS parent_id,
       $concept_id AS concept_id, unit_id, unit, project, project_id, t.name AS target, fiscal_year,
       d.file AS file,
       collect({field: r.field, printed: r.printed, table_name: s.name, page: s.page, sheet: s.sheet,
                row: r.row, column: r.column, line: r.line, place: r.place}) AS places
ORDER BY unit, fiscal_year, project, indicator_id
"""

# → name, is_common, occurrences, projects, units
CONCEPT = """
MATCH (c:IndicatorConcept)
WHERE c.id = $concept_id
RETURN c.name AS name, c.is_common AS is_common, c.occurrences AS occurrences, c.projects AS projects,
       c.units AS units
"""

# → concept_id, name, projects, relation, likeness, reason
CONCEPT_RELATIVES = """
MATCH (c:IndicatorConcept)-[r:SIMILAR_TO]-(other:IndicatorConcept)
WHERE c.id = $concept_id
RETURN other.id AS concept_id, other.name AS name, other.projects AS projects, r.relation AS relation,
       r.score AS likeness, r.reason AS reason
ORDER BY likeness DESC, projects DESC, concept_id
"""

# → printed_value, indicators (null where none is printed)
CONCEPT_VALUES = """
MATCH (c:IndicatorConcept)<-[:EXPRESSES]-(i:Indicator)
WHERE c.id = $concept_id
RETURN i.printed_value AS printed_value, count(i) AS indicators
ORDER BY indicators DESC, printed_value
"""

_TREE = """
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

# → project, unit, target_id, scope, fiscal_year, objective, budget, indicator_id, name, printed_value,
#   value, class_id, class_level, parent_id (in the order of printing)
PROJECT_TREE = f"""
MATCH (p:Project)-[:HAS_TARGET]->(t:PerformanceTarget)
WHERE p.id = $project_id
OPTIONAL MATCH (u:BudgetUnit)-[:HAS_PROJECT]->(p){_TREE}"""

# → the columns of PROJECT_TREE, of the targets that the unit itself holds
UNIT_TREE = f"""
MATCH (u:BudgetUnit)-[:HAS_TARGET]->(t:PerformanceTarget)
WHERE u.id = $unit_id
OPTIONAL MATCH (p:Project)-[:HAS_TARGET]->(t){_TREE}"""

# → unit, project_id, project, targets (a unit without projects: one row, null but for its name)
UNIT_PROJECTS = """
MATCH (u:BudgetUnit)
WHERE u.id = $unit_id
OPTIONAL MATCH (u)-[:HAS_PROJECT]->(p:Project)
OPTIONAL MATCH (p)-[:HAS_TARGET]->(t:PerformanceTarget)
RETURN u.name AS unit, p.id AS project_id, p.name AS project, count(t) AS targets
ORDER BY project, project_id
"""

# → target_id, name, scope, objective, fiscal_year, budget, file, project_id, project, unit_id, unit, region
CORPUS_TARGETS = """
MATCH (t:PerformanceTarget)-[:STATED_IN]->(d:Disclosure)
OPTIONAL MATCH (p:Project)-[:HAS_TARGET]->(t)
OPTIONAL MATCH (u:BudgetUnit)-[:PUBLISHED]->(d)
RETURN t.id AS target_id, t.name AS name, t.scope AS scope, t.objective AS objective,
       t.fiscal_year AS fiscal_year, t.budget AS budget, d.file AS file, p.id AS project_id,
       p.name AS project, u.id AS unit_id, u.name AS unit, u.region AS region
"""

# → target_id, indicator_id, name, printed_value, class_id, concept_id (unordered)
CORPUS_INDICATORS = """
MATCH (t:PerformanceTarget)-[:HAS_INDICATOR]->(i:Indicator)
OPTIONAL MATCH (i)-[:IN_CATEGORY]->(k:Category)
OPTIONAL MATCH (i)-[:EXPRESSES]->(c:IndicatorConcept)
RETURN t.id AS target_id, i.id AS indicator_id, i.name AS name, i.printed_value AS printed_value,
       k.id AS class_id, c.id AS concept_id
"""

# → concept_id, name, is_common, occurrences, projects, units, unit_ids, years, class_ids, kinds
#   (the last four are lists, unordered)
CONCEPT_FACETS = """
MATCH (c:IndicatorConcept)<-[:EXPRESSES]-(i:Indicator)<-[:HAS_INDICATOR]-(t:PerformanceTarget)
MATCH (t)-[:STATED_IN]->(d:Disclosure)
OPTIONAL MATCH (u:BudgetUnit)-[:PUBLISHED]->(d)
OPTIONAL MATCH (i)-[:IN_CATEGORY]->(k:Category)
OPTIONAL MATCH (i)-[:HAS_VALUE]->(v:TargetValue)
RETURN c.id AS concept_id, c.name AS name, c.is_common AS is_common, c.occurrences AS occurrences,
       c.projects AS projects, c.units AS units, collect(DISTINCT u.id) AS unit_ids,
       collect(DISTINCT t.fiscal_year) AS years, collect(DISTINCT k.id) AS class_ids,
       collect(DISTINCT v.kind) AS kinds
"""

# → indicator_id, field, table_name, place
PRINTED_PLACES = """
MATCH (i:Indicator)-[r:PRINTED_IN]->(s:SourceTable)
WHERE i.id IN $ids
RETURN i.id AS indicator_id, r.field AS field, s.name AS table_name, r.place AS place
ORDER BY indicator_id, field, table_name, place
"""

# → id (unordered)
CONCEPTS_BY_ID = """
MATCH (c:IndicatorConcept)
WHERE c.id IN $ids
RETURN c.id AS id
"""

# → id (unordered)
TARGETS_BY_ID = """
MATCH (t:PerformanceTarget)
WHERE t.id IN $ids
RETURN t.id AS id
"""

# → target_id, name, fiscal_year (unordered)
TARGETS_NAMED = """
MATCH (t:PerformanceTarget)
WHERE t.id IN $ids
RETURN t.id AS target_id, t.name AS name, t.fiscal_year AS fiscal_year
"""

# → one_id, other_id, share, label, pairs, unlisted (most alike first)
SHARING_TARGETS = """
MATCH (a:PerformanceTarget)-[r:SHARES_INDICATORS_WITH]->(b:PerformanceTarget)
WHERE r.share >= $min_share
RETURN a.id AS one_id, b.id AS other_id, r.share AS share, r.label AS label, r.pairs AS pairs,
       r.unlisted AS unlisted
ORDER BY share DESC, one_id, other_id
"""

# → one_id, one, one_projects, other_id, other, other_projects
SIMILAR_CONCEPTS = """
MATCH (a:IndicatorConcept)-[:SIMILAR_TO]->(b:IndicatorConcept)
RETURN a.id AS one_id, a.name AS one, a.projects AS one_projects, b.id AS other_id, b.name AS other,
       b.projects AS other_projects
ORDER BY one_id, other_id
"""

# → id and each property, in the order asked for
ALL_NODES = """
MATCH (n:<LABEL>)
RETURN n.id AS id<COLUMNS>
"""

# → start_id, end_id and each property, in the order asked for
ALL_RELATIONSHIPS = """
MATCH (a:<START>)-[r:<TYPE>]->(b:<END>)
RETURN a.id AS start_id, b.id AS end_id<COLUMNS>
"""


def all_nodes(label: str, names: Sequence[str]) -> str:
    """Text that lists the nodes of a label with their properties."""
    columns = "".join(f", n.{name} AS {name}" for name in names)
    return ALL_NODES.replace("<LABEL>", label).replace("<COLUMNS>", columns)


def all_relationships(item: Connection, names: Sequence[str]) -> str:
    """Text that lists the relationships of a connection with their properties."""
    columns = "".join(f", r.{name} AS {name}" for name in names)
    text = ALL_RELATIONSHIPS.replace("<START>", item.start).replace("<TYPE>", item.type)
    return text.replace("<END>", item.end).replace("<COLUMNS>", columns)
