"""Running text becomes claims (指标表述): a name and the target part that belongs to it.

“下乡调研不少于90次、形成报告不少于30篇” says two things. The text is cut where one measured claim
ends and another begins, and each claim into what is measured and what is aimed at. The verbs 达到, 达,
控制在, 为 between the two belong to neither side. A sentence without a separable value keeps value "".
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from nlp.qualitative import is_worded_value
from nlp.value_patterns import (
    BOUND,
    DATE,
    DEADLINE,
    GRADES,
    MEASURE_END,
    NUMBER,
    PRODUCT,
    SYMBOL,
    UNITS,
    VALUE,
    LazyPattern,
)

LONGEST_STATED = 80
"""Letters of the longest value that is looked for at the end of a claim."""
DEADLINE_NAME = "完成时间"
"""The name of a claim that is nothing but a deadline."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim: `name` may be "" (the text is only a value), `value` may be "" (it states none)."""

    name: str
    value: str


_WHOLE_VALUE = LazyPattern(rf"^(?:{SYMBOL}\s*)?(?:{VALUE}|{PRODUCT})(?:\s*/\s*{NUMBER}\s*(?:{UNITS})?)?$")
_WHOLE_DEADLINE = LazyPattern(rf"^(?:于|在)?{DEADLINE}$")
_BRACKETED = LazyPattern(rf"^(?P<name>.*\S)\s*[（(]\s*(?P<value>{VALUE}|[≥≤＞＜><=＝].{{1,20}})\s*[）)]$")
_AT_END = LazyPattern(
    # Behind a sign and a number any word of a letter or two is the unit: ≥600叶.
    rf"(?P<value>(?:在\s*)?(?:{VALUE}|{SYMBOL}\s*{NUMBER}\s*(?:万|亿)?[\u4e00-\u9fff]{{1,2}}))$"
)
_DEADLINE_AT_END = LazyPattern(
    rf"^(?P<name>.{{2,}}(?:时间|时限|日期|期限|节点))(?:为|是|[:：])?\s*(?P<value>{DEADLINE})$"
)
_DEADLINE_AT_START = LazyPattern(
    rf"^(?P<value>{DATE}(?:之?前|以前|底前)?)(?P<name>(?:完成|召开|开展|举办|启动|实施|组织|印发|建成|投入|发放|拨付|支付).{{2,}})$"
)
_VERB = re.compile(r"(?:达到|达至|达|控制|保持|维持|稳定|压[缩减][到至]|为|是|[:：])\s*$")
_WITHIN = re.compile(r"^在\s*")
_CONTROL = re.compile(r"(?:控制|保持|维持|稳定|限定)\s*$")
_LOOSE_WORD = re.compile(
    rf"^(?P<name>.*{MEASURE_END})\s*(?:达到|达|为|[:：])?\s*(?P<value>(?:{GRADES})(?:[，,、]?\s*(?:{GRADES}).{{0,6}})?)$"
)
_AFTER_SPACE = re.compile(r"^(?P<name>\S.*\S)\s+(?P<value>\S{1,12})$")
_GRADE_LEVEL = re.compile(r"^(?P<name>.*达标)(?P<value>(?:国家|省|市)?[一二三甲特]级.{0,4})$")
_ACHIEVED = re.compile(r"^(?P<value>圆满完成|全面完成|顺利完成|按时完成|按期完成)(?P<name>.{4,})$")
_ASSURED = re.compile(r"^(?:确保|保证|保障|保持)(?P<name>.{4,}?)(?P<value>稳定|畅通|正常|安全|顺利)$")
_MARKED = re.compile(r"^(?P<name>.{4,}?)\s*(?:定性|文字描述)\s*[:：]?\s*(?P<value>\S{1,12})$")
_DIGIT_BEFORE = re.compile(r"[\d.A-Za-z\-－—]$")
_SENTENCE_END = re.compile(r"[。；;\n]+")
_MARKS = re.compile(r"[★☆▲]+|[（(][≥≤＞＜>=<＝]*\s*\*+[^（）()]{0,6}[）)]")
"""Stars and patterns to be filled in (≥**户), which a form prints beside the claim."""

