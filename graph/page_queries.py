"""Questions that only the explorer's pages ask (页面的查询语句); queries.py says what texts keep to."""

# → name, printed_value, fiscal_year, indicators (unordered)
CONCEPT_SPREAD = """
MATCH (c:IndicatorConcept)<-[:EXPRESSES]-(i:Indicator)<-[:HAS_INDICATOR]-(t:PerformanceTarget)
WHERE c.id = $concept_id
RETURN i.name AS name, i.printed_value AS printed_value, t.fiscal_year AS fiscal_year,
       count(i) AS indicators
"""

# → project_id, project, unit
CONCEPT_PROJECTS = """
MATCH (c:IndicatorConcept)<-[:EXPRESSES]-(:Indicator)<-[:HAS_INDICATOR]-(:PerformanceTarget)
      <-[:HAS_TARGET]-(p:Project)
WHERE c.id = $concept_id
WITH DISTINCT p
ORDER BY p.name, p.id
LIMIT $row_limit
OPTIONAL MATCH (u:BudgetUnit)-[:HAS_PROJECT]->(p)
RETURN p.id AS project_id, p.name AS project, u.name AS unit
ORDER BY project, project_id, unit
"""

# → disclosure_id
INDICATOR_DISCLOSURE = """
MATCH (i:Indicator)
WHERE i.id = $id
RETURN i.disclosure_id AS disclosure_id
"""

# → disclosure_id
TARGET_DISCLOSURE = """
MATCH (t:PerformanceTarget)
WHERE t.id = $id
RETURN t.disclosure_id AS disclosure_id
"""
