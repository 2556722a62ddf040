"""The component of the pipeline that reads entities (实体识别): a score for each word and tag, by spaCy.

A small convolutional network (spaCy's own tagger model) sees each word with its neighbours; the rows of
tags that make sense are left to nlp/entity_tags.py. Entities that grammar found before stay as they are.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from functools import cache
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.pipeline import TrainablePipe
from spacy.tokens import Doc, Span
from spacy.training import Example
from spacy.vocab import Vocab
from thinc.api import Model, SequenceCategoricalCrossentropy
from threadpoolctl import ThreadpoolController

from nlp.entity_tags import NOT_FIRST, NOT_LAST, NOT_OUTSIDE, TAGS, UNIT_TAG, Scores, best_tags

_WIDTH = 64
MODEL: dict[str, Any] = {
    "@architectures": "spacy.Tagger.v2",
    "nO": len(TAGS),
    "normalize": False,
    "tok2vec": {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {
            "@architectures": "spacy.MultiHashEmbed.v2",
            "width": _WIDTH,
            "attrs": ["NORM", "PREFIX", "SUFFIX", "TAG", "LENGTH"],
            "rows": [1500, 800, 800, 100, 30],
            "include_static_vectors": False,
        },
        "encode": {
            "@architectures": "spacy.MaxoutWindowEncoder.v2",
            "width": _WIDTH,
            "window_size": 1,
            "maxout_pieces": 3,
            "depth": 3,
        },
    },
}
_LOSS = SequenceCategoricalCrossentropy(names=list(TAGS), normalize=False)
_LIST_NUMBER = re.compile(
    r"\s*(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})(?:[）)、]|[.．](?!\d))|[①-⑳])"
)
_OPENING, _CLOSING = "《“‘「『〈", "》”’」』〉"


@cache
def _thread_pools() -> ThreadpoolController:
    return ThreadpoolController()


def one_thread() -> AbstractContextManager[object]:
    """Products of matrices on one thread: these are too small to share, and then come out bit for bit."""
    limit: AbstractContextManager[object] = _thread_pools().limit(limits=1)
    return limit


class EntityTagger(TrainablePipe):  # type: ignore[misc]
    """Reads the entities of texts, and learns them from examples."""

    def predict(self, docs: Iterable[Doc]) -> list[Scores]:
        """Scores of each text, words × tags."""
        texts = list(docs)
        if not any(len(doc) for doc in texts):
            return [np.zeros((0, len(TAGS)), np.float32) for _ in texts]
        with one_thread():
            scores: list[Scores] = self.model.predict(texts)
        return scores

    def set_annotations(self, docs: Iterable[Doc], scores: Sequence[Scores]) -> None:
        """Give each text the entities of its best row of tags."""
        texts = list(docs)
        for doc, found in zip(texts, scores, strict=True):
            _decide_beforehand(doc, found)
        for doc, tags in zip(texts, best_tags(scores), strict=True):
            doc.set_ents(_spans(doc, tags))

    def get_loss(self, examples: Iterable[Example], scores: Sequence[Scores]) -> tuple[float, list[Scores]]:
        """How far scores are from the marked entities, and which way to go."""
        truths = [_truth(example) for example in examples]
        gradient, loss = _LOSS(scores, truths)  # type: ignore[arg-type]
        return float(loss), gradient  # type: ignore[return-value]

    def initialize(
        self, get_examples: Callable[[], Iterable[Example]], *, nlp: Language | None = None
    ) -> None:
        """Give the network its first, random weights."""
        self.model.initialize(X=[example.predicted for example in islice(get_examples(), 10)])


@Language.factory(
    "entity_tagger",
    assigns=["doc.ents"],
    requires=["token.tag", "doc.ents"],
    default_config={"model": MODEL},
)
def make_entity_tagger(nlp: Language, name: str, model: Model[list[Doc], list[Scores]]) -> EntityTagger:
    """How spaCy makes the component."""
    return EntityTagger(nlp.vocab, model, name)


def read_bytes(vocab: Vocab, tagger: EntityTagger, weights: bytes) -> None:
    """Given weights as training wrote them, put them into a new component."""
    tagger.model.initialize(X=[Doc(vocab, words=["词"], tags=["n"])])
    tagger.model.from_bytes(weights)


def _truth(example: Example) -> list[str | None]:
    """The tag of each word; none where grammar has found the entity before."""
    found = {entity.start for entity in example.predicted.ents}
    return [None if word in found else tag for word, tag in enumerate(example.get_aligned_ner())]


def _decide_beforehand(doc: Doc, scores: Scores) -> None:
    """Leave to the network only what grammar, marks and the number of a list do not decide."""
    number = _LIST_NUMBER.match(doc.text)
    for word in doc:
        listed = number is not None and word.idx < number.end()
        for barred in (NOT_OUTSIDE,) if listed else _barred(word.text):
            scores[word.i, barred] = -np.inf
    for entity in doc.ents:
        scores[entity.start] = -np.inf
        scores[entity.start, UNIT_TAG[entity.label_]] = 0


def _barred(word: str) -> tuple[NDArray[np.int64], ...]:
    """What a word cannot be: blanks are no entity, and marks stand at the edge of one only as quotes."""
    if word[0].isalnum() or word[-1].isalnum():
        return ()
    if word.isspace():
        return (NOT_OUTSIDE,)
    return tuple(tags for tags, quotes in ((NOT_FIRST, _OPENING), (NOT_LAST, _CLOSING)) if word not in quotes)


def _spans(doc: Doc, tags: Sequence[int]) -> list[Span]:
    spans = []
    start = 0
    for word, tag in enumerate(tags):
        place, _, label = TAGS[tag].partition("-")
        if place in "BU":
            start = word
        if place in "LU":
            spans.append(Span(doc, start, word + 1, label=label))
    return spans
