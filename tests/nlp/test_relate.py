"""The relation of two indicators: what decides, why, and laws that hold for any text."""

import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp import relation_words
from nlp.normal_form import concept_of
from nlp.relate import IndicatorText, by_rules, may_be_paraphrases, relate
from ontology.errors import VocabularyError
from ontology.model import Relation

IDENTICAL, TEMPLATE = Relation.IDENTICAL, Relation.SAME_TEMPLATE
PARAPHRASE, DIFFERENT = Relation.PARAPHRASE, Relation.DIFFERENT


def item(text: str, context: str = "") -> IndicatorText:
    """An indicator written as 名称|指标值."""
    name, _, value = text.partition("|")
    return IndicatorText(name=name, printed_value=value, context=context)


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        # equal but for white space, width and punctuation
        ("图书 上架率|≥95%", "图书上架率。|≥95％", IDENTICAL),
        ("（一）路灯亮灯率|98%", "(一)路灯亮灯率|98%", IDENTICAL),
        ("|12万元", "|12 万元", IDENTICAL),
        # numbers and dates
        ("读者满意度|≥95%", "读者满意度|≥90%", TEMPLATE),
        ("读者满意度|≥95%", "读者满意度|", TEMPLATE),
        ("2023年6月30日前完成|100%", "2024年9月15日前完成|100%", TEMPLATE),
        ("每月巡查水库 4 次|", "每季度巡查水库 12 次|", TEMPLATE),
        ("15 万元|100%", "28.5 万元|100%", TEMPLATE),
        ("服务半径1.5公里|", "服务半径15公里|", TEMPLATE),
        # the project's own object, with a statement left over
        ("保障防汛工作顺利进行|", "保障普查工作顺利进行|", TEMPLATE),
        ("确保路灯正常运行|100%", "确保喷泉正常运行|100%", TEMPLATE),
        ("图书购置项目|12万元", "路灯改造项目|30万元", TEMPLATE),
        # the same in other words
        ("资金支付及时率|100%", "资金拨付及时率|≥95%", PARAPHRASE),
        ("群众满意度|≥90%", "社会公众满意度|≥90%", PARAPHRASE),
        ("提高服务水平|", "进一步提升服务水平|", PARAPHRASE),
        ("图书编目差错率|≤1%", "图书编目错误率|≤1%", PARAPHRASE),
        ("整理馆藏图书|3000册", "馆藏图书整理|3000册", PARAPHRASE),
        ("读者满意度|≥95%", "读者满意度|不低于95%", PARAPHRASE),
        ("年内完成|", "12月31日前完成|", PARAPHRASE),
        ("确保环保工作顺利进行|", "确保环境保护工作顺利进行|", PARAPHRASE),
        # alike, and not the same
        ("提升公共服务水平|", "降低公共服务水平|", DIFFERENT),
        ("读者满意度|≥95%", "读者满意度|≤95%", DIFFERENT),
        ("政务内网运行率|100%", "政务外网运行率|100%", DIFFERENT),
        ("巡查次数|≥12次", "培训次数|≥12次", DIFFERENT),
        ("图书编目合格率|≥95%", "图书编目差错率|≤5%", DIFFERENT),
        ("新增图书册数|≥300册", "新增图书费用|≤3万元", DIFFERENT),
        ("办公设备购置|≤20万元", "办公设备购置|≥15台", DIFFERENT),
        ("读者满意度|≥95%", "读者满意度|得到馆领导肯定", DIFFERENT),
        ("学生满意度|≥95%", "家长满意度|≥95%", DIFFERENT),
        ("慰问金节前发放率|100%", "慰问金节后发放率|100%", DIFFERENT),
        ("按时完成率|100%", "逾期完成率|0%", DIFFERENT),
        ("读者满意度不低于90%|", "读者满意度不高于90%|", DIFFERENT),
        # a bound beside the number, on either side of it
        ("服务时长不少于3天|", "服务时长不多于3天|", DIFFERENT),
        ("书屋服务半径500米以内|", "书屋服务半径500米以外|", DIFFERENT),
        ("3公里内书屋数量|", "3公里外书屋数量|", DIFFERENT),
        ("6月30日前发放借书证|", "6月30日后发放借书证|", DIFFERENT),
        ("6月30日前发放借书证|", "9月30日前发放借书证|", TEMPLATE),
        # opposites that stand elsewhere, in one letter, or behind a negation
        ("减少纸张消耗|", "纸张消耗增加|", DIFFERENT),
        ("年初完成盘点|", "年末完成盘点|", DIFFERENT),
        ("大班额比例|", "小班额比例|", DIFFERENT),
        ("降本增效|", "增本降效|", DIFFERENT),
        ("图书验收合格率|", "图书验收不合格率|", DIFFERENT),
        ("书籍无害化消毒率|", "书籍有害化消毒率|", DIFFERENT),
        ("不动产登记数|", "动产登记数|", DIFFERENT),
        ("图书丢失|无", "图书丢失|有", DIFFERENT),
        ("验收情况|合格", "验收情况|不合格", DIFFERENT),
        ("读者意见|零投诉", "读者意见|有投诉", DIFFERENT),
        ("不发生图书丢失|", "杜绝图书丢失|", PARAPHRASE),
        # the same two acts, each done to what the other does
        ("提升借阅量降低丢失量|", "降低借阅量提升丢失量|", DIFFERENT),
        ("提升借阅量降低丢失量|", "降低丢失量提升借阅量|", PARAPHRASE),
        ("城镇读者增加、农村读者减少|", "农村读者增加、城镇读者减少|", DIFFERENT),
        ("城镇读者增加、农村读者减少|", "农村读者减少、城镇读者增加|", PARAPHRASE),
        # only the faulty ones of what is counted
        ("逾期归还图书数|", "归还图书数|", DIFFERENT),
        ("重复登记人数|", "登记人数|", DIFFERENT),
        # what is measured, not only that it is a rate
        ("满意度|", "知晓率|", DIFFERENT),
        ("经费使用合规性|", "经费使用有效性|", DIFFERENT),
        ("平均借阅时间|", "借阅时间|", PARAPHRASE),
        ("借阅时间|", "修复时间|", DIFFERENT),
        ("受益读者人数|", "受益户数|", DIFFERENT),
        ("培训读者人数|", "培训读者人次|", DIFFERENT),
        ("书架使用年限|不少于20年", "书架完成时间|2023年12月15日前完成", DIFFERENT),
        ("盘点工作经费|≤3.2万元", "盘点工作情况|2024年10月底前完成", DIFFERENT),
        ("图书采购成本|≤30元/册", "图书采购成本|≤3万元", DIFFERENT),
        ("单册采购成本|≤30元/册", "单册采购成本|≤35元", TEMPLATE),
        # the marks of a number in a value
        ("书库温度|-5℃", "书库温度|5℃", TEMPLATE),
        ("开馆时间|9:00", "开馆时间|900", DIFFERENT),
        ("书库温度|≥ 5 ℃。", "书库温度|≥5℃", IDENTICAL),
        # a negation elsewhere does not turn an opposite back
        ("不断提升借阅水平，无投诉|", "降低借阅水平|", DIFFERENT),
        ("藏书面积不减少|", "藏书面积增加|", DIFFERENT),
        # denials that say the same, and those of one side only
        ("无图书丢失|", "杜绝图书丢失|", PARAPHRASE),
        ("未发生图书丢失|", "无图书丢失|", PARAPHRASE),
        ("零投诉|", "无投诉|", PARAPHRASE),
        ("借阅影响|有所提升", "借阅影响|不提升", DIFFERENT),
        ("读者投诉率|", "读者零投诉率|", DIFFERENT),
        # words for what is faulty, by what they say
        ("编目差错率|", "编目失误率|", PARAPHRASE),
        ("逾期图书归还率|", "超期图书归还率|", PARAPHRASE),
        ("提高效率、降低成本|", "降低效率、提高成本|", DIFFERENT),
        ("提高效率、降低成本|", "降低成本、提高效率|", PARAPHRASE),
        ("参保人数|", "断保人数|", DIFFERENT),
        ("上级资金到位率|", "本级资金到位率|", DIFFERENT),
        # one thing for another in a long statement, one of them the project's own
        ("推动古籍保管设备的标准化配置|", "推动期刊保管设备的标准化配置|", DIFFERENT),
        # done by a standard or as it should, with another object
        ("按接待标准报销|", "按培训标准报销|", TEMPLATE),
        ("保障护林防火工作顺利开展|", "保障安全生产工作顺利开展|", TEMPLATE),
        ("保障护林工作正常进行|", "普查工作正常进行|", TEMPLATE),
        ("数据安全保障机制|", "档案安全责任事故|", DIFFERENT),
        # the number of a document, of a batch
        ("按照财预〔2022〕15号文件执行|", "按照财预〔2023〕8号文件执行|", TEMPLATE),
        ("第一批苗木补植率|", "第二批苗木补植率|", TEMPLATE),
        # the whole year is meant where no time is named
        ("全年绿化费用|4万元以内", "绿化费用|2万元以内", TEMPLATE),
        # what does not happen, said by 0 and by a word; what is safe is not what does not happen
        ("溺水事故发生率|0%", "杜绝溺水事故发生|", PARAPHRASE),
        ("溺水事故发生率|5%", "杜绝溺水事故发生|", DIFFERENT),
        ("溺水事故发生率|0%", "杜绝溺水事故发生率|0%", DIFFERENT),
        ("停电投诉率|0", "无停电投诉|", PARAPHRASE),
        ("未整改问题数|0个", "整改问题数|0个", DIFFERENT),
        ("整改率|0%", "未整改率|", DIFFERENT),
        ("书库安全|", "无书库安全事故|", DIFFERENT),
        ("食品安全|", "食品安全未监管|", DIFFERENT),
        # who acts, and who is acted on
        ("投诉人满意度|", "被投诉人满意度|", DIFFERENT),
        ("抽查企业合格率|", "被抽查企业合格率|", DIFFERENT),
        # until when, in the name and in the value
        ("2024年9月底前全面完成|", "在规定的时间内完成（2024年9月底前）|", PARAPHRASE),
        ("2024年成本|", "2024年质量|", DIFFERENT),
        ("2024年12月底前完成苗木补植|", "苗木补植完成时间|2023年11月底前", PARAPHRASE),
        # an amount for a name
        ("苗木补植项目|20万元", "20 万元|100%", PARAPHRASE),
        ("苗木补植项目|20万元", "20万元|≥90%", DIFFERENT),
        ("超支金额|20万元", "20万元|", DIFFERENT),
        # values that turn each other round, that are equal, that say how much in words
        ("牧民收入|增长5%", "牧民收入|下降5%", DIFFERENT),
        ("门票收入|上升3%", "游客数|下降3%", DIFFERENT),
        ("苗木补助|500万元", "苗木补助|5000000元", PARAPHRASE),
        ("苗木补助|500万元", "苗木补助|500万", TEMPLATE),
        ("社会效益|显著", "社会效益|明显", PARAPHRASE),
        ("单项投资100万元以内|", "单项投资100万元以上|", DIFFERENT),
    ],
)
def test_two_indicators(one: str, other: str, relation: Relation) -> None:
    assert relate(item(one), item(other)).relation is relation
    assert relate(item(other), item(one)).relation is relation
    assert relation is not PARAPHRASE or may_be_paraphrases(item(one), item(other))


