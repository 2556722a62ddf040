"""One row's cells become one printed indicator (指标行): name, value, class, points, each with its place."""

import re
from collections.abc import Mapping
from decimal import Decimal

from ingest.class_state import ClassState, category_id, subcategory_id
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
from ingest.field_fit import STARTS_SYMBOL, SYMBOL_ALONE
from ingest.labels import read_class_label, read_heading
from nlp.score_rules import rule_max_score
from nlp.target_value import looks_like_value
from nlp.value_words import SIGN
from ontology.model import PrintedIndicator, Source
from ontology.turtle import fold_label

_ENDS_NUMBER = re.compile(r"[\d.）)]$")
_NAME_WITH_RATE = re.compile(
    rf"^(?P<name>.{{2,60}}率)(?P<value>(?:{SIGN}{{1,2}})?\d+(?:\.\d+)?[%％](?:以上|以下)?)$"
)
_NAME_WITH_VALUE = re.compile(r"^(?P<name>.{2,80}?)\s*[（(](?P<value>[^（）()]{1,40})[）)]$", re.DOTALL)


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
    stated = _name_and_value(fields)
    if stated is None:
        return None
    name, printed_value, points = stated
    standard = _text(fields, "standard")
    names_its_source = standard is not None and fold_label(standard).endswith("标准")
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
        # 绩效标准 says where the value comes from (计划标准, 行业标准), or else what is meant by it.
        definition=_text(fields, "definition") or (None if names_its_source else standard),
        basis=_text(fields, "basis") or (standard if names_its_source else None),
        scoring_rule=_text(fields, "scoring_rule"),
        printed_polarity=_text(fields, "polarity"),
        actual_value=_text(fields, "actual_value"),
        long_term_value=_text(fields, "long_term_value"),
        note=_text(fields, "note"),
        others=others,
        sources=tuple(cell_source(field, cell, row) for field, cell in fields.items()),
    )


def _name_and_value(fields: Mapping[str, Cell]) -> tuple[str, str, Decimal | None] | None:
    """Name, value and the points printed with the name; None where the row keeps a place or says nothing."""
    name_cell, value_cell = fields.get("name"), fields.get("value")
    name, points = clean_name(name_cell.text) if name_cell else ("", None)
    value = _join_value(fields)
    if is_placeholder(name) or _only_says_indicator(name) or (name in NOTHING and value in ("", *NOTHING)):
        name, value = "", "" if value in NOTHING else value
    if not value and (not name or read_class_label(name)):
        return None
    if value_cell and is_template_value(value_cell.text):
        return None
    if not value and name_cell and has_pattern(name_cell.text):
        return None
    if name and not value and not value_cell:
        name, value = split_bracketed_value(name)
    if name and not value:
        name, value = split_rate(name)
    return name, value, points


def _only_says_indicator(name: str) -> bool:
    """Whether a name is only the word for one (具体指标), left over from a form."""
    heading = read_heading(name)
    return heading is not None and heading.listed and heading.field(column=True) in ("name", "objective")


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


def split_rate(name: str) -> tuple[str, str]:
    """A rate printed right behind the name of one (按期完成率100%) is its value, if no other is printed."""
    match = _NAME_WITH_RATE.match(name)
    return (match.group("name"), match.group("value")) if match else (name, "")


def _join_value(fields: Mapping[str, Cell]) -> str:
    """Symbol, number and unit in separate columns are one value: ≥ | 95 | % → ≥95%."""
    value = clean_value(fields["value"].text) if "value" in fields else ""
    if not value:
        return ""
    for key in ("comparator", "nature", "polarity"):
        symbol = join_lines(fields[key].text) if key in fields else ""
        if SYMBOL_ALONE.match(symbol) and not STARTS_SYMBOL.match(value):
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
