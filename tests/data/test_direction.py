"""Data flows one way: the figures and the ground know nothing of pages."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = {"app", "layouts", "callbacks", "dash", "flask", "plotly"}
MODULES = [path.relative_to(ROOT) for folder in ("data", "geo") for path in sorted((ROOT / folder).rglob("*.py"))]


def imported(path: Path) -> Iterator[str]:
    """Top-level packages that a module imports, wherever in it."""
    for node in ast.walk(ast.parse((ROOT / path).read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno} imports relatively"
            yield str(node.module).partition(".")[0]


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_a_module_imports_no_page(path: Path) -> None:
    found = {name for name in imported(path) if name in PAGES or name.startswith(("dash_", "flask_"))}
    assert not found
