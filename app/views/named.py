"""What readers choose by its name (按名称选): ids, names, and what tells equal names apart."""

from collections.abc import Callable, Mapping, Sequence

from app.views.comparisons import targets
from app.views.data import EVERY, answer, remember, version
from app.views.search import read_facets
from app.views.words import t
from graph.value_names import KIND_WORDS
from ontology.categories import indicator_classes

Rows = Sequence[tuple[object, ...]]


@remember(max_entries=2)
def _concepts(version_: str) -> Rows:
    return [(own.concept_id, own.name, own.projects, own.units) for own in read_facets(version_)]


@remember(max_entries=2)
def _projects(version_: str) -> Rows:
    rows = answer("projects", word="", row_limit=EVERY)
    return [(row["project_id"], row["project"], row["unit"]) for row in rows]


@remember(max_entries=2)
def _units(version_: str) -> Rows:
    rows = answer("units", row_limit=EVERY)
    return [(row["unit_id"], row["unit"], row["region"], row["projects"]) for row in rows]


@remember(max_entries=2)
def _targets(version_: str) -> Rows:
    found = [(own.id, own.name, own.fiscal_year, own.unit) for own in targets()]
    return sorted(found, key=lambda row: (str(row[1]), str(row[2]), row[0]))


_READERS: Mapping[str, Callable[[], Rows]] = {
    "concept": lambda: _concepts(version()),
    "project": lambda: _projects(version()),
    "unit": lambda: _units(version()),
    "target": lambda: _targets(version()),
    "class": lambda: [(own.id, own.label) for own in indicator_classes()],
    "value_kind": lambda: [(str(kind), t(word)) for kind, word in KIND_WORDS.items()],
}


def named(kind: str) -> Rows:
    """Everything of a kind that the graph holds: id, name, then what tells those of one name apart.

    Indicators come by how many projects use them, the others by name. KeyError for an unknown kind.
    """
    return _READERS[kind]()


def said(kind: str, row: Sequence[object]) -> str:
    """A row in words: its name with what stands behind it."""
    _, name, *more = row
    counts = [own for own in more if own is not None]
    if kind == "concept":
        behind = t("{projects} 个项目，{units} 个单位", projects=more[0], units=more[1])
    elif kind == "unit":
        behind = " · ".join(map(str, (*counts[:-1], t("{count} 个项目", count=counts[-1]))))
    else:
        behind = " · ".join(map(str, counts))
    return f"{name or t('名称不详')}{f'　{behind}' if behind else ''}"
