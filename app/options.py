"""Options that several commands share (共用选项), and what they say beside their answers."""

from collections.abc import Callable
from pathlib import Path

import click

from app.output import STANDARD_OUTPUT
from app.params import OutputParam, PlaceParam
from app.terminal import say

workspace_option = click.option(
    "--workspace",
    "folder",
    type=PlaceParam(),
    default=Path("jixiao-workspace"),
    envvar="JIXIAO_WORKSPACE",
    metavar="文件夹",
    help="工作区（默认 $JIXIAO_WORKSPACE，没有则为 jixiao-workspace）",
)
store_option = click.option(
    "--store",
    "address",
    metavar="地址",
    help="Neo4j 的地址，如 neo4j://主机:7687（密码在 $NEO4J_PASSWORD）；默认用工作区里的图谱",
)


limit_option = click.option(
    "--limit", type=click.IntRange(min=1), default=20, metavar="个数", help="屏幕上各列几项（默认 20）"
)


def output_options(command: Callable[..., int]) -> Callable[..., int]:
    """The options --csv, --xlsx and --json of a command that makes tables."""
    options = (
        click.option(
            "--csv", "csv_file", type=OutputParam(), metavar="文件",
            help="主要的表写成 CSV（可用 Excel 打开）；- 为标准输出",
        ),
        click.option(
            "--xlsx", "xlsx_file", type=OutputParam(), metavar="文件", help="各表写成一个 Excel 文件"
        ),
        click.option(
            "--json", "json_file", type=OutputParam(), metavar="文件",
            help="全部内容写成 JSON；- 为标准输出",
        ),
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


def check_outputs(*places: str | None) -> None:
    """Raise UsageError where two results would go to standard output, one into the other."""
    if sum(place == STANDARD_OUTPUT for place in places) > 1:
        raise click.UsageError("--csv、--xlsx、--json 只能有一个写到标准输出", click.get_current_context())


def tell(sentence: str) -> None:
    """Say something to know beside the answer."""
    say(f"注意：{sentence}", stderr=True)


def tell_written(*places: str | None) -> None:
    """Say which files were written; what went to standard output is there to see."""
    for place in places:
        if place is not None and place != STANDARD_OUTPUT:
            say(f"已写入 {place}", stderr=True)
