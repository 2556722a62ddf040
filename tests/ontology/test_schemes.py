"""The schemes of classes and headings: a wrong declaration is refused in a sentence."""

import re
from collections import Counter
from dataclasses import replace

import pytest
from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.namespace import SKOS

from ontology.categories import IndicatorClass, check_classes
from ontology.errors import VocabularyError
from ontology.headings import Heading, check_headings, check_patterns, find_headings
from ontology.turtle import JX, chinese_labels, concepts, load_turtle

JXC = Namespace("https://w3id.org/jixiao/category/")

OUTPUT = IndicatorClass("output", "产出指标", "Output", 1, None, 1, standard=True, labels=("产出指标",))
QUANTITY = IndicatorClass(
    "quantity", "数量指标", "Quantity", 2, "output", 1, standard=True, labels=("数量指标",)
)
NAME = Heading("name", "指标名称", "Name", "column", ("指标名称",), None, None)
VALUE = Heading("value", "指标值", "Value", "column", ("指标值",), None, None)


def test_a_sound_scheme_of_classes_is_taken() -> None:
    check_classes({"output": OUTPUT, "quantity": QUANTITY})
    # One label may name a class on each level (成本指标).
    check_classes({"output": OUTPUT, "quantity": replace(QUANTITY, labels=("产出指标",))})


@pytest.mark.parametrize(
    ("classes", "said"),
    [
        ([replace(OUTPUT, level=3)], "jx:level 是 3，应为 1 或 2"),
        ([OUTPUT, replace(QUANTITY, broader=None)], "上级应为一级分类，实为 None"),
        ([OUTPUT, replace(QUANTITY, broader="nothing")], "上级应为一级分类，实为 nothing"),
        ([replace(OUTPUT, broader="quantity"), QUANTITY], "上级应为一级分类，实为 quantity"),
        ([OUTPUT, QUANTITY, replace(QUANTITY, id="quality")], "“数量指标”同时属于 quantity 和 quality"),
    ],
)
def test_a_scheme_of_classes_that_does_not_hang_together(classes: list[IndicatorClass], said: str) -> None:
    with pytest.raises(VocabularyError, match=re.escape(said)):
        check_classes({item.id: item for item in classes})


def test_a_label_of_two_headings_is_refused_unless_declared() -> None:
    both = {"name": NAME, "value": replace(VALUE, labels=("指标值", "指标名称"))}
    with pytest.raises(VocabularyError, match="“指标名称”同时属于 name 和 value"):
        check_headings(both)
    check_headings(both | {"value": replace(both["value"], shares="name")})
    check_headings({"name": NAME, "value": VALUE})


def test_a_pattern_that_takes_the_label_of_another_heading_is_refused() -> None:
    greedy = replace(VALUE, patterns=(re.compile("指标.{1,2}"),))
    with pytest.raises(VocabularyError, match="也匹配 name 的标签“指标名称”"):
        check_patterns({"name": NAME, "value": greedy})
    check_patterns({"name": NAME, "value": replace(VALUE, patterns=(re.compile("指标值.?"),))})


def test_the_table_tells_what_a_shared_label_means() -> None:
    assert {item.id for item in find_headings("完成情况")} == {"actual_value", "actual_objective"}


CLASSES = load_turtle("categories.ttl")
HEADINGS = load_turtle("headings.ttl")


@pytest.mark.parametrize("scheme", ["form2015", "form2021"])
def test_a_standard_name_names_one_class_of_a_scheme(scheme: str) -> None:
    members = set(CLASSES.subjects(SKOS.inScheme, JXC[scheme]))
    names = Counter(label for member in members for label in CLASSES.objects(member, SKOS.prefLabel))
    assert names[Literal("成本指标", lang="zh")] == 1 and set(names.values()) == {1}
    tops = {member for member in members if CLASSES.value(member, SKOS.broader) is None}
    assert tops == set(CLASSES.objects(JXC[scheme], SKOS.hasTopConcept))
    assert tops == set(CLASSES.subjects(SKOS.topConceptOf, JXC[scheme]))


@pytest.mark.parametrize("subject", concepts(CLASSES))
def test_every_class_is_defined_in_both_languages(subject: URIRef) -> None:
    assert {item.language for item in CLASSES.objects(subject, SKOS.definition)} == {"zh", "en"}  # type: ignore[attr-defined]
    assert (subject, RDF.type, JX.Category) in CLASSES


@pytest.mark.parametrize(
    ("graph", "read", "other"),
    [
        (HEADINGS, "优", "良"),
        (HEADINGS, "备注", "完成率"),
        (HEADINGS, "扫一扫", "版权所有"),
        (CLASSES, "其他指标", "投入指标"),
        (CLASSES, "其他分项指标", "项目立项"),
    ],
)
def test_what_is_only_read_as_another_is_no_name_of_it(graph: Graph, read: str, other: str) -> None:
    (subject,) = graph.subjects(SKOS.prefLabel, Literal(read, lang="zh"))
    assert isinstance(subject, URIRef)
    assert (subject, SKOS.altLabel, Literal(other, lang="zh")) not in graph
    assert other in chinese_labels(graph, subject)
