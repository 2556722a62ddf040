"""Files for `neo4j-admin database import full` (批量导入): the fast way into an empty Neo4j.

For each label and each relationship a header and its rows, and `import.args`, which names them all to
the tool. They hold everything a store holds, what it counted over the whole graph included, so that
`jixiao build --store` finds the imported graph up to date.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from graph import queries
from graph.schema import CONNECTIONS, SCHEMA_VERSION, Connection
from graph.store import GraphStore
from ontology.errors import OutputError, os_reason
from ontology.vocabulary import VOCABULARY, NodeClass

ARGUMENTS = "import.args"
IMPORT_LABEL = "JixiaoImport"
"""The label of a node that says whose graph it is, until a writer has made the schema."""
_TYPES = {"string": "string", "integer": "long", "double": "double", "boolean": "boolean", "date": "date"}
_STAMP = "run_id"
_ROWS_AT_ONCE = 10_000


def write_import_files(store: GraphStore, folder: Path) -> dict[str, int]:
    """Write a store's graph into a folder, and return how many rows each file has.

    Raises OutputError where the folder cannot be written, or holds something else.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        others = [path.name for path in folder.iterdir()]
        if others and ARGUMENTS not in others:
            raise OutputError(f"文件夹 {folder} 里有别的文件（{others[0]} 等），请另选一个空的文件夹")
        return _write_all(store, folder)
    except OSError as error:
        raise OutputError(f"无法写入文件夹 {folder}（{os_reason(error)}）") from error


def _write_all(store: GraphStore, folder: Path) -> dict[str, int]:
    counts: dict[str, int] = {}
    arguments = ["--multiline-fields=true", "--input-type=csv", "--bad-tolerance=0"]
    for item in VOCABULARY.classes:
        names = [prop.name for prop in item.properties if prop.name != "id"]
        rows = store.run(queries.all_nodes(item.name, names))
        counts[item.name] = _write(folder, item.name, _node_header(item, names), rows)
        arguments.append(f"--nodes={item.name}={item.name}.header.csv,{item.name}.csv")
    for connection in CONNECTIONS:
        names = [*connection.properties, _STAMP]
        rows = store.run(queries.all_relationships(connection, names))
        file = f"{connection.start}-{connection.type}-{connection.end}"
        counts[file] = _write(folder, file, _relationship_header(connection), rows)
        arguments.append(f"--relationships={connection.type}={file}.header.csv,{file}.csv")
    _write(
        folder,
        IMPORT_LABEL,
        [f"id:ID({IMPORT_LABEL})", "version:long"],
        [{"id": "graph", "v": SCHEMA_VERSION}],
    )
    arguments.append(f"--nodes={IMPORT_LABEL}={IMPORT_LABEL}.header.csv,{IMPORT_LABEL}.csv")
    (folder / ARGUMENTS).write_text("\n".join(arguments) + "\n", "utf-8")
    return counts


def _node_header(item: NodeClass, names: Sequence[str]) -> list[str]:
    types = {prop.name: _TYPES[prop.datatype] for prop in item.properties}
    return [f"id:ID({item.name})", *(f"{name}:{types[name]}" for name in names)]


def _relationship_header(connection: Connection) -> list[str]:
    # Declared, not guessed from the values: a column may be empty, or whole numbers stand first in it.
    datatypes = zip(connection.properties, connection.datatypes, strict=True)
    typed = [f"{name}:{_TYPES[datatype]}" for name, datatype in datatypes]
    ends = [f":START_ID({connection.start})", f":END_ID({connection.end})"]
    return [*ends, *typed, f"{_STAMP}:string"]


def _write(folder: Path, file: str, header: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> int:
    (folder / f"{file}.header.csv").write_text(",".join(header) + "\n", "utf-8")
    with (folder / f"{file}.csv").open("w", encoding="utf-8", newline="") as out:
        for first in range(0, len(rows), _ROWS_AT_ONCE):
            out.writelines(_lines(rows[first : first + _ROWS_AT_ONCE]))
    return len(rows)


def _lines(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for row in rows:
        # A text is always in quotes, so that an empty one is not taken for none; nearly every value is one.
        fields = [
            '"' + value.replace('"', '""') + '"' if isinstance(value, str) else _bare(value)
            for value in row.values()
        ]
        yield ",".join(fields) + "\n"


def _bare(value: object) -> str:
    """What is no text as the tool reads it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)
