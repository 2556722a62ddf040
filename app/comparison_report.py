"""What is copied and what is general, for a person (比较结果)."""

from collections.abc import Sequence

from app.boilerplate_shares import SCOPES
from app.comparison_tables import LABEL_WORDS, RELATION_WORDS, Duplicates, repeated_words
from app.terminal import print_table, say
from graph.boilerplate import BoilerplateShare, IndicatorBoilerplate
from graph.concept_groups import ConceptGroup
from graph.copies import Repeat, TargetPair
from graph.corpus import TargetItem
from graph.objectives import CopiedObjective, told_once
from graph.same_values import SameValue

_SHOWN_LETTERS = 60
_NAMED = 4
"""Projects that are named in one cell."""


def print_duplicates(found: Duplicates, *, limit: int) -> None:
    """Print pairs of targets with what they share, then groups, repeats, copied objectives, and notes."""
    say(f"雷同的绩效目标：{len(found.pairs)} 对", style="bold")
    for number, pair in enumerate(found.pairs[:limit], start=1):
        _print_pair(number, pair)
    _more(found.pairs, limit)
    if found.groups:
        say(f"\n两两雷同的组：{len(found.groups)} 组", style="bold")
        for group in found.groups[:limit]:
            more = "……" if len(group) > limit else ""
            say(f"  {len(group)} 个：{'、'.join(_named(target) for target in group[:limit])}{more}")
        _more(found.groups, limit)
    _print_repeats(found.repeats, limit)
    _print_objectives(found.objectives, limit)
    if found.concept_groups:
        _print_concept_groups(found.concept_groups, limit)
    for note in found.notes:
        say(f"\n{note}")


def _print_concept_groups(groups: Sequence[ConceptGroup], limit: int) -> None:
    say(f"\n两两相近的指标：{len(groups)} 组", style="bold")
    rows = [
        (len(group.concepts), f"{group.density:.0%}", "、".join(_short(name) for _, name in group.concepts))
        for group in groups[:limit]
    ]
    print_table(("指标数", "密度", "指标"), rows, numbers=(0, 1))
    _more(groups, limit)


def _print_repeats(repeats: Sequence[Repeat], limit: int) -> None:
    say(f"\n目标内重复的指标：{len(repeats)} 处", style="bold")
    for repeat in repeats[:limit]:
        say(f"  {_named(repeat.target)}：{RELATION_WORDS[repeat.reading.relation]}（{repeat.reason}）")
        for item in repeat.indicators:
            say(f"    · {_short(item.text.name)}  {_short(item.text.printed_value)}")
        if repeat.judged and repeat.judged.said != repeat.reading.reason:
            say(f"    {repeat.judged.said}")
    _more(repeats, limit)


def _print_objectives(objectives: Sequence[CopiedObjective], limit: int) -> None:
    """Print what objectives repeat; two that are the same are one line, the later repeating the earlier."""
    shown = told_once(objectives)
    say(f"\n照抄的总体目标：{len(shown)} 处", style="bold")
    for found in shown[:limit]:
        how = "逐字重复" if found.is_verbatim else "近似重复"
        where = "" if found.other_target.id == found.target.id else f"（{_named(found.other_target)}）"
        say(f"  {_named(found.target)}：{how}{repeated_words(found)}{where}")
        say(f"    · {_short(found.text)}")
        if found.other.strip() != found.text.strip():
            say(f"    · {_short(found.other)}")
    _more(shown, limit)


def _print_pair(number: int, pair: TargetPair) -> None:
    one, other = pair.in_order
    say(
        f"{number:>3} {LABEL_WORDS[pair.label]} {pair.share:.0%}  {_named(one)} | {_named(other)}",
        style="bold",
    )
    if pair.earlier_word:
        say(f"    {pair.earlier_word}")
    if pair.judged:
        say(f"    {pair.judged.said}")
    for item in pair.shared_in_order:
        say(
            f"    · {RELATION_WORDS[item.reading.relation]}  "
            f"{_said(item.one.text.name, item.one.text.printed_value)} | "
            f"{_said(item.other.text.name, item.other.text.printed_value)}"
        )


def print_boilerplate(
    found: Sequence[IndicatorBoilerplate],
    shares: Sequence[tuple[str, str, BoilerplateShare]],
    values: Sequence[SameValue],
    *,
    threshold: float,
    limit: int,
) -> None:
    """Print the most general indicators with the reasons, then units, projects, and copied values."""
    said = sum(item.score >= threshold for item in found)
    say(f"{len(found)} 条指标中 {said} 条是套话（程度 ≥ {threshold:g}）；同样的写法只列一次", style="bold")
    different = _different(found)
    rows = [
        (f"{item.score:.2f}", "共性" if item.is_common else "", _short(item.said),
         item.targets, item.projects, item.units, item.words_told)
        for item in different[:limit]
    ]  # fmt: skip
    print_table(("程度", "", "指标", "目标", "项目", "单位", "说明"), rows, numbers=(3, 4, 5))
    _more(different, limit)
    for scope in SCOPES:
        _print_shares(scope, [(name, share) for kind, name, share in shares if kind == scope], limit)
    if values:
        _print_values(values, limit)


def _print_shares(scope: str, shares: Sequence[tuple[str, BoilerplateShare]], limit: int) -> None:
    say(f"\n套话占多少（{scope}）", style="bold")
    rows = [
        (name, item.indicators, item.boilerplate, f"{item.share:.0%}", f"{item.low:.0%}–{item.high:.0%}")
        for name, item in shares[:limit]
    ]
    print_table((scope, "指标", "套话", "比例", "95% 区间"), rows, numbers=(1, 2, 3))
    _more(shares, limit)


def _print_values(values: Sequence[SameValue], limit: int) -> None:
    say(f"\n名称和指标值都相同、预算相差十倍以上：{len(values)} 种", style="bold")
    rows = [
        (_short(item.name), item.printed_value, f"{item.smallest / 1e4:g}", f"{item.largest / 1e4:g}",
         "、".join(_named(target) for target in item.projects[:_NAMED])
         + (f"…… 共 {len(item.projects)} 个" if len(item.projects) > _NAMED else ""))
        for item in values[:limit]
    ]  # fmt: skip
    print_table(("指标", "指标值", "最小预算（万元）", "最大预算（万元）", "项目"), rows, numbers=(2, 3))
    _more(values, limit)


def _different(found: Sequence[IndicatorBoilerplate]) -> list[IndicatorBoilerplate]:
    """One of each template, as they come: forty projects with one wording are one line."""
    seen: dict[str | None, IndicatorBoilerplate] = {}
    for item in found:
        seen.setdefault(item.template, item)
    return list(seen.values())


def _named(target: TargetItem) -> str:
    year = f"（{target.fiscal_year}）" if target.fiscal_year else ""
    unit = "" if not target.unit or target.name.startswith(target.unit) else f"{target.unit} "
    return f"{unit}“{target.name}”{year}"


def _said(name: str, value: str) -> str:
    return f"{_short(name)} {_short(value)}".strip()


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN_LETTERS else f"{text[:_SHOWN_LETTERS]}…"


def _more(found: Sequence[object], limit: int) -> None:
    if len(found) > limit:
        say(f"  …… 共 {len(found)} 项，用 --limit 看更多，或用 --xlsx、--json 写出全部")
