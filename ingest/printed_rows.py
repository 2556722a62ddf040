"""One row's cells become one printed indicator (指标行): name, value, class, points, each with its place."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from ingest.cleaning import (
    NOTHING,
    clean_name,
    clean_value,
    has_pattern,
    is_placeholder,
    is_template_value,
    join_lines,
    parse_decimal,
)
from ingest.document import Cell, Row
from ingest.labels import ClassLabel, read_class_label, read_heading
from nlp.target_value import looks_like_value, rule_max_score
from ontology.categories import IndicatorClass, category, only_subclass
from ontology.model import PrintedIndicator, Source
from ontology.turtle import fold_label

_SYMBOL = re.compile(
    r"^(?:[≥≤＞＜>=<＝=﹥﹤≧≦⩾⩽═]{1,2}|大于等于|小于等于|大于|小于|等于|不少于|不低于|不超过|不高于)$"
)
_STARTS_SYMBOL = re.compile(r"^\s*(?:[≥≤＞＜>=<＝=﹥﹤≧≦⩾⩽═]|大于|小于|等于|不少于|不低于|不超过|不高于)")
_ENDS_NUMBER = re.compile(r"[\d.）)]$")
_NAME_WITH_VALUE = re.compile(r"^(?P<name>.{2,80}?)\s*[（(](?P<value>[^（）()]{1,40})[）)]$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class ClassState:
    """The classes that the rows below inherit, with the labels that print them."""

    first: IndicatorClass | None = None
    second: IndicatorClass | None = None
    printed_first: str | None = None
    printed_second: str | None = None

    def with_first(self, label: ClassLabel, printed: str) -> "ClassState":
        """A class of level one is printed: the class of level two starts anew."""
        return ClassState(
            first=label.first, printed_first=_label_text(label.parts[0] if label.parts else printed)
        )

    def with_second(self, label: ClassLabel, printed: str) -> "ClassState":
        """A class of level two is printed below the present class of level one."""
        part = label.parts[1] if label.parts else printed
        return replace(self, second=label.second, printed_second=_label_text(part))


def _label_text(printed: str) -> str:
    """The label as printed, without white space and the colon behind it."""
    return fold_label(printed).strip(":：")


def read_classes(
    state: ClassState,
    first: Cell | None,
    second: Cell | None,
    *,
    in_columns: bool = True,
    exact: bool = False,
) -> ClassState:
    """Given the state and a row's class cells, return the state below this row.

    Without columns (`in_columns` false) a label that names a class on both levels (成本指标) is the
    lower one wherever the inherited class of level one has it below. In an `exact` grid the class of
    level one never got lost: it holds as printed, whatever stands below it.
    """
    if first is not None:
        label = read_class_label(first.text)
        lower = bool(label and label.second and state.first and label.second.broader == state.first.id)
        below = bool(label and label.first and state.second and state.second.broader == label.first.id)
        if label and label.first and lower and not in_columns and second is None:
            state = state.with_second(label, first.text)
        elif label and label.first and below and second is None and state.first is None:
            state = replace(state, first=label.first, printed_first=_label_text(first.text))
        elif label and label.first:
            same = state.first is not None and state.first.id == label.first.id and label.second is None
            state = (
                replace(state, printed_first=state.printed_first)
                if same and second is None
                else state.with_first(label, first.text)
            )
            if label.composite:
                state = state.with_second(label, first.text)
        elif label and label.second:
            state = _second_below_parent(state, label, first.text)
    if second is not None:
        label = read_class_label(second.text)
        if label and label.second:
            state = _second_below_parent(state, label, second.text, first_printed=exact or first is not None)
            if label.parts:
                state = replace(state, first=label.first, printed_first=label.parts[0])
    return state


MIXED_CLASSES = frozenset([("cost", "output"), ("satisfaction", "benefit")])
"""Pairs (parent of the printed class of level two, printed class of level one) printed on purpose."""


def _second_below_parent(
    state: ClassState, label: ClassLabel, printed: str, *, first_printed: bool = False
) -> ClassState:
    """A class of level two whose parent is not the inherited one takes its parent along.

    The label of level one was lost (page break); but where this row prints the class of level one
    itself, or the pair is one that mixed forms have (经济成本指标 under 产出指标), it stays as printed.
    """
    second = label.second
    if second is None:
        return state
    parent = second.broader
    lost = (
        state.first is not None
        and parent is not None
        and state.first.id != parent
        and not first_printed
        and state.first.standard
        and (parent, state.first.id) not in MIXED_CLASSES
    )
    if lost and parent is not None:
        state = ClassState(first=category(parent))
    return state.with_second(label, printed)


def cell_source(field: str, cell: Cell, row: Row) -> Source:
    """Where a cell's text stands in the file."""
    number, column = row.place_of(cell)
    return Source(field=field, printed=cell.text, line=cell.line, table=row.table, row=number, column=column)


