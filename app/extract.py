"""Reading files into records without a workspace (提取)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from app.build_run import Track
from app.files import collect_files
from app.pipeline import ReadFailure, guard, read_disclosure
from ontology.model import Disclosure


@dataclass(slots=True)
class ExtractReport:
    """The records of the files, and a sentence for each that could not be read."""

    disclosures: list[Disclosure] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    coming: list[str] = field(default_factory=list)
    failures: list[ReadFailure] = field(default_factory=list)


def extract_records(paths: Iterable[Path], *, track: Track) -> ExtractReport:
    """Read every file at the paths, in the order of their names; a bad one is told of, the others go on."""
    found = collect_files(paths)
    report = ExtractReport(missing=found.missing, coming=found.coming)
    report.missing += found.nothing_found()
    report.failures = [ReadFailure(told) for told in found.failures.values()]
    names = [file.name for file in found.files]
    for _, file in zip(track(names), found.files, strict=False):
        result = guard(file.name, partial(read_disclosure, file.path, file.name))
        if isinstance(result, ReadFailure):
            report.failures.append(result)
        else:
            report.disclosures.append(result)
    return report
