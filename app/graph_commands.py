"""The command that asks the graph people's own questions (查询命令)."""

from pathlib import Path
from typing import Any

import click
import msgspec

from app.builder import open_graph
from app.named_questions import list_questions, question_text, questions_to_json, split_param
from app.options import store_option, tell, workspace_option
from app.output import STANDARD_OUTPUT, write_csv, write_json
from app.params import OutputParam
from app.question_headings import shown_columns
from app.terminal import print_table, say, to_csv, track_files
from app.zh_click import ZhCommand
from graph.query_names import unknown_names

_QUERY_TIMEOUT_S = 60


_QUERY_HELP = """用 Cypher 查询图谱，或问一个现成的问题，只读；默认打印表格。

\b
例：jixiao query --questions                              有哪些现成的问题
    jixiao query --question words --param word=满意度     问其中一个
列出用词含“满意度”的指标和它们的指标值
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
  (IndicatorConcept)-[:FOLLOWS]->(IndicatorTemplate)
  (IndicatorConcept)-[:SIMILAR_TO]->(IndicatorConcept)
  (PerformanceTarget)-[:SHARES_INDICATORS_WITH]->(PerformanceTarget)
"""


@click.command(
    cls=ZhCommand, short_help="用 Cypher 查询图谱（只读）", options_metavar="[选项]", help=_QUERY_HELP
)
@click.argument("cypher", metavar="[CYPHER]", required=False)
@click.option("--question", "name", metavar="名称", help="问一个现成的问题，不写 CYPHER")
@click.option("--questions", "is_list", is_flag=True, help="列出现成的问题、它们的参数和默认值")
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
@store_option
def query(
    cypher: str | None, name: str | None, is_list: bool, folder: Path, params: tuple[str, ...],
    as_csv: bool, as_json: bool, place: str, address: str | None,
) -> int:  # fmt: skip
    """Ask the graph; what people read of it is the help text below."""
    _check_output(place, as_csv=as_csv, as_json=as_json)
    _check_asked(cypher, name, is_list=is_list, params=params)
    if is_list:
        rows = questions_to_json() if as_json else list_questions()
    else:
        text, values = _text_and_values(cypher, name, params)
        with open_graph(folder, tell, track=track_files, address=address) as store:
            rows = store.run(text, values, timeout_s=_QUERY_TIMEOUT_S)
    _show_rows(rows, place, as_csv=as_csv, as_json=as_json, is_named=name is not None)
    return 0


def _check_output(place: str, *, as_csv: bool, as_json: bool) -> None:
    """Raise UsageError where it does not say one form for one place."""
    if as_csv and as_json:
        raise click.UsageError("--csv 和 --json 只能用一个", click.get_current_context())
    if place != STANDARD_OUTPUT and not (as_csv or as_json):
        raise click.UsageError("--output 要和 --csv、--json 中的一个一起用", click.get_current_context())


def _check_asked(cypher: str | None, name: str | None, *, is_list: bool, params: tuple[str, ...]) -> None:
    """Raise UsageError where not exactly one thing is asked for."""
    asked = [cypher is not None, name is not None, is_list]
    context = click.get_current_context()
    if not any(asked):
        told = "缺少“CYPHER”，应为查询语句；或用 --question 问现成的问题，有哪些见 --questions"
        raise click.UsageError(told, context)
    if sum(asked) > 1:
        raise click.UsageError("CYPHER、--question、--questions 只能用一个", context)
    if is_list and params:
        raise click.UsageError("--param 要和 CYPHER 或 --question 一起用", context)


def _text_and_values(
    cypher: str | None, name: str | None, params: tuple[str, ...]
) -> tuple[str, dict[str, Any]]:
    """What is asked of the graph; names that it does not have are told of."""
    if name is not None:
        return question_text(name, params)
    text = cypher or ""
    for sentence in unknown_names(text):
        tell(sentence)
    return text, dict(map(_parse_param, params))


def _show_rows(
    rows: list[dict[str, Any]], place: str, *, as_csv: bool, as_json: bool, is_named: bool
) -> None:
    """Write an answer as JSON or CSV, or show it as a table; our own questions' columns in Chinese."""
    if as_json:
        write_json(place, rows)
        return
    if rows:
        cells = (list(row.values()) for row in rows)
        if as_csv:
            write_csv(place, to_csv(list(rows[0]), cells))
        elif is_named:
            print_table(*shown_columns(rows))
        else:
            print_table(list(rows[0]), cells)
    say(f"共 {len(rows)} 行" if rows else "没有符合条件的行", stderr=True)


def _parse_param(text: str) -> tuple[str, Any]:
    name, value = split_param(text)
    try:
        return name, msgspec.json.decode(value)
    except msgspec.DecodeError:
        return name, value
