"""Relations, boilerplate and copies against the hand-made gold, where ../shared is there."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

SHARED = Path(__file__).parents[2].parent / "shared"
GOLD = SHARED / "gold"
JIXIAO = str(Path(sys.executable).with_name("jixiao"))

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not GOLD.is_dir(), reason="../shared/gold 不在，金标准评分跳过"),
]


def score(what: str, *arguments: str | Path) -> str:
    """What the scorer prints of a file of answers."""
    command = [sys.executable, str(GOLD / "score_text.py"), what, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def number(text: str, before: str) -> float:
    """The number behind some words of the scorer."""
    found = re.search(re.escape(before) + r" ([\d.]+)", text)
    assert found, text
    return float(found[1])


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("gold") / "w"
    files = [str(path) for path in sorted((SHARED / "seeds").glob("*.txt"))]
    subprocess.run([JIXIAO, "build", *files, "--workspace", str(folder)], capture_output=True, check=True)
    return folder


def test_relations(tmp_path: Path) -> None:
    done = subprocess.run(
        [JIXIAO, "relate", "--jsonl"], input=score("pairs"), capture_output=True, text=True, check=True
    )
    (tmp_path / "p.jsonl").write_text(done.stdout, "utf-8")
    told = score("relations", tmp_path / "p.jsonl")
    assert number(told, "relations macro F1") >= 0.92
    identical = re.search(r"identical +\{'precision': ([\d.]+)", told)
    assert identical and float(identical[1]) >= 0.99


def test_boilerplate(workspace: Path, tmp_path: Path) -> None:
    command = [JIXIAO, "boilerplate", "--workspace", str(workspace), "--json", str(tmp_path / "b.json")]
    subprocess.run(command, capture_output=True, check=True)
    told = score("boilerplate", tmp_path / "b.json")
    assert number(told, "average precision") >= 0.92
    assert "rows missing 0" in told


def test_copies(workspace: Path, tmp_path: Path) -> None:
    command = [JIXIAO, "duplicates", "--workspace", str(workspace), "--json", str(tmp_path / "d.json")]
    subprocess.run(command, capture_output=True, check=True)
    told = score("copies", tmp_path / "d.json")
    assert number(told, "copied targets F1") >= 0.9
    assert "repeated within a target: recall 15/15" in told
    assert number(told, "copied objectives: recall") >= 16
