"""From records to graph (建图): one disclosure's records become its nodes and relationships."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from graph.batch import BatchBuilder, GraphBatch, NodeKey
from graph.value_names import value_id, value_name
from nlp.common_indicators import is_common
from nlp.normal_form import concept_of
from ontology.categories import category
from ontology.ids import stable_id
from ontology.model import (
    Disclosure,
    Entity,
    Indicator,
    PerformanceTarget,
    Source,
    TargetScope,
    TargetValue,
    ValueKind,
)

TERM_KINDS = {
    "ACTION": "action",
    "OBJECT": "object",
    "MEASURE": "measure",
    "BENEFICIARY": "beneficiary",
    "ORG": "organisation",
}
"""The entities that become words of the graph; quantities, times and manners do not."""


@dataclass(frozen=True, slots=True)
class _Page:
    """What every node of one disclosure hangs on; `unit` is None where the file names none."""

    batch: BatchBuilder
    disclosure: Disclosure
    file: NodeKey
    unit: NodeKey | None
    tables: dict[int | None, NodeKey]


def build_graph(disclosure: Disclosure, *, loaded_from: str | None = None) -> GraphBatch:
    """Given a disclosure's records, return its part of the graph; nodes are connected by stable ids.

    `loaded_from` names the records and the program, so that a later build knows what is up to date.
    """
    batch = BatchBuilder(disclosure.file)
    file = batch.add(
        "Disclosure",
        disclosure.id,
        name=disclosure.name,
        file=disclosure.file,
        sha256=disclosure.sha256,
        fiscal_year=disclosure.fiscal_year,
        loaded_from=loaded_from,
        disclosure_id=disclosure.id,
    )
    unit = _add_unit(batch, disclosure.budget_unit, disclosure.region)
    if unit:
        batch.connect(unit, "PUBLISHED", file)
    page = _Page(batch, disclosure, file, unit, _add_tables(batch, disclosure, file))
    for target in disclosure.targets:
        _add_target(page, target)
    return batch.finish()


def _add_unit(batch: BatchBuilder, name: str | None, region: str | None = None) -> NodeKey | None:
    if name is None:
        return None
    return batch.add("BudgetUnit", stable_id("unit", name), name=name, region=region)


def _unit_of(page: _Page, target: PerformanceTarget) -> tuple[NodeKey | None, str | None]:
    """The unit whose target it is: the one printed with it, else the one that publishes.

    A department publishes its subordinate units' projects with its own; a unit printed in short
    (县档案馆) is the publishing one.
    """
    publisher, own = page.disclosure.budget_unit, target.printed.unit
    if own is None or own == publisher or (publisher is not None and publisher.endswith(own)):
        return page.unit, publisher
    return _add_unit(page.batch, own), own


def _add_tables(batch: BatchBuilder, disclosure: Disclosure, file: NodeKey) -> dict[int | None, NodeKey]:
    """Every table something was read from, by its number; None is the text outside tables (正文)."""
    places: dict[int | None, list[Source]] = {}
    for target in disclosure.targets:
        for number in target.printed.tables:
            places.setdefault(number, [])
        for source in _sources(target):
            places.setdefault(source.table, []).append(source)
    tables: dict[int | None, NodeKey] = {}
    for table, sources in places.items():
        part = "正文" if table is None else f"第{table}表"
        tables[table] = batch.add(
            "SourceTable",
            stable_id("table", disclosure.id, table),
            name=f"{disclosure.file} {part}",
            page=min((source.page for source in sources if source.page is not None), default=None),
            sheet=next((source.sheet for source in sources if source.sheet is not None), None),
            disclosure_id=disclosure.id,
        )
        batch.connect(file, "HAS_TABLE", tables[table])
    return tables


def _sources(target: PerformanceTarget) -> Iterable[Source]:
    yield from (source for source in target.printed.sources if source.table is not None)
    for indicator in target.indicators:
        yield from indicator.printed.sources


def _add_target(page: _Page, target: PerformanceTarget) -> None:
    printed = target.printed
    node = page.batch.add(
        "PerformanceTarget",
        target.id,
        name=_target_name(page, target),
        scope=str(printed.scope),
        objective=printed.objective,
        fiscal_year=target.fiscal_year,
        budget=_float(printed.budget),
        disclosure_id=page.disclosure.id,
    )
    page.batch.connect(node, "STATED_IN", page.file)
    holder = _add_holder(page, target)
    if holder:
        page.batch.connect(holder, "HAS_TARGET", node)
    for indicator in target.indicators:
        page.batch.connect(node, "HAS_INDICATOR", _add_indicator(page, indicator))


def _target_name(page: _Page, target: PerformanceTarget) -> str:
    printed = target.printed
    if printed.project is not None:
        return printed.project
    unit = printed.unit or page.disclosure.budget_unit
    return " ".join(part for part in (unit, str(printed.scope)) if part)


def _add_holder(page: _Page, target: PerformanceTarget) -> NodeKey | None:
    """The project a target belongs to, or the unit itself for 部门整体 and where no project is named.

    A department's narrative items carry a name in `project` too, but are no projects.
    """
    name = target.printed.project
    unit, unit_name = _unit_of(page, target)
    if name is None or target.printed.scope is TargetScope.DEPARTMENT:
        return unit
    # Without a unit the project cannot be told from one of the same name elsewhere: it stays in its file.
    project = page.batch.add(
        "Project", stable_id("project", unit_name or page.disclosure.id, name), name=name
    )
    if unit:
        page.batch.connect(unit, "HAS_PROJECT", project)
    return project


def _add_indicator(page: _Page, indicator: Indicator) -> NodeKey:
    printed = indicator.printed
    batch = page.batch
    node = batch.add(
        "Indicator",
        indicator.id,
        name=printed.name or None,
        printed_value=printed.printed_value or None,
        printed_category=printed.printed_category,
        printed_subcategory=printed.printed_subcategory,
        max_score=_float(printed.max_score),
        definition=printed.definition,
        basis=printed.basis,
        actual_value=printed.actual_value,
        score=_float(printed.score),
        weight=printed.weight,
        long_term_value=printed.long_term_value,
        scoring_rule=printed.scoring_rule,
        polarity=str(indicator.polarity) if indicator.polarity else None,
        disclosure_id=page.disclosure.id,
    )
    class_id = printed.subcategory or printed.category
    if class_id:
        batch.connect(node, "IN_CATEGORY", _add_category(batch, class_id))
    if indicator.target_value.kind is not ValueKind.EMPTY:
        batch.connect(node, "HAS_VALUE", _add_value(batch, indicator.target_value, printed.printed_value))
    if indicator.concept:
        concept = _add_concept(batch, indicator.concept)
        batch.connect(node, "EXPRESSES", concept)
        for term in _terms(batch, indicator.entities or ()):
            batch.connect(concept, "MENTIONS", term)
    for source in printed.sources:
        batch.connect(node, "PRINTED_IN", page.tables[source.table], **_place(source))
    return node


def _add_concept(batch: BatchBuilder, concept: str) -> NodeKey:
    return batch.add(
        "IndicatorConcept", stable_id("concept", concept), name=concept, is_common=is_common(concept)
    )


def _terms(batch: BatchBuilder, entities: Sequence[Entity]) -> Iterator[NodeKey]:
    """The words that a name mentions, each once, without white space and punctuation."""
    found = {(TERM_KINDS[e.label], concept_of(e.text)) for e in entities if e.label in TERM_KINDS}
    for kind, word in sorted((kind, word) for kind, word in found if word):
        yield batch.add("Term", stable_id("term", kind, word), name=word, kind=kind)


def _add_category(batch: BatchBuilder, class_id: str) -> NodeKey:
    item = category(class_id)
    node = batch.add("Category", item.id, name=item.label, label=item.label, level=item.level)
    if item.broader:
        batch.connect(node, "BROADER", _add_category(batch, item.broader))
    return node


def _add_value(batch: BatchBuilder, value: TargetValue, printed: str) -> NodeKey:
    return batch.add(
        "TargetValue",
        value_id(value, printed),
        name=value_name(value, printed),
        kind=str(value.kind),
        comparator=str(value.comparator) if value.comparator else None,
        number=_float(value.number),
        low=_float(value.low),
        high=_float(value.high),
        low_closed=value.low_closed,
        high_closed=value.high_closed,
        approximate=value.approximate,
        measure_unit=value.measure_unit,
        date=value.day,
    )


def _place(source: Source) -> dict[str, str | int | None]:
    """Where a string is printed, for a program (numbers) and for a person (第12行第3列)."""
    return {
        "field": source.field,
        "printed": source.printed,
        "row": source.row,
        "column": source.column,
        "line": source.line,
        "place": source.cell,
    }


def _float(number: Decimal | None) -> float | None:
    return None if number is None else float(number)
