"""The law of clean-up: a store's history leaves no trace in its graph."""

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.build import build_graph
from graph.store import GraphStore, open_store
from ontology.model import Disclosure, TargetScope, TargetValue, ValueKind
from tests.samples import empty_server

if TYPE_CHECKING:
    from tests.graph.conftest import Graphs, Samples

FILES = ("a.txt", "b.txt", "c.txt")
DEADLINE = TargetValue(kind=ValueKind.DEADLINE)
# A step: which file, None for its deletion, or its unit and targets: (project, year, budget, indicators).
INDICATORS = st.tuples(st.sampled_from("甲乙丙"), st.booleans(), st.sampled_from(["cost", "output", None]))
TARGETS = st.tuples(
    st.sampled_from(["项目一", "项目二", None]),
    st.sampled_from([None, 2022, 2023]),
    st.sampled_from([None, "1", "2"]),
    st.lists(INDICATORS, max_size=2),
)
CONTENTS = st.tuples(st.sampled_from(["甲局", "乙局", None]), st.lists(TARGETS, max_size=3))
STEPS = st.lists(st.tuples(st.sampled_from(FILES), st.none() | CONTENTS), min_size=1, max_size=8)


class TestStoreLaw:
    """Whatever was written, changed and deleted before, the graph is that of the files as they are now."""

    @settings(max_examples=60, deadline=None)
    @given(steps=STEPS)
    def test_history_leaves_no_trace(
        self, samples: "Samples", graphs: "Graphs", steps: list[tuple[str, Any]]
    ) -> None:
        with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "graph.kgl") as store:
            _live_through(store, steps, samples, graphs)

    @settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(steps=STEPS)
    def test_history_leaves_no_trace_on_a_server(
        self, samples: "Samples", graphs: "Graphs", neo4j_address: str, steps: list[tuple[str, Any]]
    ) -> None:
        empty_server()
        with open_store(neo4j_address) as store:
            _live_through(store, steps, samples, graphs)


def _live_through(
    store: GraphStore, steps: list[tuple[str, Any]], samples: "Samples", graphs: "Graphs"
) -> None:
    current: dict[str, Disclosure] = {}
    for number, (file, contents) in enumerate(steps):
        if contents is None:
            store.delete_disclosure(samples.disclosure(file).id)
            current.pop(file, None)
            continue
        current[file] = _made(samples, file, *contents)
        store.write(build_graph(current[file]), run_id=f"run-{number}")
        store.delete_stale(current[file].id, run_id=f"run-{number}")
    graphs.publish(store)
    assert graphs.everything(store) == graphs.fresh(current.values())


def _made(samples: "Samples", file: str, unit: str | None, targets: list[Any]) -> Disclosure:
    return samples.disclosure(
        file,
        [
            samples.target(
                project,
                [
                    samples.indicator(
                        name,
                        value=DEADLINE if is_deadline else samples.at_least_95,
                        category=class_id,
                        subcategory="quantity" if class_id == "output" else None,
                        row=row,
                    )
                    for row, (name, is_deadline, class_id) in enumerate(indicators)
                ],
                fiscal_year=year,
                budget=budget,
                scope=TargetScope.PROJECT if project else TargetScope.DEPARTMENT,
            )
            for project, year, budget, indicators in targets
        ],
        unit=unit,
        region=unit and f"{unit}所在县",
    )
