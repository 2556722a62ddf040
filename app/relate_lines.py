"""Relations of indicators for people and for programs (关系输出)."""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
from rich.text import Text

from app.comparison_tables import RELATION_WORDS
from app.terminal import make_console, plain
from nlp.relate import IndicatorText, RelationReading, relate
from ontology.errors import DocumentError
from ontology.model import Relation

_STYLES = {
    Relation.IDENTICAL: "bold green",
    Relation.SAME_TEMPLATE: "bold cyan",
    Relation.PARAPHRASE: "bold yellow",
    Relation.DIFFERENT: "bold red",
}


class _Side(msgspec.Struct):
    """One indicator of a pair, as a line of JSON gives it; what else stands there is not needed."""

    name: str
    printed_value: str | None = None
    project: str | None = None
    unit: str | None = None


class _Pair(msgspec.Struct):
    a: _Side
    b: _Side


def parse_indicator(text: str) -> IndicatorText:
    """Given 名称 or 名称|指标值, return the indicator."""
    name, _, value = text.partition("|")
    return IndicatorText(name=name.strip(), printed_value=value.strip())


def read_pairs(lines: Iterable[str]) -> Iterator[tuple[IndicatorText, IndicatorText]]:
    """Given lines of JSON, return the pairs; raises DocumentError for a line that is none."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            pair = msgspec.json.decode(line, type=_Pair)
        except msgspec.DecodeError as error:
            raise DocumentError(
                f"标准输入第 {number} 行不是一对指标（{error}），"
                ' 应为 {"a": {"name": …}, "b": {"name": …}}'
            ) from error
        yield _indicator(pair.a), _indicator(pair.b)


def _indicator(side: _Side) -> IndicatorText:
    context = " ".join(part for part in (side.project, side.unit) if part)
    return IndicatorText(name=side.name, printed_value=side.printed_value or "", context=context)


def relation_to_json(found: RelationReading) -> dict[str, Any]:
    """A relation as JSON values; `differences` are the stretches of the two names that stand apart."""
    return {
        "relation": found.relation.value,
        "reason": found.reason,
        "likeness": found.likeness,
        "differences": [{"a": item.one, "b": item.other} for item in found.differences],
    }


def print_relation(one: IndicatorText, other: IndicatorText, found: RelationReading) -> None:
    """Print two indicators one above the other, what differs in colour, and how they stand to each other."""
    console = make_console()
    for at, item in enumerate((one, other)):
        text = Text(plain(item.name))
        for difference in found.differences:
            stretch = (difference.one, difference.other)[at]
            start = text.plain.find(stretch) if stretch else -1
            if start >= 0:
                text.stylize("bold yellow", start, start + len(stretch))
        if item.printed_value:
            text.append(f"  {plain(item.printed_value)}", style="dim")
        console.print(text, soft_wrap=True)
    console.print(
        Text.assemble((RELATION_WORDS[found.relation], _STYLES[found.relation]), f"：{found.reason}"),
        soft_wrap=True,
    )


def answer_pairs(pairs: Iterable[tuple[IndicatorText, IndicatorText]]) -> Iterator[bytes]:
    """Each pair's relation as a line of JSON."""
    for one, other in pairs:
        yield msgspec.json.encode(relation_to_json(relate(one, other))) + b"\n"
