"""Where a table without a grid ends (表尾): at a total, a remark, a signature, or where the next form begins.

The same words stand inside the names of indicators (存在问题整改率, 二维码标牌). So a word ends a table only
as a whole piece, and only where no value and no further class of the same table follows.
"""

import re
from collections.abc import Sequence
from functools import cache

from ingest.forms import is_title
from ingest.labels import read_class_label, read_heading, split_labelled
from ingest.stream_cuts import TITLE_RUN, split_class_labels
from ingest.stream_headers import heading_at, is_class_cell
from ingest.stream_tokens import Break, Token, cut_token
from nlp.value_patterns import NUMBER, UNIT
from nlp.value_spans import is_measured, value_spans
from ontology.headings import find_headings, heading_labels
from ontology.turtle import fold_label

_CLOSING = frozenset(["note", "signature"])
_NEXT_PART = re.compile(
    r"^(?:[（(][一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]+部分)"
)
_OPINION = re.compile(r"^.{0,12}(?:部门|单位|股室|科室|处室).{0,4}意见(?:$|[:：（(])")
_START_LABEL = re.compile(
    r"(?:[一二三]\*?级)?项目名称|项目支出名称|专项名称|主管部门及代码|主管部门及编码|填报单位"
)
_SHORTEST_ENTRY = 4
_LONG_WORD = 4
"""Letters of a word that ends a table also where more words follow at once (附件下载…)."""

_GOES_ON_IN_WORDS = re.compile(rf"^[\u4e00-\u9fff]{{1,20}}(?:[≥≤＞＜=]|{NUMBER}{UNIT})")
_PUNCTUATION = tuple("，,、。；;：:“")
_LETTER = re.compile(r"[\u4e00-\u9fff、，,“《（(]")
_LONGEST_VALUE = 20
_ROW_REACH = 8
"""Within so many pieces the next class of a table follows, where a row stands between."""


# ---- words inside a run of text ----------------------------------------------------------------------


@cache
def _end_word() -> re.Pattern[str]:
    """Words that end a table; one of totals (合计) goes before its number, not before more words."""
    words = []
    for label in heading_labels():
        ids = {h.id for h in find_headings(label) if h.ends_table or h.id == "signature"}
        if ids and len(label) >= 2:
            words.append(re.escape(label) + (r"(?![\u4e00-\u9fff])" if "total" in ids else ""))
    return re.compile("|".join(words))


def split_form_ends(tokens: Sequence[Token]) -> list[Token]:
    """Cut a run of text where a form ends and the next begins: its title and labels, words below a table."""
    result: list[Token] = []
    for token in tokens:
        text = token.text
        cuts = {0}
        if len(text) > 12 and not read_heading(text):
            for pattern in (TITLE_RUN, _START_LABEL):
                cuts.update(cut for match in pattern.finditer(text) for cut in match.span())
            for match in _end_word().finditer(text):
                if match.start() in cuts or not _inside_words(text, match):
                    cuts.update(match.span())
        result.extend(cut_token(token, sorted(cuts)))
    return result


def _inside_words(text: str, word: re.Match[str]) -> bool:
    """Whether a word that may end a table is a part of others: 反馈存在问题整改率, 自助打印终端."""
    before, after = text[: word.start()][-_LONGEST_VALUE:], text[word.end() :]
    if after.startswith((":", "：")):
        return False
    spans = [span for span in value_spans(before) if span[1] == len(before)]
    if re.match(r"[\u4e00-\u9fff]", after) and not _end_word().match(after):
        measured = any(re.search(r"\d", before[start:]) for start, _ in spans)
        return not measured or len(word.group()) < _LONG_WORD or _GOES_ON_IN_WORDS.match(after) is not None
    return _LETTER.match(before[-1:]) is not None and not spans


# ---- the pieces of a table ---------------------------------------------------------------------------


def body_end(tokens: Sequence[Token]) -> int:
    """Where a table ends: a total, a remark, a signature, or the entries of the next form."""
    for at in range(len(tokens)):
        if starts_entries(tokens, at):
            return at
        part = at > 0 and _starts_part(tokens[at])
        if (part or _ends_table(tokens, at)) and not _goes_on(tokens, at):
            return at
    return len(tokens)


def _goes_on(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word that may end a table names an indicator of it: its value or the next class follows."""
    if _end_ids(tokens, at) == {"total"}:
        return False
    end = min(len(tokens), at + 1 + _ROW_REACH)
    end = next((i for i in range(at + 1, end) if starts_entries(tokens, i)), end)
    return _has_value(tokens, at) or any(map(_holds_class, tokens[at + 1 : end]))


def _holds_class(token: Token) -> bool:
    """Whether a class begins a piece, or follows the row before it; in a sentence it follows a comma."""
    pieces = split_class_labels([token])
    return any(
        is_class_cell(piece) and not (before and before.text.endswith(_PUNCTUATION))
        for before, piece in zip([None, *pieces], pieces, strict=False)
    )


def _has_value(tokens: Sequence[Token], at: int) -> bool:
    """Whether what follows a piece is the measured value of an indicator: no plain number, no date."""
    return at + 1 < len(tokens) and is_measured(fold_label(tokens[at + 1].text))


def _starts_part(token: Token) -> bool:
    """Whether the document goes on with its next numbered part (（四）部门职责)."""
    return token.gap == Break.LINE and bool(_NEXT_PART.match(token.text)) and not read_class_label(token.text)


def _ends_table(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word below the table begins here: a total, a remark, the web page's own words."""
    ids = _end_ids(tokens, at)
    if ids == {"note"} and (tokens[at].gap == Break.FUSED or tokens[at].text[-1:] in "%％"):
        return False
    text = tokens[at].text
    return bool(ids) or _OPINION.search(text) is not None or TITLE_RUN.fullmatch(text) is not None


def _end_ids(tokens: Sequence[Token], at: int) -> set[str]:
    """What a piece is that may stand below a table."""
    text = tokens[at].text
    joined = heading_at(tokens, at) if tokens[at].gap == Break.LINE else None
    label = (joined[2] if joined else None) or read_heading(re.sub(r"[:：\d.]+.*$", "", text))
    labelled = split_labelled(text)
    found = label or (labelled[0] if labelled else None)
    return {h.id for h in found.headings if h.ends_table or h.id in _CLOSING} if found else set()


def starts_entries(tokens: Sequence[Token], at: int) -> bool:
    """Whether the next form begins at a piece: with its title, its project or its department."""
    text = tokens[at].text
    if _has_value(tokens, at):
        return False
    labelled = split_labelled(text)
    label = read_heading(text) or (labelled[0] if labelled else None)
    # 项目 alone may begin a class label (项目 效益指标).
    told = labelled is not None or len(fold_label(text)) >= _SHORTEST_ENTRY
    if (
        label
        and told
        and label.field(column=False) in ("project", "supervising_department", "implementing_unit")
    ):
        return True
    return text.startswith("项目名称") or (tokens[at].gap == Break.LINE and is_title(tokens[at].row))
