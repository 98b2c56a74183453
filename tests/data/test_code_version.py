from pathlib import Path

import pytest

from data.code_version import code_version


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "house" / "room" / "cupboard").mkdir(parents=True)
    (tmp_path / "house" / "room" / "cupboard" / "shelf.py").write_text("BOOKS = 1\n", "utf-8")
    (tmp_path / "garden.py").write_text("TREES = 3\n", "utf-8")
    return tmp_path


def versions(project: Path, *names: str) -> str:
    """Return the versions as a new process computes them."""
    code_version.cache_clear()
    return code_version(*names, project=project)


def test_a_change_two_folders_deep_changes_the_version(project: Path) -> None:
    before = versions(project, "house")
    assert versions(project, "house") == before
    deep = project / "house" / "room" / "cupboard" / "shelf.py"
    deep.write_text("BOOKS = 2\n", "utf-8")
    changed = versions(project, "house")
    assert changed != before
    deep.rename(deep.with_name("table.py"))
    assert versions(project, "house") not in (before, changed)


def test_all_source_files_count_but_compiled_code_does_not(project: Path) -> None:
    before = versions(project, "house")
    (project / "house" / "__pycache__").mkdir()
    (project / "house" / "__pycache__" / "room.pyc").write_bytes(b"compiled")
    assert versions(project, "house") == before
    (project / "house" / "sheet.typ").write_text("= Title\n", "utf-8")
    assert versions(project, "house") != before


def test_only_the_named_packages_count(project: Path) -> None:
    before = versions(project, "house.room")
    (project / "garden.py").write_text("TREES = 4\n", "utf-8")
    assert versions(project, "house.room") == before
    assert versions(project, "house.room", "garden") != before


def test_an_unknown_name_is_an_error(project: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"attic\.py"):
        versions(project, "house", "attic")


def test_the_real_packages_have_versions() -> None:
    assert len(code_version("callbacks", "data", "geo")) == 64
