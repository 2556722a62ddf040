"""Words of indicator texts: the dictionary of this field, and offsets that never get lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.segmenter import segmenter

CASES = {
    "全面完成督查任务": "全面 完成 督查 任务",
    "工作顺利开展": "工作 顺利 开展",
    "资金拨付及时率": "资金 拨付 及时率",
    "数据备份次数": "数据 备份 次数",
    "受益群众满意度": "受益群众 满意度",
    "档案整理完成率": "档案 整理 完成率",
    "网络正常运行率": "网络 正常 运行率",
    "OA系统运维": "OA 系统 运维",
    "车辆及其他费用": "车辆 及 其他 费用",
    "控制在预算内": "控制 在 预算 内",
}


@pytest.mark.parametrize(("text", "words"), CASES.items())
def test_words_of_this_field(text: str, words: str) -> None:
    assert " ".join(word.text for word in segmenter().cut(text)) == words


@given(st.text(max_size=60))
def test_words_are_the_text(text: str) -> None:
    words = segmenter().cut(text)
    assert "".join(word.text for word in words) == text
    assert all(text[word.start : word.end] == word.text and word.tag for word in words)