_NOUN_LIST_LIMIT = 6
_SHORTEST_NAME = 4


@lru_cache(maxsize=16_384)
def split_claims(text: str, *, prose: bool = False) -> tuple[Claim, ...]:
    """Given one numbered item (or, with `prose`, a whole passage), return its claims in order.

    >>> split_claims("下乡调研不少于90次、调研报告不少于30篇。")
    (Claim(name='下乡调研', value='不少于90次'), Claim(name='调研报告', value='不少于30篇'))
    """
    text = _MARKS.sub("", text)
    sentences = [s for s in (part.strip(" \t\u3000，,、") for part in _SENTENCE_END.split(text)) if s]
    measured = sum(_is_measured(segment) for sentence in sentences for segment in _cut(sentence, "，,"))
    claims: list[Claim] = []
    for sentence in sentences:
        for piece in _cut_sentence(sentence, everywhere=prose and measured >= 2):
            claims.extend(read_claim(part, prose=prose) for part in _split_enumeration(piece))
    return tuple(claims)


def _cut_sentence(sentence: str, *, everywhere: bool) -> list[str]:
    """Cut at a comma where both sides are measured, or at every comma of a passage of many claims."""
    pieces: list[str] = []
    for segment in _cut(sentence, "，,"):
        if pieces and not everywhere and not (_is_measured(segment) and _is_measured(pieces[-1])):
            pieces[-1] = f"{pieces[-1]}，{segment}"
        else:
            pieces.append(segment)
    return _restore(sentence, pieces)


def _restore(sentence: str, pieces: list[str]) -> list[str]:
    """The pieces with the separators that the sentence prints inside them."""
    restored, at = [], 0
    for piece in pieces:
        end = at + len(piece)
        restored.append(sentence[at:end])
        at = end + 1
    return restored


def _cut(text: str, separators: str) -> list[str]:
    """Cut at separators that stand outside brackets and quotes and not between digits."""
    parts, start, depth = [], 0, 0
    for index, char in enumerate(text):
        if char in "（(《“【[":
            depth += 1
        elif char in "）)》”】]":
            depth = max(0, depth - 1)
        elif char in separators and not depth:
            between = text[index - 1 : index].isdigit() and text[index + 1 : index + 4].isdigit()
            if not between:
                parts.append(text[start:index])
                start = index + 1
    return [*parts, text[start:]]


def _is_measured(text: str) -> bool:
    text = text.strip()
    return bool(
        _BRACKETED.match(text)
        or _WHOLE_DEADLINE.match(text)
        or _value_at_end(text)
        or _DEADLINE_AT_START.match(text)
    )


def _split_enumeration(piece: str) -> list[str]:
    """Cut at 、 behind a measured part, and before one where what stands before it is a claim of its own."""
    parts = _cut(piece, "、")
    if len(parts) == 1 or not any(_is_measured(part) for part in parts):
        return [piece]
    claims: list[str] = []
    waiting: list[str] = []
    for part in parts:
        if not _is_measured(part):
            waiting.append(part)
        elif waiting and all(len(re.split("[，,]", w)[-1]) > _NOUN_LIST_LIMIT for w in waiting):
            claims.extend(["、".join(waiting), part])
            waiting = []
        else:
            claims.append("、".join([*waiting, part]))
            waiting = []
    return [*claims, "、".join(waiting)] if waiting else claims


