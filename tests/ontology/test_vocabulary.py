"""The vocabulary: what it promises to people's own queries, and how it refuses a wrong declaration."""

from collections.abc import Callable
from importlib.metadata import version
from itertools import product

import pytest
from rdflib import OWL, RDF, RDFS, XSD, BNode, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, ORG, PROV, SKOS, DefinedNamespace

from ontology.errors import VocabularyError
from ontology.turtle import FOLDER, JX, load_turtle
from ontology.vocabulary import VOCABULARY, read_vocabulary

# The public names of DESIGN section 5, written out: renaming one breaks people's saved queries.
PUBLIC_PROPERTIES = {
    "BudgetUnit": {"region"},
    "Disclosure": {"file", "sha256", "fiscal_year"},
    "Project": {"budget"},
    "PerformanceTarget": {"scope", "objective", "fiscal_year", "budget"},
    "Indicator": {
        "printed_value",
        "printed_category",
        "printed_subcategory",
        "max_score",
        "definition",
        "basis",
        "actual_value",
        "score",
        "weight",
        "long_term_value",
        "scoring_rule",
        "polarity",
    },
    "Category": {"label", "level"},
    "TargetValue": {
        "kind",
        "comparator",
        "number",
        "low",
        "high",
        "low_closed",
        "high_closed",
        "approximate",
        "measure_unit",
        "date",
    },
    "IndicatorConcept": {"occurrences", "projects", "units", "is_common"},
    "IndicatorTemplate": {"occurrences", "projects", "units"},
    "SourceTable": {"page", "sheet"},
    "Term": {"kind"},
}
RELATIONSHIPS = {
    ("BudgetUnit", "PUBLISHED", "Disclosure"),
    ("PerformanceTarget", "STATED_IN", "Disclosure"),
    ("BudgetUnit", "HAS_PROJECT", "Project"),
    ("Project", "HAS_TARGET", "PerformanceTarget"),
    ("BudgetUnit", "HAS_TARGET", "PerformanceTarget"),
    ("PerformanceTarget", "HAS_INDICATOR", "Indicator"),
    ("Indicator", "IN_CATEGORY", "Category"),
    ("Category", "BROADER", "Category"),
    ("Indicator", "HAS_VALUE", "TargetValue"),
    ("Indicator", "EXPRESSES", "IndicatorConcept"),
    ("IndicatorConcept", "MENTIONS", "Term"),
    ("IndicatorConcept", "FOLLOWS", "IndicatorTemplate"),
    ("IndicatorConcept", "SIMILAR_TO", "IndicatorConcept"),
    ("PerformanceTarget", "SHARES_INDICATORS_WITH", "PerformanceTarget"),
    ("Indicator", "PRINTED_IN", "SourceTable"),
    ("Disclosure", "HAS_TABLE", "SourceTable"),
}


def test_public_names_are_those_of_the_design() -> None:
    found = {item.name: set(item.public_names) for item in VOCABULARY.classes}
    assert found == {label: names | {"id", "name"} for label, names in PUBLIC_PROPERTIES.items()}


def test_relationships_are_those_of_the_design() -> None:
    found = {
        (start, item.name, end)
        for item in VOCABULARY.relationships
        for start, end in product(item.starts, item.ends)
    }
    assert found == RELATIONSHIPS


def test_every_node_is_stamped_and_parts_of_a_disclosure_are_owned() -> None:
    internal = {
        item.name: {prop.name for prop in item.properties if prop.internal} for item in VOCABULARY.classes
    }
    owned = {"Disclosure", "PerformanceTarget", "Indicator", "SourceTable"}
    assert {label for label, names in internal.items() if names >= {"run_id", "disclosure_id"}} == owned
    assert all(names == {"run_id"} for label, names in internal.items() if label not in owned)
    assert {item.name for item in VOCABULARY.classes if item.owned} == owned


@pytest.mark.parametrize(
    ("owner", "name", "datatype"),
    [
        ("Project", "budget", "double"),
        ("PerformanceTarget", "fiscal_year", "integer"),
        ("TargetValue", "date", "date"),
        ("TargetValue", "low_closed", "boolean"),
        ("Indicator", "printed_value", "string"),
    ],
)
def test_datatypes(owner: str, name: str, datatype: str) -> None:
    found = {prop.name: prop.datatype for prop in VOCABULARY.node_class(owner).properties}
    assert found[name] == datatype


def test_datatypes_of_a_relationships_properties() -> None:
    found = {
        item.name: dict(zip(item.properties, item.datatypes, strict=True))
        for item in VOCABULARY.relationships
    }
    numbers, texts = ("row", "column", "line"), ("field", "printed", "place")
    assert found["PRINTED_IN"] == dict.fromkeys(numbers, "integer") | dict.fromkeys(texts, "string")


