"""Several goals under headings side by side (并列的目标): long-term and annual, set and achieved.

A form that lost its grid prints the headings first and the texts behind them. What was achieved is told
in nearly the words of the goal: where the text falls into two parts that are alike, each heading gets
its own, else all of it is the goal.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from ingest.cleaning import is_placeholder
from ingest.form_fields import entry_field
from ingest.labels import HeadingLabel
from ingest.stream_tokens import Break, Token
from ontology.turtle import fold_label

GOALS = frozenset(["objective", "long_term_objective", "actual_objective"])
_SET_AND_ACHIEVED = frozenset(["objective", "actual_objective"])
_SENTENCE = re.compile(r"[^。！!]+[。！!]?")
_POINTS = re.compile(r"[（(]?\d{1,3}分?[）)]?")
_ACHIEVED = re.compile(
    r"已(?!建成的|有|经有)|完成了|^\s*(?:全面|全部|按时|按期|基本)?完成(?:年度|全年|年初)?目标"
)
_SEPARATORS = "，,；;。 "
_LEAST_REPEATED = 8
_LONGEST_GOAL = 4000
_MOST_PIECES = 60
"""No goal has more lines; what has is no goal, and is not compared."""

_ALIKE = 55
"""From this ratio on (0 to 100) a text tells what was achieved of the other."""

Label = tuple[HeadingLabel, str]
"""A heading and how it is printed."""


def share_text(labels: Sequence[Label], parts: Sequence[Token]) -> list[tuple[Label, Sequence[Token]]]:
    """Give each of several headings its share of the text below them, in their order."""
    fields = [entry_field(label) for label, _ in labels]
    # 总体目标 stands above 中期目标 | 年度目标: of two headings of a kind the last one heads the text.
    labels = [label for i, label in enumerate(labels) if fields[i] not in fields[i + 1 :]]
    if len(labels) == 1:
        return [(labels[0], parts)]
    parts = _saying_something(parts) or parts
    lines = _lines_of(parts)
    sentences = [[piece] for line in lines for token in line for piece in _sentences(token)]
    pieces = lines if len(lines) > 1 else sentences
    if len(lines) == 1 and len(parts) == len(labels) and parts[1].gap in (Break.SPACE, Break.CELL):
        return [(label, [token]) for label, token in zip(labels, parts, strict=True)]
    if {entry_field(label) for label, _ in labels} == _SET_AND_ACHIEVED:
        achieved = _alike_shares(pieces) or (_achieved_share(pieces) if len(lines) < len(labels) else None)
        if achieved is not None:
            return list(zip(labels, achieved, strict=True))
        pieces = lines
    if len(pieces) < len(labels):
        return [(_annual(labels), parts)]
    share = -(-len(pieces) // len(labels))
    shares = [_joined(pieces[start : start + share]) for start in range(0, len(pieces), share)]
    return list(zip(labels, shares, strict=False))


def drop_repetition(text: str) -> str:
    """A goal whose end is printed twice (set, and achieved in the same words), printed once.

    >>> drop_repetition("更新路灯，方便夜间出行安全，方便夜间出行安全，")
    '更新路灯，方便夜间出行安全'
    """
    end = text.rstrip(_SEPARATORS)
    if len(end) > _LONGEST_GOAL:
        return text
    for length in range(len(end) // 2, _LEAST_REPEATED - 1, -1):
        before = end[:-length]
        if before.rstrip(_SEPARATORS).endswith(end[-length:]):
            return before.rstrip("，,；; ")
    return text


def _lines_of(parts: Sequence[Token]) -> list[list[Token]]:
    lines: list[list[Token]] = []
    for token in parts:
        if token.gap == Break.LINE or not lines:
            lines.append([])
        lines[-1].append(token)
    return lines


def _saying_something(parts: Sequence[Token]) -> list[Token]:
    """Without points, and without what a form asks to be written (请逐条写明…（限100字）)."""
    return [t for t in parts if not (_POINTS.fullmatch(fold_label(t.text)) or is_placeholder(t.text))]


def _annual(labels: Sequence[Label]) -> Label:
    return next((label for label in labels if entry_field(label[0]) == "objective"), labels[0])


def _alike_shares(pieces: Sequence[list[Token]]) -> tuple[list[Token], list[Token]] | None:
    """The two parts of pieces that are most alike, one behind the other or in turn; None if none are."""
    found: list[tuple[float, tuple[list[Token], list[Token]]]] = []
    if len(pieces) > _MOST_PIECES:
        return None
    for cut in range(1, len(pieces)):
        found.append(_rated(pieces[:cut], pieces[cut:]))
    if len(pieces) % 2 == 0 and len(pieces) >= 4:
        ratio = min(_rated([a], [b])[0] for a, b in zip(pieces[::2], pieces[1::2], strict=True))
        found.append((ratio, _rated(pieces[::2], pieces[1::2])[1]))
    best = max(found, key=lambda item: item[0], default=None)
    return best[1] if best is not None and best[0] >= _ALIKE else None


def _achieved_share(pieces: Sequence[list[Token]]) -> tuple[list[Token], list[Token]] | None:
    """The goal, and behind it what was achieved, from the first sentence on that says so."""
    for cut in range(1, len(pieces)):
        if _ACHIEVED.search("".join(token.text for token in pieces[cut])):
            return _joined(pieces[:cut]), _joined(pieces[cut:])
    return None


def _rated(
    first: Sequence[list[Token]], second: Sequence[list[Token]]
) -> tuple[float, tuple[list[Token], list[Token]]]:
    shares = (_joined(first), _joined(second))
    texts = [fold_label("".join(token.text for token in share)) for share in shares]
    return fuzz.ratio(*texts), shares


def _joined(pieces: Sequence[list[Token]]) -> list[Token]:
    return [token for piece in pieces for token in piece]


def _sentences(token: Token) -> list[Token]:
    return [replace(token, text=text) for text in _SENTENCE.findall(token.text)]
