"""Words that say which way is better (指标方向性的词), from polarity.toml, and how they stand in a text."""

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from nlp.value_words import LABELS, NEGATIONS, UNWANTED, ZERO_NOUNS, labels
from ontology.errors import VocabularyError
from ontology.model import Polarity

FILE = Path(__file__).with_name("polarity.toml")
_DECLARED: dict[str, dict[str, list[str]]] = tomllib.loads(FILE.read_text("utf-8"))
_UP, _DOWN = Polarity.POSITIVE, Polarity.NEGATIVE


class Movement(NamedTuple):
    """A word of movement in a text, with its negation; no polarity where words contradict each other."""

    words: str
    polarity: Polarity | None
    negated: bool = False
    falls: bool = False
    saves: bool = False


def _once(table: str) -> dict[str, str]:
    """The words of a table with their kinds; a word under two kinds is a mistake."""
    found: dict[str, str] = {}
    for kind, words in _DECLARED[table].items():
        for word in words:
            if word in found:
                raise VocabularyError(f"{FILE.name} 的 [{table}] 里“{word}”出现两次")
            found[word] = kind
    return found


def _polarities(table: str) -> dict[str, Polarity]:
    return {word: Polarity[kind.upper()] for word, kind in _once(table).items()}


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))


PRINTED = _polarities("printed")
"""The polarity as forms print it."""

ENDINGS = {**_polarities("names"), **dict.fromkeys(LABELS["of_costs"], _DOWN)}
"""How a name ends whose more or less is better."""

_MOVES, _NEGATED, _MEASURED = _once("moves"), _once("negated"), _once("measured")
_THINGS, _RULES = _once("things"), _once("rules")
_RISES, _FALLS = ("rises", "gains"), ("falls", "eases", "saves", "prevents")
_TURNED = ("rises", "falls")
"""Negated these say the opposite (不增加); 未改善 says nothing of where to go."""


def _of(words: dict[str, str], *kinds: str) -> tuple[str, ...]:
    return tuple(word for word, kind in words.items() if kind in kinds)


_NOT = _any([*NEGATIONS, *_of(_NEGATED, "words")])
_BETWEEN = _any(_of(_NEGATED, "between"))
_LATE = _of(_NEGATED, "late")
_NO_NEGATION = re.compile(_any(_of(_NEGATED, "none")))
_NEGATION_AT_END = re.compile(rf"(?:{_NOT})(?:{_BETWEEN}|按[^,;。、]{{1,4}}){{0,3}}$")
_NEGATION_ANYWHERE = re.compile(
    _any([*(word for word in UNWANTED if word not in NEGATIONS), *_of(_NEGATED, "words"), "没有"])
)
_MOVE = re.compile(rf"(?P<not>(?:{_NOT})(?:{_BETWEEN}){{0,3}})?(?P<move>{_any(_MOVES)})")
_SUFFIX = rf"(?:{_any(_of(_MEASURED, 'suffixes'))})"
_CHANGE = re.compile(
    rf"(?:(?P<move>{_any(_MOVES)}){_SUFFIX}|(?P<short>{_any(_of(_MEASURED, 'falls', 'rises'))})(?:率|度)?)$"
)
_COUNTED = re.compile(r"(?:件|起|次|人)?(?:率|数|数量|量|额|金额|值|度|水平|事件|事项)$")
_BAD = (*_of(_THINGS, "bad"), *(ZERO_NOUNS - {"增长", "新增", "发生", "排放", "复发"}), "排放", "排放量")
_GOOD = _of(_THINGS, "good")
_OPEN = _of(_THINGS, "open")
_TIMES = _of(_RULES, "times")
_RULE = re.compile(
    rf"每(?P<step>{_any(_of(_RULES, 'less', 'more'))})(?P<what>[^;。、扣加得计奖减每]{{0,14}}?)"
    rf"(?P<points>{_any(_of(_RULES, 'takes', 'gives'))}|减(?=[0-9.]+分))(?!0分)"
)
_HELPS = re.compile(rf"(?:{_any(_of(_MEASURED, 'effects'))})$")


def without_note(name: str) -> str:
    """A name without a note in brackets and the punctuation at its end: 投诉率（%）."""
    return re.sub(r"[(\[][^()\[\]]{0,40}[)\]]$", "", name.rstrip(" ,;:。、.")).rstrip(" ,;:。、.")