def test_only_counts_and_project_budgets_are_derived() -> None:
    found = {
        (item.name, prop.name) for item in VOCABULARY.classes for prop in item.properties if prop.derived
    }
    counted = ("IndicatorConcept", "IndicatorTemplate")
    counts = {(label, name) for label in counted for name in ("occurrences", "projects", "units")}
    assert found == counts | {("Project", "budget")}
    assert [item.name for item in VOCABULARY.classes if item.derived] == ["IndicatorTemplate"]
    assert {item.name for item in VOCABULARY.relationships if item.derived} == {
        "FOLLOWS",
        "SIMILAR_TO",
        "SHARES_INDICATORS_WITH",
    }


@pytest.mark.parametrize(
    ("term", "predicate", "standard"),
    [
        ("BudgetUnit", RDFS.subClassOf, ORG.Organization),
        ("Disclosure", RDFS.subClassOf, PROV.Entity),
        ("Category", RDFS.subClassOf, SKOS.Concept),
        ("TargetValue", RDFS.subClassOf, URIRef("https://schema.org/StructuredValue")),
        ("statedIn", RDFS.subPropertyOf, PROV.wasDerivedFrom),
        ("broader", RDFS.subPropertyOf, SKOS.broader),
        ("measureUnit", RDFS.subPropertyOf, URIRef("https://schema.org/unitText")),
    ],
)
def test_alignment_with_standards(term: str, predicate: URIRef, standard: URIRef) -> None:
    assert (JX[term], predicate, standard) in load_turtle("vocabulary.ttl")


@pytest.mark.parametrize("namespace", [ORG, PROV, SKOS], ids=["org", "prov", "skos"])
def test_terms_of_standards_exist(namespace: type[DefinedNamespace]) -> None:
    prefix = str(namespace)
    used = {
        term
        for triple in load_turtle("vocabulary.ttl")
        for term in triple
        if isinstance(term, URIRef) and term.startswith(prefix)
    }
    assert used
    assert URIRef(f"{prefix}nonsense") not in namespace
    assert {term for term in used if term not in namespace} == set()


@pytest.mark.parametrize("name", sorted(path.name for path in FOLDER.glob("*.ttl")))
def test_every_own_term_is_declared(name: str) -> None:
    used = {
        term
        for triple in load_turtle(name)
        for term in triple
        if isinstance(term, URIRef) and term.startswith(str(JX)) and term != URIRef(str(JX))
    }
    declared = set(load_turtle("vocabulary.ttl").subjects(RDF.type, None))
    assert used - declared == set()


@pytest.mark.parametrize(
    ("term", "predicate"),
    [("number", RDFS.subPropertyOf), ("low", RDFS.subPropertyOf), ("label", RDFS.subPropertyOf)],
)
def test_what_does_not_hold_of_all_is_not_claimed(term: str, predicate: URIRef) -> None:
    assert list(load_turtle("vocabulary.ttl").objects(JX[term], predicate)) == []


def test_the_vocabulary_says_what_it_is() -> None:
    graph, ontology = load_turtle("vocabulary.ttl"), URIRef(str(JX).rstrip("#"))
    assert graph.value(ontology, OWL.versionInfo) == Literal(version("jixiao"))
    for predicate in (DCTERMS.license, DCTERMS.creator, DCTERMS.description):
        assert graph.value(ontology, predicate) is not None


def _without_chinese_label(graph: Graph) -> None:
    graph.remove((JX.Project, RDFS.label, Literal("项目", lang="zh")))


def _without_english_comment(graph: Graph) -> None:
    for comment in list(graph.objects(JX.name, RDFS.comment)):
        if isinstance(comment, Literal) and comment.language == "en":
            graph.remove((JX.name, RDFS.comment, comment))


def _without_domain(graph: Graph) -> None:
    graph.remove((JX.region, RDFS.domain, None))


def _without_range(graph: Graph) -> None:
    graph.remove((JX.hasValue, RDFS.range, None))


def _with_two_domains(graph: Graph) -> None:
    graph.add((JX.region, RDFS.domain, JX.Project))


def _with_unknown_domain(graph: Graph) -> None:
    graph.set((JX.region, RDFS.domain, JX.Province))


def _with_unknown_member_of_union(graph: Graph) -> None:
    graph.remove((JX.Project, RDF.type, OWL.Class))


def _with_unknown_datatype(graph: Graph) -> None:
    graph.set((JX.region, RDFS.range, XSD.anyURI))


def _with_one_name_twice(graph: Graph) -> None:
    graph.set((JX.sheet, JX.propertyName, Literal("page")))


