"""What the pages of comparison read (比较用的数据): all targets of the graph, once for each version of it."""

from collections.abc import Sequence

from app.views.data import remember, rows, store, version
from graph import queries
from graph.boilerplate import IndicatorBoilerplate, indicator_boilerplate
from graph.corpus import TargetItem, read_corpus


@remember(max_entries=2)
def _targets(version_: str) -> tuple[TargetItem, ...]:
    return read_corpus(store())


def targets() -> tuple[TargetItem, ...]:
    """Every target with its indicators."""
    return _targets(version())


@remember(max_entries=2)
def _boilerplate(version_: str) -> list[IndicatorBoilerplate]:
    found = indicator_boilerplate(targets())
    return sorted(found, key=lambda item: (-item.score, -item.projects, item.item.text.name, item.item.id))


def boilerplate() -> Sequence[IndicatorBoilerplate]:
    """The measure of every indicator that says anything, the most general first."""
    return _boilerplate(version())


@remember()
def _sharing(version_: str, min_share: float) -> list[dict[str, object]]:
    return rows(queries.SHARING_TARGETS, {"min_share": min_share})


def sharing(min_share: float) -> Sequence[dict[str, object]]:
    """The pairs of targets that share so much of the smaller one's indicators, the most alike first."""
    return _sharing(version(), min_share)
