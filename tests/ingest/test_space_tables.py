"""Tables of a PDF's text: cells of several lines, labels beside the middle of their rows."""

import pytest

from ingest.space_runs import take_space_table
from ingest.text_lines import text_to_lines

HEAD = "      一级指标    二级指标      三级指标          指标值"


def read(*printed: str) -> list[tuple[str, ...]]:
    _, rows = take_space_table(text_to_lines("\n".join(printed)), 0)
    return [tuple(cell.text for cell in row.filled) for row in rows]


def test_labels_beside_the_middle_row_or_between_two() -> None:
    assert read(
        HEAD,
        "                                疏浚沟渠长度      ≥8公里",
        "                  数量指标",
        "                                更换闸门          =3座",
        "      产出指标    质量指标      验收合格率        100%",
        "                                完工时间          10月底前",
        "                  时效指标",
        "                                支付及时率        100%",
        "      效益指标    社会效益指标  受益农户          ≥90户",
    )[1:] == [
        ("产出指标", "数量指标", "疏浚沟渠长度", "≥8公里"),
        ("更换闸门", "=3座"),
        ("质量指标", "验收合格率", "100%"),
        ("时效指标", "完工时间", "10月底前"),
        ("支付及时率", "100%"),
        ("效益指标", "社会效益指标", "受益农户", "≥90户"),
    ]


def test_labels_beside_the_first_row_stay() -> None:
    assert read(
        HEAD,
        "      产出指标    数量指标      疏浚沟渠长度      ≥8公里",
        "                                更换闸门          =3座",
        "                                补种护坡草        ≥2亩",
        "                  质量指标      验收合格率        100%",
        "      效益指标    社会效益指标  受益农户          ≥90户",
    )[1:4] == [
        ("产出指标", "数量指标", "疏浚沟渠长度", "≥8公里"),
        ("更换闸门", "=3座"),
        ("补种护坡草", "≥2亩"),
    ]


def test_equally_near_the_class_of_the_rows_decides() -> None:
    rows = read(
        HEAD,
        "                  数量指标      疏浚沟渠长度      ≥8公里",
        "      产出指标    质量指标      验收合格率        100%",
        "                  时效指标      完工时间          10月底前",
        "                  成本指标      每公里造价        ≤3万元",
        "                  经济效益指标  节约水费          ≥2万元",
        "      效益指标    社会效益指标  受益农户          ≥90户",
        "                  生态效益指标  水面清洁程度      明显改善",
    )
    assert [row[0] for row in rows if row[0].endswith(("产出指标", "效益指标"))][:2] == [
        "产出指标",
        "效益指标",
    ]
    assert next(row for row in rows if "节约水费" in row)[0] == "效益指标"


@pytest.mark.parametrize(
    "lines",
    [
        (
            "      产出指标    数量指标      疏浚支斗农渠沟道  ≥8公里",
            "                                长度",
            "                  质量指标      验收合格率        100%",
        ),
        (
            "      产出指标    数量指标      疏浚支斗农渠沟道",
            "                                长度              ≥8公里",
            "                  质量指标      验收合格率        100%",
        ),
        (
            "                                疏浚支斗农渠沟道",
            "      产出指标    数量指标                        ≥8公里",
            "                                长度",
            "                  质量指标      验收合格率        100%",
        ),
    ],
)
def test_a_name_of_two_lines_with_its_value_beside_any(lines: tuple[str, ...]) -> None:
    more = "                  时效指标      完工时间          10月底前"
    assert read(HEAD, *lines, more)[1:] == [
        ("产出指标", "数量指标", "疏浚支斗农渠沟道\n长度", "≥8公里"),
        ("质量指标", "验收合格率", "100%"),
        ("时效指标", "完工时间", "10月底前"),
    ]


def test_a_name_without_value_is_a_row_where_the_name_above_had_room() -> None:
    rows = read(
        HEAD,
        "      产出指标    数量指标      疏浚沟渠          ≥8公里",
        "                                更换闸门",
        "                  质量指标      工程质量验收合格  100%",
    )
    assert rows[1:3] == [("产出指标", "数量指标", "疏浚沟渠", "≥8公里"), ("更换闸门",)]


@pytest.mark.parametrize("below", ["                         12", "                   项目支出绩效目标表"])
def test_a_page_number_or_the_next_title_ends_the_table(below: str) -> None:
    rows = read(
        HEAD,
        "      产出指标    数量指标      疏浚沟渠          ≥8公里",
        "                  质量指标      验收合格率        100%",
        "",
        below,
        "",
        "项目名称    灌区量水设施补建      年度金额      12.00",
    )
    assert len(rows) == 3


def test_two_pieces_of_a_line_never_share_a_column() -> None:
    assert read(
        "一级指标    二级指标    三级指标      符号  指标值  单位",
        "产出指标    数量指标    疏浚沟渠      ≥   3   公里",
        "            质量指标    验收合格率    ≥   95  %",
        "            时效指标    按期完成率    =   100  %",
        "效益指标    社会效益    受益农户      ≥   1200  户",
    )[1:] == [
        ("产出指标", "数量指标", "疏浚沟渠", "≥", "3", "公里"),
        ("质量指标", "验收合格率", "≥", "95", "%"),
        ("时效指标", "按期完成率", "=", "100", "%"),
        ("效益指标", "社会效益", "受益农户", "≥", "1200", "户"),
    ]


def test_columns_counted_in_letters_and_labels_of_two_lines() -> None:
    assert read(
        "   一级指标     二级指标       三级指标         指标值",
        "                           渠道日常保洁里程       ≥126公里",
        "              数量指标       渠道水质监测断面及入湖",
        "                                          ≥48次",
        "   产出指标                    排口采样次数",
        "              时效指标       问题整改及时率        100%",
        "              可持续影响",
        "   效益指标                    长效管护机制         健全",
        "              指标",
    )[1:] == [
        ("产出指标", "数量指标", "渠道日常保洁里程", "≥126公里"),
        ("渠道水质监测断面及入湖\n排口采样次数", "≥48次"),
        ("时效指标", "问题整改及时率", "100%"),
        ("效益指标", "可持续影响\n指标", "长效管护机制", "健全"),
    ]


def test_a_label_between_the_lines_of_its_text() -> None:
    rows = read(
        "主管部门          甲县水务局          实施单位      甲县灌区站",
        "                  小型水库维修养护及大坝安全监测",
        "项目名称",
        "                  设施运行维护经费",
        "项目总预算        20.00               当年预算      10.00",
        HEAD,
        "      产出指标    数量指标      疏浚沟渠长度      ≥8公里",
        "                  质量指标      验收合格率        100%",
    )
    assert ("项目名称", "小型水库维修养护及大坝安全监测\n设施运行维护经费") in rows
