"""The same target stated twice, in a summary table and in its own, becomes one (汇总表与明细表合并)."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from rapidfuzz.distance import Indel

from ingest.draft import DraftTarget
from ontology.model import PrintedIndicator, TargetScope
from ontology.turtle import fold_label

_SAYS_NOTHING = re.compile(r"[^\w%]|_")
"""Signs that two printings of one name may or may not have."""

_YEAR = re.compile(r"20\d\d年(?:度)?")
_GENERIC_END = re.compile(r"(?<=.{4})(?:项目|专项|经费|资金|支出|预算)+$")
"""Words that a project's name ends in here and not there; a name of them alone keeps them."""

_VALUE_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_PARTICLES = re.compile(r"[的了和与及、，,；;。.（）()\s]")
_TELLING = re.compile(r"[\d一二三四五六七八九十甲乙丙丁ⅠⅡⅢa-z]", re.IGNORECASE)
_LEAST_ALIKE = 8
"""Shorter names that differ at all are two."""
_ROUNDED_TO = (Decimal(1), Decimal(100), Decimal(1000), Decimal(10_000))

SAME_ROW = 0.82
"""How alike two names of one class must be to be the same row in other words."""

SHARED_ROWS = 0.5
"""Which share of the smaller table's rows must stand in the larger one."""


def merge_targets(targets: Sequence[DraftTarget]) -> list[DraftTarget]:
    """Given a document's targets in order, return them with double statements put together.

    Two statements are of one target if scope and project agree, neither units nor amounts differ, they
    stand in different tables, and one repeats the other's rows (or has none). The union keeps a row that
    both state once, and a row printed twice in one table, or with another name or value, twice. Each
    target keeps the lines on which its other statements begin.
    """
    merged: list[DraftTarget] = []
    namesakes: dict[tuple[TargetScope, str], list[DraftTarget]] = {}
    for target in targets:
        same = namesakes.setdefault((target.scope, project_key(target.project)), [])
        twin = next((other for other in same if _states_same(other, target)), None)
        if twin is None:
            merged.append(target)
            same.append(target)
        else:
            _take_over(twin, target)
    return merged


def project_key(project: str | None) -> str:
    """What two printings of a project's name have in common: no signs, no year, no 项目经费 behind.

    >>> project_key("2024年泵站（二期）改造项目"), project_key("泵站二期改造")
    ('泵站二期改造', '泵站二期改造')
    """
    return _GENERIC_END.sub("", _SAYS_NOTHING.sub("", _YEAR.sub("", fold_label(project or ""))))


def may_be_same_name(first: str, second: str) -> bool:
    """Whether two names differ in signs and generic words only; names of two years are two."""
    years = [set(_YEAR.findall(fold_label(name))) for name in (first, second)]
    return project_key(first) == project_key(second) and not (all(years) and years[0] != years[1])


def _states_same(first: DraftTarget, second: DraftTarget) -> bool:
    if not may_be_same_name(first.project or "", second.project or "") or _are_told_apart(first, second):
        return False
    if not first.indicators or not second.indicators:
        return True
    if set(first.tables) & set(second.tables):
        return False
    pairs = _pair_rows(first.indicators, second.indicators)
    return len(pairs) >= SHARED_ROWS * min(len(first.indicators), len(second.indicators))


def _are_told_apart(first: DraftTarget, second: DraftTarget) -> bool:
    """Whether both print their unit, who carries it out, or an amount, and not the same."""
    bodies = [(first.unit, second.unit), (first.implementing_unit, second.implementing_unit)]
    if any(one and other and fold_label(one) != fold_label(other) for one, other in bodies):
        return True
    return first.budget is not None and second.budget is not None and not _agree(first.budget, second.budget)


def _agree(first: Decimal, second: Decimal) -> bool:
    """Whether two amounts are equal, or one is the other rounded as tables of 万元 do."""
    return any(
        rounded == (exact / step).quantize(Decimal(1), ROUND_HALF_UP) * step
        for rounded, exact in ((first, second), (second, first))
        for step in _ROUNDED_TO
    )