_WORDS = [
    "确保", "保障", "不", "无", "杜绝", "发生", "事故", "群众", "公众", "满意度", "完成", "完工", "时间",
    "率", "次数", "2024年", "12月底前", "青石县", "30个", "环保", "环境保护",
]  # fmt: skip
NAMES = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=5).map("".join)


VALUES = st.sampled_from(["", "≥95%", "12月底前", "0%", "0起", "≤0", "无", "20万元", "逐步完善"])


@settings(max_examples=600, deadline=None)
@given(NAMES, VALUES, NAMES, VALUES)
def test_the_quick_look_misses_no_paraphrase(one: str, value: str, other: str, other_value: str) -> None:
    pair = item(f"{one}|{value}"), item(f"{other}|{other_value}")
    assert by_rules(*pair).relation is not PARAPHRASE or may_be_paraphrases(*pair)


@settings(max_examples=300, deadline=None)
@given(NAMES, VALUES, NAMES, VALUES)
def test_the_order_of_two_indicators_changes_nothing(
    one: str, value: str, other: str, other_value: str
) -> None:
    pair = item(f"{one}|{value}"), item(f"{other}|{other_value}")
    assert relate(*pair).relation is relate(*pair[::-1]).relation


def test_the_quick_look_leaves_out_what_has_no_word_in_common() -> None:
    assert not may_be_paraphrases(item("道路维修|"), item("疫苗接种人次|"))


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("提升服务水平", "降低服务水平", "“提升”和“降低”相反"),
        ("读者满意度|≥95%", "读者满意度|≤95%", "一处的指标值是下限，另一处是上限"),
        ("巡查次数|12次", "培训次数|12次", "对象不同"),
        ("2023年6月底前完成", "2024年9月15日前完成", "只差时间"),
        ("", "", "没有可比的文字"),
    ],
)
def test_the_reason_says_what_decided(one: str, other: str, reason: str) -> None:
    assert reason in relate(item(one), item(other)).reason


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("提升服务水平", "降低服务水平", ("提升", "降低")),
        ("学生满意度", "家长满意度", ("学生", "家长")),
        ("保障防汛工作顺利进行", "保障普查工作顺利进行", ("防汛", "普查")),
        ("慰问金节前发放率", "慰问金节后发放率", ("节前", "节后")),
        ("图书编目合格率", "图书编目天数", ("率", "天数")),
        ("读者满意度不低于90%", "读者满意度不高于90%", ("不低于90%", "不高于90%")),
        ("巡查次数", "培训次数", ("巡查", "培训")),
    ],
)
def test_the_reason_quotes_the_two_sides_in_the_order_given(
    one: str, other: str, told: tuple[str, str]
) -> None:
    there, back = relate(item(one), item(other)), relate(item(other), item(one))
    assert there.relation is back.relation
    assert there.reason.index(f"“{told[0]}”") < there.reason.index(f"“{told[1]}”")
    assert back.reason.index(f"“{told[1]}”") < back.reason.index(f"“{told[0]}”")


