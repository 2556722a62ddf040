"""Everything the comparisons read of a graph (比较用的语料): its targets with their indicators."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from graph import queries
from graph.store import GraphStore
from nlp.relate import IndicatorText
from ontology.categories import category


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorItem:
    """One indicator of a target; `text` is what it is compared by."""

    id: str
    text: IndicatorText
    class_id: str | None
    concept_id: str | None

    @property
    def class_name(self) -> str | None:
        """What people call its class."""
        return category(self.class_id).label if self.class_id else None


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetItem:
    """One target with its indicators, and whose it is; `project` is None for 部门整体."""

    id: str
    name: str
    scope: str
    file: str
    objective: str | None
    fiscal_year: int | None
    budget: float | None
    project_id: str | None
    project: str | None
    unit_id: str | None
    unit: str | None
    region: str | None
    indicators: tuple[IndicatorItem, ...] = field(default=(), repr=False)

    @property
    def order(self) -> tuple[int, str]:
        """What targets are sorted by: the earlier year first, then the id; no year comes before all."""
        return self.fiscal_year or 0, self.id

    @property
    def own_name(self) -> str | None:
        """Its project's name, or that of a department's narrative item; None for a department as a whole."""
        if self.project is not None:
            return self.project
        whole = " ".join(part for part in (self.unit, self.scope) if part)
        return None if self.name in (whole, self.scope) else self.name


def read_corpus(store: GraphStore) -> tuple[TargetItem, ...]:
    """Every target of a graph with its indicators, by id, so that equal graphs are compared in one order."""
    indicators: dict[str, list[dict[str, Any]]] = {}
    for row in store.run(queries.CORPUS_INDICATORS):
        indicators.setdefault(row.pop("target_id"), []).append(row)
    targets = {row["target_id"]: row for row in store.run(queries.CORPUS_TARGETS)}
    return tuple(_target(targets[key], indicators.get(key, ())) for key in sorted(targets))


def _target(row: dict[str, Any], indicators: Iterable[dict[str, Any]]) -> TargetItem:
    row = {("id" if name == "target_id" else name): value for name, value in row.items()}
    target = TargetItem(**row)
    context = " ".join(part for part in (target.own_name, target.unit, target.objective) if part)
    items = [
        IndicatorItem(
            id=item["indicator_id"],
            text=IndicatorText(
                name=item["name"] or "", printed_value=item["printed_value"] or "", context=context
            ),
            class_id=item["class_id"],
            concept_id=item["concept_id"],
        )
        for item in indicators
    ]
    return replace(target, indicators=tuple(sorted(items, key=lambda item: item.id)))
