"""Class labels inside text (分级文字): where they part it, and how long that takes."""

from collections.abc import Callable
from functools import partial
from time import perf_counter

import pytest

from ingest.document import Cell, Row
from ingest.level_labels import find_level_labels
from ingest.levels import text_to_indicators
from ingest.read_text import bytes_to_document
from ingest.reading import read_targets
from ingest.sentence_targets import read_sentences
from ingest.stream import stream_to_forms
from ontology.model import Source


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


def indicators(text: str) -> list[tuple[str | None, str | None, str, str]]:
    found = text_to_indicators(text, source=Source(field="indicators", printed=text, line=1))
    return [(i.category, i.subcategory, i.name, i.printed_value) for i in found]


@pytest.mark.parametrize(
    ("passage", "name", "value"),
    [
        ("指导企业≥20家", "指导企业", "≥20家"),
        ("反映问题办结时限≤15天", "反映问题办结时限", "≤15天"),
        ("包括新增就业≥100人", "包括新增就业", "≥100人"),
        ("是否按时验收：是", "是否按时验收：是", ""),
    ],
)
def test_an_indicator_may_begin_like_an_explanation(passage: str, name: str, value: str) -> None:
    assert indicators(f"产出指标：数量指标：{passage}。效益指标：受益人口≥5千人。") == [
        ("output", "quantity", name, value),
        ("benefit", None, "受益人口", "≥5千人"),
    ]


@pytest.mark.parametrize("passage", ["是指预算安排要达到的产出数量", "指完成任务的多少", "等，详见附表"])
def test_an_explanation_is_no_indicator(passage: str) -> None:
    assert indicators(f"产出指标：数量指标：{passage}。效益指标：受益人口≥5千人。") == [
        ("benefit", None, "受益人口", "≥5千人")
    ]


def test_what_may_be_either_is_told_of_as_unread() -> None:
    text = "甲县路灯项目\n绩效目标：更新路灯。\n绩效指标：时效指标：反映问题办结及时。效益指标：受益≥5人。"
    issues = read_targets(bytes_to_document(text.encode(), file="notice.txt")).issues
    assert [(i.code, i.source.printed) for i in issues if i.source] == [("row-unread", "反映问题办结及时。")]


@pytest.mark.parametrize(
    ("text", "classes"),
    [
        # The second class of level one with a numbering of level two.
        ("一、产出指标（一）数量指标：路灯≥9盏。（二）效益指标：受益≥5人。", ["quantity", None]),
        # 四 behind 三, and 效益指标 has a place of its own below.
        (
            "一、产出指标（一）数量指标：路灯≥9盏。（二）质量指标：合格率≥9%。（三）时效指标：及时率≥9%。"
            "（四）效益指标：总成本≤5万元。二、效益指标：受益≥5人。",
            ["quantity", "quality", "timeliness", "outputCost", None],
        ),
    ],
)
def test_only_a_plain_misprint_is_read_as_another_class(text: str, classes: list[str | None]) -> None:
    assert [subcategory for _, subcategory, _, _ in indicators(text)] == classes