def test_an_object_of_its_own_is_told_by_the_project() -> None:
    one, other = "推动草原监测装备标准化配置", "推动水文监测装备标准化配置"
    assert relate(item(one), item(other)).relation is DIFFERENT
    own = relate(item(one, "草原监测站运行"), item(other, "水文监测站运行"))
    assert own.relation is TEMPLATE
    assert [(found.one, found.other) for found in own.differences] == [("草原", "水文")]


def test_differences_keep_the_order_of_the_two() -> None:
    found = relate(item("保障防汛工作顺利进行"), item("保障普查工作顺利进行"))
    assert [(each.one, each.other) for each in found.differences] == [("防汛", "普查")]
    found = relate(item("保障普查工作顺利进行"), item("保障防汛工作顺利进行"))
    assert [(each.one, each.other) for each in found.differences] == [("普查", "防汛")]


@pytest.mark.parametrize("text", ["", " ", "。，；", "（）", "|", "\u3000\n", "\ud83d"])
def test_nothing_is_like_nothing(text: str) -> None:
    assert relate(item(text), item("。")).relation is DIFFERENT
    assert relate(item(text), item("群众满意度")).relation is DIFFERENT


@pytest.mark.parametrize("text", ["率", "7", "100", "A", "😀", "12-15", "IPv6 覆盖率 (Beta)"])
def test_odd_texts_are_only_like_themselves(text: str) -> None:
    assert relate(item(text), item(text)).relation is IDENTICAL
    assert relate(item(text), item("图书馆藏整理")).relation is DIFFERENT