def _take_over(target: DraftTarget, other: DraftTarget) -> None:
    pairs = _pair_rows(target.indicators, other.indicators)
    pairs = _pair_restated(target.indicators, other.indicators, pairs)
    for mine, theirs in pairs.items():
        target.indicators[mine] = _complete(target.indicators[mine], other.indicators[theirs])
    paired = {theirs: mine for mine, theirs in pairs.items()}
    target.indicators = _in_order(target.indicators, other.indicators, paired)
    target.objective = target.objective or other.objective
    target.long_term_objective = target.long_term_objective or other.long_term_objective
    target.budget = target.budget if target.budget is not None else other.budget
    target.unit = target.unit or other.unit
    target.long_term = target.long_term or other.long_term
    target.implementing_unit = target.implementing_unit or other.implementing_unit
    target.sources.extend(other.sources)
    target.stated_again.extend([other.line, *other.stated_again])
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
    """Rows that both tables state, one to one: equal ones first, then equal but for the class."""
    named: dict[str, list[int]] = {}
    for i, mine in enumerate(first):
        named.setdefault(_text(mine), []).append(i)
    pairs: dict[int, int] = {}
    for same in (_equal, _equal_but_class):
        used = set(pairs.values())
        for j, theirs in enumerate(second):
            if j in used:
                continue
            namesakes = (i for i in named.get(_text(theirs), ()) if i not in pairs)
            found = next((i for i in namesakes if same(first[i], theirs)), None)
            if found is not None:
                pairs[found] = j
                used.add(j)
    return pairs


def _text(indicator: PrintedIndicator) -> str:
    return fold_label(indicator.name).rstrip("。；;，,.")


def _equal(a: PrintedIndicator, b: PrintedIndicator) -> bool:
    """Whether two rows of one name are the same; without a name, where the value is."""
    same_value = _same_value(a, b) if _text(a) else a.printed_value == b.printed_value
    return a.subcategory == b.subcategory and same_value


def _equal_but_class(a: PrintedIndicator, b: PrintedIndicator) -> bool:
    return bool(_text(a)) and fold_label(a.printed_value) == fold_label(b.printed_value)


def _pair_restated(
    first: Sequence[PrintedIndicator], second: Sequence[PrintedIndicator], pairs: dict[int, int]
) -> dict[int, int]:
    """The pairs, and with them rows in other words that stand behind the same row in both tables."""
    found = dict(pairs)
    for i, mine in enumerate(first):
        j = found[i - 1] + 1 if i - 1 in found else 0 if i == 0 else len(second)
        free = i not in found and j < len(second) and j not in found.values()
        if free and _restates(mine, second[j]):
            found[i] = j
    return found


def _restates(a: PrintedIndicator, b: PrintedIndicator) -> bool:
    """Whether the longer of two names only says more, but no number, order or single sign (中, 新)."""
    less, more = sorted((_text(a), _text(b)), key=len)
    same_class = a.subcategory == b.subcategory and a.category == b.category
    if not same_class or len(less) < _LEAST_ALIKE or Indel.normalized_similarity(less, more) < SAME_ROW:
        return False
    steps = [step for step in Indel.opcodes(less, more) if step.tag != "equal"]
    added = [_PARTICLES.sub("", more[step.dest_start : step.dest_end]) for step in steps]
    tells = any(len(text) == 1 or _TELLING.search(text) for text in added)
    return all(step.tag == "insert" for step in steps) and not tells and _same_value(a, b)


def _same_value(a: PrintedIndicator, b: PrintedIndicator) -> bool:
    """Whether two printings of a value agree in their numbers (≥86 台, 86台), or one is blank."""
    first, second = fold_label(a.printed_value), fold_label(b.printed_value)
    numbers = [
        Counter(map(Decimal, _VALUE_NUMBER.findall(text.replace(",", "")))) for text in (first, second)
    ]
    if all(numbers):
        return numbers[0] <= numbers[1] or numbers[1] <= numbers[0]
    return not (first and second) or _SAYS_NOTHING.sub("", first) == _SAYS_NOTHING.sub("", second)
