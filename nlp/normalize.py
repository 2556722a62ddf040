"""Folding of width and punctuation (全角半角归一), so that equal texts compare equal."""

import re
import unicodedata

_SAME: dict[str, str] = {
    **dict.fromkeys("〜∼∽˜", "~"),
    **dict.fromkeys("―─━", "—"),
    **dict.fromkeys("−–‐‑‒", "-"),
    **dict.fromkeys("×✕✖╳∗⨯", "*"),
    **dict.fromkeys("•・∙⋅‧", "·"),
    **dict.fromkeys("≧⩾≥", "≥"),
    **dict.fromkeys("≦⩽≤", "≤"),
    **dict.fromkeys("═〓", "="),
    **dict.fromkeys("⁄∕", "/"),
    **dict.fromkeys("〔【［", "["),
    **dict.fromkeys("〕】］", "]"),
    **dict.fromkeys("\n\r\v\f\x85\u2028\u2029", "\n"),
}


def _keeps_its_form(char: str) -> bool:
    """Signs that NFKC would turn into other words: ㎡ into m2, ① into the number 1, ½ into 1⁄2."""
    return (
        char in "℃℉"
        or "\u3200" <= char <= "\u33ff"
        or unicodedata.decomposition(char).startswith(("<super>", "<sub>", "<circle>", "<fraction>"))
    )


def _fold_char(char: str) -> str:
    known = _SAME.get(char)
    if known is not None:
        return known
    if char.isspace():
        return " "
    if unicodedata.category(char) in ("Cf", "Cc"):
        return ""
    if _keeps_its_form(char):
        return char
    folded = unicodedata.normalize("NFKC", char)
    return "".join(_SAME.get(c, c) for c in folded if not c.isspace())


class _Folds(dict[int, str]):
    """Table for str.translate that fills itself with what it meets."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_char(chr(code))
        return folded


_FOLDS = _Folds()
_GROUPS = re.compile(
    r"(?<![0-9.,/-])(?<![0-9.,/-] )[0-9]{1,3}(?: [0-9]{3})*"
    r"(?: 000(?![ 0-9])| [0-9]{3}(?= ?[^ 0-9.,/%‰-]))(?![0-9])"
)
"""Figures in groups of three: 10 000, 1 234元; 95 100 may be two numbers."""
_SPACED_OUT = re.compile(r" *[^ ](?: [^ ])+ *")
_BETWEEN_DIGITS = re.compile(r"(?<=[0-9]) +(?=[0-9])")


def fold_width(text: str) -> str:
    """Given a printed text, return it in half width with one sign for each meaning (＞, ﹥ → >; ﹪ → %).

    Chinese letters that a PDF stores as radicals (⽉) become letters, line breaks become \\n, other
    white space a blank; sub- and superscripts, squared units and circled numbers stay as they are.
    """
    return text.translate(_FOLDS)


def compact(text: str) -> str:
    """Given a printed text, return it folded and without white space: 667. 54 万元 → 667.54万元.

    A blank between two numbers stays, or 95 100 would become one wrong number; in groups of three
    (10 000人) and in a text that is spaced out letter by letter (1 0 0 %) it goes, as does a line break,
    which is the cell's width.
    """
    folded = fold_width(text)
    if " " not in folded and "\n" not in folded:
        return folded
    folded = folded.replace("\n", "")
    if _SPACED_OUT.fullmatch(folded) and not folded.replace(" ", "").isdecimal():
        return folded.replace(" ", "")
    folded = _GROUPS.sub(lambda group: group[0].replace(" ", ""), folded)
    return _BETWEEN_DIGITS.sub("\t", folded).replace(" ", "").replace("\t", " ")