def _with_one_type_twice(graph: Graph) -> None:
    graph.set((JX.hasTable, JX.relationshipType, Literal("HAS_VALUE")))


def _with_camel_case_type(graph: Graph) -> None:
    graph.set((JX.hasValue, JX.relationshipType, Literal("hasValue")))


def _with_chinese_property(graph: Graph) -> None:
    graph.set((JX.region, JX.propertyName, Literal("地区")))


def _with_chinese_class(graph: Graph) -> None:
    for predicate, value in list(graph.predicate_objects(JX.SourceTable)):
        graph.add((JX["来源表格"], predicate, value))


def _with_property_title(graph: Graph) -> None:
    graph.set((JX.region, JX.propertyName, Literal("title")))


def _with_relationship_property_type(graph: Graph) -> None:
    graph.set((JX.row, JX.propertyName, Literal("type")))


def _with_relationship_property_without_datatype(graph: Graph) -> None:
    graph.remove((JX.row, RDFS.range, None))


def _with_relationship_property_of_unknown_datatype(graph: Graph) -> None:
    graph.set((JX.row, RDFS.range, XSD.anyURI))


def _with_property_on_unknown_relationship(graph: Graph) -> None:
    graph.set((JX.row, JX.onRelationship, JX.drawnIn))


def _with_one_name_twice_on_a_relationship(graph: Graph) -> None:
    graph.set((JX.row, JX.propertyName, Literal("column")))


def _with_unknown_distinction(graph: Graph) -> None:
    graph.add((JX.printedIn, JX.toldApartBy, Literal("page")))


def _with_unknown_end_kept(graph: Graph) -> None:
    graph.set((JX.hasValue, JX.keeps, Literal("both")))


def _with_shared_class_not_kept(graph: Graph) -> None:
    graph.remove((JX.expresses, JX.keeps, None))


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (_without_chinese_label, "jx:Project .*label@zh"),
        (_without_english_comment, "jx:name .*comment@en"),
        (_without_domain, "jx:region 应有且只有一个 .*domain，实有 0 个"),
        (_without_range, "jx:hasValue 应有且只有一个 .*range，实有 0 个"),
        (_with_two_domains, "jx:region 应有且只有一个 .*domain，实有 2 个"),
        (_with_unknown_domain, "jx:region 用到了未声明的类 jx:Province"),
        (_with_unknown_member_of_union, "未声明的类 jx:Project"),
        (_with_unknown_datatype, "jx:region 的值域应为"),
        (_with_one_name_twice, "SourceTable 的属性 jx:page 和 jx:sheet 都叫“page”"),
        (_with_one_type_twice, "jx:hasTable 和 jx:hasValue 的关系类型都是“HAS_VALUE”"),
        (_with_camel_case_type, "jx:hasValue 在图谱中的名称是“hasValue”，应为大写"),
        (_with_chinese_property, "jx:region 在图谱中的名称是“地区”"),
        (_with_chinese_class, "在图谱中的名称是“来源表格”"),
        (_with_property_title, "jx:region 的属性名“title”"),
        (_with_relationship_property_type, "jx:row 的属性名“type”"),
        (_with_relationship_property_without_datatype, "jx:row 应有且只有一个 .*range，实有 0 个"),
        (_with_relationship_property_of_unknown_datatype, "jx:row 的值域应为"),
        (_with_property_on_unknown_relationship, "jx:row 用到了未声明的关系 jx:drawnIn"),
        (_with_one_name_twice_on_a_relationship, "jx:printedIn 有两个属性都叫“column”"),
        (_with_unknown_distinction, "jx:printedIn 的 jx:toldApartBy"),
        (_with_unknown_end_kept, "jx:hasValue 的 jx:keeps 是“both”"),
        (_with_shared_class_not_kept, "没有关系以 jx:keeps 保留共用节点 IndicatorConcept"),
    ],
    ids=lambda value: value.__name__.strip("_") if callable(value) else "",
)
def test_wrong_declaration_is_refused(spoil: Callable[[Graph], None], sentence: str) -> None:
    graph = Graph()
    for triple in load_turtle("vocabulary.ttl"):
        graph.add(triple)
    read_vocabulary(graph)
    spoil(graph)
    with pytest.raises(VocabularyError, match=sentence):
        read_vocabulary(graph)


def test_blank_nodes_are_not_taken_for_classes() -> None:
    unions = [s for s in load_turtle("vocabulary.ttl").subjects(RDF.type, OWL.Class) if isinstance(s, BNode)]
    assert unions
    assert len(VOCABULARY.classes) == len(PUBLIC_PROPERTIES)
