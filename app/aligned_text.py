"""Where a text stands in a cell (对齐): printed, it may be broken into pieces."""

from collections import Counter
from collections.abc import Hashable, Sequence
from difflib import Match, SequenceMatcher
from itertools import takewhile

LEAST_LETTERS = 2
"""Letters together by which a cell is known to hold a part of a text."""
_BETWEEN = 4
"""Letters that may stand between two pieces of a text (达到, a value's own heading)."""
_MOST_LOOKS = 50_000_000
"""Looks at pairs of equal letters that may be needed to align two texts: within a second."""
_LOOKS_BY_LETTER = 8
"""What it takes to go on by a letter, in such looks."""
_HEAD = 20
"""Letters by which a text that is too long to align is found where it goes on in the next rows."""


def letters_of(text: str) -> str:
    """A text without the spaces and line ends that a narrow column leaves in it."""
    return "".join(text.split())


def stretch_of(letters: str, wanted: str) -> tuple[int, int]:
    """From where to where a text stands whose pieces lie near each other, with small words between.

    The whole cell, where the two are too long to align.
    """
    if not is_soon_aligned(letters, wanted):
        return 0, len(letters)
    matcher = SequenceMatcher(None, letters, wanted, autojunk=False)
    longest = matcher.find_longest_match()
    start, end = longest.a, longest.a + longest.size
    blocks = [block for block in matcher.get_matching_blocks() if block.size >= LEAST_LETTERS]
    for block in blocks:
        if end <= block.a <= end + _BETWEEN:
            end = block.a + block.size
    for block in reversed(blocks):
        if start - _BETWEEN <= block.a + block.size <= start:
            start = block.a
    return start, end


def longest_block(letters: str, wanted: str) -> Match:
    """The most of a text that stands together in a cell; of long ones its beginning, or all of the cell."""
    if not is_soon_aligned(letters, wanted):
        at, from_ = letters.find(wanted[:_HEAD]), wanted.find(letters)
        if from_ >= 0 or at < 0:
            return Match(0, max(from_, 0), len(letters) if from_ >= 0 else 0)
        equal = takewhile(lambda pair: pair[0] == pair[1], zip(letters[at:], wanted, strict=False))
        return Match(at, 0, sum(1 for _ in equal))
    return SequenceMatcher(None, letters, wanted, autojunk=False).find_longest_match()


def is_soon_aligned(one: Sequence[Hashable], other: Sequence[Hashable]) -> bool:
    """Whether two texts can be aligned, letter by letter or word by word, while a reader waits.

    What takes long is what both repeat: the aligner looks at each pair of equal ones, for each piece anew.
    """
    often = Counter(other)
    looks = _LOOKS_BY_LETTER * len(one) + sum(count * often[own] for own, count in Counter(one).items())
    return looks * min(len(one), len(other)) <= _MOST_LOOKS
