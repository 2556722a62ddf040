"""Tags that say where a word stands in an entity (标签序列), and the best row of them that makes sense.

Every word has one tag: outside, or begin, inside, last or unit (alone) with a label. Of all rows in which
each begun entity also ends, the one with the highest sum of scores is taken (Viterbi 1967).
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nlp.entity_texts import LABELS

_KINDS = len(LABELS)
TAGS = ("O", *(f"{place}-{label}" for place in "BUIL" for label in LABELS))
"""In this order one slice holds what may follow a closed entity (O, B, U), one what goes on (I, L)."""
_ANEW = 1 + 2 * _KINDS
_BEGUN, _UNIT, _INSIDE, _LAST = (slice(1 + part * _KINDS, 1 + (part + 1) * _KINDS) for part in range(4))
UNIT_TAG = {label: TAGS.index(f"U-{label}") for label in LABELS}
NOT_OUTSIDE, NOT_FIRST, NOT_LAST = (
    np.array([index for index, tag in enumerate(TAGS) if tag[0] in places]) for places in ("BIUL", "BU", "UL")
)
"""What a word cannot be: part of an entity at all, its first word, its last."""

Scores = NDArray[np.float32]
_CLOSED = np.array([0, *range(_UNIT.start, _UNIT.stop), *range(_LAST.start, _LAST.stop)])


def best_tags(scores: Sequence[Scores]) -> list[list[int]]:
    """Given scores of texts (words × tags), return for each text the indices of its best row of tags."""
    lengths = np.array([len(text) for text in scores])
    longest = int(lengths.max(initial=0))
    if not longest:
        return [[] for _ in scores]
    padded = np.zeros((longest, len(scores), len(TAGS)), np.float32)
    for index, text in enumerate(scores):
        padded[: len(text), index] = text
    finals, closed, goes_on = _forward(padded, lengths)
    return _backward(finals, closed, goes_on, lengths)


def _forward(
    padded: Scores, lengths: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
    """The last tag of each text; for each word the best closed tag before it, and whether I beats B there."""
    longest, texts, _ = padded.shape
    rows = np.arange(texts)
    closed = np.zeros((longest, texts), np.int64)
    goes_on = np.zeros((longest, texts, _KINDS), np.bool_)
    finals = np.zeros(texts, np.int64)
    best = padded[0].copy()
    best[:, _ANEW:] = -np.inf
    for word in range(longest):
        if word:
            closed[word] = _CLOSED[best[:, _CLOSED].argmax(axis=1)]
            goes_on[word] = best[:, _INSIDE] > best[:, _BEGUN]
            still_open = np.maximum(best[:, _INSIDE], best[:, _BEGUN])
            now = padded[word].copy()
            now[:, :_ANEW] += best[rows, closed[word]][:, None]
            now[:, _INSIDE] += still_open
            now[:, _LAST] += still_open
            best = now
        ended = lengths == word + 1
        finals[ended] = _CLOSED[best[ended][:, _CLOSED].argmax(axis=1)]
    return finals, closed, goes_on


def _backward(
    finals: NDArray[np.int64],
    closed: NDArray[np.int64],
    goes_on: NDArray[np.bool_],
    lengths: NDArray[np.int64],
) -> list[list[int]]:
    """From the last tag of each text back to its first."""
    longest, texts = closed.shape
    rows = np.arange(texts)
    found = np.zeros((texts, longest), np.int64)
    tag = finals
    for word in range(longest - 1, -1, -1):
        tag = np.where(lengths == word + 1, finals, tag)
        found[:, word] = tag
        label = (tag - 1) % _KINDS
        opened = 1 + label + goes_on[word, rows, label] * (_INSIDE.start - _BEGUN.start)
        tag = np.where(tag < _ANEW, closed[word], opened)
    return [found[index, :length].tolist() for index, length in enumerate(lengths)]
