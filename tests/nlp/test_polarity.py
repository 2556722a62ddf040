"""Which way is better, from what is printed, the value's sign, or the words."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.polarity import PolarityReading, read_polarity
from nlp.polarity_words import ENDINGS
from nlp.target_value import parse_target_value
from ontology.model import Polarity

CASES = [
    ("培训人次", "≥100人次", None, Polarity.POSITIVE),
    ("单位成本", "≤3万元", None, Polarity.NEGATIVE),
    ("单位成本", "≥3万元", "反向指标", Polarity.NEGATIVE),
    ("温度", "18℃-22℃", None, Polarity.NEUTRAL),
    ("投诉率", "0", None, Polarity.NEGATIVE),
    ("安全事故发生次数", "0次", None, Polarity.NEGATIVE),
    ("资金拨付及时率", "100%", None, Polarity.POSITIVE),
    ("服务对象满意度", "95%", None, Polarity.POSITIVE),
    ("公共服务水平", "持续提升", None, Polarity.POSITIVE),
    ("水质污染", "明显下降", None, Polarity.NEGATIVE),
    ("降低行政成本", "有效", None, Polarity.NEGATIVE),
    ("完成时间", "2023年12月底前", None, Polarity.NEGATIVE),
    ("信息化水平", "较好", None, None),
    ("提升质量、降低成本", "有效", None, Polarity.NEGATIVE),
    ("收支变化", "有增加也有减少", None, None),
    # a negation before a word turns it, or leaves nothing said
    ("不合格率", "5%", None, Polarity.NEGATIVE),
    ("未达标率", "0", None, Polarity.NEGATIVE),
    ("未按时完成率", "5%", None, Polarity.NEGATIVE),
    ("未按规定时间完成率", "3%", None, Polarity.NEGATIVE),
    ("无投诉率", "100%", None, Polarity.POSITIVE),
    ("零差错率", "100%", None, Polarity.POSITIVE),
    ("无安全事故发生率", "100%", None, None),
    ("非成本", "1", None, None),
    ("不增加财政支出", "达成", None, Polarity.NEGATIVE),
    ("财政支出", "不增加财政支出", None, Polarity.NEGATIVE),
    ("群众负担", "未增加群众负担", None, Polarity.NEGATIVE),
    ("服务标准", "不降低", None, Polarity.POSITIVE),
    ("服务标准", "未改善", None, None),
    ("化肥使用量", "零增长", None, None),
    ("避免增加群众负担", "有效", None, Polarity.NEGATIVE),
    ("防止耕地减少", "有效", None, None),
    # words that only begin like a negation, or that negate something else
    ("服务水平", "不断提升", None, Polarity.POSITIVE),
    ("不良事件发生率", "0", None, Polarity.NEGATIVE),
    ("未成年人参与率", "90%", None, Polarity.POSITIVE),
    ("非遗保护覆盖率", "100%", None, Polarity.POSITIVE),
    ("不合格样品处置完成率", "100%", None, Polarity.POSITIVE),
    # a name that measures a rise or a fall
    ("能耗下降率", "5%", None, Polarity.POSITIVE),
    ("能耗下降率", "≥5%", None, Polarity.POSITIVE),
    ("三公经费压减率", "5%", None, Polarity.POSITIVE),
    ("成本节约率", "10%", None, Polarity.POSITIVE),
    ("投诉件降幅", "5%", None, Polarity.POSITIVE),
    ("满意度下降率", "1%", None, Polarity.NEGATIVE),
    ("投诉增长率", "5%", None, Polarity.NEGATIVE),
    ("产值增长率", "6%", None, Polarity.POSITIVE),
    ("三公经费支出增长率", "3%", None, None),
    ("污染治理投资增长率", "5%", None, None),
    ("对降低能耗的促进程度", "明显", None, None),
    # a number beside a fall may count the fall or what is left
    ("降低单位成本", "5万元", None, None),
    ("减少污水直排口", "14个", None, None),
    ("节约用水", "45万立方米", None, Polarity.POSITIVE),
    ("降低事故发生率", "0", None, Polarity.NEGATIVE),
    ("能耗", "下降5%", None, None),
    ("能耗", "下降", None, Polarity.NEGATIVE),
    # an aim that makes no sense with the name
    ("投诉率", "100%", None, None),
    ("产值增长率", "0", None, None),
    ("满意度", "下降", None, None),
    ("投诉率（%）", "5", None, Polarity.NEGATIVE),
    # what is dealt with is good, what goes wrong is bad
    ("违法建筑拆除率", "100%", None, Polarity.POSITIVE),
    ("矛盾纠纷化解率", "95%", None, Polarity.POSITIVE),
    ("信访积案化解率", "95%", None, Polarity.POSITIVE),
    ("退役士兵安置率", "100%", None, Polarity.POSITIVE),
    ("命案破案率", "100%", None, Polarity.POSITIVE),
    ("案件结案率", "90%", None, Polarity.POSITIVE),
    ("黑臭水体消除率", "100", None, Polarity.POSITIVE),
    ("隐患整改率", "100%", None, Polarity.POSITIVE),
    ("拖欠工资清偿率", "100%", None, Polarity.POSITIVE),
    ("事故死亡人数", "0", None, Polarity.NEGATIVE),
    ("事故受伤人数", "3人", None, Polarity.NEGATIVE),
    ("群众越级上访率", "0", None, Polarity.NEGATIVE),
    ("重复信访率", "5%", None, Polarity.NEGATIVE),
    ("适龄儿童失学率", "0", None, Polarity.NEGATIVE),
    ("预算超支率", "5%", None, Polarity.NEGATIVE),
    ("工资拖欠率", "0", None, Polarity.NEGATIVE),
    ("新增违建率", "0", None, Polarity.NEGATIVE),
    ("未整改率", "5%", None, Polarity.NEGATIVE),
    ("违建拆除率", "0", None, None),
    ("上访率", "100%", None, None),
    ("逾期完成率", "5%", None, None),
    ("逾期率", "5%", None, Polarity.NEGATIVE),
    # what the steps of a rule cost
    ("培训次数", "每减少1次扣2分", None, Polarity.POSITIVE),
    ("培训次数", "每增加1次加1分", None, Polarity.POSITIVE),
    ("投诉次数", "每增加1次扣1分", None, Polarity.NEGATIVE),
    ("投诉次数", "每减少1次加1分", None, Polarity.NEGATIVE),
    ("完成时间", "每超1天扣1分", None, Polarity.NEGATIVE),
    ("完成情况", "每超1天扣1分", None, None),
    ("工作质量", "每发现1次不合格扣1分", None, None),
    ("满意度", "每增加1起投诉扣1分", None, Polarity.POSITIVE),
    ("培训次数", "每减少1次扣2分，每增加1次扣1分", None, None),
    ("投诉次数", "每减少1次扣1分", None, None),
    ("验收合格率", "完成10分，未完成0分", None, Polarity.POSITIVE),
]


@pytest.mark.parametrize(("name", "printed_value", "printed_polarity", "expected"), CASES)
def test_polarity(
    name: str, printed_value: str, printed_polarity: str | None, expected: Polarity | None
) -> None:
    value = parse_target_value(printed_value, fiscal_year=2023)
    reading = read_polarity(name, value, printed_value=printed_value, printed_polarity=printed_polarity)
    assert (reading.polarity if reading else None) == expected
    assert reading is None or reading.reason


def read(name: str, printed_value: str) -> PolarityReading | None:
    value = parse_target_value(printed_value, fiscal_year=2023)
    return read_polarity(name, value, printed_value=printed_value)


@pytest.mark.parametrize(
    ("name", "printed_value", "reason"),
    [
        ("流失率", "2%", "指标是“流失率”"),
        ("办理时限", "3天", "指标是“办理时限”"),
        ("完成时间", "2023年12月底前", "指标值是期限"),
        ("食品抽检不合格率", "5%", "指标是“不合格率”"),
        ("能耗下降率", "5%", "指标数的是“下降率”"),
        ("培训次数", "每减少1次扣2分", "评分规则说“每减少1次扣”"),
        ("投诉率", "≥5%", "指标值有下限（但指标是“投诉率”，方向相反，请核对）"),
        ("减少投诉率", "≥5%", "指标值有下限"),
        ("能耗", "下降5%以上", "指标值有下限"),
    ],
)
def test_the_reason_says_what_decides(name: str, printed_value: str, reason: str) -> None:
    reading = read(name, printed_value)
    assert reading is not None
    assert reading.reason == reason


ENDS = st.sampled_from(sorted(ENDINGS))
SIGNS = st.sampled_from(["≥", "≤", ">", "<", "不少于", "不超过"])
VALUES = st.sampled_from(["5%", "100%", "0", "3次", "有效", "全面完成", "完成10分，未完成0分"])


@given(ENDS, st.sampled_from(["不", "未", "无", "零", "非", "没有", "未按时", "不能及时", "未有效"]), VALUES)
def test_a_negated_name_is_never_what_the_bare_one_is(word: str, negation: str, printed_value: str) -> None:
    bare, negated = read(word, printed_value), read(negation + word, printed_value)
    assert bare is None or negated is None or bare.polarity is not negated.polarity


@given(
    st.sampled_from(["增加", "提高", "降低", "减少", "改善", "缓解"]),
    st.sampled_from(["不", "未", "没有明显"]),
)
def test_a_negated_movement_is_never_what_the_bare_one_is(word: str, negation: str) -> None:
    for name, printed_value in (("情况", f"{{}}{word}"), (f"{{}}{word}支出", "有效")):
        bare = read(name.format(""), printed_value.format(""))
        negated = read(name.format(negation), printed_value.format(negation))
        assert bare is not None
        assert negated is None or bare.polarity is not negated.polarity


@given(ENDS, SIGNS, st.sampled_from(["5%", "100%", "3次", "20万元"]))
def test_the_sign_decides_and_the_reason_tells_where_the_name_says_the_opposite(
    word: str, sign: str, amount: str
) -> None:
    reading = read(word, sign + amount)
    expected = Polarity.POSITIVE if sign in ("≥", ">", "不少于") else Polarity.NEGATIVE
    assert reading is not None
    assert reading.polarity is expected
    assert ("方向相反" in reading.reason) == (ENDINGS[word] is not expected)


@given(st.sampled_from(CASES), st.sampled_from([" ", "　", "\n"]))
def test_width_and_blanks_make_no_difference(
    case: tuple[str, str, str | None, Polarity | None], blank: str
) -> None:
    name, printed_value, _, _ = case
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in name)
    assert read(f"{blank}{wide[:2]}{blank}{wide[2:]}", f"{blank}{printed_value}") == read(name, printed_value)


@given(st.text(), st.text(alphabet="不未无零每少多扣加得减分增长下降率投诉满意度0123456789%≥≤"))
def test_every_text_has_an_answer(name: str, printed_value: str) -> None:
    assert read(name, printed_value) == read(name, printed_value)


@pytest.mark.parametrize("piece", ["不", "未按时", "每少", "每少1次扣1分，", "下降率", "(", "无", "避免增加"])
def test_long_texts_take_no_time(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    value = parse_target_value(text)
    start = time.process_time()
    read_polarity(text, value, printed_value=text)
    assert time.process_time() - start < 20
