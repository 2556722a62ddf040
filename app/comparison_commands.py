"""Commands about what is copied and what is general (比较命令): duplicates, boilerplate, judgements."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from app.boilerplate_shares import boilerplate_shares
from app.boilerplate_tables import boilerplate_sheets, boilerplate_to_json
from app.builder import judgements_for, open_graph
from app.comparison_report import print_boilerplate, print_duplicates
from app.comparison_tables import (
    Duplicates,
    duplicate_sheets,
    duplicates_to_json,
    left_out_note,
)
from app.judgement_file import wrong_sides
from app.judging import keep_judgement
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
from app.params import ShareParam
from app.sheets import Sheet, write_xlsx
from app.terminal import say, to_csv, track_files
from app.zh_click import ZhCommand
from graph import queries
from graph.boilerplate import THRESHOLD, indicator_boilerplate
from graph.concept_groups import concept_groups
from graph.copies import left_out, repeats_within, target_groups
from graph.copy_search import equal_groups
from graph.corpus import read_corpus
from graph.judged import judged_pairs, judged_repeats
from graph.judgements import Judgement, Judgements, Subject, Verdict
from graph.objectives import copied_objectives
from graph.row_index import LEAST_SHARE
from graph.same_values import same_values
from graph.store import GraphStore

_VERDICTS = {"same": Verdict.SAME, "different": Verdict.DIFFERENT, "unsure": Verdict.UNSURE}


@click.command(
    cls=ZhCommand, short_help="找雷同的绩效目标、目标内重复的指标、照抄的总体目标", options_metavar="[选项]"
)
@workspace_option
@click.option(
    "--min-share",
    type=ShareParam(min=LEAST_SHARE, max=1),
    default=LEAST_SHARE,
    metavar="比例",
    help="共有指标至少占较小一个的多少（默认 0.5，0.8 起为雷同）",
)
@limit_option
@output_options
@store_option
def duplicates(
    folder: Path, min_share: float, limit: int, csv_file: str | None, xlsx_file: str | None,
    json_file: str | None, address: str | None,
) -> int:  # fmt: skip
    """找出雷同的绩效目标，连同每一对共有的指标和理由。

    \b
    雷同      两个目标共有较小一个 80% 以上的指标（相同，或只差数、日期、各自的对象）
    部分雷同  50% 以上
    目标内重复  同一个目标里两条指标说的是一回事，或列在两个分类之下
    照抄的总体目标  总体目标里的话就是指标、项目名称，或别的项目的目标
    相近的指标组  三个以上说法不同的指标，两两比较过，意思相同或只差各自的对象

    年度不同的，说明先见于哪一年；雷同不等于有错，请结合原文判断。
    人工判断（jixiao judge）为不同的不再列出，为一回事的都列出。
    """
    check_outputs(csv_file, xlsx_file, json_file)
    with open_graph(folder, tell, track=track_files, address=address) as store:
        judgements = judgements_for(store, folder, tell, address=address)
        found = _duplicates(store, min_share, judgements)
        if csv_file or xlsx_file or json_file:
            found = found.with_places(store)
    _write(duplicate_sheets(found), csv_file, xlsx_file)
    if json_file:
        write_json(json_file, duplicates_to_json(found))
    if not (csv_file or xlsx_file or json_file):
        print_duplicates(found, limit=limit)
    if csv_file or xlsx_file:
        for note in found.notes:
            tell(note)
    tell_written(csv_file, xlsx_file, json_file)
    return 0


def _duplicates(store: GraphStore, min_share: float, judgements: Judgements) -> Duplicates:
    """Everything that is copied: the pairs that the graph holds, most alike first, each with its reasons."""
    targets = read_corpus(store)
    by_id = {target.id: target for target in targets}
    rows = store.run(queries.SHARING_TARGETS, {"min_share": min_share})
    listed = ((by_id[row["one_id"]], by_id[row["other_id"]]) for row in rows)
    judged = judged_pairs(listed, targets, judgements, min_share=min_share)
    pairs = sorted(judged, key=lambda pair: -pair.share)
    is_starred = any(row["pairs"] > 1 for row in rows)
    equal = equal_groups(targets, alone=judgements.judged_targets) if is_starred else []
    return Duplicates(
        pairs=pairs,
        groups=target_groups(((pair.one, pair.other) for pair in pairs), equal),
        repeats=list(judged_repeats(repeats_within(targets), targets, judgements)),
        objectives=list(copied_objectives(targets)),
        concept_groups=concept_groups(store),
        unlisted=sum(row["pairs"] - 1 + row["unlisted"] for row in rows),
        is_unlisted_exact=min_share <= LEAST_SHARE,
        left_out=left_out(targets),
    )


@click.command(cls=ZhCommand, short_help="看哪些指标是套话、套到什么程度，以及理由", options_metavar="[选项]")
@workspace_option
@click.option(
    "--threshold",
    type=ShareParam(min=0, max=1),
    default=THRESHOLD,
    metavar="程度",
    help="从多少起算套话，0 到 1（默认 0.5）",
)
@limit_option
@output_options
@store_option
def boilerplate(
    folder: Path, threshold: float, limit: int, csv_file: str | None, xlsx_file: str | None,
    json_file: str | None, address: str | None,
) -> int:  # fmt: skip
    """按套话程度列出指标：有没有项目自己的词，同样的写法在多少项目、单位中出现。

    \b
    套话程度 0 到 1：越大，越可以写在任何项目里。数、日期、机构和地名不算项目自己的词。
    单位、项目和目标的比例附有区间：指标少的，区间宽，不宜比较。
    没有名称、只有数或一个字的指标什么也没说，不算，条数另行说明。
    共性指标（官方框架要求各项目都有的）本来就该多处使用，另行标出。
    另列指标值雷同：名称和指标值都相同、预算却相差十倍以上的项目。
    """
    check_outputs(csv_file, xlsx_file, json_file)
    with open_graph(folder, tell, track=track_files, address=address) as store:
        targets = read_corpus(store)
    found = sorted(
        indicator_boilerplate(targets),
        key=lambda item: (-item.score, -item.projects, item.item.text.name, item.item.id),
    )
    shares, values = list(boilerplate_shares(found, threshold)), same_values(targets)
    silent = left_out(targets)
    _write(boilerplate_sheets(found, shares, values, threshold=threshold), csv_file, xlsx_file)
    if json_file:
        answer = boilerplate_to_json(found, shares, values, threshold=threshold)
        write_json(json_file, {**answer, "left_out": silent})
    if not (csv_file or xlsx_file or json_file):
        print_boilerplate(found, shares, values, threshold=threshold, limit=limit)
    if silent and not json_file:
        tell(left_out_note(silent))
    tell_written(csv_file, xlsx_file, json_file)
    return 0


def _write(sheets: Sequence[Sheet], csv_file: str | None, xlsx_file: str | None) -> None:
    """Write the first table as CSV, all of them as a workbook."""
    if csv_file:
        write_csv(csv_file, to_csv(sheets[0].headings, sheets[0].rows))
    if xlsx_file:
        write_xlsx(xlsx_file, sheets)


@click.command(
    cls=ZhCommand, short_help="记下人工判断：两个指标或两个目标是不是一回事", options_metavar="[选项]"
)
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@click.option(
    "--verdict",
    type=click.Choice(list(_VERDICTS)),
    required=True,
    help="same 是一回事，different 不是，unsure 说不准",
)
@click.option("--targets", "of_targets", is_flag=True, help="A、B 是两个绩效目标的编号（默认是指标名称）")
@click.option("--remark", default="", metavar="文字", help="理由")
@click.option("--judge", "judge_name", default="", metavar="姓名", help="谁判断的")
@workspace_option
@store_option
def judge(
    one: str, other: str, verdict: str, *, of_targets: bool, remark: str, judge_name: str, folder: Path,
    address: str | None,
) -> int:  # fmt: skip
    """记下一条人工判断，存在工作区的 judgements.jsonl 里，重建图谱后仍然有效。

    \b
    例：jixiao judge 群众满意度 公众满意度 --verdict same --remark 同一批人
        jixiao judge target-甲 target-乙 --targets --verdict different
    目标的编号见 jixiao duplicates --json - 的 target_id。
    """
    judgement = Judgement(
        subject=Subject.TARGETS if of_targets else Subject.INDICATORS,
        one=one,
        other=other,
        verdict=_VERDICTS[verdict],
        remark=remark,
        judge=judge_name,
        day=date.today().isoformat(),
    )
    _check_judgement(judgement)

    remarks = keep_judgement(folder, judgement, track=track_files, address=address)
    for remark in remarks:
        tell(remark)
    say("已记下，图谱已照判断更新", stderr=True)
    return 0


def _check_judgement(judgement: Judgement) -> None:
    """Raise UsageError for a judgement that is not about two things, or cannot be written."""
    context = click.get_current_context()
    texts = {
        "A": judgement.one,
        "B": judgement.other,
        "--remark": judgement.remark,
        "--judge": judgement.judge,
    }
    for name, text in texts.items():
        try:
            text.encode("utf-8")
        except UnicodeEncodeError as error:
            raise click.UsageError(f"{name} 里有不是 UTF-8 的字，应为可以写进文件的文字", context) from error
    wrong = wrong_sides(judgement)
    if wrong:
        raise click.UsageError(wrong, context)
