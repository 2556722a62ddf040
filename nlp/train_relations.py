"""Train what a second look at two indicators weighs (训练关系权重), on pairs that people labelled.

python -m nlp.train_relations                     train and write the weights
python -m nlp.train_relations --cross-validate 5  measure: every pair is weighed by what was trained without
                                                  it, beside what the rules alone say; --predictions FILE
                                                  keeps the answers to the gold

Trained on the project's own pairs (nlp/marked_pairs/*.jsonl) and, where it is there, on the gold: its
pairs, and further ones of its targets (nlp/marked_pairs/gold_rows.tsv).
"""

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt
from rich.console import Console
from rich.table import Table

from nlp.relate import relate
from nlp.relation_evidence import Evidence
from nlp.relation_names import NameRelation
from nlp.relation_pairs import KINDS, MarkedPair, gold_pairs, gold_row_pairs, own_pairs
from nlp.second_look import BIAS, CLASSES, WEIGHTS, Looks, Weights, is_doubtful, second_look
from ontology.model import Relation

GOLD = Path(__file__).parents[2] / "shared" / "gold"
STRENGTH = 0.1
"""How far weights may go: the inverse of what their squares cost (of evidence of spread 1)."""
_STEPS = 400
_WIDTH = 150
"""Columns of the table of figures."""
_HEAD = """\
# 复核时各项依据对三种关系的分量（多项逻辑回归），由 python -m nlp.train_relations 写成，不要手改。
# 次序：{classes}。
"""
_QUESTIONS = {
    "open": "规则没有找出关系的，是不是其实有",
    "doubt": "规则凭共有的词或换了的对象找出的，是不是其实没有",
}


