"""Names of projects (项目名称): in their own entry, or in the title of a form or notice."""

import re

from ingest.cleaning import close_gaps, join_lines
from ingest.labels import NUMBERING, read_heading
from ontology.turtle import fold_label

_TITLE_PROJECT = re.compile(
    r"^(?:附[件表]?\s*\d*[:：]?)?\s*(?P<name>.{3,60}?)(?:支出)?绩效(?:目标|自评|评价)(?:申报|自评|公开|批复|工作|指标)?(?:表|情况|报告)?$"
)

_TITLE_LABEL = re.compile(r"^标\s*题\s*[:：]?[\s|｜]*")

_TITLE_NOTICE = re.compile(
    r"^(?:.{0,30})关于[“\"]?(?P<name>.{4,60}?)[”\"]?(?:支出)?绩效目标[^的]{0,6}的(?:公示|批复|通知|说明|公告|报告|函)$"
)

_GENERIC_TITLE = re.compile(
    r"(?:支出|预算|部门|整体|单位|总体|分项|年度|专项资金|(?:预算|部门|本级|重点|支出|年度|财政|单位|分项|主要|全部|[局委办院县市区镇乡省])项目|^项目|^专项|转移支付|区域|政策)$"
)


def project_of_title(title: str) -> str | None:
    """The project that a title names; None where it names none.

    >>> project_of_title("（一）档案库房改造项目绩效目标"), project_of_title("甲县2023年项目支出绩效目标表")
    ('档案库房改造项目', None)
    """
    text = NUMBERING.sub("", _TITLE_LABEL.sub("", join_lines(title).strip(" |｜"))).strip()
    text = re.sub(r"^(?:[^《“\"（(]{3,30}?)?20\d\d\s*年度?\s*(?=\S{3,})", "", text)
    if read_heading(text):
        return None
    match = _TITLE_PROJECT.match(text) or _TITLE_NOTICE.match(text)
    if not match or is_generic_title(match.group("name")):
        return None
    return clean_project(match.group("name"))


def is_generic_title(name: str) -> bool:
    """Whether a title's words name no project (甲县2023年部门预算项目支出).

    >>> is_generic_title("甲县档案局2023年部门预算项目支出"), is_generic_title("档案库房改造项目")
    (True, False)
    """
    folded = re.sub(r"20\d\d年?(?:度)?", "", fold_label(name))
    return len(folded) < 3 or bool(_GENERIC_TITLE.search(folded))


def clean_project(text: str) -> str:
    """A project's name without numbering in front and separators behind."""
    name = re.sub(
        r"^\s*(?:[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[）)]?\s*[、.．]|[（(]\d{1,2}[）)])\s*(?!\d)",
        "",
        close_gaps(text),
    )
    return re.sub(r"[、，,；;。:：]+$", "", name).strip()
