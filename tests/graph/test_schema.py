"""The version of what the graph is made of."""

from dataclasses import replace

from graph.schema import CONNECTIONS, SCHEMA_VERSION, version_of
from ontology.vocabulary import VOCABULARY


def test_another_property_or_relationship_is_another_version() -> None:
    classes = VOCABULARY.classes
    poorer = (replace(classes[0], properties=classes[0].properties[1:]), *classes[1:])
    versions = {
        version_of(classes, CONNECTIONS),
        version_of(poorer, CONNECTIONS),
        version_of(classes, CONNECTIONS[1:]),
        version_of(classes, (replace(CONNECTIONS[0], properties=("found",)), *CONNECTIONS[1:])),
    }
    carrying = next(item for item in CONNECTIONS if item.properties)
    retyped = replace(carrying, datatypes=("double", *carrying.datatypes[1:]))
    versions.add(version_of(classes, tuple(retyped if item == carrying else item for item in CONNECTIONS)))
    assert len(versions) == 5 and SCHEMA_VERSION in versions
