"""Names of projects (项目名称): in their own entry, or in the title of a form or notice."""

import re
from collections.abc import Sequence
from itertools import islice, pairwise

from ingest.cleaning import close_gaps, join_lines
from ingest.document import Document
from ingest.draft import DraftTarget
from ingest.labels import NUMBERING, read_heading
from ontology.model import TargetScope
from ontology.turtle import fold_label

_TITLE_LABEL = re.compile(r"^标\s*题\s*[:：]?[\s|｜]*|^附[件表]?\s*\d*[:：]?\s*")
_UNDERTAKING = r"(?:项目|工程|经费|资金|专项|补助|补贴)(?:[（(][^（）()]{1,12}[）)])?"
_PURPOSE = r"(?:支出)?(?:预算)?绩效(?:目标|自评|评价|公开|公示)"
_TITLE_PROJECT = re.compile(
    rf"^(?P<name>.{{3,60}}?){_PURPOSE}(?:申报|自评|公开|批复|工作|指标)?(?:表|情况|报告)?$"
    rf"|^(?P<undertaking>.{{2,60}}?{_UNDERTAKING})(?:20\d\d年度?)?(?:{_PURPOSE}|自评|评价)[^，。；:：]{{0,12}}$"
)
_TITLE_NOTICE = re.compile(
    r"^.{0,30}关于[“\"]?(?P<name>.{4,60}?)[”\"]?(?:经费)?(?:支出)?绩效(?:目标|自评|评价)[^的]{0,6}的(?:公示|批复|通知|说明|公告|报告|函)$"
)
_SPOKEN_OF = re.compile(r"(?:^|[。；;])该(?P<name>[^，。；,;的]{4,40}?项目)(?:于|由|自|是|经)")
"""A sentence that speaks of the project by its name (该…项目于2021年申请)."""

_UNIT_AND_YEAR = re.compile(
    r"^[^《“\"（(]{2,30}?(?:局|委|办|办公室|中心|院|校|学校|政府|所|站|馆|队|会|部|处|厅|社|团|公司|大队|街道|单位)"
    r"20\d\d\s*年度?\s*(?=\S{3})|^20\d\d\s*年度?\s*(?=\S{3})"
)
"""Whose project it is, and of which year; a year behind a place (甲县2024年…项目) is part of the name."""

_CODE = re.compile(r"^[0-9A-Z]{10,}\s*[-—_]\s*(?=\S)")
"""The code of a project in the budget system, in front of its name (51000023R000001234567-…）."""

_TITLE_LINES = 40
_LONGEST_NAME = 60
_LONGEST_TITLE = 90
_GENERIC_TITLE = re.compile(
    r"(?:支出|预算|部门|整体|单位|总体|分项|年度|专项资金|政策|^项目|^专项|转移支付|区域"
    r"|(?:预算|部门|本级|重点|支出|年度|财政|单位|分项|主要|全部|[局委办院县市区镇乡省])项目)$"
)


_GENERIC_WORDS = re.compile(
    r"中央|地方|[省市州县区乡镇村]级|[省市州县区]本级|本级|财政|部门|预算|项目|专项|资金|支出|整体|单位|年度|重点|政策"
    r"|转移支付|区域|一般公共|基本|绩效|目标|分项|主要|全部|其他|补助|经费|[（()）]"
)
"""Words that every title may have."""


def project_of_title(title: str) -> str | None:
    """The project that a title names; None where it names none.

    >>> project_of_title("（一）档案库房改造项目绩效目标"), project_of_title("甲县2023年项目支出绩效目标表")
    ('档案库房改造项目', None)
    """
    text = NUMBERING.sub("", _TITLE_LABEL.sub("", join_lines(title).strip(" |｜"))).strip()
    text = _UNIT_AND_YEAR.sub("", text)
    if read_heading(text) or re.search(r"[。；;！]", text):
        return None
    match = _TITLE_NOTICE.match(text) or _TITLE_PROJECT.match(text)
    name = next((name for name in match.groupdict().values() if name), "") if match else ""
    return None if is_generic_title(name) or "整体" in name else clean_project(name)


def name_lone_project(targets: Sequence[DraftTarget], document: Document) -> None:
    """Give the only target of a document, if its form prints no project, the one that the titles name."""
    if len(targets) != 1 or targets[0].project or targets[0].scope == TargetScope.DEPARTMENT:
        return
    lines = [row.text for row in islice(document.rows(), _TITLE_LINES) if len(row.text) <= _LONGEST_TITLE]
    about = (first + second for first, second in pairwise(lines) if first.startswith("关于"))
    titles = [*lines, *about]
    said = (_SPOKEN_OF.search(row.text) for row in document.rows() if row.table is None)
    found = (match.group("name") for match in said if match)
    targets[0].project = next(filter(None, map(project_of_title, titles)), None) or next(found, None)


def is_generic_title(name: str) -> bool:
    """Whether a title's words name no project (甲县2023年部门预算项目支出).

    >>> is_generic_title("甲县档案局2023年部门预算项目支出"), is_generic_title("档案库房改造项目")
    (True, False)
    """
    folded = re.sub(r"20\d\d年?(?:度)?", "", fold_label(name))
    return len(_GENERIC_WORDS.sub("", folded)) < 2 or bool(_GENERIC_TITLE.search(folded))


def names_undertaking(text: str) -> bool:
    """Whether a heading ends as a project's name does (…工程, …经费（二期）)."""
    folded = fold_label(text).rstrip(":")
    return len(folded) <= _LONGEST_NAME and re.search(rf"^[^。;,]+{_UNDERTAKING}$", folded) is not None


def clean_project(text: str) -> str:
    """A project's name without numbering in front and separators behind."""
    name = _CODE.sub("", close_gaps(text).strip())
    name = re.sub(
        r"^\s*(?:附?表\s*\d{1,2}\s*[:：]|[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[）)]?\s*[、.．]|[（(](?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)])\s*(?!\d)",
        "",
        name,
    )
    return re.sub(r"[、，,；;。:：]+$", "", name).strip()
