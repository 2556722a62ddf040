"""The language pipeline (语言处理流程): spaCy over jieba, from a printed text to its words and entities.

    text → IndicatorTokenizer → measured → entity_tagger → Doc with entities

Quantities and times are found by grammar and are one token each; the other words come from the
segmenter. The model reads what rules cannot: which words are one thing, and what each does. Offsets
always point into the printed text.
"""

import lzma
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import cast

import spacy
from spacy.attrs import SUFFIX
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import registry
from spacy.vocab import Vocab
from thinc.api import use_ops

from nlp.entity_tagger import EntityTagger, read_bytes
from nlp.measured_spans import measured_spans
from nlp.segmenter import segmenter

WEIGHTS = Path(__file__).with_name("entity_model.xz")
"""Made by nlp/train_entities.py."""
TAGGER = "entity_tagger"


class IndicatorTokenizer:
    """Cuts a text into quantities, times and words; joined they are the text again."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab
        self._segmenter = segmenter()

    def __call__(self, text: str) -> Doc:
        """Given a printed text, return its tokens, each with its part of speech as tag."""
        words: list[str] = []
        spaces: list[bool] = []
        tags: list[str] = []
        measured: list[int] = []
        at = 0
        for start, end, is_time in measured_spans(text):
            self._add_words(text[at:start], words, spaces, tags)
            measured.append(len(words))
            words.append(text[start:end])
            spaces.append(False)
            tags.append("TIME" if is_time else "QUANTITY")
            at = end
        self._add_words(text[at:], words, spaces, tags)
        doc = Doc(self.vocab, words=words, spaces=spaces, tags=tags)
        for index in measured:
            doc[index].norm_ = f"<{tags[index]}>"
        return doc

    def _add_words(self, text: str, words: list[str], spaces: list[bool], tags: list[str]) -> None:
        for word in self._segmenter.cut(text) if text else ():
            if word.text == " " and words and not spaces[-1]:
                spaces[-1] = True
            else:
                words.append(word.text)
                spaces.append(False)
                tags.append(word.tag)

    def to_bytes(self, **_: object) -> bytes:
        """Nothing is kept with the pipeline: the dictionaries are files of this package."""
        return b""

    def from_bytes(self, _: bytes, **__: object) -> "IndicatorTokenizer":
        """The tokenizer as it is: it has no state of its own."""
        return self

    def to_disk(self, *_: object, **__: object) -> None:
        """Nothing is kept with the pipeline."""

    def from_disk(self, *_: object, **__: object) -> "IndicatorTokenizer":
        """The tokenizer as it is."""
        return self


@registry.tokenizers("jixiao.IndicatorTokenizer.v1")  # type: ignore[untyped-decorator]
def make_tokenizer() -> Callable[[Language], IndicatorTokenizer]:
    """How spaCy makes the tokenizer of a pipeline."""
    return lambda nlp: IndicatorTokenizer(nlp.vocab)


@Language.component("measured", assigns=["doc.ents"], requires=["token.tag"])
def mark_measured(doc: Doc) -> Doc:
    """Make entities of the tokens that the grammar knows as quantities and times."""
    doc.ents = tuple(Span(doc, t.i, t.i + 1, label=t.tag_) for t in doc if t.tag_ in ("QUANTITY", "TIME"))
    return doc


def build_pipeline() -> Language:
    """A pipeline whose entity model is not trained yet."""
    config = {"nlp": {"tokenizer": {"@tokenizers": "jixiao.IndicatorTokenizer.v1"}}}
    nlp = spacy.blank("zh", config=config)
    nlp.vocab.lex_attr_getters[SUFFIX] = _last_letter  # type: ignore[attr-defined]
    nlp.add_pipe("measured")
    # numpy's own matrix product is twice as fast here as the one thinc brings along.
    with use_ops("numpy", use_blis=False):
        nlp.add_pipe(TAGGER)
    return nlp


def read_entities(nlp: Language, texts: Iterable[str], *, batch: int) -> Iterator[Doc]:
    """Given texts, return them with their entities: what `nlp.pipe` does, without what it adds to each."""
    docs = (mark_measured(nlp.make_doc(text)) for text in texts)
    return iter(tagger_of(nlp).pipe(docs, batch_size=batch))


def _last_letter(text: str) -> str:
    """What spaCy calls the suffix: of Chinese words the last letter tells the kind, not the last three."""
    return text[-1:]


@lru_cache(maxsize=1)
def load_pipeline() -> Language:
    """The trained pipeline of this process."""
    nlp = build_pipeline()
    read_bytes(nlp.vocab, tagger_of(nlp), lzma.decompress(WEIGHTS.read_bytes()))
    return nlp


def tagger_of(nlp: Language) -> EntityTagger:
    """The component of a pipeline that is trained."""
    return cast(EntityTagger, nlp.get_pipe(TAGGER))
