"""The columns of an indicator table (栏): which field each holds, of the year or the long term."""

from dataclasses import dataclass
from decimal import Decimal

from ingest.labels import ClassLabel

ANNUAL, LONG_TERM = "annual", "long_term"

INDICATOR_FIELDS = frozenset(
    [
        "category",
        "subcategory",
        "name",
        "value",
        "comparator",
        "nature",
        "measure_unit",
        "polarity",
        "weight",
        "max_score",
        "score",
        "actual_value",
        "definition",
        "basis",
        "scoring_rule",
        "history",
        "long_term_value",
        "graded_value",
        "standard",
        "note",
    ]
)
"""Fields of one indicator; the others (project, unit, objective, budget …) belong to the target."""

GROUP_FIELDS = frozenset(
    [
        "serial",
        "unit",
        "implementing_unit",
        "supervising_department",
        "project",
        "parent_project",
        "objective",
        "long_term_objective",
        "actual_objective",
        "budget",
        "budget_part",
        "execution",
        "task",
        "task_content",
        "aside",
        "tasks",
    ]
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its index, the field it holds, which period's block it is in.

    `class_label` is set where the heading is itself a class of indicators (数量指标 over a column of
    texts), and `parent_heading` where the class above it heads a column of its own; `money_unit` is
    yuan per printed unit where the heading states it. `yields` tells that another column of the same
    field says it better (四级指标 beside 三级指标): it counts only where that one is blank.
    """

    index: int
    field: str
    heading: str
    block: str = ANNUAL
    class_label: ClassLabel | None = None
    parent_heading: str | None = None
    money_unit: Decimal | None = None
    yields: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table, in the order of their index."""

    columns: tuple[Column, ...]
    header_rows: int = 1

    def has(self, *fields: str) -> bool:
        """Whether each of these fields has a column."""
        return all(any(column.field == field for column in self.columns) for field in fields)

    @property
    def signature(self) -> tuple[tuple[int, str], ...]:
        """What makes two headers the same."""
        return tuple((column.index, column.field) for column in self.columns)

    @property
    def fields(self) -> frozenset[str]:
        """The fields that have a column."""
        return frozenset(column.field for column in self.columns)

    @property
    def has_points(self) -> bool:
        """Whether points or scores have a column."""
        return bool(self.fields & {"max_score", "score", "weight"})

    @property
    def is_flat(self) -> bool:
        """Whether projects stand in the rows: a column names them."""
        return "project" in self.fields and bool(self.fields & {"name", "value", "indicators", "class"})
