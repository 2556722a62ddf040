"""Whose document it is, and of which year (文件抬头): the budget unit, the fiscal year, the name."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from ingest.cleaning import join_lines
from ingest.document import Document, Row
from ingest.draft import DraftTarget
from ingest.forms import Form, is_title
from ingest.labels import money_unit_of_line, read_class_label, read_heading, split_labelled
from ingest.units import CODE, clean_unit, is_body

_YEAR = re.compile(r"(20[0-4]\d)\s*年")
_YEAR_OF_FORM = re.compile(r"[（(]\s*(20[0-4]\d)\s*年?\s*度?\s*[）)]|(20[0-4]\d)\s*年?\s*度\s*[）)]")
_YEAR_ALONE = re.compile(r"[（(]?\s*20[0-4]\d\s*年?\s*度?\s*[）)]?")
_YEAR_OF_TITLE = re.compile(r"(20[0-4]\d)\s*年.{0,20}(?:预算|决算|绩效|目标|项目)")
_TITLE_UNIT = re.compile(
    r"^(?:[（(][^（）()]{1,8}[）)])?(?:关于|附件\s*\d*[:：]?)?\s*(?P<unit>[^\d（）()，。、:：]{3,30}?)(?:关于.{0,6})?\s*20[0-4]\d\s*年度?.{0,30}(?:预算|决算|绩效|目标|公开)"
)
_CODED = re.compile(rf"{CODE.pattern}[^\d]{{3,40}}$")
"""A unit with its code in front (308204某区图书馆), as forms print it beside the unit of money."""
_MORE_BODIES = re.compile(r"(?:园|法院|检察院|军|宫|场|库|台|报|学|党|盟|组)$")
"""How bodies in titles may end, too."""
_PIECES = re.compile(r"\s{2,}|[|｜]")
"""What stands between two statements on one line: 单位：…  年度：…"""
_TITLE_LINES = 60
_LONGEST_TITLE = 120
_DATE = re.compile(r"20\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日$")
_NO_PLACE = r"(?<![城社园校景小片厂库灾矿院街辖])"
"""城市, 社区, 园区 … are no places, though they end as places do."""
_REGION = re.compile(
    r"(?P<region>[\u4e00-\u9fff]{1,9}?(?:自治州|自治县|自治旗|自治区|特别行政区|新区|地区|林区|省|州|盟|县|旗"
    rf"|{_NO_PLACE}市(?!区)|(?<!市){_NO_PLACE}区)"
    r"(?:(?:(?!中心|办公室|委员会|服务|管理|[局厅院校])[\u4e00-\u9fff]){1,8}?"
    rf"(?:自治县|县|旗|{_NO_PLACE}市|(?<!开发)(?<!市){_NO_PLACE}区))?)"
)
_TITLE_WORDS = re.compile(r"预算|决算|绩效|目标")
_ENDS_TITLE = re.compile(
    r"(?:公开|公示|公告|说明|报告|书|表|情况|目标|预算|决算|材料|通知|批复|函|信息|文本|草案|汇总|统计|目录|自评|附件)"
    r"(?:\s*[（(][^（）()]*[）)]|20\d\d年度?)?$"
)
_NO_TITLE = re.compile(
    r"^[（(]?\s*[\d一二三四五六七八九十]{1,3}\s*[)）.、．]|[>:：]|^第[一二三四五六七八九十]+[部章]"
)
"""A numbered heading, a path through a site, a label."""
_PAGE_LABELS = re.compile(
    r"^\s*标\s*题\s*[:：]?[\s|｜]*|^\s*附[件表]\s*\d*\s*[:：]\s*|\s*[-|｜]?\s*文\s*号\s*[:：]?\s*$|\.(?:docx?|xlsx?|pdf)$"
)
_LONGEST_FIRST_LINE = 30


@dataclass(frozen=True, slots=True)
class DocumentHeader:
    """The document as a whole: its name, the unit that publishes it, where that is, the fiscal year."""

    name: str | None
    budget_unit: str | None
    region: str | None
    fiscal_year: int | None


def read_document_header(
    document: Document, forms: Sequence[Form], targets: Sequence[DraftTarget]
) -> DocumentHeader:
    """Given a document and what was read of it, return whose it is; what is not printed stays None."""
    unit = find_budget_unit(document, forms, targets)
    return DocumentHeader(
        name=_document_name(document),
        budget_unit=unit,
        region=unit_region(unit) if unit else None,
        fiscal_year=find_fiscal_year(document),
    )


def find_budget_unit(document: Document, forms: Sequence[Form], targets: Sequence[DraftTarget]) -> str | None:
    """The unit that publishes: the one most often named as such, else the title's, else the projects'."""
    named = Counter(name for text in _unit_entries(document, forms) if (name := clean_unit(text)))
    if named:
        most = max(named.values())
        return next(name for name in named if named[name] == most)
    title = next(_title_units(document), None)
    if title:
        return title
    for field in ("supervising_department", "implementing_unit"):
        found = Counter(n for form in forms if (e := form.entry(field)) and (n := clean_unit(e.text)))
        if found:
            return found.most_common(1)[0][0]
    units = Counter(name for target in targets if target.unit and (name := clean_unit(target.unit)))
    if units:
        return units.most_common(1)[0][0]
    return next(_signing_units(document), None) or next(_publishers(document), None)


def _unit_entries(document: Document, forms: Sequence[Form]) -> Iterator[str]:
    for form in forms:
        yield from (entry.text for entry in form.entries if entry.field == "unit")
    for row in document.rows():
        coded = row.filled[0].text.strip() if len(row.filled) == 2 else ""
        if _CODED.match(coded) and money_unit_of_line(row.filled[1].text):
            yield coded
        for cell in row.filled[:2]:
            if len(cell.text) > 60 or ("：" not in cell.text and ":" not in cell.text):
                continue
            for piece in _PIECES.split(cell.text):
                labelled = split_labelled(piece)
                if labelled and labelled[0].field(column=False) == "unit":
                    yield labelled[1]


def _title_units(document: Document) -> Iterator[str]:
    before = ""
    for index, row in enumerate(document.rows()):
        if index > _TITLE_LINES:
            return
        text = row.text.strip()
        if len(row.filled) == 1 and len(text) <= 60:
            for title in (text, before + text):
                match = _TITLE_UNIT.match(title)
                name = clean_unit(match.group("unit")) if match else None
                if name and _names_body(name):
                    yield name
        before = text if len(text) <= 30 else ""


def _names_body(name: str) -> bool:
    return is_body(name) or _MORE_BODIES.search(name) is not None


def _signing_units(document: Document) -> Iterator[str]:
    """Who signs: a unit's name right above a date at the end."""
    for row, below in pairwise(document.rows()):
        name = clean_unit(row.text) if len(row.filled) == 1 and _DATE.match(below.text.strip()) else None
        if name and _names_body(name):
            yield name


