"""Commands about texts (文本命令): what the words of an indicator are."""

import sys
from pathlib import Path

import click
import msgspec
from click.core import ParameterSource

from app.annotate_lines import annotation_to_json, lines_as_they_come, load_annotator, print_annotation
from app.commands import DOCUMENTS_FAILED
from app.judgement_file import read_judgements
from app.options import tell, workspace_option
from app.output import STANDARD_OUTPUT, write_output
from app.relate_lines import (
    answer_pairs,
    parse_indicator,
    print_relation,
    read_pairs,
    relation_to_json,
)
from app.terminal import say
from app.workspace import is_workspace, read_workspace
from app.zh_click import ZhCommand
from graph.judgements import Judgements
from nlp.relate import relate


@click.command(
    cls=ZhCommand, short_help="标注文本：动作、对象、度量、数量…和指标值", options_metavar="[选项]"
)
@click.argument("texts", nargs=-1, metavar="[文本… | -]")
@click.option("--json", "as_json", is_flag=True, help="每条文本输出一行 JSON")
@click.option("--fiscal-year", type=click.IntRange(1990, 2100), metavar="年度", help="6月底前 是哪一年的")
def annotate(texts: tuple[str, ...], *, as_json: bool, fiscal_year: int | None) -> int:
    """标出文本中的动作、对象、度量、受益对象、机构、数量、时间、程度词，并把文本当作指标值解读。

    \b
    - 表示标准输入，一行一条，读到就答。
    JSON 每行一个对象：{"text", "tokens": [{start, end, tag}], "entities":
      [{start, end, label, text}], "target_value": {kind, comparator, number, …},
      "score_steps": 评分规则的各档}，
      start、end 是文本中的第几个字，从 0 数起。

    \b
    例：jixiao annotate 资金拨付及时率 不少于90次
        cat 指标.txt | jixiao annotate - --json > 标注.jsonl
    """
    if not texts:
        raise click.UsageError("缺少文本，应为一条或几条文本，或 - 表示标准输入", click.get_current_context())
    if "-" in texts and len(texts) > 1:
        raise click.UsageError("- 表示标准输入，应单独给出，不能和别的文本一起", click.get_current_context())
    annotator = load_annotator(fiscal_year)
    batches = (
        lines_as_they_come(sys.stdin.fileno()) if texts == ("-",) else [[_as_text(text) for text in texts]]
    )
    for batch in batches:
        found = annotator.annotate(batch)
        if as_json:
            lines = [msgspec.json.encode(annotation_to_json(annotation)) for annotation in found]
            write_output(STANDARD_OUTPUT, b"".join(line + b"\n" for line in lines))
        else:
            for annotation in found:
                print_annotation(annotation)
    return 0


@click.command(
    cls=ZhCommand,
    name="relate",
    short_help="比较两个指标：相同、同一模板、意思相同、不同，以及理由",
    options_metavar="[选项]",
)
@click.argument("texts", nargs=-1, metavar="[A B]")
@click.option("--json", "as_json", is_flag=True, help="输出一个 JSON 对象")
@click.option("--jsonl", "many", is_flag=True, help="从标准输入读很多对，一行一对，一行一个回答")
@workspace_option
def relate_command(texts: tuple[str, ...], *, as_json: bool, many: bool, folder: Path) -> int:
    """比较两个指标，名称和指标值一起比；A、B 写成 名称 或 名称|指标值。

    \b
    相同        只差空白、标点、全半角
    同一模板    只差数、日期、机构、地名、项目自己的对象（保证…工作顺利进行）
    意思相同    换了说法（资金支付及时率 和 资金拨付及时率）
    不同        其余；看起来很像、方向或对象相反的也是（提升… 和 降低…）

    \b
    工作区里有人工判断的（jixiao judge），判断和算出的关系并列，关系不变；没有工作区也能比较。

    \b
    --jsonl 的每行：{"a": {"name", "printed_value", "project", "unit", "file"}, "b": {…}}，只有 name 必需；
      file、project、unit 都相同的算在一个目标里
      a、b 也可以直接是 "名称|指标值"，名称和指标值可以是数
    回答：{"line": 第几行, "relation": identical|same_template|paraphrase|different, "reason",
      "likeness", "differences": [{"a", "b"}], "judgement": 人工判断，没有则为 null}
    不成一对的行说明行号，其余照答，退出码为 1。

    \b
    例：jixiao relate '资金支付及时率|100%' '资金拨付及时率|≥95%'
        cat 指标对.jsonl | jixiao relate --jsonl > 关系.jsonl
    """
    context = click.get_current_context()
    if many:
        if texts:
            raise click.UsageError("--jsonl 从标准输入读，不能再给文本", context)
        return _relate_lines(_judgements(folder))
    if len(texts) != 2:
        raise click.UsageError(f"给了 {len(texts)} 个指标，应为两个，或用 --jsonl 从标准输入读", context)
    _relate_two(texts, _judgements(folder), as_json=as_json)
    return 0


def _relate_two(texts: tuple[str, ...], judgements: Judgements, *, as_json: bool) -> None:
    one, other = (parse_indicator(_as_text(text)) for text in texts)
    found, judged = relate(one, other), judgements.of_indicators(one.name, other.name)
    if as_json:
        write_output(STANDARD_OUTPUT, msgspec.json.encode(relation_to_json(found, judged)) + b"\n")
    else:
        print_relation(one, other, found, judged)


def _relate_lines(judgements: Judgements) -> int:
    """Answer the pairs on standard input; returns the exit status, which tells of lines that are none."""
    failures: list[str] = []

    def fail(sentence: str) -> None:
        failures.append(sentence)
        say(f"错误：{sentence}", stderr=True)

    batches = lines_as_they_come(sys.stdin.fileno())
    pairs = read_pairs((line for batch in batches for line in batch), fail)
    for answer in answer_pairs(pairs, judgements):
        write_output(STANDARD_OUTPUT, answer)
    return DOCUMENTS_FAILED if failures else 0


def _judgements(folder: Path) -> Judgements:
    """What people have judged in a workspace; none where nobody asked for one and there is none."""
    asked = click.get_current_context().get_parameter_source("folder") is ParameterSource.COMMANDLINE
    if not asked and not is_workspace(folder):
        return Judgements()
    return read_judgements(read_workspace(folder).folder, tell)


def _as_text(argument: str) -> str:
    """An argument of the command line; bytes in it that are no UTF-8 become �."""
    return argument.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
