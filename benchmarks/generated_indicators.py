"""Indicator texts made up with planted relations (生成的指标), skewed as real ones are.

A few texts stand everywhere, most are rare. Planted pairs are of known relation: identical but for
spaces and width; one template with other numbers, dates or places; synonyms; a turned direction.
"""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ontology.model import Relation

ACTIONS = (
    "修缮", "巡查", "培训", "慰问", "检测", "养护", "编目", "评审", "清淤", "走访", "扫描", "接种", "抽检",
    "绿化",
)  # fmt: skip
OBJECTS = (
    "图书", "水库", "路灯", "桥梁", "疫苗", "档案", "河道", "校舍", "古籍", "管网", "大棚", "林木", "渔船",
    "文物",
    "站房", "灌渠", "公厕", "车辆", "粮仓", "堤防", "苗圃", "井盖", "球场", "展品", "机组", "标牌", "围栏",
    "泵站",
)  # fmt: skip
PARTS = (
    "东区", "西片", "北线", "南段", "新建", "老旧", "骨干", "支线", "重点", "备用", "临时", "沿街", "环城",
    "镇级",
)  # fmt: skip
RATES = ("完成率", "合格率", "完好率", "覆盖率", "及时率")
PEOPLE = ("群众", "读者", "学员", "渔民", "牧民", "住户", "游客", "家长", "师生", "果农")
SYNONYMS = {
    ("保障", "确保"): "〇{}工作按时完成",
    ("提升", "提高"): "〇{}水平",
    ("及时率", "及时性"): "{}〇",
    ("支付", "拨付"): "{}资金〇及时率",
    ("群众", "公众"): "〇对{}的满意度",
    ("错误率", "差错率"): "{}〇",
}
"""Words that say the same, with a name in which one takes the other's place."""
TURNS = {
    ("提升", "降低"): "〇{}水平",
    ("增加", "减少"): "〇{}投入",
    ("增长", "下降"): "{}收入〇",
    ("按时", "逾期"): "{}〇完成率",
    ("线上", "线下"): "{}〇办理率",
}
"""Words that turn a name round."""
_TYPOS = 0.1
"""How many of the rare texts are others with a letter lost."""
_HEADS = 40
"""Texts that stand everywhere."""


@dataclass(frozen=True, slots=True)
class Planted:
    """Two indicators whose relation is known, because one was made of the other."""

    one: str
    other: str
    relation: Relation


def name(random_: random.Random) -> str:
    """One indicator's name, of one of the usual forms."""
    part, thing, action = random_.choice(PARTS), random_.choice(OBJECTS), random_.choice(ACTIONS)
    number = random_.randint(1, 400)
    match random_.randrange(7):
        case 0:
            return f"{part}{thing}{action}{random_.choice(RATES)}"
        case 1:
            return f"{random_.choice(PEOPLE)}对{part}{thing}{action}的满意度"
        case 2:
            return f"保障{part}{thing}{action}工作按时完成"
        case 3:
            return f"{action}{part}{thing}{number}处"
        case 4:
            return f"2024年{random_.randint(1, 12)}月底前完成{part}{thing}{action}"
        case 5:
            return f"提升{part}{thing}{action}水平，增加{random_.choice(PEOPLE)}收入"
        case _:
            return f"{part}{thing}{action}资金支付及时率"


def texts(count: int, *, distinct: float = 0.3, seed: int = 1) -> Iterator[str]:
    """So many texts of which about a part is distinct: a few everywhere, most rare, some with typos."""
    random_ = random.Random(seed)
    heads = [name(random_) for _ in range(_HEADS)]
    seen: list[str] = list(heads)
    for _ in range(count):
        drawn = random_.random()
        if drawn < distinct:
            is_typo = random_.random() < _TYPOS
            text = _typo(random_.choice(seen), random_) if is_typo else _rare(name(random_), random_)
            seen.append(text)
        elif drawn < distinct + 0.3:
            text = heads[min(int(random_.expovariate(0.2)), _HEADS - 1)]
        else:
            text = random_.choice(seen)
        yield text


def _typo(text: str, random_: random.Random) -> str:
    """A text of which a letter is lost."""
    at = random_.randrange(len(text))
    return text[:at] + text[at + 1 :]


def _rare(text: str, random_: random.Random) -> str:
    """A text made rare: a place of its own before it."""
    own = "".join(random_.choice("青云石松柳杨河湖沙白金银龙凤安平和兴") for _ in range(3))
    return f"{own}{random_.choice('村镇乡')}{text}"


def planted(count: int, *, seed: int = 2) -> list[Planted]:
    """So many pairs of each relation, each made of a name of its own."""
    random_ = random.Random(seed)
    pairs = []
    for _ in range(count):
        pairs += [_identical(random_), _template(random_), _reworded(random_), _turned(random_)]
    return pairs


def _identical(random_: random.Random) -> Planted:
    text = name(random_)
    at = random_.randrange(1, len(text))
    return Planted(text, f"{text[:at]} {text[at:]}。".replace("，", ","), Relation.IDENTICAL)


def _template(random_: random.Random) -> Planted:
    part, thing, action = random_.choice(PARTS), random_.choice(OBJECTS), random_.choice(ACTIONS)
    one, other = random_.sample(range(2, 500), 2)
    month, later = random_.sample(range(1, 13), 2)
    forms = (
        (f"{action}{part}{thing}{one}处", f"{action}{part}{thing}{other}处"),
        (f"2024年{month}月底前完成{thing}{action}", f"2023年{later}月底前完成{thing}{action}"),
        (f"每年{action}{thing}{one}次", f"每年{action}{thing} {other} 次"),
    )
    return Planted(*random_.choice(forms), Relation.SAME_TEMPLATE)


def _reworded(random_: random.Random) -> Planted:
    return Planted(*_swapped(SYNONYMS, random_), Relation.PARAPHRASE)


def _turned(random_: random.Random) -> Planted:
    return Planted(*_swapped(TURNS, random_), Relation.DIFFERENT)


def _swapped(words: Mapping[tuple[str, str], str], random_: random.Random) -> tuple[str, str]:
    """Two names that differ in one word only."""
    (one, other), frame = random_.choice(list(words.items()))
    filled = frame.format(random_.choice(PARTS) + random_.choice(OBJECTS) + random_.choice(ACTIONS))
    return filled.replace("〇", one), filled.replace("〇", other)
