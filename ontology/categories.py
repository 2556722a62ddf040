"""Classes of performance indicators (绩效指标分类), read from categories.ttl.

Level one: 产出, 效益, 满意度, 成本 (the 2021 form), and 其他 for labels outside the standard framework.
Level two hangs below. One label may name a class on each level (成本指标): the caller says which
level it was printed on, or takes both.
"""

from dataclasses import dataclass

from rdflib import Graph, URIRef
from rdflib.namespace import SKOS

from ontology.errors import VocabularyError
from ontology.turtle import JX, chinese_labels, concepts, english_label, fold_label, load_turtle, local_name


@dataclass(frozen=True, slots=True)
class IndicatorClass:
    """One class of indicators; `labels` are its folded names and misprints, the standard one first."""

    id: str
    label: str
    label_en: str
    level: int
    broader: str | None
    position: int
    standard: bool
    labels: tuple[str, ...]


def _read_class(graph: Graph, subject: URIRef) -> IndicatorClass:
    level = graph.value(subject, JX.level)
    position = graph.value(subject, JX.position)
    if level is None or position is None:
        raise VocabularyError(f"指标分类 {subject} 缺少 jx:level 或 jx:position")
    broader = graph.value(subject, SKOS.broader)
    standard = graph.value(subject, JX.standard)
    labels = chinese_labels(graph, subject)
    return IndicatorClass(
        id=local_name(subject),
        label=labels[0],
        label_en=english_label(graph, subject),
        level=int(str(level)),
        broader=local_name(broader) if isinstance(broader, URIRef) else None,
        position=int(str(position)),
        standard=standard is None or str(standard) == "true",
        labels=tuple(dict.fromkeys(fold_label(label) for label in labels)),
    )


def check_classes(classes: dict[str, IndicatorClass]) -> None:
    """Refuse a scheme whose levels do not hang together or whose labels say two things on one level."""
    seen: dict[tuple[int, str], str] = {}
    for item in classes.values():
        if item.level not in (1, 2):
            raise VocabularyError(f"指标分类 {item.id} 的 jx:level 是 {item.level}，应为 1 或 2")
        parent = classes.get(item.broader) if item.broader else None
        if (item.level == 1) != (item.broader is None) or (
            item.level == 2 and (parent is None or parent.level != 1)
        ):
            raise VocabularyError(
                f"指标分类 {item.id}（第 {item.level} 级）的上级应为一级分类，实为 {item.broader}"
            )
        for label in item.labels:
            other = seen.setdefault((item.level, label), item.id)
            if other != item.id:
                raise VocabularyError(
                    f"第 {item.level} 级标签“{label}”同时属于 {other} 和 {item.id}，应只属于一个"
                )


def _load() -> dict[str, IndicatorClass]:
    graph = load_turtle("categories.ttl")
    classes = {item.id: item for item in (_read_class(graph, subject) for subject in concepts(graph))}
    check_classes(classes)
    return classes


_CLASSES = _load()
_BY_LABEL: dict[str, tuple[IndicatorClass, ...]] = {}
for _item in sorted(_CLASSES.values(), key=lambda item: item.level):
    for _label in _item.labels:
        _BY_LABEL[_label] = (*_BY_LABEL.get(_label, ()), _item)


def category(class_id: str) -> IndicatorClass:
    """The class with this id; KeyError for an id that the ontology does not have."""
    return _CLASSES[class_id]


def indicator_classes() -> tuple[IndicatorClass, ...]:
    """Every class, level one first, in the forms' order."""
    return tuple(sorted(_CLASSES.values(), key=lambda item: (item.level, item.position)))


def find_classes(label: str) -> tuple[IndicatorClass, ...]:
    """Classes that a label names, level one first; empty where the label is none."""
    return _BY_LABEL.get(fold_label(label), ())


def class_labels() -> tuple[str, ...]:
    """Every folded label of every class, longest first."""
    return tuple(sorted(_BY_LABEL, key=lambda label: (-len(label), label)))


def only_subclass(class_id: str) -> str | None:
    """The single class of level two below a class of level one (满意度), where there is just one."""
    below = subclasses(class_id)
    return below[0].id if len(below) == 1 else None


def subclasses(class_id: str) -> tuple[IndicatorClass, ...]:
    """The classes of level two below a class of level one, in the forms' order."""
    below = [item for item in _CLASSES.values() if item.broader == class_id]
    return tuple(sorted(below, key=lambda item: item.position))
