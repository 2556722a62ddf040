"""Where a text states quantities and times."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.measured_spans import measured_spans

CASES = {
    "走访不少于90次": "不少于90次",
    "控制率在3万元以内": "在3万元以内",
    "维护时间在 2021 年内": "@2021 年内",
    "培训 2 万余人次": "2 万余人次",
    "参训 300 人次左右": "300 人次左右",
    "全部完成15分，完成80%以上10分": "15分 80%以上 10分",
    "2500元*3人*6月=45000元": "2500元*3人*6月=45000元",
    "80%-90%得6分": "80%-90% 6分",
    "每人每年625元": "每人每年625元",
    "每月一次例会": "@每月一次",
    "每季度通报": "@每季度",
    "2023年12月底前完成": "@2023年12月底前",
    "2019.01—2020.03前完成": "@2019.01—2020.03前",
    "年底前办结": "@年底前",
    "24小时值守": "@24小时",
    "24小时内答复": "24小时内",
    "48小时内解决": "48小时内",
    "365天/3人": "365天/3人",
    "7×24小时": "7×24小时",
    "≤60元/人·餐": "≤60元/人·餐",
    "IPV6 改造": "",
    "第3批物资": "",
    "2号楼维修": "",
    "合格率达 95 %": "95 %",
}


@pytest.mark.parametrize(("text", "expected"), CASES.items())
def test_quantities_and_times(text: str, expected: str) -> None:
    found = [f"{'@' if span.is_time else ''}{text[span.start : span.end]}" for span in measured_spans(text)]
    assert " ".join(found) == expected


@given(st.text(alphabet="0123456789年月日前内底每次个万元%≥不少于.,*-~ /（）小时第一二"))
def test_spans_stand_in_the_text_and_do_not_overlap(text: str) -> None:
    end = 0
    for span in measured_spans(text):
        assert end <= span.start < span.end <= len(text)
        assert text[span.start : span.end].strip() == text[span.start : span.end]
        end = span.end


@pytest.mark.parametrize(
    "piece", ["1", "1*", "1元/", "1-", "2023年", "每", "1 ", "万", "≥", "1月", "20", "在1", "("]
)
def test_long_text_takes_time_in_proportion(piece: str) -> None:
    def seconds(length: int) -> float:
        text = (piece * length)[:length]
        times = []
        for _ in range(3):
            start = time.perf_counter()
            measured_spans(text)
            times.append(time.perf_counter() - start)
        return min(times)

    seconds(100)
    assert seconds(20_000) < 60 * max(seconds(1_000), 0.002)
