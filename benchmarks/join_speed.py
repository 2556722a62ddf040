"""The join of all alike pairs and its rivals (连接与同类工具), each measured in a process of its own.

So each has its own peak of memory, and one that takes too long or too much ends without the others.
"""

import multiprocessing
import resource
import time
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmarks.generated_indicators import texts
from nlp.all_pairs import AlikePairs, alike_pairs
from nlp.normal_form import concept_of, distinct_forms
from nlp.pairs_on_disk import alike_pairs_on_disk

THRESHOLD = 0.8
PERMUTATIONS = 128
ON_DISK_MEMORY = 512 << 20
_MOST_MINUTES = 8
_MOST_MEMORY = 12 << 30
_NEAR = 0.85


class Measured(NamedTuple):
    """What one way of joining took for so many texts, and what it found of the pairs there are."""

    texts: int
    distinct: int
    seconds: float
    pairs: int
    recall: float
    recall_near: float
    """Of the pairs whose similarity is least above the threshold."""
    peak: float
    """MB, all of the process."""


Work = Callable[[int, Path], Measured]


def measured(work: Work, count: int, exact: Path) -> Measured | None:
    """Run it in a process of its own; None if it takes too long or too much memory."""
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_run, args=(sender, work, count, exact))
    process.start()
    sender.close()
    try:
        return receiver.recv() if receiver.poll(_MOST_MINUTES * 60) else None
    except EOFError:
        return None
    finally:
        process.kill()
        process.join()


def in_memory(count: int, exact: Path) -> Measured:
    """The join in memory; the pairs are kept for the others to be compared with."""
    printed = list(texts(count))
    start = time.perf_counter()
    some = distinct_forms(printed)
    found = list(alike_pairs(some, THRESHOLD))
    pairs = AlikePairs(*(np.concatenate(column) for column in zip(*found, strict=True)))
    seconds = time.perf_counter() - start
    np.savez(exact, one=pairs.one, other=pairs.other, similarity=pairs.similarity)
    return Measured(count, len(some), seconds, len(pairs.one), 1.0, 1.0, _peak())


def on_disk(count: int, exact: Path) -> Measured:
    """The join on disk of texts that are never in memory together; equal ones are joined too."""
    del exact
    start = time.perf_counter()
    forms = (form for form in map(concept_of, texts(count)) if form)
    pairs = again = 0
    for block in alike_pairs_on_disk(forms, THRESHOLD, memory=ON_DISK_MEMORY):
        pairs += len(block.one)
        again += int((block.similarity == 1.0).sum())
    seconds = time.perf_counter() - start
    return Measured(count, count - again, seconds, pairs, 1.0, 1.0, _peak())


def datasketch(count: int, exact: Path) -> Measured:
    """MinHash LSH with the threshold as its only setting."""
    from datasketch import MinHash, MinHashLSH

    lsh = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)

    def found(some: list[str]) -> Iterator[tuple[int, Iterable[int]]]:
        for number, text in enumerate(some):
            hashed = MinHash(num_perm=PERMUTATIONS)
            hashed.update_batch([pair.encode() for pair in letter_pairs(text)])
            yield number, lsh.query(hashed)
            lsh.insert(number, hashed)

    return _rival(count, exact, found)


def rensa(count: int, exact: Path) -> Measured:
    """RMinHash LSH in 17 bands of 8: 1 - (1 - 0.8 ** 8) ** 17 = 0.956 of the pairs of similarity 0.8."""
    from rensa import RMinHash, RMinHashLSH

    lsh = RMinHashLSH(threshold=THRESHOLD, num_perm=136, num_bands=17)

    def found(some: list[str]) -> Iterator[tuple[int, Iterable[int]]]:
        for number, text in enumerate(some):
            hashed = RMinHash(num_perm=136, seed=42)
            hashed.update(letter_pairs(text))
            yield number, lsh.query(hashed)
            lsh.insert(number, hashed)

    return _rival(count, exact, found)


def letter_pairs(text: str) -> list[str]:
    """Every two neighbouring letters; one letter stands for itself."""
    return [text[at : at + 2] for at in range(len(text) - 1)] or [text]


def _rival(
    count: int, exact: Path, work: Callable[[list[str]], Iterator[tuple[int, Iterable[int]]]]
) -> Measured:
    """Its candidates are counted, not checked, and not kept: there can be more than memory holds."""
    kept = np.load(exact)
    near = kept["similarity"] < _NEAR
    pairs = set(zip(kept["one"].tolist(), kept["other"].tolist(), strict=True))
    nearest = set(zip(kept["one"][near].tolist(), kept["other"][near].tolist(), strict=True))
    printed = list(texts(count))
    start = time.perf_counter()
    some = distinct_forms(printed)
    candidates = 0
    hits: list[tuple[int, int]] = []
    for number, others in work(some):
        mine = [(other, number) for other in others]
        candidates += len(mine)
        hits += [pair for pair in mine if pair in pairs]
    seconds = time.perf_counter() - start
    recall, recall_near = (len(part.intersection(hits)) / max(1, len(part)) for part in (pairs, nearest))
    return Measured(count, len(some), seconds, candidates, recall, recall_near, _peak())


def _run(sender: Connection, work: Work, count: int, exact: Path) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    sender.send(work(count, exact))


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