@lru_cache(maxsize=16_384)
def read_claim(text: str, *, prose: bool = False) -> Claim:
    """Given one claim, return its name and its target part.

    >>> read_claim("网络正常运行率达到100%")
    Claim(name='网络正常运行率', value='100%')
    >>> read_claim("2023年12月底完成")
    Claim(name='完成时间', value='2023年12月底完成')
    """
    text = re.sub(r"^\s*\d{1,2}\s*[.、．]\s*(?!\d)", "", text).strip(" \t\u3000，,；;。、")
    if _WHOLE_DEADLINE.match(text):
        return Claim(DEADLINE_NAME, text)
    if len(text) <= LONGEST_STATED and _WHOLE_VALUE.match(text):
        return Claim("", text)
    deadline = _read_deadline(text)
    if deadline:
        return deadline
    bracketed = _BRACKETED.match(text)
    if bracketed:
        return Claim(bracketed.group("name").strip(), bracketed.group("value"))
    measured = _value_at_end(text)
    if measured:
        return measured
    return _read_words(text, prose=prose)


def _read_deadline(text: str) -> Claim | None:
    """A deadline with a phrase beside it: 及时拨付，2023年12月底完成."""
    segments = _cut(text, "，,")
    for index in (len(segments) - 1, 0):
        if len(segments) > 1 and _WHOLE_DEADLINE.match(segments[index].strip()):
            rest = text[: -len(segments[index])] if index else text[len(segments[index]) :]
            return Claim(rest.strip(" ，,"), segments[index].strip())
    behind = _DEADLINE_AT_END.match(text)
    if behind:
        return Claim(behind.group("name"), behind.group("value"))
    start = _DEADLINE_AT_START.match(text)
    if start and not _value_at_end(text):
        return Claim(start.group("name"), start.group("value"))
    return None


def _value_at_end(text: str) -> Claim | None:
    before = text[:-LONGEST_STATED]
    match = _AT_END.search(text[len(before) :])
    if not match or not (before or match.start()):
        return None
    name, value = before + text[len(before) : len(before) + match.start()], match.group("value")
    if _DIGIT_BEFORE.search(name) or (not re.search(r"[^\d.,，]", value) and not _counts(name)):
        return None
    control = _CONTROL.search(name)
    if control and _WITHIN.match(value):
        value = _WITHIN.sub("", value)
        bounded = re.match(rf"{SYMBOL}|{BOUND}", value) or re.search(r"(?:以内|之内|以下|以上|内)$", value)
        return Claim(
            name[: control.start()].strip(" ，,:："),
            value if bounded else f"{control.group().strip()}在{value}",
        )
    name = _VERB.sub("", name)
    return Claim(name.strip(" ，,:："), value.strip())


def _counts(name: str) -> bool:
    """Whether a bare number behind this name is its value: the name ends in a word that is counted."""
    return bool(re.search(r"(?:数|量|率|度|次|达到|达|为|[:：=＝≥≤])\s*$", name))


def _read_words(text: str, *, prose: bool) -> Claim:
    marked = _MARKED.match(text)
    if marked and is_worded_value(marked.group("value")):
        return Claim(marked.group("name"), marked.group("value"))
    for pattern in (_GRADE_LEVEL, _LOOSE_WORD):
        match = pattern.match(text)
        if match and not re.search(r"[，,。；]", match.group("name")[-8:]):
            return Claim(match.group("name").strip(), match.group("value").strip())
    segments = _cut(text, "，,")
    if len(segments) == 2 and len(segments[0]) >= _SHORTEST_NAME and is_worded_value(segments[1].strip()):
        return Claim(segments[0].strip(), segments[1].strip())
    spaced = _AFTER_SPACE.match(text)
    if (
        spaced
        and re.search(rf"^(?:{GRADES})|\d", spaced.group("value"))
        and re.search(rf"{MEASURE_END}$", spaced.group("name"))
    ):
        return Claim(spaced.group("name"), spaced.group("value"))
    achieved = (_ACHIEVED.match(text) or _ASSURED.match(text)) if prose else None
    if achieved:
        return Claim(achieved.group("name"), achieved.group("value"))
    return Claim(text, "")
