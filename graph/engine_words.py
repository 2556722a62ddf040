"""What the embedded engine says, in Chinese (引擎的话): our sentence, or else its own words."""

import re

_SENTENCES = tuple(
    (re.compile(pattern), sentence)
    for pattern, sentence in (
        (r"Missing parameter: \$(.+)", r"没有给参数 $\1 的值，应加 --param \1=值"),
        (r"Integer (?:division|modulo) by zero", "除数是 0"),
        (r"Integer overflow in .*", "整数太大，超出了 64 位"),
        (r"Unknown function: (.+)", r"没有函数 \1"),
        (r"Unknown procedure '([^']+)'.*", r"没有过程 \1"),
        (r"Undefined variable '(.+)'", r"没有变量 \1，应先在 MATCH、WITH 或 UNWIND 中给出"),
        (r"Unknown property '(.+)' on (\w+)\..*", r"\2 没有属性 \1"),
        (r"(LIMIT|SKIP) requires a non-negative integer", r"\1 后面应为不小于 0 的整数"),
        (r"range\(\) step must not be zero", "range() 的步长不能是 0"),
        (r"date\(\): cannot parse '(.*)' as a date.*", r"date() 读不懂“\1”，应写成 2024-12-31 这样"),
        (r"Invalid regular expression '(.*?)': .*", r"正则表达式“\1”不对"),
    )
)
_HINTS = tuple(
    (re.compile(pattern), sentence)
    for pattern, sentence in (
        (
            r"Unexpected character '([\u2018-\u201f\u3000-\u303f\uff00-\uff65])'",
            r"，应把全角的 \1 改为半角",
        ),
        (
            r"Unexpected character '([^\x00-\x7f])' in pattern",
            "，属性名应为英文（见 docs/graph.md）",
        ),
        (r"Unexpected end of query", "，语句没有写完"),
    )
)
"""What a person may not see from the engine's words."""


def in_chinese(words: str) -> str:
    """Why a question failed, to stand behind 查询无法执行.

    >>> in_chinese("Integer division by zero")
    '：除数是 0'
    """
    for pattern, sentence in _SENTENCES:
        found = pattern.fullmatch(words)
        if found:
            return f"：{found.expand(sentence)}"
    return f"（引擎的原话：{words}）"


def syntax_hint(words: str) -> str:
    """What to do about a syntax error; empty where there is nothing to add to its place."""
    for pattern, sentence in _HINTS:
        found = pattern.search(words)
        if found:
            return found.expand(sentence)
    return ""
