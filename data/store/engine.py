"""Database connections in SQLite or PostgreSQL: transactions, and driver errors as messages."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from weakref import WeakSet

from sqlalchemy import Connection, Engine, NullPool, create_engine, event, exc, make_url, select, text
from sqlalchemy.engine import URL

from data.store.records import SchemaBehind, StoreError, Unreachable
from data.store.tables import state

PATIENCE: Final = 5
"""Seconds to wait for a server's answer, or for another writer's lock."""

_WRITES: Final = "land_in_beeld_writes"
_MIGRATE: Final = "Werk haar bij met `python -m data migrate`."

# A connection must not be shared with another process: both would talk through it. After a fork the
# child gets an empty pool, and the parent's connections stay open.
_engines: WeakSet[Engine] = WeakSet()


def _discard_pools() -> None:
    for engine in list(_engines):
        engine.dispose(close=False)


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_discard_pools)


class Connections:
    """The database engine of a store, created on first use.

    Parameters
    ----------
    url : ``sqlite:///var/store.db`` or ``postgresql://user:password@host/database``

    Raises
    ------
    StoreError
        When the address is neither, or a SQLite database in memory.
    """

    def __init__(self, url: str | URL) -> None:
        try:
            self.url = make_url(url)
        except exc.ArgumentError:
            raise StoreError(
                f"{url!r} is geen adres van een opslag; schrijf sqlite:///map/bestand.db "
                "of postgresql://gebruiker:wachtwoord@server/database."
            ) from None
        self.path: Path | None = None
        """File of a SQLite store."""
        kind = self.url.get_backend_name()
        if kind == "sqlite":
            if self.url.database in (None, "", ":memory:"):
                raise StoreError(
                    "Een opslag in het geheugen is er maar even; geef een bestand: sqlite:///map/bestand.db."
                )
            self.path = Path(str(self.url.database)).absolute()
            self.engine = _sqlite(self.path)
        elif kind == "postgresql":
            self.url = self.url.set(drivername="postgresql+psycopg")
            self.engine = _postgresql(self.url)
        else:
            raise StoreError(f"Een opslag in {kind!r} kan niet; kies sqlite:/// of postgresql://.")
        _engines.add(self.engine)

    @property
    def location(self) -> str:
        """Location of the store, without password."""
        return str(self.path) if self.path else self.url.render_as_string(hide_password=True)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a read transaction with one consistent snapshot for all its queries."""
        with self.translated_errors():
            self._require_file()
            with self.engine.connect() as connection:
                if self.path is None:
                    connection.execution_options(isolation_level="REPEATABLE READ")
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open a write transaction that holds the store's single writer lock."""
        with self.translated_errors():
            self._require_file()
            with self.transaction() as connection:
                connection.execute(select(state.c.version).with_for_update()).one()
                yield connection

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Open a write transaction without locking the `state` row."""
        with self.engine.connect() as connection:
            connection.execution_options(**{_WRITES: True})
            with connection.begin():
                if self.path is None:
                    connection.execute(text(f"SET LOCAL lock_timeout = '{PATIENCE}s'"))
                yield connection

    def _require_file(self) -> None:
        # SQLite would create an empty file.
        if self.path is not None and not self.path.exists():
            raise Unreachable(f"De opslag {self.path} is er niet. Maak haar met `python -m data migrate`.")

    @contextmanager
    def translated_errors(self) -> Iterator[None]:
        """Translate driver errors into :class:`StoreError` with one clear message."""
        try:
            yield
        except exc.TimeoutError:
            raise Unreachable(
                f"Alle verbindingen met de opslag {self.location} zijn bezet. Probeer het zo opnieuw."
            ) from None
        except exc.IntegrityError:
            raise
        except exc.DBAPIError as error:
            refusal = self._refusal(error)
            if refusal is None:
                raise
            raise refusal from error

    def _refusal(self, error: exc.DBAPIError) -> StoreError | None:
        where = f"De opslag {self.location}"
        cause = error.orig
        lines = str(cause).strip().splitlines()
        detail = lines[0] if lines else type(cause).__name__
        if isinstance(cause, sqlite3.Error):
            if "no such table" in detail or "no such column" in detail:
                return SchemaBehind(f"{where} is niet bijgewerkt ({detail}). {_MIGRATE}")
            name = getattr(cause, "sqlite_errorname", "") or ""
            kind = next((kind for kind in _SQLITE if name.startswith(kind)), None)
            return Unreachable(f"{where} {_SQLITE[kind] if kind else f'gaf een fout: {detail}.'}")
        code = getattr(cause, "sqlstate", None)
        if code in ("42P01", "42703"):
            return SchemaBehind(f"{where} is niet bijgewerkt ({detail}). {_MIGRATE}")
        if code in _POSTGRESQL:
            return Unreachable(f"{where} {_POSTGRESQL[code]}")
        if isinstance(error, exc.OperationalError | exc.InterfaceError):
            return Unreachable(
                f"{where} is niet te bereiken: {detail}. Draait de server, en klopt LAND_IN_BEELD_DATABASE_URL?"
            )
        return None


_BUSY: Final = f"is bezet: een ander schrijft er al {PATIENCE} seconden in. Probeer het zo opnieuw."
_READ_ONLY: Final = "is alleen te lezen. Geef dit programma het recht om er te schrijven"
_FULL: Final = "kan niets meer bewaren: de schijf is vol. Maak ruimte; er is niets verloren."

# By prefix of SQLite's result code names, https://www.sqlite.org/rescode.html.
_SQLITE: Final = {
    "SQLITE_BUSY": _BUSY,
    "SQLITE_LOCKED": _BUSY,
    "SQLITE_READONLY": f"{_READ_ONLY}, in het bestand en in zijn map.",
    "SQLITE_PERM": f"{_READ_ONLY}, in het bestand en in zijn map.",
    "SQLITE_CANTOPEN": "is niet te openen. Kijk of de map er is en of dit programma er mag schrijven.",
    "SQLITE_NOTADB": "is geen database van SQLite, of beschadigd. Zet een reservekopie terug: verplaats dit "
    "bestand en geef `python -m data restore BESTAND`.",
    "SQLITE_CORRUPT": "is beschadigd. Zet een reservekopie terug: verplaats dit bestand en geef "
    "`python -m data restore BESTAND`.",
    "SQLITE_FULL": _FULL,
    "SQLITE_IOERR": "is niet te lezen of te schrijven: de schijf geeft een fout. Kijk de schijf na.",
}
# By SQLSTATE, https://www.postgresql.org/docs/current/errcodes-appendix.html.
_POSTGRESQL: Final = {
    "55P03": _BUSY,
    "25006": f"{_READ_ONLY}.",
    "42501": f"{_READ_ONLY}: deze gebruiker mag het niet.",
    "53100": _FULL,
    "28P01": "laat deze gebruiker niet toe: verkeerd wachtwoord. Verander LAND_IN_BEELD_DATABASE_URL.",
    "3D000": "is er niet. Maak de database eerst op de server, of verander LAND_IN_BEELD_DATABASE_URL.",
}


def _sqlite(path: Path) -> Engine:
    """Create the engine of a file, with a connection per transaction (safe for forks)."""

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
            if mode != "wal":
                # Needs exclusive access, and may have to wait while another process opens the file.
                connection.execute("PRAGMA journal_mode = WAL")
        except BaseException:
            connection.close()
            raise
        return connection

    # The driver begins no transactions by itself; see the event listener below.
    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A writer takes the lock at once: upgrading a read lock later could fail without waiting.
        writes = connection.get_execution_options().get(_WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _postgresql(url: URL) -> Engine:
    """Create the engine of a database; connections are tested before use, since servers restart."""
    patience = {
        "connect_timeout": PATIENCE,
        # A dead server is noticed within ten seconds.
        "tcp_user_timeout": 2000 * PATIENCE,
        "keepalives_idle": 30,
    }
    return create_engine(
        url,
        pool_size=5,
        max_overflow=10,
        pool_timeout=2 * PATIENCE,
        pool_pre_ping=True,
        connect_args={name: value for name, value in patience.items() if name not in url.query},
    )
