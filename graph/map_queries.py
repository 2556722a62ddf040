"""The questions of the reuse map (复用图的查询语句): what hangs on a unit, a project, an indicator, and how.

They keep the rules of queries.py; what stands in angle brackets is filled in from `graph/reuse_map.py`.
"""

# → id, name (unordered)
MAP_NODES = """
MATCH (n:<LABEL>)
WHERE n.id IN $ids
RETURN n.id AS id, n.name AS name
"""

# → id, neighbours (unordered; those without any are left out)
MAP_COUNTS = """
MATCH (a:<LABEL>)<PATTERN>
WHERE a.id IN $ids AND b.id <> a.id
WITH a, count(DISTINCT b) AS neighbours
RETURN a.id AS id, neighbours
"""

# → id, neighbours (unordered; those without any are left out)
MAP_STORED_COUNTS = """
MATCH (a:<LABEL>)
WHERE a.id IN $ids AND a.<COUNTED> > 0
RETURN a.id AS id, a.<COUNTED> AS neighbours
"""

# → id, name
MAP_NEIGHBOURS = """
MATCH (a:<LABEL>)<PATTERN>
WHERE a.id = $id AND b.id <> a.id
WITH DISTINCT b
ORDER BY <ORDER>
SKIP $row_start LIMIT $row_limit
RETURN b.id AS id, b.name AS name
ORDER BY <ORDER>
"""

# → start_id, end_id (unordered). WITH: a planner must not come from an indicator's ten thousand uses.
MAP_EDGES = """
MATCH (a:<LABEL>)<PATTERN>
WHERE a.id IN $ids
WITH DISTINCT a.id AS start_id, b.id AS end_id
WHERE end_id IN $ids
RETURN start_id, end_id
"""

# → start_id, end_id, relation, reason (unordered)
MAP_SIMILAR = """
MATCH (a:IndicatorConcept)-[r:SIMILAR_TO]->(b:IndicatorConcept)
WHERE a.id IN $ids AND b.id IN $ids
RETURN a.id AS start_id, b.id AS end_id, r.relation AS relation, r.reason AS reason
"""

# → start_id, end_id, one_id, other_id, share (unordered): whose targets are alike, and which they are
MAP_COPIES = """
MATCH (a:<LABEL>)-[:HAS_TARGET]->(one:PerformanceTarget)-[r:SHARES_INDICATORS_WITH]->
      (other:PerformanceTarget)<-[:HAS_TARGET]-(b)
WHERE a.id IN $ids AND b.id IN $ids AND a.id <> b.id
RETURN a.id AS start_id, b.id AS end_id, one.id AS one_id, other.id AS other_id, r.share AS share
"""
