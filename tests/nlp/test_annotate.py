"""Annotating texts: entities where they stand, whatever the text holds."""

import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import nlp.annotate
from nlp.annotate import LONGEST_PIECE, Annotation, Annotator
from nlp.entity_texts import LABELS, MarkedText, exact_f1, own_texts, parse_marked, read_marked_texts
from nlp.pipeline import load_pipeline
from ontology.errors import DocumentError
from ontology.model import ValueKind

ODD = "\x00\x07\u200f\u202e😀👩‍🚀臺灣檔案館é０９\ufeff\u3000 \t"


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return Annotator(fiscal_year=2023)


def one(annotator: Annotator, text: str) -> Annotation:
    (annotation,) = annotator.annotate([text])
    return annotation


CASES = [
    "[公文|OBJECT][流转|ACTION][及时率|MEASURE]",
    "[受益群众|BENEFICIARY][满意度|MEASURE]",
    "[下乡|ACTION][走访|ACTION][不少于90次|QUANTITY]",
    "[2023年12月底前|TIME][完成|ACTION]",
    "[网络|OBJECT][正常|QUALIFIER][运行率|MEASURE]",
]


@pytest.mark.parametrize("marked", CASES)
def test_entities_of_a_text(annotator: Annotator, marked: str) -> None:
    wanted = parse_marked(marked)
    assert wanted is not None
    found = one(annotator, wanted.text)
    assert tuple((e.start, e.end, e.label) for e in found.entities) == wanted.entities


def test_the_target_value_is_read_beside(annotator: Annotator) -> None:
    assert one(annotator, "≥95%").target_value.kind is ValueKind.RATE
    assert str(one(annotator, "6月底前").target_value.day) == "2023-06-30"


@pytest.mark.parametrize("file", ["unseen_texts.txt", "unseen_people.txt"])
def test_texts_that_no_model_was_trained_on(annotator: Annotator, file: str) -> None:
    texts = list(read_marked_texts(Path(__file__).with_name(file)))
    assert not {text.text for text in texts} & {text.text for text in own_texts()}
    found = annotator.annotate(text.text for text in texts)
    pairs = (
        (text.entities, [(e.start, e.end, e.label) for e in annotation.entities])
        for text, annotation in zip(texts, found, strict=True)
    )
    assert exact_f1(pairs)[2] > 0.8


def test_the_model_has_learnt_the_projects_own_texts(annotator: Annotator) -> None:
    texts = own_texts()[::10]
    found = annotator.annotate(text.text for text in texts)
    pairs = (
        (text.entities, [(e.start, e.end, e.label) for e in annotation.entities])
        for text, annotation in zip(texts, found, strict=True)
    )
    assert exact_f1(pairs)[2] > 0.95


@example("\ud800完成率")
@settings(deadline=None, max_examples=60)
@given(
    st.text(
        alphabet=st.one_of(st.characters(), st.sampled_from(f"{ODD}完成率数量月底前≥95%，。")), max_size=80
    )
)
def test_offsets_point_into_any_text(text: str) -> None:
    annotation = one(Annotator(), text)
    assert annotation.text == text
    end = 0
    for entity in annotation.entities:
        assert end <= entity.start < entity.end <= len(text) and entity.label in LABELS
        assert text[entity.start : entity.end] == entity.text == entity.text.strip()
        assert any(letter.isalnum() for letter in entity.text)
        end = entity.end
    for start, stop, _ in annotation.tokens:
        assert 0 <= start < stop <= len(text)


@pytest.mark.parametrize("text", ["服务对\n象满意度", "—", "（一）满意度", "①培训人次", "1、满意度。"])
def test_marks_and_blanks_are_no_entities(annotator: Annotator, text: str) -> None:
    for entity in one(annotator, text).entities:
        assert entity.text[0].isalnum() and entity.text[-1].isalnum() and entity.text.isprintable()
        assert entity.text not in "一①1"


def test_a_long_list_is_cut_where_it_has_marks(annotator: Annotator) -> None:
    text = "、".join(["培训基层工作人员不少于1200人次"] * 60)
    found = [entity.text for entity in one(annotator, text).entities if entity.label == "QUANTITY"]
    assert found == ["不少于1200人次"] * 60


def test_what_is_remembered_may_be_forgotten_while_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nlp.annotate, "_REMEMBERED", 1)
    annotator = Annotator()
    list(annotator.annotate(["甲完成率"]))
    reading = annotator.annotate(["甲完成率", "甲完成率"])
    next(reading)
    list(annotator.annotate(["乙合格率", "丙到位率"]))
    assert next(reading).text == "甲完成率"


def test_a_long_text_is_read_in_pieces(annotator: Annotator) -> None:
    sentence = "完成档案整理不少于90卷。"
    text = sentence * (5 * LONGEST_PIECE // len(sentence))
    entities = one(annotator, text).entities
    assert all(text[e.start : e.end] == e.text for e in entities)
    assert [e.text for e in entities].count("不少于90卷") == text.count("。")


@pytest.mark.parametrize("piece", ["完成率", "1", "1*", " ", "\x00", "、", "😀", "2023年"])
def test_a_hundred_thousand_characters(annotator: Annotator, piece: str) -> None:
    text = piece * (100_000 // len(piece))
    start = time.perf_counter()
    annotation = one(annotator, text)
    assert time.perf_counter() - start < 60
    assert all(text[e.start : e.end] == e.text for e in annotation.entities)


def test_texts_come_back_in_their_order(annotator: Annotator) -> None:
    texts = ["满意度", "", "满意度", "≥95%", "满意度", " "] * 400
    assert [annotation.text for annotation in annotator.annotate(iter(texts))] == texts


@pytest.mark.parametrize("marked", ["[开|VERB]会", "开[会|ACTION", "开]会", "[|ACTION]会", "开|会"])
def test_marks_that_do_not_match(marked: str) -> None:
    assert parse_marked(marked) is None


def test_a_wrong_line_of_marked_texts_is_told(tmp_path: Path) -> None:
    file = tmp_path / "texts.txt"
    file.write_text("l3\t[开会|ACTION]\nl3 开会\n", "utf-8")
    with pytest.raises(DocumentError, match="第 2 行"):
        list(read_marked_texts(file))


def test_own_texts_are_many_and_told_apart() -> None:
    texts = own_texts()
    assert len(texts) > 1000
    assert len({text.text for text in texts}) > len(texts) * 0.97
    assert all(isinstance(text, MarkedText) and text.entities for text in texts[:50])


def test_words_are_forgotten_after_a_batch(annotator: Annotator) -> None:
    list(annotator.annotate(["先来一条预热"]))
    before = len(load_pipeline().vocab.strings)
    list(annotator.annotate(f"第{number}批甲乙丙{number * 7919}号设备采购率" for number in range(600)))
    assert len(load_pipeline().vocab.strings) == before