def main() -> None:
    """Train, or cross-validate."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gold", type=Path, default=GOLD, help="folder of relations.jsonl and targets/")
    parser.add_argument("--cross-validate", type=int, metavar="FOLDS")
    parser.add_argument("--predictions", type=Path, metavar="FILE")
    arguments = parser.parse_args()
    console = Console(width=max(_WIDTH, Console().width))
    pairs = [*gold_pairs(arguments.gold), *gold_row_pairs(arguments.gold), *own_pairs()]
    counted = Counter(pair.kind for pair in pairs)
    console.print("，".join(f"{said} {counted[kind]} 对" for kind, (_, said) in KINDS.items()))
    if not arguments.cross_validate:
        WEIGHTS.write_text(looks_told(train(pairs)), "utf-8")
        console.print(f"已写入 {WEIGHTS.name}")
        return
    found = cross_validate(pairs, arguments.cross_validate)
    console.print(_table(pairs, found))
    if arguments.predictions:
        gold = [said for pair, said in zip(pairs, found, strict=True) if pair.kind == "gold"]
        lines = (json.dumps({"relation": relation.value}) for relation in gold)
        arguments.predictions.write_text("".join(f"{line}\n" for line in lines), "utf-8")


def train(pairs: Sequence[MarkedPair]) -> Looks:
    """Given labelled pairs, return the weights for both questions; the same pairs give the same weights.

    Only pairs are looked at that the rules leave open, or find related in a way that may be doubted.
    """
    asked: dict[bool, list[tuple[Evidence, Relation, float]]] = {False: [], True: []}
    for pair in pairs:
        for is_doubt, evidence in _weighed(pair):
            asked[is_doubt].append((evidence, pair.relation, pair.counts))
    return Looks(_weights(asked[False]), _weights(asked[True]))


def open_evidence(pair: MarkedPair) -> Evidence | None:
    """What is weighed of a pair; None where the rules settle it."""
    return next((evidence for _, evidence in _weighed(pair)), None)


def _weighed(pair: MarkedPair) -> list[tuple[bool, Evidence]]:
    """Whether what the rules say of a pair is doubted, and the evidence; nothing where they settle it."""
    kept: list[tuple[bool, Evidence]] = []

    def keep(found: NameRelation, evidence: Evidence) -> NameRelation:
        kept.append((is_doubtful(found), evidence))
        return found

    relate(pair.one, pair.other, weigh=keep)
    return kept


_Numbers = npt.NDArray[np.float64]


def _weights(looked_at: Sequence[tuple[Evidence, Relation, float]]) -> Weights:
    """Weights of the evidence as it is; for the training it is brought to spread 1."""
    looked_at = [item for item in looked_at if item[1] in CLASSES]
    names = list(looked_at[0][0])
    rows = np.array([[evidence[name] for name in names] for evidence, _, _ in looked_at])
    wanted = np.eye(len(CLASSES))[[CLASSES.index(relation) for _, relation, _ in looked_at]]
    counts = np.array([count for _, _, count in looked_at])
    mean, spread = rows.mean(axis=0), rows.std(axis=0)
    spread[spread == 0] = 1.0
    weights, bias = _fitted((rows - mean) / spread, wanted, counts)
    weights /= spread[:, None]
    return {BIAS: bias - mean @ weights, **dict(zip(names, weights, strict=True))}


def _fitted(rows: _Numbers, wanted: _Numbers, counts: _Numbers) -> tuple[_Numbers, _Numbers]:
    """The weights and bias of the classes, by steps against the slope with momentum (the cost is convex)."""
    rows = np.hstack((rows, np.ones((len(rows), 1))))
    kept = np.append(np.full(rows.shape[1] - 1, 1 / STRENGTH), 0.0)[:, None]
    weights = np.zeros((rows.shape[1], wanted.shape[1]))
    ahead = weights
    # The slope changes no faster than this: half of the largest eigenvalue, and what the squares cost.
    step = 1 / (0.5 * np.linalg.norm(rows * np.sqrt(counts)[:, None], 2) ** 2 + 1 / STRENGTH)
    for at in range(_STEPS):
        scores = rows @ ahead
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        off = (shares / shares.sum(axis=1, keepdims=True) - wanted) * counts[:, None]
        before, weights = weights, ahead - step * (rows.T @ off + kept * ahead)
        ahead = weights + at / (at + 3) * (weights - before)
    return weights[:-1], weights[-1]


def cross_validate(pairs: Sequence[MarkedPair], folds: int) -> list[Relation]:
    """The relations of pairs by weights trained without them, nor any pair of the same texts."""
    texts = sorted({pair.key for pair in pairs})
    random.Random(1).shuffle(texts)
    found = [pair.relation for pair in pairs]
    for fold in range(folds):
        held = set(texts[fold::folds])
        looks = train([pair for pair in pairs if pair.key not in held])
        for at, pair in enumerate(pairs):
            if pair.key in held:
                found[at] = relate(pair.one, pair.other, weigh=partial(second_look, looks=looks)).relation
    return found


def by_rules_alone(pair: MarkedPair) -> Relation:
    """What the rules say of a pair that is not weighed."""
    return relate(pair.one, pair.other, weigh=lambda found, _: found).relation


def macro_f1(pairs: Sequence[MarkedPair], found: Sequence[Relation]) -> float:
    """The mean F1 of the relations that there are."""
    scores = []
    for relation in sorted({pair.relation for pair in pairs}):
        right, named, said = _counts(pairs, found, relation)
        scores.append(2 * right / (named + said))
    return sum(scores) / len(scores)


def _counts(
    pairs: Sequence[MarkedPair], found: Sequence[Relation], relation: Relation
) -> tuple[int, int, int]:
    """How many pairs are of a relation and said to be, how many are, how many are said to be."""
    right = sum(pair.relation is relation is said for pair, said in zip(pairs, found, strict=True))
    return right, sum(pair.relation is relation for pair in pairs), sum(said is relation for said in found)


def _table(pairs: Sequence[MarkedPair], found: Sequence[Relation]) -> Table:
    """Each kind of pairs: what the rules alone say, and with the second look."""
    table = Table("标注", "对", "", "宏平均 F1", "相同", "同一模板", "意思相同", "有关系而找出")
    for kind, (_, said) in KINDS.items():
        mine = [(pair, relation) for pair, relation in zip(pairs, found, strict=True) if pair.kind == kind]
        if not mine:
            continue
        some = [pair for pair, _ in mine]
        answers = {"只用规则": [by_rules_alone(pair) for pair in some], "复核": [one for _, one in mine]}
        for way, relations in answers.items():
            told = [
                _share(*_counts(some, relations, relation))
                for relation in (Relation.IDENTICAL, Relation.SAME_TEMPLATE, Relation.PARAPHRASE)
            ]
            table.add_row(
                said, f"{len(some):,}", way, f"{macro_f1(some, relations):.4f}", *told,
                _related_share(some, relations),
            )  # fmt: skip
    return table


def _share(right: int, named: int, said: int) -> str:
    return f"{right}/{said} 准，{right}/{named} 全" if named or said else ""


def _related_share(pairs: Sequence[MarkedPair], found: Iterable[Relation]) -> str:
    """Of the pairs found related, how many are; and of those that are, how many are found."""
    both = [
        (pair.relation is not Relation.DIFFERENT, said is not Relation.DIFFERENT)
        for pair, said in zip(pairs, found, strict=True)
    ]
    right = sum(is_related and is_found for is_related, is_found in both)
    return _share(right, sum(one for one, _ in both), sum(one for _, one in both))


def looks_told(looks: Looks) -> str:
    """The weights as the file that holds them."""
    parts = [_HEAD.format(classes="、".join(relation.value for relation in CLASSES))]
    for question, weights in looks._asdict().items():
        lines = [f'"{name}" = [{", ".join(f"{one:.4f}" for one in own)}]' for name, own in weights.items()]
        parts.append(f"\n# {_QUESTIONS[question]}\n[{question}]\n" + "\n".join(lines) + "\n")
    return "".join(parts)


if __name__ == "__main__":
    main()
