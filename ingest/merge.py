"""The same target stated twice, in a summary table and in its own, becomes one (汇总表与明细表合并)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Indel

from ingest.draft import DraftTarget
from ontology.model import PrintedIndicator, TargetScope
from ontology.turtle import fold_label

SAME_NAME = 0.9
"""How alike two project names must be to name the same project."""

SAME_ROW = 0.82
"""How alike two names of one class must be to be the same row in other words."""

_TELLING = re.compile(r"[0-9一二三四五六七八九十甲乙丙丁东西南北上下ⅠⅡⅢa-z]", re.IGNORECASE)
"""What tells two projects of otherwise one name apart."""

SHARED_ROWS = 0.5
"""Which share of the smaller table's rows must stand in the larger one."""


def merge_targets(targets: Sequence[DraftTarget]) -> list[DraftTarget]:
    """Given a document's targets in order, return them with double statements put together.

    Two statements are of one target if scope and project agree, their units do not differ, they stand
    in different tables, and one repeats the other's rows (or has none). The union keeps a row that
    both state once, and a row printed twice in one table twice; where they differ, the first holds.
    """
    merged: list[DraftTarget] = []
    by_name: dict[TargetScope, dict[str, list[DraftTarget]]] = {}
    for target in targets:
        names = by_name.setdefault(target.scope, {})
        key = project_key(target.project)
        twin = next((other for other in _namesakes(key, names) if _states_same(other, target)), None)
        if twin is None:
            merged.append(target)
            names.setdefault(key, []).append(target)
        else:
            _take_over(twin, target)
    return merged


def project_key(project: str | None) -> str:
    """What two printings of a project's name have in common: no white space, no brackets' shape."""
    return fold_label(project or "").strip("()（）、，。")


def _namesakes(key: str, names: dict[str, list[DraftTarget]]) -> Iterator[DraftTarget]:
    """Targets of the same project: first those of the same name, then those whose name differs in filler."""
    yield from names.get(key, ())
    if key:
        for other, _, _ in process.extract(
            key, names.keys(), scorer=fuzz.ratio, score_cutoff=100 * SAME_NAME, limit=None
        ):
            if other and other != key and differs_in_filler(key, other):
                yield from names[other]


def differs_in_filler(first: str, second: str) -> bool:
    """Whether one name only says more than the other, but no number, order or place (（一期）,（二期）)."""
    steps = [step for step in Indel.opcodes(first, second) if step.tag != "equal"]
    more = "".join(first[step.src_start : step.src_end] for step in steps)
    less = "".join(second[step.dest_start : step.dest_end] for step in steps)
    return not (more and less) and not _TELLING.search(more + less)


def _states_same(first: DraftTarget, second: DraftTarget) -> bool:
    if first.unit and second.unit and fold_label(first.unit) != fold_label(second.unit):
        return False
    if not first.indicators or not second.indicators:
        return True
    if set(first.tables) & set(second.tables):
        return False
    pairs = _pair_rows(first.indicators, second.indicators)
    return len(pairs) >= SHARED_ROWS * min(len(first.indicators), len(second.indicators))


def _take_over(target: DraftTarget, other: DraftTarget) -> None:
    pairs = _pair_rows(target.indicators, other.indicators)
    for mine, theirs in pairs.items():
        target.indicators[mine] = _complete(target.indicators[mine], other.indicators[theirs])
    paired = {theirs: mine for mine, theirs in pairs.items()}
    target.indicators = _in_order(target.indicators, other.indicators, paired)
    target.objective = target.objective or other.objective
    target.long_term_objective = target.long_term_objective or other.long_term_objective
    target.budget = target.budget if target.budget is not None else other.budget
    target.unit = target.unit or other.unit
    target.long_term = target.long_term or other.long_term
    target.sources.extend(other.sources)
    for table in other.tables:
        target.add_table(table)


def _in_order(
    mine: list[PrintedIndicator], theirs: list[PrintedIndicator], paired: dict[int, int]
) -> list[PrintedIndicator]:
    """The union in order: a row that only the other table states stands behind the row it follows there."""
    following: dict[int, list[PrintedIndicator]] = {}
    place = -1
    for index, indicator in enumerate(theirs):
        if index in paired:
            place = paired[index]
        else:
            following.setdefault(place, []).append(indicator)
    rows = list(following.get(-1, ()))
    for index, indicator in enumerate(mine):
        rows.append(indicator)
        rows.extend(following.get(index, ()))
    return rows


def _complete(first: PrintedIndicator, second: PrintedIndicator) -> PrintedIndicator:
    """One row from two statements: what the first does not say, the second may."""
    return replace(
        first,
        printed_value=first.printed_value or second.printed_value,
        max_score=first.max_score if first.max_score is not None else second.max_score,
        definition=first.definition or second.definition,
        basis=first.basis or second.basis,
        scoring_rule=first.scoring_rule or second.scoring_rule,
        statements=first.statements + second.statements,
        sources=(*first.sources, *second.sources),
    )


def _pair_rows(first: Sequence[PrintedIndicator], second: Sequence[PrintedIndicator]) -> dict[int, int]:
    """Rows that both tables state, one to one: equal ones first, then equal but for the class, then alike."""
    pairs: dict[int, int] = {}
    for same in (_equal, _equal_but_class, _alike_rows):
        used = set(pairs.values())
        for j, theirs in enumerate(second):
            if j in used:
                continue
            found = next((i for i, mine in enumerate(first) if i not in pairs and same(mine, theirs)), None)
            if found is not None:
                pairs[found] = j
                used.add(j)
    return pairs


def _text(indicator: PrintedIndicator) -> str:
    return fold_label(indicator.name).rstrip("。；;，,.")


def _equal(a: PrintedIndicator, b: PrintedIndicator) -> bool:
    return (
        a.subcategory == b.subcategory
        and _text(a) == _text(b)
        and bool(_text(a) or a.printed_value == b.printed_value)
    )


def _equal_but_class(a: PrintedIndicator, b: PrintedIndicator) -> bool:
    return (
        bool(_text(a)) and _text(a) == _text(b) and fold_label(a.printed_value) == fold_label(b.printed_value)
    )


def _alike_rows(a: PrintedIndicator, b: PrintedIndicator) -> bool:
    same_class = a.subcategory == b.subcategory and a.category == b.category
    return (
        same_class
        and len(_text(a)) >= 8
        and len(_text(b)) >= 8
        and Indel.normalized_similarity(_text(a), _text(b)) >= SAME_ROW
        and _same_value(a, b)
    )


def _same_value(a: PrintedIndicator, b: PrintedIndicator) -> bool:
    return fold_label(a.printed_value) == fold_label(b.printed_value)
