"""The command line on a store of its own, filled with the example."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

import config
from data.__main__ import app
from tests.stores import new_store


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The file of a fresh store, which the commands take for theirs."""
    monkeypatch.setenv("LAND_IN_BEELD_DATABASE_URL", new_store(tmp_path))
    config.settings.cache_clear()
    yield tmp_path / "store.sqlite"
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
    """Digest of all that a store holds: not one page of it may have been written."""
    with closing(sqlite3.connect(store)) as connection:
        return sha256(connection.serialize()).hexdigest()
