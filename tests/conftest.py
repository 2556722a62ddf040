"""Where the example disclosures and, outside the project, the seed disclosures are."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def examples() -> list[Path]:
    """The example disclosures in the order of their numbers."""
    found = sorted(path for path in (ROOT / "examples").iterdir() if path.suffix in (".txt", ".md"))
    assert len(found) >= 16
    return found
