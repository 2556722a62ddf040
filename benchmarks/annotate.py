"""How many indicator texts a second are annotated (标注速度), beside plain segmenting.

    python benchmarks/annotate.py [--texts N]

Two inputs: distinct texts, and texts of which one in a hundred is new, as a corpus of copied indicators
has them. The baseline is plain jieba cutting the same texts into words, which is a small part of the
work; rjieba, its Rust port, is shown where it is installed.
"""

import argparse
import random
import time
from collections.abc import Callable, Iterable

import jieba
from rich.console import Console
from rich.table import Table

from nlp.annotate import Annotator
from nlp.entity_texts import own_texts

PLACES = ("东", "南", "西", "北", "中", "上", "下", "新", "老", "大")


def main() -> None:
    """Annotate, segment, and print texts a second with their ratio to plain jieba."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--texts", type=int, default=20_000, metavar="N")
    count = parser.parse_args().texts
    distinct = distinct_texts(count)
    repeated = repeated_texts(distinct, count)
    jieba.initialize()
    list(Annotator().annotate(["预热"]))
    table = Table(title=f"{count} 条文本，每秒条数（相对 jieba）")
    for heading in ("", "各不相同", "百分之一是新的"):
        table.add_column(heading, justify="left" if not heading else "right")
    baseline = [rate(_cut, texts) for texts in (distinct, repeated)]
    table.add_row("jieba 只分词", *(f"{found:,.0f}" for found in baseline))
    try:
        import rjieba
    except ModuleNotFoundError:
        table.add_row("rjieba 只分词", "没有安装", "")
    else:
        table.add_row(
            "rjieba 只分词",
            *_shown(lambda texts: [rjieba.cut(t) for t in texts], distinct, repeated, baseline),
        )
    table.add_row("annotate", *_shown(_annotate, distinct, repeated, baseline))
    Console().print(table)


def _cut(texts: Iterable[str]) -> list[list[str]]:
    return [jieba.lcut(text) for text in texts]


def _annotate(texts: Iterable[str]) -> int:
    """A new annotator has seen nothing yet; the pipeline it uses is loaded once."""
    return sum(len(annotation.entities) for annotation in Annotator().annotate(texts))


def _shown(
    work: Callable[[Iterable[str]], object], distinct: list[str], repeated: list[str], baseline: list[float]
) -> list[str]:
    rates = [rate(work, texts) for texts in (distinct, repeated)]
    return [f"{found:,.0f}（{found / base:.2f}）" for found, base in zip(rates, baseline, strict=True)]


def rate(work: Callable[[Iterable[str]], object], texts: list[str]) -> float:
    """Texts a second of some work."""
    start = time.perf_counter()
    work(texts)
    return len(texts) / (time.perf_counter() - start)


def distinct_texts(count: int) -> list[str]:
    """Texts like those of disclosures, no two alike: the project's own, with other places before them."""
    texts = [text.text for text in own_texts()]
    order = random.Random(0)
    found: dict[str, None] = {}
    while len(found) < count:
        place = "".join(order.choices(PLACES, k=3))
        found[f"{place}县{order.choice(texts)}"] = None
    return list(found)


def repeated_texts(distinct: list[str], count: int) -> list[str]:
    """Texts of which one in a hundred stands there for the first time."""
    order = random.Random(1)
    few = distinct[: max(1, count // 100)]
    return [*few, *order.choices(few, k=count - len(few))]


if __name__ == "__main__":
    main()
