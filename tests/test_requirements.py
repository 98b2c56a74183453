"""Versions: every package is pinned, pins agree, and CI runs what the Makefile has."""

import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.paths import ROOT
from tests.source import ALL, BESIDE, CODE, HOUSE, imported, named, read, tops


def pins(name: str) -> dict[str, str]:
    """Names in a requirements file and what stands behind them."""
    lines = [line.partition("#")[0].strip() for line in read(ROOT / name).splitlines()]
    wanted = [line for line in lines if line and not line.startswith("-")]
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+", line) for line in wanted), wanted
    pinned = {
        re.sub(r"[-_.]+", "-", package).lower(): version
        for package, _, version in (line.partition("==") for line in wanted)
    }
    assert len(pinned) == len(wanted), f"{name} names something twice"
    return pinned


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt", "constraints.txt"])
def test_every_version_is_pinned(name: str) -> None:
    assert pins(name)


def test_pins_agree() -> None:
    locked = pins("constraints.txt")
    for name in ("requirements.txt", "requirements-dev.txt"):
        for package, version in pins(name).items():
            assert locked[package] == version, f"{package}: make lock"
    assert "-c constraints.txt" in read(ROOT / "requirements.txt")
    assert "-r requirements.txt" in read(ROOT / "requirements-dev.txt")
    assert not set(pins("requirements.txt")) & set(pins("requirements-dev.txt"))


def packages(paths: list[Path]) -> dict[str, set[str]]:
    """Packages of others by the name that pip knows, with who imports them."""
    known = packages_distributions()
    ours = {*HOUSE, *BESIDE, "app", "config"}
    found: dict[str, set[str]] = {}
    for path in paths:
        for top in tops(imported(path)) - ours - set(sys.stdlib_module_names):
            assert top in known, f"{named(path)} imports {top}, which is not installed"
            name = re.sub(r"[-_.]+", "-", known[top][0]).lower()
            found.setdefault(name, set()).add(named(path))
    return found


def test_what_is_imported_is_pinned() -> None:
    runs = pins("requirements.txt")
    assert {name: where for name, where in packages(CODE).items() if name not in runs} == {}
    locked = pins("constraints.txt")
    assert {name: where for name, where in packages(ALL).items() if name not in locked} == {}


def test_versions_of_python_agree() -> None:
    project = read(ROOT / "pyproject.toml")
    make = read(ROOT / "Makefile")
    (required,) = re.findall(r'requires-python = ">=(\d+\.\d+)"', project)
    assert required == "3.11"
    assert re.findall(r'target-version = "py(\d)(\d+)"', project) == [tuple(required.split("."))]
    assert re.findall(r'python_version = "([\d.]+)"', project) == [required]
    assert re.findall(r"sys\.version_info < \((\d+), (\d+)\)", make) == [tuple(required.split("."))]
    assert f"Python {required} or newer" in make
    assert sys.version_info >= (3, 11)


def test_ci_checks_and_tests_by_make() -> None:
    run = ROOT / ".ci" / "run"
    text = read(run)
    assert "make check" in text
    assert "make test" in text
    assert run.stat().st_mode & 0o111
    targets = re.findall(r"^([a-z]+):", read(ROOT / "Makefile"), re.MULTILINE)
    assert {"run", "test", "check", "bench"} <= set(targets)
