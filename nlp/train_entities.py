"""Train the entity model (训练实体模型) on the project's own texts and, where it is there, on the gold.

python -m nlp.train_entities                     train and write the weights
python -m nlp.train_entities --cross-validate 5  measure: every gold text is read by a model that has
                                                 not seen it; --predictions FILE keeps what was read
"""

import argparse
import json
import lzma
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.progress import track
from spacy.language import Language
from spacy.training import Example
from thinc.api import fix_random_seed

from nlp.entity_tagger import one_thread
from nlp.entity_texts import MarkedText, exact_f1, own_texts, read_gold
from nlp.pipeline import TAGGER, WEIGHTS, build_pipeline, mark_measured, read_entities, tagger_of

GOLD = Path(__file__).parents[2] / "shared" / "gold" / "entities.jsonl"
# Chosen among a few on the cross-validation below, where they differ less than two seeds do (.01).
EPOCHS = 24
LEARNING_RATE = 0.002
"""At the beginning; it falls to nothing along a line, so that the last steps settle."""
DROPOUT = 0.3
BATCH = 24
GOLD_WEIGHT = 2
"""How often a gold text counts beside one of the project's own."""


def main() -> None:
    """Train, or cross-validate."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gold", type=Path, default=GOLD, help="gold texts (JSON lines)")
    parser.add_argument("--cross-validate", type=int, metavar="FOLDS")
    parser.add_argument("--predictions", type=Path, metavar="FILE")
    arguments = parser.parse_args()
    console = Console()
    gold = read_gold(arguments.gold) if arguments.gold.exists() else []
    own = own_texts()
    console.print(f"自有标注 {len(own)} 条，gold {len(gold)} 条")
    if arguments.cross_validate:
        found = cross_validate(own, gold, arguments.cross_validate)
        precision, recall, f1 = exact_f1(zip((text.entities for text in gold), found, strict=True))
        console.print(f"交叉验证：准确率 {precision:.4f} 召回率 {recall:.4f} F1 {f1:.4f}")
        if arguments.predictions:
            arguments.predictions.write_text("".join(map(_prediction, found)), "utf-8")
        return
    pipeline = train([*own, *gold * GOLD_WEIGHT], seed=0)
    WEIGHTS.write_bytes(lzma.compress(tagger_of(pipeline).model.to_bytes()))
    console.print(f"已写入 {WEIGHTS.name}，{WEIGHTS.stat().st_size / 1024:.0f} KB")


def _prediction(entities: Sequence[tuple[int, int, str]]) -> str:
    found = [{"start": start, "end": end, "label": label} for start, end, label in entities]
    return f"{json.dumps({'entities': found})}\n"


def train(texts: Sequence[MarkedText], *, seed: int) -> Language:
    """Given marked texts, return a pipeline trained on them; the same texts and seed give the same model."""
    fix_random_seed(seed)
    pipeline = build_pipeline()
    examples = [_example(pipeline, text) for text in texts]
    optimizer = pipeline.initialize(lambda: examples)
    order = random.Random(seed)
    with one_thread(), pipeline.select_pipes(enable=[TAGGER]):
        for epoch in track(range(EPOCHS), description="训练", transient=True):
            order.shuffle(examples)
            for start in range(0, len(examples), BATCH):
                done = (epoch + start / len(examples)) / EPOCHS
                optimizer.learn_rate = LEARNING_RATE * (1 - done)
                pipeline.update(examples[start : start + BATCH], sgd=optimizer, drop=DROPOUT)
    _round_weights(pipeline)
    return pipeline


def _example(pipeline: Language, marked: MarkedText) -> Example:
    doc = pipeline.make_doc(marked.text)
    reference = doc.copy()
    spans = []
    cut: set[int] = set()
    for start, end, label in marked.entities:
        span = reference.char_span(start, end, label=label)
        if span is not None:
            spans.append(span)
        else:
            cut.update(word.i for word in reference if word.idx < end and word.idx + len(word) > start)
    # Nothing is known of the words that a mark cuts through.
    reference.set_ents(spans, missing=[reference[word : word + 1] for word in cut])
    return Example(mark_measured(doc), reference)


def cross_validate(
    own: Sequence[MarkedText], gold: Sequence[MarkedText], folds: int
) -> list[list[tuple[int, int, str]]]:
    """What models read in gold texts they were not trained on, in the order of the texts."""
    order = list(range(len(gold)))
    random.Random(1).shuffle(order)
    found: list[list[tuple[int, int, str]]] = [[] for _ in gold]
    for fold in range(folds):
        held = order[fold::folds]
        seen = [gold[index] for index in range(len(gold)) if index not in held]
        pipeline = train([*own, *seen * GOLD_WEIGHT], seed=fold)
        docs = read_entities(pipeline, (gold[index].text for index in held), batch=BATCH)
        for index, doc in zip(held, docs, strict=True):
            found[index] = [(entity.start_char, entity.end_char, entity.label_) for entity in doc.ents]
    return found


def _round_weights(pipeline: Language) -> None:
    """Round to half precision, in which weights pack well: what is measured is what is shipped."""
    for node in tagger_of(pipeline).model.walk():
        for name in node.param_names:
            if node.has_param(name):
                node.set_param(name, node.get_param(name).astype(np.float16).astype(np.float32))


if __name__ == "__main__":
    main()
