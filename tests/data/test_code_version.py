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
    """The version as a new process would find it."""
    code_version.cache_clear()
    return code_version(*names, project=project)


def test_a_change_two_folders_deep_is_another_version(project: Path) -> None:
    before = versions(project, "house")
    assert versions(project, "house") == before
    deep = project / "house" / "room" / "cupboard" / "shelf.py"
    deep.write_text("BOOKS = 2\n", "utf-8")
    changed = versions(project, "house")
    assert changed != before
    deep.rename(deep.with_name("table.py"))
    assert versions(project, "house") not in (before, changed)


def test_every_kind_of_source_counts_and_compiled_code_does_not(project: Path) -> None:
    before = versions(project, "house")
    (project / "house" / "__pycache__").mkdir()
    (project / "house" / "__pycache__" / "room.pyc").write_bytes(b"compiled")
    assert versions(project, "house") == before
    (project / "house" / "sheet.typ").write_text("= Title\n", "utf-8")
    assert versions(project, "house") != before


def test_only_what_is_named_counts(project: Path) -> None:
    before = versions(project, "house.room")
    (project / "garden.py").write_text("TREES = 4\n", "utf-8")
    assert versions(project, "house.room") == before
    assert versions(project, "house.room", "garden") != before


def test_a_name_that_is_none_is_told(project: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"attic\.py"):
        versions(project, "house", "attic")


def test_the_program_has_one() -> None:
    assert len(code_version("callbacks", "data", "geo")) == 64
