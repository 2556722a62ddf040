"""The commands of `jixiao` (命令), one function each."""

from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import click
import msgspec

from app.builder import build_workspace, open_graph
from app.extract import extract_records
from app.files import printable
from app.output import STANDARD_OUTPUT, write_csv, write_json
from app.params import OutputParam, PlaceParam
from app.pipeline import guard
from app.records_json import disclosure_to_json
from app.report import print_build, print_failures, print_reuse
from app.reuse_tables import REUSE_HEADINGS, reuse_to_json, reuse_to_rows
from app.terminal import print_table, say, to_csv, track_files
from app.trace_file import print_trace
from app.zh_click import ZhGroup
from graph.query_names import unknown_names
from graph.reuse import concept_occurrences, reuse_ranking

DOCUMENTS_FAILED = 1
WRONG_USE = 2

_QUERY_TIMEOUT_S = 60
_PLACES_SHOWN = 3


@dataclass
class Outcome:
    """The exit status of the command under way, should its output break off."""

    status: int = 0
    saved: bool = False
    """Whether what was done so far is kept when it is interrupted."""


workspace_option = click.option(
    "--workspace",
    "folder",
    type=PlaceParam(),
    default=Path("jixiao-workspace"),
    envvar="JIXIAO_WORKSPACE",
    metavar="文件夹",
    help="工作区（默认 $JIXIAO_WORKSPACE，没有则为 jixiao-workspace）",
)
_store_option = click.option(
    "--store",
    "address",
    metavar="地址",
    help="Neo4j 的地址，如 neo4j://主机:7687（密码在 $NEO4J_PASSWORD）；默认用工作区里的图谱",
)


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
@_store_option
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


@jixiao.command(short_help="看哪些指标被反复使用、用在哪里、指标值是多少", options_metavar="[选项]")
@workspace_option
@click.option(
    "--limit", type=click.IntRange(min=1), default=20, metavar="个数", help="列出几个指标（默认 20）"
)
@click.option(
    "--min-projects",
    type=click.IntRange(min=1),
    default=2,
    metavar="个数",
    help="至少用在几个项目中（默认 2）",
)
@click.option(
    "--csv",
    "csv_file",
    type=OutputParam(),
    metavar="文件",
    help="每处一行写成 CSV（可用 Excel 打开）；- 为标准输出",
)
@click.option(
    "--json", "json_file", type=OutputParam(), metavar="文件", help="连同每一处写成 JSON；- 为标准输出"
)
@_store_option
def reuse(
    folder: Path,
    limit: int,
    min_projects: int,
    csv_file: str | None,
    json_file: str | None,
    address: str | None,
) -> int:
    """按用到它的项目数列出指标，连同指标值和出处。

    \b
    名称只差空白、标点、全半角的指标算同一个；“项目”“单位”数的是用到它的项目和单位。
    群众满意度这样的共性指标本来就该多处使用，次数多不等于有问题。
    """
    if csv_file == json_file == STANDARD_OUTPUT:
        raise click.UsageError("--csv 和 --json 不能都写到标准输出", click.get_current_context())
    with open_graph(folder, tell, track=track_files, address=address) as store:
        ranking = reuse_ranking(store, limit=limit, min_projects=min_projects)
        places = {item.concept_id: concept_occurrences(store, item.concept_id) for item in ranking}
    if csv_file:
        write_csv(csv_file, to_csv(REUSE_HEADINGS, reuse_to_rows(ranking, places)))
    if json_file:
        write_json(json_file, reuse_to_json(ranking, places))
    if not csv_file and not json_file:
        print_reuse(ranking, places, shown=_PLACES_SHOWN)
    return 0


@jixiao.command(short_help="用 Cypher 查询图谱（只读）", options_metavar="[选项]")
@click.argument("cypher", metavar="CYPHER")
@workspace_option
@click.option(
    "--param", "params", multiple=True, metavar="名=值", help="查询参数 $名；值写成 JSON，否则当作文字"
)
@click.option("--csv", "as_csv", is_flag=True, help="输出 CSV")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON：一个数组，每行一个对象")
@click.option(
    "--output", "place", type=OutputParam(), default=STANDARD_OUTPUT, metavar="文件",
    help="和 --csv 或 --json 一起用：写入文件，而不是标准输出",
)  # fmt: skip
@_store_option
def query(
    cypher: str,
    folder: Path,
    params: tuple[str, ...],
    as_csv: bool,
    as_json: bool,
    place: str,
    address: str | None,
) -> int:
    """用 Cypher 查询图谱，只读；默认打印表格。

    \b
    例：列出用词含“满意度”的指标和它们的指标值
      jixiao query 'MATCH (p:Project)-[:HAS_TARGET]->(:PerformanceTarget)
        -[:HAS_INDICATOR]->(i:Indicator) WHERE i.name CONTAINS $word
        RETURN p.name AS 项目, i.name AS 指标, i.printed_value AS 指标值' --param word=满意度

    \b
    图中有什么（属性见 docs/graph.md，或用 RETURN properties(i) 看）：
      (BudgetUnit)-[:PUBLISHED]->(Disclosure)-[:HAS_TABLE]->(SourceTable)
      (BudgetUnit)-[:HAS_PROJECT]->(Project)-[:HAS_TARGET]->(PerformanceTarget)
      (BudgetUnit)-[:HAS_TARGET]->(PerformanceTarget)-[:STATED_IN]->(Disclosure)
      (PerformanceTarget)-[:HAS_INDICATOR]->(Indicator)-[:PRINTED_IN]->(SourceTable)
      (Indicator)-[:IN_CATEGORY]->(Category)-[:BROADER]->(Category)
      (Indicator)-[:HAS_VALUE]->(TargetValue)
      (Indicator)-[:EXPRESSES]->(IndicatorConcept)-[:MENTIONS]->(Term)
    """
    if as_csv and as_json:
        raise click.UsageError("--csv 和 --json 只能用一个", click.get_current_context())
    if place != STANDARD_OUTPUT and not (as_csv or as_json):
        raise click.UsageError("--output 要和 --csv、--json 中的一个一起用", click.get_current_context())
    values = dict(_parse_param(text) for text in params)
    for sentence in unknown_names(cypher):
        tell(sentence)
    with open_graph(folder, tell, track=track_files, address=address) as store:
        rows = store.run(cypher, values, timeout_s=_QUERY_TIMEOUT_S)
    if as_json:
        write_json(place, rows)
    else:
        _show_rows(rows, place if as_csv else None)
    return 0


def _show_rows(rows: list[dict[str, Any]], csv_place: str | None) -> None:
    """Show an answer as CSV at a place, or as a table."""
    if rows:
        cells = (list(row.values()) for row in rows)
        if csv_place:
            write_csv(csv_place, to_csv(list(rows[0]), cells))
        else:
            print_table(list(rows[0]), cells)
    say(f"共 {len(rows)} 行" if rows else "没有符合条件的行", stderr=True)


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


def tell(sentence: str) -> None:
    """Say something to know beside the answer."""
    say(f"注意：{sentence}", stderr=True)


def _parse_param(text: str) -> tuple[str, Any]:
    name, mark, value = text.partition("=")
    if not mark or not name.isidentifier():
        raise click.UsageError(f"--param 的值是“{text}”，应写成 名=值，例如 --param word=满意度")
    try:
        return name, msgspec.json.decode(value)
    except msgspec.DecodeError:
        return name, value
