"""Templates: what is left of a name when what differs from project to project is taken out."""

import pytest

from nlp.templates import general_frame, template_key, template_of


@pytest.mark.parametrize(
    ("name", "context", "template"),
    [
        ("2023年12月底前完成图书上架", "", "{时间}完成图书上架"),
        ("新购图书 3000 册", "", "新购图书{数}"),
        ("刊印《青泉年鉴》并及时发行", "", "刊印{文件}并及时发行"),
        ("保证图书馆各项工作顺利进行", "图书馆运行经费", "保证{机构}各项工作顺利进行"),
        ("保障防汛工作顺利进行", "防汛抗旱经费", "保障{对象}工作顺利进行"),
        ("群众满意度", "群众文化活动经费", "群众满意度"),
        ("《青泉年鉴》知晓率", "", "青泉年鉴知晓率"),
        ("服务时长不少于3天", "", "服务时长≥{数}"),
        ("服务半径500米以内", "", "服务半径≤{数}"),
        ("6月30日后发放借书证", "", "{时间}后发放借书证"),
        ("", "", None),
        ("。", "", None),
    ],
)
def test_templates(name: str, context: str, template: str | None) -> None:
    assert template_of(name, context) == template


def test_the_key_leaves_light_words_out() -> None:
    assert template_key("图书馆的各项工作正常开展") == template_key("图书馆工作正常开展")
    assert template_key("图书馆工作正常开展") != template_key("图书馆工作未正常开展")


@pytest.mark.parametrize("name", ["群众满意度", "新购图书册数", "12万元"])
def test_a_measure_is_no_statement(name: str) -> None:
    assert general_frame(name) is None


def test_a_general_frame_is_what_the_object_is_put_into() -> None:
    assert general_frame("保障防汛工作顺利进行") == general_frame("确保普查工作正常开展")
    assert general_frame("保障防汛工作顺利进行") != general_frame("推进防汛工作顺利进行")
