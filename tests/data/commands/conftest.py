"""The command line on a store of its own, filled with the example."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

import config
from data.__main__ import app
from data.bootstrap import open_store


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the example and nothing else, to copy."""
    path = tmp_path_factory.mktemp("seeded") / "store.sqlite"
    open_store(f"sqlite:///{path}").dispose()
    return path


@pytest.fixture
def shelf(seeded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The file of a fresh store, which the commands take for theirs."""
    path = tmp_path / "store.sqlite"
    shutil.copy(seeded, path)
    monkeypatch.setenv("LAND_IN_BEELD_DATABASE_URL", f"sqlite:///{path}")
    config.settings.cache_clear()
    yield path
    config.settings.cache_clear()


Run = Callable[..., Result]


@pytest.fixture
def run(shelf: Path) -> Run:
    """Run a command as a person does."""
    assert shelf.exists()

    return run_command


def run_command(*arguments: object) -> Result:
    """Run a command in this process; an exception that it does not answer for is raised here."""
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def content_of(store: Path) -> str:
    """Digest of every row of every table."""
    with sqlite3.connect(store) as connection:
        return sha256("\n".join(connection.iterdump()).encode()).hexdigest()
