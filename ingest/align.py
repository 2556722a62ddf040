"""The cells of a row are put under the columns they belong to (单元格归列).

Text extraction loses blank cells, so a row may stand too far left or right of its header. Cells and
columns keep their order; the best assignment weighs what a cell says against what its column holds,
and how steadily the row is shifted.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ingest.columns import Column
from ingest.document import Cell
from ingest.labels import read_class_label, read_heading
from nlp.measure_units import SCALES, UNIT_KINDS
from nlp.target_value import looks_like_value
from nlp.value_words import SIGN
from ontology.turtle import fold_label

SKIP_COST = 4.0
NAMELESS_COST = 3.0
VALUELESS_COST = 1.5
_NUMBER = re.compile(r"^[-+]?[\d,，.．]+(?:分|%|％|元|万元)?$")
_BARE_NUMBER = re.compile(r"^[-+]?[\d,，.．]+(?:分|%|％)?$")
_COMPARATOR = re.compile(
    rf"^(?:{SIGN}{{1,2}}|大于等于|小于等于|大于|小于|等于|不少于|不低于|不超过|不高于|定性|文字描述)$"
)
_POLARITY = re.compile(r"^(?:正向|反向|负向|适中|适度)(?:指标)?$")
_NATURE = re.compile(rf"^(?:定量|定性|{SIGN}{{1,2}})(?:指标)?$")
_SERIAL = re.compile(r"^[（(]?(?:\d{1,4}|[一二三四五六七八九十]{1,3})[）)]?[.、．]?$")
_CODE = re.compile(r"^[\dA-Za-z\-]{3,}$")
_BODY = re.compile(
    r"(?:局|委|办|办公室|中心|院|校|学校|政府|公司|所|站|馆|队|会|部|处|园|厅|社|团|部门)(?:[（(][^（）()]*[）)])?$|^\d{3,}[-—]"
)
_UNDERTAKING = re.compile(
    r"(?:经费|项目|工程|补助|补贴|费|资金|建设|改造|采购|维护|活动|工作|专项|服务|培训|资助)(?:[（(][^（）()]*[）)])?$"
)
_LISTED = re.compile(r"^\s*(?:目标\s*[一二三四五六七八九十\d]|[（(]?[一二三\d]+[)）、.．])")
_ANCHORS = frozenset(["category", "subcategory"])
_TEXT_FIELDS = frozenset(
    [
        "definition",
        "basis",
        "note",
        "scoring_rule",
        "standard",
        "project",
        "unit",
        "implementing_unit",
        "supervising_department",
        "objective",
        "long_term_objective",
        "unknown",
        "aside",
        "task_content",
    ]
)


@dataclass(frozen=True, slots=True)
class AlignedCell:
    """A cell and the column it belongs to; None where no column takes it."""

    cell: Cell
    column: Column | None


def align_cells(cells: Sequence[Cell], columns: Sequence[Column]) -> list[AlignedCell]:
    """Given a row's printed cells and the table's columns, return each cell with its column.

    Both keep their order and a column takes one cell at most.
    """
    if not cells:
        return []
    direct = _direct(cells, columns)
    return _name_before_value(direct if direct is not None else _best(cells, columns), columns)


def _name_before_value(aligned: list[AlignedCell], columns: Sequence[Column]) -> list[AlignedCell]:
    """A sentence under the value's heading, in a row without a name, is the name one column too far right."""
    fields = [item.column.field if item.column else None for item in aligned]
    if "value" not in fields or "name" in fields or "nature" in fields or "comparator" in fields:
        return aligned
    index = fields.index("value")
    value = aligned[index]
    name = next(
        (c for c in columns if c.field == "name" and value.column and c.block == value.column.block), None
    )
    if name is None or looks_like_value(value.cell.text) or len(fold_label(value.cell.text)) < 6:
        return aligned
    return [*aligned[:index], AlignedCell(value.cell, name), *aligned[index + 1 :]]


def _direct(cells: Sequence[Cell], columns: Sequence[Column]) -> list[AlignedCell] | None:
    """Every cell right below a column that can hold it: nothing to decide."""
    by_index = {column.index: column for column in columns}
    found = []
    for cell in cells:
        column = by_index.get(cell.column)
        if column is None or plausibility(cell.text, column.field) < 0:
            return None
        found.append(AlignedCell(cell, column))
    return found


def _best(cells: Sequence[Cell], columns: Sequence[Column]) -> list[AlignedCell]:
    # best[j] after cell i: score of the best assignment that puts cell i under column j (or, last
    # entry, skips it), with the way there.
    width = len(columns)
    states: dict[tuple[int, int], tuple[float, tuple[int, ...]]] = {(-1, 0): (0.0, ())}
    for cell in cells:
        following: dict[tuple[int, int], tuple[float, tuple[int, ...]]] = {}
        fit = [plausibility(cell.text, column.field) for column in columns]
        for (last, shift), (score, way) in states.items():
            _keep(following, (last, shift), score - SKIP_COST, (*way, -1))
            for j in range(last + 1, width):
                moved = columns[j].index - cell.column
                cost = _shift_cost(moved, shift, first=last < 0, anchored=columns[last].field in _ANCHORS)
                _keep(following, (j, moved), score + fit[j] - cost, (*way, j))
        states = following
    _, way = max(
        states.values(), key=lambda state: (state[0] - _nameless(state[1], columns), [-j for j in state[1]])
    )
    return [AlignedCell(cell, columns[j] if j >= 0 else None) for cell, j in zip(cells, way, strict=True)]


