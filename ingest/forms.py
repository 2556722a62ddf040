"""A form (绩效目标表) as it is read: title, entries, columns, indicator rows, in the order of printing."""

import re
from dataclasses import dataclass, field
from decimal import Decimal

from ingest.align import AlignedCell
from ingest.cleaning import is_placeholder
from ingest.columns import Columns
from ingest.document import Row
from ingest.form_fields import FieldEntry
from ingest.labels import read_class_label, read_heading
from ontology.model import TargetScope
from ontology.turtle import fold_label

_TITLE = re.compile(
    r"绩效.{0,12}(?:目标|指标|自评|评价|任务书|监控)"
    r"(?:.{0,20}(?:表|书|情况|报告|公示|公告|通知|说明|批复|函|公开|材料|设定|编制|申报|指标|体系|统计|汇总|一览|清单|明细))?"
    r"(?:[（(—\-].{0,24})?\d*$|(?:目标|指标).{0,4}(?:申报|批复|公开|自评)表"
)
_NO_TITLE = re.compile(r"[。;]|[^\d年]\d+$|目标.{0,12}指标.{2}")
"""A sentence, a row with its points, a row of classes."""

_TEMPLATE_WORD = r"(?:模板|样表|范本|参考格式)"
_TEMPLATE = re.compile(
    rf"20[XxＸ×*]{{1,2}}\s*年|{_TEMPLATE_WORD}\d*[)）】\]]|{_TEMPLATE_WORD}\d*$|^{_TEMPLATE_WORD}[:：]"
)
"""A hole, or the word for a form to fill in at the end of its title, or of brackets."""
_TITLE_LIMIT = 70


@dataclass(slots=True)
class IndicatorRow:
    """A row of the indicator table with its cells under their columns.

    `page_break` tells that the header was repeated, or a page ended, right before it.
    """

    row: Row
    cells: list[AlignedCell]
    page_break: bool = False


@dataclass(slots=True)
class Form:
    """One form while it is read: everything that is printed in it, in order.

    `unit_before` is the unit of the form before it, which holds where it prints none. `in_columns` is
    false where the table's grid is lost and its cells were found by what they say. `unread` holds
    passages that look like data and could not be read, each with the row where it begins.
    """

    title: str | None = None
    scope: TargetScope | None = None
    money_unit: Decimal | None = None
    entries: list[FieldEntry] = field(default_factory=list)
    unit_before: FieldEntry | None = None
    columns: Columns | None = None
    rows: list[IndicatorRow] = field(default_factory=list)
    tasks: list[IndicatorRow] = field(default_factory=list)
    fates: list[tuple[Row, str]] = field(default_factory=list)
    unread: list[tuple[Row, str]] = field(default_factory=list)
    in_columns: bool = True
    labels: set[str] = field(default_factory=set)

    def entry(self, *fields: str) -> FieldEntry | None:
        """The first entry of one of these fields that says something."""
        known = [*self.entries, *([self.unit_before] if self.unit_before else [])]
        return next(
            (e for name in fields for e in known if e.field == name and not is_placeholder(e.text)), None
        )

    @property
    def is_template(self) -> bool:
        """Whether it is a form to be filled in, not a filled one (参考模板, 20XX年度)."""
        lines = [self.title or "", *(row.text for row, fate in self.fates if fate in ("title", "note"))]
        return any(_TEMPLATE.search(line.strip()) for line in lines)

    @property
    def is_empty(self) -> bool:
        """Whether nothing of a form has been met yet."""
        return not (self.entries or self.rows or self.columns or self.tasks)


def scope_of_title(title: str) -> TargetScope | None:
    """What a title says the target covers; None where it says nothing."""
    folded = fold_label(title)
    if re.search(r"转移支付|区域绩效", folded):
        return TargetScope.TRANSFER
    if (
        re.search(r"整体(?:支出|绩效|预算)?|部门预算绩效目标表|部门整体|单位整体", folded)
        and "项目" not in folded
    ):
        return TargetScope.DEPARTMENT
    if "项目" in folded or "专项" in folded:
        return TargetScope.PROJECT
    return None


def is_title(row: Row) -> bool:
    """Whether a row is the title of a form (…绩效目标表), not one of its labels."""
    filled = row.filled
    if len(filled) != 1:
        return False
    folded = fold_label(filled[0].text)
    if not 4 < len(folded) <= _TITLE_LIMIT or not _TITLE.search(folded):
        return False
    label = read_heading(filled[0].text)
    is_label = label is not None or read_class_label(filled[0].text) is not None
    return not is_label and not _NO_TITLE.search(folded)
