"""How well planted relations are found, and how fast every pair of alike texts (关系和相似对).

    python benchmarks/relations.py [--texts 1000000] [--growth] [--rivals]

--rivals runs datasketch's and rensa's MinHash LSH over the same texts in the same run; install them
first (pip install datasketch rensa). Recall is measured against comparing every two texts.
"""

import argparse
import resource
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations

from rich.console import Console
from rich.table import Table

from benchmarks.generated_indicators import planted, texts
from nlp.all_pairs import alike_pairs
from nlp.normal_form import concept_of
from nlp.relate import IndicatorText, relate
from ontology.model import Relation

CONSOLE = Console()
THRESHOLD = 0.8
PERMUTATIONS = 128
_BRUTE = 3000
_PLANTED = 2500


def main() -> None:
    """Print every table asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=1_000_000)
    parser.add_argument("--growth", action="store_true")
    parser.add_argument("--rivals", action="store_true")
    asked = parser.parse_args()
    _planted()
    _recall()
    _speed(asked.texts, rivals=asked.rivals)
    if asked.growth:
        _growth((100_000, 1_000_000, 3_000_000))


def _planted() -> None:
    """Precision and recall of each planted relation."""
    found: Counter[tuple[Relation, Relation]] = Counter()
    start = time.perf_counter()
    for pair in planted(_PLANTED):
        said = relate(IndicatorText(name=pair.one), IndicatorText(name=pair.other)).relation
        found[pair.relation, said] += 1
    seconds = time.perf_counter() - start
    table = Table(
        "关系", "召回率", "准确率", title=f"植入的 {4 * _PLANTED:,} 对，每秒 {4 * _PLANTED / seconds:,.0f} 对"
    )
    for relation in Relation:
        planted_ = sum(found[relation, other] for other in Relation)
        said_ = sum(found[other, relation] for other in Relation)
        right = found[relation, relation]
        table.add_row(relation.value, f"{right / planted_:.4f}", f"{right / max(1, said_):.4f}")
    CONSOLE.print(table)


def _recall() -> None:
    """The join against comparing every two texts."""
    some = _distinct(texts(_BRUTE * 3, seed=5))[:_BRUTE]
    for threshold in (0.5, THRESHOLD):
        brute = _brute_force(some, threshold)
        joined = _pairs(some, threshold)
        CONSOLE.print(
            f"{len(some):,} 条文本，相似度 ≥ {threshold}：逐对比较 {len(brute):,} 对，"
            f"连接 {len(joined):,} 对，召回率 {len(brute & joined) / max(1, len(brute)):.4f}，"
            f"多出 {len(joined - brute)} 对"
        )


def _speed(count: int, *, rivals: bool) -> None:
    """Texts a second from printed text to every alike pair, beside the rivals on the same texts."""
    printed = list(texts(count))
    start = time.perf_counter()
    some = _distinct(printed)
    normal = time.perf_counter() - start
    pairs, seconds = _timed(lambda: _pairs(some, THRESHOLD))
    total = normal + seconds
    table = Table("方法", "秒", "条/秒", "对", "召回率", "倍数", title=f"{count:,} 条，{len(some):,} 条不同")
    table.add_row(
        "jixiao（精确）", f"{total:.1f}", f"{count / total:,.0f}", f"{len(pairs):,}", "1.0000", "1.0"
    )
    if rivals:
        for name, rival in (("datasketch", _datasketch), ("rensa", _rensa)):
            found, seconds = _timed(lambda rival=rival: rival(some))  # type: ignore[misc]
            kept = {pair for pair in found if pair in pairs}
            table.add_row(
                name, f"{normal + seconds:.1f}", f"{count / (normal + seconds):,.0f}", f"{len(found):,}",
                f"{len(kept) / max(1, len(pairs)):.4f}", f"{(normal + seconds) / total:.1f}",
            )  # fmt: skip
    CONSOLE.print(table)
    CONSOLE.print(f"内存最多 {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


def _growth(counts: Sequence[int]) -> None:
    """Time a text as the texts grow."""
    table = Table("条", "不同", "秒", "微秒/条", "内存（MB）", title="随规模增长")
    for count in counts:
        printed = list(texts(count))
        start = time.perf_counter()
        some = _distinct(printed)
        _pairs(some, THRESHOLD)
        seconds = time.perf_counter() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        table.add_row(
            f"{count:,}", f"{len(some):,}", f"{seconds:.1f}", f"{seconds / count * 1e6:.1f}", f"{peak:,.0f}"
        )
    CONSOLE.print(table)


def _distinct(printed: Iterable[str]) -> list[str]:
    forms = map(concept_of, printed)
    return list(dict.fromkeys(form for form in forms if form))


def _pairs(some: Sequence[str], threshold: float) -> set[tuple[int, int]]:
    found: set[tuple[int, int]] = set()
    for block in alike_pairs(some, threshold):
        found.update(zip(block.one.tolist(), block.other.tolist(), strict=True))
    return found


def _letter_pairs(text: str) -> list[str]:
    return [text[at : at + 2] for at in range(len(text) - 1)] or [text]


def _brute_force(some: Sequence[str], threshold: float) -> set[tuple[int, int]]:
    sets = [frozenset(_letter_pairs(text)) for text in some]
    return {
        (one, other)
        for one, other in combinations(range(len(some)), 2)
        if len(sets[one] & sets[other]) >= threshold * len(sets[one] | sets[other]) - 1e-9
    }


def _datasketch(some: Sequence[str]) -> set[tuple[int, int]]:
    """MinHash LSH with the threshold as its only setting."""
    from datasketch import MinHash, MinHashLSH

    lsh = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
    found: set[tuple[int, int]] = set()
    for number, text in enumerate(some):
        hashed = MinHash(num_perm=PERMUTATIONS)
        hashed.update_batch([pair.encode() for pair in _letter_pairs(text)])
        found.update((other, number) for other in lsh.query(hashed))
        lsh.insert(number, hashed)
    return found


def _rensa(some: Sequence[str]) -> set[tuple[int, int]]:
    """RMinHash LSH in bands of four, its candidates unchecked: recall ≥ 0.95 at a similarity of 0.8."""
    from rensa import RMinHash, RMinHashLSH

    lsh = RMinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS, num_bands=PERMUTATIONS // 4)
    found: set[tuple[int, int]] = set()
    for number, text in enumerate(some):
        hashed = RMinHash(num_perm=PERMUTATIONS, seed=42)
        hashed.update(_letter_pairs(text))
        found.update((other, number) for other in lsh.query(hashed))
        lsh.insert(number, hashed)
    return found


def _timed(work: Callable[[], set[tuple[int, int]]]) -> tuple[set[tuple[int, int]], float]:
    start = time.perf_counter()
    found = work()
    return found, time.perf_counter() - start


if __name__ == "__main__":
    main()
