"""Kinds of arguments (参数): paths that name something, places that can be written."""

import math
from pathlib import Path
from typing import Any

import click

from app.output import check_place


class PlaceParam(click.ParamType[Path]):
    """A path that is not empty: an empty one would mean the present folder."""

    name = "path"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        if isinstance(value, Path):
            return value
        if not str(value).strip():
            self.fail("路径是空的，应为文件或文件夹", param, ctx)
        return Path(value)


class OutputParam(click.ParamType[str]):
    """Where a result goes; seen to before the work begins."""

    name = "output"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        check_place(str(value))
        return str(value)


class ShareParam(click.FloatRange):
    """A number in a range; nan is none, though it is neither below nor above."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        number: float = super().convert(value, param, ctx)
        if math.isnan(number):
            self.fail("不是一个数", param, ctx)
        return number
