"""The command about reuse (复用命令): which indicators are used again, where, and along which axis."""

from pathlib import Path

import click

from app.builder import open_graph
from app.options import (
    check_outputs,
    limit_option,
    output_options,
    store_option,
    tell,
    tell_written,
    workspace_option,
)
from app.output import write_csv, write_json
from app.report import print_axis, print_reuse
from app.reuse_tables import (
    AXIS_HEADINGS,
    REUSE_HEADINGS,
    axis_rows,
    axis_to_json,
    reuse_to_json,
    reuse_to_rows,
)
from app.sheets import Sheet, write_xlsx
from app.terminal import say, to_csv, track_files
from app.zh_click import ZhCommand
from graph.corpus import read_corpus
from graph.reuse import concept_occurrences, concept_values, count_reused, reuse_ranking
from graph.reuse_axes import Axis, ConceptReuse, reuse_along
from graph.store import GraphStore

_PLACES_SHOWN = 3
_AXES = {
    "years": "同一项目连年使用",
    "unit": "一个单位内多个项目使用",
    "units": "多个单位使用",
    "regions": "多个地区使用",
}


@click.command(
    cls=ZhCommand, short_help="看哪些指标被反复使用、用在哪里、指标值是多少", options_metavar="[选项]"
)
@workspace_option
@limit_option
@click.option(
    "--min-projects",
    type=click.IntRange(min=1),
    default=2,
    metavar="个数",
    help="至少用在几个项目中（默认 2）",
)
@click.option(
    "--axis",
    type=click.Choice(list(_AXES)),
    help="只看一个方向：years 同一项目连年，unit 一个单位内，units 多个单位，regions 多个地区",
)
@output_options
@store_option
def reuse(
    folder: Path, limit: int, min_projects: int, axis: str | None, csv_file: str | None,
    xlsx_file: str | None, json_file: str | None, address: str | None,
) -> int:  # fmt: skip
    """按用到它的项目数列出指标，连同指标值和出处。

    \b
    名称只差空白、标点、全半角的指标算同一个；“项目”“单位”数的是用到它的项目和单位。
    标有“共性”的指标本来就该多处使用，次数多不等于有问题。

    \b
    --axis 把四个方向分开数，至少 2 才列出，逐个列出是哪个项目、单位、地区，哪些年，指标值是什么：
      jixiao reuse --axis years --xlsx 连年使用.xlsx
    """
    check_outputs(csv_file, xlsx_file, json_file)
    outputs = csv_file, xlsx_file, json_file
    with open_graph(folder, tell, track=track_files, address=address) as store:
        if axis is None:
            _show_places(store, outputs, limit=limit, min_projects=min_projects)
        else:
            found = [
                item
                for item in reuse_along(read_corpus(store))
                if item.along(Axis(axis)) > 1 and item.projects >= min_projects - (axis == Axis.YEARS)
            ]
            found.sort(key=lambda item: (-item.along(Axis(axis)), -item.projects, item.concept))
            _show_axis(found, Axis(axis), outputs, limit=limit)
    tell_written(*outputs)
    return 0


def _show_places(
    store: GraphStore,
    outputs: tuple[str | None, str | None, str | None],
    *,
    limit: int,
    min_projects: int,
) -> None:
    """The most used concepts with the places where they stand."""
    csv_file, xlsx_file, json_file = outputs
    is_shown = not any(outputs)
    ranking = reuse_ranking(store, limit=limit if is_shown else None, min_projects=min_projects)
    ids = [item.concept_id for item in ranking]
    most = _PLACES_SHOWN if is_shown else None
    places = {own_id: concept_occurrences(store, own_id, limit=most) for own_id in ids}
    if csv_file:
        write_csv(csv_file, to_csv(REUSE_HEADINGS, reuse_to_rows(ranking, places)))
    if xlsx_file:
        write_xlsx(xlsx_file, [Sheet("复用", REUSE_HEADINGS, list(reuse_to_rows(ranking, places)))])
    if json_file:
        write_json(json_file, reuse_to_json(ranking, places))
    if is_shown:
        print_reuse(ranking, places, {own_id: concept_values(store, own_id) for own_id in ids})
        every = count_reused(store, min_projects=min_projects)
        if every > len(ranking):
            say(f"…… 共 {every} 个，用 --limit 看更多；--csv、--xlsx、--json 写出全部")


def _show_axis(
    found: list[ConceptReuse],
    axis: Axis,
    outputs: tuple[str | None, str | None, str | None],
    *,
    limit: int,
) -> None:
    """The concepts used again along one axis, furthest first."""
    csv_file, xlsx_file, json_file = outputs
    if csv_file:
        write_csv(csv_file, to_csv(AXIS_HEADINGS, axis_rows(found, axis)))
    if xlsx_file:
        write_xlsx(xlsx_file, [Sheet(_AXES[axis], AXIS_HEADINGS, list(axis_rows(found, axis)))])
    if json_file:
        write_json(json_file, axis_to_json(found, axis))
    if not any(outputs):
        print_axis(found, axis, limit=limit, title=_AXES[axis])
