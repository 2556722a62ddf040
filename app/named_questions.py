"""Questions asked by name (现成的问题): which there are, and what is asked with the parameters given."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import click
import msgspec

from graph.questions import QUESTIONS, Parameter, Question, nearest_questions
from ontology.errors import QueryError


def question_text(name: str, given: Iterable[str]) -> tuple[str, dict[str, Any]]:
    """Given a question's name and the parameters as `name=value`, return its Cypher and all its values.

    Raises UsageError for a name that there is not, and for parameters that are missing, unknown or wrong.
    """
    question = QUESTIONS.get(name)
    if question is None:
        near = "、".join(f"{other}（{QUESTIONS[other].title}）" for other in nearest_questions(name))
        meant = f"，是否想用 {near}" if near else ""
        raise _wrong(f"没有问题“{name}”{meant}；全部问题见 jixiao query --questions")
    values = {**question.defaults, **_values(name, question, dict(map(split_param, given)))}
    for parameter in question.parameters:
        if parameter.name not in values:
            told = f"缺少参数 {parameter.name}（{parameter.words}），请加上 --param {parameter.name}=值"
            raise _wrong(f"问题 {name}（{question.title}）{told}")
    return question.text, values


def split_param(text: str) -> tuple[str, str]:
    """Given `name=value`, return both; raises UsageError."""
    name, mark, value = text.partition("=")
    if not mark or not name.isidentifier():
        raise _wrong(f"--param 的值是“{text}”，应写成 名=值，例如 --param word=满意度")
    return name, value


def list_questions() -> list[dict[str, str]]:
    """Every question as a row of a table."""
    return [
        {
            "名称": name,
            "问题": question.title,
            "参数": " ".join(_shown(question, parameter) for parameter in question.parameters),
        }
        for name, question in QUESTIONS.items()
    ]


def questions_to_json() -> list[dict[str, Any]]:
    """Every question with its parameters (those without a default must be given) and its Cypher text."""
    return [
        {
            "name": name,
            "question": question.title,
            "parameters": [
                {"name": item.name, "words": item.words, "default": question.defaults.get(item.name)}
                for item in question.parameters
            ],
            "cypher": question.text.strip(),
        }
        for name, question in QUESTIONS.items()
    ]


def _shown(question: Question, parameter: Parameter) -> str:
    default = question.defaults.get(parameter.name, "（必填）")
    return f"{parameter.name}{default}" if default == "（必填）" else f"{parameter.name}={default}"


def _values(name: str, question: Question, given: Mapping[str, str]) -> dict[str, Any]:
    known = {parameter.name: parameter for parameter in question.parameters}
    for other in given.keys() - known.keys():
        has = f"它有：{'、'.join(known)}" if known else "它没有参数"
        raise _wrong(f"问题 {name}（{question.title}）没有参数 {other}；{has}")
    return {own: _given(known[own], text) for own, text in given.items()}


def read_value(parameter: Parameter, text: str) -> Any:
    """A value as the question needs it, whatever it looks like: a word may be made of figures.

    Raises QueryError for one that cannot be meant.
    """
    expected, pattern, read = _FORMS[parameter.kind]
    if not re.fullmatch(pattern, text, re.DOTALL):
        raise QueryError(f"参数 {parameter.name}（{parameter.words}）是“{text}”，应为{expected}")
    return read(text)


def _given(parameter: Parameter, text: str) -> Any:
    try:
        return read_value(parameter, text)
    except QueryError as error:
        raise _wrong(str(error)) from error


def _as_text(text: str) -> str:
    """The text; one in JSON's quotes is taken out of them, as in a query."""
    try:
        return msgspec.json.decode(text, type=str)
    except msgspec.DecodeError:
        return text


_FORMS: Mapping[str, tuple[str, str, Callable[[str], Any]]] = {
    "integer": ("不小于 0 的整数", r"[0-9]{1,9}", int),
    "number": ("数", r"-?[0-9]{1,12}(\.[0-9]{1,6})?", float),
    "text": ("文字", r".*", _as_text),
}
"""What is expected of a value of each kind, how it may be written, and how it is read."""


def _wrong(sentence: str) -> click.UsageError:
    return click.UsageError(sentence, click.get_current_context())
