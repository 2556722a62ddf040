"""Whose document it is, and of which year (文件抬头): the budget unit, the fiscal year, the name."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from ingest.cleaning import join_lines
from ingest.document import Document
from ingest.draft import DraftTarget
from ingest.forms import Form
from ingest.labels import money_unit_of_line, read_heading, split_labelled
from ingest.units import CODE, clean_unit

_YEAR = re.compile(r"(20[0-4]\d)\s*年")
_YEAR_OF_FORM = re.compile(r"[（(]\s*(20[0-4]\d)\s*年?\s*度?\s*[）)]|(20[0-4]\d)\s*年?\s*度\s*[）)]")
_YEAR_OF_TITLE = re.compile(r"(20[0-4]\d)\s*年.{0,20}(?:预算|决算|绩效|目标|项目)")
_TITLE_UNIT = re.compile(
    r"^(?:关于|附件\s*\d*[:：]?)?\s*(?P<unit>[^\d（）()，。、:：]{3,30}?)(?:关于.{0,6})?\s*20[0-4]\d\s*年度?.{0,30}(?:预算|决算|绩效|目标|公开)"
)
_CODED = re.compile(rf"{CODE.pattern}[^\d]{{3,40}}$")
"""A unit with its code in front (308204某区图书馆), as forms print it beside the unit of money."""
_BODY = re.compile(
    r"(?:局|委|委员会|办|办公室|中心|院|校|学校|政府|公司|所|站|馆|队|会|部|处|园|厅|社|团|法院|检察院|大队|支队|联合会|街道|镇|乡|单位|集团|银行|军|宫|场|库|台|报|学|党|盟|组)$"
)
_TITLE_LINES = 60
_DATE = re.compile(r"20\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日$")
_REGION = re.compile(
    r"^(?P<region>[\u4e00-\u9fff]{1,9}?(?:自治州|自治县|自治旗|自治区|特别行政区|新区|地区|林区|省|市|州|盟|县|区|旗)(?:[\u4e00-\u9fff]{1,8}?(?:自治县|市|县|区|旗))?)"
)


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
            labelled = split_labelled(cell.text)
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
                if name and _BODY.search(name):
                    yield name
        before = text if len(text) <= 30 else ""


def _signing_units(document: Document) -> Iterator[str]:
    """Who signs: a unit's name right above a date at the end."""
    for row, below in pairwise(document.rows()):
        name = clean_unit(row.text) if len(row.filled) == 1 and _DATE.match(below.text.strip()) else None
        if name and _BODY.search(name):
            yield name


def _publishers(document: Document) -> Iterator[str]:
    """Whom the page names as its publisher (发布机构)."""
    for row in islice(document.rows(), _TITLE_LINES):
        for label, cell in pairwise(row.filled):
            heading = read_heading(label.text)
            if heading and heading.field(column=False) == "publisher" and (name := clean_unit(cell.text)):
                yield name
        for piece in re.split(r"\s{2,}|[|｜]", row.text):
            labelled = split_labelled(piece)
            if labelled and labelled[0].field(column=False) == "publisher":
                name = clean_unit(labelled[1].split()[0]) if labelled[1] else None
                if name:
                    yield name


def find_fiscal_year(document: Document) -> int | None:
    """The year the document is about: of its forms （2023年度）, of its titles, else named most often."""
    lines = [row.text for row in document.rows() if len(row.text) <= 120]
    for pattern in (_YEAR_OF_FORM, _YEAR_OF_TITLE):
        years = Counter(
            int(next(g for g in match.groups() if g)) for line in lines if (match := pattern.search(line))
        )
        if years:
            most = max(years.values())
            return next(year for year in years if years[year] == most)
    years = Counter(int(m.group(1)) for row in document.rows() for m in _YEAR.finditer(row.text[:400]))
    return years.most_common(1)[0][0] if years else None


def _document_name(document: Document) -> str | None:
    for index, row in enumerate(document.rows()):
        if index > _TITLE_LINES:
            return None
        text = row.text.strip()
        if (
            len(row.filled) == 1
            and 5 < len(text) <= 60
            and re.search(r"预算|决算|绩效|目标", text)
            and "。" not in text
        ):
            return join_lines(text)
    return None


def unit_region(unit: str) -> str | None:
    """The place in a unit's name (乙县水务局 → 乙县); None where it names none."""
    match = _REGION.match(unit)
    return match.group("region") if match and len(match.group("region")) < len(unit) else None
