"""Copies of a whole store: one file that any store, in either engine, can be restored from.

The file is itself a SQLite store of the same tables, so it can be looked into, and one of an older version of
the program is migrated like any other.
"""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Connection, delete, func, insert, select, text, update
from sqlalchemy.engine import URL

from data.store.engine import Connections
from data.store.migrate import migrate, revision
from data.store.records import EXAMPLE, NotEmpty, StoreError
from data.store.tables import (
    figures,
    inhabitants,
    mappings,
    metadata,
    originals,
    publications,
    state,
    totals,
    visit_lists,
)
from data.store.write import insert_columns, write_log

_MAGIC = b"SQLite format 3\x00"
_ROWS = 5_000
"""Rows to copy at a time; of files, which may each be large, one at a time."""


def backup(connections: Connections, path: Path) -> int:
    """Write a copy of a store as it is at one moment, while others go on using it.

    Parameters
    ----------
    connections : of the store
    path : Path
        A file that is not there yet; its folder is made.

    Returns
    -------
    int
        How many publications and drafts are in the copy.

    Raises
    ------
    StoreError
        When the file is there already, or cannot be written.
    """
    path = path.absolute()
    if path.exists():
        raise StoreError(f"{path} bestaat al. Kies een andere naam: een reservekopie gaat nergens overheen.")
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        copy = _file(part)
        migrate(copy)
        with connections.reading() as source, copy.writing() as target:
            _copy_all(source, target)
            count = _count(target)
        _close(part)
        part.replace(path)
    except OSError as error:
        raise StoreError(
            f"De reservekopie {path} is niet te schrijven ({error.strerror}). Kies een andere plaats."
        ) from error
    finally:
        for leftover in (part, Path(f"{part}-wal"), Path(f"{part}-shm")):
            with suppress(OSError):
                leftover.unlink(missing_ok=True)
    return count


def restore(connections: Connections, path: Path, who: str, *, replace: bool = False) -> int:
    """Make a store what it was when a copy was made of it: all of it, or nothing when it fails.

    Parameters
    ----------
    connections : of the store, which may lack its tables still
    path : Path
        What :func:`backup` wrote, also of another engine or an older version of the program.
    who : str
        For the log, which becomes that of the copy, with a line that tells of this.
    replace : bool
        Whether to throw away what is in the store now. An example alone never stands in the way.

    Returns
    -------
    int
        How many publications and drafts there are now.

    Raises
    ------
    NotEmpty
        When there are publications or other things in the store, without `replace`.
    StoreError
        When the file is no copy, or is damaged.
    """
    with _opened(path) as copy:
        migrate(connections)
        with copy.reading() as source, connections.writing() as target:
            before = _count(target)
            if not replace and not _is_empty(target):
                raise NotEmpty(
                    f"De opslag {connections.place} is niet leeg ({before} publicaties en concepten). "
                    "Terugzetten gooit alles weg wat er nu in staat; geef --replace als dat de bedoeling is."
                )
            now, then = target.execute(select(state)).one(), source.execute(select(state)).one()
            _copy_all(source, target)
            # Who follows the store must see that it changed, also when the copy is of before.
            target.execute(
                update(state).values(
                    version=max(then.version, now.version) + 1,
                    last_publication=max(then.last_publication, now.last_publication),
                )
            )
            after = _count(target)
            write_log(target, who, "restored", None, f"{path.name}: {after}, in plaats van {before}")
    return after


@contextmanager
def _opened(path: Path) -> Iterator[Connections]:
    """A copy of the copy, of this version of the program and found whole."""
    try:
        with path.open("rb") as file:
            start = file.read(len(_MAGIC))
    except OSError as error:
        raise StoreError(f"De reservekopie {path} is niet te lezen ({error.strerror}).") from error
    none = f"{path} is geen reservekopie: geef een bestand dat `python -m data backup BESTAND` schreef."
    if start != _MAGIC:
        raise StoreError(none)
    with tempfile.TemporaryDirectory() as folder:
        opened = _file(Path(folder) / "copy.db")
        shutil.copyfile(path, str(opened.path))
        if revision(opened) is None:
            raise StoreError(none)
        migrate(opened)
        with opened.reading() as connection:
            whole = connection.scalar(text("PRAGMA integrity_check")) == "ok"
            amiss = None if whole else "de database zelf"
            amiss = amiss or _altered(connection)
        if amiss:
            raise StoreError(f"De reservekopie {path} is beschadigd: {amiss}. Neem een andere.")
        yield opened


def _altered(connection: Connection) -> str | None:
    """Name the first file in a copy that is not what it was when it was kept."""
    query = select(publications.c.id, publications.c.sha256, originals.c.content).join_from(publications, originals)
    for number, digest, content in connection.execute(query, execution_options={"yield_per": 1}):
        if sha256(content).hexdigest() != digest:
            return f"het bestand van publicatie {number}"
    return None


def _copy_all(source: Connection, target: Connection) -> None:
    """Put all rows of one store in the place of those of another."""
    tables = metadata.sorted_tables
    with _unguarded(target):
        for table in reversed(tables):
            target.execute(delete(table))
        for table in tables:
            size = 1 if table is originals else _ROWS
            result = source.execute(select(table), execution_options={"yield_per": size})
            for rows in result.partitions():
                if table in (figures, totals):
                    cells = map(list, zip(*rows, strict=True))
                    insert_columns(target, table, dict(zip(result.keys(), cells, strict=True)))
                else:
                    target.execute(insert(table), [row._asdict() for row in rows])


@contextmanager
def _unguarded(connection: Connection) -> Iterator[None]:
    """Without the triggers that keep what is published, for the rest of a transaction only."""
    if connection.dialect.name == "postgresql":
        names = [table.name for table in metadata.sorted_tables]
        for name in names:
            connection.execute(text(f"ALTER TABLE {name} DISABLE TRIGGER USER"))
        yield
        for name in names:
            connection.execute(text(f"ALTER TABLE {name} ENABLE TRIGGER USER"))
        return
    triggers = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).all()
    for name, _ in triggers:
        connection.execute(text(f"DROP TRIGGER {name}"))
    yield
    for _, made in triggers:
        connection.exec_driver_sql(made)


def _is_empty(connection: Connection) -> bool:
    """Whether there is nothing in a store but an example."""
    kept = (
        select(func.count()).select_from(publications).where(publications.c.source != EXAMPLE),
        select(func.count()).select_from(inhabitants),
        select(func.count()).select_from(mappings),
        select(func.count()).select_from(visit_lists),
    )
    return not any(connection.scalar(query) for query in kept)


def _count(connection: Connection) -> int:
    return int(connection.scalar(select(func.count()).select_from(publications)) or 0)


def _file(path: Path) -> Connections:
    return Connections(URL.create("sqlite", database=str(path)))


def _close(path: Path) -> None:
    """Make one file of a database, safely on the disk."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    with path.open("rb+") as file:
        os.fsync(file.fileno())
