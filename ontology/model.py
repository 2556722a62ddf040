"""The records that travel from file to graph, frozen and typed.

Before `interpret_target` everything is a printed string (`PrintedTarget`); after it nothing is
(`PerformanceTarget`). `printed_*` is exactly what the file says, absent is None, and every record
knows where it was printed (`Source`). Money is an exact Decimal in yuan.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class TargetScope(StrEnum):
    """What a performance target (绩效目标) covers."""

    DEPARTMENT = "部门整体"
    PROJECT = "项目"
    TRANSFER = "转移支付"


class ValueKind(StrEnum):
    """What kind of statement a target value (指标值) makes."""

    RATE = "rate"
    QUANTITY = "quantity"
    MONEY = "money"
    DURATION = "duration"
    FREQUENCY = "frequency"
    DEADLINE = "deadline"
    QUALITATIVE = "qualitative"
    SCORE_RULE = "score_rule"
    EMPTY = "empty"
    UNKNOWN = "unknown"


class Comparator(StrEnum):
    """Calculation symbol (计算符号) between an indicator and its value."""

    AT_LEAST = ">="
    AT_MOST = "<="
    MORE_THAN = ">"
    LESS_THAN = "<"
    EQUAL = "="


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Provenance (出处) of one printed string inside its file.

    `field` names what was read there (name, printed_value, …); `table` counts the tables of the file
    from 1, `row` and `column` the cells of the table from 1; `line` is the line of the text file
    (from 1). What a format does not have is None.
    """

    field: str
    printed: str
    line: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    page: int | None = None
    sheet: str | None = None

    @property
    def cell(self) -> str:
        """The cell and line for a person: 第12行第3列（文本第40行）."""
        parts = [
            f"第{self.row}行" if self.row is not None else "",
            f"第{self.column}列" if self.column is not None else "",
            f"（文本第{self.line}行）" if self.line is not None else "",
        ]
        return "".join(parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedIndicator:
    """One indicator row (三级指标) as printed: strings only, page-break damage repaired.

    `category` and `subcategory` are ids of the classes that the printed labels (or those inherited
    over merged cells) stand for in the ontology, None where no label is printed. `actual_value` and
    `score` belong to self-evaluations, `long_term_value` to forms that state both periods.
    `others` are cells under other headings (前年, 良, 是否核心指标), each with its heading as its field.
    `statements` counts the rows that state it: a summary table and the project's own make two.
    """

    name: str
    printed_value: str
    category: str | None = None
    subcategory: str | None = None
    printed_category: str | None = None
    printed_subcategory: str | None = None
    max_score: Decimal | None = None
    score: Decimal | None = None
    weight: str | None = None
    definition: str | None = None
    basis: str | None = None
    scoring_rule: str | None = None
    printed_polarity: str | None = None
    actual_value: str | None = None
    long_term_value: str | None = None
    note: str | None = None
    others: tuple[Source, ...] = ()
    statements: int = 1
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedTarget:
    """One performance target (绩效目标) as printed: a project's or a department's set for a year.

    `project` is None for a department's overall target; `budget` is in yuan. `tables` lists the
    tables the rows come from: a summary table and a project's own table make one target. A block of
    long-term indicators beside those of the year is kept apart in `long_term_indicators`.
    """

    scope: TargetScope
    project: str | None
    objective: str | None
    budget: Decimal | None
    unit: str | None = None
    long_term_objective: str | None = None
    indicators: tuple[PrintedIndicator, ...] = ()
    long_term_indicators: tuple[PrintedIndicator, ...] = ()
    tables: tuple[int, ...] = ()
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetValue:
    """A target value (指标值) understood: an interval with open or closed ends, a date, or words.

    A one-sided or exact value has `comparator` and `number`; a two-sided range has neither, only its
    bounds; an inexact one (约) has a number and no bounds. `measure_unit` is as printed (万元 stays
    万元). `day` is the last allowed day of a deadline.
    """

    kind: ValueKind
    comparator: Comparator | None = None
    number: Decimal | None = None
    measure_unit: str | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    low_closed: bool | None = None
    high_closed: bool | None = None
    day: date | None = None

    @property
    def approximate(self) -> bool | None:
        """Whether its number is inexact (约200人), so that it bounds nothing; None without a number."""
        if self.number is None:
            return None
        return self.comparator is Comparator.EQUAL and self.low is None and self.high is None


class Polarity(StrEnum):
    """Which way is better (指标方向性)."""

    POSITIVE = "正向"
    NEGATIVE = "反向"
    NEUTRAL = "中性"


class Relation(StrEnum):
    """How two indicators stand to each other (指标关系)."""

    IDENTICAL = "identical"
    """Equal but for white space, width and punctuation."""
    SAME_TEMPLATE = "same_template"
    """Equal but for numbers, dates, bodies, places and the project's own object."""
    PARAPHRASE = "paraphrase"
    """The same said in other words."""
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Entity:
    """A stretch of a text that names one thing: ACTION, OBJECT, MEASURE, …; `start` to `end` in the text."""

    start: int
    end: int
    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContextReading:
    """What a value means beside its indicator's name, where it does not say so itself, and why."""

    value: TargetValue
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One indicator (三级指标) of a target, interpreted; its printed form stays in `printed`.

    `target_value` is what the printed value says by itself, `in_context` what it means beside the name.
    """

    id: str
    printed: PrintedIndicator
    target_value: TargetValue
    concept: str | None
    """Normal form of the name, on which reuse is counted; None where no name is printed."""
    in_context: ContextReading | None = None
    polarity: Polarity | None = None
    polarity_reason: str | None = None
    entities: tuple[Entity, ...] | None = None
    """What the name mentions; None where the packages for language were not there to read it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PerformanceTarget:
    """A performance target (绩效目标) with its indicators interpreted."""

    id: str
    printed: PrintedTarget
    fiscal_year: int | None
    indicators: tuple[Indicator, ...]


class IssueLevel(StrEnum):
    """How much an unexpected finding costs."""

    NOTE = "note"
    """Read, but repaired or decided by a rule: worth a look."""
    WARNING = "warning"
    """Something was left out, and is listed."""
    ERROR = "error"
    """The file could not be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One entry of the issue log (问题清单): what was found, where, and what was done with it."""

    level: IssueLevel
    code: str
    message: str
    source: Source | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RowAccount:
    """What became of one printed row or line of a target section: rows in = records out + rows explained.

    `fate` is one of the words in `ROW_FATES`; `records` says how many indicators the row gave. Of a
    table that lies on its side each column is told of: `column`, from `row` to `last_row`.
    """

    table: int | None
    row: int | None
    line: int
    fate: str
    records: int = 0
    column: int | None = None
    last_row: int | None = None


ROW_FATES: dict[str, str] = {
    "indicator": "读出指标",
    "long_term": "中长期指标，另存",
    "heading": "表头",
    "label": "只有指标分类，没有内容",
    "field": "项目信息（名称、金额、目标等）",
    "title": "标题",
    "continuation": "上一行的续行",
    "placeholder": "填表提示或空白占位",
    "task": "年度主要任务",
    "total": "合计或小计",
    "note": "说明、签章、页码等文字",
    "other": "表内其他内容，不是绩效目标的栏目",
    "unread": "未能读出",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """One disclosure (预算/决算公开文件) with everything that was read from it."""

    id: str
    file: str
    sha256: str
    name: str | None
    budget_unit: str | None
    region: str | None
    fiscal_year: int | None
    targets: tuple[PerformanceTarget, ...]
    issues: tuple[Issue, ...] = ()
    rows: tuple[RowAccount, ...] = ()
