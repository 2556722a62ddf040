"""Files for the bulk import: what their headers say."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from graph.build import build_graph
from graph.neo4j_import import write_import_files
from graph.store import GraphStore

if TYPE_CHECKING:
    from tests.graph.conftest import Samples


def test_a_relationships_property_has_the_declared_type_even_in_an_empty_column(
    store: GraphStore, samples: "Samples", tmp_path: Path
) -> None:
    indicator = samples.indicator()
    sources = tuple(replace(item, row=None, column=None, line=None) for item in indicator.printed.sources)
    indicator = replace(indicator, printed=replace(indicator.printed, sources=sources))
    store.write(build_graph(samples.disclosure(targets=[samples.target(indicators=[indicator])])), run_id="1")
    write_import_files(store, tmp_path / "import")
    header = (tmp_path / "import" / "Indicator-PRINTED_IN-SourceTable.header.csv").read_text("utf-8")
    assert header.strip().split(",")[2:] == [
        "column:long", "field:string", "line:long", "place:string", "printed:string", "row:long",
        "run_id:string",
    ]  # fmt: skip
