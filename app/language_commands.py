"""Commands about texts (文本命令): what the words of an indicator are."""

import sys

import click
import msgspec

from app.annotate_lines import annotation_to_json, lines_as_they_come, load_annotator, print_annotation
from app.output import STANDARD_OUTPUT, write_output
from app.zh_click import ZhCommand


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


def _as_text(argument: str) -> str:
    """An argument of the command line; bytes in it that are no UTF-8 become �."""
    return argument.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
