"""How fast disclosures are read and the graph is built, where the time goes, and how it grows.

    python benchmarks/read_and_build.py [--documents 1000]

The documents are made from examples/: most units and numbers and many names differ from one to the next, so
that no cache answers for all of another document. Machines differ and are noisy: each figure also
stands as a ratio to a baseline of the same run, the plain decoding of the same files into lines.
"""

import argparse
import random
import re
import resource
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.table import Table

from app.builder import build_workspace
from app.pipeline import interpret_reading
from app.workspace import open_workspace
from graph.build import build_graph
from graph.store import open_store
from ingest.encoding import decode_text
from ingest.read_text import bytes_to_document
from ingest.reading import read_document, read_targets
from ingest.text_lines import text_to_lines

EXAMPLES = Path(__file__).parents[1] / "examples"
SYLLABLES = "青泉云岭石桥松溪白沙金田东湖长宁安平永丰新河双江南山北川"
_NUMBER = re.compile(r"(?<![\d.年月])[1-9]\d{1,3}(?![\d年月.])")
_WORDS = ("设备", "维护", "培训", "建设", "宣传", "管理")
_WORD = re.compile(rf"(?<=[\u4e00-\u9fff])(?:{'|'.join(_WORDS)})")


def vary(text: str, number: int) -> str:
    """Another document of the same layout: other places, other numbers, other words in the names."""
    rng = random.Random(number)
    place = "".join(rng.choices(SYLLABLES, k=2))
    text = text.replace("澜岫", place).replace("砚清", place[::-1]).replace("杳溪", f"{place[0]}溪")
    text = _NUMBER.sub(
        lambda m: str(max(10, int(m[0]) + rng.randint(-9, 9))) if rng.random() < 0.7 else m[0], text
    )
    words = {word: rng.choice(SYLLABLES) + word for word in _WORDS}
    return _WORD.sub(lambda m: words[m[0]], text)


def make_documents(folder: Path, count: int) -> list[Path]:
    """Write so many documents, the layouts of the examples in turn."""
    sources = sorted(path for path in EXAMPLES.iterdir() if path.suffix in (".txt", ".md"))
    texts = [path.read_text("utf-8") for path in sources]
    paths = []
    for number in range(count):
        source = sources[number % len(sources)]
        path = folder / f"{number:05}_{source.name}"
        path.write_text(vary(texts[number % len(sources)], number), "utf-8")
        paths.append(path)
    return paths


class Clock:
    """Adds up the seconds of each step."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        self.seconds[name] += time.perf_counter() - start


def time_steps(paths: Sequence[Path], folder: Path, clock: Clock) -> int:
    """The road of load_document, step by step; returns the number of indicators."""
    indicators = 0
    with open_workspace(folder) as workspace, open_store(workspace.graph_file) as store:
        for path in paths:
            with clock.step("基线：读字节、解码、分行"):
                text_to_lines(decode_text(path.read_bytes(), file=path.name).text)
            with clock.step("读文件，分表"):
                document = read_document(path)
            with clock.step("找目标，读目标"):
                reading = read_targets(document)
            with clock.step("解读，校验"):
                disclosure = interpret_reading(reading)
            with clock.step("写记录"):
                workspace.save_records(disclosure)
            with clock.step("建图"):
                batch = build_graph(disclosure)
            with clock.step("写图"):
                store.write(batch, run_id="benchmark")
            with clock.step("清理旧图"):
                store.delete_stale(disclosure.id, run_id="benchmark")
            indicators += sum(len(target.indicators) for target in disclosure.targets)
        with clock.step("发布"):
            store.publish()
    return indicators


def print_steps(clock: Clock, documents: int, indicators: int) -> None:
    base = clock.seconds.pop("基线：读字节、解码、分行")
    total = sum(clock.seconds.values())
    table = Table("步骤", "秒", "占比", "相对基线")
    for name, seconds in sorted(clock.seconds.items(), key=lambda item: -item[1]):
        table.add_row(name, f"{seconds:.2f}", f"{seconds / total:.1%}", f"{seconds / base:.1f} 倍")
    console = Console()
    console.print(table)
    console.print(
        f"{documents} 份文件，{indicators} 条指标，{total:.1f} 秒：每秒 {documents / total:.1f} 份、"
        f"{indicators / total:.0f} 条；基线 {base:.2f} 秒，全程是它的 {total / base:.0f} 倍"
    )


def print_growth_of_document() -> None:
    """Time per line of one document that holds the same example once, 4, 16 and 64 times."""
    table = Table(
        "版式", "1 倍", "4 倍", "16 倍", "64 倍", title="一份文件加长时，每份示例用的时间（相对 4 倍时）"
    )
    for path in sorted(path for path in EXAMPLES.iterdir() if path.suffix in (".txt", ".md")):
        text = path.read_text("utf-8")
        per_copy = []
        for copies in (1, 4, 16, 64):
            data = "\n\n".join(vary(text, number) for number in range(copies)).encode()
            start = time.perf_counter()
            interpret_reading(read_targets(bytes_to_document(data, file=path.name)))
            per_copy.append((time.perf_counter() - start) / copies)
        table.add_row(path.stem, *(f"{seconds / per_copy[1]:.2f}" for seconds in per_copy))
    Console().print(table)


def print_growth_of_number(paths: Sequence[Path], folder: Path) -> None:
    """Time per document of builds of 1/8, 1/4, 1/2 and all of the documents."""
    table = Table(
        "文件数", "秒", "每份毫秒", "相对最少时", title="文件增多时，每份文件用的时间（整个 build）"
    )
    first = 0.0
    for share in (8, 4, 2, 1):
        part = paths[: len(paths) // share]
        start = time.perf_counter()
        build_workspace(part, folder / f"build{share}", track=iter)
        seconds = time.perf_counter() - start
        each = seconds / len(part)
        first = first or each
        table.add_row(str(len(part)), f"{seconds:.2f}", f"{each * 1000:.1f}", f"{each / first:.2f}")
    Console().print(table)
    print_building_again(paths, folder / "build1", seconds)


def print_building_again(paths: Sequence[Path], workspace: Path, first: float) -> None:
    """Time of building again where nothing, one file, or one file's absence changed."""
    table = Table("再次 build", "秒", "相对第一次")
    one = paths[len(paths) // 2]
    whole = one.read_bytes()
    for name, data in (
        ("都没有变", whole),
        ("改了一份", whole + "\n（更新）\n".encode()),
        ("少了一份", None),
    ):
        if data is None:
            one.unlink()
        else:
            one.write_bytes(data)
        start = time.perf_counter()
        build_workspace([one.parent], workspace, track=iter)
        seconds = time.perf_counter() - start
        table.add_row(name, f"{seconds:.2f}", f"{seconds / first:.3f}")
    Console().print(table)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=1000)
    count = parser.parse_args().documents
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "documents").mkdir()
        paths = make_documents(folder / "documents", count)
        clock = Clock()
        indicators = time_steps(paths, folder / "steps", clock)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print_steps(clock, count, indicators)
        Console().print(f"内存峰值 {peak:.0f} MB")
        print_growth_of_number(paths, folder)
        print_growth_of_document()


if __name__ == "__main__":
    main()
