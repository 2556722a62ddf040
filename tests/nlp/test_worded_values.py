"""Values in words, unknown and empty ones, and what looks like a value at all."""

import pytest

from nlp.target_value import looks_like_value, parse_target_value
from ontology.model import TargetValue, ValueKind

WORDS = [
    "优",
    "良好",
    "优良中低差",
    "定性",
    "长期",
    "永久",
    "上升",
    "逐步提升",
    "基本满意以上",
    "增长,永久保存",
    "按期出访",
    "重大信息第一时间上报",
    "节约会议费",
    "不高于上年度",
    "不高于2020年",
    "≤预算",
    "全年",
    "常年",
    "中长期",
    "国家一级",
    "一级",
    "一次性",
    "无重大安全事故",
    "零容忍",
    "保障24小时值班",
    "24小时值守，全年无休",
    "完成2021年度工作任务",
    "国家5A级景区",
    "达到国家标准GB/T2260",
    "2021年水电费",
    "2023年5月1日起施行",
    "前三季度",
    "春节前",
    "促进互联网+大督查工作的持续开展",
    "多次",
    "≥Ⅲ类",
]

UNKNOWN = [
    "三期",
    "≥",
    "%",
    "次",
    "≤万元",
    "≥XX%",
    "≥**%",
    "XX",
    "√",
    "1/3",
    "1:1",
    "100 50",
    "12,34",
    "1,0001",
    "前10%",
    "不为0",
    "1e5",
    "5w元",
    "≥95%以下",
    "≥2-3天",
    "90%-80%",
    "省级5个，市级10个",
    "上半年完成50%，下半年完成50%",
    "整个政府大楼及72辆公务用车的安全",
    "不超过预算的5%",
    "指标1：95%",
    "90分以上为优秀",
    "9" * 40 + "个",
]

EMPTY = ["", " ", "\n", "　", "-", "--", "—", "——", "/", "…", "。", "（ ）", "不适用", "N/A", "\u200b"]


@pytest.mark.parametrize("printed", WORDS)
def test_words_are_qualitative(printed: str) -> None:
    assert parse_target_value(printed, fiscal_year=2021) == TargetValue(kind=ValueKind.QUALITATIVE)


@pytest.mark.parametrize("printed", UNKNOWN)
def test_no_number_is_taken_from_what_the_grammar_does_not_read(printed: str) -> None:
    assert parse_target_value(printed, fiscal_year=2021) == TargetValue(kind=ValueKind.UNKNOWN)


@pytest.mark.parametrize("printed", EMPTY)
def test_nothing_is_empty(printed: str) -> None:
    assert parse_target_value(printed, fiscal_year=2021) == TargetValue(kind=ValueKind.EMPTY)


@pytest.mark.parametrize(
    "text",
    [
        "≥95%",
        "50个",
        "100",
        "2023年12月底完成",
        "3万元以内",
        "不少于90次",
        "优",
        "良好",
        "合格",
        "及时",
        "提高",
        "有效",
        "显著提升",
        "长期",
        "80%-90%",
        "完成10分，未完成0分",
        "及时、准确",
        "基本满意以上",
        "12月31日前",
        "每月15日前",
        "零事故",
        "≥95%，及时",
        "优良中低差",
        "6月底前完成编纂印刷任务",
    ],
)
def test_value_cells_look_like_values(text: str) -> None:
    assert looks_like_value(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "会议计划执行率",
        "保障机要工作顺利进行",
        "服务对象满意度",
        "满意度≥95%",
        "培训人数",
        "完成时间",
        "产出指标",
        "保障24小时值班",
        "下乡调研",
        "元/册",
        "%",
        "2019年办件2万余件",
        "节约会议费",
    ],
)
def test_names_do_not_look_like_values(text: str) -> None:
    assert not looks_like_value(text)
