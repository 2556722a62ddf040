"""The classes that a row stands in (指标分类的继承): printed, or inherited over merged and lost cells."""

from dataclasses import dataclass, replace

from ingest.document import Cell
from ingest.labels import ClassLabel, read_class_label
from ontology.categories import IndicatorClass, category, only_subclass
from ontology.turtle import fold_label


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
    if first is not None and second is not None and not in_columns and _says_same(first, second):
        # 成本指标 found for both levels is the class of level two.
        first = None
    if first is not None:
        state = _read_first(state, first, alone=second is None, in_columns=in_columns)
    label = read_class_label(second.text) if second is not None else None
    if second is not None and label and label.several and label.first:
        return ClassState(label.first, None, state.printed_first, _label_text(second.text))
    if second is not None and label and label.second:
        state = _second_below_parent(state, label, second.text, first_printed=exact or first is not None)
        if label.parts:
            state = replace(state, first=label.first, printed_first=label.parts[0])
    return state


def _says_same(first: Cell, second: Cell) -> bool:
    return fold_label(first.text) == fold_label(second.text)


def _read_first(state: ClassState, cell: Cell, *, alone: bool, in_columns: bool) -> ClassState:
    """The state below a cell in the column of classes of level one; `alone` where level two prints none."""
    label = read_class_label(cell.text)
    if label is None:
        return state
    if label.first is None:
        return _second_below_parent(state, label, cell.text)
    if alone and state.first and label.second and label.second.broader == state.first.id and not in_columns:
        return state.with_second(label, cell.text)
    if alone and state.first is None and state.second and state.second.broader == label.first.id:
        return replace(state, first=label.first, printed_first=_label_text(cell.text))
    if alone and state.first and state.first.id == label.first.id and label.second is None:
        return state
    state = state.with_first(label, cell.text)
    return state.with_second(label, cell.text) if label.composite else state


MIXED_CLASSES = frozenset([("cost", "output")])
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


def category_id(state: ClassState) -> str | None:
    """The class of level one: the printed one, else the one above the printed class of level two.

    None for a class outside the standard framework, and where none is printed at all.
    """
    if state.first is not None:
        return state.first.id if state.first.standard else None
    return state.second.broader if state.second is not None and state.second.standard else None


def subcategory_id(state: ClassState) -> str | None:
    """The class of level two; a class of level one with a single class below it (满意度) implies that.

    None for a class outside the standard framework, too.
    """
    if state.second is not None:
        return state.second.id if state.second.standard else None
    return only_subclass(state.first.id) if state.first is not None and state.first.standard else None
