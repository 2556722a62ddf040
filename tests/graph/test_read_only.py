"""Questions can do nothing but read: on no store does any of these texts change or reach anything."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from graph.store import GraphStore, open_store
from ontology.errors import QueryError
from tests.samples import empty_server

if TYPE_CHECKING:
    from tests.graph.conftest import Graphs, Samples

WRITES = [
    "CREATE (:Project {id: 'x'})",
    "create (:Project {id: 'x'}) return 1 AS one",
    "MERGE (p:Project {id: 'x'}) RETURN p.id AS id",
    "MATCH (p:Project) SET p.name = 'x'",
    "MATCH (p:Project) SET p += {name: 'x'} RETURN p.name AS name",
    "MATCH (p:Project) SET p:Hacked",
    "MATCH (p:Project) REMOVE p.name",
    "MATCH (p:Project) DETACH DELETE p",
    "MATCH (n) DETACH DELETE n",
    "MATCH ()-[r]->() DELETE r",
    "OPTIONAL MATCH (p:Project) DELETE p",
    "MATCH (p:Project) WITH p LIMIT 1 SET p.name = 'x' RETURN p.name AS name",
    "MATCH (p:Project) /* nur lesen */ SET /**/ p.name = 'x'",
    "MATCH (p:Project) // read only\nSET p.name = 'x'",
    "UNWIND [1, 2] AS x CREATE (:Project {id: toString(x)})",
    "UNWIND [1] AS x MERGE (p:Project {id: 'x'}) ON CREATE SET p.name = 'x' RETURN p.id AS id",
    "MATCH (p:Project) FOREACH (x IN [1] | SET p.name = 'x')",
    "WITH 1 AS x FOREACH (y IN [x] | CREATE (:Project {id: 'y'}))",
    "CALL { CREATE (p:Project {id: 'x'}) RETURN p.id AS id } RETURN id",
    "CALL { MATCH (p:Project) SET p.name = 'x' }",
    "CALL { MATCH (n) DETACH DELETE n } IN TRANSACTIONS OF 10 ROWS",
    "MATCH (n) CALL { WITH n DETACH DELETE n } IN CONCURRENT TRANSACTIONS",
    "MATCH (a:Project), (b:Project) MERGE (a)-[:COPY]->(b)",
    "MATCH (p:Project) RETURN p.name AS name UNION CREATE (p:Project {id: 'x'}) RETURN p.id AS name",
    "CREATE INDEX hacked FOR (p:Project) ON (p.budget)",
    "DROP INDEX project_name",
    "DROP CONSTRAINT project_id",
    "CREATE CONSTRAINT hacked FOR (p:Project) REQUIRE p.budget IS UNIQUE",
    "CREATE FULLTEXT INDEX hacked FOR (p:Project) ON EACH [p.name]",
]
ADMINISTRATION = [
    "CREATE DATABASE hacked",
    "DROP DATABASE neo4j",
    "CREATE USER hacked SET PASSWORD 'hacked-password'",
    "ALTER CURRENT USER SET PASSWORD FROM 'a' TO 'b'",
    "ALTER USER neo4j SET PASSWORD 'hacked-password'",
    "GRANT ROLE admin TO neo4j",
    "SHOW USERS",
    "SHOW DATABASE index",
    "//\rSHOW USERS",
    "//\rTERMINATE TRANSACTIONS 'neo4j-transaction-1'",
    "SHOW DATABASES",
    "SHOW SETTINGS",
    "SHOW TRANSACTIONS",
    "TERMINATE TRANSACTIONS 'neo4j-transaction-1'",
    "USE system MATCH (n) RETURN n",
    "START DATABASE neo4j",
]
OUTSIDE = [
    "//\rCALL dbms.listConfig() YIELD name RETURN name",
    "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
    "load csv with headers from 'http://127.0.0.1:1/' as line return line",
    "LOAD /* x */ CSV FROM 'file:///etc/passwd' AS line RETURN line",
    "//\rLOAD CSV FROM 'http://127.0.0.1:1/' AS line RETURN line",
    "//\rSHOW USERS",
    "LOAD // x\nCSV FROM 'file:///etc/passwd' AS line RETURN line",
    "WITH 'file:///etc/passwd' AS u LOAD CSV FROM u AS line RETURN line",
    "CALL { LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line } RETURN line",
    "\\u004cOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
    "RETURN '\\u0027 AS x LOAD CSV FROM \\u0027file:///etc/passwd\\u0027 AS line RETURN line //'",
    "MATCH (p:Project) \\u0053ET p.name = 'x'",
    "MATCH (p:Project) \\U00000053ET p.name = 'x'",
    "CALL apoc.load.json('http://127.0.0.1:1/') YIELD value RETURN value",
    "CALL apoc.load.csv('/etc/passwd') YIELD list RETURN list",
    "CALL apoc.cypher.runWrite('CREATE (:Project)', {}) YIELD value RETURN value",
    "CALL apoc.cypher.doIt('CREATE (:Project)', {})",
    "CALL apoc.export.csv.all('/tmp/all.csv', {})",
    "CALL `apoc`.`load`.`json`('x') YIELD value RETURN value",
    "CALL apoc . load . json('x') YIELD value RETURN value",
    "CALL /* x */ apoc.periodic.iterate('MATCH (n) RETURN n', 'DELETE n', {})",
    "call APOC.LOAD.JSON('x')",
    "RETURN apoc.cypher.runFirstColumnSingle('CREATE (n) RETURN n', {}) AS x",
    "RETURN [1, 2][0..apoc.version()] AS x",
    "RETURN [1, 2][0 .. genai.vector.encode('x', 'OpenAI', {token: 'x'})] AS x",
    "RETURN apoc . text . join(['a'], '') AS x",
    "MATCH (p:Project) WHERE apoc.util.validatePredicate(true, 'x', []) RETURN p",
    "CALL dbms.setConfigValue('x', 'y')",
    "CALL dbms.listConfig() YIELD name, value RETURN name, value",
    "CALL db.createLabel('Hacked')",
    "CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()",
    "CALL tx.setMetaData({a: 1})",
    "CALL dbms.security.createUser('hacked', 'x')",
    "CALL genai.vector.encodeBatch(['x'], 'OpenAI', {token: 'x'}) YIELD vector RETURN vector",
    "RETURN genai.vector.encode('x', 'OpenAI', {token: 'x'}) AS x",
]
ODD = [
    "MATCH (n) RETURN n; MATCH (n) DETACH DELETE n",
    "MATCH (n) RETURN n.id AS id; DROP CONSTRAINT project_id;",
    "ＣＲＥＡＴＥ (:Project {id: 'x'})",
    "ＭＡＴＣＨ (n) ＤＥＴＡＣＨ ＤＥＬＥＴＥ n",
    "PROFILE MATCH (p:Project) SET p.name = 'x'",
    "EXPLAIN CREATE (:Project)",
    "CYPHER 5 CREATE (:Project {id: 'x'})",
    "CYPHER runtime=slotted MATCH (n) DETACH DELETE n",
    "INSERT (:Project {id: 'x'})",
    "MATCH (p:Project) NODETACH DELETE p",
    ":param x => 1",
    "FINISH",
    "WITH 1 AS transactions CALL { MATCH (n) RETURN n } IN TRANSACTIONS OF 10 ROWS RETURN n",
]
EVERY = [*WRITES, *ADMINISTRATION, *OUTSIDE, *ODD]


@pytest.fixture(params=["embedded", "neo4j"], scope="class")
def address(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where a small graph is kept."""
    if request.param == "neo4j":
        found: str = request.getfixturevalue("neo4j_address")
        empty_server()
        return found
    return str(tmp_path_factory.mktemp("store") / "graph.kgl")


