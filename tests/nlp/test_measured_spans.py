"""Where a text states quantities and times."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.entity_texts import own_texts
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
    "7×24小时不间断": "@7×24小时",
    "2023-2025年": "@2023-2025年",
    "2022-2023学年": "@2022-2023学年",
    "2023－2025年实施": "@2023－2025年",
    "印刷2000-2050册": "2000-2050册",
    "5月中旬完成": "@5月中旬",
    "一季度末": "@一季度末",
    "五年内完成": "",
    "12月4日前后": "@12月4日前后",
    "每年1月底前": "@每年1月底前",
    "次月10日前支付": "@次月10日前",
    "9:00-17:00开放": "@9:00-17:00",
    "1、完成培训": "",
    "1.满意度": "",
    "（1）满意度": "",
    "1.5万元": "1.5万元",
    "5G基站": "",
    "4K 大屏、3D 打印": "",
    "1+X证书": "",
    "2/3以上": "2/3以上",
    "85%（含）—95%得10分": "85%（含）—95% 10分",
    "超过预算5%": "超过预算5%",
    "购置彩超1台": "1台",
    "满意度超95%": "超95%",
    "节约5万元": "5万元",
    "不高于2019年": "@2019年",
    "《市志（1986—2005）》编纂": "",
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


def test_grammar_does_not_contradict_the_marked_texts() -> None:
    found = wrong = 0
    for text in own_texts():
        marks = {(start, end, label) for start, end, label in text.entities}
        for span in measured_spans(text.text):
            found += 1
            wrong += (span.start, span.end, "TIME" if span.is_time else "QUANTITY") not in marks
    assert found > 500 and wrong < 0.01 * found


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
