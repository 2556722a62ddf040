"""Import order: ontology ← nlp ← ingest ← graph ← app; a module imports only from itself or to its left."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LAYERS = ["ontology", "nlp", "ingest", "graph", "app"]
MODULES = sorted(path for layer in LAYERS for path in (ROOT / layer).rglob("*.py"))
MOST_LINES = 300
MOST_FUNCTION_LINES = 35


def imported(tree: ast.AST) -> set[str]:
    """Top-level packages that a module imports, anywhere in it."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            found.add((node.module or "").split(".")[0])
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_imports_go_left(path: Path) -> None:
    layer = LAYERS.index(path.relative_to(ROOT).parts[0])
    assert imported(ast.parse(path.read_text("utf-8"))) & set(LAYERS[layer + 1 :]) == set()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_modules_and_functions_stay_small(path: Path) -> None:
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= MOST_LINES
    functions = [
        node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    long = [node.name for node in functions if (node.end_lineno or 0) - node.lineno + 1 > MOST_FUNCTION_LINES]
    assert long == []


def test_no_module_is_named_like_a_package() -> None:
    """`streamlit run app/main.py` puts app/ first on the path: app/graph.py would hide the package graph."""
    names = {path.stem for path in MODULES if path.name != "__init__.py"}
    taken = {*LAYERS, "neo4j", "rdflib", "spacy", "jieba", "streamlit", "kglite", "click", "rich", "msgspec"}
    assert names & taken == set()
    assert {path.stem for path in MODULES if path.parts[-2] == "app"} & sys.stdlib_module_names == set()


def test_the_base_install_is_enough_for_the_embedded_road() -> None:
    """Extras are imported where they are needed, never by what the command line imports."""
    extras = {"neo4j", "spacy", "streamlit", "openpyxl", "pdfplumber", "docx", "xlrd"}
    question = "import sys, app.cli; print(*{name.split('.')[0] for name in sys.modules})"
    done = subprocess.run(
        [sys.executable, "-c", question], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert extras & set(done.stdout.split()) == set()
