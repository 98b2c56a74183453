"""Connections, error messages, forks and threads, and migrations of the store."""

import logging
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import select, text

from data.store import SchemaBehind, Store, StoreError, Unreachable, engine
from data.store.migrate import FOLDER
from data.store.tables import REVISION, metadata, state
from tests.data.store.drafts import draft
from tests.paths import ROOT

pytest_plugins = ["tests.data.store.engines"]


def run(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", program, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )


# Tables.


def test_the_last_revision_is_the_codes() -> None:
    assert ScriptDirectory(str(FOLDER)).get_heads() == [REVISION]


def test_migrations_create_the_defined_tables(store_url: str) -> None:
    store = Store(store_url)
    store.migrate()
    assert store.revision == REVISION
    with store.connections.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    store.dispose()


def test_a_store_without_tables_names_the_migrate_command(store_url: str) -> None:
    store = Store(store_url)
    assert store.revision is None
    with pytest.raises(StoreError, match="python -m data migrate"):
        store.version()
    store.migrate()
    assert store.version() == 0
    store.dispose()


def test_migrating_is_silent_and_keeps_the_log_settings(store_url: str, capfd: pytest.CaptureFixture[str]) -> None:
    own = logging.getLogger("land-in-beeld-test")
    before = (logging.root.level, list(logging.root.handlers), own.disabled)
    store = Store(store_url)
    store.migrate()
    store.migrate()
    assert (logging.root.level, list(logging.root.handlers), own.disabled) == before
    assert capfd.readouterr() == ("", "")
    store.dispose()


def test_a_current_store_does_not_import_alembic(store: Store) -> None:
    program = (
        "import sys; from data.store import Store; store = Store(sys.argv[1]); store.migrate(); "
        "print(store.version(), 'alembic' in sys.modules)"
    )
    done = run(program, store.connections.url.render_as_string(hide_password=False))
    assert (done.stdout, done.stderr) == ("0 False\n", "")


def test_a_failed_migration_leaves_no_tables(store_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(store_url)
    monkeypatch.setattr("data.store.migrate.FOLDER", ROOT / "tests")
    with pytest.raises(Exception, match="env"):
        store.migrate()
    monkeypatch.undo()
    assert store.revision is None
    store.migrate()
    assert store.revision == REVISION
    store.dispose()


# Files.


def test_a_missing_folder_is_created(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'een' / 'twee' / 'store.db'}")
    with pytest.raises(Unreachable, match="is er niet"):
        store.version()
    assert not (tmp_path / "een").exists()
    store.migrate()
    assert store.version() == 0


def test_an_impossible_folder_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "bestand").touch()
    store = Store(f"sqlite:///{tmp_path / 'bestand' / 'store.db'}")
    with pytest.raises(Unreachable, match="niet te maken"):
        store.migrate()


def test_a_folder_instead_of_a_file_is_an_error(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path}")
    with pytest.raises(Unreachable, match="niet te openen"):
        store.migrate()


def test_a_file_that_is_no_database_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    path.write_bytes(b"dit is een brief, geen database. " * 100)
    store = Store(f"sqlite:///{path}")
    for ask in (store.migrate, store.version, store.shown_data):
        with pytest.raises(Unreachable, match=r"geen database van SQLite, of beschadigd.*restore"):
            ask()


def test_a_damaged_database_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    store = Store(f"sqlite:///{path}")
    store.migrate()
    store.load(draft(), "Anna")
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    with pytest.raises(Unreachable, match=r"beschadigd.*restore"):
        store.shown_data()


def test_a_removed_database_is_an_error_and_not_recreated(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    store = Store(f"sqlite:///{path}")
    store.migrate()
    path.unlink()
    with pytest.raises(Unreachable, match="is er niet"):
        store.version()
    assert not path.exists()


READ_ONLY = """
import os, sys
from data.store import Store, Unreachable
from tests.data.store.drafts import draft
store = Store(sys.argv[1])
store.version()
import data.contracts, data.store.backup, alembic.command
if os.getuid() == 0:
    os.setuid(65534)
for write in (lambda: store.load(draft(), "Anna"), lambda: store.remember("abc", {}, "Anna")):
    try:
        write()
    except Unreachable as error:
        print(error)
"""


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="geen rechten van Unix")
def test_a_read_only_disk_is_an_error(tmp_path: Path) -> None:
    folder = tmp_path / "alleen lezen"
    folder.mkdir()
    Store(f"sqlite:///{folder / 'store.db'}").migrate()
    (folder / "store.db").chmod(0o444)
    folder.chmod(0o555)
    # The unprivileged user that the process becomes must be able to enter the folder.
    for above in (tmp_path, *tmp_path.parents):
        if Path(tempfile.gettempdir()) in above.parents:
            above.chmod(0o755)
    done = run(READ_ONLY, f"sqlite:///{folder / 'store.db'}")
    folder.chmod(0o755)
    lines = done.stdout.splitlines()
    assert len(lines) == 2, done.stderr
    assert all("alleen te lezen" in line or "niet te openen" in line for line in lines)


# Locks and outages.


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "PATIENCE", 0.2)


