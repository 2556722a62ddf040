"""Train what the second look at two indicators weighs (训练关系权重), on pairs that people labelled.

python -m nlp.train_relations                     train and write the weights
python -m nlp.train_relations --cross-validate 5  measure: every gold pair, and every pair chosen from the
                                                  gold's targets, is weighed by what was trained without
                                                  it; --predictions FILE keeps the answers to the gold

Trained on the project's own pairs (nlp/marked_pairs/*.jsonl) and, where it is there, on the gold: its
pairs, and further ones of its targets (nlp/marked_pairs/gold_rows.tsv).
"""

import argparse
import json
import random
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt
from rich.console import Console

from nlp.relate import relate
from nlp.relation_evidence import Evidence
from nlp.relation_names import NameRelation
from nlp.relation_pairs import MarkedPair, gold_pairs, gold_row_pairs, own_pairs
from nlp.second_look import BIAS, CLASSES, WEIGHTS, Weights, second_look
from ontology.model import Relation

GOLD = Path(__file__).parents[2] / "shared" / "gold"
STRENGTH = 0.1
"""How far weights may go: the inverse of what their squares cost (of evidence of spread 1)."""
_STEPS = 3000
_HEAD = """\
# 复核时各项依据对三种关系的分量（多项逻辑回归），由 python -m nlp.train_relations 写成，不要手改。
# 次序：{classes}。
[weights]
"""


def main() -> None:
    """Train, or cross-validate."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gold", type=Path, default=GOLD, help="folder of relations.jsonl and targets/")
    parser.add_argument("--cross-validate", type=int, metavar="FOLDS")
    parser.add_argument("--predictions", type=Path, metavar="FILE")
    arguments = parser.parse_args()
    console = Console()
    own, gold, rows = own_pairs(), gold_pairs(arguments.gold), gold_row_pairs(arguments.gold)
    console.print(f"自有标注 {len(own)} 对，gold {len(gold)} 对，gold 目标里另标的 {len(rows)} 对")
    if arguments.cross_validate:
        chosen = [pair for pair in rows if pair.counts == 1]
        found = cross_validate(gold, [*rows, *own], arguments.cross_validate)
        console.print(f"交叉验证：gold 宏平均 F1 {macro_f1(gold, found):.4f}")
        others = cross_validate(chosen, [*gold, *rows, *own], arguments.cross_validate)
        console.print(f"交叉验证：另挑的 {len(chosen)} 对宏平均 F1 {macro_f1(chosen, others):.4f}")
        if arguments.predictions:
            lines = (json.dumps({"relation": relation.value}) for relation in found)
            arguments.predictions.write_text("".join(f"{line}\n" for line in lines), "utf-8")
        return
    WEIGHTS.write_text(weights_told(train([*gold, *rows, *own])), "utf-8")
    console.print(f"已写入 {WEIGHTS.name}")


def train(pairs: Sequence[MarkedPair]) -> Weights:
    """Given labelled pairs, return the weights of the evidence; the same pairs give the same weights.

    Only pairs are looked at in which the rules leave the relation open. The evidence is brought to
    spread 1 for the training; the weights are for the evidence as it is.
    """
    looked_at = [
        (evidence, CLASSES.index(pair.relation), pair.counts)
        for pair in pairs
        if pair.relation in CLASSES and (evidence := _evidence(pair))
    ]
    names = list(looked_at[0][0])
    rows = np.array([[evidence[name] for name in names] for evidence, _, _ in looked_at])
    wanted = np.eye(len(CLASSES))[[label for _, label, _ in looked_at]]
    counts = np.array([count for _, _, count in looked_at])
    mean, spread = rows.mean(axis=0), rows.std(axis=0)
    spread[spread == 0] = 1.0
    weights, bias = _fitted((rows - mean) / spread, wanted, counts)
    weights /= spread[:, None]
    found = dict(zip(names, weights, strict=True))
    return {BIAS: bias - mean @ weights, **found}


def _evidence(pair: MarkedPair) -> Evidence | None:
    """What is weighed of a pair; None where the rules settle it."""
    kept: list[Evidence] = []

    def keep(found: NameRelation, evidence: Evidence) -> NameRelation:
        kept.append(evidence)
        return found

    relate(pair.one, pair.other, weigh=keep)
    return kept[0] if kept else None


_Numbers = npt.NDArray[np.float64]


def _fitted(rows: _Numbers, wanted: _Numbers, counts: _Numbers) -> tuple[_Numbers, _Numbers]:
    """The weights and bias of the classes, by steps against the slope (the cost is convex)."""
    weights, bias = np.zeros((rows.shape[1], wanted.shape[1])), np.zeros(wanted.shape[1])
    # The slope changes no faster than this: half of the largest eigenvalue, and what the squares cost.
    step = 1 / (0.5 * np.linalg.norm(np.hstack((rows, np.ones((len(rows), 1)))), 2) ** 2 + 1 / STRENGTH)
    for _ in range(_STEPS):
        scores = rows @ weights + bias
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        off = (shares / shares.sum(axis=1, keepdims=True) - wanted) * counts[:, None]
        weights -= step * (rows.T @ off + weights / STRENGTH)
        bias -= step * off.sum(axis=0)
    return weights, bias


def cross_validate(pairs: Sequence[MarkedPair], others: Sequence[MarkedPair], folds: int) -> list[Relation]:
    """The relations of pairs by weights trained without them, nor any pair of the same texts."""
    texts = sorted({pair.key for pair in pairs})
    random.Random(1).shuffle(texts)
    found: dict[tuple[str, ...], Relation] = {}
    for fold in range(folds):
        held = set(texts[fold::folds])
        weights = train([pair for pair in (*pairs, *others) if pair.key not in held])
        for pair in pairs:
            if pair.key in held:
                weigh = partial(second_look, weights=weights)
                found[pair.key] = relate(pair.one, pair.other, weigh=weigh).relation
    return [found[pair.key] for pair in pairs]


def macro_f1(pairs: Sequence[MarkedPair], found: Sequence[Relation]) -> float:
    """The mean F1 of the relations that there are."""
    scores = []
    for relation in sorted({pair.relation for pair in pairs}):
        right = sum(pair.relation is relation is said for pair, said in zip(pairs, found, strict=True))
        named = sum(pair.relation is relation for pair in pairs) + sum(said is relation for said in found)
        scores.append(2 * right / named)
    return sum(scores) / len(scores)


def weights_told(weights: Weights) -> str:
    """The weights as the file that holds them."""
    lines = [f'"{name}" = [{", ".join(f"{value:.4f}" for value in own)}]' for name, own in weights.items()]
    return _HEAD.format(classes="、".join(relation.value for relation in CLASSES)) + "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