def _masked(text: str) -> str:
    """A text of the same length in which 不断, 非遗 and the like are no negations."""
    return _NO_NEGATION.sub(lambda match: "＿" * len(match.group()), text)


def negation_before(head: str, *, anywhere: bool = False) -> str | None:
    """The negation at the end of a text, with what stands between (未按时); or one anywhere in it."""
    text = _masked(head)
    match = (_NEGATION_ANYWHERE if anywhere else _NEGATION_AT_END).search(text)
    return head[match.start() : match.end()] if match else None


def is_late(head: str) -> bool:
    """Whether what is done is done late: 逾期 of 逾期完成率."""
    return head.endswith(_LATE)


def is_event(word: str) -> bool:
    """Whether an ending counts what happens (事故率, 投诉次数) and not what is paid or waited for."""
    return word.endswith(("率", "数", "量"))


def find_movement(text: str) -> Movement | None:
    """The word of movement in a text; without polarity where there are words that contradict each other."""
    found = [_movement(match) for match in _MOVE.finditer(_masked(text))]
    if not found:
        return None
    prevented = next((n for n, move in enumerate(found) if _MOVES.get(move.words) == "prevents"), None)
    unclear = prevented is not None and prevented + 1 < len(found)
    if unclear or len({move.polarity for move in found}) != 1:
        return Movement(found[0].words, None)
    negated = any(move.negated for move in found)
    return found[0]._replace(negated=negated, falls=any(move.falls for move in found))


def _movement(match: re.Match[str]) -> Movement:
    kind = _MOVES[match["move"]]
    up = kind in _RISES
    if match["not"] is None:
        return Movement(
            match.group(), _UP if up else _DOWN, falls=kind in ("falls", "saves"), saves=kind == "saves"
        )
    turned = (_DOWN if up else _UP) if kind in _TURNED and not match["not"].startswith(("非", "欠")) else None
    return Movement(match.group(), turned, negated=True)


def measured_change(name: str) -> Movement | None:
    """What a name measures that ends in 下降率, 增长率 or 降幅; without polarity where that is unclear.

    The fall of what is bad or of nothing known is good, its rise bad; with good things it is the other way.
    """
    match = _CHANGE.search(name)
    if match is None:
        return None
    head = name[: match.start()]
    word = match["move"] or match["short"]
    rises = (_MOVES.get(word) in _RISES) if match["move"] else _MEASURED[word] == "rises"
    if negation_before(head) is not None:
        return Movement(match.group(), None)
    return Movement(match.group(), _changed(head, rises=rises), falls=not rises)


def measures_help(name: str) -> bool:
    """Whether a name measures how much something helps: 对降低能耗的促进程度."""
    return _HELPS.search(name) is not None


def _changed(thing: str, *, rises: bool) -> Polarity | None:
    counted = _COUNTED.sub("", thing)
    endings = {ENDINGS[word] for word in ENDINGS if thing.endswith(word)}
    bad = thing.endswith(_BAD) or counted.endswith(_BAD) or _DOWN in endings
    good = thing.endswith(_GOOD) or counted.endswith(_GOOD) or _UP in endings
    if bad and good:
        return None
    if bad or good:
        return _UP if good is rises else _DOWN
    unclear = thing.endswith(_OPEN) if rises else False
    return None if unclear or any(word in thing for word in (_BAD if rises else _GOOD)) else _UP


def rule_direction(text: str, name: str) -> tuple[str, Polarity] | None:
    """What a score rule wants, by what its steps cost: 每减少1次扣2分 more, 每超1%扣1分 less.

    None where no step says so of the named indicator, or where steps contradict each other.
    """
    found: dict[str, Polarity] = {}
    for match in _RULE.finditer(text):
        if _is_about_another(match["what"], name):
            continue
        wants_more = (_RULES[match["step"]] == "less") is (_RULES.get(match["points"], "takes") == "takes")
        found[match.group()] = _UP if wants_more else _DOWN
    if len(set(found.values())) != 1:
        return None
    return next(iter(found.items()))


def _is_about_another(what: str, name: str) -> bool:
    """Whether a step counts something else than the name does: days late, failures, complaints."""
    if any(word in what for word in _TIMES) and not name.endswith(labels("of_dates", "of_times")):
        return True
    return negation_before(what, anywhere=True) is not None or any(
        word in what and word not in name for word in _BAD
    )
