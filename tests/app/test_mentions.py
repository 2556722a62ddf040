"""What names mention, from the file to the graph; and a build without the packages for language."""

from pathlib import Path

import pytest

import app.mentions
import app.report
from app.pipeline import read_disclosure
from graph.store import open_store
from tests.samples import Command, write_form

TERMS = """
MATCH (c:IndicatorConcept)-[:MENTIONS]->(t:Term)
RETURN c.name AS concept, t.kind AS kind, t.name AS term
"""


def terms(workspace: Path) -> set[tuple[object, ...]]:
    with open_store(workspace / "graph.kgl", read_only=True) as store:
        return {tuple(row.values()) for row in store.run(TERMS)}


def test_concepts_mention_shared_terms(jixiao: Command, tmp_path: Path) -> None:
    write_form(tmp_path / "甲" / "2024.txt")
    assert jixiao("build", tmp_path / "甲", "--workspace", tmp_path / "w").status == 0
    found = terms(tmp_path / "w")
    assert {("读者满意度", "beneficiary", "读者"), ("读者满意度", "measure", "满意度")} <= found
    assert ("图书编目差错率", "measure", "差错率") in found
    # What nothing mentions any more is gone.
    (tmp_path / "甲" / "2024.txt").write_text("没有目标\n", "utf-8")
    jixiao("build", tmp_path / "甲", "--workspace", tmp_path / "w")
    assert terms(tmp_path / "w") == set()


def test_entities_point_into_the_name(tmp_path: Path) -> None:
    (target,) = read_disclosure(write_form(tmp_path / "2024.txt")).targets
    for indicator in target.indicators:
        assert indicator.entities
        assert all(indicator.printed.name[e.start : e.end] == e.text for e in indicator.entities)


def test_without_the_packages_names_are_not_read_and_it_is_said(
    jixiao: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app.mentions, "knows_language", lambda: False)
    monkeypatch.setattr(app.report, "knows_language", lambda: False)
    answer = jixiao("build", write_form(tmp_path / "2024.txt"), "--workspace", tmp_path / "w")
    assert answer.status == 0 and "没有装 spaCy" in answer.out
    assert terms(tmp_path / "w") == set()
    (target,) = read_disclosure(tmp_path / "2024.txt").targets
    assert {indicator.entities for indicator in target.indicators} == {None}
