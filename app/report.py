"""What a person reads after a command (结果摘要)."""

from collections.abc import Iterable, Mapping, Sequence

from app.build_report import BuildReport
from app.mentions import knows_language
from app.reuse_tables import counted_texts
from app.terminal import print_table, say
from app.workspace import ISSUE_LOG
from graph.reuse import GraphCounts, Occurrence, ReusedConcept
from graph.reuse_axes import Axis, ConceptReuse
from graph.value_names import KIND_WORDS
from ontology.model import ValueKind
from ontology.vocabulary import VOCABULARY

SUMMARY_LABELS = ("Disclosure", "BudgetUnit", "Project", "PerformanceTarget", "Indicator", "IndicatorConcept")

ISSUE_WORDS = {
    "no-target": "没有绩效目标的文件",
    "unit-unread": "没有读到预算单位的文件",
    "year-unread": "没有读到预算年度的文件",
    "row-unread": "没有读出的行",
    "row-ignored": "看过而不作为数据的行",
    "value-unknown": "没有读懂的指标值",
    "class-mismatch": "二级指标印在别的一级指标之下",
    "score-sum": "分值合计不是 100 分的目标",
    "text-damaged": "含有坏字节的文件",
    "target-merged": "印了不止一次、合为一个的目标",
    "amount-unread": "没有读懂的金额",
    "file-unread": "没有读出的文件",
}
"""What the codes of the issue log mean."""

_LISTED = 20
"""How many names a list in the terminal shows; the issue log has all."""
_VALUES_SHOWN = 6
_GROUPS_SHOWN = 6


def print_build(report: BuildReport) -> None:
    """Print what a build did and what the workspace now holds; failures also where nobody reads the rest."""
    try:
        _print_summary(report)
    finally:
        print_failures([*report.missing, *report.failures.values()])


def _print_summary(report: BuildReport) -> None:
    for remark in report.remarks:
        say(f"注意：{remark}")
    if report.counts is not None:
        done = [f"读取 {len(report.read)} 份文件", f"未变 {len(report.unchanged)} 份"]
        done += [f"移除 {len(report.removed)} 份"] if report.removed else []
        done += [f"失败 {len(report.failures)} 份"] if report.failures else []
        say(f"{'，'.join(done)}。工作区：{report.folder}")
        _print_counts(report.counts)
        _print_issues(report)
    _print_list("已不在原处，随之移除：", report.removed)
    _print_list("内容相同，只读一次：", [f"{name} 与 {first} 相同" for name, first in report.repeated])
    _print_list("没有绩效目标：", report.without_targets)
    _print_list("没有读到指标的绩效目标：", [f"{file} “{name}”" for file, name in report.empty_targets])
    rows = [f"{name} {count} 行" for name, count in report.unread_rows]
    _print_list("有没读成指标的行（看 jixiao trace 文件 --rows）：", rows)
    _print_list("这种类型还不能读，请先转成文本（.txt）：", report.coming)
    if report.ignored:
        kinds = "、".join(f"{suffix} {count} 个" for suffix, count in sorted(report.ignored.items()))
        say(f"文件夹中不是公开文件，没有读：{kinds}")
    if not knows_language():
        say("没有装 spaCy，没有读指标提到的动作、对象、度量等词语（装法：make install）")


def print_failures(sentences: Iterable[str]) -> None:
    """Print on standard error what could not be read, a line each."""
    for sentence in sentences:
        say(f"错误：{sentence}", stderr=True)


def print_reuse(
    ranking: Sequence[ReusedConcept],
    places: Mapping[str, Sequence[Occurrence]],
    values: Mapping[str, Mapping[str | None, int]],
) -> None:
    """Print the ranking, each concept with its most frequent values and the places that are given."""
    for number, concept in enumerate(ranking, start=1):
        found = places[concept.concept_id]
        years = "、".join(str(year) for year in concept.years)
        used = f"{concept.projects} 个项目，{concept.units} 个单位，{concept.occurrences} 次"
        common = "  共性指标" if concept.is_common else ""
        say(f"{number:>3} {concept.concept}  {used}（{years}）{common}", style="bold")
        printed = [value or "（未填写）" for value in values[concept.concept_id]]
        more = f"…… 共 {len(printed)} 种" if len(printed) > _VALUES_SHOWN else ""
        say(f"    指标值：{'、'.join(printed[:_VALUES_SHOWN])}{more}")
        for item in found:
            say(f"    · {describe_place(item)}")
        if concept.occurrences > len(found):
            say(f"    · …… 共 {concept.occurrences} 处")
    if not ranking:
        say("没有用在这么多项目中的指标")


def print_axis(found: Sequence[ConceptReuse], axis: Axis, *, limit: int, title: str) -> None:
    """Print the concepts used again along one axis, each with who uses it, when and with which values."""
    say(f"{title}的指标：{len(found)} 个", style="bold")
    for number, item in enumerate(found[:limit], start=1):
        common = "  共性指标" if item.is_common else ""
        say(f"{number:>3} {item.concept}{common}", style="bold")
        groups = item.groups(axis)
        for group in groups[:_GROUPS_SHOWN]:
            who = f"{group.unit} “{group.name}”" if group.unit else group.name
            years = "、".join(map(str, group.years)) or "年度不详"
            projects = "" if axis is Axis.YEARS else f"，{len(group.projects)} 个项目"
            say(f"    · {who} {years}{projects}：{counted_texts(group.values)}")
        if len(groups) > _GROUPS_SHOWN:
            say(f"    · …… 共 {len(groups)} 处")
    if len(found) > limit:
        say(f"…… 共 {len(found)} 个，用 --limit 看更多；--csv、--xlsx、--json 写出全部")


def describe_place(item: Occurrence) -> str:
    """Where an indicator stands, for a person: unit, year, project, file and cell."""
    year = f"{item.fiscal_year} 年" if item.fiscal_year else "年度不详"
    where = item.places[0] if item.places else None
    cell = where.table_name.removeprefix(item.file).strip() + where.place if where else ""
    return f"{item.unit or '单位不详'} {year} “{item.project or item.target}”  {item.file} {cell}"


def _print_counts(counts: GraphCounts) -> None:
    names = {node.name: node.label for node in VOCABULARY.classes}
    print_table(
        [names[label] for label in SUMMARY_LABELS], [[counts.nodes[label] for label in SUMMARY_LABELS]]
    )
    kinds = [
        (KIND_WORDS[ValueKind(item.kind)], item.indicators, item.distinct_values)
        for item in counts.value_kinds
    ]
    empty = counts.nodes["Indicator"] - sum(item.indicators for item in counts.value_kinds)
    if empty:
        kinds.append((KIND_WORDS[ValueKind.EMPTY], empty, 0))
    if kinds:
        print_table(("指标值的种类", "指标", "不同的值"), kinds, numbers=(1, 2))


def _print_issues(report: BuildReport) -> None:
    found = [
        (ISSUE_WORDS[code], count) for code, count in sorted(report.issues.items()) if code != "row-ignored"
    ]
    if found:
        print_table((f"值得一看（详见 {report.folder / ISSUE_LOG}）", "条"), found, numbers=(1,))


def _print_list(heading: str, lines: list[str]) -> None:
    if not lines:
        return
    say(heading)
    for line in lines[:_LISTED]:
        say(f"  {line}")
    if len(lines) > _LISTED:
        say(f"  …… 共 {len(lines)} 项")
