"""The documentation of the explorer names the parameters of addresses that the code reads."""

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from app.views import SECTIONS
from tests.conftest import ROOT


def documented() -> dict[str, set[str]]:
    """The parameters of each page's address as the documentation lists them."""
    text = (ROOT / "docs" / "explorer.md").read_text("utf-8")
    found = {}
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 4 and cells[1].startswith("`/"):
            found[cells[1].strip("`/")] = set(re.findall(r"`([^`]+)`", cells[3]))
    return found


def constants_of(tree: ast.Module) -> dict[str, str]:
    """Names that a module gives to texts."""
    found: dict[str, str] = {}
    for node in tree.body:
        if isinstance(node, ast.Assign):
            names = node.targets[0].elts if isinstance(node.targets[0], ast.Tuple) else node.targets
            values = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
            for name, value in zip(names, values, strict=False):
                if isinstance(name, ast.Name) and isinstance(value, ast.Constant):
                    found[name.id] = str(value.value)
    return found


def keys_in(module: Path) -> Iterator[str]:
    """What a module reads of the address: choices, bound fields, and what it asks for itself."""
    tree = ast.parse(module.read_text("utf-8"))
    named = constants_of(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            bound = next((own.value for own in node.keywords if own.arg == "key"), None)
            if called.startswith("choose") and len(node.args) > 2:
                yield from words_of(node.args[2], named)
            elif called in ("st.query_params.get", "asked.get"):
                yield from words_of(node.args[0], named)
            elif bound is not None and any(own.arg == "bind" for own in node.keywords):
                yield from words_of(bound, named)
        elif isinstance(node, ast.Subscript) and ast.unparse(node.value) in ("asked", "st.query_params"):
            yield from words_of(node.slice, named)


def words_of(node: ast.expr, named: dict[str, str]) -> Iterator[str]:
    if isinstance(node, ast.Constant):
        yield str(node.value)
    elif isinstance(node, ast.Name) and node.id in named:
        yield named[node.id]
    elif isinstance(node, ast.JoinedStr):
        yield f"{ast.literal_eval(node.values[0])}参数名"


PARTS = {"": "unread.py", "indicator": "relatives.py", "duplicates": "pair.py", "query": "answer_graph.py"}
"""Parts of pages that read the address too."""


def test_the_documented_addresses_are_the_codes() -> None:
    found = {}
    for view in (own for views in SECTIONS.values() for own in views):
        module = Path(str(import_module(view.show.__module__).__file__))
        found["" if view.path == "overview" else view.path] = set(keys_in(module))
    for path, part in PARTS.items():
        found[path] |= set(keys_in(ROOT / "app" / "views" / part))
    found["search"] |= {"classes", "units", "years", "kinds"}
    assert found == documented()
