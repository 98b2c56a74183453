"""Bringing the store's tables to the revision that this code is written for."""

import time
from pathlib import Path

from sqlalchemy import Connection, exc, inspect, select, table, text
from sqlalchemy.sql import column

from data.store.engine import PATIENCE, Connections
from data.store.records import SchemaAhead, SchemaBehind, Unreachable
from data.store.tables import REVISION

FOLDER = Path(__file__).parent / "migrations"

_LOCK = 340_291
"""Of PostgreSQL's advisory locks, ours; any number that no other program on the database takes."""

_PAUSE = 0.05
"""Seconds between two tries to get a new file for oneself."""


def revision(connections: Connections) -> str | None:
    """Revision of a store's tables; None when it has none yet.

    Raises
    ------
    Unreachable
    """
    if connections.path is not None and not connections.path.exists():
        return None
    with connections.said(), connections.engine.connect() as connection:
        return _revision(connection)


def start(connections: Connections) -> None:
    """Migrate where that may be done unasked: a file, and an empty database on a server.

    Raises
    ------
    SchemaBehind
        When others may be using the tables; says what to do.
    SchemaAhead, Unreachable
    """
    found = revision(connections)
    if _is_done(connections, found):
        return
    if connections.path is None and (found is not None or not _is_empty(connections)):
        raise SchemaBehind(
            f"De opslag {connections.place} is van een oudere versie van het programma, of van een ander. "
            "Werk haar bij met `python -m data migrate`, of kies een lege database."
        )
    migrate(connections)


def migrate(connections: Connections) -> None:
    """Make the tables, or bring them to :data:`data.store.tables.REVISION`; nothing when they are there.

    Two processes may do so at once: the second waits and finds it done. A SQLite file is made
    when there is none, and its folder too.

    Raises
    ------
    SchemaAhead
        When the tables are of a newer version of the program.
    Unreachable
        With what to mend.
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
    with connections.said():
        _alone(connections)
        with connections.transaction() as connection:
            if connections.path is None:
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            if not _is_done(connections, _revision(connection)):
                _upgrade(connection)


def _is_done(connections: Connections, found: str | None) -> bool:
    if found is None or found == REVISION:
        return found == REVISION
    # Revisions are numbered, so that an older program needs not know the newer ones.
    if found > REVISION:
        raise SchemaAhead(
            f"De opslag {connections.place} is van een nieuwere versie van het programma "
            f"(revisie {found}, dit programma kent {REVISION}). Werk het programma bij."
        )
    return False


def _revision(connection: Connection) -> str | None:
    """Ask by one query; importing Alembic for it would take longer than all else at a start."""
    try:
        with connection.begin_nested() if connection.in_transaction() else connection.begin():
            found = connection.scalar(select(column("version_num")).select_from(table("alembic_version")))
    except exc.DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) == "42P01" or "no such table" in str(error.orig):
            return None
        raise
    return None if found is None else str(found)


def _is_empty(connections: Connections) -> bool:
    """Whether a database has no table at all, not even another program's."""
    with connections.said(), connections.engine.connect() as connection:
        return not inspect(connection).get_table_names()


def _alone(connections: Connections) -> None:
    """Open a new SQLite file for the first time: going over to WAL does not wait for others by itself."""
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
