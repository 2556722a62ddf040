"""The join on disk finds what the join in memory finds, within its memory, and leaves nothing behind."""

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp import pairs_on_disk
from nlp.all_pairs import AlikePairs, alike_pairs
from nlp.pairs_on_disk import alike_pairs_on_disk
from ontology.errors import OutputError

Found = dict[tuple[int, int], float]

_BASE = "".join(chr(0x4E00 + number * number % 997) for number in range(200))


def as_dict(blocks: Iterator[AlikePairs]) -> Found:
    """The pairs with their similarity; a pair that comes twice is a mistake."""
    found: Found = {}
    for block in blocks:
        for one, other, alike in zip(
            block.one.tolist(), block.other.tolist(), block.similarity.tolist(), strict=True
        ):
            assert one < other and (one, other) not in found
            found[one, other] = alike
    return found


def on_disk(texts: list[str], threshold: float, memory: int) -> Found:
    """With less memory than is allowed, so that few texts make many parts, and a part many pieces."""
    with patch.object(pairs_on_disk, "LEAST_MEMORY", 0):
        return as_dict(alike_pairs_on_disk(iter(texts), threshold, memory=memory))


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.text(alphabet="资金支付拨及时率群\x00a1", max_size=12),
            st.tuples(st.integers(0, 60), st.integers(25, 140)).map(lambda cut: _BASE[cut[0] : sum(cut)]),
        ),
        max_size=30,
    ),
    st.sampled_from([0.2, 0.6, 0.8, 1.0]),
    st.sampled_from([1_000, 4_000, 20_000, 1 << 27]),
)
def test_the_answer_is_that_of_the_join_in_memory(texts: list[str], threshold: float, memory: int) -> None:
    assert on_disk(texts, threshold, memory) == as_dict(alike_pairs(texts, threshold))


def test_a_letter_pair_that_stands_everywhere_is_joined_in_pieces() -> None:
    texts = [f"率率{chr(0x4E00 + number)}" for number in range(300)]
    assert len(on_disk(texts, 0.3, 200_000)) == 300 * 299 // 2


def test_equal_texts_far_apart_are_paired_with_the_first_of_them_only() -> None:
    texts = ["资金支付率", *(f"{number}号路灯" for number in range(500))] * 3
    assert on_disk(texts, 1.0, 20_000) == as_dict(alike_pairs(texts, 1.0))


def test_progress_is_told_step_by_step(tmp_path: Path) -> None:
    told: list[tuple[str, int, int | None]] = []
    texts = (f"{number}号路灯" for number in range(1000))
    list(alike_pairs_on_disk(texts, 0.8, folder=tmp_path, progress=lambda *step: told.append(step)))
    assert [*dict.fromkeys(step for step, _, _ in told)] == ["reading", "counting", "writing", "joining"]
    assert ("reading", 1000, None) in told
    assert all(total is None or done <= total for _, done, total in told)


def _texts_that_fail() -> Iterator[str]:
    yield "资金支付率"
    raise RuntimeError("这一份读不了")


def test_the_temporary_folder_is_removed_whatever_happens(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="读不了"):
        list(alike_pairs_on_disk(_texts_that_fail(), 0.8, folder=tmp_path))
    assert list(tmp_path.iterdir()) == []
    given_up = alike_pairs_on_disk(["资金支付率", "资金支付率", "资金拨付率"], 0.2, folder=tmp_path)
    next(given_up)
    assert len(list(tmp_path.iterdir())) == 1
    assert isinstance(given_up, Iterator)
    given_up.close()  # type: ignore[attr-defined]
    assert list(tmp_path.iterdir()) == []
    list(alike_pairs_on_disk(["资金支付率", "资金拨付率"], 0.2, folder=tmp_path))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("written", [0, 1, 3, 5])
def test_a_full_disk_is_told_in_one_sentence(tmp_path: Path, written: int) -> None:
    opened = Path.open
    count = 0

    def full(path: Path, mode: str = "r", *args: Any, **named: Any) -> IO[Any]:
        nonlocal count
        if mode == "ab":
            count += 1
            if count > written:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return opened(path, mode, *args, **named)

    texts = ["资金支付率", "资金拨付率"]
    with patch.object(Path, "open", full), pytest.raises(OutputError, match=r"^临时文件写不进 .*磁盘已满"):
        list(alike_pairs_on_disk(texts, 0.2, folder=tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="不存在"):
        list(alike_pairs_on_disk(["率"], 0.8, folder=tmp_path / "没有"))


@pytest.mark.parametrize(("threshold", "memory"), [(0.0, 1 << 30), (1.1, 1 << 30), (0.8, 1 << 20)])
def test_limits_that_mean_nothing_are_refused(threshold: float, memory: int) -> None:
    with pytest.raises(ValueError, match="must be"):
        list(alike_pairs_on_disk(["率"], threshold, memory=memory))


_MEASURED = """
import random, resource, sys
from nlp.pairs_on_disk import alike_pairs_on_disk

def near():
    drawn = random.Random(1)
    letters = [chr(0x4E00 + number) for number in range(33)]
    for number in range(8_000):
        yield "".join(drawn.choices(letters, k=8)) + "苗木补植资金使用合规率达到标准要求"

def texts():
    drawn = random.Random(1)
    letters = [chr(0x4E00 + number) for number in range(3000)]
    for number in range(100_000):
        yield "".join(drawn.choices(letters, k=20))

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024

list(alike_pairs_on_disk(["率"], 0.6))
before = peak()
chosen, threshold = (near(), 0.6) if sys.argv[1] == "near" else (texts(), 0.7)
for block in alike_pairs_on_disk(chosen, threshold, memory=128 << 20):
    pass
print(peak() - before)
"""


@pytest.mark.parametrize("which", ["far", "near"], ids=["few candidates", "candidates in millions"])
def test_memory_stays_within_its_limit(which: str) -> None:
    command = [sys.executable, "-c", _MEASURED, which]
    said = subprocess.run(command, capture_output=True, text=True, check=True)
    assert int(said.stdout) <= 128
