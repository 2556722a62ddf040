"""Class labels inside text (分级文字): where they part it, and how long that takes."""

from collections.abc import Callable
from functools import partial
from time import perf_counter

import pytest

from ingest.document import Cell, Row
from ingest.levels import find_level_labels
from ingest.sentence_targets import read_sentences
from ingest.stream import stream_to_forms


def shortest_time(run: Callable[[], object]) -> float:
    times = []
    for _ in range(3):
        start = perf_counter()
        run()
        times.append(perf_counter() - start)
    return min(times)


def read_table(text: str) -> None:
    stream_to_forms([Row((Cell(text, 1, 0),), line=1)])


def read_prose(text: str) -> None:
    read_sentences([Row((Cell(text, 1, 0),), line=1)])


HEADINGS = "一级指标{}二级指标 三级指标 指标值 产出指标 数量指标 路灯 ≥5盏"
SENTENCE = "甲路灯项目绩效目标为更换路灯{}，数量指标：路灯≥5盏；质量指标：合格率≥9%；时效指标：及时率≥9%。"


@pytest.mark.parametrize("read", [find_level_labels, read_table, read_prose])
@pytest.mark.parametrize("text", ["填报单位{}日期", "（{}）", HEADINGS, SENTENCE])
def test_ten_times_the_spaces_take_about_ten_times_as_long(text: str, read: Callable[[str], object]) -> None:
    short, long = (shortest_time(partial(read, text.format(" " * spaces))) for spaces in (400, 4000))
    assert long <= 30 * max(short, 0.0005)
