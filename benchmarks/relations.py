"""How well planted relations are found, and how fast every pair of alike texts (关系和相似对).

    python benchmarks/relations.py [--texts 1000000] [--growth] [--rivals] [--out-of-core 10000000]

--rivals runs datasketch's and rensa's MinHash LSH over the same texts in the same run; install them
first (pip install datasketch rensa). Recall is measured against comparing every two texts.
"""

import argparse
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.generated_indicators import planted, texts
from benchmarks.join_speed import (
    ON_DISK_MEMORY,
    THRESHOLD,
    Measured,
    Work,
    datasketch,
    in_memory,
    letter_pairs,
    measured,
    on_disk,
    rensa,
)
from nlp.all_pairs import alike_pairs
from nlp.normal_form import distinct_forms
from nlp.relate import IndicatorText, relate
from ontology.model import Relation

CONSOLE = Console()
_BRUTE = 3000
_PLANTED = 2500


def main() -> None:
    """Print every table asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=1_000_000)
    parser.add_argument("--growth", action="store_true")
    parser.add_argument("--rivals", action="store_true")
    parser.add_argument("--out-of-core", type=int, metavar="TEXTS", help="the join on disk of so many texts")
    asked = parser.parse_args()
    _planted()
    _recall()
    with tempfile.TemporaryDirectory() as folder:
        exact = Path(folder) / "exact.npz"
        _speed(asked.texts, exact, rivals=asked.rivals)
        if asked.growth:
            _growth(in_memory, (100_000, 1_000_000, 3_000_000), exact, "随规模增长")
        if asked.out_of_core:
            title = f"在磁盘上，内存限 {ON_DISK_MEMORY >> 20} MB（相同的文本也连，时间包括生成）"
            _growth(on_disk, (asked.out_of_core,), exact, title)


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
    some = distinct_forms(texts(_BRUTE * 3, seed=5))[:_BRUTE]
    for threshold in (0.5, THRESHOLD):
        brute = _brute_force(some, threshold)
        joined = _pairs(some, threshold)
        CONSOLE.print(
            f"{len(some):,} 条文本，相似度 ≥ {threshold}：逐对比较 {len(brute):,} 对，"
            f"连接 {len(joined):,} 对，召回率 {len(brute & joined) / max(1, len(brute)):.4f}，"
            f"多出 {len(joined - brute)} 对"
        )


def _speed(count: int, exact: Path, *, rivals: bool) -> None:
    """Texts a second from printed text to every alike pair, beside the rivals on the same texts."""
    ways: dict[str, Work] = {"jixiao（精确）": in_memory}
    if rivals:
        ways |= {"datasketch": datasketch, "rensa": rensa}
    table = Table("方法", "秒", "条/秒", "对", "召回率", "0.8–0.85 召回率", "倍数", "内存（MB）")
    first: Measured | None = None
    for name, way in ways.items():
        found = measured(way, count, exact)
        if found is None:
            table.add_row(name, "太久或太大")
            continue
        first = first or found
        table.title = f"{count:,} 条，{found.distinct:,} 条不同"
        table.add_row(
            name, f"{found.seconds:.1f}", f"{count / found.seconds:,.0f}", f"{found.pairs:,}",
            f"{found.recall:.4f}", f"{found.recall_near:.4f}", f"{found.seconds / first.seconds:.1f}",
            f"{found.peak:,.0f}",
        )  # fmt: skip
    CONSOLE.print(table)


def _growth(way: Work, counts: Sequence[int], exact: Path, title: str) -> None:
    """Time a text as the texts grow, and how many times that of the fewest."""
    table = Table("条", "不同", "对", "秒", "微秒/条", "倍数", "内存（MB）", title=title)
    least: float | None = None
    for count in counts:
        found = measured(way, count, exact)
        if found is None:
            table.add_row(f"{count:,}", "太久或太大")
            continue
        each = found.seconds / count * 1e6
        least = least or each
        table.add_row(
            f"{count:,}", f"{found.distinct:,}", f"{found.pairs:,}", f"{found.seconds:.1f}",
            f"{each:.2f}", f"{each / least:.2f}", f"{found.peak:,.0f}",
        )  # fmt: skip
    CONSOLE.print(table)


def _pairs(some: Sequence[str], threshold: float) -> set[tuple[int, int]]:
    found: set[tuple[int, int]] = set()
    for block in alike_pairs(some, threshold):
        found.update(zip(block.one.tolist(), block.other.tolist(), strict=True))
    return found


def _brute_force(some: Sequence[str], threshold: float) -> set[tuple[int, int]]:
    sets = [frozenset(letter_pairs(text)) for text in some]
    return {
        (one, other)
        for one, other in combinations(range(len(some)), 2)
        if len(sets[one] & sets[other]) >= threshold * len(sets[one] | sets[other]) - 1e-9
    }


if __name__ == "__main__":
    main()
