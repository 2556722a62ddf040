"""Options that several commands share (共用选项), and what they say beside their answers."""

from pathlib import Path

import click

from app.params import PlaceParam
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


def tell(sentence: str) -> None:
    """Say something to know beside the answer."""
    say(f"注意：{sentence}", stderr=True)
