"""The source of the project, as tests of its structure read it."""

import ast
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from tests.paths import ROOT

#: What the application is made of, and what tests and measures it.
HOUSE = ("callbacks", "data", "geo", "layouts")
BESIDE = ("bench", "docs", "tests")


def modules(*folders: str) -> list[Path]:
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


CODE = [*sorted(ROOT.glob("*.py")), *modules(*HOUSE)]
ALL = [*CODE, *modules(*BESIDE)]
JS = ROOT / "assets" / "js"
SCRIPTS = sorted(JS.rglob("*.js"))
STYLES = sorted((ROOT / "assets" / "css").rglob("*.css"))


@cache
def read(path: Path) -> str:
    return path.read_text("utf-8")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(read(path))


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def offenders(paths: Iterable[Path], fault: Callable[[Path], object]) -> dict[str, object]:
    """Files with the fault that a function finds in them; empty when all are sound."""
    return {named(path): found for path in paths if (found := fault(path))}


def imported(path: Path) -> set[str]:
    """Full names of what a module imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{named(path)} imports by a relative path"
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def tops(names: set[str]) -> set[str]:
    return {name.partition(".")[0] for name in names}
