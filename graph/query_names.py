"""Names in people's questions that the graph does not have (查无此名): a slip is answered by nothing."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches

from graph.cypher_text import Token, spoken
from graph.schema import LABELS
from ontology.vocabulary import VOCABULARY

_TYPES = tuple(item.name for item in VOCABULARY.relationships)
_CHINESE = {
    **{item.label: item.name for item in VOCABULARY.classes},
    **{item.label: item.name for item in VOCABULARY.relationships},
    **{prop.label: prop.name for item in VOCABULARY.classes for prop in item.properties},
}
_PROPERTIES: Mapping[str, tuple[str, ...]] = {
    **{item.name: item.public_names for item in VOCABULARY.classes},
    **{item.name: item.properties for item in VOCABULARY.relationships},
}
_INTERNAL = {prop.name for item in VOCABULARY.classes for prop in item.properties if prop.internal}


def unknown_names(text: str) -> list[str]:
    """Given a Cypher text, return a sentence for each label, relationship and property the graph lacks.

    Only what is surely such a name is looked at: a property is, where the text says what its owner is.

    >>> unknown_names("MATCH (p:Project) RETURN p.budget")
    []
    """
    said = spoken(text)
    owners: dict[str, set[str]] = {}
    sentences = []
    for variable, name, known in _named(said):
        if name in known:
            owners.setdefault(variable, set()).add(name)
        else:
            sentences.append(f"图中没有 {name}{_meant(name, known)}")
    for variable, name in _properties(said):
        own = owners.get(variable, set())
        known = tuple(dict.fromkeys(prop for owner in sorted(own) for prop in _PROPERTIES[owner]))
        if own and name not in known and name not in _INTERNAL:
            sentences.append(f"{'、'.join(sorted(own))} 没有属性 {name}{_meant(name, known)}")
    return list(dict.fromkeys(sentences))


def _meant(name: str, known: Sequence[str]) -> str:
    """What may have been meant, and all that there is."""
    near = [_CHINESE[name]] if _CHINESE.get(name) in known else get_close_matches(name, known, n=1)
    return "".join(f"，是否想用 {other}" for other in near) + (f"；有：{'、'.join(known)}" if known else "")


def _named(said: Sequence[Token]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Each label and relationship type behind a colon: its variable, the name, and those that there are."""
    brackets: list[str] = []
    for number, token in enumerate(said):
        before = said[number - 1] if number else None
        if token.text in ("(", "[", "{"):
            is_relationship = token.text == "[" and before is not None and before.text == "-"
            brackets.append("-[" if is_relationship else token.text)
        elif token.text in (")", "]", "}") and brackets:
            brackets.pop()
        elif token.text == ":" and (brackets[-1:] != ["{"]):
            known = _TYPES if brackets[-1:] == ["-["] else LABELS
            variable = before.name if before is not None and before.name else ""
            for name in _alternatives(said[number + 1 :]):
                yield variable, name, known


def _alternatives(said: Sequence[Token]) -> Iterator[str]:
    """The names of A, A|B, A|:B, A&B or A:B, from its first on."""
    is_next = True
    for token in said:
        if is_next and token.name:
            yield token.name
            is_next = False
        elif token.text in ("|", "&"):
            is_next = True
        elif token.text not in (":", "!"):
            return


def _properties(said: Sequence[Token]) -> Iterator[tuple[str, str]]:
    """Each property that is asked of a variable: the variable and the property."""
    for number in range(len(said) - 2):
        first, dot, last = said[number : number + 3]
        is_part = number > 0 and said[number - 1].text == "."
        if dot.text == "." and first.name and last.name and not is_part:
            yield first.name, last.name
