"""What every store promises: one class of tests, run for each store."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from graph.batch import GraphBatch
from graph.build import build_graph
from graph.store import GraphStore, open_store
from ontology.errors import QueryError, StoreError, WorkspaceBusy
from ontology.ids import stable_id
from ontology.model import TargetScope, TargetValue, ValueKind

if TYPE_CHECKING:
    from tests.graph.conftest import Graphs, Samples

OpenStore = Callable[..., GraphStore]
WRITE_TEXTS = [
    "CREATE (n:Project {id: 'x', name: 'x'})",
    "MERGE (n:Project {id: 'x'}) RETURN n.id AS id",
    "MATCH (n:Project) SET n.name = 'x'",
    "MATCH (n) DETACH DELETE n",
    "MATCH (n:Project) REMOVE n.name",
    "CREATE INDEX x FOR (n:Project) ON (n.name)",
    "DROP CONSTRAINT project_id",
]


@pytest.fixture(params=["embedded", "neo4j"])
def open_it(request: pytest.FixtureRequest, tmp_path: Path) -> OpenStore:
    """Opens the store under test, always the same one; read_only=True for a reader."""
    is_server = request.param == "neo4j"
    address = request.getfixturevalue("empty_neo4j") if is_server else tmp_path / "graph.kgl"
    return lambda **options: open_store(address, **options)


class TestStoreContract:
    def test_an_empty_store_answers_nothing(self, open_it: OpenStore, graphs: "Graphs") -> None:
        with open_it() as store:
            graphs.publish(store)
            assert graphs.everything(store) == frozenset()
        with open_it(read_only=True) as reader:
            assert graphs.everything(reader) == frozenset()

    def test_readers_see_what_was_written(
        self, open_it: OpenStore, samples: "Samples", graphs: "Graphs"
    ) -> None:
        target = samples.target(indicators=[samples.indicator()], budget="5", objective="道路畅通")
        with open_it() as store:
            graphs.put(store, samples.disclosure("a.txt", [target]), run_id="1")
            written = graphs.everything(store)
            assert not store.is_unfinished()
        with open_it(read_only=True) as reader:
            assert graphs.everything(reader) == written
            assert not reader.is_unfinished()
        target_id = stable_id("target", stable_id("disclosure", "a.txt"), 0)
        assert ("PerformanceTarget", 5.0, 2023, target_id, "道路养护", "道路畅通", "项目") in written
        concept_id = stable_id("concept", "群众满意度")
        assert ("IndicatorConcept", concept_id, True, "群众满意度", 1, 1, 1) in written

    def test_each_publication_is_told_from_the_others(
        self, open_it: OpenStore, samples: "Samples", graphs: "Graphs"
    ) -> None:
        seen = []
        for run_id in ("1", "2"):
            with open_it() as store:
                target = samples.target(indicators=[samples.indicator()], objective=f"目标{run_id}")
                graphs.put(store, samples.disclosure("a.txt", [target]), run_id=run_id)
            with open_it(read_only=True) as reader:
                seen.append(reader.publication())
                assert reader.publication() == seen[-1]
        assert None not in seen and seen[0] != seen[1]
        with open_it() as store:
            store.write(build_graph(samples.disclosure("b.txt", [samples.target()])), run_id="3")
            assert store.publication() is None

    def test_writing_twice_changes_nothing(
        self, open_it: OpenStore, samples: "Samples", graphs: "Graphs"
    ) -> None:
        disclosure = samples.disclosure(targets=[samples.target(indicators=[samples.indicator()])])
        with open_it() as store:
            graphs.put(store, disclosure, run_id="1")
            once = graphs.everything(store)
            graphs.put(store, disclosure, run_id="1")
            assert graphs.everything(store) == once
            graphs.put(store, disclosure, run_id="2")
            assert graphs.everything(store) == once

    def test_a_changed_document_leaves_nothing_behind(
        self, open_it: OpenStore, samples: "Samples", graphs: "Graphs"
    ) -> None:
        deadline = TargetValue(kind=ValueKind.DEADLINE)
        before = samples.disclosure(
            targets=[
                samples.target("旧项目", [samples.indicator("旧指标", category="cost", subcategory=None)]),
                samples.target(
                    "改名前", [samples.indicator(definition="以前的解释")], objective="以前的目标"
                ),
            ]
        )
        after = samples.disclosure(
            targets=[
                samples.target(
                    "改名后",
                    [samples.indicator(value=deadline, category="output", subcategory="timeliness")],
                )
            ]
        )
        with open_it() as store:
            graphs.put(store, before, run_id="1")
            graphs.put(store, after, run_id="2")
            changed = graphs.everything(store)
        assert changed == graphs.fresh([after])
        assert "旧项目" not in str(changed)
        assert "以前的" not in str(changed)

    def test_stale_relationships_go_before_publication(self, open_it: OpenStore, samples: "Samples") -> None:
        first = samples.disclosure(targets=[samples.target(indicators=[samples.indicator("甲")])])
        second = samples.disclosure(targets=[samples.target(indicators=[samples.indicator("乙")])])
        concepts = "MATCH (i:Indicator)-[:EXPRESSES]->(c) RETURN c.name AS name ORDER BY name"
        with open_it() as store:
            store.write(build_graph(first), run_id="1")
            store.write(build_graph(second), run_id="2")
            assert store.run(concepts) == [{"name": "乙"}, {"name": "甲"}]
            store.delete_stale(first.id, run_id="2")
            assert store.run(concepts) == [{"name": "乙"}]
            assert store.run("MATCH (c:IndicatorConcept) RETURN c.name AS name") == [{"name": "乙"}]

    def test_cleaning_up_again_changes_nothing(
        self, open_it: OpenStore, samples: "Samples", graphs: "Graphs"
    ) -> None:
        disclosure = samples.disclosure(targets=[samples.target(indicators=[samples.indicator()])])
        with open_it() as store:
            graphs.put(store, disclosure, run_id="1")
            once = graphs.everything(store)
            store.delete_stale(disclosure.id, run_id="1")
            store.delete_stale("disclosure-unknown", run_id="1")
            store.delete_disclosure("disclosure-unknown")
            assert graphs.everything(store) == once

    def test_a_deleted_document_is_gone(
        self, open_it: OpenStore, samples: "Samples", graphs: "Graphs"
    ) -> None:
        disclosure = samples.disclosure(targets=[samples.target(indicators=[samples.indicator()])])
        with open_it() as store:
            graphs.put(store, disclosure, run_id="1")
            assert graphs.everything(store) != frozenset()
            store.delete_disclosure(disclosure.id)
            graphs.publish(store)
            assert graphs.everything(store) == frozenset()
            store.delete_disclosure(disclosure.id)

    def test_shared_nodes_stay_while_another_document_needs_them(
        self, open_it: OpenStore, samples: "Samples", graphs: "Graphs"
    ) -> None:
        shared = samples.target("道路养护", [samples.indicator("满意度")])
        only_a = samples.target("仅甲文件", [samples.indicator("仅甲文件指标", category="cost")])
        a = samples.disclosure("a.txt", [shared, only_a])
        b = samples.disclosure("b.txt", [shared])
        with open_it() as store:
            graphs.put(store, a, b, run_id="1")
            store.delete_disclosure(a.id)
            graphs.publish(store)
            assert graphs.everything(store) == graphs.fresh([b])
            store.delete_disclosure(b.id)
            graphs.publish(store)
            assert graphs.everything(store) == frozenset()

    def test_a_unit_without_projects_stays_as_long_as_its_file(
        self, open_it: OpenStore, samples: "Samples", graphs: "Graphs"
    ) -> None:
        with open_it() as store:
            graphs.put(store, samples.disclosure(targets=[samples.target()]), run_id="1")
            graphs.put(store, samples.disclosure(targets=[]), run_id="2")
            assert store.run("MATCH (u:BudgetUnit) RETURN u.name AS name") == [{"name": "甲县交通局"}]
            assert store.run("MATCH (p:Project) RETURN p.name AS name") == []

    def test_counts_follow_every_publication(
        self, open_it: OpenStore, samples: "Samples", graphs: "Graphs"
    ) -> None:
        def counts(store: GraphStore) -> dict[str, object]:
            text = "MATCH (c:IndicatorConcept) RETURN c.occurrences AS o, c.projects AS p, c.units AS u"
            return store.run(text)[0]

        twice = [samples.indicator(row=3), samples.indicator(row=4)]
        department = samples.target(None, [samples.indicator()], scope=TargetScope.DEPARTMENT)
        a = samples.disclosure("a.txt", [samples.target("项目一", twice), samples.target("项目二", twice)])
        b = samples.disclosure("b.txt", [samples.target("项目一", twice), department], unit="乙县交通局")
        with open_it() as store:
            graphs.put(store, a, run_id="1")
            assert counts(store) == {"o": 4, "p": 2, "u": 1}
            graphs.put(store, b, run_id="2")
            assert counts(store) == {"o": 7, "p": 3, "u": 2}
            store.delete_disclosure(a.id)
            graphs.publish(store)
            assert counts(store) == {"o": 3, "p": 1, "u": 1}

    def test_a_second_writer_is_told_to_wait(self, open_it: OpenStore) -> None:
        with open_it(), pytest.raises(WorkspaceBusy, match=r"正由.*写入，请等它结束后再试$"):
            open_it()
        with open_it():
            pass

    def test_a_closed_store_says_so(self, open_it: OpenStore) -> None:
        store = open_it()
        store.close()
        store.close()
        with pytest.raises(StoreError, match="已经关闭"):
            store.run("RETURN 1 AS one")

    def test_run_id_is_required(self, open_it: OpenStore) -> None:
        with open_it() as store, pytest.raises(ValueError, match="run_id"):
            store.write(GraphBatch({}, {}), run_id="")

    @pytest.mark.parametrize("text", WRITE_TEXTS)
    @pytest.mark.parametrize("read_only", [True, False])
    def test_questions_do_not_write(
        self, open_it: OpenStore, samples: "Samples", graphs: "Graphs", text: str, read_only: bool
    ) -> None:
        with open_it() as store:
            graphs.put(store, samples.disclosure(targets=[samples.target()]), run_id="1")
            before = graphs.everything(store)
        with open_it(read_only=read_only) as store:
            with pytest.raises(QueryError, match="只能查询，不能写入"):
                store.run(text)
            assert graphs.everything(store) == before

    def test_a_reader_refuses_to_write(
        self, open_it: OpenStore, samples: "Samples", graphs: "Graphs"
    ) -> None:
        with open_it() as store:
            graphs.publish(store)
        with open_it(read_only=True) as reader:
            with pytest.raises(StoreError, match="只读"):
                reader.write(build_graph(samples.disclosure()), run_id="1")
            with pytest.raises(StoreError, match="只读"):
                reader.delete_stale("disclosure-x", run_id="1")
            with pytest.raises(StoreError, match="只读"):
                reader.delete_disclosure("disclosure-x")
            with pytest.raises(StoreError, match="只读"):
                reader.replace_derived(GraphBatch({}, {}), run_id="1")
            with pytest.raises(StoreError, match="只读"):
                reader.publish()

    def test_a_syntax_error_is_located(self, open_it: OpenStore) -> None:
        with open_it() as store, pytest.raises(QueryError, match=r"第 2 行第 (7|14) 列有语法错误"):
            store.run("MATCH (n)\nWHERE RETURN n")

    def test_values_are_parameters(self, open_it: OpenStore, samples: "Samples", graphs: "Graphs") -> None:
        name = '道路\' OR 1=1 // {id: "x"} ` \\'
        with open_it() as store:
            graphs.put(store, samples.disclosure(targets=[samples.target(name)]), run_id="1")
            found = store.run("MATCH (p:Project) WHERE p.name = $name RETURN p.name AS name", {"name": name})
            assert found == [{"name": name}]

    def test_limits_of_a_question(self, open_it: OpenStore) -> None:
        with open_it() as store:
            assert store.run("UNWIND [3, 1, 2] AS x RETURN x ORDER BY x", max_rows=2) == [{"x": 1}, {"x": 2}]
            slow = "UNWIND range(1, 40000) AS x UNWIND range(1, 40000) AS y RETURN sum(x * y) AS s"
            with pytest.raises(QueryError, match=r"未能在 0\.02 秒内完成"):
                store.run(slow, timeout_s=0.02)
