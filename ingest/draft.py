"""Targets while they are put together (草稿): like PrintedTarget, but still growing."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from ontology.model import PrintedIndicator, PrintedTarget, Source, TargetScope


@dataclass(slots=True)
class DraftTarget:
    """One target being read: `tables` in the order they were met, `stated_again` the lines of repetitions."""

    scope: TargetScope
    project: str | None = None
    objective: str | None = None
    long_term_objective: str | None = None
    budget: Decimal | None = None
    unit: str | None = None
    implementing_unit: str | None = None
    indicators: list[PrintedIndicator] = field(default_factory=list)
    long_term: list[PrintedIndicator] = field(default_factory=list)
    tables: list[int] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    line: int = 0
    stated_again: list[int] = field(default_factory=list)

    @property
    def says_something(self) -> bool:
        """Whether it holds an indicator, or an objective of its own."""
        return bool(self.indicators or self.objective)

    def add_table(self, table: int | None) -> None:
        """Remember a table that a part of the target was printed in."""
        if table is not None and table not in self.tables:
            self.tables.append(table)

    def freeze(self) -> PrintedTarget:
        """The target as a record."""
        return PrintedTarget(
            scope=self.scope,
            project=self.project,
            objective=self.objective,
            budget=self.budget,
            unit=self.unit,
            long_term_objective=self.long_term_objective,
            indicators=tuple(self.indicators),
            long_term_indicators=tuple(self.long_term),
            tables=tuple(self.tables),
            sources=tuple(self.sources),
        )


def indicator_count(targets: Iterable[DraftTarget]) -> int:
    """How many indicators the targets hold together."""
    return sum(len(target.indicators) for target in targets)
