"""The command line run in this process, and places to work in."""

from pathlib import Path

import pytest

from app.cli import run
from tests.samples import Answer, Command


@pytest.fixture
def jixiao(capsys: pytest.CaptureFixture[str]) -> Command:
    """Run a command with its arguments."""

    def call(*arguments: str | Path) -> Answer:
        capsys.readouterr()
        status = run([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        return Answer(status, printed.out, printed.err)

    return call


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder for disclosures, beside the workspace."""
    path = tmp_path / "公开"
    path.mkdir()
    return path


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """Where a workspace may be built."""
    return tmp_path / "工作区"


@pytest.fixture(scope="session")
def examples_workspace(tmp_path_factory: pytest.TempPathFactory, examples: list[Path]) -> Path:
    """A workspace with the graph of the examples; nobody may change it."""
    folder = tmp_path_factory.mktemp("explorer") / "工作区"
    assert run(["build", *map(str, examples), "--workspace", str(folder)]) == 0
    return folder
