"""Pinyin initials of indicators (拼音首字母): 群众满意度 is found by qzmyd."""

from pypinyin import Style, lazy_pinyin


def initials_of(text: str) -> str:
    """The first letters of a text's syllables; what is not Chinese stays as it is, in small letters."""
    return "".join(lazy_pinyin(text, style=Style.FIRST_LETTER)).lower()