def _nameless(way: Sequence[int], columns: Sequence[Column]) -> float:
    """The cost of a row with a value and no name, or with an earlier year's value and none of this year."""
    fields = {columns[j].field for j in way if j >= 0}
    known = {column.field for column in columns}
    cost = NAMELESS_COST if "name" in known and "value" in fields and "name" not in fields else 0.0
    if "value" in known and "value" not in fields and fields & {"history", "actual_value", "long_term_value"}:
        cost += VALUELESS_COST
    return cost


def _keep(
    states: dict[tuple[int, int], tuple[float, tuple[int, ...]]],
    key: tuple[int, int],
    score: float,
    way: tuple[int, ...],
) -> None:
    if key not in states or states[key][0] < score:
        states[key] = (score, way)


def _shift_cost(shift: int, before: int, *, first: bool, anchored: bool) -> float:
    """What it costs that a row is shifted, or otherwise than the cell before; a class label anchors it."""
    if shift == before:
        return 0.0
    if first:
        return 0.8 + 0.1 * abs(shift)
    return (1.6 if anchored else 0.6) + 0.2 * abs(shift - before)


@lru_cache(maxsize=32_768)
def plausibility(text: str, field: str) -> float:
    """How well a text suits a field, from about −8 (cannot be) over 0 (may be) to 6 (surely)."""
    folded = fold_label(text[:400])
    label = read_class_label(text)
    if field in ("category", "subcategory") and not label and is_objective_label(text):
        return 4.0
    if field == "category":
        return _class_fit(bool(label and label.first), bool(label), folded)
    if field == "subcategory":
        return _class_fit(bool(label and label.second), bool(label), folded)
    if field == "class":
        return 1.0
    if label and folded.endswith("指标"):
        return {"side_label": -1.0, "indicators": -1.0, "name": -3.0}.get(field, -6.0)
    return _other_fit(folded, field)


def is_measure_unit(folded: str) -> bool:
    """Whether a text is nothing but a measure unit (万元, 人次, 元/人·月)."""
    parts = [part for part in re.split(r"[/／·每（）()]", folded) if part]
    return bool(parts) and all(_is_plain_unit(part) for part in parts)


def _is_plain_unit(text: str) -> bool:
    return text in UNIT_KINDS or any(
        text.startswith(scale) and text[len(scale) :] in UNIT_KINDS for scale in SCALES
    )


def is_objective_label(text: str) -> bool:
    """Whether a cell in a class column says that its row states the objective (总体目标)."""
    heading = read_heading(text)
    return heading is not None and heading.field(column=False) == "objective"


def _class_fit(right_level: bool, some_class: bool, folded: str) -> float:
    if right_level:
        return 6.0 if folded.endswith(("指标", ")", "）")) else 4.0
    if some_class:
        return -3.0
    return -0.5 if len(folded) <= 2 or (folded.endswith("指标") and len(folded) <= 8) else -8.0


def _other_fit(folded: str, field: str) -> float:
    number = bool(_NUMBER.match(folded))
    if field == "name":
        return _name_fit(folded, bool(_BARE_NUMBER.match(folded)))
    if field in ("value", "actual_value", "long_term_value", "history", "graded_value"):
        return _value_fit(folded, field, number)
    if field in ("max_score", "score", "weight", "budget", "budget_part"):
        return 2.0 if number else (-1.0 if folded in {"-", "—", "/", "无", "--"} else -5.0)
    if field == "comparator":
        return 4.0 if _COMPARATOR.match(folded) else -4.0
    if field == "measure_unit":
        if is_measure_unit(folded):
            return 3.0
        return -4.0 if number or len(folded) > 4 else (0.3 if len(folded) <= 2 else -0.5)
    if field == "polarity":
        return 4.0 if _POLARITY.match(folded) else -4.0
    if field == "nature":
        return 4.0 if _NATURE.match(folded) else -4.0
    if field == "serial":
        return 2.0 if _SERIAL.match(folded) or _CODE.match(folded) else -4.0
    if field == "indicators":
        return 5.0 if "指标" in folded and len(folded) > 15 else -1.0
    if field == "side_label":
        return 1.0 if read_heading(folded) else (-2.5 if len(folded) <= 12 and not number else -6.0)
    if field in _TEXT_FIELDS:
        return _text_fit(folded, field, number)
    return 0.0


def _name_fit(folded: str, number: bool) -> float:
    if number:
        return -3.0
    if looks_like_value(folded):
        return -1.0
    return 1.0 if 2 <= len(folded) <= 60 else 0.0


def _value_fit(folded: str, field: str, number: bool) -> float:
    base = {
        "value": 0.0,
        "actual_value": -0.1,
        "long_term_value": -0.1,
        "history": -0.3,
        "graded_value": -0.1,
    }[field]
    if number or looks_like_value(folded):
        return base + 2.0
    return base if len(folded) <= 60 else base - 0.5


def _text_fit(folded: str, field: str, number: bool) -> float:
    if number:
        explains = field == "definition" and not _BARE_NUMBER.match(folded)
        return {"project": -6.0, "unit": -6.0, "objective": -6.0, "definition": -2.0 + explains}.get(
            field, -0.5
        )
    if field == "aside":
        return 0.2
    if field in ("project", "unit", "implementing_unit"):
        likely = (_BODY if field != "project" else _UNDERTAKING).search(folded)
        return (
            (0.8 if likely else 0.4)
            if len(folded) <= 50 and not (len(folded) > 14 and _LISTED.match(folded))
            else -1.5
        )
    if field in ("objective", "long_term_objective"):
        return 0.6 if len(folded) > 8 else 0.0
    return 0.5
