"""All pairs of texts that are alike, of more texts than fit into memory (内存放不下的全部相似对).

The answer is that of `alike_pairs`. The texts are read once; their sets, then the parts of the join
(`nlp/pair_partitions.py`) lie in a temporary folder, which is removed whatever happens.
"""

import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from nlp.all_pairs import AlikePairs, check_threshold
from nlp.letter_sets import within
from nlp.long_pairs import may_be_long
from nlp.pair_index import LONGEST, ShortKeys, codes_of, count_keys, no_keys
from nlp.pair_partitions import BYTES_A_KEY, BYTES_A_LETTER, PartFiles, distribute, join_part
from nlp.short_pairs import Share
from nlp.spilled_texts import Rarity, SpilledTexts
from ontology.errors import OutputError, os_reason

_Ints: TypeAlias = npt.NDArray[np.int64]

LEAST_MEMORY = 128 << 20
"""Bytes without which the join does not begin: its tables and blocks need about so much."""
JoinStep = Literal["reading", "counting", "writing", "joining"]
JoinProgress: TypeAlias = Callable[[JoinStep, int, int | None], None]
"""Called with a step, how much of it is done, and of how much (None: not known yet)."""

_MOST_PARTS = 1024
_BYTES_A_LETTER_OF_LONG = 220


def alike_pairs_on_disk(
    texts: Iterable[str],
    threshold: float,
    *,
    memory: int = 1 << 30,
    folder: Path | None = None,
    progress: JoinProgress | None = None,
) -> Iterator[AlikePairs]:
    """Given texts, return in blocks what `alike_pairs` returns, in another order.

    `memory` is about how many bytes the join may take beside the interpreter, at least 128 MiB; a text
    needs one of them whatever the limit, and the longest text must fit. The disk of `folder` (default:
    that for temporary files) needs some 200 bytes a letter. Long texts (more than 48 letter pairs) are
    joined in pieces, every two of them: their time grows with the square of the pieces.
    Raises OutputError if the disk is full.
    """
    check_threshold(threshold)
    if memory < LEAST_MEMORY:
        raise ValueError(f"memory must be at least {LEAST_MEMORY} bytes, not {memory}")
    told = progress or (lambda _step, _done, _total: None)
    try:
        temporary = tempfile.TemporaryDirectory(prefix="jixiao-pairs-", dir=folder)
    except OSError as error:
        raise OutputError(f"临时文件夹建不起来（{os_reason(error)}）；请检查磁盘空间和权限") from error
    with temporary as name:
        spilled = SpilledTexts(Path(name))
        # A block's keys are sorted in memory, and of texts that need many keys fewer make a block.
        a_letter = 300 + BYTES_A_KEY * count_keys(LONGEST, threshold) // LONGEST
        for count in spilled.spill(texts, memory // (2 * a_letter)):
            told("reading", count, None)
        for first, again in spilled.repeats(memory // 150):
            yield AlikePairs(first, again, np.ones(len(again)))
        rarity = _counted(spilled, memory, told)
        parts, long = _written(spilled, rarity, threshold, memory, told)
        yield from _joined(parts, long, threshold, memory, told)


def _counted(spilled: SpilledTexts, memory: int, told: JoinProgress) -> Rarity:
    """How rare the letter pairs are."""
    rarity = Rarity(min(22, (memory >> 6).bit_length() - 1))
    for block in spilled.blocks:
        rarity.count(spilled.kept(block)[2])
        told("counting", block.first + block.texts, spilled.count)
    return rarity


def _written(
    spilled: SpilledTexts, rarity: Rarity, threshold: float, memory: int, told: JoinProgress
) -> tuple[list[PartFiles], PartFiles]:
    """The parts of the join, each of about so much memory, and the texts that long ones may be like."""
    counts = _sizes_counted(spilled)
    parts = _parts(counts, threshold, memory)
    files = [PartFiles(spilled.folder, str(at), Share(at, parts)) for at in range(parts)]
    long = PartFiles(spilled.folder, "long")
    has_long = len(counts) > LONGEST + 1
    for block in spilled.blocks:
        numbers, sizes, pairs = spilled.kept(block)
        values = rarity.ordered(sizes, pairs)
        codes = codes_of(values)
        keys = ShortKeys(sizes, np.cumsum(sizes) - sizes, codes.__getitem__, threshold)
        distribute(files, numbers, sizes, values, keys.together())
        if has_long:
            _write_long(long, numbers, sizes, values, threshold)
        told("writing", block.first + block.texts, spilled.count)
    (spilled.folder / "pairs").unlink(missing_ok=True)
    return files, long


def _sizes_counted(spilled: SpilledTexts) -> _Ints:
    """How many texts there are of each size, from 0 up to the largest."""
    counts = np.zeros(1, dtype=np.int64)
    for block in spilled.blocks:
        found = np.bincount(spilled.kept(block)[1])
        counts = np.pad(counts, (0, max(0, len(found) - len(counts))))
        counts[: len(found)] += found
    return counts


def _parts(counts: _Ints, threshold: float, memory: int) -> int:
    """How many parts fit into memory one by one, if each key needs a copy of its text's set."""
    cost = sum(
        int(count) * count_keys(size, threshold) * (size * BYTES_A_LETTER + BYTES_A_KEY)
        for size, count in enumerate(counts[: LONGEST + 1].tolist())
        if count
    )
    return min(_MOST_PARTS, 1 + cost // (memory // 2))


def _write_long(long: PartFiles, numbers: _Ints, sizes: _Ints, values: _Ints, threshold: float) -> None:
    chosen = np.flatnonzero(may_be_long(sizes, threshold))
    starts = np.cumsum(sizes) - sizes
    letters = np.repeat(starts[chosen], sizes[chosen]) + within(sizes[chosen])
    long.write(numbers[chosen], sizes[chosen], values[letters], no_keys())


def _joined(
    files: list[PartFiles], long: PartFiles, threshold: float, memory: int, told: JoinProgress
) -> Iterator[AlikePairs]:
    for done, file in enumerate((*files, long)):
        is_long = file is long
        a_letter = _BYTES_A_LETTER_OF_LONG if is_long else BYTES_A_LETTER
        for part in file.parts(memory // 2, a_letter):
            yield from join_part(part, threshold, is_long=is_long)
        file.remove()
        told("joining", done + 1, len(files) + 1)