@pytest.mark.usefixtures("impatient")
def test_waiting_too_long_for_a_writer_is_an_error(store: Store) -> None:
    store.load(draft(), "Anna")
    with store.connections.writing():
        with pytest.raises(Unreachable, match="is bezet: een ander schrijft"):
            store.load(draft("2024-04-01"), "Bas")
        # A reader does not wait.
        assert len(store.shown_data().figures) == 3
        assert store.version() == 1
    assert store.load(draft("2024-04-01"), "Bas").shown


def test_a_stopped_server_is_an_error_until_it_returns(postgresql_url: str, request: pytest.FixtureRequest) -> None:
    from tests.data.store.engines import allow_connections, refuse_connections

    store = Store(postgresql_url)
    store.migrate()
    store.load(draft(), "Anna")
    request.addfinalizer(lambda: allow_connections(postgresql_url))
    refuse_connections(postgresql_url)
    for ask in (store.version, store.shown_data, lambda: store.load(draft("2024-04-01"), "Bas"), store.migrate):
        with pytest.raises(Unreachable, match="niet te bereiken"):
            ask()
    allow_connections(postgresql_url)
    assert store.version() == 1
    assert store.load(draft("2024-04-01"), "Bas").shown
    store.dispose()


def test_an_unreachable_server_is_an_error_without_the_password(tmp_path: Path) -> None:
    store = Store(f"postgresql://anna:geheim@/land?host={tmp_path}")
    with pytest.raises(Unreachable, match="niet te bereiken") as caught:
        store.version()
    assert "geheim" not in str(caught.value)
    assert "geheim" not in repr(store)


def test_a_failed_transaction_is_rolled_back(store: Store) -> None:
    def fails() -> None:
        with store.connections.writing() as connection:
            connection.execute(state.update().values(version=99))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails()
    assert store.version() == 0


def test_a_missing_table_is_an_error(store: Store) -> None:
    with store.connections.engine.begin() as connection:
        connection.execute(text("DROP TABLE mappings"))
    with pytest.raises(SchemaBehind, match="python -m data migrate"):
        store.mapping("abc")


# Processes and threads.


def test_dispose_closes_all_connections(store: Store) -> None:
    store.load(draft(), "Anna")
    store.shown_data()
    store.dispose()
    if store.connections.path is None:
        with Store(store.connections.url.render_as_string(hide_password=False)).connections.reading() as other:
            (others,) = other.execute(
                text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
            ).one()
            assert others == 1  # the querying one
    elif Path("/proc/self/fd").is_dir():
        links = [str(link.readlink()) for link in Path("/proc/self/fd").iterdir() if link.is_symlink()]
        assert not [link for link in links if str(store.connections.path) in link]
    assert store.version() == 1


FORKED = """
import os, sys
from data.store import Store
store = Store(sys.argv[1])
store.shown_data().figures
children = []
for _ in range(3):
    pid = os.fork()
    if not pid:
        ok = all(len(store.shown_data().figures) == 3 and store.version() == 1 for _ in range(20))
        os._exit(0 if ok else 1)
    children.append(pid)
assert all(len(store.shown_data().figures) == 3 for _ in range(20))
assert [os.waitpid(pid, 0)[1] for pid in children] == [0, 0, 0]
assert store.version() == 1
print("goed")
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="geen fork op dit systeem")
def test_parent_and_children_survive_a_fork_without_dispose(store: Store) -> None:
    store.load(draft(), "Anna")
    done = run(FORKED, store.connections.url.render_as_string(hide_password=False))
    assert (done.stdout, done.stderr) == ("goed\n", "")


def test_threads_can_share_a_store(store: Store) -> None:
    days = [f"2024-0{month}-01" for month in range(1, 8)]
    gate = threading.Barrier(len(days))

    def publish(day: str) -> int:
        gate.wait()
        number = store.load(draft(day), "Anna").id
        assert len(store.figures(number)) == 3
        return number

    with ThreadPoolExecutor(len(days)) as pool:
        numbers = list(pool.map(publish, days))
    assert sorted(numbers) == list(range(1, len(days) + 1))
    assert len(store.shown_data().figures) == 3 * len(days)
    assert store.version() == len(days)


def test_a_read_transaction_sees_one_version(store: Store) -> None:
    with store.connections.reading() as connection:
        before = connection.scalar(select(state.c.version))
        store.load(draft(), "Anna")
        assert connection.scalar(select(state.c.version)) == before
    assert store.version() == before + 1


def test_a_closed_database_file_can_be_copied_without_its_wal(tmp_path: Path) -> None:
    """A file that nobody has open has no WAL, so it may be copied as it is."""
    store = Store(f"sqlite:///{tmp_path / 'store.db'}")
    store.migrate()
    store.load(draft(), "Anna")
    assert [found.name for found in tmp_path.iterdir()] == ["store.db"]
    shutil.copy(tmp_path / "store.db", tmp_path / "kopie.db")
    with closing(sqlite3.connect(tmp_path / "kopie.db")) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert len(Store(f"sqlite:///{tmp_path / 'kopie.db'}").shown_data().figures) == 3
