"""Migration of the store's tables to the revision of this code."""

import time
from pathlib import Path

from sqlalchemy import Connection, exc, inspect, select, table, text
from sqlalchemy.sql import column

from data.store.engine import PATIENCE, Connections
from data.store.records import SchemaAhead, SchemaBehind, Unreachable
from data.store.tables import REVISION

FOLDER = Path(__file__).parent / "migrations"

_LOCK = 340_291
"""Key of our PostgreSQL advisory lock, an arbitrary number."""

_PAUSE = 0.05
"""Seconds between attempts to get exclusive access to a new file."""


def revision(connections: Connections) -> str | None:
    """Return the revision of a store's tables; None when there are none.

    Raises
    ------
    Unreachable
    """
    if connections.path is not None and not connections.path.exists():
        return None
    with connections.translated_errors(), connections.engine.connect() as connection:
        return _revision(connection)


def migrate_if_safe(connections: Connections) -> None:
    """Migrate where that is safe without asking: a file, or an empty database on a server.

    Raises
    ------
    SchemaBehind
        When others may be using the tables; the message says what to do.
    SchemaAhead, Unreachable
    """
    found = revision(connections)
    if _is_done(connections, found):
        return
    if connections.path is None and (found is not None or not _is_empty(connections)):
        raise SchemaBehind(
            f"De opslag {connections.location} is van een oudere versie van het programma, of van een ander. "
            "Werk haar bij met `python -m data migrate`, of kies een lege database."
        )
    migrate(connections)


def migrate(connections: Connections) -> None:
    """Create the tables, or upgrade them to :data:`data.store.tables.REVISION`.

    Safe for concurrent processes: the second waits and finds nothing to do. A SQLite file and its folder
    are created when missing.

    Raises
    ------
    SchemaAhead
        When the tables are of a newer version of the program.
    Unreachable
        With the remedy.
    """
    if _is_done(connections, revision(connections)):
        return
    if connections.path is not None:
        try:
            connections.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Unreachable(
                f"De map {connections.path.parent} voor de opslag is niet te maken ({error.strerror}). "
                "Kies een andere plaats, of geef dit programma er schrijfrechten."
            ) from error
    with connections.translated_errors():
        _enable_wal(connections)
        with connections.transaction() as connection:
            if connections.path is None:
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            if not _is_done(connections, _revision(connection)):
                _upgrade(connection)


def _is_done(connections: Connections, found: str | None) -> bool:
    if found is None or found == REVISION:
        return found == REVISION
    # Revisions are numbered, so an older program recognises newer ones.
    if found > REVISION:
        raise SchemaAhead(
            f"De opslag {connections.location} is van een nieuwere versie van het programma "
            f"(revisie {found}, dit programma kent {REVISION}). Werk het programma bij."
        )
    return False


def _revision(connection: Connection) -> str | None:
    """Query the revision directly, since importing Alembic would dominate the start-up time."""
    try:
        with connection.begin_nested() if connection.in_transaction() else connection.begin():
            found = connection.scalar(select(column("version_num")).select_from(table("alembic_version")))
    except exc.DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) == "42P01" or "no such table" in str(error.orig):
            return None
        raise
    return None if found is None else str(found)


def _is_empty(connections: Connections) -> bool:
    """Whether a database has no tables at all, not even another program's."""
    with connections.translated_errors(), connections.engine.connect() as connection:
        return not inspect(connection).get_table_names()


def _enable_wal(connections: Connections) -> None:
    """Open a new SQLite file with retries, since switching to WAL does not wait for locks."""
    until = time.monotonic() + PATIENCE
    while connections.path is not None:
        try:
            with connections.engine.connect():
                return
        except exc.OperationalError as error:
            if "locked" not in str(error.orig) or time.monotonic() > until:
                raise
            time.sleep(_PAUSE)


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    command.upgrade(config, "head")