def test_a_text_of_a_hundred_thousand_letters() -> None:
    long = "保障图书馆正常开放，" * 10_000
    assert relate(item(long), item(long)).relation is IDENTICAL
    assert relate(item(long), item(long + "完")).relation is not IDENTICAL


TEXTS = st.text(alphabet="保障提升降低群众读者满意度率次数完成及时图书路灯≥≤0123%年月底前，。 ", max_size=14)


@settings(max_examples=150, deadline=None)
@given(TEXTS, TEXTS)
def test_the_order_of_two_texts_changes_nothing(one: str, other: str) -> None:
    assert relate(item(one), item(other)).relation is relate(item(other), item(one)).relation


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_a_text_is_identical_to_itself_however_it_is_spaced(text: str) -> None:
    says_something = concept_of(text) is not None
    assert (relate(item(text), item(text)).relation is IDENTICAL) == says_something
    spaced = f" {text}。"
    assert (relate(item(text), item(spaced)).relation is IDENTICAL) == says_something


def test_the_own_object_stands_for_another_in_a_long_statement() -> None:
    one = item("推动古籍保管设备的标准化配置|", "古籍保管经费")
    assert relate(one, item("推动期刊保管设备的标准化配置|", "古籍保管经费")).relation is TEMPLATE


def test_the_words_that_say_the_same_are_named() -> None:
    found = relate(item("公众借阅意愿增强|"), item("群众借阅意愿增强|"))
    assert "“公众”" in found.reason
    assert "“群众”" in found.reason
    assert [{d.one, d.other} for d in found.differences] == [{"公众", "群众"}]


def declared_opposites() -> list[tuple[str, str]]:
    """Every two words of two letters and more that relation_words.toml calls opposites."""
    groups = tomllib.loads(relation_words.FILE.read_text("utf-8"))["antonyms"]
    pairs = {(left, right) for group in groups for left in group["left"] for right in group["right"]}
    return sorted(pair for pair in pairs if min(map(len, pair)) > 1)


@pytest.mark.parametrize(("one", "other"), declared_opposites())
def test_every_declared_opposite_turns_a_name_round(one: str, other: str) -> None:
    assert relate(item(f"书屋{one}"), item(f"书屋{other}")).relation is DIFFERENT


def test_opposites_are_declared_once_and_are_no_synonyms() -> None:
    twice = {"left": ["扩大"], "right": ["缩小"]}
    with pytest.raises(VocabularyError, match=r"“缩小”和“扩大”两次列为反义词，应只列一次$"):
        relation_words._opposites([twice, {"left": ["缩小"], "right": ["扩大"]}])
    with pytest.raises(VocabularyError, match=r"“提升”和“提高”既是同义词又是反义词$"):
        relation_words._opposites([{"left": ["提升"], "right": ["提高"]}])
