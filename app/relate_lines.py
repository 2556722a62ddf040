"""Relations of indicators for people and for programs (关系输出)."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import msgspec
from rich.text import Text

from app.comparison_tables import RELATION_WORDS
from app.json_lines import LINE_ERRORS, why_not
from app.judgement_file import judgement_to_json
from app.terminal import make_console, plain
from graph.judgements import Judgement, Judgements
from nlp.relate import IndicatorText, RelationReading, relate
from ontology.model import Relation

_STYLES = {
    Relation.IDENTICAL: "bold green",
    Relation.SAME_TEMPLATE: "bold cyan",
    Relation.PARAPHRASE: "bold yellow",
    Relation.DIFFERENT: "bold red",
}


_EXPECTED = '{"a": {"name": …}, "b": {"name": …}}'


class _Side(msgspec.Struct):
    """One indicator of a pair, as a line of JSON gives it; what else stands there is not needed."""

    name: msgspec.Raw
    printed_value: msgspec.Raw = msgspec.Raw(b"null")
    project: str | None = None
    unit: str | None = None
    file: str | None = None


class _Pair(msgspec.Struct):
    a: msgspec.Raw
    b: msgspec.Raw


@dataclass(frozen=True, slots=True)
class NumberedPair:
    """Two indicators to compare, and in which line they stand."""

    line: int
    one: IndicatorText
    other: IndicatorText


def parse_indicator(text: str) -> IndicatorText:
    """Given 名称 or 名称|指标值, return the indicator."""
    name, _, value = text.replace("｜", "|").partition("|")
    return IndicatorText(name=name.strip(), printed_value=value.strip())


def read_pairs(lines: Iterable[str], tell: Callable[[str], None]) -> Iterator[NumberedPair]:
    """Given lines of JSON, return the pairs; `tell` gets a sentence for each line that is none."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            pair = msgspec.json.decode(line, type=_Pair)
            one, other = _indicator(pair.a), _indicator(pair.b)
        except LINE_ERRORS as error:
            tell(f"标准输入第 {number} 行不是一对指标（{why_not(error)}），应为 {_EXPECTED}")
        else:
            yield NumberedPair(number, one, other)


def _indicator(side: msgspec.Raw) -> IndicatorText:
    """An indicator given as an object, or by itself as 名称 or 名称|指标值."""
    if not bytes(side).startswith(b"{"):
        return parse_indicator(_printed(side))
    found = msgspec.json.decode(side, type=_Side)
    context = " ".join(part for part in (found.project, found.unit) if part)
    value = "" if bytes(found.printed_value) == b"null" else _printed(found.printed_value)
    # Two rows of one file and project are of one target; without either nobody knows.
    target = f"{found.file} {context}" if found.file and found.project else ""
    return IndicatorText(name=_printed(found.name), printed_value=value, context=context, target=target)


def _printed(value: msgspec.Raw) -> str:
    """A text as it is, a number in the digits that stand there: 95.0 is not 95."""
    if bytes(value)[:1] in b"-0123456789":
        return bytes(value).decode("ascii")
    return msgspec.json.decode(value, type=str)


def relation_to_json(found: RelationReading, judged: Judgement | None) -> dict[str, Any]:
    """A relation as JSON values; `differences` are the stretches of the two names that stand apart.

    `judgement` is what a person said of the two, beside what is computed.
    """
    return {
        "relation": found.relation.value,
        "reason": found.reason,
        "likeness": found.likeness,
        "differences": [{"a": item.one, "b": item.other} for item in found.differences],
        "judgement": judgement_to_json(judged),
    }


def print_relation(
    one: IndicatorText, other: IndicatorText, found: RelationReading, judged: Judgement | None
) -> None:
    """Print two indicators one above the other, what differs in colour, and how they stand to each other.

    Below it stands what a person said of the two.
    """
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
    if judged is not None:
        by = " ".join(part for part in (judged.judge, judged.day) if part)
        console.print(plain(judged.said + (f"（{by}）" if by else "")), soft_wrap=True)


def answer_pairs(pairs: Iterable[NumberedPair], judgements: Judgements) -> Iterator[bytes]:
    """Each pair's relation as a line of JSON, with the number of the line that it answers."""
    for pair in pairs:
        judged = judgements.of_indicators(pair.one.name, pair.other.name)
        found = relation_to_json(relate(pair.one, pair.other), judged)
        yield msgspec.json.encode({"line": pair.line, **found}) + b"\n"
