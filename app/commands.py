"""The commands of `jixiao` (命令), one function each."""

from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path

import click

from app.builder import build_workspace
from app.extract import extract_records
from app.files import printable
from app.options import store_option, tell, workspace_option
from app.output import write_json
from app.params import OutputParam, PlaceParam
from app.pipeline import guard
from app.records_json import disclosure_to_json
from app.report import print_build, print_failures
from app.terminal import say, track_files
from app.trace_file import print_trace
from app.zh_click import ZhGroup

DOCUMENTS_FAILED = 1
WRONG_USE = 2


@dataclass
class Outcome:
    """The exit status of the command under way, should its output break off."""

    status: int = 0
    saved: bool = False
    """Whether what was done so far is kept when it is interrupted."""


@click.group(
    cls=ZhGroup,
    subcommand_metavar="命令 [参数]…",
    options_metavar="[选项]",
    context_settings={"help_option_names": ["--help", "-h"]},
)
@click.version_option(version("jixiao"), message="jixiao %(version)s", help="显示版本")
def jixiao() -> None:
    """绩效图谱：把部门预算公开中的绩效目标读成一张可以查询的图。

    \b
    第一次使用：
      jixiao build 文件或文件夹…   读文件，建图谱
      jixiao reuse                 看哪些指标被反复使用、用在哪里
      jixiao trace 文件            看一份文件是怎样一步步读出来的

    \b
    退出状态：0 完成；1 有文件没有读出（其余照常）；2 用法不对或无法进行；
    130 被 Ctrl-C 中断。
    """


@jixiao.command(short_help="读文件，建图谱，打印摘要", options_metavar="[选项]")
@click.argument("paths", nargs=-1, type=PlaceParam(), metavar="路径…")
@workspace_option
@click.option(
    "--forget",
    multiple=True,
    type=PlaceParam(),
    metavar="路径",
    help="从工作区移除这个文件或文件夹（可重复）",
)
@store_option
@click.pass_obj
def build(
    outcome: Outcome, paths: tuple[Path, ...], folder: Path, forget: tuple[Path, ...], address: str | None
) -> int:
    """读取文件和文件夹中的预算公开，提取绩效目标，建成图谱，打印摘要。

    \b
    目前能读 .txt 和 .md（UTF-8、GB18030、UTF-16、UTF-32）。
    只读有变化的文件；给的是文件夹时，其中已经没有的文件也从图谱移除。
    读不出的文件列在最后，不影响其余文件；详情在工作区的 issues.jsonl。

    \b
    例：jixiao build 公开文件/ 补充.txt --workspace 2024年
        jixiao build --store neo4j://localhost:7687 --workspace 2024年   已读的记录载入 Neo4j
    """
    if not paths and not forget and address is None:
        raise click.UsageError("缺少“路径…”，应为要读的文件或文件夹", click.get_current_context())
    outcome.saved = True
    report = build_workspace(paths, folder, track=track_files, forget=forget, address=address)
    outcome.status = _status(missing=bool(report.missing), failed=bool(report.failures))
    print_build(report)
    return outcome.status


@jixiao.command(short_help="只提取记录，写成 JSON，不建图谱", options_metavar="[选项]")
@click.argument("paths", nargs=-1, required=True, type=PlaceParam(), metavar="路径…")
@click.option(
    "--json",
    "place",
    required=True,
    type=OutputParam(),
    metavar="文件",
    help="写入的 JSON 文件；- 为标准输出",
)
@click.pass_obj
def extract(outcome: Outcome, paths: tuple[Path, ...], place: str) -> int:
    """提取文件中的绩效目标，连同每个字段的出处写成 JSON，不用工作区。

    \b
    形式：{"documents": [{file, budget_unit, fiscal_year, targets: [
      {scope, project, budget_yuan, objective, indicators: [
        {category, subcategory, name, printed_value, max_score, definition,
         basis, target_value: {kind, comparator, number, measure_unit, date, …},
         value_in_context: 结合名称的指标值和原因, score_steps, polarity, entities,
         sources: [{field, printed, table, row, column, line}], …}]}]}]}
    """
    report = extract_records(paths, track=track_files)
    outcome.status = _status(missing=bool(report.missing), failed=bool(report.failures))
    if report.coming:
        tell(f"有 {len(report.coming)} 个文件的类型还不能读，没有读：{'、'.join(report.coming)}")
    print_failures([*report.missing, *(failure.message for failure in report.failures)])
    for failure in report.failures:
        if failure.detail:
            say(failure.detail, stderr=True)
    if report.disclosures or not report.missing:
        write_json(place, {"documents": [disclosure_to_json(item) for item in report.disclosures]})
    return outcome.status


@jixiao.command(short_help="看一份文件是怎样一步步读出来的", options_metavar="[选项]")
@click.argument("path", type=PlaceParam(), metavar="文件")
@click.option("--rows", "with_rows", is_flag=True, help="列出每一行的去向")
def trace(path: Path, with_rows: bool) -> int:
    """逐步打印一份文件的经过：读文件、找绩效目标、读出目标、解读、校验、建图。

    \b
    不用也不改工作区。
    """
    if not path.is_file():
        told = "是文件夹，应为文件" if path.is_dir() else "不存在，应为文件"
        raise click.UsageError(f"路径 {printable(path)} {told}", click.get_current_context())
    failure = guard(printable(path), partial(print_trace, path, with_rows=with_rows))
    if failure is None:
        return 0
    print_failures([failure.message])
    if failure.detail:
        say(failure.detail, stderr=True)
    return DOCUMENTS_FAILED


def _status(*, missing: bool, failed: bool) -> int:
    if missing:
        return WRONG_USE
    return DOCUMENTS_FAILED if failed else 0
