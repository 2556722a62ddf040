"""Sample disclosures, and the graph read back as sets of tuples."""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from graph import queries
from graph.build import build_graph
from graph.derived import derive
from graph.judgements import Judgements
from graph.schema import CONNECTIONS
from graph.store import GraphStore, open_store
from ontology.ids import stable_id
from ontology.model import (
    Comparator,
    Disclosure,
    Entity,
    Indicator,
    PerformanceTarget,
    PrintedIndicator,
    PrintedTarget,
    Source,
    TargetScope,
    TargetValue,
    ValueKind,
)
from ontology.vocabulary import VOCABULARY

AT_LEAST_95 = TargetValue(
    kind=ValueKind.RATE, comparator=Comparator.AT_LEAST, number=Decimal("95"), measure_unit="%"
)


def _entities(name: str) -> tuple[Entity, ...]:
    """What a sample's name mentions: 满意度 with who is asked before it, else the whole as an object."""
    asked = name.removesuffix("满意度")
    if asked == name:
        return (Entity(0, len(name), "OBJECT", name),) if name else ()
    people = Entity(0, len(asked), "BENEFICIARY", asked)
    return (people, Entity(len(asked), len(name), "MEASURE", "满意度"))


class Samples:
    """Makes small records; what a case does not say is left out or the same everywhere."""

    at_least_95 = AT_LEAST_95

    def indicator(
        self,
        name: str = "群众满意度",
        *,
        printed_value: str = "≥95%",
        value: TargetValue = AT_LEAST_95,
        category: str | None = "satisfaction",
        subcategory: str | None = "beneficiarySatisfaction",
        row: int = 3,
        table: int | None = 1,
        max_score: Decimal | None = None,
        definition: str | None = None,
    ) -> Indicator:
        """An indicator printed in column 3 and 4 of a row; its id is set by the target it is put into."""
        sources = tuple(
            Source(field=field, printed=printed, line=100 + row, table=table, row=row, column=column)
            for field, printed, column in (("name", name, 3), ("printed_value", printed_value, 4))
        )
        printed = PrintedIndicator(
            name=name,
            printed_value=printed_value,
            category=category,
            subcategory=subcategory,
            max_score=max_score,
            definition=definition,
            sources=sources,
        )
        return Indicator(
            id="", printed=printed, target_value=value, concept=name or None, entities=_entities(name)
        )

    def target(
        self,
        project: str | None = "道路养护",
        indicators: Sequence[Indicator] = (),
        *,
        scope: TargetScope = TargetScope.PROJECT,
        budget: str | None = None,
        fiscal_year: int | None = 2023,
        objective: str | None = None,
        tables: tuple[int, ...] = (1,),
        unit: str | None = None,
    ) -> PerformanceTarget:
        """A target; its ids are set by the disclosure it is put into."""
        printed = PrintedTarget(
            scope=scope,
            project=project,
            objective=objective,
            budget=None if budget is None else Decimal(budget),
            tables=tables,
            unit=unit,
        )
        return PerformanceTarget(
            id="", printed=printed, fiscal_year=fiscal_year, indicators=tuple(indicators)
        )

    def disclosure(
        self,
        file: str = "a.txt",
        targets: Sequence[PerformanceTarget] = (),
        *,
        unit: str | None = "甲县交通局",
        region: str | None = "甲县",
    ) -> Disclosure:
        """A disclosure whose targets and indicators are numbered in their order."""
        disclosure_id = stable_id("disclosure", file)
        return Disclosure(
            id=disclosure_id,
            file=file,
            sha256=f"sha-{file}",
            name=f"{file} 公开",
            budget_unit=unit,
            region=region,
            fiscal_year=2023,
            targets=tuple(self._placed(target, disclosure_id, n) for n, target in enumerate(targets)),
        )

    def _placed(self, target: PerformanceTarget, disclosure_id: str, number: int) -> PerformanceTarget:
        target_id = stable_id("target", disclosure_id, number)
        indicators = tuple(
            replace(item, id=stable_id("indicator", target_id, n)) for n, item in enumerate(target.indicators)
        )
        return replace(target, id=target_id, indicators=indicators)


def _nodes(store: GraphStore) -> frozenset[tuple[object, ...]]:
    """Every node as (label, value of each public property); bookkeeping is left out."""
    found: set[tuple[object, ...]] = set()
    for item in VOCABULARY.classes:
        columns = ", ".join(f"n.{name} AS {name}" for name in item.public_names)
        rows = store.run(f"MATCH (n:{item.name}) RETURN {columns}")
        found |= {(item.name, *(row[name] for name in item.public_names)) for row in rows}
        assert len(rows) == len({row["id"] for row in rows}), f"{item.name}: two nodes with one id"
    return frozenset(found)


def _relationships(store: GraphStore) -> frozenset[tuple[object, ...]]:
    """Every relationship as (start label, start id, type, end label, end id, value of each property)."""
    found: set[tuple[object, ...]] = set()
    count = 0
    for item in CONNECTIONS:
        columns = "".join(f", r.{name} AS {name}" for name in item.properties)
        text = f"MATCH (a:{item.start})-[r:{item.type}]->(b:{item.end}) RETURN a.id AS a, b.id AS b{columns}"
        rows = store.run(text)
        count += len(rows)
        for row in rows:
            values = (row[name] for name in item.properties)
            found.add((item.start, row["a"], item.type, item.end, row["b"], *values))
    assert count == sum(row["relationships"] for row in store.run(queries.COUNT_RELATIONSHIPS))
    assert count == len(found), "a relationship stands twice"
    return frozenset(found)


class Graphs:
    """Puts disclosures into stores and reads whole graphs back as sets of tuples."""

    def put(self, store: GraphStore, *disclosures: Disclosure, run_id: str) -> None:
        """One build: write each disclosure, clean up after it, derive what follows, publish."""
        for disclosure in disclosures:
            store.write(build_graph(disclosure), run_id=run_id)
            store.delete_stale(disclosure.id, run_id=run_id)
        self.publish(store, run_id=run_id)

    def publish(self, store: GraphStore, *, run_id: str = "publication") -> None:
        """Derive what follows from the whole graph, and publish, as a build does at its end."""
        derive(store, Judgements(), run_id=run_id)
        store.publish()

    def everything(self, store: GraphStore) -> frozenset[tuple[object, ...]]:
        return _nodes(store) | _relationships(store)

    def fresh(self, disclosures: Iterable[Disclosure]) -> frozenset[tuple[object, ...]]:
        """The graph that a new store has after one build of these disclosures."""
        with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "fresh.kgl") as store:
            self.put(store, *disclosures, run_id="fresh")
            return self.everything(store)


@pytest.fixture(scope="session")
def samples() -> Samples:
    return Samples()


@pytest.fixture(scope="session")
def graphs() -> Graphs:
    return Graphs()


@pytest.fixture
def store_path(tmp_path: Path) -> Path:
    return tmp_path / "graph.kgl"


@pytest.fixture
def store(store_path: Path) -> Iterator[GraphStore]:
    """An empty store, open for writing."""
    with open_store(store_path) as opened:
        yield opened


@pytest.fixture
def published(store_path: Path, samples: Samples) -> Path:
    """A store that was built and closed."""
    with open_store(store_path) as store:
        store.write(build_graph(samples.disclosure(targets=[samples.target()])), run_id="1")
        store.publish()
    return store_path
