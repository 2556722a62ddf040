"""The command `jixiao` (命令行): the commands other programs rely on, and their exit status.

0 done · 1 documents failed, the others were read · 2 wrong use, or nothing could be done · 130 Ctrl-C
"""

import os
import sys
from collections.abc import Sequence

import click

from app.commands import DOCUMENTS_FAILED, WRONG_USE, Outcome, jixiao
from app.comparison_commands import boilerplate, duplicates, judge
from app.explore_command import explore
from app.export_commands import export
from app.graph_commands import query
from app.language_commands import annotate, relate_command
from app.report import print_failures
from app.reuse_commands import reuse
from app.zh_click import usage_sentence
from ontology.errors import DocumentError, JixiaoError, os_reason

INTERRUPTED = 130

for command in (reuse, duplicates, boilerplate, judge, explore, query, annotate, relate_command, export):
    jixiao.add_command(command)


def main() -> None:
    """Run the command line; the exit status is that of the list above."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit status; every failure is one sentence on standard error."""
    outcome = Outcome()
    _write_any_letter()
    try:
        with jixiao.make_context("jixiao", list(arguments), obj=outcome) as context:
            outcome.status = jixiao.invoke(context) or 0
        sys.stdout.flush()
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except BrokenPipeError:
        # The reader of our output has gone (`| head`): nothing more to say, and nothing to flush.
        _close_quietly()
    except (KeyboardInterrupt, click.Abort):
        print_failures(["已中断" + ("；读完的文件已保存在工作区，再次运行会接着做" if outcome.saved else "")])
        return INTERRUPTED
    except (click.ClickException, JixiaoError, OSError) as error:
        return _tell_failure(error)
    return outcome.status


def _tell_failure(error: Exception) -> int:
    """Say in a sentence what failed; returns the exit status."""
    match error:
        case click.exceptions.NoArgsIsHelpError():
            sys.stdout.write(f"{error.ctx.get_help() if error.ctx else ''}\n")
            return WRONG_USE
        case click.UsageError():
            hint = f"（用法见 {error.ctx.command_path} --help）" if error.ctx else ""
            print_failures([usage_sentence(error) + hint])
        case DocumentError():
            print_failures([str(error)])
            return DOCUMENTS_FAILED
        case OSError():
            _close_quietly()
            print_failures([f"无法写出结果（{os_reason(error)}）；请检查磁盘空间和权限"])
        case _:
            print_failures([str(error)])
    return WRONG_USE


def _write_any_letter() -> None:
    """Let a terminal that cannot show a letter show � for it, rather than stop."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def _close_quietly() -> None:
    """Standard output takes nothing any more: what is still in its buffer goes nowhere.

    Otherwise Python writes it once more on leaving, fails, and leaves with a status of its own.
    """
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
