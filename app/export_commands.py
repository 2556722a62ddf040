"""Commands that give the graph to other programs (导出命令)."""

from pathlib import Path

import click

from app.builder import open_graph
from app.options import tell, workspace_option
from app.params import PlaceParam
from app.terminal import print_table, say, track_files
from app.zh_click import ZhCommand, ZhGroup
from graph.neo4j_import import ARGUMENTS, write_import_files


@click.group(
    cls=ZhGroup,
    short_help="导出图谱，供别的程序使用",
    options_metavar="[选项]",
    subcommand_metavar="命令 …",
)
def export() -> None:
    """导出图谱，供别的程序使用。"""


@export.command(
    "neo4j-import", cls=ZhCommand, short_help="写出 neo4j-admin 批量导入用的文件", options_metavar="[选项]"
)
@workspace_option
@click.option(
    "--output",
    "place",
    type=PlaceParam(),
    required=True,
    metavar="文件夹",
    help="写入的文件夹，应为空的或新的",
)
def neo4j_import(folder: Path, place: Path) -> int:
    """写出 neo4j-admin database import full 用的文件：每种节点、每种关系各一个表头和一个数据文件。

    \b
    数据多（几十万条指标以上）、数据库还是空的时候用它；平时用 jixiao build --store。
    导入要先停下数据库，在写出的文件夹里运行：
      neo4j-admin database import full neo4j --overwrite-destination @import.args
    再启动数据库，运行一次 jixiao build --store 地址，补上索引，以后照常更新。
    """
    with open_graph(folder, tell, track=track_files) as store:
        counts = write_import_files(store, place)
    print_table(("文件", "行"), counts.items(), numbers=(1,))
    command = f"neo4j-admin database import full neo4j --overwrite-destination @{ARGUMENTS}"
    say(f"已写入 {place}；停下数据库，在那里运行 {command}", stderr=True)
    return 0