def _publishers(document: Document) -> Iterator[str]:
    """Whom the page names as its publisher (发布机构)."""
    for row in islice(document.rows(), _TITLE_LINES):
        for label, cell in pairwise(row.filled):
            heading = read_heading(label.text)
            if heading and heading.field(column=False) == "publisher" and (name := clean_unit(cell.text)):
                yield name
        for piece in _PIECES.split(row.text):
            labelled = split_labelled(piece)
            if labelled and labelled[0].field(column=False) == "publisher":
                name = clean_unit(labelled[1].split()[0]) if labelled[1] else None
                if name:
                    yield name


def find_fiscal_year(document: Document) -> int | None:
    """The year the document is about: of its forms （2023年度）, of its titles, else named most often.

    Lines of their own count before what else is printed so, such as the year in a project's name.
    """
    rows = [row for row in document.rows() if len(row.text) <= _LONGEST_TITLE]
    titles = [row.text for row in rows if len(row.filled) == 1 and (row.table is None or is_title(row))]
    heads = [text for text in titles if _YEAR_ALONE.fullmatch(text.strip()) or _TITLE_WORDS.search(text)]
    heads += [row.text for row in rows if _YEAR_ALONE.fullmatch(row.text.strip())]
    searches = [(_YEAR_OF_FORM, heads), (_YEAR_OF_TITLE, titles)]
    searches += [(pattern, [row.text for row in rows]) for pattern in (_YEAR_OF_FORM, _YEAR_OF_TITLE)]
    for pattern, lines in searches:
        found = (match for line in lines if (match := pattern.search(line)))
        years = Counter(int(next(group for group in match.groups() if group)) for match in found)
        if years:
            return years.most_common(1)[0][0]
    years = Counter(int(m.group(1)) for row in document.rows() for m in _YEAR.finditer(row.text[:400]))
    return years.most_common(1)[0][0] if years else None


def _document_name(document: Document) -> str | None:
    """The first title, with the line before it where the title goes on from there."""
    rows = [row for row in islice(document.rows(), _TITLE_LINES + 1) if not row.is_blank]
    titles = [(before, row) for before, row in pairwise([None, *rows]) if row and _may_be_title(row)]
    ended = [pair for pair in titles if _ENDS_TITLE.search(_title_text(pair[1]))]
    before, row = next(iter([*ended, *titles]), (None, None))
    if row is None:
        return None
    name = _title_text(row)
    first = _title_text(before) if before is not None and before.table is None else ""
    goes_on = len(first) <= _LONGEST_FIRST_LINE and (is_body(first) or first.startswith("关于"))
    return first + name if goes_on and first not in name else name


def _title_text(row: Row) -> str:
    return join_lines(_PAGE_LABELS.sub("", row.text)).strip(" |｜")


def _may_be_title(row: Row) -> bool:
    text = _title_text(row)
    stands_alone = len(row.filled) == 1 and (row.table is None or is_title(row))
    if not stands_alone or not 5 <= len(text) <= 60 or _NO_TITLE.search(text) or "。" in text:
        return False
    is_label = not _YEAR.search(text) and (read_heading(text) or read_class_label(text))
    return _TITLE_WORDS.search(text) is not None and not is_label


def unit_region(unit: str) -> str | None:
    """The place in a unit's name; None where it names none.

    >>> unit_region("乙县水务局"), unit_region("甲市城市管理局"), unit_region("城市管理局")
    ('乙县', '甲市', None)
    """
    match = _REGION.match(unit)
    return match.group("region") if match and len(match.group("region")) < len(unit) else None
