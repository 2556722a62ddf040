"""Running text becomes claims: what is measured, and what is aimed at."""

import time

import pytest

from nlp.claims import Claim, read_claim, split_claims
from nlp.value_spans import value_spans
from nlp.value_words import AFTER, BEFORE, SYMBOLS

CASES = {
    "巡查合格率不得低于95%": ("巡查合格率", "不得低于95%"),
    "单次成本不超5000元": ("单次成本", "不超5000元"),
    "培训人数不足100人": ("培训人数", "不足100人"),
    "总成本不突破100万元": ("总成本", "不突破100万元"),
    "使用年限不短于3年": ("使用年限", "不短于3年"),
    "投诉率低于或等于5%": ("投诉率", "低于或等于5%"),
    "参训人数最少100人": ("参训人数", "最少100人"),
    "受益人数接近1万人": ("受益人数", "接近1万人"),
    "完成时间不迟于6月30日": ("完成时间", "不迟于6月30日"),
    "完成时间不晚于2023年12月底": ("完成时间", "不晚于2023年12月底"),
    "成本限定在100万元": ("成本", "限定在100万元"),
    "成本控制在100万元以内": ("成本", "100万元以内"),
    "满意度达到95%": ("满意度", "95%"),
    "补助发放率百分之百": ("补助发放率", "百分之百"),
    "增长率5%（不含）以上": ("增长率", "5%（不含）以上"),
    "2023年12月底完成": ("完成时间", "2023年12月底完成"),
    "按月巡查，2023年底前完成": ("按月巡查", "2023年底前完成"),
    "温度保持稳定": ("温度保持稳定", ""),
}


@pytest.mark.parametrize(("text", "expected"), CASES.items())
def test_a_claim_is_a_name_and_its_value(text: str, expected: tuple[str, str]) -> None:
    assert read_claim(text) == Claim(*expected)


def test_no_word_that_binds_a_number_stays_with_the_name() -> None:
    for word in BEFORE:
        if word not in SYMBOLS:
            assert read_claim(f"巡查次数{word}5次") == Claim("巡查次数", f"{word}5次"), word
            assert value_spans(f"巡查次数{word}5次巡查") == [(4, 6 + len(word))], word
    for word in AFTER:
        printed = f"5{word}次" if word in ("余", "多") else f"5次{word}"
        assert word == "有余" or read_claim(f"巡查次数{printed}").name == "巡查次数", word


def test_several_claims_in_a_sentence() -> None:
    assert split_claims("下乡走访不少于90次、走访报告不少于30篇；群众满意度不得低于90%。") == (
        Claim("下乡走访", "不少于90次"),
        Claim("走访报告", "不少于30篇"),
        Claim("群众满意度", "不得低于90%"),
    )


@pytest.mark.parametrize("piece", ["1,", "1*", "1元/", "1-", "、1个", "达到1", "(1", "2023年", "不", "1 "])
def test_long_text_takes_time_in_proportion(piece: str) -> None:
    def seconds(count: int) -> float:
        text = piece * count + "x"
        times: list[float] = []
        for _ in range(3):
            # What was read before is remembered: each time is measured with another text.
            longer = f"{text}{len(times)}"
            start = time.perf_counter()
            split_claims(longer)
            value_spans(longer)
            times.append(time.perf_counter() - start)
        return min(times)

    seconds(100)
    assert seconds(8_000) < 40 * max(seconds(800), 0.005)
