"""Lines of JSON that people write (JSON 行): why one is not what was expected, in plain words."""

import re

import msgspec

_UNKNOWN = re.compile(r"unknown field `(.*?)`", re.DOTALL)
_MISSING = re.compile(r"missing required field `(.*?)`")
_PLACE = re.compile(r"at `\$?\.?(.*?)`$")

LINE_ERRORS = (msgspec.DecodeError, UnicodeError, RecursionError)
"""What reading a line may raise: JSON nested a hundred thousand deep, too, and bytes that are no UTF-8."""


def why_not(error: Exception) -> str:
    """Given why a line could not be read, return it in plain words."""
    told = str(error)
    if found := _UNKNOWN.search(told):
        return f"没有 {found[1]} 这个字段"
    if found := _MISSING.search(told):
        return f"缺少字段 {found[1]}"
    if isinstance(error, UnicodeError):
        return "不是 UTF-8"
    if isinstance(error, msgspec.ValidationError):
        found = _PLACE.search(told)
        if found and found[1]:
            return f"字段 {found[1]} 的值不对"
        return "不是 JSON 对象" if "Expected `object`" in told else "有的值应为文字，却不是"
    return "不是完整的 JSON"
