"""What a build did (构建结果), for the person at the terminal."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from graph.reuse import GraphCounts


@dataclass(slots=True)
class BuildReport:
    """What a build did; files by their paths."""

    folder: Path
    read: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    repeated: list[tuple[str, str]] = field(default_factory=list)
    """Files whose content stands under another name too, and the name under which it was read."""
    missing: list[str] = field(default_factory=list)
    failures: dict[str, str] = field(default_factory=dict)
    coming: list[str] = field(default_factory=list)
    """Files in the folders whose type cannot be read yet."""
    ignored: Counter[str] = field(default_factory=Counter)
    remarks: list[str] = field(default_factory=list)
    counts: GraphCounts | None = None
    issues: Counter[str] = field(default_factory=Counter)
    """Issues of the whole workspace by code."""
    without_targets: list[str] = field(default_factory=list)
    """Names of the files that hold no performance target."""
    unread_rows: list[tuple[str, int]] = field(default_factory=list)
    """Names of the files with rows that gave nothing, and how many."""
    empty_targets: list[tuple[str, str]] = field(default_factory=list)
    """Targets without an indicator: the file and the target's name."""