def row_to_indicator(
    row: Row, fields: Mapping[str, Cell], state: ClassState, *, others: tuple[Source, ...] = ()
) -> PrintedIndicator | None:
    """Given a row's cells by field and the classes that hold for it, return the indicator it prints.

    `others` are its cells in columns without a field. None where it has neither name nor value, or
    only places to be filled in.
    """
    name_cell, value_cell = fields.get("name"), fields.get("value")
    name, points = clean_name(name_cell.text) if name_cell else ("", None)
    printed_value = _join_value(fields)
    if is_placeholder(name) or _only_says_indicator(name) or (name in NOTHING and not printed_value):
        name = ""
    if not printed_value and (not name or read_class_label(name)):
        return None
    if value_cell and is_template_value(value_cell.text):
        return None
    if not printed_value and name_cell and has_pattern(name_cell.text):
        return None
    if name and not printed_value and not value_cell:
        name, printed_value = split_bracketed_value(name)
    sources = tuple(cell_source(field, cell, row) for field, cell in fields.items())
    return PrintedIndicator(
        name=name,
        printed_value=printed_value,
        category=category_id(state),
        subcategory=subcategory_id(state),
        printed_category=state.printed_first,
        printed_subcategory=state.printed_second,
        max_score=_max_score(fields, points, printed_value),
        score=_number(fields, "score"),
        weight=_text(fields, "weight"),
        definition=_text(fields, "definition")
        or (None if _is_kind_of_standard(fields) else _text(fields, "standard")),
        basis=_text(fields, "basis") or (_text(fields, "standard") if _is_kind_of_standard(fields) else None),
        scoring_rule=_text(fields, "scoring_rule"),
        printed_polarity=_text(fields, "polarity"),
        actual_value=_text(fields, "actual_value"),
        long_term_value=_text(fields, "long_term_value"),
        note=_text(fields, "note"),
        others=others,
        sources=sources,
    )


def _only_says_indicator(name: str) -> bool:
    """Whether a name is only the word for one (具体指标), left over from a form."""
    heading = read_heading(name)
    return heading is not None and heading.field(column=True) == "name"


def category_id(state: ClassState) -> str | None:
    """The class of level one: the printed one, else the one above the printed class of level two.

    None for a class outside the standard framework, and where none is printed at all.
    """
    if state.first is not None:
        return state.first.id if state.first.standard else None
    return state.second.broader if state.second is not None and state.second.standard else None


def subcategory_id(state: ClassState) -> str | None:
    """The class of level two; a class of level one with a single class below it (满意度) implies that."""
    if state.second is not None:
        return state.second.id if state.second.standard else None
    return only_subclass(state.first.id) if state.first is not None else None


def split_bracketed_value(name: str) -> tuple[str, str]:
    """A value in brackets behind the name (维护数量（≥168座）) is taken out of it."""
    match = _NAME_WITH_VALUE.match(name)
    if (
        match
        and looks_like_value(match.group("value"))
        and re.search(r"[\d≥≤><=＝＞＜]", match.group("value"))
    ):
        return match.group("name").strip(), match.group("value").strip()
    return name, ""


def _is_kind_of_standard(fields: Mapping[str, Cell]) -> bool:
    """Whether the column 绩效标准 says where the value comes from (计划标准, 行业标准 …)."""
    return "standard" in fields and fold_label(fields["standard"].text).endswith("标准")


def _join_value(fields: Mapping[str, Cell]) -> str:
    """Symbol, number and unit in separate columns are one value: ≥ | 95 | % → ≥95%."""
    value = clean_value(fields["value"].text) if "value" in fields else ""
    if not value:
        return ""
    for key in ("comparator", "nature"):
        symbol = join_lines(fields[key].text) if key in fields else ""
        if _SYMBOL.match(symbol) and not _STARTS_SYMBOL.match(value):
            value = symbol + value
            break
    unit = clean_value(fields["measure_unit"].text) if "measure_unit" in fields else ""
    if unit and _ENDS_NUMBER.search(value) and not value.endswith(unit):
        value += unit
    return value


def _max_score(fields: Mapping[str, Cell], points: Decimal | None, value: str) -> Decimal | None:
    if "max_score" in fields:
        return parse_decimal(fields["max_score"].text)
    return points if points is not None else rule_max_score(value)


def _number(fields: Mapping[str, Cell], field: str) -> Decimal | None:
    return parse_decimal(fields[field].text) if field in fields else None


def _text(fields: Mapping[str, Cell], field: str) -> str | None:
    if field not in fields:
        return None
    return join_lines(fields[field].text) or None