@pytest.fixture(scope="class")
def filled(address: str, samples: "Samples", graphs: "Graphs") -> Iterator[str]:
    """The address of a graph with something in it."""
    target = samples.target(indicators=[samples.indicator()])
    with open_store(address) as store:
        graphs.put(store, samples.disclosure(targets=[target]), run_id="1")
    yield address
    if not Path(address).exists():
        with open_store(address) as store:
            store.delete_disclosure(samples.disclosure().id)
            store.publish()


class TestReadOnly:
    """At least sixty ways to do more than read."""

    @pytest.mark.parametrize("text", EVERY)
    def test_it_is_refused_in_one_sentence(self, filled: str, text: str) -> None:
        with open_store(filled, read_only=True) as store:
            with pytest.raises(QueryError) as caught:
                store.run(text)
            told = str(caught.value)
            assert "\n" not in told and any("\u4e00" <= letter <= "\u9fff" for letter in told)

    def test_the_graph_is_as_it_was(self, filled: str, graphs: "Graphs", samples: "Samples") -> None:
        with open_store(filled, read_only=True) as store:
            before = (graphs.everything(store), _schema(store))
            for text in EVERY:
                with pytest.raises(QueryError):
                    store.run(text)
            assert (graphs.everything(store), _schema(store)) == before
            target = samples.target(indicators=[samples.indicator()])
            assert graphs.everything(store) == graphs.fresh([samples.disclosure(targets=[target])])

    @pytest.mark.parametrize(
        "text",
        [
            "MATCH (p:Project) WHERE p.name CONTAINS 'CREATE' OR p.name = 'a; SET b' RETURN count(p) AS n",
            "MATCH (p:Project) RETURN count(p) AS `SET`",
            "MATCH (p:Project) RETURN count(p) AS n; ",
            "CALL db.labels() YIELD label RETURN count(label) AS n",
            "RETURN date('2024-01-01').year AS n",
            "CALL { MATCH (p:Project) RETURN count(p) AS n } RETURN n",
            "// CREATE\nMATCH (p:Project) RETURN count(p) AS n",
        ],
    )
    def test_honest_questions_are_answered(self, filled: str, text: str) -> None:
        with open_store(filled, read_only=True) as store:
            assert len(store.run(text)) == 1


def test_there_are_sixty() -> None:
    assert len(set(EVERY)) >= 60


def _schema(store: GraphStore) -> set[str]:
    return {row["name"] for row in store.run("SHOW CONSTRAINTS")}
