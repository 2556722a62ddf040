"""A command line that speaks Chinese (命令行用语): click's own headings and sentences, for our users."""

import re
from collections.abc import Iterable

import click
from click.exceptions import MissingParameter, NoSuchCommand, NoSuchOption
from rich.cells import cell_len

_EXTRAS = (
    (re.compile(r"\[required\]"), "[必填]"),
    (re.compile(r"\[x>=(\d+)\]"), r"[不小于 \1 的整数]"),
    (re.compile(r"\[([\d.]+)<=x<=1\]"), r"[\1 到 1]"),
    (re.compile(r"\[(\d+)<=x<=(\d+)\]"), r"[\1 到 \2 的整数]"),
)
"""What click adds to an option's help, and how we say it."""


class ZhCommand(click.Command):
    """A command whose help is headed in Chinese."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        _write_usage(self, ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        _write_options(self, ctx, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return _help_in_chinese(super().get_help_option(ctx))


class ZhGroup(click.Group):
    """A group of commands, listed in the order in which they are declared."""

    command_class = ZhCommand

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        _write_usage(self, ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        _write_options(self, ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [(name, command.short_help or "") for name, command in self.commands.items()]
        _write_section(formatter, "命令", rows)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return _help_in_chinese(super().get_help_option(ctx))


def usage_sentence(error: click.UsageError) -> str:
    """Given a wrong use of the command line, return one plain sentence about it."""
    match error:
        case NoSuchOption():
            near = f"；是否想用 {'、'.join(error.possibilities)}" if error.possibilities else ""
            number = re.match(r"-\d", error.option_name) is not None
            text = "；以 - 开头的文本放在 -- 后面" if number else near
            return f"没有选项 {error.option_name}{text}"
        case NoSuchCommand():
            return f"没有命令 {error.command_name}"
        case click.BadOptionUsage(option_name=name):
            return f"{name} 后面缺少值" if "requires" in error.message else f"{name} 后面不带值"
        case MissingParameter(param=click.Parameter() as param):
            return f"缺少 {_name(param)}"
        case click.BadParameter(param=click.Parameter(type=click.IntRange(min=low, max=high)) as param):
            allowed = f"不小于 {low} 的整数" if high is None else f" {low} 到 {high} 的整数"
            return f"{_name(param)} 应为{allowed}"
        case click.BadParameter(param=click.Parameter(type=click.FloatRange(min=low, max=high)) as param):
            return f"{_name(param)} 应为 {low} 到 {high} 的数"
        case click.BadParameter(param=click.Parameter(type=click.Choice(choices=choices)) as param):
            return f"{_name(param)} 应为 {'、'.join(map(str, choices))} 之一"
        case click.BadParameter(param=click.Parameter() as param):
            return f"{_name(param)} 的值不对：{error.message}"
        case _:
            extra = re.match(r"Got unexpected extra arguments? \((.*)\)", error.format_message())
            return f"多余的参数 {extra.group(1)}" if extra else error.format_message()


def _name(param: click.Parameter) -> str:
    return f"“{param.metavar}”" if isinstance(param, click.Argument) else param.opts[0]


def _write_usage(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    formatter.write_usage(ctx.command_path, " ".join(command.collect_usage_pieces(ctx)), prefix="用法：")


def _write_options(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    records = [
        param.get_help_record(ctx) for param in command.get_params(ctx) if isinstance(param, click.Option)
    ]
    _write_section(formatter, "选项", [record for record in records if record is not None])


def _write_section(formatter: click.HelpFormatter, heading: str, rows: Iterable[tuple[str, str]]) -> None:
    """Write two columns; a Chinese character takes two places of a terminal, which click does not count."""
    rows = list(rows)
    width = max(cell_len(first) for first, _ in rows)
    formatter.write(f"\n{heading}：\n")
    for first, text in rows:
        for extra, ours in _EXTRAS:
            text = extra.sub(ours, text)
        formatter.write(f"  {first}{' ' * (width - cell_len(first))}  {text}\n")


def _help_in_chinese(option: click.Option | None) -> click.Option | None:
    if option is not None:
        option.help = "显示这段说明"
    return option
